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
import itertools
import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final, Generic, TypeVar

import msgspec

from douane.model.declare import Kind as OperationKind
from douane.model.declare import TaskRef
from douane.runtime.catalogue.bindings import Asked, Bindings, uses
from douane.runtime.core import holding
from douane.runtime.core.expecting import local_of
from douane.runtime.core.work import Work
from douane.runtime.store import keys
from douane.runtime.store.envelope import ReplyTo
from douane.runtime.store.ports import Instant
from douane.runtime.store.records import Collecting, HumanTask, ProcessInstance, Value, kind_of
from douane.standards.bpmn import compiler, document, engine, state
from douane.standards.bpmn.calls import by_process, split
from douane.standards.bpmn.definition import Definition, Kind
from douane.standards.bpmn.duration import parse_duration
from douane.standards.bpmn.remembered import Remembered
from douane.vocabulary.errors import DeclarationFault, Fault

R = TypeVar("R", bound=Value)
MAX_STEPS: Final = 2_000
MAX_VERSIONS: Final = 64
"""Combinations of versions of a file and of those that it calls, which are all compiled at start."""


class BusinessError(Exception):
    """Raised by a step to leave it by its error boundary event."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Version:
    """One definition of a process with the files it was compiled from: its own, and by id those of what it calls."""

    definition: Definition
    source: bytes
    called: Mapping[str, bytes]
    moves: Remembered
    places: dict[str, tuple[Bindings[Any], str]] = field(default_factory=dict)
    """Where each name of the definition is bound, as far as it was asked."""


@dataclass(slots=True)
class Running(Generic[R]):
    """An instance while it is driven: its case, its state, what is left to do."""

    process: Process[R]
    version: Version
    case: R
    state: state.State
    trace: list[int]
    todo: deque[Any] = field(default_factory=deque)

    @property
    def definition(self) -> Definition:
        """The definition that the instance is pinned to."""
        return self.version.definition

    def choose(self, name: str) -> bool:
        """Whether a predicate holds of the case as it is now."""
        holder, own = self.version.places.get(name) or self.bound(name)
        return holder.predicates[own](self.case)

    def bound(self, name: str) -> tuple[Bindings[Any], str]:
        """Where a name of its definition is bound, and as what: after the calls around the element that names it."""
        found = self.version.places.get(name)
        if found is None:
            found = self.version.places[name] = self.process.holder(self.definition, *split(name))
        return found

    def bound_beside(self, element: str, name: str) -> tuple[Bindings[Any], str]:
        """Where a name is bound that an element has beside its own: of its timer, or of its message."""
        path, _ = split(element)
        return self.bound(f"{path}/{name}" if path else name)


class Process(Bindings[R]):
    """A procedure: the compiled file and what its names are bound to.

    older: former versions of the file, to whose definitions running instances are still pinned. calls: the processes
    that its call activities name; each with its own older versions, and every combination is known. states: in which
    state the case is from a task of the process on; its steps need not say so. first: the number of its first token; of
    a second procedure on the same case another one, since officers' tasks are told apart by it.
    """

    is_douane_process = True

    def __init__(
        self, name: str, record: type[R], source: bytes, file: str, older: Iterable[bytes] = (),
        *, calls: Iterable[Process[Any]] = (), states: Mapping[str, enum.StrEnum] | None = None,
        first: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(file, states or {})
        self.name, self.record, self.source, self.first = name, record, source, first
        self.sources = (source, *older)
        self.called: dict[str, Process[Any]] = {}
        for each in calls:
            self.called |= {each.definition.process: each, **each.called}
        self.versions: dict[int, Version] = {}
        for version in self._compiled():
            self.versions.setdefault(version.definition.fingerprint, version)
        self.present = next(iter(self.versions.values()))
        self.definition: Definition = self.present.definition
        self.__module__ = ""

    def _compiled(self) -> Iterator[Version]:
        """Each version of the file with each version of what it calls, the present ones first."""
        combinations = math.prod(len(each.sources) for each in self.called.values()) * len(self.sources)
        if combinations > MAX_VERSIONS:
            raise DeclarationFault(
                f"{self.file} and what it calls have {combinations} versions together.",
                remedy=f"Retire older ones; at most {MAX_VERSIONS}.",
            )
        for source in self.sources:
            read = document.read(source, source=self.file)
            for chosen in itertools.product(*(each.sources for each in self.called.values())):
                files = dict(zip(self.called, chosen, strict=True))
                models = [document.read(files[id], source=each.file) for id, each in self.called.items()]
                made = compiler.compile(read, called=by_process(models))
                yield Version(made, source, files, Remembered(made))

    def version(self, hash: str) -> Version | None:
        """The version with that hash; None where this release has none."""
        return next((each for each in self.versions.values() if each.definition.hash == hash), None)

    def seal(self) -> None:
        """Refuse names that nothing is bound to, and bindings that no version of the file names."""
        definitions = [each.definition for each in self.versions.values()]
        faults: list[Fault] = []
        for definition in definitions:
            for what, use in uses(definition):
                holder, _ = self.holder(definition, split(use.element)[0], split(use.name)[1])
                faults += holder.unbound(use, what, many=use.element in definition.many)
        faults += self.stale(definitions)
        if faults:
            raise DeclarationFault(
                f"{self.file}: {len(faults)} names of the process and its bindings do not meet: {faults[0].remedy}",
                remedy="Bind each name of the file, and remove stale bindings.",
                faults=tuple(faults),
            )
        for each in self.called.values():
            if not issubclass(self.record, each.record):
                raise DeclarationFault(
                    f"{self.file} keeps {self.record.__name__}, {each.file}, which it calls, {each.record.__name__}.",
                    remedy="Let what is called work on a type that the caller's record is.",
                )

    def holder(self, definition: Definition, path: str, name: str) -> tuple[Bindings[Any], str]:
        """Where a name is bound: in the process whose file names it; of an older version, where it has moved to."""
        if not path and definition is self.definition:
            return self, name
        owner = self.called.get(definition.calls.get(path, ""), self)
        if owner.binds(name):
            return owner, name
        return next((each for each in (self, *self.called.values()) if each.binds(name)), owner), name

    # --- running

    def start(self, work: Work, case: R, *, message: str | None = None) -> None:
        """Begin an instance on this subject's case."""
        run: Running[R] = Running(self, self.present, case, _UNBORN, [])
        run.state, actions = self.present.moves.start(run.choose, message=message, trace=run.trace, first=self.first)
        run.todo.extend(actions)
        self._drive(work, run)

    def receive(self, work: Work, message: str, case: R | None = None) -> bool:
        """Hand a message to the token that waits for it; False when none does (the message is out of sequence)."""
        run = self._running(work, case)
        return run is not None and self._go(work, run, state.Message(message))

    def complete(self, work: Work, task: str, *, case: R | None = None) -> bool:
        """Complete a user task as who sent this message; False when it is not open. Raises SenderFault where somebody
        else has it, or another must do it (``holding``).

        task: its id, also of one in a process that is called.
        """
        run = self._running(work, case)
        if run is None:
            return False
        tokens, nodes = run.state.tokens, run.definition.nodes
        at = next((i for i in range(0, len(tokens), 3) if tokens[i] < len(nodes) and nodes[tokens[i]].kind is Kind.USER
                   and task in (nodes[tokens[i]].id, split(nodes[tokens[i]].id)[1])), -1)  # fmt: skip
        if at < 0:
            return False
        node = tokens[at]
        path, _ = split(run.definition.nodes[node].id)
        holder, own = run.bound(run.definition.nodes[node].id)
        apart = frozenset(f"{path}/{t}" if path and "." not in t else t for t in holder.apart.get(own, ()))
        holding.complete(work, _task_local(node, tokens[at + 2]), apart, checked=own in holder.checked)
        return self._go(work, run, state.Completed(node, tokens[at + 2]))

    def end(self, work: Work, *tasks: TaskRef, case: R | None = None) -> None:
        """Complete the one of these tasks that waits, as who sent this message. Raises what ``complete`` raises, and
        LookupError where none waits: an operation that ends them is refused before (``model.possible``)."""
        if not any(self.complete(work, each.node, case=case) for each in tasks):
            raise LookupError(f"none of {', '.join(each.node for each in tasks)} waits in {self.file}")

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
        live = any(tokens[i] == waits.place and tokens[i + 2] == waits.token for i in range(0, len(tokens), 3))
        collecting = work.get(Collecting, local_of(waits.of_part(0))) if waits.part else None
        if not live or (waits.part and (collecting is None or waits.part not in collecting.left)):
            return
        try:
            if not self._taken(work, run, waits, message):
                self._drive(work, run)
                return
        except BusinessError as error:
            self._forget(work, waits)
            self._go(work, run, state.Errored(waits.place, waits.token, error.code))
            return
        self._go(work, run, state.Completed(waits.place, waits.token))

    def timer_fired(self, work: Work, name: str) -> None:
        """A timer of this process is due."""
        _, node, token = name.split(":")
        run = self._running(work)
        if run is None:
            return
        later = self._ends_later(work, run, int(node))
        if later:
            work.expire(name, later)
            return
        self._go(work, run, state.TimerFired(int(node), int(token)))

    # --- inside

    def _taken(self, work: Work, run: Running[R], waits: ReplyTo, message: Any) -> bool:
        """Give an answer to its task; whether that is done."""
        holder, task = run.bound(run.version.definition.nodes[waits.place].id)
        if not waits.part:
            run.case = holder.answers[task](work, run.case, message) or run.case
            return True
        local = local_of(waits.of_part(0))
        collecting = work.need(Collecting, local)
        run.case = holder.answers[task](work, run.case, message, collecting.asked[waits.part - 1]) or run.case
        left = tuple(part for part in collecting.left if part != waits.part)
        if left:
            work.put(msgspec.structs.replace(collecting, left=left), local)
            return False
        work.remove(Collecting, local)
        return True

    def _forget(self, work: Work, waits: ReplyTo) -> None:
        """A token waits no more for what it asked."""
        whole = waits.of_part(0)
        collecting = work.get(Collecting, local_of(whole))
        if collecting is None:
            work.forget_question(whole)
            return
        for part in collecting.left:
            work.forget_question(whole.of_part(part))
        work.remove(Collecting, local_of(whole))

    def _ends_later(self, work: Work, run: Running[R], node: int) -> Instant:
        """When the limit of a timer ends by the calendars of today, where that is later than was counted; else 0."""
        element = run.definition.nodes[node]
        holder, timer = run.bound_beside(element.id, element.timer)
        return max((work.counted_again(each) for each in holder.limits.get(timer, ())), default=0)

    def _running(self, work: Work, case: R | None = None) -> Running[R] | None:
        """The instance of this subject with its case; None where there is none, or it has ended."""
        instance = work.get(ProcessInstance, self.name.encode())
        if instance is None or instance.ended:
            return None
        at = state.decode(instance.state)
        version = self.versions.get(at.definition)
        if version is None:
            raise DeclarationFault(
                f"{self.file}: no definition {instance.definition[:12]} for a running instance.",
                remedy="Keep the version of the file that it is pinned to: older=(...).",
            )
        case = case if case is not None else work.need(self.record)
        return Running(self, version, case, at, list(instance.steps))

    def _go(self, work: Work, run: Running[R], event: state.Event) -> bool:
        if not self._advance(run, event):
            return False
        self._drive(work, run)
        return True

    def _advance(self, run: Running[R], event: state.Event) -> bool:
        run.state, actions = run.version.moves.advance(run.state, event, run.choose, trace=run.trace)
        if len(actions) == 1 and type(actions[0]) is state.Ignored:
            return False
        run.todo.extend(actions)
        return True

    def _drive(self, work: Work, run: Running[R]) -> None:
        """Perform actions until every token waits, then keep case and instance."""
        work.notes_run(self.file)
        steps = 0
        while run.todo:
            steps += 1
            if steps > MAX_STEPS:
                raise DeclarationFault(f"{self.file}: the process does not come to rest.")
            action = run.todo.popleft()
            if type(action) is state.Enter:  # most actions enter a task, or only tell what the state holds
                self._enter(work, run, action)
            elif type(action) not in _TOLD:
                self._perform(work, run, action)
        if self.after is not None:
            run.case = self.after(work, run.case, self._left(run)) or run.case
        if run.case != work.get(self.record):
            work.put(run.case)
        work.put(
            ProcessInstance(
                self.name, run.version.definition.hash, state.encode(run.state), tuple(run.trace), run.state.ended
            ),
            self.name.encode(),
        )

    def _left(self, run: Running[R]) -> frozenset[str]:
        """The elements of the own file that a token has come to, and where none waits now."""
        nodes, flows, tokens = run.definition.nodes, run.definition.flows, run.state.tokens
        waiting = {tokens[i] for i in range(0, len(tokens), 3)}
        come_to = {flows[each].target for each in run.trace} - waiting
        return frozenset(nodes[each].id for each in come_to if not split(nodes[each].id)[0])

    def _perform(self, work: Work, run: Running[R], action: state.Action) -> None:
        match action:
            case state.Enter():
                self._enter(work, run, action)
            case state.Subscribe() | state.Unsubscribe() | state.Ended() | state.Ignored():
                pass  # the state itself holds who waits for what
            case state.SetTimer():
                self._set_timer(work, run, action)
            case state.CancelTimer():
                work.timer(f"{self.name}:{action.node}:{action.token}", 0)
            case state.Throw():
                holder, message = run.bound_beside(run.definition.nodes[action.node].id, action.message)
                run.case = holder.throws[message](work, run.case) or run.case
            case state.Withdraw():
                if run.definition.nodes[action.node].kind is Kind.USER:
                    work.remove(HumanTask, _task_local(action.node, action.token))
                else:
                    self._forget(work, ReplyTo(work.subject, self.name, action.node, action.token))
            case state.Incident():
                raise DeclarationFault(f"{self.file}#{run.definition.nodes[action.node].id}: {action.reason}")

    def _enter(self, work: Work, run: Running[R], action: state.Enter) -> None:
        version = run.version
        node = version.definition.nodes[action.node]
        if action.kind is Kind.RECEIVE:
            return
        holder, name = version.places.get(node.id) or run.bound(node.id)
        state_from_here = self.states.get(node.id) or holder.states.get(name)
        if state_from_here is not None:
            run.case = self._in_state(run.case, state_from_here)
        if action.kind is Kind.USER:
            made = holder.tasks[name](work, run.case)
            task, run.case = made if isinstance(made, tuple) else (made, run.case)
            opened = HumanTask(
                self.name, node.id, action.token, task.office, task.role, task.title or node.name, task.due,
                others=task.others, risk=task.risk,
            )  # fmt: skip
            work.put(opened, _task_local(action.node, action.token))
            return
        asked = holder.asks.get(name)
        waits = ReplyTo(work.subject, self.name, action.node, action.token)
        try:
            if asked is None:
                run.case = holder.steps[name](work, run.case) or run.case
            else:
                work.notes_step(holder.file, name)
                if not (self._ask_each if asked.each else self._ask)(work, run, waits, asked):
                    return
        except BusinessError as error:
            self._forget(work, waits)
            self._advance(run, state.Errored(action.node, action.token, error.code))
            return
        self._advance(run, state.Completed(action.node, action.token))

    def _ask(self, work: Work, run: Running[R], waits: ReplyTo, asked: Asked) -> bool:
        """A query that this node answers for the administration named is answered inside the tick; whether it was. A
        command, and a question to another node, is a message, and the token waits for its answer."""
        question, administration = asked.make(work, run.case), asked.administration(run.case)
        if asked.operation.kind is OperationKind.QUERY and work.serves(asked.operation, administration):
            answer = work.query(asked.operation, question, administration=administration)
            return self._taken(work, run, waits, answer)
        work.ask(asked.operation, question, administration=administration, waits=waits)
        return False

    def _ask_each(self, work: Work, run: Running[R], waits: ReplyTo, asked: Asked) -> bool:
        """The same to several, each once; whether nobody is waited for."""
        administrations = tuple(dict.fromkeys(asked.administration(run.case)))
        work.put(Collecting(administrations, tuple(range(1, len(administrations) + 1))), local_of(waits))
        at_once = asked.operation.kind is OperationKind.QUERY
        for part, administration in enumerate(administrations, start=1):
            question = asked.make(work, run.case, administration)
            if not (at_once and work.serves(asked.operation, administration)):
                work.ask(asked.operation, question, administration=administration, waits=waits.of_part(part))
            elif self._taken(
                work, run, waits.of_part(part), work.query(asked.operation, question, administration=administration)
            ):
                return True
        if not administrations:
            work.remove(Collecting, local_of(waits))
        return not administrations

    def _in_state(self, case: R, state: enum.StrEnum) -> R:
        """The case in the state that its record shows in lists."""
        of_case = kind_of(self.record).case
        assert of_case is not None, self.name
        return msgspec.structs.replace(case, **{of_case.state: state.value})

    def _set_timer(self, work: Work, run: Running[R], action: state.SetTimer) -> None:
        name = f"{self.name}:{action.node}:{action.token}"
        holder, expression = run.bound_beside(run.definition.nodes[action.node].id, action.expression)
        deadline = holder.deadlines.get(expression)
        if deadline is None:
            work.timer(name, _after(work, expression))
        elif holder.limits[expression]:
            work.expire(name, deadline(work, run.case))
        else:
            work.timer(name, deadline(work, run.case))


def _after(work: Work, expression: str) -> Instant:
    """So long from now, by the machine: a duration that stands in the file itself is no limit of law."""
    duration = parse_duration(expression)
    assert duration is not None, expression
    now = dt.datetime.fromtimestamp(work.now / 1e6, dt.UTC)
    return int(duration.after(now).timestamp() * 1e6)


_TOLD: Final = frozenset({state.Subscribe, state.Unsubscribe, state.Ended, state.Ignored})
_UNBORN: Final = state.State(0, 0, ())


def _task_local(node: int, token: int) -> bytes:
    return keys.u16(node) + keys.u64(token)


def process(
    name: str, record: type[R], module: str, *, older: Iterable[str] = (), calls: Iterable[Process[Any]] = (),
    first: int = 1,
) -> Process[R]:  # fmt: skip
    """Load ``processes/NAME.bpmn`` beside the application of a handler module (``__name__``) and compile it.

    older: files of earlier versions that running instances are still pinned to (``former/NAME.1.bpmn``). calls: the
    processes that its call activities name. first: the number of its first token.
    """
    package = module.partition(".handlers")[0]
    folder = resources.files(package) / "processes"
    source = (folder / f"{name}.bpmn").read_bytes()
    former = [(folder / each).read_bytes() for each in older]
    made = Process(name, record, source, f"{package}/processes/{name}.bpmn", former, calls=calls, first=first)
    made.__module__ = module
    return made
