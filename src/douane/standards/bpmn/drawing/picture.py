"""A process as a self-contained SVG: no scripts, no outside references, for light and dark, and not by colour alone.

The path taken is thicker and numbered, the live token carries a sign. A page may set ``--bpmn-paper``, ``--bpmn-taken``
and ``--bpmn-now``; ink is the colour of the surrounding text. In a page that forbids inline styles, ``STYLE`` stands in
its style sheet and the drawing is made without (``styled``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from douane.standards.bpmn.collaboration import collaboration
from douane.standards.bpmn.document import Document, Element
from douane.standards.bpmn.drawing import glyphs
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Point, Shape, diagrams, tenths
from douane.standards.bpmn.drawing.diagram import whole as n
from douane.standards.bpmn.drawing.layout import layout
from douane.standards.bpmn.drawing.lettering import LINE, outside, width, wrap
from douane.standards.bpmn.drawing.shapes import (
    NORMAL,
    SMALL,
    artefact,
    caption,
    centred,
    event_shape,
    headline,
    rect,
    rows_of,
    safe,
)
from douane.standards.bpmn.drawing.strokes import arrow, midway, rounded
from douane.standards.bpmn.drawing.swimlanes import HEAD

_MARGIN: Final = 16.0
_SHRINK: Final = 0.66  # a picture gets no smaller than this share of its natural size; then the page scrolls
_EVENTS: Final = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
_WORDS: Final = {
    "serviceTask": "service task", "userTask": "user task", "sendTask": "send task", "receiveTask": "receive task",
    "businessRuleTask": "business rule task", "scriptTask": "script task", "manualTask": "manual task", "task": "task",
    "subProcess": "sub-process", "callActivity": "call activity", "startEvent": "start", "endEvent": "end",
    "intermediateCatchEvent": "event", "intermediateThrowEvent": "event", "boundaryEvent": "boundary event",
    "exclusiveGateway": "decision", "parallelGateway": "parallel gateway", "eventBasedGateway": "wait for one of",
    "inclusiveGateway": "inclusive gateway", "complexGateway": "complex gateway", "participant": "pool", "lane": "lane",
}  # fmt: skip
_FRAMES: Final = frozenset({"participant", "lane", "group"})
STYLE: Final = """
.bpmn{font-family:system-ui,sans-serif}
.bpmn{--p:var(--bpmn-paper,#fff);--t:var(--bpmn-taken,#0b6b4b);--w:var(--bpmn-now,#b4530a)}
@media(prefers-color-scheme:dark){
.bpmn{--p:var(--bpmn-paper,#171a20);--t:var(--bpmn-taken,#5fd3a6);--w:var(--bpmn-now,#ffb454)}}
.bpmn .bpmn-line{fill:none;stroke:currentColor;stroke-width:1.3;stroke-opacity:.75}
.bpmn .bpmn-head{fill:currentColor;stroke:none;fill-opacity:.8}
.bpmn .bpmn-shape{fill:var(--p);stroke:currentColor;stroke-width:1.3}
.bpmn .bpmn-frame{fill:none;stroke:currentColor;stroke-width:1.1;stroke-opacity:.7}
.bpmn .bpmn-end{stroke-width:3.2}
.bpmn .bpmn-sign{fill:none;stroke:currentColor;stroke-width:1.1;stroke-linejoin:round}
.bpmn .bpmn-solid{fill:currentColor;stroke:none}
.bpmn .bpmn-bold{fill:none;stroke:currentColor;stroke-width:2.6}
.bpmn text{fill:currentColor;stroke:none}
.bpmn .bpmn-note{paint-order:stroke;stroke:var(--p);stroke-width:3px;stroke-linejoin:round}
.bpmn .bpmn-faint{opacity:.62}
.bpmn .bpmn-taken{color:var(--t)}
.bpmn .bpmn-taken .bpmn-line{stroke-width:3;stroke-opacity:1}
.bpmn .bpmn-taken .bpmn-head{fill-opacity:1}
.bpmn .bpmn-taken>.bpmn-shape{stroke-width:2.6}
.bpmn .bpmn-taken>.bpmn-end{stroke-width:4.4}
.bpmn .bpmn-now{color:var(--w)}
.bpmn .bpmn-now>.bpmn-shape{stroke-width:3.4}
.bpmn .bpmn-badge{fill:var(--t);stroke:var(--p);stroke-width:1.5}
.bpmn .bpmn-token{fill:var(--w);stroke:var(--p);stroke-width:1.5}
.bpmn .bpmn-on{fill:var(--p)!important;font-weight:600}
"""


def svg(
    document: Document,
    process_id: str | None = None,
    *,
    taken: Collection[str] = (),
    current: Collection[str] = (),
    title: str = "",
    styled: bool = True,
    described: bool = True,
) -> str:
    """The drawing of a process, from the model's own coordinates or, where it has none, from ``layout``.

    taken: ids of nodes and flows in the order of the way (``Definition.path``). current: ids of nodes where a token is.
    styled: with its own style; else with classes alone, for a page whose style sheet holds ``STYLE``. described: with
    all lanes and messages in words, not the way alone; a page may say them elsewhere.
    """
    diagram = _chosen(document, process_id)
    return _Picture(document, diagram, list(taken), frozenset(current), title).text(styled=styled, described=described)


def _chosen(document: Document, process_id: str | None) -> Diagram:
    drawn = diagrams(document)
    if process_id is not None:
        process = next((one for one in document.processes if one.id == process_id), None)
        inside = {one.id for one in process.walk()} if process is not None else set()
        drawn = tuple(one for one in drawn if one.plane == process_id or any(s.element in inside for s in one.shapes))
    return drawn[0] if drawn and drawn[0].shapes else layout(document, process_id)


class _Picture:
    """One drawing in the making."""

    def __init__(
        self, document: Document, diagram: Diagram, taken: list[str], current: frozenset[str], title: str
    ) -> None:
        self.elements = document.by_id()
        self.parties = collaboration(document)
        self.diagram, self.current = diagram, current
        self.bounds = {shape.element: shape.bounds for shape in diagram.shapes}
        self.visits: dict[str, list[int]] = {}
        for id in taken:
            if id in self.bounds and id in self.elements:
                self.visits.setdefault(id, []).append(sum(len(one) for one in self.visits.values()) + 1)
        self.flows = self._flows(taken)
        self.any = bool(self.visits or current)
        process = self.elements.get(diagram.plane)
        self.title = title or diagram.name or (process.name if process is not None else "") or diagram.plane

    def _flows(self, taken: list[str]) -> frozenset[str]:
        """The flows of the path; where only nodes are named, those between nodes of the path."""
        edges = {edge.element for edge in self.diagram.edges}
        named = edges.intersection(taken)
        if named or not self.visits:
            return frozenset(named)
        steps = set(pairwise(taken))
        return frozenset(id for id in edges if id in self.elements and self._ends(self.elements[id]) in steps)

    def _ends(self, flow: Element) -> tuple[str, str]:
        return flow.get("sourceRef").rpartition(":")[2], flow.get("targetRef").rpartition(":")[2]

    def text(self, *, styled: bool, described: bool) -> str:
        """The whole SVG."""
        x, y, wide, high = self._frame()
        order = sorted(self.diagram.shapes, key=self._depth)
        size = f'viewBox="{n(x)} {n(y)} {n(wide)} {n(high)}" width="{n(wide)}" height="{n(high)}"'
        bounds = f"width:100%;height:auto;min-width:{n(wide * _SHRINK)}px;max-width:{n(wide)}px"
        inline, sheet = (f' style="{bounds}"', f"<style>{STYLE}</style>") if styled else ("", "")
        words = f"<desc>{safe(self._description(described=described))}</desc>"
        edges = sorted(self.diagram.edges, key=lambda edge: edge.element in self.flows)
        messages = [edge for edge in edges if self._flow_kind(edge) == "messageFlow"]
        frames = [shape for shape in order if self._kind(shape) in _FRAMES]
        opened = [shape for shape in order if self._open(shape)]
        rest = [shape for shape in order if shape not in frames and shape not in opened]
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="bpmn" role="img" {size}{inline}>',
            f"<title>{safe(self.title)}</title>{words}{sheet}",
            *(self._frame_of(shape) for shape in frames),
            *(self._edge(edge) for edge in edges if not self._inside(edge) and edge not in messages),
            *(self._shape(shape) for shape in opened),
            *(self._edge(edge) for edge in edges if self._inside(edge) and edge not in messages),
            *(self._shape(shape) for shape in rest),
            *(self._edge(edge) for edge in messages),
            *(self._edge_name(edge) for edge in edges),
            *(self._marks(shape) for shape in order),
            "</svg>",
        ]
        return "".join(parts)

    # --- facts ------------------------------------------------------------------------------------------------------

    def _kind(self, shape: Shape) -> str:
        element = self.elements.get(shape.element)
        return element.local if element is not None else ""

    def _open(self, shape: Shape) -> bool:
        """Whether the shape is a sub-process drawn with its inside."""
        element = self.elements.get(shape.element)
        if element is None or element.local not in {"subProcess", "transaction", "adHocSubProcess", "callActivity"}:
            return False
        return shape.expanded is True or any(one.id in self.bounds for one in element.model_elements())

    def _inside(self, edge: Edge) -> bool:
        """Whether the edge runs inside an open sub-process, so that it must be drawn over its paper."""
        return any(
            self._open(shape) and edge.waypoints and all(_within(point, shape.bounds) for point in edge.waypoints)
            for shape in self.diagram.shapes
        )

    def _depth(self, shape: Shape) -> tuple[int, float]:
        rank = {"participant": 0, "lane": 1, "group": 1}.get(
            self._kind(shape), 3 if self._kind(shape) == "boundaryEvent" else 2
        )
        return rank, -shape.bounds.width * shape.bounds.height

    def _frame(self) -> tuple[float, float, float, float]:
        boxes = [shape.bounds for shape in self.diagram.shapes]
        boxes += [
            label
            for label in (*(one.label for one in self.diagram.shapes), *(one.label for one in self.diagram.edges))
            if label
        ]
        points = [point for edge in self.diagram.edges for point in edge.waypoints]
        left = min([box.x for box in boxes] + [point.x for point in points], default=0) - _MARGIN
        top = min([box.y for box in boxes] + [point.y for point in points], default=0) - _MARGIN
        right = max([box.right for box in boxes] + [point.x for point in points], default=0) + _MARGIN
        bottom = max([box.bottom for box in boxes] + [point.y for point in points], default=0) + _MARGIN
        return left, top, right - left, bottom - top

    def _words(self, id: str) -> str:
        element = self.elements.get(id)
        if element is None:
            return id
        kind = _WORDS.get(element.local, element.local)
        return f"{element.name} ({kind})" if element.name else f"{kind} {id}"

    def _description(self, *, described: bool) -> str:
        count = sum(1 for shape in self.diagram.shapes if self._kind(shape) in _WORDS)
        text = [f"BPMN diagram with {count} elements."]
        steps = sorted((place, id) for id, places in self.visits.items() for place in places)
        if steps:
            text.append("Path taken: " + ", ".join(f"{place} {self._words(id)}" for place, id in steps) + ".")
        if self.current:
            text.append("Waiting at: " + ", ".join(self._words(id) for id in sorted(self.current)) + ".")
        text += self._parties() if described else ()
        return " ".join(text)

    def _parties(self) -> Iterator[str]:
        """Pools and lanes with what stands in them, and what is said between pools: the drawing in words."""
        if self.parties is None:
            return
        for pool in self.parties.pools:
            if pool.id:
                yield f"Pool {pool.name or pool.id}."
            for lane in pool.lanes:
                yield f"Lane {lane.name or lane.id}: {', '.join(map(self._words, lane.nodes))}."
        for flow in self.parties.flows:
            ends = f"from {self._words(flow.source)} to {self._words(flow.target)}"
            yield f"Message {flow.name or flow.message or flow.id} {ends}."

    def _state(self, id: str, *, is_taken: bool) -> str:
        if id in self.current:
            return " bpmn-now"
        if is_taken:
            return " bpmn-taken"
        return " bpmn-faint" if self.any else ""

    # --- shapes -----------------------------------------------------------------------------------------------------

    def _shape(self, shape: Shape) -> str:
        element = self.elements.get(shape.element)
        kind = element.local if element is not None else ""
        state = self._state(shape.element, is_taken=shape.element in self.visits)
        if self._open(shape) and state == " bpmn-faint":
            state = ""
        body = "".join(self._body(shape, element, kind))
        tip = f"<title>{safe(self._words(shape.element))}</title>"
        return f'<g class="bpmn-node{state}">{tip}{body}</g>'

    def _body(self, shape: Shape, element: Element | None, kind: str) -> Iterator[str]:
        box, name = shape.bounds, element.name if element is not None else ""
        if kind in _EVENTS and element is not None:
            yield from event_shape(box, element)
            yield from caption(name, shape.label, box)
        elif kind.endswith("Gateway"):
            middle = box.middle
            yield (
                f'<path class="bpmn-shape" d="M{n(middle.x)} {n(box.y)}L{n(box.right)} {n(middle.y)}'
                f'L{n(middle.x)} {n(box.bottom)}L{n(box.x)} {n(middle.y)}z"/>'
            )
            if kind != "exclusiveGateway" or shape.marker is not False:
                yield glyphs.placed(glyphs.gateway(kind), middle.x, middle.y, min(1.0, box.width / 46))
            yield from caption(name, shape.label, box)
        elif kind in {
            "dataObject",
            "dataObjectReference",
            "dataStoreReference",
            "dataInput",
            "dataOutput",
            "textAnnotation",
        }:
            yield from artefact(shape, element, kind)
        else:
            yield from self._activity(shape, element, kind)

    def _activity(self, shape: Shape, element: Element | None, kind: str) -> Iterator[str]:
        box, name = shape.bounds, (element.name or element.id) if element is not None else ""
        heavy = " bpmn-end" if kind == "callActivity" else ""
        yield rect(box, f"bpmn-shape{heavy}", 9)
        if kind == "transaction":
            yield rect(Bounds(box.x + 3, box.y + 3, box.width - 6, box.height - 6), "bpmn-frame", 7)
        if self._open(shape):
            yield headline(name, Bounds(box.x + 10, box.y + 7, box.width - 20, 18), NORMAL, "start", bold=True)
            return
        sign = glyphs.task(kind)
        yield glyphs.placed(sign, box.x + 14, box.y + 13)
        if element is not None and kind in {"subProcess", "adHocSubProcess", "callActivity"}:
            yield glyphs.placed(
                '<path class="bpmn-sign" d="M-6-6h12v12h-12zM0-4v8M-4 0h8"/>', box.middle.x, box.bottom - 9
            )
        if element is not None and element.find("multiInstanceLoopCharacteristics") is not None:
            yield glyphs.placed('<path class="bpmn-sign" d="M-4-5v10M0-5v10M4-5v10"/>', box.middle.x, box.bottom - 9)
        inside = Bounds(box.x + 6, box.y + (12 if sign else 0), box.width - 12, box.height - (12 if sign else 0))
        yield centred(name, inside)

    def _frame_of(self, shape: Shape) -> str:
        element = self.elements.get(shape.element)
        box, name = shape.bounds, element.name if element is not None else ""
        if self._kind(shape) == "group":
            frame = rect(box, "bpmn-frame", 10, ' stroke-dasharray="9 4 2 4"')
            return f'<g class="bpmn-node">{frame}</g>'
        band = 26.0
        parts = [rect(box, "bpmn-frame", 2)]
        if shape.horizontal is False:
            parts.append(f'<path class="bpmn-frame" d="M{n(box.x)} {n(box.y + HEAD)}h{n(box.width)}"/>')
            parts.append(centred(name, Bounds(box.x + 4, box.y, box.width - 8, HEAD)))
        else:
            if self._kind(shape) == "participant":
                parts.append(f'<path class="bpmn-frame" d="M{n(box.x + band)} {n(box.y)}v{n(box.height)}"/>')
            rows = wrap(name, box.height - 8, NORMAL, lines=2)
            for place, row in enumerate(rows):
                x = box.x + band / 2 + 4 + (place - (len(rows) - 1) / 2) * NORMAL * LINE
                parts.append(
                    f'<text font-size="{tenths(NORMAL)}" text-anchor="middle" '
                    f'transform="translate({n(x)} {n(box.middle.y)}) rotate(-90)">{safe(row)}</text>'
                )
        return f'<g class="bpmn-node"><title>{safe(self._words(shape.element))}</title>{"".join(parts)}</g>'

    def _marks(self, shape: Shape) -> str:
        """The number of the visit at the upper left, the token at the upper right."""
        box, parts = shape.bounds, []
        visits = self.visits.get(shape.element, [])
        if visits:
            text = ", ".join(map(str, visits[:3])) + ("…" if len(visits) > 3 else "")
            wide = max(17.0, width(text, 10.5) + 9)
            inset = 0.15 * box.width if box.width < 60 else 4.0
            x, y = box.x + inset, box.y + (inset if box.width < 60 else 0)
            parts.append(
                f'<rect class="bpmn-badge" x="{n(x - wide / 2 - 1)}" y="{n(y - 9)}" width="{n(wide)}" height="17" '
                f'rx="8.5"/><text class="bpmn-on" font-size="10.5" text-anchor="middle" x="{n(x - 1)}" '
                f'y="{n(y + 3.4)}">{text}</text>'
            )
        if shape.element in self.current:
            x, y = (box.right - 3, box.y + 1) if box.width >= 60 else (box.right, box.y + 4)
            parts.append(
                f'<g><title>waiting here</title><circle class="bpmn-token" cx="{n(x)}" cy="{n(y)}" r="10"/>'
                f'<path class="bpmn-on" d="M{n(x - 3)} {n(y - 5)}v10l8-5z"/></g>'
            )
        return "".join(parts)

    # --- edges ------------------------------------------------------------------------------------------------------

    def _edge(self, edge: Edge) -> str:
        element = self.elements.get(edge.element)
        points = edge.waypoints
        if len(points) < 2:
            return ""
        kind = self._flow_kind(edge)
        state = self._state(edge.element, is_taken=edge.element in self.flows)
        head = arrow(points[-2], points[-1])
        if kind == "sequenceFlow":
            line = f'<path class="bpmn-line" d="{rounded(points, 6, short=7)}"/><path class="bpmn-head" d="{head}"/>'
            line += self._root(element, points)
        elif kind == "messageFlow":
            line = (
                f'<path class="bpmn-line" stroke-dasharray="7 4" d="{rounded(points, 6, short=7)}"/>'
                f'<path class="bpmn-shape" d="{head}"/>'
                f'<circle class="bpmn-shape" r="4" cx="{n(points[0].x)}" cy="{n(points[0].y)}"/>'
            )
        else:
            line = f'<path class="bpmn-line" stroke-dasharray="2 4" d="{rounded(points, 0)}"/>'
        return f'<g class="bpmn-edge{state}">{line}</g>'

    def _flow_kind(self, edge: Edge) -> str:
        element = self.elements.get(edge.element)
        return element.local if element is not None else "association"

    def _root(self, flow: Element | None, points: Sequence[Point]) -> str:
        """The slash of a default flow, the diamond of a conditional one."""
        if flow is None:
            return ""
        source = self.elements.get(self._ends(flow)[0])
        dx, dy = points[1].x - points[0].x, points[1].y - points[0].y
        length = max((dx * dx + dy * dy) ** 0.5, 0.01)
        ux, uy = dx / length, dy / length
        if source is not None and source.get("default").rpartition(":")[2] == flow.id:
            x, y = points[0].x + 9 * ux, points[0].y + 9 * uy
            begin = f"{n(x - 4 * ux + 5 * uy)} {n(y - 4 * uy - 5 * ux)}"
            end = f"{n(x + 4 * ux - 5 * uy)} {n(y + 4 * uy + 5 * ux)}"
            return f'<path class="bpmn-line" d="M{begin}L{end}"/>'
        if flow.find("conditionExpression") is not None and source is not None and not source.local.endswith("Gateway"):
            at = points[0]
            side = f"{n(at.x + 7 * ux - 4 * uy)} {n(at.y + 7 * uy + 4 * ux)}"
            far = f"{n(at.x + 14 * ux)} {n(at.y + 14 * uy)}"
            other = f"{n(at.x + 7 * ux + 4 * uy)} {n(at.y + 7 * uy - 4 * ux)}"
            return f'<path class="bpmn-shape" d="M{n(at.x)} {n(at.y)}L{side}L{far}L{other}z"/>'
        return ""

    def _edge_name(self, edge: Edge) -> str:
        element = self.elements.get(edge.element)
        if element is None or not element.name or len(edge.waypoints) < 2:
            return ""
        state = self._state(edge.element, is_taken=edge.element in self.flows)
        if edge.label is not None:
            box = edge.label
            rows = wrap(element.name, outside(element.name, max(box.width, 60.0), SMALL), SMALL)
            text = rows_of(rows, box.middle.x, box.y + SMALL, SMALL, "middle")
        else:
            at = midway(edge.waypoints)
            rows = wrap(element.name, 96.0, SMALL)
            text = rows_of(rows, at.x + 4, at.y - 5 - (len(rows) - 1) * SMALL * LINE, SMALL, "start")
        return f'<g class="{state.strip()}">{text}</g>'


def _within(point: Point, box: Bounds) -> bool:
    return box.x - 1 <= point.x <= box.right + 1 and box.y - 1 <= point.y <= box.bottom + 1
