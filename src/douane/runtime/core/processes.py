"""Processes: a BPMN file beside the application, bound by name to typed Python, executed as part of the unit of work.

::

    departure = process("departure", Movement, __name__)

    @departure.step("allocate_mrn")                       # id of a service, send or business-rule task
    def allocate_mrn(work, case): return replace(case, mrn=...)

    @departure.ask("reserve_guarantee", Guarantees.use, administration=lambda c: c.guarantee_country)
    def reserve(work, case): return CD203C(...)
    @departure.answer("reserve_guarantee")
    def reserved(work, case, answer: CD205C): return replace(case, guarantee="...")

    @departure.when                                        # a condition names a predicate
    def guarantee_holds(case): return case.guarantee == "..."

A name in the file that nothing is bound to, or a binding that no file names, is refused at start with file and element.
Process data live in the case's record; the instance itself is a few integers and the hash of its definition.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import chain
from typing import Any, Final, Generic, TypeVar

import msgspec

from douane.model.declare import Kind as OperationKind
from douane.model.declare import Operation
from douane.runtime.core import holding
from douane.runtime.core.work import Work
from douane.runtime.store import keys
from douane.runtime.store.envelope import ReplyTo
from douane.runtime.store.ports import Instant
from douane.runtime.store.records import HumanTask, ProcessInstance, Value, kind_of
from douane.standards.bpmn import compiler, document, engine, state
from douane.standards.bpmn.definition import Definition, Kind, Use
from douane.standards.bpmn.duration import parse_duration
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.limits import TimeLimit

R = TypeVar("R", bound=Value)
F = TypeVar("F", bound=Callable[..., Any])
MAX_STEPS: Final = 2_000


class BusinessError(Exception):
    """Raised by a step to leave it by its error boundary event."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A service task that names an operation."""

    operation: Operation
    administration: Callable[[Any], str]
    make: Callable[[Work, Any], Any]


@dataclass(slots=True)
class Running(Generic[R]):
    """An instance while it is driven: its case, its state, what is left to do."""

    predicates: dict[str, Callable[[R], bool]]
    definition: Definition
    case: R
    state: state.State
    trace: list[int]
    todo: deque[Any] = field(default_factory=deque)

    def choose(self, name: str) -> bool:
        """Whether a predicate holds of the case as it is now."""
        return self.predicates[name](self.case)


class Process(Generic[R]):
    """A procedure: the compiled file and what its names are bound to."""

    is_douane_process = True

    def __init__(self, name: str, record: type[R], source: bytes, file: str, older: Iterable[bytes] = (), *,
                 states: Mapping[str, enum.StrEnum] | None = None, first: int = 1) -> None:  # fmt: skip
        """``states``: in which state the case is from a task of the process on; its steps need not say so.
        ``first``: the number of its first token."""
        self.name, self.record, self.source, self.file, self.first = name, record, source, file, first
        self.definition = compiler.compile(document.read(source, source=file))
        self.definitions = {self.definition.fingerprint: self.definition}
        for each in older:
            old = compiler.compile(document.read(each, source=file))
            self.definitions[old.fingerprint] = old
        self.steps: dict[str, Callable[[Work, R], R | None]] = {}
        self.asks: dict[str, Asked] = {}
        self.answers: dict[str, Callable[[Work, R, Any], R | None]] = {}
        self.predicates: dict[str, Callable[[R], bool]] = {}
        self.deadlines: dict[str, Callable[[Work, R], Instant]] = {}
        self.limits: dict[str, tuple[TimeLimit, ...]] = {}
        self.tasks: dict[str, Callable[[Work, R], HumanTask]] = {}
        self.apart: dict[str, frozenset[str]] = {}
        self.states = states or {}
        self.throws: dict[str, Callable[[Work, R], R | None]] = {}
        self.__module__ = ""

    # --- binding

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

    def task(self, task: str, *, apart_from: Iterable[str] = ()) -> Callable[[F], F]:
        """Bind a user task: (work, case) -> the human task that an officer sees. ``apart_from``: user tasks of this
        process, or of another on the same case as ``process.task``; whoever completed one of them for this case does
        not complete this one (four eyes)."""
        self.apart[task] = frozenset(apart_from)
        return self._bind(self.tasks, task)

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

    def seal(self) -> None:
        """Refuse names that nothing is bound to, and bindings that the file does not name."""
        faults = [*self._unbound(), *self._stale()]
        if faults:
            raise DeclarationFault(
                f"{self.file}: {len(faults)} names of the process and its bindings do not meet: {faults[0].remedy}",
                remedy="Bind each name of the file, and remove stale bindings.",
                faults=tuple(faults),
            )

    def _unbound(self) -> list[Fault]:
        def fault(use: Use, what: str) -> Fault:
            remedy = f"Bind {what} {use.name} of element {use.element} in the handlers."
            return Fault(f"{self.file}#{use.element}", "unbound", remedy, line=use.line)

        return [each for definition in self.definitions.values() for each in self._unbound_in(definition, fault)]

    def _unbound_in(self, definition: Definition, fault: Callable[[Use, str], Fault]) -> list[Fault]:
        found = []
        for use in definition.tasks:
            if use.kind is Kind.USER:
                bound = use.name in self.tasks
            elif use.kind is Kind.RECEIVE:
                bound = True
            else:
                bound = use.name in self.steps or (use.name in self.asks and use.name in self.answers)
            if not bound:
                found.append(fault(use, "task"))
        found += [fault(u, "condition") for u in definition.conditions if u.name not in self.predicates]
        found += [fault(u, "deadline") for u in definition.timers
                  if u.name not in self.deadlines and parse_duration(u.name) is None]  # fmt: skip
        throwing = {Kind.THROW_MESSAGE, Kind.END_MESSAGE}
        found += [fault(u, "message") for u in definition.messages if u.kind in throwing and u.name not in self.throws]
        return found

    def _stale(self) -> list[Fault]:
        named = {
            use.name for d in self.definitions.values()
            for uses in (d.tasks, d.conditions, d.timers, d.messages) for use in uses
        }  # fmt: skip
        tables = (self.steps, self.asks, self.answers, self.predicates, self.deadlines, self.tasks, self.throws)
        own = (task for task in chain(*self.apart.values()) if "." not in task)
        bound = [*(name for table in tables for name in table), *own, *self.states]
        return [
            Fault(self.file, "stale", f"Binding {name} is named by no element; remove it.")
            for name in bound if name not in named
        ]  # fmt: skip

    # --- running

    def start(self, work: Work, case: R, *, message: str | None = None) -> None:
        """Begin an instance on this subject's case."""
        run: Running[R] = Running(self.predicates, self.definition, case, _UNBORN, [])
        run.state, actions = engine.start(
            self.definition, run.choose, message=message, trace=run.trace, first=self.first
        )
        run.todo.extend(actions)
        self._drive(work, run)

    def receive(self, work: Work, message: str, case: R | None = None) -> bool:
        """Hand a message to the token that waits for it; False when none does (the message is out of sequence)."""
        run = self._running(work, case)
        return run is not None and self._go(work, run, state.Message(message))

    def complete(self, work: Work, task: str, *, case: R | None = None) -> bool:
        """Complete a user task as who sent this message; False when it is not open. Raises SenderFault where somebody
        else has it, or another must do it (``holding``)."""
        run = self._running(work, case)
        if run is None or not any(use.name == task for use in run.definition.tasks):
            return False
        node, tokens = run.definition.node(task).index, run.state.tokens
        at = next((i for i in range(0, len(tokens), 3) if tokens[i] == node), -1)
        if at < 0:
            return False
        holding.complete(work, _task_local(node, tokens[at + 2]), self.apart.get(task, frozenset()))
        return self._go(work, run, state.Completed(node, tokens[at + 2]))

    def waits_for(self, work: Work, message: str) -> bool:
        """Whether a token of this subject's instance waits for a message."""
        run = self._running(work)
        waiting = engine.waiting(run.definition, run.state) if run is not None else ()
        return any(isinstance(a, state.Subscribe) and a.message == message for a in waiting)

    def answered(self, work: Work, waits: ReplyTo, message: Any) -> None:
        """The answer to an asking task: give it to the task, then go on. A late answer changes nothing."""
        run = self._running(work)
        if run is None:
            return
        tokens = run.state.tokens
        live = any(tokens[i] == waits.node and tokens[i + 2] == waits.token for i in range(0, len(tokens), 3))
        if not live:
            return
        task = run.definition.nodes[waits.node].id
        run.case = self.answers[task](work, run.case, message) or run.case
        self._go(work, run, state.Completed(waits.node, waits.token))

    def timer_fired(self, work: Work, name: str) -> None:
        """A timer of this process is due."""
        _, node, token = name.split(":")
        run = self._running(work)
        if run is None:
            return
        later = self._ends_later(work, run.definition, int(node))
        if later:
            work.expire(name, later)
            return
        self._go(work, run, state.TimerFired(int(node), int(token)))

    # --- inside

    def _ends_later(self, work: Work, definition: Definition, node: int) -> Instant:
        """When the limit of a timer ends by the calendars of today, where that is later than was counted; else 0."""
        element = definition.nodes[node].id
        timer = next((use.name for use in definition.timers if use.element == element), "")
        return max((work.counted_again(each) for each in self.limits.get(timer, ())), default=0)

    def _running(self, work: Work, case: R | None = None) -> Running[R] | None:
        """The instance of this subject with its case; None where there is none, or it has ended."""
        instance = work.get(ProcessInstance, self.name.encode())
        if instance is None or instance.ended:
            return None
        at = state.decode(instance.state)
        definition = self.definitions.get(at.definition)
        if definition is None:
            raise DeclarationFault(
                f"{self.file}: no definition {instance.definition[:12]} for a running instance.",
                remedy="Keep the version it is pinned to, or declare a migration.",
            )
        case = case if case is not None else work.need(self.record)
        return Running(self.predicates, definition, case, at, list(instance.steps))

    def _go(self, work: Work, run: Running[R], event: state.Event) -> bool:
        if not self._advance(run, event):
            return False
        self._drive(work, run)
        return True

    def _advance(self, run: Running[R], event: state.Event) -> bool:
        run.state, actions = engine.advance(run.definition, run.state, event, run.choose, trace=run.trace)
        if len(actions) == 1 and type(actions[0]) is state.Ignored:
            return False
        run.todo.extend(actions)
        return True

    def _drive(self, work: Work, run: Running[R]) -> None:
        """Perform actions until every token waits, then keep case and instance."""
        steps = 0
        while run.todo:
            steps += 1
            if steps > MAX_STEPS:
                raise DeclarationFault(f"{self.file}: the process does not come to rest.")
            self._perform(work, run, run.todo.popleft())
        if run.case != work.get(self.record):
            work.put(run.case)
        work.put(
            ProcessInstance(self.name, run.definition.hash, state.encode(run.state), tuple(run.trace), run.state.ended),
            self.name.encode(),
        )

    def _perform(self, work: Work, run: Running[R], action: state.Action) -> None:
        match action:
            case state.Enter():
                self._enter(work, run, action)
            case state.Subscribe() | state.Unsubscribe() | state.Ended() | state.Ignored():
                pass  # the state itself holds who waits for what
            case state.SetTimer():
                self._set_timer(work, run, f"{self.name}:{action.node}:{action.token}", action.expression)
            case state.CancelTimer():
                work.timer(f"{self.name}:{action.node}:{action.token}", 0)
            case state.Throw():
                run.case = self.throws[action.message](work, run.case) or run.case
            case state.Withdraw():
                if run.definition.nodes[action.node].kind is Kind.USER:
                    work.remove(HumanTask, _task_local(action.node, action.token))
                else:
                    work.forget_question(ReplyTo(work.subject, self.name, action.node, action.token))
            case state.Incident():
                raise DeclarationFault(f"{self.file}#{run.definition.nodes[action.node].id}: {action.reason}")

    def _enter(self, work: Work, run: Running[R], action: state.Enter) -> None:
        node = run.definition.nodes[action.node]
        if node.id in self.states:
            run.case = self._in_state(run.case, self.states[node.id])
        if action.kind is Kind.RECEIVE:
            return
        if action.kind is Kind.USER:
            task = self.tasks[node.id](work, run.case)
            opened = HumanTask(
                self.name, node.id, action.token, task.office, task.role, task.title or node.name, task.due
            )
            work.put(opened, _task_local(action.node, action.token))
            return
        asked = self.asks.get(node.id)
        if asked is not None:
            self._ask(work, run, action, asked)
            return
        try:
            run.case = self.steps[node.id](work, run.case) or run.case
        except BusinessError as error:
            self._advance(run, state.Errored(action.node, action.token, error.code))
            return
        self._advance(run, state.Completed(action.node, action.token))

    def _in_state(self, case: R, state: enum.StrEnum) -> R:
        """The case in the state that its record shows in lists."""
        of_case = kind_of(self.record).case
        assert of_case is not None, self.name
        return msgspec.structs.replace(case, **{of_case.state: state.value})

    def _ask(self, work: Work, run: Running[R], action: state.Enter, asked: Asked) -> None:
        """A query that this node answers for the administration named is answered inside the tick. A command, and a
        question to another node, is a message, and the token waits for its answer."""
        question, administration = asked.make(work, run.case), asked.administration(run.case)
        if asked.operation.kind is OperationKind.QUERY and work.serves(asked.operation, administration):
            answer = work.query(asked.operation, question, administration=administration)
            task = run.definition.nodes[action.node].id
            run.case = self.answers[task](work, run.case, answer) or run.case
            self._advance(run, state.Completed(action.node, action.token))
            return
        waits = ReplyTo(work.subject, self.name, action.node, action.token)
        work.ask(asked.operation, question, administration=administration, waits=waits)

    def _set_timer(self, work: Work, run: Running[R], name: str, expression: str) -> None:
        deadline = self.deadlines.get(expression)
        if deadline is None:
            work.timer(name, _after(work, expression))
        elif self.limits[expression]:
            work.expire(name, deadline(work, run.case))
        else:
            work.timer(name, deadline(work, run.case))


def _after(work: Work, expression: str) -> Instant:
    """So long from now, by the machine: a duration that stands in the file itself is no limit of law."""
    duration = parse_duration(expression)
    assert duration is not None, expression
    now = dt.datetime.fromtimestamp(work.now / 1e6, dt.UTC)
    return int(duration.after(now).timestamp() * 1e6)


_UNBORN: Final = state.State(0, 0, ())


def _task_local(node: int, token: int) -> bytes:
    return keys.u16(node) + keys.u64(token)


def process(name: str, record: type[R], module: str, *, older: Iterable[str] = (), first: int = 1) -> Process[R]:
    """Load ``processes/NAME.bpmn`` beside the application of a handler module (``__name__``) and compile it.

    older: names files of earlier versions that running instances are still pinned to. first: the number of its first
    token; of a second procedure on the same case another one, since officers' tasks are told apart by it.
    """
    package = module.partition(".handlers")[0]
    folder = resources.files(package) / "processes"
    source = (folder / f"{name}.bpmn").read_bytes()
    former = [(folder / each).read_bytes() for each in older]
    made = Process(name, record, source, f"{package}/processes/{name}.bpmn", former, first=first)
    made.__module__ = module
    return made
