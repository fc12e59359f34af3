"""The application model: nodes of the architecture and edges with proof, frozen and content-hashed.

Each edge has one name with both directions (``calls`` / ``is called by``) and says where it is seen: a declaration, an
element of a process file, an import.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.vocabulary.errors import DeclarationFault, NotFound

PLANNED: Final = "planned"
"""The status of what nobody has built."""


class NodeKind(enum.StrEnum):
    """Kinds of things the model knows."""

    GOAL = "goal"
    CAPABILITY = "capability"
    PROCESS_LEVEL = "process-level"
    TASK = "task"
    REQUIREMENT = "requirement"
    PROJECT = "project"
    SERVICE = "service"
    OPERATION = "operation"
    PROCESS = "process"
    STEP = "step"
    TYPE = "type"
    ELEMENT = "element"
    CODE_LIST = "code-list"
    RULE = "rule"
    LIMIT = "limit"
    TABLE = "table"
    CIRCLE = "circle"
    ACTOR = "actor"
    LEVEL = "level"
    LEGAL = "legal"
    COMPONENT = "component"
    INSTANCE = "instance"
    PLATFORM = "platform"
    TEST = "test"


class EdgeKind(enum.Enum):
    """Kinds of edges, each with its name from source to target, and back."""

    SERVES = ("serves", "is served by")
    REALISES = ("realises", "is realised by")
    WITHIN = ("is within", "contains")
    FULFILS = ("fulfils", "is fulfilled by")
    DEMANDS = ("must meet", "is met by")
    SHOWN_BY = ("is shown by", "shows")
    CHANGES = ("changes", "is changed by")
    FOLLOWS = ("comes after", "comes before")
    OFFERS = ("offers", "is offered by")
    TAKES = ("takes", "is taken by")
    ANSWERS = ("answers with", "is an answer of")
    CALLED_BY = ("is open to", "may call")
    BELONGS = ("belongs to", "has")
    HOLDS = ("holds", "appears in")
    DRAWN_FROM = ("takes codes of", "gives codes to")
    CHECKS = ("checks", "is checked by")
    BOUND = ("must keep", "binds")
    LOOKS_UP = ("looks up", "is looked up by")
    RUNS = ("runs", "is run by")
    CALLS = ("calls", "is called by")
    AT_LEVEL = ("is promised at", "is the level of")
    GROUNDED = ("is grounded in", "is the ground of")
    BUILT_FROM = ("is built from", "is part of")
    USES = ("uses", "is used by")
    PROVIDES = ("provides", "is provided by")
    ENTERS = ("enters by", "admits")
    SUBSCRIBES = ("subscribes to", "is subscribed by")
    DECIDES = ("decides by", "decides for")
    TESTS = ("tests", "is tested by")

    __hash__ = object.__hash__  # members are equal only to themselves; Enum's own hash costs a call at every look

    @property
    def forward(self) -> str:
        """Read from source to target."""
        return self.value[0]

    @property
    def backward(self) -> str:
        """Read from target to source."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the architecture. ``id`` is ``kind:name``; ``facts`` are sorted pairs that matter for a comparison."""

    kind: NodeKind
    name: str
    title: str = ""
    status: str = "offered"
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """``operation:transit.lodge_declaration``."""
        return f"{self.kind.value}:{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection with its proof."""

    kind: EdgeKind
    source: str
    target: str
    proof: str


_Ends = Mapping[str, list[Edge]]
_Held = tuple[Mapping[str, Node], tuple[Edge, ...], tuple[Edge, ...], _Ends, _Ends]
"""What a model has: nodes, edges, edges that lead nowhere, edges by their sources and by their targets."""
_APPLICATIONS: Final = "component:douane.applications."


class ApplicationModel:
    """The frozen model. Equal content gives an equal hash, whatever the order of declaration."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge], *, onto: ApplicationModel | None = None) -> None:
        """onto: a model that these are added to; it stays as it is, and what it has is not looked at again."""
        fresh, own = _unique(nodes), tuple(dict.fromkeys(edges))
        held: _Held = ({}, (), (), {}, {})
        if onto is not None:
            held = (onto._nodes, onto.edges, onto.dangling, onto._out, onto._in)  # noqa: SLF001 - of its own class
        self._nodes: Final[Mapping[str, Node]] = {**held[0], **fresh}
        self.edges: Final[tuple[Edge, ...]] = (*held[1], *own)
        known = self._nodes
        missing = (e for e in own if e.source not in known or e.target not in known)
        self.dangling: Final[tuple[Edge, ...]] = (*held[2], *missing)
        self._out: Final[_Ends] = _joined(held[3], own, lambda edge: edge.source)
        self._in: Final[_Ends] = _joined(held[4], own, lambda edge: edge.target)
        digest = _digest(fresh.values(), own)
        joined = f"{onto.hash} {digest}".encode() if onto is not None else b""
        self.hash: Final[str] = hashlib.sha256(joined).hexdigest() if joined else digest

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def __contains__(self, id: str) -> bool:
        return id in self._nodes

    def node(self, id: str) -> Node:
        """The node of this id. Raises NotFound."""
        found = self._nodes.get(id)
        if found is None:
            raise NotFound(f"The model has no {id}.")
        return found

    def named(self, name: str) -> list[Node]:
        """Nodes that a person may mean by a name: the id, the whole name, or its last part, best first."""
        if name in self._nodes:
            return [self._nodes[name]]
        exact = [n for n in self._nodes.values() if n.name == name]
        said = name.lower()
        return exact or [n for n in self._nodes.values() if said in (n.name.lower(), n.name.rpartition(".")[2].lower())]

    def of(self, kind: NodeKind) -> list[Node]:
        """All nodes of a kind."""
        return [n for n in self._nodes.values() if n.kind is kind]

    def out(self, id: str) -> list[Edge]:
        """Edges that leave a node."""
        return self._out.get(id, [])

    def into(self, id: str) -> list[Edge]:
        """Edges that reach a node."""
        return self._in.get(id, [])


def _joined(known: _Ends, edges: Iterable[Edge], end: Callable[[Edge], str]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(end(edge), []).append(edge)
    return {**known, **{id: [*known[id], *each] if id in known else each for id, each in found.items()}}


def _digest(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    told = sorted((n.id, n.title, n.status, n.facts) for n in nodes)
    joined = sorted((e.kind.name, e.source, e.target) for e in edges)
    return hashlib.sha256(msgspec.msgpack.encode((told, joined))).hexdigest()


def _unique(nodes: Iterable[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        known = found.setdefault(node.id, node)
        if known != node:
            raise DeclarationFault(f"{node.id} is declared twice and differently.", remedy="Declare it once.")
    return found


def services_asked(model: ApplicationModel) -> dict[str, frozenset[str]]:
    """The services that each service asks while it works, directly or by others, as imports prove."""
    of_component: dict[str, set[str]] = {}
    home: dict[str, set[str]] = {}
    for edge in model.edges:
        if edge.kind is EdgeKind.BUILT_FROM:
            of_component.setdefault(edge.target, set()).add(edge.source.removeprefix("service:"))
            home.setdefault(edge.source.removeprefix("service:"), set()).add(edge.target)
    uses: dict[str, set[str]] = {}
    for edge in model.edges:
        if (
            edge.kind is EdgeKind.USES
            and edge.source.startswith(_APPLICATIONS)
            and edge.target.startswith(_APPLICATIONS)
        ):
            uses.setdefault(edge.source, set()).add(edge.target)
    found = {}
    for service, components in home.items():
        reached = _reached(components, uses) - components
        found[service] = frozenset(name for each in reached for name in of_component.get(each, ()))
    return found


def _reached(start: Iterable[str], uses: Mapping[str, Iterable[str]]) -> set[str]:
    reached, ahead = set[str](), list(start)
    while ahead:
        each = ahead.pop()
        if each not in reached:
            reached.add(each)
            ahead += uses.get(each, ())
    return reached
