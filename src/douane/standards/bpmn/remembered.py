"""The engine's steps, computed once: instances of a process take the same few ways, and a step is a pure function.

Invariants:
* A step depends on the state, the event and what predicates answer, in the order in which the engine asks them, and on
  nothing else. So what is known is a tree: at each fork a predicate to ask, at each end the step with its flows.
* What is not known is computed by ``engine`` and grafted on; a step that raises is not kept.
* Memory is bounded: whoever holds ``MOST`` beginnings of trees forgets them all and learns anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

from douane.standards.bpmn import engine
from douane.standards.bpmn.definition import Definition
from douane.standards.bpmn.engine import Choose, Step
from douane.standards.bpmn.state import Event, State

MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step, and the flows that it took."""

    step: Step
    flows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Asks:
    """A predicate that is asked at this place, and what is known after each answer."""

    name: str
    after: dict[bool, _Asks | _Taken]


class Remembered:
    """``start`` and ``advance`` of one definition."""

    __slots__ = ("_definition", "_known")

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._known: dict[Hashable, _Asks | _Taken] = {}

    def start(self, choose: Choose, *, message: str | None, trace: list[int], first: int) -> Step:
        """As ``engine.start``."""
        return self._walked((message, first), choose, trace) or self._computed(
            (message, first), choose, trace,
            lambda asked, flows: engine.start(self._definition, asked, message=message, trace=flows, first=first),
        )  # fmt: skip

    def advance(self, state: State, event: Event, choose: Choose, *, trace: list[int]) -> Step:
        """As ``engine.advance``."""
        return self._walked((state, event), choose, trace) or self._computed(
            (state, event), choose, trace,
            lambda asked, flows: engine.advance(self._definition, state, event, asked, trace=flows),
        )  # fmt: skip

    def _walked(self, key: Hashable, choose: Choose, trace: list[int]) -> Step | None:
        """The step, where it is known."""
        known = self._known.get(key)
        while isinstance(known, _Asks):
            known = known.after.get(choose(known.name))
        if known is None:
            return None
        trace.extend(known.flows)
        return known.step

    def _computed(
        self, key: Hashable, choose: Choose, trace: list[int], compute: Callable[[Choose, list[int]], Step]
    ) -> Step:
        """Compute the step, and keep what was asked on the way to it."""
        answers: list[tuple[str, bool]] = []

        def asked(name: str) -> bool:
            answers.append((name, choose(name)))
            return answers[-1][1]

        flows: list[int] = []
        step = compute(asked, flows)
        trace.extend(flows)
        if len(self._known) >= MOST:
            self._known.clear()
        self._keep(key, answers, _Taken(step, tuple(flows)))
        return step

    def _keep(self, key: Hashable, answers: list[tuple[str, bool]], taken: _Taken) -> None:
        at: dict[Any, _Asks | _Taken] = self._known  # Any: the first is found by state and event, others by an answer
        place: Hashable = key
        for name, answer in answers:
            fork = at.setdefault(place, _Asks(name, {}))
            assert isinstance(fork, _Asks), "the same answers end at the same place"
            at, place = fork.after, answer
        at[place] = taken
