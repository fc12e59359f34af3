"""Final data pushed: each feed follows its view by itself, page by page, and waits for nobody but its own replica.

Nothing is kept of a feed but where it goes. The replica says in each answer how far it is, and gets the next page from
there: a replica that was away for a week, a centre that was started anew and one that begins are the same case. A page
is made when it is sent, so what was deleted meanwhile is in none. One page of a feed is on its way at a time; what a
replica does not take waits where it is kept anyway, and costs no other feed anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol

import msgspec

from douane.central_repository.pushed import Answered, Pushed, Reached
from douane.runtime.upkeep.beside import end_all, kept_up
from douane.vocabulary.errors import DouaneError, PartnerUnreachable
from douane.vocabulary.feeds import Feed

_encode = msgspec.json.Encoder().encode
PACE: Final = 0.25
"""Seconds between two looks at how far the views are that somebody follows."""
LISTED: Final = 4
"""Looks between two at who follows what."""
CURRENT: Final = 10.0
"""Seconds after which a replica is told anew that it is current."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0

PAGES: Final = 16
"""Pages that are kept for a moment, since most followers of a view want the same one."""

Where = tuple[str, str]
"""Data set and view."""
Page = tuple[str, str, str, int, str]
"""Data set, view, order, source, and behind what it begins."""


class Way(Protocol):
    """Carries to the address of a replica what is signed for it."""

    async def offer(self, feed: Feed, order: str, body: bytes) -> Answered:
        """What the replica answers. body: ``Pushed`` as JSON. Raises PartnerUnreachable, also where it is not taken."""

    async def close(self) -> None:
        """Hang up."""


class Asked(Protocol):
    """The node, asked as the follower of a feed: what he may not have, it does not tell."""

    def __call__(self, operation: str, feed: Feed, question: Mapping[str, object]) -> Any: ...


@dataclass(slots=True)
class Following:
    """One feed while it is pushed. failures: in a row; reason: of the last one; reached: by source, as told last."""

    feed: Feed
    task: asyncio.Task[None] | None = None
    failures: int = 0
    reason: str = ""
    reached: Mapping[int, Reached] = field(default_factory=dict)


@dataclass(slots=True)
class Feeding:
    """Pushes all feeds of a node.

    feeds: what is to be pushed now. positions: how far a view is, source by source. ask: the node. failed, back: hear
    of an attempt that came to nothing, and that a replica takes again what it is sent. raised: of what never should.
    """

    feeds: Callable[[], Sequence[Feed]]
    positions: Callable[[Feed], Sequence[int]]
    ask: Asked
    way: Way
    failed: Callable[[Following], None] = lambda _following: None
    back: Callable[[Following], None] = lambda _following: None
    raised: Callable[[BaseException], None] = lambda _problem: None
    following: dict[tuple[str, str, str], Following] = field(default_factory=dict)
    _moved: dict[Where, asyncio.Event] = field(default_factory=dict)
    _known: dict[Where, Sequence[int]] = field(default_factory=dict)
    _pages: dict[Page, tuple[Sequence[int], bytes]] = field(default_factory=dict)

    async def run(self) -> None:
        """Push until cancelled."""
        try:
            for turn in itertools.count():
                if turn % LISTED == 0:
                    await self._follow(self.feeds())
                self._look()
                await asyncio.sleep(PACE)
        finally:
            await self._end(self.following.values())
            self.following.clear()  # whoever begins it anew begins every feed anew
            await self.way.close()

    async def _follow(self, feeds: Sequence[Feed]) -> None:
        """Begin what is new, end what is no more; a feed that goes elsewhere is a new one."""
        wanted = {each[:3]: each for each in feeds}
        gone = [each for key, each in self.following.items() if wanted.get(key) != each.feed]
        await self._end(gone)
        for each in gone:
            del self.following[each.feed[:3]]
        for key, feed in wanted.items():
            if key not in self.following:
                found = self.following[key] = Following(feed)
                found.task = asyncio.create_task(kept_up(partial(self._push, found), self.raised))

    async def _end(self, some: Iterable[Following]) -> None:
        await end_all([each.task for each in some if each.task is not None])

    def _look(self) -> None:
        """Rouse the feeds of the views that moved."""
        for where, feed in {each.feed[1:3]: each.feed for each in self.following.values()}.items():
            try:
                now = self.positions(feed)
            except DouaneError:  # it is not there, or not whole yet: the feed itself says so
                continue
            if now != self._known.get(where):
                self._known[where] = now
                self._event(where).set()
                self._moved[where] = asyncio.Event()

    def _event(self, where: Where) -> asyncio.Event:
        return self._moved.setdefault(where, asyncio.Event())

    async def _push(self, following: Following) -> None:
        """Bring a replica to where its view is, whenever that moves; wait longer after each failure in a row."""
        while True:
            moved = self._event(following.feed[1:3])
            try:
                await self._bring(following)
            except DouaneError as problem:
                following.failures, following.reason = following.failures + 1, problem.text
                self.failed(following)
                await asyncio.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(following.failures - 1, 10)))
                continue
            if following.failures:
                self.back(following)
                following.failures, following.reason = 0, ""
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CURRENT):
                    await moved.wait()

    async def _bring(self, following: Following) -> None:
        """Once the state was told and nothing is behind it, the replica holds what is signed."""
        feed, brought = following.feed, dict[int, int]()
        while True:
            state = self.ask("state", feed, {})
            told = Pushed(feed.data_set, feed.view, "state", state.note)
            following.reached = await self._offered(feed, "state", _encode(told))
            behind = [(each.source, each.position) for each in state.sources
                      if _is_behind(following.reached.get(each.source), each.position)]  # fmt: skip
            if not behind:
                return
            for source, position in behind:
                if brought.get(source, -1) >= position:
                    raise PartnerUnreachable(f"The replica of {feed.subscriber} had taken what it now asks for again.")
                await self._catch_up(following, source, position)
                brought[source] = position

    async def _catch_up(self, following: Following, source: int, position: int) -> None:
        """Page by page from where the replica is."""
        feed, at = following.feed, following.reached.get(source, Reached(source))
        while _is_behind(at, position):
            following.reached = await self._offered(feed, at.order, self._page(feed, at))
            now = following.reached.get(source)
            if now is None or not now.is_beyond(at):
                raise PartnerUnreachable(f"The replica of {feed.subscriber} takes a page, and is no further by it.")
            at = now

    def _page(self, feed: Feed, at: Reached) -> bytes:
        """The page behind a place, as JSON; made once for all who want it, until the view moves.

        Whether a follower may have the view is asked with each state, in his own name.
        """
        key, now = (feed.data_set, feed.view, at.order, at.source, at.after), self.positions(feed)
        found = self._pages.get(key)
        if found is not None and found[0] == now:
            return found[1]
        after: str | int = int(at.after) if at.order == "changes" else at.after
        page = self.ask(at.order, feed, {"source": at.source, "after": after})
        body = _encode(Pushed(feed.data_set, feed.view, at.order, page.note, at.source, at.after, page.entries,
                              page.upto, page.more))  # fmt: skip
        self._pages.pop(key, None)
        while len(self._pages) >= PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[key] = now, body
        return body

    async def _offered(self, feed: Feed, order: str, body: bytes) -> dict[int, Reached]:
        return {each.source: each for each in (await self.way.offer(feed, order, body)).reached}


def _is_behind(reached: Reached | None, position: int) -> bool:
    if reached is None or reached.order != "changes":
        return True
    return int(reached.after) < position
