"""Acts of an operator: what there is, and how each is done.

Invariants. (1) An act is journalled in the commit of what it does, under the identification that its asker gave it and
with who asked: whatever was done has its leaf, and whatever has its leaf was done. (2) The same act again
changes nothing and is answered by what is so now. (3) An act that is not declared here does not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

import msgspec

from douane.model.caller import INNER, OPERATOR
from douane.runtime.core.commands import Act, Discarding, DropSent, Journal, PauseLane, Release
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause, decisions, discarded
from douane.runtime.store.envelope import PARKED, SENT, Parked
from douane.runtime.store.ports import Instant, Log, Reader
from douane.shared_services.auditing.cases import Cases
from douane.supervision.operating.beside import AGREE, MOVE, PUBLISH, REGISTER, REST, WORK, Doing
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.taking_over import JUDGE, TAKE_OVER
from douane.vocabulary.errors import BadRequest, NotAuthorised, NotFound

RELEASE: Final = "message.release"
DISCARD: Final = "message.discard"
PAUSE: Final = "lane.pause"
RESUME: Final = "lane.resume"
RETRY: Final = "lane.retry"
DROP: Final = "lane.drop"

HANDLED: Final = "handled"
ASIDE: Final = "set aside again"
PROPOSED: Final = "proposed"
DISCARDED: Final = "discarded"
PAUSED: Final = "paused"
GOES_ON: Final = "goes on"
TRIED: Final = "is tried now"
DROPPED: Final = "dropped"

USER: Final = "uid "
"""Begins the name of a user of this machine, whom a command names: nobody knows which person that is."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is known of an act. on: what it is about. reasoned: it needs a reason. everywhere: it is asked of each
    process, since each has a part of it. seconds: within which its answer comes."""

    title: str
    on: str
    reasoned: bool = True
    everywhere: bool = False
    seconds: float = 60.0


ACTS: Final[Mapping[str, Declared]] = {
    RELEASE: Declared(
        "handle a message again that is set aside, then what waits behind it", "its place", reasoned=False
    ),
    DISCARD: Declared("never handle a message that is set aside: one proposes it, another one agrees", "its place"),
    PAUSE: Declared("let a lane carry nothing until it is resumed", "the lane", everywhere=True),
    RESUME: Declared("let a lane that is paused go on", "the lane", everywhere=True),
    RETRY: Declared("try a lane now, whenever its next attempt is due", "the lane", reasoned=False, everywhere=True),
    DROP: Declared("take a message out of its lane without delivering it", "its place (out:...)"),
    MOVE: Declared(
        "move to the archive what may leave the store by rule and calendar", "the node", everywhere=True, seconds=3600.0
    ),
    PUBLISH: Declared("publish a version of a code list", "its digest, as lodged", seconds=600.0),
    AGREE: Declared("put other agreements with partners in place of those that hold", "their digest, as lodged"),
    JUDGE: Declared(
        "judge the export of an older portal; nothing changes", "its digest, as lodged", reasoned=False, seconds=3600.0
    ),
    TAKE_OVER: Declared(
        "take over what is open in an older portal", "its digest, as lodged", everywhere=True, seconds=3600.0
    ),
    REST: Declared("let a service rest for maintenance, for a circle or for all", "SERVICE[@CIRCLE] until TIME"),
    WORK: Declared("end the maintenance of a service", "SERVICE[@CIRCLE]"),
    REGISTER: Declared("put another register of clients in place of the one that holds", "its digest, as lodged"),
}
"""Every act that there is: the role *operator* may do it, with his name and a leaf of the audit log."""


class Acts:
    """Does acts in a node, whoever carries them to it. told: hears of each act that was done. lanes_of: None where
    nothing leaves this process. beside: acts on what stands beside messages."""

    def __init__(
        self, node: Node, reader: Reader, lanes_of: Callable[[], Lanes | None] = lambda: None,
        told: Callable[[str], None] = lambda _act: None, beside: Mapping[str, Doing] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self._node, self._reader, self._lanes_of, self._told = node, reader, lanes_of, told
        self._known: dict[str, Callable[[Asked, str], Awaitable[Outcome]]] = {
            RELEASE: self._release, DISCARD: self._discard, PAUSE: self._pause, RESUME: self._resume,
            RETRY: self._retry, DROP: self._drop,
        }  # fmt: skip
        for name, doing in beside.items():
            self._known[name] = partial(_by, doing)

    async def perform(self, asked: Asked, person: str) -> Outcome:
        """Do an act for somebody, once. ``person``: who, as his proof has it. Raises NotFound for what there is not,
        BadRequest where a reason is missing, NotAuthorised for who may not agree with himself,
        Elsewhere for what another process does, and what the store refuses."""
        act = self._known.get(asked.act)
        if act is None:
            raise NotFound(f"There is no act {asked.act[:40]!r}.", remedy=f"There are: {', '.join(ACTS)}.")
        if ACTS[asked.act].reasoned and not asked.reason.strip():
            raise BadRequest(f"{asked.act} needs a reason.", remedy="Say why; it is kept with the act.")
        outcome = await act(asked, person)
        self._told(asked.act)
        return outcome

    # --- messages set aside

    async def _release(self, asked: Asked, person: str) -> Outcome:
        position, act = _position(asked.on), _act(asked, person)
        self._must_be_aside(position, act, asked.on)
        await self._node.command(Release(position, act))
        parked = self._parked(position)
        return Outcome(HANDLED) if parked is None else Outcome(ASIDE, parked.reason)

    async def _discard(self, asked: Asked, person: str) -> Outcome:
        position, act = _position(asked.on), _act(asked, person)
        self._must_be_aside(position, act, asked.on)
        kept = discarded(self._reader, position) if position else None
        if kept is not None and not kept.by and kept.proposed_by != person and not self._done(position, act):
            _must_be_a_person(person)
        await self._node.command(Discarding(position, act, person, asked.reason))
        kept = discarded(self._reader, position)
        if kept is None or not kept.by:
            return Outcome(PROPOSED, "another operator, signed in, has to agree")
        return Outcome(DISCARDED)

    def _must_be_aside(self, position: int, act: Act, named: str) -> None:
        if not self._done(position, act) and position not in self._aside():
            known = ", ".join(f"{each:x}" for each in self._aside()[:20]) or "none"
            raise NotFound(f"No message is set aside at position {named[:40]!r}.", remedy=f"There are: {known}.")

    def _parked(self, position: int) -> Parked | None:
        (raw,) = self._reader.read([keys.space(keys.WAIT, position >> 48) + keys.u64(position)])
        return PARKED.read(raw) if raw is not None else None

    def _aside(self) -> list[int]:
        """Where messages lie that failed themselves; those that wait behind one follow it."""
        return [each.position for each in Cases(self._reader).parked() if not each.waits_for]

    # --- lanes

    async def _pause(self, asked: Asked, person: str) -> Outcome:
        pause = Pause(self._after(asked.on), person, asked.reason)
        await self._in_each_partition(asked, lambda at: PauseLane(at, asked.on, _act(asked, person), pause))
        self._lanes().pause(asked.on, pause)
        return Outcome(PAUSED)

    async def _resume(self, asked: Asked, person: str) -> Outcome:
        if asked.on not in self._lanes().paused:
            raise NotFound(f"The lane {asked.on[:80]!r} is not paused.", remedy=_named(self._lanes().paused))
        over = Pause(self._after(asked.on), person, asked.reason, over=True)
        await self._in_each_partition(asked, lambda at: PauseLane(at, asked.on, _act(asked, person), over))
        self._lanes().pause(asked.on, None)
        return Outcome(GOES_ON)

    def _after(self, lane: str) -> Instant:
        """Now, and later than the last decision about a lane in any partition: the latest one counts."""
        last = decisions(self._reader, [each.partition for each in self._node.owners]).get(lane)
        now = self._node.owners[0].ports.clock.now()
        return now if last is None else max(now, last.at + 1)

    async def _retry(self, asked: Asked, person: str) -> Outcome:
        await self._in_each_partition(asked, lambda at: Journal(at, _act(asked, person)))
        self._lanes().hurry(asked.on)
        return Outcome(PAUSED if asked.on in self._lanes().paused else TRIED)

    async def _drop(self, asked: Asked, person: str) -> Outcome:
        position, act = _position(asked.on.removeprefix("out:")), _act(asked, person)
        if position and self._done(position, act):
            return Outcome(DROPPED)
        (raw,) = self._reader.read_log(Log.SENT, [position]) if position else [None]
        lane = SENT.read(raw).lane if raw is not None else ""
        waits = keys.LANE + keys.u16(position >> 48) + keys.text(lane) + keys.u64(position)
        if not lane or lane.startswith(INNER) or self._reader.read([waits])[0] is None:
            raise NotFound(
                f"No message waits for a partner at {asked.on[:40]!r}.",
                remedy="See douane lane list, and the timeline.",
            )
        await self._node.command(DropSent(position, lane, act, asked.reason))
        return Outcome(DROPPED)

    async def _in_each_partition(self, asked: Asked, made: Callable[[int], PauseLane | Journal]) -> None:
        lanes = self._lanes()
        if asked.on not in lanes.lanes or asked.on.startswith(INNER):
            raise NotFound(f"There is no lane {asked.on[:80]!r}.", remedy=_named(lanes.lanes))
        for owner in self._node.owners:
            if owner.partition not in self._node.away:
                await self._node.command(made(keys.log_position(owner.partition, 0)))

    def _lanes(self) -> Lanes:
        lanes = self._lanes_of()
        if lanes is None:
            raise NotFound("Nothing leaves this node by a lane.", remedy="Its partners collect by themselves.")
        return lanes

    # --- what was done

    def _done(self, position: int, act: Act) -> bool:
        return self._reader.read([act.key(position >> 48)])[0] is not None


async def _by(doing: Doing, asked: Asked, person: str) -> Outcome:
    return await doing(asked, _act(asked, person))


def _act(asked: Asked, person: str) -> Act:
    return Act(asked.id, msgspec.json.encode(asked).decode(), msgspec.structs.replace(OPERATOR, person=person))


def _named(names: Mapping[str, object]) -> str:
    return f"There are: {', '.join(sorted(each for each in names if not each.startswith(INNER))[:20]) or 'none'}."


def _must_be_a_person(person: str) -> None:
    """Who agrees is a person who signed in: a user of this machine may be the same one as he who proposed it."""
    if person.startswith(USER):
        raise NotAuthorised(
            "Another person has to agree, and a user of this machine is nobody in particular.",
            remedy="Agree in the console, signed in as an operator.",
        )


def _position(text: str) -> int:
    """A position in hexadecimal; 0, where nothing stands, for anything else."""
    try:
        position = int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        return 0
    return position if 0 < position < 1 << 62 else 0
