"""What runs, set upon what is declared: how often an element and an edge were used.

Only what says something of its edge is told: an operation that was called was called through its service and with its
message, but which role of several of one kind called it nobody wrote down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from douane.model.circles import ActorKind
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.runtime.observing.uses import Figure, Uses, together

_KINDS = frozenset(each.value for each in ActorKind)
_OF_OPERATION = frozenset({EdgeKind.OFFERS, EdgeKind.TAKES, EdgeKind.FULFILS})
"""Edges that are used whenever their operation is."""
_SUMS = {NodeKind.SERVICE: (EdgeKind.OFFERS, True), NodeKind.TASK: (EdgeKind.FULFILS, False)}


class Usage:
    """The figures of a node upon its model. own: its administration and name, whose doors are those that it counts."""

    def __init__(self, model: ApplicationModel, uses: Uses, own: tuple[str, str] = ("", "")) -> None:
        self.model, self.since, self._uses, self._own = model, uses.since, uses, own
        self._by_operation: dict[str, list[tuple[str, str, Figure]]] = defaultdict(list)
        for (operation, kind, administration), figure in uses.calls.items():
            self._by_operation[operation].append((kind, administration, figure))

    def operation(self, name: str) -> Figure:
        """All calls of an operation."""
        return together(figure for _, _, figure in self._by_operation.get(name, ()))

    def of(self, node: Node) -> Figure | None:
        """How often an element was used; None for a kind that nobody counts."""
        match node.kind:
            case NodeKind.OPERATION:
                return self.operation(node.name)
            case NodeKind.STEP:
                return self._step(node)
            case NodeKind.TYPE:
                edges = [e for e in self.model.into(node.id) if e.kind in (EdgeKind.TAKES, EdgeKind.ANSWERS)]
                return together(self._known(edges))
            case NodeKind.ACTOR:
                counted = [self.along(e) for e in self.model.into(node.id) if e.kind is EdgeKind.CALLED_BY]
                return together(each for each in counted if each is not None) if None not in counted else None
            case kind if kind in _SUMS:
                return together(self._known(self._summed(node)))
            case _:
                return None

    def along(self, edge: Edge) -> Figure | None:
        """How often an edge was used; None for one that nobody counts."""
        source = edge.source.partition(":")[2]
        if edge.kind in _OF_OPERATION and edge.source.startswith("operation:"):
            return self.operation(source)
        match edge.kind:
            case EdgeKind.OFFERS:
                return self.operation(edge.target.partition(":")[2])
            case EdgeKind.ANSWERS:
                return self._answer(edge.source, source, edge.target.partition(":")[2])
            case EdgeKind.CALLED_BY:
                return self._by(edge, source)
            case EdgeKind.CALLS if edge.source in self.model:
                return self._step(self.model.node(edge.source))
            case EdgeKind.RUNS:
                return self._run(edge, source)
            case EdgeKind.SUBSCRIBES:  # each subscriber of a node is told of each event of it
                return self.operation(edge.target.partition(":")[2])
            case EdgeKind.ENTERS:
                return self._came(circle=source, platform=edge.target.partition(":")[2])
            case EdgeKind.PROVIDES if self._is_own(edge.source):
                at = (each.target for each in self.model.out(edge.source) if each.kind is EdgeKind.WITHIN)
                return self._came(platform=next(at, "").partition(":")[2], service=edge.target.partition(":")[2])
            case _:
                return None

    def users(self, operations: Iterable[str]) -> tuple[tuple[str, str, Figure], ...]:
        """Who called these operations: kind, administration and how often; administrations first, by name."""
        found: dict[tuple[str, str], Figure] = {}
        for name in operations:
            for kind, administration, figure in self._by_operation.get(name, ()):
                if kind in _KINDS and figure.count:
                    found[kind, administration] = found.get((kind, administration), Figure()).with_(figure)
        order = sorted(found.items(), key=lambda each: (not each[0][1], each[0][1], each[0][0]))
        return tuple((kind, administration, figure) for (kind, administration), figure in order)

    def operations_of(self, node: Node) -> tuple[str, ...]:
        """The operations whose callers are those of an element."""
        if node.kind is NodeKind.OPERATION:
            return (node.name,)
        ends = (e.target if e.source == node.id else e.source for e in self._summed(node))
        return tuple(each.partition(":")[2] for each in ends)

    def _summed(self, node: Node) -> list[Edge]:
        kind, forward = _SUMS.get(node.kind, (None, True))
        return [e for e in (self.model.out(node.id) if forward else self.model.into(node.id)) if e.kind is kind]

    def _known(self, edges: Iterable[Edge]) -> Iterable[Figure]:
        return (each for each in map(self.along, edges) if each is not None)

    def _run(self, edge: Edge, source: str) -> Figure:
        """How often messages began a process or moved it on: those of one operation, or all of a service."""
        file = dict(self.model.node(edge.target).facts).get("file", "") if edge.target in self.model else ""
        begun = self._uses.runs.items()
        of_operation = edge.source.startswith("operation:")
        return together(
            figure for (operation, where), figure in begun
            if where == file and (operation if of_operation else operation.partition(".")[0]) == source
        )  # fmt: skip

    def _came(self, *, circle: str = "", platform: str, service: str = "") -> Figure:
        """Messages and questions through a platform."""
        return together(
            figure for (one, two, three), figure in self._uses.entered.items()
            if two == platform and circle in ("", one) and service in ("", three)
        )  # fmt: skip

    def _answer(self, id: str, operation: str, type: str) -> Figure:
        """A query that was answered was answered with its answer; what a command leads to is counted as it leaves."""
        if id in self.model and dict(self.model.node(id).facts).get("kind") == "query":
            calls = self.operation(operation)
            return Figure(calls.count - calls.failed, 0, calls.last)
        return self._uses.answers.get((operation, type), Figure())

    def _by(self, edge: Edge, operation: str) -> Figure | None:
        kind = self._kind(edge.target)
        callers = (e.target for e in self.model.out(edge.source) if e.kind is EdgeKind.CALLED_BY)
        if sum(self._kind(each) == kind for each in callers) > 1:
            return None
        return together(figure for said, _, figure in self._by_operation.get(operation, ()) if said == kind)

    def _is_own(self, instance: str) -> bool:
        """Whether a door is one of the node that counts: what goes through those of others it does not see."""
        said = dict(self.model.node(instance).facts) if instance in self.model else {}
        return (said.get("administration"), said.get("instance", "").partition("/")[0]) == self._own

    def _kind(self, actor: str) -> str:
        return dict(self.model.node(actor).facts).get("kind", "") if actor in self.model else ""

    def _step(self, node: Node) -> Figure | None:
        """A step that asks an operation; of others nobody counts."""
        if not any(e.kind is EdgeKind.CALLS and e.target.startswith("operation:") for e in self.model.out(node.id)):
            return None
        element = node.name.rpartition(".")[2]
        within = next((e.target for e in self.model.out(node.id) if e.kind is EdgeKind.WITHIN), "")
        file = dict(self.model.node(within).facts).get("file", "") if within in self.model else ""
        return self._uses.steps.get((file, element), Figure())
