"""``douane model check``: what contradicts itself or is missing, with ids that stay the same over releases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from douane.model.declare import Level
from douane.model.graph import PLANNED, ApplicationModel, EdgeKind, Node, NodeKind, services_asked


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the model: stable id, the element, what is wrong, how to mend it."""

    id: str
    element: str
    text: str
    remedy: str


CHECKS = {
    "M001": "An edge leads to something that is not declared (a task, a requirement, an operation ...).",
    "M002": "A message type has an untyped field.",
    "M003": "An operation is open to nobody, or fulfils no task.",
    "M004": "A requirement is shown by no test.",
    "M005": "A process step calls an operation that is not offered.",
    "M006": "A query open to the untrusted circle, and not just to parties of a case, tells a confidential element.",
    "M007": "An element that people see has no title.",
    "M008": "A change breaks what the last release promised.",
    "M009": "An offered operation is fulfilled by no handler.",
    "M010": "A service states no legal basis.",
    "M011": "A rule, or the judgement of a message, looks up a code list that is neither kept nor derived.",
    "M012": "A declared task is fulfilled by no operation.",
    "M013": "A command about a case says in no role on the case it may be called.",
    "M014": "A command opens a case under a name, and does not say to whom such names belong.",
    "M015": "A data element means two things: other code lists, formats or confidentiality under one identity.",
    "M016": "An offered operation meets no requirement.",
    "M017": "A requirement is shown by no test that passes.",
    "M018": "A kind of element has no member: nobody plans, nothing changes.",
    "M019": "A task of a collaboration is done by nobody, or names no article.",
    "M020": "An application is left out, because one that it needs is not installed.",
    "M021": "An event is subscribed to and handled by nobody, or handled without a subscription.",
    "M022": "A project has no task, or no deadline.",
    "M023": "An operation is claimed by two projects.",
    "M024": "A planned task is claimed by no project.",
    "M025": "Projects wait for each other.",
    "M026": "A service promises a higher level than one that it asks while it works.",
    "M027": "An administration added to a procedure what has nothing to stand at in this release (with --data).",
    "M028": "Nobody answers for the level of a service: it lacks an owner, a day, who agreed, or from where it is.",
    "M029": "A screen of another distribution does not keep to the design of the portal.",
    "M030": "Nobody says how many persons answer for an act of an officer or operator, and why; or a row names no act.",
    "M031": "An instant in an answer does not say by which clock it is: that of the law, or that of the machine.",
}


_ANSWERED = ("level owner", "level agreed by", "level agreed on", "level source")


def check(
    model: ApplicationModel, *, handled: Iterable[str] | None = None, lists: Container[str] | None = None,
    judged: Mapping[str, Iterable[str]] = MappingProxyType({}),
    left_out: Mapping[str, str] = MappingProxyType({}), passed: Iterable[str] | None = None,
) -> tuple[Finding, ...]:  # fmt: skip
    """Every fault, ordered by id and element.

    handled: operations with a handler. lists: code lists that are kept or derived. judged: lists by which
    the messages of an operation are judged. left_out: applications that cannot run, each with what
    it needs. passed: tests and files of tests that passed.
    """
    found = [
        *_dangling(model), *_untyped(model), *_lonely(model), *_unshown(model), *_gone(model), *_exposed(model),
        *_untitled(model), *_groundless(model), *_unfulfilled(model), *_unguarded(model),
        *_ambiguous(model), *_undemanded(model), *_empty(model), *_undone(model),
        *_programme(model), *_overpromised(model), *_unanswered(model), *_clockless(model),
    ]  # fmt: skip
    if handled is not None:
        found += _unhandled(model, frozenset(handled))
        found += _unfollowed(model, frozenset(handled))
    if lists is not None:
        found += _unlisted(model, judged, lists)
    for application, needed in left_out.items():
        text = f"{application} is left out: it needs {needed}, which is not installed."
        found.append(Finding("M020", f"component:{application}", text, f"Install {needed}, or remove {application}."))
    if passed is not None:
        found += _failing(model, frozenset(passed))
    return tuple(sorted(found, key=lambda f: (f.id, f.element)))


def _dangling(model: ApplicationModel) -> Iterator[Finding]:
    for edge in model.dangling:
        missing = edge.target if edge.target not in model else edge.source
        yield Finding(
            "M001", edge.source, f"{edge.source} {edge.kind.forward} {missing}, which is not declared.",
            f"Declare {missing}, or take the reference out ({edge.proof}).",
        )  # fmt: skip


def _untyped(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.TYPE):
        untyped = dict(node.facts).get("untyped")
        if untyped:
            yield Finding("M002", node.id, f"{node.name} leaves {untyped} untyped.", "Give the field a type.")


def _lonely(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        kinds = {edge.kind for edge in model.out(node.id)}
        if EdgeKind.CALLED_BY not in kinds and not dict(node.facts).get("caller"):
            yield Finding("M003", node.id, f"{node.name} is open to nobody.", "Name its callers with by=(...).")
        if EdgeKind.FULFILS not in kinds:
            yield Finding("M003", node.id, f"{node.name} fulfils no task.", 'Name its task with task="...".')


def _unshown(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.REQUIREMENT):
        if not any(e.kind is EdgeKind.SHOWN_BY for e in model.out(node.id)):
            yield Finding("M004", node.id, f"No test shows {node.name}.", "Name the test that fails when it is broken.")


def _gone(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.STEP):
        for edge in model.out(node.id):
            if edge.kind is EdgeKind.CALLS and edge.target in model:
                status = model.node(edge.target).status
                if status in ("retired", "planned"):
                    yield Finding(
                        "M005", node.id, f"{node.name} calls {edge.target}, which is {status}.",
                        f"Name another operation in {edge.proof}.",
                    )  # fmt: skip


def _exposed(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        facts = dict(node.facts)
        if facts.get("kind") != "query" or facts.get("roles") or not _untrusted(model, node):
            continue  # what shows a case to its parties alone may show them what is theirs
        for edge in model.out(node.id):
            if edge.kind is EdgeKind.ANSWERS:
                for confidential in _confidential(model, edge.target):
                    yield Finding(
                        "M006", node.id, f"{node.name} shows {confidential} to the untrusted circle.",
                        "Leave the element out of the answer, or do not open the query to that circle.",
                    )  # fmt: skip


def _untrusted(model: ApplicationModel, operation: Node) -> bool:
    actors = [e.target for e in model.out(operation.id) if e.kind is EdgeKind.CALLED_BY]
    return any(e.target == "circle:untrusted" for a in actors for e in model.out(a))


def _confidential(model: ApplicationModel, message: str) -> list[str]:
    held = [e.target for e in model.out(message) if e.kind is EdgeKind.HOLDS and e.target in model]
    return [id for id in held if ("confidential", "yes") in model.node(id).facts]


def _untitled(model: ApplicationModel) -> Iterator[Finding]:
    for kind in (NodeKind.SERVICE, NodeKind.OPERATION, NodeKind.TASK, NodeKind.REQUIREMENT, NodeKind.CAPABILITY):
        for node in model.of(kind):
            if not node.title:
                yield Finding("M007", node.id, f"{node.name} has no title.", "Write one sentence that says what it is.")


def _groundless(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.SERVICE):
        if not any(e.kind is EdgeKind.GROUNDED for e in model.out(node.id)):
            yield Finding("M010", node.id, f"{node.name} states no legal basis.", "Name the article with legal=(...).")


def _unfulfilled(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.TASK):
        if node.status != PLANNED and not any(e.kind is EdgeKind.FULFILS for e in model.into(node.id)):
            yield Finding("M012", node.id, f"No operation fulfils {node.name}.", "Plan one, or take the task out.")


def _unguarded(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        facts = dict(node.facts)
        case = facts.get("case", "").split()
        if facts.get("kind") != "command" or node.status == "retired":
            continue
        if "about" in case and not facts.get("roles"):
            yield Finding("M013", node.id, f"{node.name} is open to every party of a case, or to none.",
                          "Name the roles that may call it with roles=(...).")  # fmt: skip
        if "opens" in case and not facts.get("senders"):
            yield Finding("M014", node.id, f"Whoever may call {node.name} can take any name.",
                          "Say who alone may send it with senders=...; the issuer of the name.")  # fmt: skip


def _ambiguous(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.ELEMENT):
        meanings = dict(node.facts).get("meanings")
        if meanings:
            yield Finding("M015", node.id, f"{node.name} means several things: {meanings}.",
                          "Give each its own number, or its own field.")  # fmt: skip


def _undemanded(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        demanded = any(edge.kind is EdgeKind.DEMANDS for edge in model.out(node.id))
        if node.status in ("offered", "deprecated") and not demanded:
            yield Finding("M016", node.id, f"{node.name} meets no requirement.",
                          "Name what must hold of it with requirements=(...).")  # fmt: skip


def _clockless(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        for field in dict(node.facts).get("clockless", "").split():
            yield Finding("M031", node.id, f"{node.name} tells {field}, and not by which clock that is.",
                          "Declare it as Statutory or Machine (vocabulary.clocks).")  # fmt: skip


def _failing(model: ApplicationModel, passed: frozenset[str]) -> Iterator[Finding]:
    for node in model.of(NodeKind.REQUIREMENT):
        shown = [e.target.partition(":")[2] for e in model.out(node.id) if e.kind is EdgeKind.SHOWN_BY]
        missing = [test for test in shown if test not in passed]
        if missing:
            yield Finding("M017", node.id, f"{node.name} is not shown: {', '.join(missing)} did not pass.",
                          "Mend what it says, or the test; and run it.")  # fmt: skip


def _undone(model: ApplicationModel) -> Iterator[Finding]:
    """Only of what is drawn as a collaboration: a process alone is a drawing for machines, and says so by that."""
    for process in model.of(NodeKind.PROCESS):
        if not dict(process.facts).get("collaboration"):
            continue
        for step in (model.node(e.source) for e in model.into(process.id) if e.kind is EdgeKind.WITHIN):
            if not dict(step.facts).get("role"):
                yield Finding(
                    "M019", step.id, f"Nobody does {step.name}.", "Put it into a lane, or name its performer."
                )
            if not any(edge.kind is EdgeKind.GROUNDED for edge in model.out(step.id)):
                yield Finding("M019", step.id, f"{step.name} names no article.",
                              "Begin its documentation with it: UCC art. 173(2).")  # fmt: skip


def _empty(model: ApplicationModel) -> Iterator[Finding]:
    if not any(True for _ in model.of(NodeKind.PROJECT)):
        yield Finding("M018", "kind:project", "The model has no project.", _MEMBER)
    if not any(node.status == "planned" for node in model):
        yield Finding("M018", "status:planned", "Nothing of the model is planned.", _MEMBER)


_MEMBER = "Declare one in ARCHITECTURE of a contract."


def _programme(model: ApplicationModel) -> Iterator[Finding]:
    for node in model.of(NodeKind.PROJECT):
        if not _claimed(model, node):
            yield Finding("M022", node.id, f"{node.name} has no task.", "Name the tasks that it fulfils.")
        if not dict(node.facts).get("due"):
            yield Finding(
                "M022", node.id, f"{node.name} has no deadline.", "Name the day, and the article that sets it."
            )
    claims: dict[str, list[str]] = {}
    for project in model.of(NodeKind.PROJECT):
        for id in _operations_of(model, project):
            claims.setdefault(id, []).append(project.name)
    for id, names in claims.items():
        if len(names) > 1:
            yield Finding("M023", id, f"{id} is claimed by {' and '.join(names)}.", "Leave its task to one of them.")
    for node in model.of(NodeKind.TASK):
        if node.status == PLANNED and not any(e.kind is EdgeKind.CHANGES for e in model.into(node.id)):
            yield Finding("M024", node.id, f"No project claims {node.name}.", "Name it in tasks of a project.")
    for circle in _circles(model):
        text = f"These projects wait for each other: {' after '.join((*circle, circle[0]))}."
        yield Finding("M025", f"project:{circle[0]}", text, "Take one of them out of after.")


def _claimed(model: ApplicationModel, project: Node) -> list[str]:
    changed = (edge.target for edge in model.out(project.id) if edge.kind is EdgeKind.CHANGES)
    return [id for id in changed if id.startswith(f"{NodeKind.TASK.value}:")]


def _operations_of(model: ApplicationModel, project: Node) -> set[str]:
    """What a project claims: operations that it names, and those whose own task is its.

    An operation that a task names as doing it (``fulfilled_by``) is used there, and was built elsewhere.
    """
    named = {e.target for e in model.out(project.id) if e.kind is EdgeKind.CHANGES}
    behind = {e.source for id in _claimed(model, project) for e in model.into(id)
              if e.kind is EdgeKind.FULFILS and e.proof != f"declaration of {id}"}  # fmt: skip
    return {id for id in named | behind if id.startswith(f"{NodeKind.OPERATION.value}:")}


def _overpromised(model: ApplicationModel) -> Iterator[Finding]:
    """Gold cannot rest on Silver: what a service asks while it works has to promise as much as it does."""
    levels = {each.name: Level[dict(each.facts)["level"].upper()] for each in model.of(NodeKind.SERVICE)}
    for service, asked in sorted(services_asked(model).items()):
        for other in sorted(asked & levels.keys()):
            if service in levels and levels[other].value < levels[service].value:
                ours, theirs = levels[service].name.title(), levels[other].name.title()
                text = f"{service} promises {ours}, and asks {other}, which promises {theirs}."
                yield Finding("M026", f"service:{service}", text, f"Raise the level of {other}, or lower this one.")


def _unanswered(model: ApplicationModel) -> Iterator[Finding]:
    """A level is a promise: somebody made it, on a day, and it follows from something."""
    for node in model.of(NodeKind.SERVICE):
        facts = dict(node.facts)
        missing = [name for name in _ANSWERED if not facts.get(name, "").removeprefix("derived:").strip()]
        if missing:
            text = f"The level {facts['level']} of {node.name} has no {', '.join(missing)}."
            yield Finding("M028", node.id, text, "Declare it: agreed=Agreed(by, on, source), or derived(why).")


def _circles(model: ApplicationModel) -> list[tuple[str, ...]]:
    """Projects that come after themselves, each circle once and begun at its first name."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    names = {node.name for node in model.of(NodeKind.PROJECT)}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = way[way.index(name) :]
            at = circle.index(min(circle))
            found.setdefault(frozenset(circle), circle[at:] + circle[:at])
            return
        for edge in model.out(f"project:{name}"):
            after = edge.target.partition(":")[2]
            if edge.kind is EdgeKind.FOLLOWS and after in names and len(found) < _CIRCLES:
                visit(after, (*way, name))

    for name in sorted(names):
        visit(name, ())
    return list(found.values())


_CIRCLES = 10
"""So many are told at most; mend them, and ask again."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that is planned and not there. projects: those that bring it."""

    node: Node
    projects: tuple[str, ...]


def absences(model: ApplicationModel) -> tuple[Absence, ...]:
    """What the model plans and nobody has built, by its id: no fault, but known to be missing."""
    bringing = {id: project.name for project in model.of(NodeKind.PROJECT) for id in _claimed(model, project)}
    found = []
    for node in model:
        if node.status == PLANNED and node.kind is not NodeKind.PROJECT:
            tasks = {id for id in _tasks_of(model, node) if id in bringing}
            found.append(Absence(node, tuple(sorted({bringing[id] for id in tasks}))))
    return tuple(sorted(found, key=lambda each: each.node.id))


def _tasks_of(model: ApplicationModel, node: Node) -> set[str]:
    """The tasks for which something is planned."""
    match node.kind:
        case NodeKind.TASK:
            return {node.id}
        case NodeKind.OPERATION:
            return {e.target for e in model.out(node.id) if e.kind is EdgeKind.FULFILS}
        case NodeKind.PROCESS:
            operations = [e.target for e in model.out(node.id) if e.kind is EdgeKind.CALLS]
        case _:
            using = (EdgeKind.TAKES, EdgeKind.ANSWERS)
            operations = [e.source for e in model.into(node.id) if e.kind in using]
    return {task for id in operations if id in model for task in _tasks_of(model, model.node(id))}


def _unhandled(model: ApplicationModel, handled: frozenset[str]) -> Iterator[Finding]:
    for node in model.of(NodeKind.OPERATION):
        if (
            node.status in ("offered", "deprecated")
            and dict(node.facts)["kind"] != "event"
            and node.name not in handled
        ):
            yield Finding(
                "M009", node.id, f"{node.name} is offered but nothing handles it.",
                "Bind a handler, or declare it planned with examples.",
            )  # fmt: skip


def _unfollowed(model: ApplicationModel, handled: frozenset[str]) -> Iterator[Finding]:
    """handled: of an event it is ``EVENT@APPLICATION``."""
    followed = {tuple(name.split("@", 1)) for name in handled if "@" in name}
    applications: dict[str, set[str]] = {}  # event -> whose services subscribe to it
    for edge in model.edges:
        if edge.kind is EdgeKind.SUBSCRIBES:
            event = edge.target.partition(":")[2]
            parts = [e.target for e in model.out(edge.source) if e.kind is EdgeKind.BUILT_FROM]
            mine = {part.rpartition(".")[2] for part in parts}
            applications.setdefault(event, set()).update(mine)
            if not any((event, application) in followed for application in mine):
                text = f"{edge.source} subscribes to {event}, and nothing of it handles that."
                yield Finding("M021", edge.source, text,
                              "Bind a handler to the event, or take the subscription out.")  # fmt: skip
    for event, application in sorted(followed):
        if application not in applications.get(event, ()):
            yield Finding("M021", f"operation:{event}", f"{application} handles {event} and does not subscribe to it.",
                          f'Declare it: @service(..., subscribes=("{event}",)).')  # fmt: skip


def _unlisted(model: ApplicationModel, judged: Mapping[str, Iterable[str]], lists: Container[str]) -> Iterator[Finding]:
    remedy = "Import it: douane reference import FILE."
    for node in model.of(NodeKind.RULE):
        for edge in model.out(node.id):
            number = edge.target.partition(":")[2]
            if edge.kind is EdgeKind.LOOKS_UP and number not in lists:
                yield Finding("M011", node.id, f"{node.name} looks up {number}, which is not kept.", remedy)
    for operation, numbers in judged.items():
        for number in numbers:
            if number not in lists:
                text = f"Messages of {operation} are judged by {number}, which is not kept."
                yield Finding("M011", f"operation:{operation}", text, remedy)


def unanswered_acts(acts: Iterable[str], rows: Iterable[str], remedy: str) -> Iterator[Finding]:
    """An act that stands in no row of its table, and a row that names no act."""
    wanted, said = frozenset(acts), frozenset(rows)
    for each in sorted(wanted - said):
        yield Finding("M030", f"act:{each}", f"Nobody says how many persons answer for {each}, and why.", remedy)
    for each in sorted(said - wanted):
        yield Finding("M030", f"act:{each}", f"A row names {each}, which is no act.", remedy)
