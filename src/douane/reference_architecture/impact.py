"""``douane impact NAME``: what a change touches and what it rests on, at any depth, each step with its proof.

*Touched by* follows edges backwards: whoever takes, holds, calls, runs or is built from the thing that changes.
*Rests on* follows them forwards. Both end in the tests to rerun. Frame nodes (circles, levels, actors, legal texts) are
reported but not passed through: that two operations share a circle does not make one depend on the other.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from douane.model.graph import ApplicationModel, Edge, Node, NodeKind

_ENDS = frozenset({
    NodeKind.CIRCLE, NodeKind.LEVEL, NodeKind.ACTOR, NodeKind.LEGAL, NodeKind.PLATFORM, NodeKind.GOAL,
    NodeKind.CODE_LIST, NodeKind.TEST, NodeKind.PROJECT,
})  # fmt: skip
_ENDS_FORWARD = _ENDS | {NodeKind.ELEMENT}


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
    queue: deque[tuple[str, int]] = deque([(start.id, 0)])
    step = model.out if forward else model.into
    ends = _ENDS_FORWARD if forward else _ENDS
    node_of = model.node
    while queue:
        id, depth = queue.popleft()
        if depth >= most:
            continue
        for edge in step(id):
            next_id = edge.target if forward else edge.source
            if next_id in seen or next_id not in model:
                continue
            seen.add(next_id)
            node = node_of(next_id)
            found.append(Reached(node, depth + 1, edge, forward))
            if node.kind not in ends:
                queue.append((next_id, depth + 1))
    return tuple(found)


def _tests(model: ApplicationModel, start: Node, touches: tuple[Reached, ...]) -> tuple[str, ...]:
    tests = {r.node.name for r in touches if r.node.kind is NodeKind.TEST}
    for id in (start.id, *(r.node.id for r in touches)):
        tests.update(e.target.partition(":")[2] for e in model.out(id) if e.target.startswith("test:"))
        tests.update(e.source.partition(":")[2] for e in model.into(id) if e.source.startswith("test:"))
    return tuple(sorted(tests))
