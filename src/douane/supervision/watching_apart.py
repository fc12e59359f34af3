"""The console of a node of several processes: in that of the operator's door, told by the cores over their sockets.

So it opens while a core is away. Then it says so: what it cannot ask it does not show as nothing. A core does for it
what it does for a console of its own process, for it knows by ``proof`` that one supervisor started both.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import msgspec

from douane.configuration.ports import monotonic
from douane.identity.operators import Doer
from douane.platforms.operations.entry import Readiness
from douane.portal.watched import (
    Aside,
    Collecting,
    Found,
    Glance,
    Going,
    Happened,
    Health,
    Hit,
    Lane,
    Node,
    Proposed,
    Rest,
)
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.link.frames import Failure
from douane.shared_services.link.translation import error_of
from douane.supervision.operating.declared import GO_BACK
from douane.supervision.operating.listening import Answer, Watch
from douane.supervision.operating.local_sockets import is_ours, short
from douane.supervision.operating.outcome import Asked
from douane.supervision.timekeeping.going_back import GoingBack
from douane.supervision.watching import Beside, proposed
from douane.vocabulary.errors import CoreUnreachable, Elsewhere, NotAuthenticated, NotFound, StoreUnavailable

T = TypeVar("T")
SECONDS: Final = 2.0
"""For an answer; a core that gave none is not asked again for as long."""
ACT_SECONDS: Final = 60.0
KEPT_SECONDS: Final = 1.0
"""For so long an answer is not asked for anew."""
_PART: Final = 256 * 1024
_SEEN: Final = ("figures", "lanes", "going", "collecting", "glance", "hit", "aside", "happened", "resting", "proposed")


def answering(watched: Node, secret: bytes) -> Callable[[Watch], Any]:
    """How a core answers the console of another process. Raises NotAuthenticated for what is no such one."""

    async def answer(asked: Watch) -> object:
        if not hmac.compare_digest(asked.proof.encode(), secret.hex().encode()):
            raise NotAuthenticated("This is no console of this node.", remedy="Use the console, or a command.")
        if asked.watch in _SEEN:
            return await getattr(watched, asked.watch)()
        if asked.watch == "find":
            return await watched.find(*asked.said)
        if asked.watch == "have_done" and asked.doer is not None:
            act, on, id, reason, seen = asked.said
            return await watched.have_done(act, on, id=id, reason=reason, doer=asked.doer, seen=seen)
        raise NotFound(f"A core tells nothing called {asked.watch[:40]!r}.")

    return answer


@dataclass(slots=True)
class WatchedApart(Beside):
    """What the console is told. cores: their sockets by name. ready: as the operator's door says. secret: of both."""

    cores: Mapping[str, Path]
    ready: Callable[[], Readiness]
    secret: bytes = field(repr=False)
    _away: dict[str, float] = field(default_factory=dict, init=False)
    _kept: dict[str, tuple[float, object]] = field(default_factory=dict, init=False)
    _clock: GoingBack = field(init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self._clock = GoingBack(self.settings)

    async def health(self) -> Health:
        """Whether it works, as the operator's door says it; in a thread, since it waits for processes that are away."""
        found = await beside(Purpose.UPKEEP, self.ready)
        return Health(found.parts, found.notes)

    async def figures(self) -> Sequence[tuple[str, int]]:
        """What is in the node: sums over its cores."""
        sums: dict[str, int] = {}
        for told in await self._all("figures", tuple[tuple[str, int], ...]):
            for name, value in told:
                sums[name] = sums.get(name, 0) + value
        return tuple(sums.items())

    async def lanes(self) -> Sequence[Lane]:
        """The lanes of every core, those that fail first."""
        found = [each for told in await self._all("lanes", tuple[Lane, ...]) for each in told]
        return sorted(found, key=lambda each: -each.failures)

    async def going(self) -> Sequence[Going]:
        """The partners of every core: of one that several tell of all its messages, and the slower answers."""
        found = dict[tuple[str, str], Going]()
        for each in (one for told in await self._all("going", tuple[Going, ...]) for one in told):
            place = (each.channel, each.partner)
            if (known := found.get(place)) is not None:
                each = Going(*place, known.an_hour + each.an_hour, max(known.answers_ms, each.answers_ms),
                             max(known.last, each.last))  # fmt: skip
            found[place] = each
        return sorted(found.values(), key=lambda each: (-each.answers_ms, each.partner))

    async def collecting(self) -> Sequence[Collecting]:
        """Whoever collects, those that are silent first."""
        return await self._one("collecting", tuple[Collecting, ...])

    async def glance(self) -> Glance:
        """What the first page shows at one look, as the first core to answer has it."""
        return await self._one("glance", Glance)

    async def hit(self) -> Sequence[Hit]:
        """The cases that do not go on."""
        return await self._one("hit", tuple[Hit, ...])

    async def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""
        return await self._one("aside", tuple[Aside, ...])

    async def happened(self) -> Sequence[Happened]:
        """What asked for an act in any core, the last first."""
        found = [each for told in await self._all("happened", tuple[Happened, ...]) for each in told]
        return sorted(found, key=lambda each: -each.at)

    async def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; the core notes who looked. Raises NotFound."""
        return await self._first(self._asked("find", (reference, person)), tuple[Found, ...], SECONDS)

    async def resting(self) -> Sequence[Rest]:
        """Services that rest for maintenance."""
        return await self._one("resting", tuple[Rest, ...])

    async def proposed(self) -> Sequence[Proposed]:
        """What waits for another person; also that the clock goes back, where no core begins since it is behind."""
        behind = await self.clock_behind()
        waits = await beside(Purpose.UPKEEP, self._clock.waiting) if behind is not None else None
        found = [] if waits is None else [proposed(waits)]
        try:
            return [*found, *await self._one("proposed", tuple[Proposed, ...])]
        except CoreUnreachable:
            if behind is None:
                raise
            return found

    async def clock_behind(self) -> tuple[int, int] | None:
        """Whether that is why a partition has no core; the store is asked, beside the core that does not begin. None
        where it does not answer either."""
        served = (await self.health()).parts.items()
        if not any(wrong for name, wrong in served if name.startswith("partition ")):
            return None
        try:
            return await beside(Purpose.UPKEEP, self._clock.behind)
        except StoreUnavailable:
            return None

    async def have_done(
        self, act: str, on: str, *, id: str, reason: str, doer: Doer, seen: str = ""
    ) -> tuple[str, str]:  # fmt: skip
        """Have a core do an act: the one whose partition it is about. What lets a core begin is done here."""
        if act == GO_BACK:
            asked = Asked(act, id, on, reason, seen=seen)
            async with self._turn:
                came = await beside(Purpose.UPKEEP, self._clock.perform, asked, doer)
            return came.state, came.reason
        made = self._asked("have_done", (act, on, id, reason, seen), doer)
        try:
            return await self._first(made, tuple[str, str], ACT_SECONDS)
        finally:
            self._kept.clear()

    # --- the cores

    def _asked(self, what: str, said: tuple[str, ...], doer: Doer | None = None) -> bytes:
        return msgspec.json.encode(Watch(what, self.secret.hex(), said, doer)) + b"\n"

    async def _one(self, what: str, kind: type[T]) -> T:
        """What any core tells of the store, which all of them see: what the first to answer says."""
        if (kept := self._held(what)) is not None:
            return cast("T", kept)
        line = self._asked(what, ())
        asked = [asyncio.create_task(self._told(name, line, kind, SECONDS)) for name in self.cores]
        try:
            for each in asyncio.as_completed(asked):
                if (found := await each) is not None:
                    return self._keep(what, found)
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        raise CoreUnreachable(_AWAY, remedy=_REMEDY)

    async def _all(self, what: str, kind: type[T]) -> list[T]:
        """What each core tells of itself; of one that is away the health says so, and of all of them this raises."""
        if (kept := self._held(what)) is not None:
            return cast("list[T]", kept)
        line = self._asked(what, ())
        told = await asyncio.gather(*(self._told(name, line, kind, SECONDS) for name in self.cores))
        if not (found := [each for each in told if each is not None]):
            raise CoreUnreachable(_AWAY, remedy=_REMEDY)
        return self._keep(what, found)

    def _held(self, what: str) -> object:
        """What was told within the last second: a page asks for several parts, and its live part again and again."""
        until, found = self._kept.get(what, (0.0, None))
        return found if monotonic() < until else None

    def _keep(self, what: str, found: T) -> T:
        self._kept[what] = monotonic() + KEPT_SECONDS, found
        return found

    async def _first(self, line: bytes, kind: type[T], seconds: float) -> T:
        """The answer of the first core that gives one, one after the other: it does or notes something. Raises
        CoreUnreachable where none does."""
        other: Elsewhere | None = None
        for name in self.cores:
            try:
                if (found := await self._told(name, line, kind, seconds)) is not None:
                    return found
            except Elsewhere as elsewhere:
                other = elsewhere
        raise other or CoreUnreachable(_AWAY, remedy=_REMEDY)

    async def _told(self, name: str, line: bytes, kind: type[T], seconds: float) -> T | None:
        """What a core tells; None where it does not answer."""
        if monotonic() < self._away.get(name, 0.0):
            return None
        try:
            answer = msgspec.json.decode(await _heard(self.cores[name], line, seconds), type=Answer)
            if answer.refused is None:
                return msgspec.json.decode(answer.told, type=kind)
        except (OSError, msgspec.MsgspecError):
            self._away[name] = monotonic() + SECONDS
            return None
        refused = answer.refused
        raise error_of(Failure(0, refused.code, refused.text, refused.remedy, (), refused.partition))


_AWAY: Final = "No core of this node answers: what it has cannot be told."
_REMEDY: Final = "See which process does not answer, on the first page; start it again, or wait until it has begun."


async def _heard(path: Path, line: bytes, seconds: float) -> bytes:
    """What a core says back, which ends with the connection. Raises OSError, also where it says nothing for so long."""
    async with asyncio.timeout(seconds):
        with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as made:
            made.setblocking(False)
            loop = asyncio.get_running_loop()
            with short(path) as reachable:
                await loop.sock_connect(made, reachable)
            if not is_ours(made):
                raise ConnectionRefusedError("another user listens there")
            await loop.sock_sendall(made, line)
            heard = bytearray()
            while part := await loop.sock_recv(made, _PART):
                heard += part
            return bytes(heard)


__all__ = ["WatchedApart", "answering"]
