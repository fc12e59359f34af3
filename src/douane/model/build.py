"""From declarations to the application model. Pure: values come in, nodes and edges leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args, get_origin

import msgspec

from douane.model.architecture import (
    Capability,
    Element,
    Goal,
    Instance,
    PlannedOperation,
    PlannedProcess,
    ProcessLevel,
    Project,
    Requirement,
    Task,
)
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Kind, Level, MessageFamily, Operation, Service
from douane.model.discovery import application_of
from douane.model.graph import PLANNED, ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.model.naming import Names, names_of
from douane.model.rules import Rule
from douane.vocabulary.clocks import bare
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class DataItem:
    """A data element of a message type: its name, format, code list and whether it is confidential.

    name: as the message calls it, a name of its type alone. identity: what it is everywhere: the number of the EU
    customs data model where it has one, else its name qualified by its type. definition: what it means, in a sentence.
    """

    name: str
    identity: str = ""
    title: str = ""
    definition: str = ""
    format: str = ""
    code_list: str = ""
    confidential: bool = False
    required: bool = True
    untyped: bool = False


@dataclass(frozen=True, slots=True)
class StepUse:
    """A step of a process: its element, its kind, the operation it calls if any, who does it, what is said of it."""

    element: str
    kind: str
    operation: str = ""
    title: str = ""
    role: str = ""
    text: str = ""
    called: str = ""
    """The process that it calls, if any."""


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """A process of an application, as compiled: its steps and the operations they call."""

    name: str
    application: str
    file: str
    hash: str
    steps: tuple[StepUse, ...]
    driven_by: tuple[tuple[str, str], ...] = ()
    """(operation whose handler starts or advances it, where that is seen)"""
    collaboration: str = ""
    """The name of the collaboration that it is drawn in, if any."""
    parties: tuple[str, ...] = ()
    """The pools of that collaboration."""


@dataclass(frozen=True, slots=True)
class LimitUse:
    """A time limit of an application: where it is declared, and what counts by it."""

    limit: TimeLimit
    application: str
    declared_in: str
    used: tuple[tuple[str, str], ...] = ()
    """(process whose timer it sets or empty, where that is seen)"""


@dataclass(slots=True)
class Sources:
    """Everything the model is made from."""

    services: list[Service] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    limits: list[LimitUse] = field(default_factory=list)
    processes: list[ProcessUse] = field(default_factory=list)
    tables: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(service, table, version, hash)"""
    imports: list[tuple[str, str, str]] = field(default_factory=list)
    """(component, component it uses, where)"""
    tests: list[tuple[str, str, str]] = field(default_factory=list)
    """(test file, component it tests, where)"""
    items: Callable[[type], Iterable[DataItem]] | None = None


def build(sources: Sources) -> ApplicationModel:
    """The model of these sources."""
    families = tuple(each for service in sources.services for each in service.families)
    made = _Builder(sources.items or struct_items, names_of(sources.services), families)
    made.frame()
    for service in sources.services:
        made.service(service)
    for element in sources.elements:
        made.element(element)
    for service_name, rules in sources.rules.items():
        made.rules(service_name, rules)
    for process in sources.processes:
        made.process(process)
    for limit in sources.limits:
        made.limit(limit)
    for service_name, table, version, digest in sources.tables:
        made.node(NodeKind.TABLE, table, facts={"version": version, "hash": digest})
        made.edge(EdgeKind.DECIDES, f"service:{service_name}", f"table:{table}", f"tables/{table}.json")
    for component, used, where in sources.imports:
        made.component(component)
        made.component(used)
        made.edge(EdgeKind.USES, f"component:{component}", f"component:{used}", where)
    for test, component, where in sources.tests:
        made.component(component)
        made.node(NodeKind.TEST, test)
        made.edge(EdgeKind.TESTS, f"test:{test}", f"component:{component}", where)
    for element in sources.elements:
        if isinstance(element, PlannedOperation | PlannedProcess):
            made.planned(element)
        elif isinstance(element, Project):
            made.project(element)
    return ApplicationModel(made.nodes.values(), made.edges)


_ARTICLE = re.compile(
    r"\b(?:UCC|(?:DA|IA|TDA|Regulation)(?: \d{4}/\d+)?|[A-Z][A-Za-z]+) art\. \d+[a-z]?(?:\(\d+[a-z]?\)|\([a-z]\))*"
)
_DECLARED_ONCE = frozenset({
    NodeKind.GOAL, NodeKind.CAPABILITY, NodeKind.PROCESS_LEVEL, NodeKind.TASK, NodeKind.REQUIREMENT, NodeKind.SERVICE,
    NodeKind.OPERATION, NodeKind.PROJECT, NodeKind.INSTANCE,
})  # fmt: skip


class _Builder:
    def __init__(
        self, items: Callable[[type], Iterable[DataItem]], names: Names, families: tuple[MessageFamily, ...]
    ) -> None:
        self._names, self._families = names, families
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self._items = items
        self._types: set[type] = set()
        self._meanings: dict[str, dict[str, set[str]]] = {}
        self._services: dict[str, list[str]] = {}

    def node(
        self,
        kind: NodeKind,
        name: str,
        title: str = "",
        status: str = "offered",
        facts: Mapping[str, str] | None = None,
    ) -> str:
        """Add a node once; the first declaration with content wins over a bare mention."""
        made = Node(kind, name, title, status, tuple(sorted((facts or {}).items())))
        known = self.nodes.get(made.id)
        if known is None or (not known.title and not known.facts):
            self.nodes[made.id] = made
        elif kind in _DECLARED_ONCE and known != made:
            raise DeclarationFault(f"{made.id} is declared twice and differently.", remedy="Declare it once.")
        return made.id

    def edge(self, kind: EdgeKind, source: str, target: str, proof: str) -> None:
        """Add an edge with its proof."""
        self.edges.append(Edge(kind, source, target, proof))

    def component(self, name: str) -> str:
        """A package of the product."""
        return self.node(NodeKind.COMPONENT, name)

    def frame(self) -> None:
        """Circles, actor kinds, platforms, levels: what every model has."""
        where = "douane.model.circles"
        for circle in Circle:
            self.node(NodeKind.CIRCLE, circle.value)
        for platform in Platform:
            self.node(NodeKind.PLATFORM, platform.value)
        for kind in ActorKind:
            for platform in Platform:
                if platform.admits(kind):
                    self.edge(EdgeKind.ENTERS, f"circle:{kind.circle.value}", f"platform:{platform.value}", where)
        for level in Level:
            self.node(NodeKind.LEVEL, level.name.lower(), f"{level.value} % availability")

    def service(self, service: Service) -> None:
        """A service with its operations."""
        where = service.declared_in
        facts = {"owner": service.owner, "level": service.level.name.lower()}
        if (agreed := service.agreed) is not None:
            facts |= {"level owner": agreed.owner or service.owner, "level agreed by": agreed.by,
                      "level agreed on": agreed.on.isoformat(), "level source": agreed.source}  # fmt: skip
        id = self.node(NodeKind.SERVICE, service.name, service.title, service.status.value, facts)
        self.edge(EdgeKind.AT_LEVEL, id, f"level:{service.level.name.lower()}", where)
        if where:
            self._services.setdefault(application_of(where), []).append(service.name)
            self.edge(EdgeKind.BUILT_FROM, id, self.component(where.rpartition(".")[0]), where)
        for capability in service.realises:
            self.edge(EdgeKind.REALISES, id, f"capability:{capability}", where)
        for event in service.subscribes:
            self.edge(EdgeKind.SUBSCRIBES, id, f"operation:{event}", where)
        for ground in service.legal:
            self.edge(EdgeKind.GROUNDED, id, self.node(NodeKind.LEGAL, ground), where)
        for operation in service.operations:
            self.operation(operation, where)
            self.edge(EdgeKind.OFFERS, id, f"operation:{operation.qualified}", where)

    def operation(self, operation: Operation, where: str) -> None:
        """An operation with what it takes, answers, fulfils and who may call it."""
        proof = f"{where}:{operation.name}"
        facts = {
            "kind": operation.kind.value,
            "request": self._names.of(operation.request),
            "replies": " ".join(map(self._names.of, operation.replies)),
            "since": operation.since,
            "case": " ".join(what for what, says in (("opens", operation.opens), ("about", operation.about)) if says),
            "senders": "declared" if operation.senders is not None or operation.issued or not operation.opens else "",
            "roles": ", ".join(role.name for role in operation.roles),
            **self._clockless(operation),
        }
        id = self.node(
            NodeKind.OPERATION, operation.qualified, operation.title.split("\n")[0], operation.status.value, facts
        )
        self.message(operation.request)
        self.edge(EdgeKind.TAKES, id, f"type:{self._names.of(operation.request)}", proof)
        for reply in operation.replies:
            self.message(reply)
            self.edge(EdgeKind.ANSWERS, id, f"type:{self._names.of(reply)}", proof)
        for actor in operation.by:
            name = actor.name or f"any {actor.kind.value}"
            title = actor.title if actor.name else ""  # what each operation is for; the kind is one for all of them
            who = self.node(NodeKind.ACTOR, name, title or name, facts={"kind": actor.kind.value})
            self.edge(EdgeKind.CALLED_BY, id, who, proof)
            self.edge(EdgeKind.BELONGS, who, f"circle:{actor.kind.circle.value}", "douane.model.circles")
        if operation.task:
            self.edge(EdgeKind.FULFILS, id, f"task:{operation.task}", proof)
        for requirement in operation.requirements:
            self.edge(EdgeKind.DEMANDS, id, f"requirement:{requirement}", proof)
        for ground in operation.legal:
            self.edge(EdgeKind.GROUNDED, id, self.node(NodeKind.LEGAL, ground), proof)

    def _clockless(self, operation: Operation) -> dict[str, str]:
        """The instants of its answers that do not say by which clock they are; messages that others published are as
        they are."""
        told = operation.replies if operation.kind is not Kind.EVENT else (operation.request,)
        own = [each for each in told if not any(family.has(each) for family in self._families)]
        found = " ".join(sorted({field for each in own for field in bare(each)}))
        return {"clockless": found} if found else {}

    def message(self, message: type) -> None:
        """A message type with its data elements.

        Several messages share an element; which message takes codes of which list is therefore said of it too.
        """
        if message in self._types:
            return
        self._types.add(message)
        id = self.node(
            NodeKind.TYPE, self._names.of(message), (message.__doc__ or "").split("\n")[0], facts=self._shape(message)
        )
        where = f"{message.__module__}.{message.__name__}"
        for item in self._items(message):
            element = self.data_element(item)
            self.edge(EdgeKind.HOLDS, id, element, where)
            if item.code_list:
                number = self.node(NodeKind.CODE_LIST, item.code_list)
                self.edge(EdgeKind.DRAWN_FROM, element, number, where)
                self.edge(EdgeKind.DRAWN_FROM, id, number, f"{where}: {item.name}")

    def data_element(self, item: DataItem) -> str:
        """An element under its identity. Whoever means something else by it is noted, for the check to refuse."""
        identity = item.identity or item.name
        said = {"format": item.format, "code list": item.code_list, "definition": item.definition, "name": item.name,
                "confidential": "yes" if item.confidential else ""}  # fmt: skip
        facts = {name: value for name, value in said.items() if value}
        meanings = self._meanings.setdefault(identity, {})
        for name in ("format", "code list", "confidential"):
            meanings.setdefault(name, set()).add(said[name] or "none")
        several = "; ".join(f"{name} {' or '.join(sorted(v))}" for name, v in meanings.items() if len(v) > 1)
        made = Node(NodeKind.ELEMENT, identity, item.title or item.name, facts=tuple(sorted(facts.items())))
        known = self.nodes.setdefault(made.id, made)
        if several:
            kept = {**dict(known.facts), "meanings": several}
            self.nodes[made.id] = replace(known, facts=tuple(sorted(kept.items())))
        return made.id

    def _shape(self, message: type) -> dict[str, str]:
        items = list(self._items(message))
        return {
            "module": message.__module__,
            "required": " ".join(sorted({i.name for i in items if i.required})),
            "optional": " ".join(sorted({i.name for i in items if not i.required})),
            "untyped": " ".join(sorted({i.name for i in items if i.untyped})),
        }

    def element(self, element: Element) -> None:
        """Something an architect declared."""
        match element:
            case Goal():
                self.node(NodeKind.GOAL, element.name, element.text, facts={"source": element.source})
            case Capability():
                id = self.node(NodeKind.CAPABILITY, element.name, element.text)
                self._all(EdgeKind.SERVES, id, "goal", element.serves)
            case ProcessLevel():
                id = self.node(NodeKind.PROCESS_LEVEL, element.name, element.text, facts={"level": str(element.level)})
                self._all(EdgeKind.WITHIN, id, "process-level", (element.within,) if element.within else ())
                self._all(EdgeKind.REALISES, id, "capability", element.realises)
            case Task():
                facts = {"role": element.role} if element.role else {}
                id = self.node(NodeKind.TASK, element.name, element.text, element.status.value, facts)
                self._all(EdgeKind.WITHIN, id, "process-level", (element.within,))
                self._grounds(id, element.legal)
                for doer in element.fulfilled_by:
                    self.edge(EdgeKind.FULFILS, doer, id, f"declaration of {id}")
            case Requirement():
                id = self.node(NodeKind.REQUIREMENT, element.name, element.text)
                for test in element.tests:
                    self.edge(EdgeKind.SHOWN_BY, id, self.node(NodeKind.TEST, test), f"requirement {element.name}")
            case Project() | PlannedOperation() | PlannedProcess():
                pass  # when everything that is there is known
            case Instance():
                facts = {"administration": element.administration, "address": element.address}
                id = self.node(NodeKind.INSTANCE, element.name, facts=facts)
                self._all(EdgeKind.PROVIDES, id, "service", element.services)
                self._all(EdgeKind.WITHIN, id, "platform", (element.platform,))

    def _all(self, kind: EdgeKind, source: str, target: str, names: Iterable[str]) -> None:
        for name in names:
            self.edge(kind, source, f"{target}:{name}", f"declaration of {source}")

    def _grounds(self, id: str, articles: Iterable[str]) -> None:
        for article in articles:
            self.edge(EdgeKind.GROUNDED, id, self.node(NodeKind.LEGAL, article), f"declaration of {id}")

    def project(self, project: Project) -> None:
        """A project: what it changes, for which goals and tasks, by which law and when; planned while a task is."""
        deadline = project.deadline
        said = {
            "due": deadline.day.isoformat() if deadline is not None else "", "owner": project.owner,
            "administrations": ", ".join(project.administrations), "systems": ", ".join(project.systems),
            "planned": "; ".join(f"{gate.value} {day}" for gate, day in project.gates),
        }  # fmt: skip
        facts = {name: value for name, value in said.items() if value}
        tasks = [self.nodes.get(f"{NodeKind.TASK.value}:{name}") for name in project.tasks]
        missing = not tasks or any(each is None or each.status == PLANNED for each in tasks)
        id = self.node(NodeKind.PROJECT, project.name, project.text, PLANNED if missing else "offered", facts)
        for changed in project.changes:
            self.edge(EdgeKind.CHANGES, id, changed, f"project {project.name}")
        self._all(EdgeKind.CHANGES, id, "task", project.tasks)
        self._all(EdgeKind.SERVES, id, "goal", project.goals)
        self._all(EdgeKind.FOLLOWS, id, "project", project.after)
        self._grounds(id, (deadline.article,) if deadline is not None else ())

    def planned(self, element: PlannedOperation | PlannedProcess) -> None:
        """What somebody means to build, where it is not there yet: of what is there its own declaration counts."""
        kind = NodeKind.OPERATION if isinstance(element, PlannedOperation) else NodeKind.PROCESS
        if f"{kind.value}:{element.name}" in self.nodes:
            return
        if isinstance(element, PlannedProcess):
            id = self.node(kind, element.name, element.text, PLANNED, {"planned": "yes"})
        else:
            id = self.node(kind, element.name, element.text, PLANNED, {"kind": "command", "caller": element.by})
            self._all(EdgeKind.FULFILS, id, "task", (element.task,))
            self._messages(id, EdgeKind.TAKES, (element.takes,))
            self._messages(id, EdgeKind.ANSWERS, element.answers)
        self._all(EdgeKind.CALLS, id, "operation", element.calls)

    def _messages(self, id: str, kind: EdgeKind, said: Iterable[str]) -> None:
        """Messages as a plan names them: a name, and after a space what it is."""
        for each in said:
            name, _, title = each.partition(" ")
            known = f"type:{name}"
            message = known if known in self.nodes else self.node(NodeKind.TYPE, name, title, PLANNED)
            self.edge(kind, id, message, f"declaration of {id}")

    def rules(self, service: str, declared: Iterable[Rule]) -> None:
        """The business rules of a service: one node for each id, which may be declared apart for several messages."""
        by_id: dict[str, list[Rule]] = {}
        for rule in declared:
            by_id.setdefault(rule.id, []).append(rule)
        for name, rules in by_id.items():
            periods = dict.fromkeys(rule.period for rule in rules)
            modules = dict.fromkeys(rule.predicate.__module__ for rule in rules)
            facts = {"applies": "; ".join(periods), "module": ", ".join(modules)}
            id = self.node(NodeKind.RULE, name, rules[0].text, facts=facts)
            for rule in rules:
                self._rule(id, rule)
            self.edge(EdgeKind.BELONGS, id, f"service:{service}", next(iter(modules)))

    def _rule(self, id: str, rule: Rule) -> None:
        """The messages that a declaration of a rule checks, and the lists it looks up."""
        where = f"{rule.predicate.__module__}.{rule.predicate.__name__}"
        for message in rule.messages:
            if message in self._types:
                self.edge(EdgeKind.CHECKS, id, f"type:{self._names.of(message)}", where)
        for number in rule.lists:
            self.edge(EdgeKind.LOOKS_UP, id, self.node(NodeKind.CODE_LIST, number), where)

    def limit(self, use: LimitUse) -> None:
        """A time limit, the article that sets it, and the processes whose timers run by it."""
        limit = use.limit
        facts = {
            "article": limit.article,
            "kind": limit.kind.value,
            "length": str(limit.length),
            "start": limit.start.event,
            "place": limit.place,
            "moved by": limit.moves,
            "silence": limit.silence.value,
            "extensions": "; ".join(f"{e.article} ({e.longest}, {e.by.value})" for e in limit.extensions),
            "suspensions": "; ".join(each.article for each in limit.suspensions),
            "used": ", ".join(sorted({where for _, where in use.used})),
        }
        known = self.nodes.get(f"limit:{limit.id}")
        if known is not None:
            raise DeclarationFault(f"Time limit {limit.id} is declared twice.", remedy="Give each an id of its own.")
        id = self.node(NodeKind.LIMIT, limit.id, limit.text, facts=facts)
        self.edge(EdgeKind.GROUNDED, id, self.node(NodeKind.LEGAL, limit.article), use.declared_in)
        for service in self._services.get(use.application, ()):
            self.edge(EdgeKind.BELONGS, id, f"service:{service}", use.declared_in)
        for process, where in use.used:
            if process:
                self.edge(EdgeKind.BOUND, f"process:{process}", id, where)

    def process(self, process: ProcessUse) -> None:
        """A process, its steps and the operations they call."""
        drawn = {"collaboration": process.collaboration, "parties": ", ".join(process.parties)}
        facts = {"hash": process.hash, "file": process.file, **{name: said for name, said in drawn.items() if said}}
        id = self.node(NodeKind.PROCESS, process.name, facts=facts)
        driving = {operation.partition(".")[0] for operation, _ in process.driven_by}
        own = self._services.get(process.application, [process.application])
        for service in [each for each in own if each in driving] or own:
            self.edge(EdgeKind.RUNS, f"service:{service}", id, process.file)
        for operation, where in process.driven_by:
            self.edge(EdgeKind.RUNS, f"operation:{operation}", id, where)
        for each in process.steps:
            where = f"{process.file}#{each.element}"
            told = {"role": each.role, "text": each.text}
            facts = {"kind": each.kind, **{name: said for name, said in told.items() if said}}
            step = self.node(NodeKind.STEP, f"{process.name}.{each.element}", each.title or each.element, facts=facts)
            self.edge(EdgeKind.WITHIN, step, id, where)
            for article in articles_in(each.text):
                self.edge(EdgeKind.GROUNDED, step, self.node(NodeKind.LEGAL, article), where)
            if each.operation:
                self.edge(EdgeKind.CALLS, step, f"operation:{each.operation}", where)
            if each.called:
                self.edge(EdgeKind.CALLS, step, f"process:{each.called}", where)


def articles_in(text: str) -> tuple[str, ...]:
    """The articles that a text names as declarations do (``UCC art. 173(2)``), each once, in their order."""
    return tuple(dict.fromkeys(match.group() for match in _ARTICLE.finditer(text)))


def struct_items(message: type) -> Iterator[DataItem]:
    """The data elements of one of our own types, nested groups included, by the meaning its annotations carry."""
    seen: set[type] = set()

    def walk(struct: type) -> Iterator[DataItem]:
        if struct in seen:
            return
        seen.add(struct)
        for each in msgspec.structs.fields(struct):
            yield _item(struct, each)
            for nested in _nested(each.type):
                yield from walk(nested)

    if issubclass(message, msgspec.Struct):
        yield from walk(message)


def _item(struct: type, each: msgspec.structs.FieldInfo) -> DataItem:
    meta = _meta(each.type)
    extra = meta.extra or {} if meta else {}
    number = str(extra.get("element", ""))
    return DataItem(
        name=f"{each.encode_name} ({number})" if number else each.encode_name,
        identity=number or _qualified(struct, each),
        title=meta.title or "" if meta else "",
        definition=meta.description or "" if meta else "",
        format=str(extra.get("format", "")),
        code_list=str(extra.get("code_list", "")),
        confidential=bool(extra.get("confidential", False)),
        required=each.required,
        untyped=each.type is Any or each.type is object,
    )


def _qualified(struct: type, each: msgspec.structs.FieldInfo) -> str:
    """``clearance.GoodsItem.commodity``: application, type and field, of the type that declares the field first."""
    owner = next(c for c in reversed(struct.__mro__) if each.name in vars(c).get("__annotations__", {}))
    parts = owner.__module__.split(".")
    place = parts[parts.index("applications") + 1] if "applications" in parts else parts[-1]
    return f"{place}.{owner.__name__}.{each.encode_name}"


def _meta(annotation: Any) -> msgspec.Meta | None:
    for part in (annotation, *get_args(annotation)):
        for each in getattr(part, "__metadata__", ()):
            if isinstance(each, msgspec.Meta):
                return each
    return None


def _nested(annotation: Any) -> Iterator[type]:
    origin = get_origin(annotation)
    if origin is None:
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            yield annotation
        return
    for each in get_args(annotation):
        yield from _nested(each)


__all__ = ["DataItem", "Kind", "ProcessUse", "Sources", "StepUse", "articles_in", "build", "struct_items"]
