"""Freezing a checked draft into the tables of a ``Definition``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from douane.standards.bpmn.calls import split
from douane.standards.bpmn.collaboration import collaboration
from douane.standards.bpmn.definition import ROOT, TASKS, Definition, Flow, Kind, Node, Use
from douane.standards.bpmn.draft import Draft, DraftNode


def freeze(draft: Draft) -> Definition:
    """The definition. Numbers follow the order of ids, so moving elements about in the file changes nothing."""
    drafts = [draft.nodes[id] for id in sorted(draft.nodes)]
    number = {node.id: index for index, node in enumerate(drafts)}
    arrows = sorted(draft.flows, key=lambda flow: flow.element.id)
    flow_number = {flow.element.id: index for index, flow in enumerate(arrows)}
    nodes = tuple(_node(node, drafts, number, flow_number) for node in drafts)
    flows = tuple(
        Flow(
            index, one.element.id, one.element.name, number[one.source], number[one.target], one.condition, one.negated
        )
        for index, one in enumerate(arrows)
    )
    digest = _digest(draft.process.id, nodes, flows, sorted(draft.many))
    lines = {node.index: one.element.line for node, one in zip(nodes, drafts, strict=True)}
    return Definition(
        process=draft.process.id,
        name=draft.process.name or draft.process.id,
        source=draft.document.source,
        hash=digest.hex(),
        fingerprint=int.from_bytes(digest[:8], "big") >> 1,
        nodes=nodes,
        flows=flows,
        starts={node.message: node.index for node in nodes if node.kind is Kind.START and node.scope == ROOT},
        tasks=tuple(
            Use(split(node.id)[1], node.id, node.kind, lines[node.index]) for node in nodes if node.kind in TASKS
        ),
        conditions=tuple(
            Use(flow.condition, flow.id, Kind.EXCLUSIVE, arrow.element.line)
            for flow, arrow in zip(flows, arrows, strict=True)
            if flow.condition
        ),
        messages=tuple(Use(node.message, node.id, node.kind, lines[node.index]) for node in nodes if node.message),
        timers=tuple(Use(node.timer, node.id, node.kind, lines[node.index]) for node in nodes if node.timer),
        errors=tuple(Use(node.error, node.id, node.kind, lines[node.index]) for node in nodes if node.error),
        holder=tuple(_holder(node, nodes, flows) for node in nodes),
        listeners=_listeners(nodes),
        plain=tuple(node.kind in TASKS - {Kind.RECEIVE} and not node.boundary for node in nodes),
        joins=any(node.kind is Kind.PARALLEL for node in nodes),
        calls=dict(draft.calls),
        many=frozenset(draft.many),
        roles=tuple(draft.roles.get(node.id, "") for node in nodes),
        texts=tuple("\n".join(one.element.documentation) for one in drafts),
        collaboration=collaboration(draft.document),
    )


def _node(node: DraftNode, drafts: Sequence[DraftNode], number: dict[str, int], flow_number: dict[str, int]) -> Node:
    start = [one for one in drafts if one.scope is node and one.kind is Kind.START]
    return Node(
        index=number[node.id],
        id=node.id,
        name=node.element.name,
        kind=node.kind,
        scope=ROOT if node.scope is None else number[node.scope.id],
        incoming=tuple(sorted(flow_number[flow.element.id] for flow in node.incoming)),
        outgoing=tuple(flow_number[flow.element.id] for flow in node.outgoing),
        default=flow_number[node.default] if node.default else -1,
        boundary=tuple(sorted(number[one.id] for one in node.boundary)),
        attached=number[node.attached] if node.attached else -1,
        start=number[start[0].id] if node.kind is Kind.SUB_PROCESS else -1,
        message=node.message,
        timer=node.timer,
        error=node.error,
    )


def _digest(process: str, nodes: Sequence[Node], flows: Sequence[Flow], many: Sequence[str]) -> bytes:
    """Labels are left out: a better wording is no other process. Without ``many`` it is what it was before there was
    any, so that running instances of former releases keep their definition."""
    content = (
        process,
        [msgspec.structs.replace(node, name="") for node in nodes],
        [msgspec.structs.replace(flow, name="") for flow in flows],
        *([many] if many else ()),
    )
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).digest()


def _holder(node: Node, nodes: Sequence[Node], flows: Sequence[Flow]) -> int:
    """Where the token stands that this node's event moves: the activity, the event-based gateway, or the node."""
    if node.attached >= 0:
        return node.attached
    for flow in node.incoming:
        if nodes[flows[flow].source].kind is Kind.EVENT_GATEWAY:
            return flows[flow].source
    return node.index


def _listeners(nodes: Sequence[Node]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for node in nodes:
        if node.message and node.kind in {Kind.RECEIVE, Kind.CATCH_MESSAGE, Kind.BOUNDARY_MESSAGE}:
            found[node.message] = (*found.get(node.message, ()), node.index)
    return found
