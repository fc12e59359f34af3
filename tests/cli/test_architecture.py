"""The Reference Architecture from the command line: model, impact, circles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from douane.cli.main import main
from douane.model.circles import ActorKind, Platform
from douane.model.discovery import services
from tests.cli.nodes import Printed, answer, refused, said


def test_the_product_is_sound(capsys: Printed) -> None:
    assert answer(capsys, "model", "check") == []
    assert said(capsys, "model", "check") == "The model is sound: no findings.\n"


def test_a_requirement_whose_test_did_not_pass_is_a_finding(capsys: Printed, tmp_path: Path) -> None:
    report = tmp_path / "results.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="tests.journeys.test_bus" name="test_x"/>'
        '<testcase classname="tests.journeys.test_statistics" name="test_y"><failure/></testcase>'
        "</testsuite></testsuites>"
    )
    found = answer(capsys, "model", "check", "--results", str(report), code=1)
    assert {each["id"] for each in found} == {"M017"}
    texts = {each["element"]: each["text"] for each in found}
    assert "tests/journeys/test_statistics.py" in texts["requirement:REQ-STA-003"]
    assert "tests/journeys/test_bus.py" not in texts["requirement:REQ-BUS-004"]


def test_one_element_is_shown_with_its_edges(capsys: Printed) -> None:
    found = answer(capsys, "model", "show", "transit.lodge_declaration")
    assert found["id"] == "operation:transit.lodge_declaration"
    assert {"edge": "takes", "target": "type:CC015C"}.items() <= found["out"][0].items()
    text = said(capsys, "model", "show", "transit.lodge_declaration")
    assert "type:CC015C: IE015: Transit declaration." in text
    assert "service:transit" in text


def test_without_a_name_the_elements_are_counted(capsys: Printed) -> None:
    found = answer(capsys, "model", "show")
    assert found["nodes"]["service"] == len(services())
    assert found["hash"][:16] in said(capsys, "model", "show")


def test_an_export_compares_as_equal_and_a_change_breaks(capsys: Printed, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    assert said(capsys, "model", "export", str(before)).startswith(f"{before}: ")
    assert said(capsys, "model", "diff", str(before), ".") == "No change.\n"
    model = json.loads(before.read_text())
    model["nodes"] = [node for node in model["nodes"] if node["id"] != "type:RiskOutcome"]
    after = tmp_path / "after.json"
    after.write_text(json.dumps(model))
    text = said(capsys, "model", "diff", str(before), str(after), "--from-version", "1.4.2", code=1)
    assert "major  type:RiskOutcome is gone" in text
    assert "1.4.2 becomes 2.0.0" in text
    assert main(["model", "diff", str(after), str(before), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "1.1.0"


def test_an_export_to_standard_output_is_the_file(capsys: Printed, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    said(capsys, "model", "export", str(file))
    assert said(capsys, "model", "export") == file.read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["model", "show", "nothing like this"], "The model has nothing called"),
        (["model", "show", "lodge_declaraton"], "operation:transit.lodge_declaration"),
        (["model", "diff", "no-such-file.json", "."], "no-such-file.json: No such file"),
        (["model", "diff", ".", ".", "--from-version", "one"], "Write it as 1.4.0"),
        (["model", "burn"], "knows no"),
        (["model"], "check|show|diff|deploy|export"),
        (["impact", "CC15C"], "type:CC015C"),
        (["impact", "CC015C", "--depth", "deep"], "no number of steps"),
        (["impact", ""], "nothing called"),
        (["impact", "declare"], "operation:import_procedure.declare"),
        (["circles", "--operation", "transit.fly"], "Services are: "),
        (["circles", "--platform", "moon"], "knows no"),
        (["sing"], "knows no"),
    ],
)
def test_nonsense_is_answered_helpfully(arguments: list[str], says: str, capsys: Printed) -> None:
    assert says in refused(capsys, *arguments)


def test_a_message_leads_to_its_operation_rules_purpose_and_tests(capsys: Printed) -> None:
    found = answer(capsys, "impact", "CC015C")
    touched = {each["element"]: each for each in found["touches"]}
    assert touched["operation:transit.lodge_declaration"]["proof"].endswith("transit.contract:lodge_declaration")
    assert {"rule:C0030", "task:TRA-DEP-01", "requirement:REQ-TRA-001", "goal:paperless customs"} <= touched.keys()
    assert "type:CC013C" not in touched  # it shares rules with CC015C, it does not change with it
    assert "code-list:CL231" in {each["element"] for each in found["rests_on"]}
    assert "tests/journeys/test_departure.py" in {test.partition("::")[0] for test in found["tests"]}


def test_the_shared_risk_analysis_touches_all_three_procedures(capsys: Printed) -> None:
    found = answer(capsys, "impact", "risk_analysis.assess")
    touched = {each["element"] for each in found["touches"]}
    assert {"service:import_procedure", "service:export_procedure", "service:transit"} <= touched
    assert {"operation:transit.lodge_declaration", "actor:declarant"} <= touched
    assert "operation:transit.notify_arrival" in touched  # whether goods are controlled on arrival is asked there too
    assert "operation:transit.record_passage" not in touched  # a passage asks nothing of it
    assert "table:item_profiles" in {each["element"] for each in found["rests_on"]}


def test_a_code_list_leads_through_rules_to_those_who_lodge(capsys: Printed) -> None:
    found = answer(capsys, "impact", "CL010")
    because = [each["because"] for each in found["touches"]]
    assert "code-list:CL010 is looked up by rule:R0901" in because
    assert any(each.startswith("rule:") and each.endswith(" checks type:CC015C") for each in because)
    assert found["rests_on"] == []


def test_an_operation_rests_on_its_process_and_all_that_this_calls(capsys: Printed) -> None:
    found = answer(capsys, "impact", "transit.lodge_declaration")
    rests_on = {each["element"]: each for each in found["rests_on"]}
    assert (
        rests_on["process:transit.departure"]["proof"]
        == "douane.applications.transit.handlers.lodging.lodge_declaration"
    )
    assert {
        "operation:risk_analysis.assess",
        "operation:guarantees.use",
        "rule:C0030",
        "code-list:CL010",
    } <= rests_on.keys()


def test_the_picture_for_people_is_a_tree_with_proofs(capsys: Printed) -> None:
    text = said(capsys, "impact", "CC015C")
    lines = text.splitlines()
    assert lines[0] == "type CC015C: IE015: Transit declaration."
    assert any(line.startswith("A change touches") and "1 operation" in line for line in lines)
    assert "  is taken by operation transit.lodge_declaration" in text
    assert "[transit.contract:lodge_declaration]" in text
    assert any(" rules: " in line for line in lines)
    assert "\n  is checked by rule C0030" in said(capsys, "impact", "CC015C", "--all")


def test_depth_is_limited_on_request(capsys: Printed) -> None:
    found = answer(capsys, "impact", "CC015C", "--depth", "1")
    assert {each["depth"] for each in [*found["touches"], *found["rests_on"]]} == {1}


def test_the_matrix_has_every_cell_and_a_reason_for_each(capsys: Printed) -> None:
    operations = sum(len(s.operations) for s in services())
    cells = answer(capsys, "circles")
    assert len(cells) == operations * len(ActorKind) * len(Platform)
    assert all(cell["reason"] for cell in cells)
    lodging = [c for c in cells if c["operation"] == "transit.lodge_declaration" and c["allowed"]]
    assert [(c["actor"], c["platform"]) for c in lodging] == [("trader", "speed2")]


def test_the_matrix_for_people_names_who_may(capsys: Printed) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in said(capsys, "circles").splitlines()}
    assert rows["operation"] == ["speed2", "ccn2", "ccn_csi", "cdco"]
    assert rows["transit.lodge_declaration"] == ["trader", "-", "-", "-"]
    text = said(capsys, "circles", "--platform", "speed2", "--operation", "transit")
    assert "transit.lodge_declaration" in text
    assert "decide_control" not in text
    assert "open to nobody there" in text
    assert "No operation" in said(capsys, "circles", "--platform", "uumds")


def test_why_explains_refusals(capsys: Printed) -> None:
    text = said(capsys, "circles", "--why", "--operation", "find_movement", "--platform", "ccn2")
    assert "no  trader          ccn2       transit.find_movement: Trader does not enter by CCN2." in text


def test_routes_are_shown_with_whom_they_open_to(capsys: Printed) -> None:
    cells = answer(capsys, "circles", "--routes", "--operation", "transit.lodge_declaration")
    assert {(c["platform"], c["identity"]) for c in cells if c["allowed"] and c["element"]} == {("speed2", "trader")}
    assert {"rest", "soap", "as4"} == {c["channel"] for c in cells if c["allowed"]}
    assert {"revoked", "expired", "none", "wrong_circle", "others_token"} < {c["evidence"] for c in cells}
    text = said(capsys, "circles", "--routes", "--platform", "operations")
    assert "GET /metrics" in text
    assert "everybody, without any proof" in text
    why = said(capsys, "circles", "--routes", "--why", "--platform", "cdco", "--operation", "reference_data.publish")
    assert "no  revoked         cdco rest POST /reference_data/v1/publish -: The certificate has been revoked." in why
    assert "yes commission" in why
    assert "No route fits" in refused(capsys, "circles", "--routes", "--operation", "transit.fly")


def test_help_has_an_example_and_the_exit_codes(capsys: Printed) -> None:
    for command in ("model", "impact", "circles"):
        text = said(capsys, command, "--help")
        assert "example: douane" in text
        assert "exit codes: 0" in text
