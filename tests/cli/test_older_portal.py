"""The export of an older decisions portal: judged row by row, taken over whole or not at all, and once."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.customs_decisions.records import DecisionCase
from douane.applications.customs_decisions.tests.samples import APPLICANT, CGU
from douane.configuration.discovery import open_reader
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry
from douane.supervision.operating.lodging import FOLDER
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.supervised import supervised
from tests.journeys.test_operator import asked, interventions

WHY = ("--reason", "ticket 4712: the old portal closes")
ELEMENTS = [{"element": number, "value": value} for number, value in CGU.items()]
CASE = {
    "reference": "CD-4711", "own_reference": "A1", "type": "CGU", "applicant": APPLICANT, "office": "FR005350",
    "received_at": "2026-03-02T10:00:00+01:00", "accepted": True, "elements": ELEMENTS,
}  # fmt: skip
USER = {"account": "fr.anne.old", "country": "FR", "provider": "https://id.example", "subject": "4711", "name": "Anne"}
CHOICE = {"party": APPLICANT, "account": "fr.anne.old", "language": "fr"}


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """The folder of a node that ran and was stopped: it serves France, and knows an operator."""
    with supervised(tmp_path) as node:
        assert node.stop() == 0
    (tmp_path / "several.toml").write_text(f'name = "several"\ndata = "{tmp_path / "data"}"\n')
    return tmp_path


def of(folder: Path) -> tuple[str, str]:
    """By what a command finds it."""
    return "--config", str(folder / "several.toml")


def draft(**said: Any) -> dict[str, Any]:
    """An application that somebody began, saved a while ago."""
    filled = {"own_reference": "B2", "type": "CGU", "applicant": APPLICANT, "office": "FR005350"}
    return {
        "owner": APPLICANT, "name": "old-draft-1", "operation": "customs_decisions.lodge", "reference": "B2",
        "saved_at": said.pop("saved_at", "2026-11-20T10:00:00Z"), "content": filled,
    } | said  # fmt: skip


def export(
    folder: Path, name: str = "export.zip", files: Mapping[str, bytes] | None = None, **rows: list[Any]
) -> str:  # fmt: skip
    """An archive with these rows, by the kind of thing, and these files beside them."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.json", json.dumps({"portal": "decisions.old", "version": 1}))
        for path, content in (files or {}).items():
            archive.writestr(f"attachments/{path}", content)
        for kind, each in rows.items():
            archive.writestr(f"{kind}.jsonl", "".join(json.dumps(row) + "\n" for row in each))
    return str(folder / name)


def whole(folder: Path) -> str:
    """One of each kind."""
    return export(folder, users=[USER], preferences=[CHOICE], drafts=[draft()], cases=[CASE])


def kept(data: Path, administration: str) -> View:
    """What a node keeps of an administration."""
    reader = open_reader(f"sqlite:{data / 'store' / 'node.db'}")
    return View(reader, administration, 0, lambda _: msgspec.UNSET, partitions=range(4))  # type: ignore[arg-type,return-value] # no rule looks


def test_it_is_judged_without_effect_then_taken_over_once(stopped: Path, capsys: Printed) -> None:
    """Also by a node that nobody runs."""
    data = stopped / "data"
    here = (whole(stopped), *of(stopped))
    before = {each.name for each in (data / FOLDER).iterdir()}  # the files by which the node first began
    dry = answer(capsys, "decisions", "import", *here, "--dry-run")
    assert (dry["state"], dry["faults"]) == ("sound", [])
    assert dry["counts"] == {
        "users.jsonl": 1, "preferences.jsonl": 1, "drafts.jsonl": 1, "cases.jsonl": 1, "already here": 0,
    }  # fmt: skip
    assert kept(data, "FR").resolve("case of an older portal", "decisions.old/CD-4711") is None
    assert "Say why" in refused(capsys, "decisions", "import", *here)
    assert kept(data, "FR").resolve("case of an older portal", "decisions.old/CD-4711") is None
    taken = answer(capsys, "decisions", "import", *here, *WHY)
    assert (taken["state"], taken["counts"]["taken over"], taken["counts"]["not taken over"]) == ("taken over", 4, 0)
    view = kept(data, "FR")
    subject = view.resolve("case of an older portal", "decisions.old/CD-4711")
    assert subject is not None
    case = view.get(DecisionCase, subject)
    assert case is not None
    assert case.last_day == "2026-06-30", "120 days from Mon 2 Mar 2026, as clock case 17 has it"
    assert view.get(CaseEntry, subject) is not None, "its officer finds it in his lists"
    again = answer(capsys, "decisions", "import", *here, *WHY)
    assert (again["counts"]["already here"], again["counts"]["taken over"]) == (4, 0)
    assert {each.name for each in (data / FOLDER).iterdir()} <= before, "what names persons does not stay"


def test_one_fault_and_nothing_is_taken_over_and_every_fault_is_told(stopped: Path, capsys: Printed) -> None:
    wrong = [
        CASE, {**CASE, "reference": "CD-1", "own_reference": "A2", "received_at": "2126-03-02T10:00:00+01:00"},
        {**CASE, "reference": "CD-2", "own_reference": "A 3", "office": "nowhere", "colour": "red"}, [1],
        {**CASE, "own_reference": "A4"}, {each: CASE[each] for each in CASE if each != "received_at"},
    ]  # fmt: skip
    users = [{**USER, "account": "de.anne.old", "roles": ["declarant"]}, {**USER, "account": "de.anne.old"}]
    drafts = [
        draft(operation="transit.nothing"), draft(name="old-draft-2", content={"colour": "red"}),
        draft(name="old-draft-3", saved_at="2020-01-01T10:00:00Z"), draft(name="old-draft-4", owner="FR999999999"),
    ]  # fmt: skip
    file = export(stopped, users=users, preferences=[CHOICE], drafts=drafts, cases=wrong)
    told = answer(capsys, "decisions", "import", file, *of(stopped), *WHY, code=1)
    assert told["state"] == "refused"
    assert all(each["remedy"] for each in told["faults"])
    found = {(each["file"], each["row"], each["field"], each["rule"]) for each in told["faults"]}
    form = "docs/older-portals.md"
    assert found == {
        ("users.jsonl", 1, "/roles", form), ("users.jsonl", 2, "/account", "REQ-ACC-001"),
        ("drafts.jsonl", 1, "/operation", form), ("drafts.jsonl", 2, "/content/colour", form),
        ("drafts.jsonl", 3, "/saved_at", "DRA-KEPT"), ("drafts.jsonl", 4, "/owner", "UCC art. 9"),
        ("cases.jsonl", 2, "/received_at", "UCC art. 22(2)"),
        ("cases.jsonl", 3, "/own_reference", form), ("cases.jsonl", 3, "/office", form),
        ("cases.jsonl", 3, "/colour", form), ("cases.jsonl", 4, "", form), ("cases.jsonl", 5, "", form),
        ("cases.jsonl", 6, "/received_at", form),
    }  # fmt: skip
    assert told["counts"] == {"faults": 13, "rows": 11}
    text = said(capsys, "decisions", "import", file, *of(stopped), "--dry-run", code=1)
    assert "cases.jsonl   row 3  /office" in text
    assert "Refused: nothing was taken over." in text
    assert kept(stopped / "data", "FR").resolve("case of an older portal", "decisions.old/CD-4711") is None, (
        "also not the sound row"
    )


def test_attachments_come_with_their_rows_or_nothing_does(stopped: Path, capsys: Printed) -> None:
    plan = b"%PDF-1.7 stock records" * 50_000
    pdf = {"file": "plan-1.pdf", "name": "Stock records.pdf", "media_type": "application/pdf"}
    named = [pdf, pdf | {"file": "gone.pdf"}, pdf | {"file": "../node.db"}, {"file": "plan-1.pdf"}]
    wrong = [
        {**CASE, "attachments": named},
        {**CASE, "reference": "CD-2", "own_reference": "A2", "attachments": "plan-1.pdf"},
    ]  # fmt: skip
    users = [{**USER, "attachments": [pdf]}]
    here = (*of(stopped), *WHY)
    file = export(stopped, files={"plan-1.pdf": plan}, cases=wrong, users=users)
    told = answer(capsys, "decisions", "import", file, *here, code=1)
    assert {(each["file"], each["row"], each["field"]) for each in told["faults"]} == {
        *(("cases.jsonl", 1, f"/attachments/{n}") for n in (1, 2, 3)), ("cases.jsonl", 2, "/attachments"),
        ("users.jsonl", 1, "/attachments"),
    }  # fmt: skip
    file = export(stopped, files={"plan-1.pdf": plan, "stray.pdf": b"x"}, cases=[{**CASE, "attachments": [pdf]}])
    told = answer(capsys, "decisions", "import", file, *here, code=1)
    assert [(each["file"], each["remedy"]) for each in told["faults"]] == [
        ("attachments/stray.pdf", "Name it in a row, or leave it out.")
    ]
    for changed, octets in (({}, b"<script>"), ({"name": "q.exe"}, plan), ({"media_type": "text/html"}, plan)):
        file = export(stopped, files={"plan-1.pdf": octets}, cases=[{**CASE, "attachments": [pdf | changed]}])
        (fault,) = answer(capsys, "decisions", "import", file, *here, code=1)["faults"]
        assert (fault["field"], fault["rule"]) == ("/attachments/0", "kind of document"), "judged as at a door"
    content = bytearray(Path(export(stopped, files={"plan-1.pdf": plan}, cases=[])).read_bytes())
    content[content.index(b"plan-1.pdf") + 40] ^= 0xFF
    (stopped / "damaged.zip").write_bytes(content)
    assert "no ZIP archive" in refused(capsys, "decisions", "import", str(stopped / "damaged.zip"), *here)
    payloads = stopped / "data" / "payloads"
    assert not list(payloads.glob("??/*")), "nothing of what was refused stays"

    file = export(stopped, files={"plan-1.pdf": plan}, cases=[{**CASE, "attachments": [pdf]}])
    assert answer(capsys, "decisions", "import", file, *here)["counts"]["taken over"] == 1
    (stored,) = payloads.glob("??/*")
    assert stored.read_bytes() == plan
    reader = open_reader(f"sqlite:{stopped / 'data' / 'store' / 'node.db'}")
    rows = [
        JOURNAL.read(raw) for p in range(4) for _, raw in reader.scan_log(Log.JOURNAL, p << 48, (p + 1) << 48, 1000)
    ]
    (row,) = [each for each in rows if each.operation == "customs_decisions.take_over"]
    assert [(each.name, each.digest, each.size) for each in row.content.attachments] == [
        ("Stock records.pdf", stored.name, len(plan))
    ]
    assert answer(capsys, "decisions", "import", file, *here)["counts"]["already here"] == 1


def test_decisions_that_are_in_force_come_with_their_numbers(stopped: Path, capsys: Printed) -> None:
    decision = {
        "reference": "CD-17", "decision": "FRCGU4711", "type": "CGU", "holder": APPLICANT, "office": "FR005350",
        "signed_at": "2021-03-02T10:00:00+01:00", "received_at": "2021-03-05T10:00:00+01:00",
        "effect_from": "2021-03-05T10:00:00+01:00", "elements": ELEMENTS,
    }  # fmt: skip
    wrong = [decision, {**decision, "decision": "DECGU4711", "reference": "CD-18"}, {**decision, "reference": "CD-19"}]
    told = answer(capsys, "decisions", "import", export(stopped, decisions=wrong), *of(stopped), *WHY, code=1)
    assert {(each["row"], each["field"]) for each in told["faults"]} == {(2, "/decision"), (3, "")}
    assert kept(stopped / "data", "FR").resolve("customs decision", "FRCGU4711") is None
    file = export(stopped, cases=[CASE], decisions=[decision])
    taken = answer(capsys, "decisions", "import", file, *of(stopped), *WHY)
    assert (taken["counts"]["taken over"], taken["counts"]["not taken over"]) == (2, 0)
    view = kept(stopped / "data", "FR")
    subject = view.resolve("customs decision", "FRCGU4711")
    assert subject is not None
    case = view.get(DecisionCase, subject)
    assert case is not None
    assert (case.state, case.decision) == ("in force", "FRCGU4711")
    assert view.resolve("authorisation", "FRCGU4711") is not None, "the register that procedures ask has it"
    again = answer(capsys, "decisions", "import", file, *of(stopped), *WHY)
    assert (again["counts"]["already here"], again["counts"]["taken over"]) == (2, 0)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no archive", "no ZIP archive"), ({"export.json": "{}"}, "portal"), ({}, "export.json"),
        ({"export.json": '{"portal":"x","version":2}'}, "version 2"),
        ({"export.json": '{"portal":"x","version":1}', "../users.jsonl": ""}, "Nothing reads"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_told_so(content: Any, told: str, tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "export.zip"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    assert told in refused(capsys, "decisions", "import", str(file), "--data", str(tmp_path / "node"), "--dry-run")


@pytest.mark.parametrize("processes", [1, 2])
def test_it_is_taken_over_while_the_node_runs_by_an_operator_whom_the_journal_names(
    tmp_path: Path, capsys: Printed, processes: int
) -> None:
    cases = [{**CASE, "reference": f"CD-{n}", "own_reference": f"A{n}"} for n in range(60)]
    file = export(tmp_path, users=[USER], preferences=[CHOICE], drafts=[draft()], cases=cases)
    here = (file, "--data", str(tmp_path / "data"))
    with supervised(tmp_path, "--processes", str(processes)) as node:
        assert answer(capsys, "decisions", "import", *here, "--dry-run")["counts"]["cases.jsonl"] == 60
        assert answer(capsys, "decisions", "import", *here, *WHY)["counts"]["taken over"] == 63
        assert answer(capsys, "decisions", "import", *here, *WHY)["counts"]["already here"] == 63
        assert node.stop() == 0
    capsys.readouterr()
    done = [asked(row) for row in interventions(tmp_path)]
    assert [(each.act, each.reason) for each in done] == [("older.take_over", WHY[1])] * 2, "a dry run is no act"
    (tmp_path / "several.toml").write_text(f'name = "several"\ndata = "{tmp_path / "data"}"\n')
    assert answer(capsys, "audit", "inspect", "--config", str(tmp_path / "several.toml"))["findings"] == []
