"""Summaries of cases that keepers tell: a replica of each of them, read on every few seconds, and joined when asked.

No list waits for a keeper: what is asked is answered from what was read last, with the instant up to which that holds.
A keeper that does not answer, and one that stands behind where it was, is shown as it was and marked; the second is not
followed any more. Where two claim a case, the provision at its beginning decides, and the other one is told to the
operator. What a keeper tells of an administration that it did not serve then is shown to nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec

from douane.central_repository.replica.answers import Centre, View
from douane.central_repository.replica.replica import Replica
from douane.runtime.upkeep.beside import kept_up, side_by_side
from douane.vocabulary.case_summaries import (
    DATA_SET,
    VIEW,
    Asked,
    Elsewhere,
    Heard,
    Told,
    key_of,
    nobody_tells,
)
from douane.vocabulary.errors import EntryChanged, FeedBroken, PartnerFault, PartnerRefused
from douane.vocabulary.known import Why

SUMMARIES: Final = View(DATA_SET, VIEW)
EVERY: Final = 5.0
"""Seconds between two readings of a keeper."""
SECONDS: Final = 10.0
"""For so long a reading may wait for the keeper."""

LONGEST: Final = 256 * 1024
"""Octets of a summary; a longer one is not read, since each line that is drawn would read it."""
MOST_SOURCES: Final = 64
"""Partitions of a keeper; one that signs more is not read, since each line that is drawn would look into all."""
MOST: Final = 10_000
"""Contradictions that are remembered, so that each is told once."""


@dataclass(slots=True)
class Keeper:
    """One system that tells summaries. way: to it. since: from when on what it told may have changed, as
    ``why`` says."""

    name: str
    replica: Replica
    way: Centre
    close: Callable[[], object] = lambda: None
    why: Why | None = None
    since: int = 0

    sources: tuple[int, ...] = ()
    as_of: int = 0
    """What was read of it, and up to which instant of its clock; 0 as long as that is not all."""

    def look(self) -> None:
        """Find out what was read, also before this process began."""
        found = tuple(self.replica.sources(SUMMARIES))
        self.sources = found if len(found) <= MOST_SOURCES else ()
        cursors = [self.replica.cursor(SUMMARIES, each) for each in self.sources]
        whole = bool(cursors) and all(each.snapshot is None for each in cursors)
        self.as_of = min((each.read_at for each in cursors), default=0) if whole else 0

    def entry(self, key: str) -> Told | None:
        """What it told under a key; None where it told nothing, or what stands here is not what it told."""
        for source in self.sources if self.as_of else ():
            with contextlib.suppress(EntryChanged, msgspec.MsgspecError):
                found = self.replica.proven(SUMMARIES, source, key)
                if found is not None and found.content is not None and len(found.content) <= LONGEST:
                    return msgspec.json.decode(found.content, type=Told)
        return None


Provided = Callable[[str, str, int], str]
"""(administration, operation, instant) -> whose system provided that then; empty: this node, or nobody."""


@dataclass(slots=True)
class Summaries:
    """Follows keepers, and says what they tell of a case.

    provided: who served an administration at an instant. begins: whether a case begins by an operation. gives: whether
    cases that begin by an operation have a name of a kind. disagree: hears
    of keepers that claim a case of another, once for a case. went_back: hears of one that stands behind where it was,
    or signs what does not follow on that.
    """

    provided: Provided
    begins: Callable[[str], bool]
    gives: Callable[[str, str], bool]
    now: Callable[[], int]
    keepers: dict[str, Keeper] = field(default_factory=dict)
    disagree: Callable[[tuple[str, ...]], object] = lambda _whose: None
    went_back: Callable[[str], object] = lambda _who: None
    raised: Callable[[BaseException], None] = lambda _problem: None
    every: float = EVERY
    _found: set[tuple[str, ...]] = field(default_factory=set)
    """Which claims were told, with their case."""

    async def run(self) -> None:
        """Read on until cancelled, each keeper by itself."""
        await side_by_side(*(kept_up(partial(self._follow, each), self.raised) for each in self.keepers.values()))

    async def close(self) -> None:
        """Let go of what is kept of them."""
        for each in self.keepers.values():
            each.close()

    async def _follow(self, keeper: Keeper) -> None:
        keeper.look()
        while keeper.why is not Why.SET_BACK:
            await self.read(keeper)
            await asyncio.sleep(self.every)

    async def read(self, keeper: Keeper) -> None:
        """Read a keeper on, once."""
        try:
            async with asyncio.timeout(SECONDS):
                await keeper.replica.pull(keeper.way)
        except FeedBroken:
            keeper.why, keeper.since = Why.SET_BACK, self.now()
            self.went_back(keeper.name)
        except (TimeoutError, PartnerFault) as problem:
            keeper.why = Why.REFUSED if isinstance(problem, PartnerRefused) else Why.UNREACHABLE
            keeper.since = keeper.since or self.now()
        else:
            keeper.why, keeper.since = None, 0
        keeper.look()

    @property
    def elsewhere(self) -> Elsewhere:
        """How what is told is asked for; by nothing where nobody is followed."""
        return self.told if self.keepers else nobody_tells

    def told(self, asked: Asked) -> Heard | None:
        """What is told of a case by who keeps it; None where nobody does, or nobody who is believed."""
        claims = [heard for each in self.keepers.values() if (heard := self._claim(each, asked)) is not None]
        rightful = [each for each in claims if self._served(each, asked)]
        if len(claims) > len(rightful[:1]):
            wrong = sorted({each.keeper for each in claims if len(rightful) > 1 or each not in rightful})
            case = (key_of(asked.administration, *asked.names[-1]), *wrong)
            if case not in self._found and len(self._found) < MOST:
                self._found.add(case)
                self.disagree(tuple(wrong))
        return rightful[0] if len(rightful) == 1 else None

    def _claim(self, keeper: Keeper, asked: Asked) -> Heard | None:
        for kind, reference in asked.names:
            found = keeper.entry(key_of(asked.administration, kind, reference)) if "/" not in reference else None
            if found is not None and (found.administration, found.kind) == (asked.administration, kind):
                return Heard(found, keeper.name, keeper.as_of, keeper.why, keeper.since)
        return None

    def _served(self, heard: Heard, asked: Asked) -> bool:
        """Whether it was its keeper's to keep the case when that began: where it began by what the centre passed on,
        the centre knows itself when that was."""
        if self.begins(asked.operation):
            return self.provided(asked.administration, asked.operation, asked.at) == heard.keeper
        told = heard.told  # whoever serves another operation has no case of this name
        by = self.provided(asked.administration, told.operation, told.began)
        return self.gives(told.operation, told.kind) and by == heard.keeper
