"""Pools, lanes and message flows: read, kept with the definition, refused where they name nothing, drawn legibly."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from lxml import etree

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.collaboration import collaboration
from douane.standards.bpmn.document import Document
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Shape, diagrams
from douane.standards.bpmn.drawing.layout import laid_out, layout
from douane.standards.bpmn.drawing.picture import svg
from douane.standards.bpmn.tests.collaborations import collaboration_of, random_collaboration
from douane.standards.bpmn.tests.notation import Notation
from douane.standards.bpmn.tests.random_processes import RandomProcess
from douane.standards.bpmn.tests.test_layout import MOVEMENT, assert_legible, overlap, shapes
from douane.vocabulary.errors import DeclarationFault

TEXT = """start s; user check; exclusive good default=good_no; service release; end done; user no; end over
boundary late on check timer P1D; s -> check -> good; good -> release : fine; good -> no -> over
release -> done; late -> no"""
LANES = {"System": ["s", "good", "release", "done"], "Officer": ["check", "no", "late", "over"]}
FLOWS = [("holder", "s"), ("release", "holder"), ("no", "holder")]


def model(**changed: str) -> Document:
    made = document.write(collaboration_of(TEXT, LANES, ["holder"], FLOWS)).decode()
    for old, new in changed.items():
        assert old in made
        made = made.replace(old, new)
    return document.read(made.encode(), source="x.bpmn")


def test_parties_lanes_and_messages_are_kept_with_the_definition() -> None:
    made = compiler.compile(model())
    found = made.collaboration
    assert found is not None
    assert [pool.name for pool in found.pools] == ["Party holder", "Party own"]
    assert [(lane.name, len(lane.nodes)) for lane in found.pools[1].lanes] == [("System", 4), ("Officer", 4)]
    assert [(f.source, f.target) for f in found.flows] == FLOWS
    assert {node.id: made.roles[node.index] for node in made.nodes}["check"] == "Officer"
    assert [(flow.name, pool.id, sends) for flow, pool, sends in found.told("release")] == [
        ("What is said 1", "holder", True)
    ]


def test_they_are_no_part_of_what_is_pinned() -> None:
    plain = compiler.compile(document.read(Notation().xml(TEXT).encode()))
    assert compiler.compile(model()).hash == plain.hash
    assert plain.collaboration is None
    assert set(plain.roles) == {""}


def test_documentation_and_a_role_of_its_own_are_kept() -> None:
    source = document.write(model()).decode()
    mended = source.replace(
        '<userTask id="no"/>',
        '<userTask id="no"><documentation>UCC art. 22(6)</documentation><potentialOwner name="Head"/></userTask>',
    )
    assert mended != source
    made = compiler.compile(document.read(mended.encode()))
    no = made.node("no").index
    assert (made.roles[no], made.texts[no]) == ("Head", "UCC art. 22(6)")


def test_what_is_inside_a_sub_process_has_the_role_of_what_is_around_it() -> None:
    text = "start s; sub inner; start b; user t; end f; b -> t -> f; }; end e; s -> inner -> e"
    made = compiler.compile(collaboration_of(text, {"Officer": ["inner"], "System": ["s", "e"]}, ["x"], []))
    assert made.roles[made.node("t").index] == "Officer"


def test_lanes_without_a_collaboration_stand_in_a_pool_without_name() -> None:
    lanes = '<laneSet id="l"><lane id="a" name="A"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    text = Notation().xml("start s; user t; end e; s -> t -> e").replace('isExecutable="true">', f">{lanes}", 1)
    read = document.read(text.encode())
    found = collaboration(read)
    assert found is not None
    assert (found.id, found.pools[0].id, found.pools[0].lanes[0].nodes) == ("", "", ("t",))
    assert layout(read).plane == "p"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('processRef="p"', 'processRef="q"', "process q is not in the file"),
        ("<flowNodeRef>check<", "<flowNodeRef>chek<", "chek is not a node of process p"),
        ("<flowNodeRef>check<", "<flowNodeRef>check</flowNodeRef><flowNodeRef>s<", "s stands in two lanes"),
        ('sourceRef="holder"', 'sourceRef="nobody"', "'nobody' is neither a pool nor a node of one"),
        ('targetRef="s"', 'targetRef="over"', "over takes no message"),
        ('targetRef="s"', 'targetRef="good"', "good takes no message"),
        ('sourceRef="no" targetRef="holder"', 'sourceRef="s" targetRef="holder"', "s sends no message"),
        ('sourceRef="no" targetRef="holder"', 'sourceRef="no" targetRef="own"', "it stays within one pool"),
    ],
)
def test_what_names_nothing_is_refused(old: str, new: str, reason: str) -> None:
    read = document.read(document.write(model()).decode().replace(old, new, 1).encode(), source="x.bpmn")
    with pytest.raises(DeclarationFault) as refused:
        compiler.compile(read)
    assert reason in " ".join(fault.remedy for fault in refused.value.faults)
    assert all(fault.pointer.startswith("x.bpmn#") for fault in refused.value.faults)


# --- drawings -------------------------------------------------------------------------------------------------------


def assert_drawn(read: Document, drawn: Diagram) -> None:
    """Frames around their own, nothing on anything else, and every name legible."""
    found = collaboration(read)
    assert found is not None
    placed = shapes(drawn)
    frames = {pool.id for pool in found.pools} | {lane.id for pool in found.pools for lane in pool.lanes}
    for pool in found.pools:
        for lane in pool.lanes:
            assert within(placed[lane.id].bounds, placed[pool.id].bounds)
            assert all(within(placed[node].bounds, placed[lane.id].bounds) for node in lane.nodes), lane
        for node in pool.nodes:
            assert within(placed[node].bounds, placed[pool.id].bounds), node
    for a, b in combinations([placed[pool.id] for pool in found.pools], 2):
        assert not overlap(a.bounds, b.bounds)
    said = {flow.id for flow in found.flows}
    assert said <= {edge.element for edge in drawn.edges}
    nodes = tuple(shape for shape in drawn.shapes if shape.element not in frames)
    flows = tuple(edge for edge in drawn.edges if edge.element not in said)
    assert_legible(read, Diagram("", "", "", nodes, flows))
    assert_names(nodes, drawn.edges)
    assert_apart(drawn.edges)
    for edge in drawn.edges:
        if edge.element in said:
            assert all(level(here.x, there.x) or level(here.y, there.y) for here, there in pairwise(edge.waypoints))
            assert free(edge, nodes), edge.element


def assert_names(nodes: tuple[Shape, ...], edges: tuple[Edge, ...]) -> None:
    named = [(node.element, node.label) for node in nodes if node.label is not None]
    named += [(edge.element, edge.label) for edge in edges if edge.label is not None]
    for (a, first), (b, second) in combinations(named, 2):
        assert not overlap(first, second), (a, b)
    for id, label in named:
        for node in nodes:
            assert node.expanded or node.element == id or not overlap(label, node.bounds), (id, node.element)


def assert_apart(edges: tuple[Edge, ...]) -> None:
    """No two flows lie on each other, unless they have an end in common."""
    for a, b in combinations(edges, 2):
        if {a.waypoints[0], a.waypoints[-1]} & {b.waypoints[0], b.waypoints[-1]}:
            continue
        for one, other in ((p, q) for p in pairwise(a.waypoints) for q in pairwise(b.waypoints)):
            assert not along(one, other), (a.element, b.element, one, other)


def along(one: tuple, other: tuple) -> bool:  # type: ignore[type-arg]
    for across, down in (("x", "y"), ("y", "x")):
        if all(level(getattr(p, across), getattr(one[0], across)) for p in (*one, *other)):
            first, second = (sorted(getattr(p, down) for p in pair) for pair in (one, other))
            if first[0] < second[1] - 1 and second[0] < first[1] - 1:
                return True
    return False


def free(edge: Edge, nodes: tuple[Shape, ...]) -> bool:
    """Whether a flow touches only what it ends at."""
    ends = (edge.waypoints[0], edge.waypoints[-1])
    for here, there in pairwise(edge.waypoints):
        box = Bounds(min(here.x, there.x), min(here.y, there.y), abs(here.x - there.x), abs(here.y - there.y))
        for node in nodes:
            touched = any(within(Bounds(p.x, p.y, 0, 0), node.bounds, 1.0) for p in ends)
            grown = Bounds(box.x - 0.6, box.y - 0.6, box.width + 1.2, box.height + 1.2)
            if overlap(grown, node.bounds) and not touched:
                return False
    return True


def within(inner: Bounds, outer: Bounds, room: float = 0.5) -> bool:
    return (
        inner.x >= outer.x - room and inner.y >= outer.y - room
        and inner.right <= outer.right + room and inner.bottom <= outer.bottom + room
    )  # fmt: skip


def level(a: float, b: float) -> bool:
    return abs(a - b) < 0.01


def test_the_drawing_shows_pools_and_lanes() -> None:
    read = model()
    drawn = layout(read)
    assert_drawn(read, drawn)
    assert drawn.plane == "c"
    assert max(shape.bounds.right for shape in drawn.shapes) < 1000
    again = document.read(document.write(laid_out(read)))
    assert diagrams(again)[0].shapes == diagrams(laid_out(again))[0].shapes


def test_names_of_several_ways_out_of_a_gateway_stand_apart() -> None:
    text = "start s; exclusive g default=g_d; service a; service b; service c; service d; end e; s -> g; " + "; ".join(
        f"g -> {one}{f' : is_{one}' if one != 'd' else ''}; {one} -> e" for one in "abcd"
    )
    made = document.write(collaboration_of(text, {}, ["holder"], [])).decode()
    read = document.read(made.replace('sourceRef="g"', 'name="a way on" sourceRef="g"').encode())
    drawn = layout(read)
    assert_drawn(read, drawn)
    assert sum(edge.label is not None for edge in drawn.edges if edge.element.startswith("g_")) == 4


def test_a_movement_in_three_lanes_is_no_wider_than_a_page() -> None:
    (process,) = document.read(Notation().xml(MOVEMENT).encode()).processes
    nodes = [
        one.id for one in process.model_elements() if one.local.endswith(("Task", "Event", "Gateway", "ubProcess"))
    ]
    lanes = {"System": nodes[:20], "Officer": nodes[20:30], "Office of destination": nodes[30:]}
    read = collaboration_of(MOVEMENT, lanes, ["holder", "guarantor"], [("holder", "s"), ("tell1", "guarantor")])
    assert_drawn(read, layout(read))


@pytest.mark.parametrize("begin", range(0, 60, 20))
def test_drawings_of_random_collaborations_are_legible(begin: int) -> None:
    for seed in range(begin, begin + 20):
        read = random_collaboration(RandomProcess(seed, size=7).text, seed)
        compiler.compile(read)
        assert_drawn(read, layout(read))


def test_the_drawing_is_told_in_words() -> None:
    root = etree.fromstring(svg(model()).encode())
    told = root[1].text or ""
    assert (
        "Pool Party holder. Pool Party own. Lane System: start s, decision good, service task release, end done."
        in told
    )
    assert "Message What is said 1 from service task release to Party holder (pool)." in told
    words = ["".join(map(str, node.itertext())) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"System", "Officer", "Party own"} <= set(words)
