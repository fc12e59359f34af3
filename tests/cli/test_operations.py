"""Looking into a node: timelines, messages set aside, evidence; and one process a data folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from douane.applications.transit.contract.parties import own_declaration
from douane.assembly.core import make_core
from douane.backends.sqlite.backend import SqliteStore
from douane.configuration.settings import NodeSettings
from tests.callers import trader
from tests.cli.nodes import Printed, a_list, answer, fail, give, publish, refused, said
from tests.journeys.movements import Movement
from tests.journeys.office import Office


@pytest.fixture(scope="module")
def movement(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Movement, str]]:
    """A discharged movement, and the data folder of the node that carried it and still runs."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "store").mkdir()
    store = SqliteStore(str(folder / "store" / "node.db"))
    made = Movement(office=Office(store=store))  # type: ignore[arg-type]  # any store serves an office
    made.pass_frontier()
    made.arrive()
    made.inspect()
    yield made, str(folder)
    store.close()


def test_a_timeline_covers_the_cases_of_all_offices(capsys: Printed, movement: tuple[Movement, str]) -> None:
    made, data = movement
    cases = answer(capsys, "timeline", made.mrn, "--data", data)
    assert {(c["administration"], c["known_as"]) for c in cases} == {
        ("FR", "mrn"),
        ("DE", "passage"),
        ("AT", "arrival"),
    }
    departure = next(c for c in cases if c["administration"] == "FR")
    what = [m["what"] for m in departure["messages"]]
    assert what[0] == "transit.lodge_declaration"
    assert what.index("CC928C") < what.index("CC029C") < what.index("CC045C")
    times = [m["time"] for m in departure["messages"]]
    assert times == sorted(times)
    assert {m["state"] for m in departure["messages"] if m["direction"] == "out"} == {"queued", "published"}
    assert {m["state"] for m in departure["messages"] if m["direction"] == "in"} == {"handled"}


def test_a_case_is_found_by_its_lrn_with_and_without_the_holder(
    capsys: Printed, movement: tuple[Movement, str]
) -> None:
    made, data = movement
    kind, name = own_declaration(made.declaration, trader(made.sender))
    for reference in (name, made.declaration.transit_operation.lrn):
        (case,) = answer(capsys, "timeline", reference, "--data", data)
        assert (case["administration"], case["known_as"]) == ("FR", kind)
    assert "Give an MRN" in refused(capsys, "timeline", name.partition("/")[0], "--data", data)


def test_a_timeline_for_people(capsys: Printed, movement: tuple[Movement, str]) -> None:
    made, data = movement
    text = said(capsys, "timeline", made.mrn, "--data", data)
    assert f"mrn {made.mrn} in FR: case " in text
    assert "transit.lodge_declaration" in text
    assert "-> FR" in text


def test_a_message_leads_to_its_case_by_position_and_by_identification(
    capsys: Printed, movement: tuple[Movement, str]
) -> None:
    made, data = movement
    (departure, *_) = answer(capsys, "timeline", made.mrn, "--data", data)
    for message in (departure["messages"][0], next(m for m in departure["messages"] if m["what"] == "CC928C")):
        (case,) = answer(capsys, "timeline", message["id"], "--data", data)
        assert case["case"] == departure["case"]
        shown = answer(capsys, "message", "show", message["id"], "--data", data)
        assert shown["what"] == message["what"]
        assert shown["body"].startswith("<?xml")
        assert answer(capsys, "message", "show", message["position"], "--data", data) == shown


def test_what_is_not_known_is_said(capsys: Printed, movement: tuple[Movement, str]) -> None:
    _, data = movement
    assert "Give an MRN" in refused(capsys, "timeline", "25FR000000000000X0", "--data", data)
    assert "Give an MRN" in refused(capsys, "message", "show", "", "--data", data)
    assert "There is no store" in refused(capsys, "timeline", "x", "--data", data + "/none")
    assert "holds no key" in refused(capsys, "audit", "prove", "1", "--data", data)
    assert "none.toml: No such file" in refused(capsys, "timeline", "x", "--config", data + "/none.toml")
    assert "show|quarantine|hit|release|replay|discard" in refused(capsys, "message")
    assert "prove|verify" in refused(capsys, "audit")


def test_a_message_set_aside_is_shown_and_released(capsys: Printed, tmp_path: Path) -> None:
    first = a_list("CL900", "A")
    second = a_list("CL900", "A", "B", previous=first.version, at=2_000_000)
    data = str(tmp_path)
    publish(tmp_path, [second])
    (aside,) = answer(capsys, "message", "quarantine", "--data", data, code=1)
    assert "does not follow" in aside["reason"]
    assert "does not follow" in said(capsys, "message", "quarantine", "--data", data, code=1)
    assert answer(capsys, "timeline", aside["position"], "--data", data)[0]["messages"][0]["state"] == "parked"
    failed = answer(capsys, "message", "release", aside["position"], "--data", data, code=1)
    assert failed["results"] == {aside["position"]: "set aside again"}
    assert failed["left"][0]["attempts"] == 2
    publish(tmp_path, [first])
    assert "handled" in said(capsys, "message", "replay", "--data", data)
    assert said(capsys, "message", "quarantine", "--data", data) == "Nothing is set aside.\n"
    assert "There are: none" in refused(capsys, "message", "release", "zz", "--data", data)
    assert "CL900" in said(capsys, "reference", "show", "CL900", "B", "--data", data)


def test_a_list_that_lies_of_itself_is_set_aside(capsys: Printed, tmp_path: Path) -> None:
    honest = a_list("CL900", *(f"C{n:03}" for n in range(500)))
    publish(tmp_path, [msgspec.structs.replace(honest, added=1)])
    (aside,) = answer(capsys, "message", "quarantine", "--data", str(tmp_path), code=1)
    assert "says 1 new, 0 changed, 0 ended; its entries are 500 new" in aside["reason"]


def test_a_bulk_is_tried_dry_and_nobody_of_the_machine_discards_alone(capsys: Printed, tmp_path: Path) -> None:
    data, first = ("--data", str(tmp_path)), a_list("CL900", "A")
    publish(tmp_path, [a_list("CL900", "A", "B", previous=first.version, at=2_000_000)])
    (aside,) = answer(capsys, "message", "quarantine", *data, code=1)
    place, kind = aside["position"], aside["reason"].partition(":")[0]
    counted = {"messages": 1, "behind": 0, "attempts": 1}
    for options in ((), (place,), ("--class", kind)):
        assert answer(capsys, "message", "replay", "--dry-run", *options, *data) == {kind: counted}
    for options in (("99",), ("--class", "KeyError")):
        assert answer(capsys, "message", "replay", "--dry-run", *options, *data) == {}
    assert "1 messages" in said(capsys, "message", "replay", "--dry-run", *data)
    assert answer(capsys, "message", "replay", "--class", "KeyError", *data)["results"] == {}
    for reason in ("sent twice", "really"):
        asked = answer(capsys, "message", "discard", place, "--reason", reason, "--as", "eu.olga.nowak", *data)
        assert (asked["state"], "has to confirm it" in asked["more"]) == ("proposed", True)
    assert "nobody in particular" in refused(capsys, "message", "discard", place, "--reason", "alone", *data)
    assert "needs a reason" in refused(capsys, "message", "discard", place, "--reason", " ", *data)
    (left,) = answer(capsys, "message", "quarantine", *data, code=1)
    assert left["attempts"] == 1, "neither trying dry nor proposing touched it"
    assert answer(capsys, "lane", "list", *data) == []
    assert "There is no lane" in refused(capsys, "lane", "pause", "rest:AT", "--reason", "x", *data)
    assert "No message waits" in refused(capsys, "lane", "drop", "out:1", "--reason", "x", *data)


def test_evidence_is_proved_and_verified_offline(capsys: Printed, tmp_path: Path) -> None:
    data, file = str(tmp_path / "node"), tmp_path / "evidence.json"
    (receipt,) = publish(tmp_path / "node", [a_list("CL900", "A")])
    proved = answer(capsys, "audit", "prove", receipt.id, "-o", str(file), "--data", data)
    assert proved["leaf"] == receipt.leaf_number - 1
    verdict = answer(capsys, "audit", "verify", str(file), "--key", proved["key"])
    assert verdict["ok"] is True
    said(capsys, "audit", "verify", str(file), code=1)  # a key that nobody named is not trusted
    forged = file.read_text().replace('"index": 0', '"index": 1')
    file.write_text(forged)
    said(capsys, "audit", "verify", str(file), "--key", proved["key"], code=1)
    said(capsys, "audit", "verify", str(tmp_path / "none.json"), code=2)


def test_fields_may_be_kept_back(capsys: Printed, tmp_path: Path) -> None:
    (receipt,) = publish(tmp_path, [a_list("CL900", "A")])
    position = f"{receipt.position:x}"
    whole = json.loads(said(capsys, "audit", "prove", position, "--data", str(tmp_path)))
    less = json.loads(said(capsys, "audit", "prove", position, "--without", "party", "--data", str(tmp_path)))
    assert whole["opening"].keys() - less["opening"].keys() == {"party"}
    assert "Fields are:" in refused(capsys, "audit", "prove", position, "--without", "colour", "--data", str(tmp_path))


def test_a_second_process_is_refused_and_readers_are_not(capsys: Printed, tmp_path: Path) -> None:
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    try:
        (receipt,) = give(core, a_list("CL900", "A"))
        assert "Another process works on" in refused(capsys, "message", "release", "1", "--data", str(tmp_path))
        (case,) = answer(capsys, "timeline", receipt.id, "--data", str(tmp_path))
        assert case["messages"][0]["state"] == "handled"
    finally:
        core.close()
    assert said(capsys, "message", "replay", "--data", str(tmp_path)) == "Nothing is set aside.\n"


def test_help_has_an_example_and_the_exit_codes(capsys: Printed) -> None:
    for command in (["timeline"], ["message", "release"], ["audit", "prove"], ["reference", "import"]):
        text = said(capsys, *command, "--help")
        assert "example: douane" in text
        assert "exit codes: 0" in text
