"""What a node notices of its own use, from its ticks and from the questions that it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from douane.model.caller import Caller
from douane.model.circles import ActorKind, Circle
from douane.runtime.core.tick import Tick
from douane.runtime.door.link import Question
from douane.runtime.observing.uses import Figure, Uses
from douane.runtime.store.envelope import FEED, JournalRow, RowKind, SentKind
from douane.runtime.store.ports import Clock
from douane.runtime.turns.later import Later

REMEMBERED: Final = 4_096
"""Messages of which it is remembered what they began with: what follows later is counted without that."""
_CALLS: Final = frozenset({RowKind.MESSAGE, RowKind.UNREADABLE, RowKind.UNACCEPTABLE})
_ANSWERS: Final = frozenset({SentKind.MESSAGE, SentKind.EVENT})
_TOLD: Final = frozenset({Circle.TRUSTED, Circle.INTERNAL})


class Noticing:
    """Counts uses of one process."""

    def __init__(self, uses: Uses, clock: Clock) -> None:
        self.uses, self._clock = uses, clock
        self._began: dict[int, str] = {}
        self._before: dict[int, str] = {}

    def watch(self, tick: Tick) -> None:
        """Count what a committed tick accepted, sent, asked and set aside."""
        overlay, uses, now = tick.overlay, self.uses, self._clock.now()
        for position, row in overlay.rows:
            self._remember(position, row)
            if row.operation and row.kind in _CALLS:
                figure = self._figure(row.operation, row.caller)
                figure.happened(now, bool(row.conflict or row.faults))
                if row.origin.platform:
                    figure.lasted(now - row.received)
                    service = row.operation.partition(".")[0]
                    uses.came(row.caller.circle.value, row.origin.platform, service).happened(now, bool(row.faults))
        for _, sent in overlay.sent:
            if sent.kind in _ANSWERS:
                uses.answered(self._root(sent.cause), sent.type).happened(now)
            if sent.kind is SentKind.EVENT:
                uses.called((sent.party.removeprefix(FEED), ActorKind.SERVICE.value, sent.administration)).happened(now)
        for operation in overlay.asked:
            uses.called((operation, ActorKind.SERVICE.value, "")).happened(now)
        for file, element in overlay.steps:
            uses.stepped(file, element).happened(now)
        for operation, file in overlay.runs:
            uses.ran(operation, file).happened(now)
        for parked in overlay.parked.values():
            if parked is not None:
                uses.called((parked.operation, "", "")).failed += 1

    def answering(self, question: Question, answer: Callable[[], Any]) -> Any:
        """The answer to a question, counted with its time and the platform by which it came; a refusal is a failure."""
        figure, begun = self._figure(question.operation, question.caller), self._clock.now()
        try:
            found = answer()
        except Later:
            raise  # it is asked again when that is done
        except BaseException:
            now = self._clock.now()
            figure.happened(now, failed=True)
            self._came(question, now, failed=True)
            raise
        ended = self._clock.now()
        figure.happened(ended)
        figure.lasted(ended - begun)
        self._came(question, ended, failed=False)
        return found

    def _came(self, question: Question, at: int, *, failed: bool) -> None:
        if question.platform:
            circle, service = question.caller.circle.value, question.operation.partition(".")[0]
            self.uses.came(circle, question.platform, service).happened(at, failed)

    def _figure(self, operation: str, caller: Caller) -> Figure:
        administration = caller.administration if caller.circle in _TOLD else ""
        return self.uses.called((operation, caller.kind.value, administration))

    def _remember(self, position: int, row: JournalRow) -> None:
        """What a message began with: the operation through a door that caused what caused it."""
        if len(self._began) >= REMEMBERED:
            self._before, self._began = self._began, {}
        self._began[position] = self._root(row.cause) or row.operation

    def _root(self, position: int) -> str:
        return self._began.get(position) or self._before.get(position, "")
