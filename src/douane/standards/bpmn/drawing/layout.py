"""A drawing for a process that was written as text: columns from left to right, level and upright lines.

The main way, that is the first flow out of every node, lies on one line; other branches lie below it, sub-processes are
drawn open, boundary events sit on the lower border, flows back run around. Data and annotations get no place. Where
there are lanes, ``swimlanes`` draws.
"""

from __future__ import annotations

from typing import Final

import msgspec

from douane.standards.bpmn.collaboration import collaboration, is_node
from douane.standards.bpmn.document import Document, Element
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Shape, with_diagram
from douane.standards.bpmn.drawing.fold import Sheet, extent, fold, moved
from douane.standards.bpmn.drawing.layers import Item, Link, arrange
from douane.standards.bpmn.drawing.lettering import LINE, width, wrap
from douane.standards.bpmn.drawing.routes import SIZE, Router
from douane.standards.bpmn.drawing.rows import settle
from douane.standards.bpmn.drawing.swimlanes import swimlanes
from douane.vocabulary.errors import NotFound

PAGE: Final = 1320.0
_TASK: Final = (114.0, 72.0)
_EVENT: Final = 36.0
_GATEWAY: Final = 46.0
_PADDING: Final = 26.0
_TITLE: Final = 26.0
_NAME: Final = 108.0
_MARGIN: Final = 20.0


def laid_out(document: Document, process_id: str | None = None, *, page: float = PAGE) -> Document:
    """The model with a new drawing of one process in place of all it had. Raises NotFound for an unknown process."""
    return with_diagram(document, layout(document, process_id, page=page))


def layout(document: Document, process_id: str | None = None, *, page: float = PAGE) -> Diagram:
    """A drawing of the process, the first one unless named, folded where it would be wider than ``page``.

    A collaboration, and a process with lanes, is drawn whole, with lanes that run down the page. The same model always
    gets the same drawing.
    """
    process = next((one for one in document.processes if process_id in {None, one.id}), None)
    if process is None:
        raise NotFound(f"{document.source or 'The model'} has no process {process_id or ''}.")
    found = collaboration(document)
    if found is not None and any(pool.process == process.id for pool in found.pools):
        return swimlanes(found, document.by_id(), _is_open)
    sheet = _at_origin(fold(_scope(process, page), page), _MARGIN)
    return Diagram(f"{process.id}_diagram", process.name, process.id, sheet.shapes, sheet.edges)


def _at_origin(sheet: Sheet, margin: float) -> Sheet:
    whole = extent(sheet)
    return moved(sheet, margin - whole.x, margin - whole.y)


def _within(holder: Element, page: float) -> Sheet:
    return _at_origin(fold(_scope(holder, page), page), 0.0)


def _scope(holder: Element, page: float) -> Sheet:
    nodes = [one for one in holder.model_elements() if is_node(one.local)]
    less = page - 2 * _PADDING - _MARGIN
    inner = {one.id: _within(one, less) for one in nodes if _is_open(one)}
    border = [one for one in nodes if one.local == "boundaryEvent"]
    items = {one.id: _item(one, inner.get(one.id)) for one in nodes if one.local != "boundaryEvent"}
    hosts = {one.id: one.get("attachedToRef") for one in border if one.get("attachedToRef") in items}
    ports = _ports(hosts)
    for event in border:
        if event.id in hosts:
            host = items[hosts[event.id]]
            host.down = max(host.down, host.height / 2 + 20 + _lettering(event.name, _room(event.id, hosts, items)))
    links = _links(holder, items, hosts, ports)
    columns = arrange(list(items.values()), links)
    settle(columns, links)
    router = Router(columns, links, ports)
    router.draw()
    edges = _flows(router)
    shapes = _nodes(
        nodes, items, inner, {(edge.waypoints[end].x, edge.waypoints[end].y) for edge in edges for end in (0, -1)}
    )
    for node in nodes:
        if node.id in hosts:
            host = items[hosts[node.id]]
            x = host.left + ports[node.id] * host.width - _EVENT / 2
            box = Bounds(x, host.y + host.height / 2 - _EVENT / 2, _EVENT, _EVENT)
            shapes.append(_shape(node, box, is_open=False, room=_room(node.id, hosts, items)))
    for node in nodes:
        if node.id in inner:
            item = items[node.id]
            part = moved(inner[node.id], item.left + _PADDING, item.y - item.height / 2 + _PADDING + _TITLE)
            shapes.extend(part.shapes)
            edges.extend(part.edges)
    return Sheet(tuple(shapes), tuple(edges))


def _nodes(
    nodes: list[Element], items: dict[str, Item], inner: dict[str, Sheet], ends: set[tuple[float, float]]
) -> list[Shape]:
    shapes = []
    for node in nodes:
        if node.id in items:
            item = items[node.id]
            box = Bounds(item.left, item.y - item.height / 2, item.width, item.height)
            shape = _shape(node, box, is_open=node.id in inner)
            if shape.label is not None and item.gateway and (item.x, box.y) in ends:
                shape = msgspec.structs.replace(shape, label=_other_side(node.name, box, shape.label, ends))
            shapes.append(shape)
    return shapes


def _other_side(name: str, box: Bounds, label: Bounds, ends: set[tuple[float, float]]) -> Bounds:
    """Where the name of a gateway goes when a flow uses the upper corner: below, or left of the flow."""
    if (box.middle.x, box.bottom) not in ends:
        return Bounds(label.x, box.bottom + 2, label.width, label.height)
    wide = max(width(row, SIZE) for row in wrap(name, _NAME, SIZE))
    return Bounds(box.middle.x - 7 - wide, label.y, wide, label.height)


def _flows(router: Router) -> list[Edge]:
    return [
        Edge(f"{link.id}_edge", link.id, tuple(router.points[link]), router.labels.get(link)) for link in router.links
    ]


def _is_open(element: Element) -> bool:
    return element.local in {"subProcess", "transaction", "adHocSubProcess"} and any(
        is_node(one.local) for one in element.model_elements()
    )


def _lettering(name: str, room: float) -> float:
    return len(wrap(name, room, SIZE)) * SIZE * LINE


def _item(element: Element, inner: Sheet | None) -> Item:
    if inner is not None:
        size = extent(inner)
        wide, high = size.width + 2 * _PADDING, size.height + 2 * _PADDING + _TITLE
        return Item(element.id, wide, high, high / 2, high / 2)
    if element.local.endswith("Gateway"):
        return Item(
            element.id,
            _GATEWAY,
            _GATEWAY,
            _GATEWAY / 2 + _lettering(element.name, _NAME) + 2,
            _GATEWAY / 2,
            gateway=True,
        )
    if element.local.endswith("Event"):
        return Item(element.id, _EVENT, _EVENT, _EVENT / 2, _EVENT / 2 + _lettering(element.name, _NAME) + 4)
    wide, high = _TASK
    return Item(element.id, wide, high, high / 2, high / 2)


def _ports(hosts: dict[str, str]) -> dict[str, float]:
    """Where on the lower border each event sits, as a share of the width; the first one is furthest right."""
    ports: dict[str, float] = {}
    for host in dict.fromkeys(hosts.values()):
        events = [event for event, holder in hosts.items() if holder == host]
        for place, event in enumerate(events):
            ports[event] = 0.72 if len(events) == 1 else 0.82 - 0.64 * place / (len(events) - 1)
    return ports


def _room(event: str, hosts: dict[str, str], items: dict[str, Item]) -> float:
    """How wide the name of a boundary event may be: it stands left of the way down, right of the next one."""
    count = sum(1 for host in hosts.values() if host == hosts[event])
    return 84.0 if count == 1 else min(84.0, 0.64 * items[hosts[event]].width / (count - 1) - 10.0)


def _links(holder: Element, items: dict[str, Item], hosts: dict[str, str], ports: dict[str, float]) -> list[Link]:
    found: list[Link] = []
    for flow in holder.model_elements("sequenceFlow"):
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        host = hosts.get(source, source)
        if host in items and target in items:
            border = source if source in hosts else ""
            found.append(Link(flow.id, items[host], items[target], flow.name, border))
    # what leaves a border event furthest right turns off first, so the ways do not cross
    return sorted(found, key=lambda link: -ports.get(link.border, 1.0) if link.border else -2.0)


def _shape(node: Element, bounds: Bounds, *, is_open: bool, room: float = _NAME) -> Shape:
    label = None
    rows = wrap(node.name, room, SIZE)
    high = len(rows) * SIZE * LINE
    if rows and node.local.endswith("Gateway"):
        label = Bounds(bounds.middle.x - room / 2, bounds.y - high - 2, room, high)
    elif rows and node.local == "boundaryEvent":
        label = Bounds(bounds.middle.x - room - 4, bounds.bottom + 1, room, high)
    elif rows and node.local.endswith("Event"):
        label = Bounds(bounds.middle.x - room / 2, bounds.bottom + 3, room, high)
    marker = True if node.local == "exclusiveGateway" else None
    return Shape(f"{node.id}_shape", node.id, bounds, label, True if is_open else None, None, marker)
