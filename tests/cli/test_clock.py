"""``douane clock compute``: the options of the command line, its answer for programs, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from douane.cli.main import main


def computed(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    assert main(["clock", "compute", *options, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("options", "last_day", "last_instant"),
    [
        ("--days 30 --event 2026-11-26T09:00:00Z --calendar FR", "2026-12-28", "2026-12-28T23:00:00Z"),
        ("--days 3 --event 2026-12-24T14:00+01:00 --calendar AT --kind act", "2026-12-29", "2026-12-29T23:00:00Z"),
        ("--months 9 --event 2026-12-29 --calendar FR", "2027-09-29", "2027-09-29T22:00:00Z"),
        ("--years 3 --event 2026-12-21 --calendar FR", "2029-12-21", "2029-12-21T23:00:00Z"),
        ("--hours 24 --event 2026-11-27T18:20 --calendar DE", "2026-11-28", "2026-11-28T18:00:00Z"),
        ("--hours 24 --kind backward --event 2027-01-04T06:00 --calendar BE", "2027-01-03", "2027-01-03T05:00:00Z"),
        ("--working-days 2 --event 2026-12-23 --calendar AT", "2026-12-28", "2026-12-28T23:00:00Z"),
        ("--days 3 --event 2026-12-24 --calendar AT000101 --without-3-5", "2026-12-28", "2026-12-28T23:00:00Z"),
    ],
)
def test_compute(capsys: pytest.CaptureFixture[str], options: str, last_day: str, last_instant: str) -> None:
    found = computed(capsys, *options.split())
    assert (found["last_day"], found["last_instant"]) == (last_day, last_instant)


def test_the_rule_that_moved_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--days", "3", "--event", "2026-12-24T14:00", "--calendar", "AT"]
    assert computed(capsys, *call)["moved_by"] == ["1182/71 art. 3(4)", "1182/71 art. 3(5)"]
    assert main(["clock", "compute", *call]) == 0
    said = capsys.readouterr().out
    assert "last day      Tuesday 2026-12-29" in said
    assert "1182/71 art. 3(5): 2026-12-28 -> 2026-12-29" in said


def test_an_effect_begins_with_its_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = computed(capsys, *["--days", "5", "--kind", "effect", "--event", "2026-08-25", "--calendar", "DE"])
    assert (found["last_day"], found["takes_effect"]) == ("2026-08-30", "2026-08-29T22:00:00Z")


def test_calendars_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "calendars.json"
    holiday = {"day": "2026-12-28", "name": "mourning"}
    file.write_text(json.dumps({"FR-X": {"title": "x", "source": "decree", "within": "FR", "holidays": [holiday]}}))
    call = ("--days", "30", "--event", "2026-11-26", "--calendars", str(file), "--calendar")
    assert computed(capsys, *call, "FR")["last_day"] == "2026-12-28"
    assert computed(capsys, *call, "FR-X")["last_day"] == "2026-12-29"


@pytest.mark.parametrize(
    "options",
    [
        "--days 5 --event 2026-08-25 --calendar ZZ",
        "--days 5 --event yesterday --calendar FR",
        "--days -5 --event 2026-08-25 --calendar FR",
        "--days 5 --months 1 --event 2026-08-25 --calendar FR",
        "--event 2026-08-25 --calendar FR",
        "--hours 5 --kind act --event 2026-08-25 --calendar FR",
        "--days 5 --kind hours --event 2026-08-25 --calendar FR",
        "--days 5 --event 2026-08-25",
        "--years 99000 --event 2026-08-25 --calendar FR",
    ],
)
def test_what_cannot_be_counted_is_refused_with_2(capsys: pytest.CaptureFixture[str], options: str) -> None:
    assert main(["clock", "compute", *options.split()]) == 2
    told = capsys.readouterr()
    assert told.err
    assert not told.out
