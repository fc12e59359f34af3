"""The way from a goal to a datum that leads through an element: the thread by which a page says why it is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from douane.model.graph import ApplicationModel, Edge, EdgeKind, NodeKind

_TO_THE_GOAL: dict[NodeKind, tuple[tuple[EdgeKind, bool], ...]] = {
    NodeKind.CAPABILITY: ((EdgeKind.SERVES, True),),
    NodeKind.PROCESS_LEVEL: ((EdgeKind.REALISES, True), (EdgeKind.WITHIN, True)),
    NodeKind.TASK: ((EdgeKind.WITHIN, True),),
    NodeKind.SERVICE: ((EdgeKind.REALISES, True),),
    NodeKind.OPERATION: ((EdgeKind.OFFERS, False), (EdgeKind.FULFILS, True)),
    NodeKind.PROCESS: ((EdgeKind.RUNS, False),),
    NodeKind.STEP: ((EdgeKind.WITHIN, True),),
    NodeKind.TYPE: ((EdgeKind.TAKES, False), (EdgeKind.ANSWERS, False)),
    NodeKind.ELEMENT: ((EdgeKind.HOLDS, False),),
    NodeKind.RULE: ((EdgeKind.CHECKS, True), (EdgeKind.BELONGS, True)),
    NodeKind.CODE_LIST: ((EdgeKind.DRAWN_FROM, False), (EdgeKind.LOOKS_UP, False)),
    NodeKind.LIMIT: ((EdgeKind.BOUND, False), (EdgeKind.BELONGS, True)),
    NodeKind.REQUIREMENT: ((EdgeKind.DEMANDS, False),),
    NodeKind.TABLE: ((EdgeKind.DECIDES, False),),
    NodeKind.LEGAL: ((EdgeKind.GROUNDED, False),),
    NodeKind.TEST: ((EdgeKind.SHOWN_BY, False), (EdgeKind.TESTS, True)),
    NodeKind.COMPONENT: ((EdgeKind.BUILT_FROM, False),),
    NodeKind.INSTANCE: ((EdgeKind.PROVIDES, True),),
}
"""By which edges a kind of element is nearer to a goal; whether from source to target."""
_TO_THE_DATUM: dict[NodeKind, tuple[tuple[EdgeKind, bool], ...]] = {
    NodeKind.GOAL: ((EdgeKind.SERVES, False),),
    NodeKind.CAPABILITY: ((EdgeKind.REALISES, False),),
    NodeKind.PROCESS_LEVEL: ((EdgeKind.WITHIN, False),),
    NodeKind.TASK: ((EdgeKind.FULFILS, False),),
    NodeKind.SERVICE: ((EdgeKind.OFFERS, True),),
    NodeKind.OPERATION: ((EdgeKind.TAKES, True), (EdgeKind.ANSWERS, True)),
    NodeKind.PROCESS: ((EdgeKind.WITHIN, False),),
    NodeKind.STEP: ((EdgeKind.CALLS, True),),
    NodeKind.TYPE: ((EdgeKind.HOLDS, True),),
    NodeKind.CODE_LIST: ((EdgeKind.DRAWN_FROM, False),),
    NodeKind.REQUIREMENT: ((EdgeKind.DEMANDS, False),),
    NodeKind.RULE: ((EdgeKind.CHECKS, True),),
}
Hop = tuple[Edge, bool]
"""An edge, and whether it is gone from source to target."""


def way(model: ApplicationModel, id: str) -> tuple[Hop, ...]:
    """The hops of a shortest way from a goal to this element and on to a datum, in the order of that way.

    Only its half where an element leads to no goal, or to no datum; nothing where it leads to neither.
    """
    up = _shortest(model, id, NodeKind.GOAL, _TO_THE_GOAL)
    down = _shortest(model, id, NodeKind.ELEMENT, _TO_THE_DATUM)
    return (*((edge, not forward) for edge, forward in reversed(up)), *down)


def _shortest(
    model: ApplicationModel, id: str, to: NodeKind, along: dict[NodeKind, tuple[tuple[EdgeKind, bool], ...]]
) -> tuple[Hop, ...]:
    came: dict[str, tuple[str, Hop] | None] = {id: None}
    waiting = deque([id])
    while waiting:
        here = waiting.popleft()
        if model.node(here).kind is to:
            return _back(came, here)
        for edge, forward in _steps(model, here, along):
            there = edge.target if forward else edge.source
            if there not in came and there in model:
                came[there] = here, (edge, forward)
                waiting.append(there)
    return ()


def _steps(model: ApplicationModel, id: str, along: dict[NodeKind, tuple[tuple[EdgeKind, bool], ...]]) -> Iterator[Hop]:
    for kind, forward in along.get(model.node(id).kind, ()):
        for edge in model.out(id) if forward else model.into(id):
            if edge.kind is kind:
                yield edge, forward


def _back(came: dict[str, tuple[str, Hop] | None], here: str) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    while (step := came[here]) is not None:
        here = step[0]
        hops.append(step[1])
    return tuple(reversed(hops))
