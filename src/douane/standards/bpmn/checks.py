"""What must hold between the nodes of a process before it is accepted for execution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from douane.standards.bpmn.definition import BOUNDARIES, ENDS, TASKS, Kind
from douane.standards.bpmn.draft import Draft, DraftNode, fault
from douane.vocabulary.errors import Fault

_ACTIVITIES: Final = TASKS | {Kind.SUB_PROCESS}
_FORKS: Final = frozenset({Kind.EXCLUSIVE, Kind.PARALLEL, Kind.EVENT_GATEWAY})
_AFTER_EVENT_GATEWAY: Final = frozenset({Kind.CATCH_MESSAGE, Kind.CATCH_TIMER, Kind.RECEIVE})
_PASSED_AT_ONCE: Final = (
    frozenset({Kind.EXCLUSIVE, Kind.PARALLEL, Kind.THROW_NONE, Kind.THROW_MESSAGE, Kind.START}) | ENDS
)


def check(draft: Draft) -> list[Fault]:
    """Every fault of the graph; also links flows and boundary events to their nodes."""
    found = list(_link(draft))
    if not found:
        for node in draft.nodes.values():
            found.extend(_node(draft, node))
        blamed = {one.pointer for one in found}  # a node without flows is also unreachable: once is enough
        for scope in (None, *(node for node in draft.nodes.values() if node.kind is Kind.SUB_PROCESS)):
            found.extend(one for one in _scope(draft, scope) if one.pointer not in blamed)
        found.extend(_endless(draft))
    return found


def _link(draft: Draft) -> Iterator[Fault]:
    for flow in draft.flows:
        ends = draft.nodes.get(flow.source), draft.nodes.get(flow.target)
        for side, name, node in (("source", flow.source, ends[0]), ("target", flow.target, ends[1])):
            if node is None:
                yield fault(draft.document, flow.element, f"its {side} {name!r} is not a node of the process")
            elif node.scope is not flow.scope:
                yield fault(draft.document, flow.element, f"it crosses the border of a sub-process at {name}")
        source, target = ends
        if source is not None and target is not None:
            source.outgoing.append(flow)
            target.incoming.append(flow)
    for node in draft.nodes.values():
        if node.kind in BOUNDARIES:
            host = draft.nodes.get(node.attached)
            if host is None or host.kind not in _ACTIVITIES or host.scope is not node.scope:
                yield fault(
                    draft.document, node.element, f"it is attached to {node.attached!r}, which is no activity beside it"
                )
            else:
                host.boundary.append(node)
        if node.order:
            rank = {id: place for place, id in enumerate(node.order)}
            node.outgoing.sort(key=lambda flow: rank.get(flow.element.id, len(rank)))


def _node(draft: Draft, node: DraftNode) -> Iterator[Fault]:
    kind, out = node.kind, node.outgoing
    if kind in BOUNDARIES or kind is Kind.START:
        if node.incoming:
            yield fault(draft.document, node.element, "no flow may lead into it")
    elif not node.incoming:
        yield fault(draft.document, node.element, "no flow leads here")
    if kind in ENDS:
        if out:
            yield fault(draft.document, node.element, "no flow may leave an end event")
    elif not out:
        yield fault(draft.document, node.element, "no flow leaves it and it is not an end event")
    elif len(out) > 1 and kind not in _FORKS:
        yield fault(draft.document, node.element, "several flows leave it; use a gateway")
    if kind is Kind.EXCLUSIVE:
        yield from _exclusive(draft, node)
    else:
        for flow in out:
            if flow.condition:
                yield fault(draft.document, flow.element, "only flows out of an exclusive gateway have conditions")
    if kind is Kind.EVENT_GATEWAY:
        yield from _event_gateway(draft, node)
    yield from _listeners(draft, node)


def _exclusive(draft: Draft, node: DraftNode) -> Iterator[Fault]:
    ids = {flow.element.id for flow in node.outgoing}
    if node.default and node.default not in ids:
        yield fault(draft.document, node.element, f"its default flow {node.default} does not leave it")
    for flow in node.outgoing:
        default = flow.element.id == node.default
        if len(node.outgoing) == 1:
            if flow.condition:
                yield fault(draft.document, flow.element, "the only way out of a gateway cannot have a condition")
        elif default and flow.condition:
            yield fault(draft.document, flow.element, "a default flow has no condition")
        elif not default and not flow.condition:
            yield fault(
                draft.document,
                flow.element,
                "a flow out of a diverging exclusive gateway needs a condition, or be its default",
            )


def _event_gateway(draft: Draft, node: DraftNode) -> Iterator[Fault]:
    if len(node.outgoing) < 2:
        yield fault(draft.document, node.element, "an event-based gateway waits for at least two events")
    for flow in node.outgoing:
        target = draft.nodes[flow.target]
        if target.kind not in _AFTER_EVENT_GATEWAY:
            yield fault(
                draft.document,
                target.element,
                "after an event-based gateway come message and timer events or receive tasks",
            )
        elif len(target.incoming) > 1:
            yield fault(draft.document, target.element, "an event after an event-based gateway has no other way in")
        elif target.boundary:
            yield fault(
                draft.document, target.element, "a receive task after an event-based gateway has no boundary events"
            )


def _listeners(draft: Draft, node: DraftNode) -> Iterator[Fault]:
    """One token must not wait for one name twice: which of the two came would be chance."""
    group = list(node.boundary)
    if node.kind is Kind.EVENT_GATEWAY:
        group = [draft.nodes[flow.target] for flow in node.outgoing]
    elif node.kind is Kind.RECEIVE:
        group.append(node)
    seen: set[tuple[bool, str]] = set()
    for one in group:
        key = (one.kind is Kind.BOUNDARY_ERROR, one.error or one.message)
        if not one.timer and key in seen:
            yield fault(draft.document, one.element, f"{node.id} waits twice for {key[1] or 'any error'}")
        seen.add(key)


def _scope(draft: Draft, scope: DraftNode | None) -> Iterator[Fault]:
    holder = draft.process if scope is None else scope.element
    inside = [node for node in draft.nodes.values() if node.scope is scope]
    starts = [node for node in inside if node.kind is Kind.START]
    names = [node.message for node in starts]
    if not starts:
        yield fault(draft.document, holder, "there is no start event")
    elif scope is not None and len(starts) > 1:
        yield fault(draft.document, holder, "a sub-process has one start event")
    elif len(set(names)) < len(names):
        yield fault(draft.document, holder, "two start events answer to the same message, or to none")
    if not any(node.kind in ENDS for node in inside):
        yield fault(draft.document, holder, "there is no end event")
        return
    forward = _reach(starts, lambda node: _next(draft, node))
    backward = _reach((node for node in inside if node.kind in ENDS), lambda node: _previous(draft, node))
    for node in inside:
        if node not in forward:
            yield fault(draft.document, node.element, "it cannot be reached from a start event")
        elif node not in backward:
            yield fault(draft.document, node.element, "no end event can be reached from it")


def _next(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    for flow in node.outgoing:
        yield draft.nodes[flow.target]
    yield from node.boundary


def _previous(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    for flow in node.incoming:
        yield draft.nodes[flow.source]
    if node.kind in BOUNDARIES:
        yield draft.nodes[node.attached]


def _reach(begin: Iterable[DraftNode], steps: Callable[[DraftNode], Iterable[DraftNode]]) -> set[DraftNode]:
    seen: set[DraftNode] = set()
    todo = list(begin)
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo.extend(steps(node))
    return seen


def _endless(draft: Draft) -> Iterator[Fault]:
    """Loops that never wait: conditions are pure, so such a loop would turn for ever within one step."""
    state: dict[DraftNode, int] = {}  # 1 open, 2 done
    for root in draft.nodes.values():
        if root in state:
            continue
        path: list[tuple[DraftNode, Iterator[DraftNode]]] = [(root, _at_once(draft, root))]
        state[root] = 1
        while path:
            node, rest = path[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                path.pop()
            elif state.get(following) == 1:
                yield fault(draft.document, following.element, "it lies on a loop in which nothing waits")
            elif following not in state:
                state[following] = 1
                path.append((following, _at_once(draft, following)))


def _at_once(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    """Where a token goes on within the same step."""
    if node.kind is Kind.SUB_PROCESS:
        yield from (one for one in draft.nodes.values() if one.scope is node and one.kind is Kind.START)
    elif node.kind in ENDS and node.scope is not None:
        if node.kind is Kind.END_ERROR:
            holder: DraftNode | None = node.scope
            while holder is not None:
                yield from (
                    draft.nodes[f.target]
                    for one in holder.boundary
                    if one.kind is Kind.BOUNDARY_ERROR
                    for f in one.outgoing
                )
                holder = holder.scope
        else:
            yield from (draft.nodes[flow.target] for flow in node.scope.outgoing)
    elif node.kind in _PASSED_AT_ONCE:
        yield from (draft.nodes[flow.target] for flow in node.outgoing)
