"""``douane impact NAME``: what a change touches and what it rests on, at any depth, each step with its proof.

*Touches* goes from a thing to whoever uses it (who takes, holds, looks up, calls, runs or is built from it) and rises
from parts to wholes: from a step to its process, from an operation to those who may call it, to its task, requirement,
capability and goal. *Rests on* goes the other way: from a goal down to the operations that serve it, from an operation
to its messages, the rules that check them, their code lists, the processes it runs, the tables and packages of its
service.

What is shared by many (circles, levels, actors, legal texts, a purpose that was risen to, a data element by its name)
is reported but not left again: that two operations share a circle does not make one depend on the other. Neither do
two messages depend on each other because one rule checks both: a rule is followed to its messages only when the rule
itself, or a list that it looks up, is what changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind

_ENDS = frozenset({
    NodeKind.CIRCLE, NodeKind.LEVEL, NodeKind.ACTOR, NodeKind.LEGAL, NodeKind.PLATFORM, NodeKind.CODE_LIST,
    NodeKind.ELEMENT, NodeKind.TEST, NodeKind.PROJECT,
})  # fmt: skip
_PURPOSES = frozenset({
    NodeKind.GOAL, NodeKind.CAPABILITY, NodeKind.PROCESS_LEVEL, NodeKind.TASK, NodeKind.REQUIREMENT,
})  # fmt: skip
_RISING = frozenset({
    EdgeKind.WITHIN, EdgeKind.REALISES, EdgeKind.FULFILS, EdgeKind.SERVES, EdgeKind.DEMANDS, EdgeKind.CALLED_BY,
})  # fmt: skip
_OF_THE_WHOLE = frozenset({EdgeKind.WITHIN, EdgeKind.BELONGS})  # a part does not change with its whole
_DESCENDING = {
    NodeKind.GOAL: EdgeKind.SERVES,
    NodeKind.CAPABILITY: EdgeKind.REALISES,
    NodeKind.PROCESS_LEVEL: EdgeKind.WITHIN,
    NodeKind.TASK: EdgeKind.FULFILS,
    NodeKind.PROCESS: EdgeKind.WITHIN,
}
_OF_THE_SERVICE = frozenset({EdgeKind.DECIDES, EdgeKind.AT_LEVEL, EdgeKind.GROUNDED, EdgeKind.BUILT_FROM})
"""What an operation shares with the whole service that offers it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A node that an impact reaches: how deep, and by which edge."""

    node: Node
    depth: int
    edge: Edge
    forward: bool

    @property
    def sentence(self) -> str:
        """The step as a sentence: ``process transit.departure is run by service transit (proof)``."""
        first, last = (self.edge.source, self.edge.target) if self.forward else (self.edge.target, self.edge.source)
        word = self.edge.kind.forward if self.forward else self.edge.kind.backward
        return f"{first} {word} {last}"


@dataclass(frozen=True, slots=True)
class Impact:
    """Both directions of one change, and the tests to rerun."""

    start: Node
    touches: tuple[Reached, ...]
    rests_on: tuple[Reached, ...]
    tests: tuple[str, ...]


def impact(model: ApplicationModel, start: Node, *, depth: int = 1 << 30) -> Impact:
    """What a change of ``start`` touches, what it rests on, and which tests show whether it still works."""
    touches = _walk(model, start, depth, forward=False)
    rests_on = _walk(model, start, depth, forward=True)
    return Impact(start, touches, rests_on, _tests(model, start, rests_on if start.kind in _PURPOSES else touches))


def _walk(model: ApplicationModel, start: Node, most: int, *, forward: bool) -> tuple[Reached, ...]:
    found: list[Reached] = []
    seen = {start.id}
    queue: deque[tuple[Node, int, EdgeKind | None]] = deque([(start, 0, None)])
    while queue:
        node, depth, via = queue.popleft()
        if depth >= most:
            continue
        steps = _rests_on(model, node, via) if forward else _touches(model, node, via, start)
        for edge, along in steps:
            next_id = edge.target if along else edge.source
            if next_id in seen or next_id not in model:
                continue
            seen.add(next_id)
            reached = model.node(next_id)
            found.append(Reached(reached, depth + 1, edge, along))
            if reached.kind not in _ENDS:
                queue.append((reached, depth + 1, edge.kind))
    return tuple(found)


def _touches(model: ApplicationModel, node: Node, via: EdgeKind | None, start: Node) -> Iterator[tuple[Edge, bool]]:
    if node.kind is NodeKind.RULE and via is EdgeKind.CHECKS:
        return  # the rule must be read again because its message changes; its other messages do not change
    whole_service = node.kind is NodeKind.SERVICE and via is EdgeKind.DECIDES
    for edge in model.out(node.id):
        rule_changed = edge.kind is EdgeKind.CHECKS
        if edge.kind in _RISING or rule_changed or (whole_service and edge.kind is EdgeKind.OFFERS):
            yield edge, True
    if via is None or node.kind not in _PURPOSES:
        shape_changed = node is start or start.kind is NodeKind.ELEMENT
        for edge in model.into(node.id):
            if edge.kind not in _OF_THE_WHOLE and (shape_changed or edge.kind is not EdgeKind.CHECKS):
                yield edge, False


def _rests_on(model: ApplicationModel, node: Node, via: EdgeKind | None) -> Iterator[tuple[Edge, bool]]:
    shared = node.kind is NodeKind.SERVICE and via is EdgeKind.OFFERS
    for edge in model.out(node.id):
        kind = edge.kind
        if shared:
            if kind in _OF_THE_SERVICE:
                yield edge, True
        elif kind not in _RISING and kind not in (EdgeKind.BELONGS, EdgeKind.CHECKS):
            yield edge, True
    below = _DESCENDING.get(node.kind)
    if node.kind is NodeKind.OPERATION:
        below = EdgeKind.OFFERS
    elif node.kind is NodeKind.TYPE and via in (None, EdgeKind.TAKES):
        below = EdgeKind.CHECKS  # what is taken must pass the rules
    if below is not None:
        for edge in model.into(node.id):
            if edge.kind is below:
                yield edge, False


def _tests(model: ApplicationModel, start: Node, touches: tuple[Reached, ...]) -> tuple[str, ...]:
    """The tests of everything touched; where none is named, those of the packages that the services are built from.

    For a goal and other purposes: the tests of everything that it rests on.
    """
    touched = [start.id, *(r.node.id for r in touches)]
    found = {name for id in touched for name in tests_of(model, id)}
    if not found:
        built = [e.target for id in touched for e in model.out(id) if e.kind is EdgeKind.BUILT_FROM]
        found = {name for id in built for name in tests_of(model, id)}
    return tuple(sorted(found))


def tests_of(model: ApplicationModel, id: str) -> Iterator[str]:
    """The tests that show a requirement, or test a component."""
    for edge in model.out(id):
        if edge.kind is EdgeKind.SHOWN_BY:
            yield edge.target.partition(":")[2]
    for edge in model.into(id):
        if edge.kind is EdgeKind.TESTS:
            yield edge.source.partition(":")[2]
