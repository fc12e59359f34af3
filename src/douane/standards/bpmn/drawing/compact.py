"""A drawing without bands in which nothing stands: what only lines pass is made low."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Point, Shape

ROOM: Final = 44.0
"""What an empty band keeps of its height."""


def compacted(diagram: Diagram, room: float = ROOM) -> Diagram:
    """The same drawing with every empty band higher than ``room`` made as low; widths and order stay."""
    bands = _empty(_occupied(diagram), room)
    if not bands:
        return diagram
    ends = [end for _, end in bands]
    saved = [0.0]
    for start, end in bands:
        saved.append(saved[-1] + (end - start) - room)

    def y(value: float) -> float:
        passed = bisect_right(ends, value)
        inside = 0.0
        if passed < len(bands) and value > bands[passed][0]:
            start, end = bands[passed]
            inside = (value - start) * (1 - room / (end - start))
        return value - saved[passed] - inside

    return replace(
        diagram,
        shapes=tuple(_shape(each, y) for each in diagram.shapes),
        edges=tuple(_edge(each, y) for each in diagram.edges),
    )


def _occupied(diagram: Diagram) -> list[tuple[float, float]]:
    """Spans of height in which something stands. Of an open sub-process only its upper and lower line and its name."""
    spans: list[tuple[float, float]] = []
    for shape in diagram.shapes:
        box = shape.bounds
        spans += [(box.y, box.y + 30), (box.bottom, box.bottom)] if shape.expanded else [(box.y, box.bottom)]
        spans += [(shape.label.y, shape.label.bottom)] if shape.label else []
    for edge in diagram.edges:
        spans += [(point.y, point.y) for point in edge.waypoints]
        spans += [(edge.label.y, edge.label.bottom)] if edge.label else []
    return sorted(spans)


def _empty(spans: list[tuple[float, float]], room: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    reached = spans[0][1] if spans else 0.0
    for start, end in spans:
        if start - reached > room:
            found.append((reached, start))
        reached = max(reached, end)
    return found


def _bounds(box: Bounds, y: Callable[[float], float]) -> Bounds:
    return replace(box, y=y(box.y), height=y(box.bottom) - y(box.y))


def _shape(shape: Shape, y: Callable[[float], float]) -> Shape:
    return replace(shape, bounds=_bounds(shape.bounds, y), label=_bounds(shape.label, y) if shape.label else None)


def _edge(edge: Edge, y: Callable[[float], float]) -> Edge:
    points = tuple(Point(point.x, y(point.y)) for point in edge.waypoints)
    return replace(edge, waypoints=points, label=_bounds(edge.label, y) if edge.label else None)
