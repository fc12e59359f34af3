"""What the names of a process file are bound to: steps, questions, predicates, deadlines, tasks, what is thrown.

A name in the file that nothing is bound to, or a binding that no file names, is refused at start with file and element.
The unit of work that bound functions get stands above this module (``core.work.Work``).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from douane.model.declare import Operation
from douane.runtime.store.ports import Instant
from douane.runtime.store.records import HumanTask, Value
from douane.standards.bpmn.calls import split
from douane.standards.bpmn.definition import Definition, Kind, Use
from douane.standards.bpmn.duration import parse_duration
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.limits import TimeLimit

R = TypeVar("R", bound=Value)
F = TypeVar("F", bound=Callable[..., Any])
_THROWING: Final = frozenset({Kind.THROW_MESSAGE, Kind.END_MESSAGE})


@dataclass(frozen=True, slots=True)
class Asked:
    """A service task that names an operation. each: it asks several administrations at once."""

    operation: Operation
    administration: Callable[[Any], Any]
    make: Callable[..., Any]
    each: bool = False


class Bindings(Generic[R]):
    """The names of one file. file: what faults call it. states: in which a case is from a task on."""

    def __init__(self, file: str, states: Mapping[str, enum.StrEnum]) -> None:
        self.file, self.states = file, states
        self.steps: dict[str, Callable[[Any, R], R | None]] = {}
        self.asks: dict[str, Asked] = {}
        self.answers: dict[str, Callable[..., R | None]] = {}
        self.predicates: dict[str, Callable[[R], bool]] = {}
        self.deadlines: dict[str, Callable[[Any, R], Instant]] = {}
        self.limits: dict[str, tuple[TimeLimit, ...]] = {}
        self.tasks: dict[str, Callable[[Any, R], HumanTask]] = {}
        self.apart: dict[str, frozenset[str]] = {}
        self.checked: set[str] = set()
        self.throws: dict[str, Callable[[Any, R], R | None]] = {}
        self.after: Callable[[Any, R, frozenset[str]], R | None] | None = None

    def step(self, task: str) -> Callable[[F], F]:
        """Bind a service, send or business-rule task to a function (work, case) -> changed case."""
        return self._bind(self.steps, task)

    def ask(self, task: str, operation: Operation, *, administration: Callable[[R], str]) -> Callable[[F], F]:
        """Bind a service task to an operation; the function makes the question from the case."""

        def bind(function: F) -> F:
            self._once(self.asks, task)
            self.asks[task] = Asked(operation, administration, function)
            return function

        return bind

    def ask_each(
        self, task: str, operation: Operation, *, administrations: Callable[[R], Iterable[str]]
    ) -> Callable[[F], F]:
        """Bind a service task that is marked as multiple: several administrations are asked an operation at once.

        The function makes the question to each: (work, case, administration). What is bound by ``answer`` takes each
        answer as it comes: (work, case, answer, administration). The task is done when all have answered, or nobody is
        asked; it leaves by its error event where that raises BusinessError, and by a timer on its border when that is
        due. Who has not answered by then is waited for no more.
        """

        def bind(function: F) -> F:
            self._once(self.asks, task)
            self.asks[task] = Asked(operation, administrations, function, each=True)
            return function

        return bind

    def answer(self, task: str) -> Callable[[F], F]:
        """Bind what happens with the answer of an asking task."""
        return self._bind(self.answers, task)

    def when(self, predicate: F) -> F:
        """Bind a condition by the function's name."""
        self._once(self.predicates, predicate.__name__)
        self.predicates[predicate.__name__] = predicate
        return predicate

    def deadline(self, *limits: TimeLimit) -> Callable[[F], F]:
        """Bind a timer by the function's name: (work, case) -> last instant of one of these limits, or of none.

        It runs by statutory time. Without limits it is patience with a system, and runs by the machine's.
        """

        def bind(function: F) -> F:
            self._once(self.deadlines, function.__name__)
            self.deadlines[function.__name__] = function
            self.limits[function.__name__] = limits
            return function

        return bind

    def task(self, task: str, *, apart_from: Iterable[str] = (), checked: bool = False) -> Callable[[F], F]:
        """Bind a user task: (work, case) -> the human task that an officer sees. ``apart_from``: user tasks of this
        process, or of another on the same case as ``process.task``; whoever completed one of them for this case does
        not complete this one (four eyes). ``checked``: a task of another process is apart from this one; as in
        ``apart_from``, whoever completes it is a person."""
        self.apart[task] = frozenset(apart_from)
        self.checked |= {task} if checked else set()
        self.checked |= {each for each in apart_from if "." not in each}
        return self._bind(self.tasks, task)

    def beside(self, function: F) -> F:
        """Bind what an application does beside each drive of the process: (work, case, ids of the elements that a token
        has come to and left) -> changed case. What is added there moves no token."""
        if self.after is not None:
            raise DeclarationFault(f"{self.file}: two functions stand beside it.", remedy="Bind one.")
        self.after = function
        return function

    def throw(self, message: str) -> Callable[[F], F]:
        """Bind a throwing message event by its message name."""
        return self._bind(self.throws, message)

    def _bind(self, table: dict[str, Any], name: str) -> Callable[[F], F]:
        def bind(function: F) -> F:
            self._once(table, name)
            table[name] = function
            return function

        return bind

    def _once(self, table: dict[str, Any], name: str) -> None:
        if name in table:
            raise DeclarationFault(f"{self.file}: {name} is bound twice.")

    # --- checks

    def binds(self, name: str) -> bool:
        """Whether anything is bound to a name."""
        return any(name in table for table in self._tables())

    def unbound(self, use: Use, what: str, *, many: bool) -> Iterator[Fault]:
        """The fault of a name of the file, where nothing that its element needs is bound to it. many: a task that asks
        several, which is bound by ``ask_each``."""
        match what:
            case "task" if use.kind is Kind.USER:
                bound = use.name in self.tasks
            case "task":
                asked = self.asks.get(use.name)
                asks = asked is not None and asked.each is many and use.name in self.answers
                bound = use.kind is Kind.RECEIVE or (use.name in self.steps and not many) or asks
            case "condition":
                bound = split(use.name)[1] in self.predicates
            case "deadline":
                bound = use.name in self.deadlines or parse_duration(use.name) is not None
            case _:
                bound = use.kind not in _THROWING or use.name in self.throws
        if not bound:
            remedy = f"Bind {what} {split(use.name)[1]} of element {use.element} in the handlers."
            yield Fault(f"{self.file}#{use.element}", "unbound", remedy, line=use.line)

    def stale(self, definitions: Iterable[Definition]) -> Iterator[Fault]:
        """A fault for each binding that no version of the file names."""
        definitions = tuple(definitions)
        named = {use.element for each in definitions for use in each.tasks}
        named |= {use.name for each in definitions for _, use in uses(each) if not split(use.element)[0]}
        apart = (task for task in chain(*self.apart.values()) if "." not in task)
        bound = [*(name for table in self._tables() for name in table), *apart, *self.states]
        for name in (name for name in bound if name not in named):
            yield Fault(self.file, "stale", f"Binding {name} is named by no element; remove it.")

    def _tables(self) -> tuple[dict[str, Any], ...]:
        return self.steps, self.asks, self.answers, self.predicates, self.deadlines, self.tasks, self.throws


def uses(definition: Definition) -> Iterator[tuple[str, Use]]:
    """Every name that a definition needs bound, with the word for what it is."""
    tables = definition.tasks, definition.conditions, definition.timers, definition.messages
    for what, table in zip(("task", "condition", "deadline", "message"), tables, strict=True):
        yield from ((what, use) for use in table)
