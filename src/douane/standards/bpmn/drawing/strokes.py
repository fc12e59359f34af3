"""Paths of flows: rounded corners, arrow heads, the middle of a way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from douane.standards.bpmn.drawing.diagram import Point
from douane.standards.bpmn.drawing.diagram import whole as n


def rounded(points: Sequence[Point], radius: float, *, short: float = 0.0) -> str:
    """A path through the points with rounded corners; ``short`` leaves room for the arrow head."""
    points = [*points[:-1], _towards(points[-1], points[-2], short)]
    here, path = points[0], [f"M{n(points[0].x)} {n(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(
            radius,
            hypot(corner.x - before.x, corner.y - before.y) / 2,
            hypot(after.x - corner.x, after.y - corner.y) / 2,
        )
        begin, end = _towards(corner, before, room), _towards(corner, after, room)
        path.append(f"{_line(here, begin)}Q{n(corner.x)} {n(corner.y)} {n(end.x)} {n(end.y)}")
        here = end
    return "".join((*path, _line(here, points[-1])))


def _line(here: Point, to: Point) -> str:
    """A straight line on from a place, by the one coordinate that changes where it is level or upright."""
    if n(here.x) == n(to.x):
        return f"V{n(to.y)}"
    return f"H{n(to.x)}" if n(here.y) == n(to.y) else f"L{n(to.x)} {n(to.y)}"


def arrow(before: Point, tip: Point) -> str:
    """A filled head that ends at the tip."""
    base = _towards(tip, before, 10.0)
    dx, dy = (tip.x - base.x) / 10 * 4.2, (tip.y - base.y) / 10 * 4.2
    sides = (
        (base.x - dy - tip.x, base.y + dx - tip.y),
        (2 * dy, -2 * dx),
    )  # from the tip: alike for all of one direction
    return f"M{n(tip.x)} {n(tip.y)}" + "".join(f"l{n(x)} {n(y)}" for x, y in sides) + "z"


def midway(points: Sequence[Point]) -> Point:
    """The middle of the longest piece."""
    a, b = max(pairwise(points), key=lambda pair: hypot(pair[0].x - pair[1].x, pair[0].y - pair[1].y))
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = hypot(end.x - start.x, end.y - start.y)
    if length < 0.01:
        return start
    return Point(start.x + (end.x - start.x) * distance / length, start.y + (end.y - start.y) * distance / length)
