"""What an application does: handlers bound to operations, queries, refusals; collected once and checked at start.

::

    @handles(Transit.lodge_declaration, reads=(Movement,), rules=RULES, case=known, refuse=refuse_declaration)
    def lodge(work: Work, m: CC015C) -> None: ...

A handler is a plain synchronous function: it reads through its unit of work and leaves effects in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, Protocol, TypeVar

import msgspec

from douane.model.declare import Kind, Operation
from douane.model.discovery import application_of
from douane.model.needs import DELEGATIONS
from douane.model.rules import Book, Look
from douane.runtime.store import keys
from douane.runtime.store.envelope import ReplyTo
from douane.runtime.store.records import Parties, RecordKind, Value, kind_of
from douane.vocabulary.errors import DeclarationFault, Fault

Handle = Callable[[Any, Any], None]
"""(unit of work, message). The unit of work is ``runtime.work.Work``, which stands above this module."""
Refuse = Callable[[Any, Any, tuple[Fault, ...]], None]
Meets = Callable[[Any], Iterable[tuple[str, str]]]
KnownOf = Callable[[Any, Any], Any]
"""(unit of work, message): what is known of the case, for its rules. Raises SenderFault where the message comes out of
sequence, so that nothing else is told of it."""
ConcernsOf = Callable[[Any], tuple[str, str] | None]
"""From an event to the alias (kind, value) of the case of its follower; None where it is about no case of his."""
FOLLOWS = "@"
"""Joins an event to the application that follows it: ``orders.placed@accounts`` is what one follower handles."""
F = TypeVar("F", bound=Callable[..., Any])


class Procedure(Protocol):
    """A process as the tick drives it (``runtime.processes.Process``)."""

    name: str

    def seal(self) -> None:
        """Refuse names that nothing is bound to."""

    def answered(self, work: Any, waits: ReplyTo, message: Any) -> None:
        """An answer for a waiting token."""

    def timer_fired(self, work: Any, name: str) -> None:
        """A timer is due."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A handler with what the runtime prepares for it.

    reads: record types of the subject fetched with the wave. meets: aliases resolved with the wave. rules: evaluated
    before the handler, as of the decisive date of the operation, with what ``case`` tells of the case; violations go to
    ``refuse`` instead, as do conflicts of the alias and raised faults. concerns: of an event, the name of the case of
    its follower that it is about. opens: whether it opens that case where there is none.
    """

    operation: Operation
    handle: Handle
    reads: tuple[type[Value], ...] = ()
    meets: Meets | None = None
    rules: Book | None = None
    case: KnownOf | None = None
    refuse: Refuse | None = None
    concerns: ConcernsOf | None = None
    opens: bool = False

    @property
    def fetched(self) -> tuple[tuple[RecordKind, bytes], ...]:
        """What to fetch of the subject, with the end of its key; the case's parties before all."""
        return _fetched(self.reads)


@cache
def _fetched(reads: tuple[type[Value], ...]) -> tuple[tuple[RecordKind, bytes], ...]:
    every: tuple[type[Value], ...] = (Parties, *reads)
    kinds = map(kind_of, every)
    return tuple((kind, keys.kind_ending(kind.number)) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Answer:
    """A query handler: runs on a read-only snapshot."""

    operation: Operation
    answer: Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """What says of sent messages of a type whether they break a published rule; asked of a sample, long after.

    faults: of a message, code lists by date, and the day on which it was sent. names: the rules and code lists that it
    may name, and the types of messages.
    """

    message: type
    faults: Callable[[Any, Callable[[dt.date], Look], dt.date], Sequence[Fault]]
    names: frozenset[str]


def judges(message: type, names: Iterable[str]) -> Callable[[F], F]:
    """Bind the decorated function to messages that were sent: this type and those that are made of it (``Judge``)."""

    def bind(function: F) -> F:
        function.__dict__["__judge__"] = Judge(message, function, frozenset(names))
        return function

    return bind


def handles(
    operation: Operation,
    *,
    reads: Sequence[type[Value]] = (),
    meets: Meets | None = None,
    rules: Book | None = None,
    case: KnownOf | None = None,
    refuse: Refuse | None = None,
    concerns: ConcernsOf | None = None,
    opens: bool = False,
) -> Callable[[F], F]:
    """Bind the decorated function to a command, or to an event of another service of the same node.

    An event is handled in the administration that published it, in the case that it ``concerns``. Where the follower
    has none by that name, it ``opens`` one, and later events meet it there; else, and where it names none, it is
    handled in a case without a name, which is none unless the function keeps a record. Each application that follows
    an event handles it once; a failure of one concerns neither the publisher nor the others.
    """

    def bind(function: F) -> F:
        function.__dict__.setdefault("__handlers__", []).append(
            Handler(operation, function, tuple(reads), meets, rules, case, refuse, concerns, opens)
        )
        return function

    return bind


def answers(operation: Operation) -> Callable[[F], F]:
    """Bind the decorated function to a query."""

    def bind(function: F) -> F:
        function.__dict__["__answer__"] = Answer(operation, function)
        return function

    return bind


def serves(operation: Operation) -> Callable[[F], F]:
    """Let the decorated query also answer an earlier contract of it, through the translation that that one declares.

    Stands below ``@answers`` of the later contract. Raises DeclarationFault where the earlier one has no translation.
    """

    if operation.earlier is None:
        raise DeclarationFault(
            f"{operation.qualified} does not say how it is translated.", remedy="Declare it with earlier=."
        )

    def bind(function: F) -> F:
        function.__dict__.setdefault("__serves__", []).append(operation)
        return function

    return bind


def through(earlier: Operation, later: Answer) -> Answer:
    """The answer of an earlier contract, by the query that serves the later one. NotValid where it has no way."""
    said = earlier.earlier
    assert said is not None, earlier.qualified

    def answer(view: Any, question: Any) -> Any:
        asked: Any = msgspec.convert(said.request.forth(msgspec.to_builtins(question)), later.operation.request)
        found = said.answer.back(msgspec.to_builtins(later.answer(view, asked)))
        return msgspec.convert(found, earlier.replies[0])

    return Answer(earlier, answer)


@dataclass(slots=True)
class Behaviour:
    """All handlers, queries and processes of a node, by name."""

    handlers: dict[str, Handler] = field(default_factory=dict)
    queries: dict[str, Answer] = field(default_factory=dict)
    processes: dict[str, Procedure] = field(default_factory=dict)
    vouching: Operation | None = None
    """The query by which the core asks whether somebody may act for another; None without such a register."""
    followers: dict[str, list[str]] = field(default_factory=dict)
    """By event: the names under which ``handlers`` has those who follow it."""
    judges: list[Judge] = field(default_factory=list)

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> Behaviour:
        """Collect from handler modules; refuses two handlers for one operation."""
        made = cls()
        for module in modules:
            for value in list(vars(module).values()):
                if getattr(value, "__module__", None) != module.__name__:
                    continue
                made._take(value)
        for process in made.processes.values():
            process.seal()
        for names in made.followers.values():
            names.sort()
        return made

    def _take(self, value: Any) -> None:
        if getattr(value, "is_douane_process", False):
            if self.processes.setdefault(value.name, value) is not value:
                raise DeclarationFault(f"Two processes are called {value.name}.", remedy="Rename one of the files.")
            return
        marks = getattr(value, "__dict__", {})
        for handler in marks.get("__handlers__", ()):
            name = handler.operation.qualified
            if handler.operation.kind is Kind.EVENT:
                name = f"{name}{FOLLOWS}{application_of(handler.handle.__module__)}"
                self.followers.setdefault(handler.operation.qualified, []).append(name)
            if name in self.handlers:
                raise DeclarationFault(f"Operation {name} has two handlers.", remedy="Remove one.")
            if handler.operation.kind is Kind.QUERY:
                raise DeclarationFault(f"{name} is a query.", remedy="Bind it with @answers.")
            self.handlers[name] = handler
        if judge := marks.get("__judge__"):
            self.judges.append(judge)
        answer = marks.get("__answer__")
        if answer:
            self.queries[answer.operation.qualified] = answer
            if answer.operation.fills is DELEGATIONS:
                self.vouching = answer.operation
            for earlier in marks.get("__serves__", ()):
                self.queries[earlier.qualified] = through(earlier, answer)

    def judged_by(self) -> dict[str, tuple[str, ...]]:
        """The code lists that the messages of an operation are judged by, by operation."""
        return {
            name: tuple(sorted(handler.rules.lists_of(handler.operation.request)))
            for name, handler in self.handlers.items()
            if handler.rules is not None
        }

    def check(self, operations: Iterable[Operation]) -> list[str]:
        """Offered operations that nobody fulfils."""
        return [
            f"{o.qualified} is offered but has no handler."
            for o in operations
            if o.kind is not Kind.EVENT and o.status.value in ("offered", "deprecated")
            and o.qualified not in (self.queries if o.kind is Kind.QUERY else self.handlers)
        ]  # fmt: skip
