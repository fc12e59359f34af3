"""``douane impact NAME``: what a change touches and what it rests on, at any depth, each step with its proof.

*Touched by* follows edges backwards (whoever takes, holds, calls, runs or is built from the thing that changes) and
rises from parts to wholes: from a step to its process, from an operation to its task, requirement and capability.
*Rests on* follows edges forwards and descends from a process to its steps. What is shared by many (circles, levels,
actors, legal texts; tasks and requirements that were risen to) is reported but not descended from: that two operations
share a circle does not make one depend on the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind

_ENDS = frozenset({
    NodeKind.CIRCLE, NodeKind.LEVEL, NodeKind.ACTOR, NodeKind.LEGAL, NodeKind.PLATFORM, NodeKind.GOAL,
    NodeKind.CODE_LIST, NodeKind.TEST, NodeKind.PROJECT,
})  # fmt: skip
_ENDS_FORWARD = _ENDS | {NodeKind.ELEMENT}
_RISING = frozenset({
    EdgeKind.WITHIN, EdgeKind.REALISES, EdgeKind.FULFILS, EdgeKind.SERVES, EdgeKind.CHECKS, EdgeKind.DEMANDS,
})  # fmt: skip
_OF_THE_WHOLE = frozenset({EdgeKind.WITHIN, EdgeKind.BELONGS})  # a part does not change with its whole
_WHOLES = frozenset({NodeKind.TASK, NodeKind.REQUIREMENT, NodeKind.CAPABILITY, NodeKind.PROCESS_LEVEL})


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
    return Impact(start, touches, rests_on, _tests(model, start, touches))


def _walk(model: ApplicationModel, start: Node, most: int, *, forward: bool) -> tuple[Reached, ...]:
    found: list[Reached] = []
    seen = {start.id}
    queue: deque[tuple[Node, int]] = deque([(start, 0)])
    ends = _ENDS_FORWARD if forward else _ENDS
    steps = _rests_on if forward else _touches
    while queue:
        node, depth = queue.popleft()
        if depth >= most:
            continue
        for edge, along in steps(model, node, first=node is start):
            next_id = edge.target if along else edge.source
            if next_id in seen or next_id not in model:
                continue
            seen.add(next_id)
            reached = model.node(next_id)
            found.append(Reached(reached, depth + 1, edge, along))
            if reached.kind not in ends:
                queue.append((reached, depth + 1))
    return tuple(found)


def _touches(model: ApplicationModel, node: Node, *, first: bool) -> Iterator[tuple[Edge, bool]]:
    for edge in model.out(node.id):
        if edge.kind in _RISING:
            yield edge, True
    if first or node.kind not in _WHOLES:
        for edge in model.into(node.id):
            if edge.kind not in _OF_THE_WHOLE:
                yield edge, False


def _rests_on(model: ApplicationModel, node: Node, *, first: bool) -> Iterator[tuple[Edge, bool]]:
    for edge in model.out(node.id):
        if edge.kind is not EdgeKind.WITHIN or node.kind is not NodeKind.STEP:
            yield edge, True
    if node.kind is NodeKind.PROCESS or (first and node.kind is NodeKind.PROCESS_LEVEL):
        for edge in model.into(node.id):
            if edge.kind is EdgeKind.WITHIN:
                yield edge, False


def _tests(model: ApplicationModel, start: Node, touches: tuple[Reached, ...]) -> tuple[str, ...]:
    tests = {r.node.name for r in touches if r.node.kind is NodeKind.TEST}
    for id in (start.id, *(r.node.id for r in touches)):
        tests.update(e.target.partition(":")[2] for e in model.out(id) if e.target.startswith("test:"))
        tests.update(e.source.partition(":")[2] for e in model.into(id) if e.source.startswith("test:"))
    return tuple(sorted(tests))
