"""Who takes part in a procedure: the pools, lanes and message flows of a model, and what it says of each of them.

A pool is a party; one with a process shows what that party does, one without is known by its messages alone. A lane
says who within the party does it. A message flow goes from one pool to another, from and to the pool itself or a node
in it. Nothing here has a meaning at run time: the engine neither asks for a lane nor sends by a
message flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from douane.standards.bpmn.document import Document, Element

_PERFORMERS: Final = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
_SILENT: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})
_DEAF: Final = frozenset({"endEvent", "intermediateThrowEvent", "sendTask"})


class Lane(msgspec.Struct, frozen=True):
    """Who within a pool acts. nodes: ids of what stands in it. within: the names of the lanes around it, outermost
    first; only innermost lanes are listed."""

    id: str
    name: str
    nodes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    documentation: str = ""


class Pool(msgspec.Struct, frozen=True):
    """A party. process: the id of what it does, empty where only its messages are known. nodes: of that process.

    Lanes of a process that is in no collaboration stand in a pool without id.
    """

    id: str
    name: str
    process: str = ""
    lanes: tuple[Lane, ...] = ()
    nodes: tuple[str, ...] = ()
    documentation: str = ""


class MessageFlow(msgspec.Struct, frozen=True):
    """What one pool tells another. source, target: ids of pools or of nodes. message: the name of what is sent."""

    id: str
    name: str
    source: str
    target: str
    message: str = ""
    documentation: str = ""


class Collaboration(msgspec.Struct, frozen=True):
    """All parties and what they say to each other. ``id`` is empty where the model has lanes but no collaboration."""

    id: str
    name: str
    pools: tuple[Pool, ...]
    flows: tuple[MessageFlow, ...] = ()
    documentation: str = ""

    def pool(self, element: str) -> Pool | None:
        """The pool of that id, or that holds the node."""
        return next((pool for pool in self.pools if element in (pool.id, *pool.nodes)), None)

    def told(self, node: str) -> tuple[tuple[MessageFlow, Pool, bool], ...]:
        """What a node says and hears: each flow, the pool at its other end, and whether the node sends it."""
        found = []
        for flow in self.flows:
            for mine, other, sends in ((flow.source, flow.target, True), (flow.target, flow.source, False)):
                pool = self.pool(other) if mine == node else None
                if pool is not None:
                    found.append((flow, pool, sends))
        return tuple(found)


def collaboration(document: Document) -> Collaboration | None:
    """The collaboration of a model; of one without, the lanes of its processes; None where there are neither."""
    by_id = document.by_id()
    element = document.root.find("collaboration")
    if element is None:
        pools = tuple(_pool(Element(""), one) for one in document.processes if one.find("laneSet") is not None)
        return Collaboration("", "", pools) if pools else None
    pools = tuple(
        _pool(one, by_id.get(_reference(one.get("processRef")))) for one in element.model_elements("participant")
    )
    flows = tuple(_message_flow(one, by_id) for one in element.model_elements("messageFlow"))
    return Collaboration(element.id, element.name, pools, flows, _text(element))


def roles(process: Element) -> dict[str, str]:
    """Who does each node of a process: whom it names itself, else its lane, else who does what is around it."""
    lanes = {node: lane.name or lane.id for lane in _lanes(process) for node in lane.nodes}
    found: dict[str, str] = {}

    def walk(holder: Element, outer: str) -> None:
        for one in holder.model_elements():
            if is_node(one.local):
                found[one.id] = _performer(one) or lanes.get(one.id, outer)
                walk(one, found[one.id])

    walk(process, "")
    return found


def misdrawn(document: Document) -> Iterator[tuple[Element, str]]:
    """Each element of a collaboration that names something which is not there, with the reason."""
    by_id = document.by_id()
    for process in document.processes:
        yield from _misplaced(process)
    element = document.root.find("collaboration")
    if element is None:
        return
    for one in element.model_elements("participant"):
        named = _reference(one.get("processRef"))
        if named and (named not in by_id or by_id[named].local != "process"):
            yield one, f"process {named} is not in the file"
    found = collaboration(document)
    assert found is not None
    for one in element.model_elements("messageFlow"):
        yield from _misdirected(one, found, by_id)


def is_node(local: str) -> bool:
    """Whether an element of that name stands in a process as a node."""
    return local.endswith(("Task", "Event", "Gateway", "ubProcess")) or local in {"task", "callActivity", "transaction"}


def _misplaced(process: Element) -> Iterator[tuple[Element, str]]:
    nodes = {one.id for one in process.walk() if is_node(one.local)}
    seen: set[str] = set()
    for lane in _lane_elements(process):
        for reference in lane.model_elements("flowNodeRef"):
            named = _reference(reference.content)
            if named not in nodes:
                yield lane, f"{named} is not a node of process {process.id}"
            elif lane.find("childLaneSet") is None and named in seen:
                yield lane, f"{named} stands in two lanes"
            if lane.find("childLaneSet") is None:
                seen.add(named)
    lanes = {node: lane.id for lane in _lanes(process) for node in lane.nodes}
    for event in (one for one in process.walk() if one.local == "boundaryEvent"):
        host = _reference(event.get("attachedToRef"))
        if event.id in lanes and lanes[event.id] != lanes.get(host):
            yield event, f"it stands in another lane than {host}, to which it is attached"


def _misdirected(flow: Element, found: Collaboration, by_id: dict[str, Element]) -> Iterator[tuple[Element, str]]:
    pools = []
    for side, wrong in (("sourceRef", _SILENT), ("targetRef", _DEAF)):
        named = _reference(flow.get(side))
        pool = found.pool(named)
        pools.append(pool)
        if pool is None:
            yield flow, f"its {side} {named!r} is neither a pool nor a node of one"
        elif named != pool.id and (by_id[named].local in wrong or by_id[named].local.endswith("Gateway")):
            yield flow, f"{named} {'sends' if side == 'sourceRef' else 'takes'} no message"
    if pools[0] is not None and pools[0] == pools[1]:
        yield flow, "it stays within one pool; use a sequence flow"


def _pool(participant: Element, process: Element | None) -> Pool:
    if process is None:
        return Pool(participant.id, participant.name, documentation=_text(participant))
    nodes = tuple(one.id for one in process.walk() if is_node(one.local))
    name = participant.name or process.name
    return Pool(participant.id, name, process.id, tuple(_lanes(process)), nodes, _text(participant))


def _lanes(process: Element) -> Iterator[Lane]:
    for lane_set in process.model_elements("laneSet"):
        yield from _inner_lanes(lane_set, ())


def _inner_lanes(holder: Element, within: tuple[str, ...]) -> Iterator[Lane]:
    for lane in holder.model_elements("lane"):
        child = lane.find("childLaneSet")
        if child is not None:
            yield from _inner_lanes(child, (*within, lane.name or lane.id))
        else:
            nodes = tuple(_reference(one.content) for one in lane.model_elements("flowNodeRef"))
            yield Lane(lane.id, lane.name, nodes, within, _text(lane))


def _lane_elements(process: Element) -> Iterator[Element]:
    for lane_set in process.model_elements("laneSet"):
        yield from (one for one in lane_set.walk() if one.local == "lane")


def _message_flow(element: Element, by_id: dict[str, Element]) -> MessageFlow:
    message = by_id.get(_reference(element.get("messageRef")))
    source, target = _reference(element.get("sourceRef")), _reference(element.get("targetRef"))
    return MessageFlow(element.id, element.name, source, target, message.name if message else "", _text(element))


def _performer(element: Element) -> str:
    return next((one.name for one in element.model_elements(*_PERFORMERS) if one.name), "")


def _text(element: Element) -> str:
    return "\n".join(element.documentation)


def _reference(text: str) -> str:
    return text.strip().rpartition(":")[2]
