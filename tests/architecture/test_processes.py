"""Every process of an application is accepted for execution, and its picture can be drawn."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import by_process
from douane.standards.bpmn.collaboration import collaboration
from douane.standards.bpmn.drawing import picture
from douane.standards.bpmn.drawing.diagram import diagrams
from douane.standards.bpmn.tests.test_collaboration import assert_drawn
from tests.architecture.tree import REPOSITORY, SOURCE


def test_processes_compile_and_can_be_drawn() -> None:
    for path in sorted(SOURCE.glob("applications/*/processes/*.bpmn")):
        read = document.read(path.read_bytes(), source=str(path.relative_to(REPOSITORY)))
        beside = [document.read(each.read_bytes(), source=each.name) for each in path.parent.glob("*.bpmn")]
        definition = compiler.compile(read, called=by_process(beside))
        assert definition.process
        assert picture.svg(read).startswith("<svg")


NOT_YET_COLLABORATIONS = {
    "aeo/exchange", "clearance/clearing", "service_bus/exchanging", "single_window/use", "statistics/reporting",
    "transit/departure_0_1", "transit/destination_0_1", "transit/passage_0_1",
}  # fmt: skip
"""Processes drawn for the engine alone. A new one is a collaboration; one that becomes it leaves this list."""


def test_processes_are_drawn_as_collaborations() -> None:
    plain = set()
    for path in SOURCE.glob("applications/*/processes/*.bpmn"):
        drawn = collaboration(document.read(path.read_bytes()))
        if drawn is None or not drawn.id:
            plain.add(f"{path.parts[-3]}/{path.stem}")
    assert plain == NOT_YET_COLLABORATIONS


def test_processes_lie_beside_their_application_only() -> None:
    inside = set(SOURCE.glob("applications/*/processes/**/*.bpmn"))  # ``former`` holds what running cases began by
    assert [
        str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.bpmn") if p not in inside and "tests" not in p.parts
    ] == []


PAGE = 1600
"""How wide a picture may be at most, its margin included."""
COLLABORATIONS = [
    path for path in sorted(SOURCE.glob("applications/*/processes/*.bpmn"))
    if f"{path.parts[-3]}/{path.stem}" not in NOT_YET_COLLABORATIONS
]  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.bpmn")), ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}"
)
def test_no_picture_is_wider_than_a_page(path: Path) -> None:
    drawn = picture.svg(document.read(path.read_bytes(), source=path.name))
    _, _, width, _ = map(float, re.findall(r'viewBox="([^"]+)"', drawn)[0].split())
    assert width <= PAGE


@pytest.mark.parametrize("path", COLLABORATIONS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_picture_that_is_shown_can_be_read(path: Path) -> None:
    """Nothing lies on anything else, every name is legible, no flow runs across the page more than twice."""
    read = document.read(path.read_bytes(), source=path.name)
    (drawn,) = diagrams(read)
    assert_drawn(read, drawn)
    picture_width = max(shape.bounds.x + shape.bounds.width for shape in drawn.shapes)
    for edge in drawn.edges:
        spans = [abs(b.x - a.x) for a, b in pairwise(edge.waypoints)]
        assert sum(span > picture_width / 2 for span in spans) <= 2, edge.element
