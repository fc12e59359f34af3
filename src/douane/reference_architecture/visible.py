"""The public part of the model: what anybody may know of it without a proof of who he is.

It is what the untrusted circle can use: its operations, what they take, answer and must meet, the processes they run,
and why they exist. How the platform is built and where it runs (components, instances, tests), how risk is judged
(tables) and what only the trusted circle may call are not in it. Nothing is in it that is not named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from douane.model.circles import Circle
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind

_FRAME = (NodeKind.GOAL, NodeKind.CAPABILITY, NodeKind.PROCESS_LEVEL, NodeKind.LEVEL, NodeKind.CIRCLE)
"""Kinds of which everything is public."""
_USED = {
    NodeKind.OPERATION: (EdgeKind.TAKES, EdgeKind.ANSWERS, EdgeKind.FULFILS, EdgeKind.DEMANDS, EdgeKind.GROUNDED,
                         EdgeKind.RUNS),
    NodeKind.SERVICE: (EdgeKind.GROUNDED,),
    NodeKind.TYPE: (EdgeKind.HOLDS, EdgeKind.DRAWN_FROM),
    NodeKind.ELEMENT: (EdgeKind.DRAWN_FROM,),
    NodeKind.RULE: (EdgeKind.LOOKS_UP,),
    NodeKind.PROCESS: (EdgeKind.BOUND,),
    NodeKind.LIMIT: (EdgeKind.GROUNDED,),
}  # fmt: skip
"""What is used of a public element is public."""
_BROUGHT = {
    NodeKind.OPERATION: EdgeKind.OFFERS, NodeKind.TYPE: EdgeKind.CHECKS, NodeKind.PROCESS: EdgeKind.WITHIN,
}  # fmt: skip
"""What a public element brings along by an edge that reaches it: its service, its rules, its steps."""
_OPEN = frozenset({"offered", "deprecated"})
_TOLD = frozenset({
    "kind", "request", "replies", "since", "owner", "level", "applies", "format", "code list", "definition", "name",
    "article", "length", "start", "place", "silence", "extensions", "suspensions", "source", "confidential", "required",
    "optional", "level owner", "level agreed by", "level agreed on", "level source",
})  # fmt: skip
"""Facts that anybody may know; modules, files and hashes are not among them."""


def public_part(model: ApplicationModel) -> ApplicationModel:
    """The part of a model that is shown to anybody: its elements, and the edges between them."""
    seen = {node.id for kind in _FRAME for node in model.of(kind)}
    operations = set(_operations(model))
    waiting = sorted(operations)
    seen |= set(_actors(model))
    while waiting:
        id = waiting.pop()
        if id in seen or id not in model or _barred(model, id, operations):
            continue
        seen.add(id)
        waiting += _along(model, id)
    edges = (edge for edge in model.edges if edge.source in seen and edge.target in seen)
    nodes = (replace(each, facts=_told(each.facts)) for each in model if each.id in seen)
    return ApplicationModel(nodes, (replace(each, proof="") for each in edges))  # a proof names files and tests


def _told(facts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if name in _TOLD)


def _barred(model: ApplicationModel, id: str, operations: set[str]) -> bool:
    return model.node(id).kind is NodeKind.OPERATION and id not in operations


def _operations(model: ApplicationModel) -> Iterator[str]:
    """The operations that somebody of the untrusted circle may call."""
    callable_by = set(_actors(model))
    for node in model.of(NodeKind.OPERATION):
        callers = {edge.target for edge in model.out(node.id) if edge.kind is EdgeKind.CALLED_BY}
        if node.status in _OPEN and callers & callable_by:
            yield node.id


def _actors(model: ApplicationModel) -> Iterator[str]:
    circle = f"{NodeKind.CIRCLE.value}:{Circle.UNTRUSTED.value}"
    return (edge.source for edge in model.into(circle) if edge.kind is EdgeKind.BELONGS)


def _along(model: ApplicationModel, id: str) -> Iterator[str]:
    kind = model.node(id).kind
    used, brought = _USED.get(kind, ()), _BROUGHT.get(kind)
    yield from (edge.target for edge in model.out(id) if edge.kind in used)
    yield from (edge.source for edge in model.into(id) if edge.kind is brought)
    if kind is NodeKind.SERVICE:  # its time limits are law, whoever counts by them
        yield from (e.source for e in model.into(id) if model.node(e.source).kind is NodeKind.LIMIT)
