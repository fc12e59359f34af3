"""Every process of an application is accepted for execution, and its picture can be drawn."""

from __future__ import annotations

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import by_process
from douane.standards.bpmn.collaboration import collaboration
from douane.standards.bpmn.drawing import picture
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
    "transit/departure", "transit/destination", "transit/journey", "transit/passage", "transit/recovery",
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
