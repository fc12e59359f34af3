"""Every process of an application is accepted for execution, and its picture can be drawn."""

from __future__ import annotations

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.drawing import picture
from tests.architecture.tree import REPOSITORY, SOURCE


def test_processes_compile_and_can_be_drawn() -> None:
    for path in sorted(SOURCE.glob("applications/*/processes/*.bpmn")):
        read = document.read(path.read_bytes(), source=str(path.relative_to(REPOSITORY)))
        definition = compiler.compile(read)
        assert definition.process
        assert picture.svg(read).startswith("<svg")


def test_processes_lie_beside_their_application_only() -> None:
    inside = set(SOURCE.glob("applications/*/processes/*.bpmn"))
    assert [
        str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.bpmn") if p not in inside and "tests" not in p.parts
    ] == []
