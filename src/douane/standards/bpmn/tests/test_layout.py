"""Drawings that nobody drew: what must hold for every one of them, and that they fold to the width of a page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from douane.standards.bpmn import document
from douane.standards.bpmn.drawing import diagram
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Point, Shape
from douane.standards.bpmn.drawing.layout import PAGE, laid_out, layout
from douane.standards.bpmn.tests.notation import Model
from douane.standards.bpmn.tests.random_processes import RandomProcess
from douane.vocabulary.errors import NotFound

MOVEMENT = """
start s; service accept; exclusive early default=early_mrn; events wait; catch shown message CC170C
catch gone timer P30D; end lapsed; service mrn; sub guarantee; start g1; service check; exclusive ok default=ok_no
service reserve; end g2; end no error REFUSED; g1 -> check -> ok; ok -> reserve : valid
reserve -> g2; ok -> no; }; boundary refused on guarantee error REFUSED; boundary late on guarantee timer PT30M
rule risk
exclusive risky default=risky_free; user control; exclusive good default=good_refuse; exclusive free; service release
parallel fork; send tell1; send tell2; parallel join; receive arrival message CD006C
boundary due on arrival timer limit
service enquire; service discharge; end done; service refuse; end stopped
s -> accept -> early; early -> mrn; early -> wait : prelodged; wait -> shown -> mrn; wait -> gone -> lapsed
mrn -> guarantee -> risk -> risky; refused -> refuse; late -> refuse; risky -> free; risky -> control : needed
control -> good; good -> free : fine; good -> refuse; refuse -> stopped; free -> release -> fork; fork -> tell1 -> join
fork -> tell2 -> join; join -> arrival -> discharge -> done; due -> enquire -> arrival
"""
LOOP = """start s; exclusive m; service a; exclusive g default=g_e; end e; s -> m -> a -> g; g -> m : again
g -> a : more; g -> e"""
PLAIN = "start s; service a; end e; s -> a -> e"
LONG = (
    "start s; end e; "
    + "; ".join(f"service t{i}" for i in range(30))
    + "; s -> t0; t29 -> e; "
    + "; ".join(f"t{i} -> t{i + 1}" for i in range(29))
)


def shapes(drawn: Diagram) -> dict[str, Shape]:
    return {shape.element: shape for shape in drawn.shapes}


def assert_legible(read: document.Document, drawn: Diagram) -> None:
    nodes = [element for element in read.root.walk() if element.id in shapes(drawn)]
    inside = {id: {one.id for one in element.walk()} for id, element in ((node.id, node) for node in nodes)}
    border = {element.id: element.get("attachedToRef") for element in nodes if element.local == "boundaryEvent"}
    for i, a in enumerate(drawn.shapes):
        for b in drawn.shapes[i + 1 :]:
            related = b.element in inside[a.element] or a.element in inside[b.element]
            touching = border.get(a.element) == b.element or border.get(b.element) == a.element
            assert related or touching or not overlap(a.bounds, b.bounds), (a.element, b.element)
    flows = {element.id: element for element in read.root.walk() if element.local == "sequenceFlow"}
    assert {edge.element for edge in drawn.edges} == set(flows)
    for edge in drawn.edges:
        ends = flows[edge.element].get("sourceRef"), flows[edge.element].get("targetRef")
        for point, id in zip((edge.waypoints[0], edge.waypoints[-1]), ends, strict=True):
            assert on_border(point, shapes(drawn)[id].bounds), (edge.element, id)
        for here, there in pairwise(edge.waypoints):
            assert abs(here.x - there.x) < 0.01 or abs(here.y - there.y) < 0.01, edge.element
            for shape in drawn.shapes:
                outer = ends[0] in inside[shape.element] and ends[1] in inside[shape.element]
                if not outer and shape.element not in border and border.get(ends[0]) != shape.element:
                    assert not through(here, there, shape.bounds), (edge.element, shape.element)


def overlap(a: Bounds, b: Bounds) -> bool:
    return a.x < b.right - 0.5 and b.x < a.right - 0.5 and a.y < b.bottom - 0.5 and b.y < a.bottom - 0.5


def on_border(point: Point, box: Bounds) -> bool:
    x = box.x - 0.6 <= point.x <= box.right + 0.6
    y = box.y - 0.6 <= point.y <= box.bottom + 0.6
    inner = box.x + 0.6 < point.x < box.right - 0.6 and box.y + 0.6 < point.y < box.bottom - 0.6
    return x and y and not inner


def through(a: Point, b: Point, box: Bounds) -> bool:
    """Whether the piece runs through the inside of the box."""
    return (
        min(a.x, b.x) < box.right - 1
        and max(a.x, b.x) > box.x + 1
        and min(a.y, b.y) < box.bottom - 1
        and max(a.y, b.y) > box.y + 1
    )


@pytest.mark.parametrize("text", [MOVEMENT, LOOP, PLAIN, LONG])
def test_drawings_are_legible(model: Model, text: str) -> None:
    read = model(text)
    assert_legible(read, layout(read))


@pytest.mark.parametrize("begin", range(0, 60, 20))
def test_drawings_of_random_processes_are_legible(model: Model, begin: int) -> None:
    for seed in range(begin, begin + 20):
        read = model(RandomProcess(seed, size=7).text)
        assert_legible(read, layout(read))


def test_a_drawing_folds_to_the_page(model: Model) -> None:
    for text in (MOVEMENT, LONG):
        drawn = layout(model(text))
        right = max(shape.bounds.right for shape in drawn.shapes)
        assert right <= PAGE + 40
        wide = layout(model(text), page=1e9)
        assert max(shape.bounds.right for shape in wide.shapes) > PAGE


def test_the_main_way_is_straight_and_goes_right(model: Model) -> None:
    drawn = shapes(layout(model(PLAIN)))
    assert drawn["s"].bounds.middle.y == drawn["a"].bounds.middle.y == drawn["e"].bounds.middle.y
    assert drawn["s"].bounds.right < drawn["a"].bounds.x < drawn["e"].bounds.x


def test_a_drawing_is_written_into_the_file_once(model: Model) -> None:
    once = laid_out(model(MOVEMENT))
    twice = laid_out(document.read(document.write(once)))
    assert document.write(once) == document.write(twice)
    (drawn,) = diagram.diagrams(twice)
    assert drawn.plane == "p"
    assert {shape.element for shape in drawn.shapes if shape.expanded} == {"guarantee"}


def test_names_get_room(model: Model) -> None:
    text = document.write(model(MOVEMENT)).decode()
    text = text.replace('id="early"', 'id="early" name="Lodged before presentation?"')
    text = text.replace('id="early_wait"', 'id="early_wait" name="pre-lodged"')
    text = text.replace('id="due"', 'id="due" name="Time limit expired"')
    drawn = layout(document.read(text.encode()))
    assert shapes(drawn)["early"].label is not None
    assert shapes(drawn)["due"].label is not None
    assert [edge.element for edge in drawn.edges if edge.label is not None] == ["early_wait"]


def test_an_unknown_process_is_named(model: Model) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        layout(model(PLAIN), "nowhere")
