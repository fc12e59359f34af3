"""Folding a long drawing into bands, like lines of text, so that it stays legible at the width of a page.

A cut runs upright between two columns where few flows cross it. What crosses goes on at the right end of its band,
runs back between the bands and enters the next one from the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from douane.standards.bpmn.drawing.diagram import Bounds, Edge, Point, Shape

LANE: Final = 13.0
APART: Final = 30.0
_BAND: Final = 160.0  # what one more band costs, in the unit of width left empty
_WASTE: Final = 0.3


class Sheet(msgspec.Struct, frozen=True):
    """Shapes and edges of a drawing."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


def fold(sheet: Sheet, limit: float) -> Sheet:
    """The drawing in bands no wider than the limit, where cuts can be found."""
    broadest = max((shape.bounds.width for shape in sheet.shapes), default=0.0)
    cuts = _cuts(sheet, max(limit, broadest + 60.0))
    return _Folding(sheet, cuts).sheet() if cuts else sheet


def moved(sheet: Sheet, dx: float, dy: float) -> Sheet:
    """The drawing somewhere else."""
    return Sheet(
        tuple(_placed(shape, dx, dy) for shape in sheet.shapes),
        tuple(
            Edge(one.id, one.element, tuple(Point(p.x + dx, p.y + dy) for p in one.waypoints), _box(one.label, dx, dy))
            for one in sheet.edges
        ),
    )


def extent(sheet: Sheet) -> Bounds:
    """The rectangle around everything, labels included."""
    boxes = [shape.bounds for shape in sheet.shapes] + _labels(sheet)
    points = [point for edge in sheet.edges for point in edge.waypoints]
    xs = [box.x for box in boxes] + [box.right for box in boxes] + [point.x for point in points]
    ys = [box.y for box in boxes] + [box.bottom for box in boxes] + [point.y for point in points]
    if not xs:
        return Bounds(0, 0, 0, 0)
    return Bounds(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _labels(sheet: Sheet) -> list[Bounds]:
    shapes = [shape.label for shape in sheet.shapes if shape.label is not None]
    return shapes + [edge.label for edge in sheet.edges if edge.label is not None]


def _placed(shape: Shape, dx: float, dy: float) -> Shape:
    box = Bounds(shape.bounds.x + dx, shape.bounds.y + dy, shape.bounds.width, shape.bounds.height)
    return msgspec.structs.replace(shape, bounds=box, label=_box(shape.label, dx, dy))


def _box(bounds: Bounds | None, dx: float, dy: float) -> Bounds | None:
    return None if bounds is None else Bounds(bounds.x + dx, bounds.y + dy, bounds.width, bounds.height)


def _cuts(sheet: Sheet, limit: float) -> list[float]:
    """The cheapest set of cuts with no band wider than the limit, or as near to that as the columns allow."""
    whole = extent(sheet)
    if whole.width <= limit:
        return []
    costs = {x: cost for x in _candidates(sheet) if (cost := _cost(sheet, x)) is not None and x > whole.x}
    stops = [whole.x, *sorted(costs), whole.right]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for here in range(1, len(stops)):
        ways = []
        for before in range(here):
            wide = stops[here] - stops[before]
            waste = (wide - limit) * 20.0 if wide > limit else (limit - wide) * _WASTE
            ways.append((best[before][0] + waste + costs.get(stops[here], 0.0) + _BAND, before))
        best.append(min(ways))
    cuts: list[float] = []
    at = best[-1][1]
    while at > 0:
        cuts.append(stops[at])
        at = best[at][1]
    return cuts[::-1]


def _candidates(sheet: Sheet) -> list[float]:
    """Just before each shape, where the last piece into it is level."""
    return sorted({shape.bounds.x - 9.0 for shape in sheet.shapes} | {shape.bounds.x - 14.0 for shape in sheet.shapes})


def _cost(sheet: Sheet, x: float) -> float | None:
    boxes = [shape.bounds for shape in sheet.shapes] + _labels(sheet)
    if any(box.x - 2 < x < box.right + 2 for box in boxes):
        return None
    cost = 0.0
    for edge in sheet.edges:
        for a, b in zip(edge.waypoints, edge.waypoints[1:], strict=False):
            if abs(a.x - b.x) < 0.01 and abs(a.x - x) < 3.0:
                return None
            if min(a.x, b.x) < x < max(a.x, b.x):
                cost += 110.0 if b.x > a.x else 260.0
    return cost


class _Folding:
    def __init__(self, sheet: Sheet, cuts: Sequence[float]) -> None:
        self.old, self.cuts = sheet, cuts
        self.crossing = [self._crossing(cut) for cut in cuts]
        self.indent = [0.0] + [LANE * len(crossing) + 10.0 for crossing in self.crossing]
        self.starts = [extent(sheet).x, *cuts]
        self.dy = self._heights()
        self.right = max(self._at(place, self._limits(place)[1]) for place in range(len(self.starts)))

    def _band(self, x: float) -> int:
        return sum(1 for cut in self.cuts if x > cut)

    def _crossing(self, cut: float) -> list[float]:
        """The heights at which flows cross, from top to bottom."""
        heights = {
            a.y
            for edge in self.old.edges
            for a, b in zip(edge.waypoints, edge.waypoints[1:], strict=False)
            if min(a.x, b.x) < cut < max(a.x, b.x)
        }
        return sorted(heights)

    def _limits(self, band: int) -> tuple[float, float]:
        return self.starts[band], self.cuts[band] if band < len(self.cuts) else extent(self.old).right

    def _part(self, band: int) -> Bounds:
        shapes = tuple(shape for shape in self.old.shapes if self._band(shape.bounds.x) == band)
        edges = []
        for edge in self.old.edges:
            points = tuple(point for point in edge.waypoints if self._band(point.x) == band)
            label = edge.label if edge.label is not None and self._band(edge.label.x) == band else None
            edges.append(Edge(edge.id, edge.element, points, label))
        heights = [*(self.crossing[band - 1] if band else ()), *(self.crossing[band] if band < len(self.cuts) else ())]
        edges.append(Edge("", "", tuple(Point(self.starts[band], y) for y in heights)))
        return extent(Sheet(shapes, tuple(edges)))

    def _heights(self) -> list[float]:
        """How far each band moves down."""
        first = self._part(0)
        moves, bottom = [0.0], first.bottom
        for band in range(1, len(self.starts)):
            part = self._part(band)
            corridor = APART + LANE * (len(self.crossing[band - 1]) - 1) + 18.0
            moves.append(bottom + corridor - part.y)
            bottom = part.bottom + moves[-1]
        self.bottoms = [self._part(band).bottom + moves[band] for band in range(len(self.starts))]
        return moves

    def _at(self, band: int, x: float) -> float:
        return x - self.starts[band] + self.starts[0] + self.indent[band]

    def sheet(self) -> Sheet:
        """The folded drawing."""
        shapes = []
        for shape in self.old.shapes:
            band = self._band(shape.bounds.x)
            shapes.append(_placed(shape, self._at(band, 0.0), self.dy[band]))
        return Sheet(tuple(shapes), tuple(self._edge(edge) for edge in self.old.edges))

    def _edge(self, edge: Edge) -> Edge:
        points: list[Point] = []
        before: Point | None = None
        for point in edge.waypoints:
            band = self._band(point.x)
            if before is not None:
                was = self._band(before.x)
                for cut in range(was, band):
                    points += self._connector(cut, point.y)
                for cut in range(was - 1, band - 1, -1):
                    points += reversed(self._connector(cut, point.y))
            points.append(Point(self._at(band, point.x), point.y + self.dy[band]))
            before = point
        label = edge.label
        if label is not None:
            band = self._band(label.x)
            label = _box(label, self._at(band, 0.0), self.dy[band])
        return Edge(edge.id, edge.element, tuple(points), label)

    def _connector(self, cut: int, y: float) -> list[Point]:
        """From the right end of a band to the left end of the next. The upper line runs outside, so none cross."""
        rank = self.crossing[cut].index(y)
        count = len(self.crossing[cut])
        right = self.right + 12.0 + LANE * (count - 1 - rank)
        level = self.bottoms[cut] + APART / 2 + 4.0 + LANE * (count - 1 - rank)
        left = self.starts[0] + 2.0 + LANE * (count - 1 - rank)
        return [
            Point(right, y + self.dy[cut]),
            Point(right, level),
            Point(left, level),
            Point(left, y + self.dy[cut + 1]),
        ]
