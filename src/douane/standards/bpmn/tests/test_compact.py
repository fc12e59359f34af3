"""Drawings without empty bands: lower, nothing overlaps, nothing changes its order."""

from __future__ import annotations

from itertools import combinations

from douane.standards.bpmn.drawing.compact import ROOM, compacted
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Point, Shape

UPPER = Shape("a_shape", "a", Bounds(0, 0, 100, 80))
LOWER = Shape("b_shape", "b", Bounds(0, 900, 100, 80), label=Bounds(0, 985, 60, 14))
FLOW = Edge("f_edge", "f", (Point(50, 80), Point(50, 500), Point(50, 900)), label=Bounds(55, 480, 40, 12))


def overlap(one: Bounds, other: Bounds) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def test_an_empty_band_becomes_low() -> None:
    made = compacted(Diagram("d", "", "p", (UPPER, LOWER), (FLOW,)))
    label, point = made.edges[0].label, made.edges[0].waypoints[1]
    assert label is not None
    assert made.shapes[0] == UPPER
    assert label.y == 80 + ROOM
    assert (label.height, label.y) == (12, point.y - 20)
    assert made.shapes[1].bounds == Bounds(0, point.y + ROOM, 100, 80)
    assert compacted(made) == made


def test_an_open_sub_process_shrinks_with_what_it_holds() -> None:
    frame = Shape("s_shape", "s", Bounds(-20, -40, 200, 1100), expanded=True)
    made = compacted(Diagram("d", "", "p", (frame, UPPER, LOWER), ()))
    outer, inner = made.shapes[0].bounds, made.shapes[2].bounds
    assert outer.height < frame.bounds.height
    assert outer.y < inner.y
    assert inner.bottom <= outer.bottom
    assert not any(overlap(a.bounds, b.bounds) for a, b in combinations(made.shapes[1:], 2))


def test_a_full_drawing_stays_as_it_is() -> None:
    full = Diagram("d", "", "p", (UPPER, Shape("c_shape", "c", Bounds(0, 100, 100, 80))), ())
    assert compacted(full) is full
    assert compacted(Diagram("d", "", "p", (), ())).shapes == ()
