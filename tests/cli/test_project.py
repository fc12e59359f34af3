"""The programme from the command line: what the page says, and bad input refused with what mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.nodes import Printed, answer, refused, said


def test_the_scope_of_a_project_is_what_the_check_says_is_absent(capsys: Printed) -> None:
    absent = answer(capsys, "model", "check", "--absent", code=1)
    export = {each["element"] for each in absent if each["projects"] == ["Export"]}
    scope = answer(capsys, "project", "scope", "Export")
    assert {f"{kind}:{name}" for kind, names in scope["absent"].items() for name in names} == export
    assert "export_exit.present" in said(capsys, "project", "scope", "--tasks", "EXP-EXT-01")


def test_the_order_changes_with_a_score_and_refuses_a_circle(capsys: Printed) -> None:
    names = [each["project"] for each in answer(capsys, "project", "sequence")]
    raised = ("--score", names[-1], "business case", "4", "architect", "Asked for by all.")
    more = ("--score", names[-1], "readiness", "4", "operator", "It runs at the pilot.")
    again = [each["project"] for each in answer(capsys, "project", "sequence", *raised, *more)]
    assert again.index(names[-1]) < len(names) - 1
    told = refused(capsys, "project", "sequence", "--after", "customs decisions", "CCI")
    assert "wait for each other" in told
    assert "Take one of them out of after" in told


@pytest.mark.parametrize(
    ("call", "said_of_it"),
    [
        (("scope", "--tasks", "EXP-NOT-01"), "EXP-DEC-01"),
        (("scope",), "Name a project, or tasks."),
        (("scope", "Exports"), "no project"),
        (("sequence", "--score", "Export", "clarity of the business solution", "4", "architect", ""), "no reason"),
        (("sequence", "--score", "Export", "beauty", "4", "architect", "It is."), "Name one of business case"),
        (("slip", "Export", "--to", "2027-01-01"), "not later"),
        (("specification", "zebra"), "transit.departure"),
    ],
)
def test_bad_input_is_refused_with_what_mends_it(capsys: Printed, call: tuple[str, ...], said_of_it: str) -> None:
    assert said_of_it in refused(capsys, "project", *call)


def test_a_slip_and_the_coverage_are_told(capsys: Printed) -> None:
    found = answer(capsys, "project", "slip", "Import", "--to", "2028-06-01")
    assert {each["project"] for each in found} >= {"Import", "CCI"}
    coverage = {each["system"]: each["standing"] for each in answer(capsys, "project", "coverage")}
    assert (coverage["NCTS"], coverage["ICS2"]) == ("built", "planned")
    assert "278(3)" in said(capsys, "project", "show", "Export")
    assert "278(3), derived" in said(capsys, "project", "show", "CCN2"), "the article names no platform"
    assert "LATE" in said(capsys, "project", "list")


def test_a_specification_is_written_as_a_document(capsys: Printed, tmp_path: Path) -> None:
    out = tmp_path / "departure.md"
    said(capsys, "project", "specification", "transit.departure", "--out", str(out))
    text = out.read_text()
    assert text.startswith("# Functional specification: transit.departure\n")
    assert "| Who |" in text
