"""What a change makes others do: who must change with it or be looked at again, before anybody has built it.

``impact`` says what hangs together at any depth. This says less, and what follows from one kind of change: an operation
that is retired, an element that becomes mandatory, a time limit of another length, anything else that becomes another.
A message type that changes touches the operations that take it or answer with it; a rule only those that take what it
checks. An operation that is touched brings the service that offers it, the requirements that must be shown again, the
roles to warn and the steps that call it; a step brings its process, and that the service that runs it.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.reference_architecture.impact import Reached, tests_of
from douane.vocabulary.errors import BadQuery


class What(enum.StrEnum):
    """How something changes."""

    CHANGED = "changed"  # it says something else
    RETIRED = "retired"  # an operation: it is served no more
    MANDATORY = "mandatory"  # a data element: where it could be left out, it must be given
    LENGTH = "length"  # a time limit: it ends earlier or later


Ways = tuple[tuple[EdgeKind, bool], ...]
"""Edges that are followed, each with whether from source to target."""
_OPERATION: Final[Ways] = (
    (EdgeKind.OFFERS, False), (EdgeKind.DEMANDS, True), (EdgeKind.CALLED_BY, True), (EdgeKind.CALLS, False),
)  # fmt: skip
_TYPE: Final[Ways] = ((EdgeKind.TAKES, False), (EdgeKind.ANSWERS, False))
_LIMIT: Final[Ways] = ((EdgeKind.BOUND, False), (EdgeKind.BELONGS, True), (EdgeKind.GROUNDED, True))
_NEXT: Final[dict[NodeKind, Ways]] = {
    NodeKind.TYPE: _TYPE,
    NodeKind.OPERATION: _OPERATION,
    NodeKind.STEP: ((EdgeKind.WITHIN, True),),
    NodeKind.PROCESS: ((EdgeKind.RUNS, False),),
    NodeKind.RULE: ((EdgeKind.CHECKS, True),),
    NodeKind.GOAL: ((EdgeKind.SERVES, False),),
    NodeKind.CAPABILITY: ((EdgeKind.REALISES, False),),
    NodeKind.PROCESS_LEVEL: ((EdgeKind.WITHIN, False),),
    NodeKind.TASK: ((EdgeKind.FULFILS, False),),
    NodeKind.LIMIT: ((EdgeKind.BOUND, False), (EdgeKind.BELONGS, True)),
    NodeKind.COMPONENT: ((EdgeKind.BUILT_FROM, False),),
}
"""What something touches that is touched itself; kinds that are not here touch nothing else."""
_FIRST: Final[dict[NodeKind, Ways]] = {
    NodeKind.TYPE: (*_TYPE, (EdgeKind.CHECKS, False)),
    NodeKind.ELEMENT: ((EdgeKind.HOLDS, False),),
    NodeKind.CODE_LIST: ((EdgeKind.DRAWN_FROM, False), (EdgeKind.LOOKS_UP, False)),
    NodeKind.RULE: ((EdgeKind.CHECKS, True), (EdgeKind.BELONGS, True)),
    NodeKind.TABLE: ((EdgeKind.DECIDES, False),),
    NodeKind.LIMIT: _LIMIT,
    NodeKind.REQUIREMENT: ((EdgeKind.DEMANDS, False), (EdgeKind.SHOWN_BY, True)),
    NodeKind.LEGAL: ((EdgeKind.GROUNDED, False),),
    NodeKind.SERVICE: ((EdgeKind.OFFERS, True), (EdgeKind.SUBSCRIBES, False)),
    NodeKind.ACTOR: ((EdgeKind.CALLED_BY, False),),
    NodeKind.CIRCLE: ((EdgeKind.BELONGS, False), (EdgeKind.ENTERS, True)),
    NodeKind.LEVEL: ((EdgeKind.AT_LEVEL, False),),
    NodeKind.INSTANCE: ((EdgeKind.PROVIDES, True),),
    NodeKind.PLATFORM: ((EdgeKind.WITHIN, False), (EdgeKind.ENTERS, False)),
    NodeKind.PROJECT: ((EdgeKind.CHANGES, True),),
    NodeKind.COMPONENT: ((EdgeKind.BUILT_FROM, False), (EdgeKind.USES, False)),
    NodeKind.TEST: ((EdgeKind.SHOWN_BY, False), (EdgeKind.TESTS, True)),
}
"""What a thing touches that is another from now on; for kinds that are not here, as above."""
_ALSO_RETIRED: Final[Ways] = (
    (EdgeKind.FULFILS, True), (EdgeKind.RUNS, True), (EdgeKind.SUBSCRIBES, False),
)  # fmt: skip
_OF_KIND: Final = {What.RETIRED: NodeKind.OPERATION, What.MANDATORY: NodeKind.ELEMENT, What.LENGTH: NodeKind.LIMIT}


def possible(kind: NodeKind) -> tuple[What, ...]:
    """How a thing of a kind can change, the most usual first."""
    special = tuple(what for what, of in _OF_KIND.items() if of is kind)
    return special if kind is NodeKind.LIMIT else (What.CHANGED, *special)


def consequences(model: ApplicationModel, start: Node, what: What = What.CHANGED) -> tuple[Reached, ...]:
    """Everything that a change touches, the nearest first, each by the edge that leads to it. Raises BadQuery."""
    if _OF_KIND.get(what, start.kind) is not start.kind:
        raise BadQuery(f"A {start.kind.value} cannot become {what.value}.", remedy="Ask what happens if it is changed.")
    found: list[Reached] = []
    seen = {start.id}
    waiting: deque[tuple[Node, int, EdgeKind | None]] = deque([(start, 0, None)])
    while waiting:
        node, depth, via = waiting.popleft()
        for edge, forward in _steps(model, node, via, start, what):
            there = edge.target if forward else edge.source
            if there not in seen and there in model:
                seen.add(there)
                found.append(Reached(model.node(there), depth + 1, edge, forward))
                waiting.append((model.node(there), depth + 1, edge.kind))
    return tuple(found)


def to_rerun(model: ApplicationModel, start: Node, touched: Iterable[Reached]) -> tuple[str, ...]:
    """The tests to rerun: of all that is touched; where it names none, of what its services are built from."""
    ids = [start.id, *(each.node.id for each in touched)]
    found = {name for id in ids for name in tests_of(model, id)}
    if not found:
        built = [edge.target for id in ids for edge in model.out(id) if edge.kind is EdgeKind.BUILT_FROM]
        found = {name for id in built for name in tests_of(model, id)}
    return tuple(sorted(found))


def _steps(
    model: ApplicationModel, node: Node, via: EdgeKind | None, start: Node, what: What
) -> Iterator[tuple[Edge, bool]]:
    for kind, forward in _ways(node, via, start):
        for edge in model.out(node.id) if forward else model.into(node.id):
            if edge.kind is kind and _follows(model, edge, node, start, what):
                yield edge, forward
    if what is What.RETIRED and node is start:
        yield from _only_here(model, node)
        yield from (
            (edge, forward) for kind, forward in _ALSO_RETIRED
            for edge in (model.out(node.id) if forward else model.into(node.id)) if edge.kind is kind
        )  # fmt: skip


def _ways(node: Node, via: EdgeKind | None, start: Node) -> Ways:
    if via is None:
        return _FIRST.get(node.kind) or _NEXT.get(node.kind, ())
    match node.kind, via:
        case NodeKind.TYPE, EdgeKind.CHECKS:
            return ((EdgeKind.TAKES, False),)  # what is only answered is judged by no rule
        case (NodeKind.TYPE, EdgeKind.TAKES | EdgeKind.ANSWERS) | (NodeKind.RULE, EdgeKind.CHECKS):
            return ()  # nothing else has it; the rule must be read again, and changes nothing itself
        case NodeKind.OPERATION, EdgeKind.RUNS:
            return ()  # it begins or advances the process, and stays what it is
        case NodeKind.SERVICE, EdgeKind.DECIDES:
            return ((EdgeKind.OFFERS, True),)
        case (NodeKind.REQUIREMENT | NodeKind.SERVICE, _) | (NodeKind.TASK, EdgeKind.FULFILS):
            return ()
        case _:
            return () if start.kind in _PURPOSES and node.kind is NodeKind.OPERATION else _NEXT.get(node.kind, ())


_PURPOSES: Final = frozenset({NodeKind.GOAL, NodeKind.CAPABILITY, NodeKind.PROCESS_LEVEL, NodeKind.TASK})


def _follows(model: ApplicationModel, edge: Edge, node: Node, start: Node, what: What) -> bool:
    """Whether an edge is followed from here."""
    if edge.kind is EdgeKind.RUNS and node is not start:
        return edge.source.startswith(f"{NodeKind.SERVICE.value}:")
    if what is What.MANDATORY and node is start and edge.source in model:
        optional = dict(model.node(edge.source).facts).get("optional", "")
        return dict(start.facts).get("name", start.name) in _names(optional)
    return True


def _names(optional: str) -> frozenset[str]:
    """The names of a type's optional elements; a number in brackets belongs to the name before it."""
    words = optional.split(" ")
    return frozenset(words) | frozenset(each.strip() for each in optional.replace(")", ")\n").split("\n"))


def _only_here(model: ApplicationModel, operation: Node) -> Iterator[tuple[Edge, bool]]:
    """The message types that no other operation takes or answers with."""
    for edge in model.out(operation.id):
        if edge.kind in (EdgeKind.TAKES, EdgeKind.ANSWERS):
            users = {e.source for e in model.into(edge.target) if e.kind in (EdgeKind.TAKES, EdgeKind.ANSWERS)}
            if users == {operation.id}:
                yield edge, True
