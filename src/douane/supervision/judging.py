"""What left units of work is judged by the published rules: a sample, afterwards, as an alarm.

A committed tick pays one comparison for each of its messages, and nothing that is judged is read, changed or held
back. The position of a message says whether it belongs to the sample, so another look at the log finds the same ones.
Judging takes a thread and at most a tenth of a processor; what comes while ``MOST`` wait is not judged.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any, Final, NamedTuple

from douane.model.rules import Look
from douane.runtime.catalogue.behaviour import Judge
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import FROM, RowKind
from douane.runtime.store.origin import Content, Media
from douane.runtime.store.ports import SECOND
from douane.runtime.turns.pools import Purpose, beside
from douane.supervision.telemetry import Telemetry

MOST: Final = 256
PART: Final = 10
"""After a message was judged for some time, nothing is for so many times as long."""
EVERY_SECONDS: Final = 0.5
OF: Final = 10_000
LAYOUT: Final = "layout"
"""What a message breaks that has not the shape of its type."""
_READ: Final = frozenset({Media.FAMILY, Media.VALUE})
_INSIDE: Final = frozenset({RowKind.MESSAGE, RowKind.ANSWER})
_SPREAD: Final = 2_654_435_761  # Knuth's multiplicative hash: neighbouring positions fall far apart
_BITS: Final = 0xFFFF_FFFF


class Sent(NamedTuple):
    """A message of the sample. operation, id: how the codecs know it; place: of its row."""

    operation: str
    id: str
    content: Content
    place: int
    case: int
    at: int


class Judging:
    """The sample of one process. share: how many of ``OF`` messages; look: code lists as of a date."""

    def __init__(
        self, catalogue: Catalogue, judges: Sequence[Judge], look: Callable[[dt.date], Look], telemetry: Telemetry,
        share: int,
    ) -> None:  # fmt: skip
        self._catalogue, self._judges, self._look, self._telemetry = catalogue, judges, look, telemetry
        self._below = share * (_BITS + 1) // OF if judges else 0
        self.waiting: deque[Sent] = deque(maxlen=MOST)

    def watch(self, tick: Tick) -> None:
        """Note what belongs to the sample of what a committed tick sent, to others and within the node."""
        if self._below and len(self.waiting) < MOST:
            self.waiting.extend(self._chosen(tick.overlay))

    def _chosen(self, overlay: Overlay) -> Iterator[Sent]:
        below = self._below
        for position, row in overlay.sent:
            if position * _SPREAD & _BITS < below and row.content.media is Media.FAMILY:
                yield Sent("", row.id, row.content, position, row.subject, row.at)
        for position, within in overlay.rows:
            if within.kind in _INSIDE and position * _SPREAD & _BITS < below:
                inner = [] if within.origin.platform else [(within.operation, within.origin.id, within.content)]
                for operation, id, content in (*inner, *((s.operation, s.id, s.content) for s in within.steps)):
                    if content.media in _READ:
                        yield Sent(operation, id, content, position, within.subject, overlay.now)

    async def run(self) -> None:
        """Judge until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            while self.waiting:
                began = monotonic()
                await self.judge_next()
                await asyncio.sleep((monotonic() - began) * PART)

    async def judge_next(self) -> None:
        """Judge the message that has waited longest, and say what it breaks."""
        each = self.waiting.popleft()
        try:
            found = await beside(Purpose.UPKEEP, self._broken, each)
        except Exception as problem:  # noqa: BLE001 - what cannot be judged is told, and the next one is judged
            self._telemetry.failed(problem)
            return
        if found is not None:
            self._telemetry.judged(found[0], found[1], place=each.place, case=each.case)

    def _broken(self, sent: Sent) -> tuple[str, list[str]] | None:
        """The type of a message and the rules that it breaks; None where nobody judges its type."""
        message = self._message(sent)
        judge = next((each for each in self._judges if isinstance(message, each.message)), None)
        if judge is None:
            return None
        day = dt.datetime.fromtimestamp(sent.at / SECOND, dt.UTC).date()
        faults = judge.faults(message, self._look, day)
        return type(message).__name__, sorted({each.rule or LAYOUT for each in faults})

    def _message(self, sent: Sent) -> Any:
        content = sent.content
        if content.media is Media.FAMILY:
            return self._catalogue.read_document(content.octets)
        return self._catalogue.decode(sent.operation, sent.id.partition(FROM)[0], content.media, content.octets)


def names_of(judges: Sequence[Judge]) -> frozenset[str]:
    """What lines and metrics about judged messages may name."""
    return frozenset({LAYOUT}).union(*(each.names for each in judges))
