"""``douane clock``: periods counted, limits of a case told, what another law would move, statutory time set ahead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from douane.applications.transit.tests.base_declarations import prelodged
from douane.backends.sqlite.backend import SqliteStore
from douane.cli.main import main
from douane.configuration.settings import NodeSettings
from douane.examination.starting.judging import must_start
from douane.runtime.store.statutory import StatutoryClock
from douane.supervision.statutory import keep_pace, read_pace, statutory_clock, statutory_time
from douane.trust.development_identity import prepare
from douane.vocabulary.calendars import CalendarData, Holiday, built_in
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.statutory import NORMAL
from douane.vocabulary.time import DAY
from tests.cli.nodes import answer, refused, said
from tests.journeys.movements import Movement
from tests.journeys.office import Clock, Office


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
        ("--hours 1 --kind backward --event 2027-01-04T14:30 --calendar BE", "2027-01-04", "2027-01-04T12:00:00Z"),
        (
            "--hours 1 --kind backward --exact --event 2027-01-04T14:30 --calendar BE",
            "2027-01-04",
            "2027-01-04T12:30:00Z",
        ),
        ("--minutes 15 --event 2027-01-04T14:30 --calendar BE", "2027-01-04", "2027-01-04T13:45:00Z"),
        ("--weeks 2 --event 2026-11-26 --calendar FR", "2026-12-10", "2026-12-10T23:00:00Z"),
        ("--months 1.5 --event 2026-11-26 --calendar FR", "2027-01-11", "2027-01-11T23:00:00Z"),
        ("--days 30 --deemed 10 --event 2026-11-26 --calendar FR", "2027-01-05", "2027-01-05T23:00:00Z"),
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


def test_what_lengthens_and_stops_a_period_is_counted_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--days", "30", "--event", "2026-11-26", "--calendar", "FR", "--extended", "5"]
    call += ["--stopped", "2026-12-01/2026-12-11", "--stopped", "2026-12-05/2026-12-15"]
    found = computed(capsys, *call, "--extended", "9@2027-03-01", "--stopped", "2027-04-01/2027-05-01")
    assert (found["last_day"], found["suspended_days"]) == ("2027-01-14", 14), "what overlaps stops it once"
    assert found["extended_by"] == ["5 days"]
    assert found["void"] == [
        "announced when the limit had ended, on 2027-01-14", "stopped at 2027-03-31T22:00:00Z, when it had ended",
    ]  # fmt: skip
    assert computed(capsys, *call, "--extended", "9@2027-01-14T23:00")["last_day"] == "2027-01-25"
    assert main(["clock", "compute", *call]) == 0
    assert "stood still for 14 days" in capsys.readouterr().out


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
        "--days 5 --event 9999-12-31 --calendar FR",
        "--days 5 --event 0001-01-01T00:00+14:00 --calendar FR",
        "--days -5 --event 2026-08-25 --calendar FR",
        "--days 5 --months 1 --event 2026-08-25 --calendar FR",
        "--event 2026-08-25 --calendar FR",
        "--hours 5 --kind act --event 2026-08-25 --calendar FR",
        "--days 5 --kind hours --event 2026-08-25 --calendar FR",
        "--months 1.01 --event 2026-08-25 --calendar FR",
        "--days 5 --stopped 2026-08-26 --event 2026-08-25 --calendar FR",
        "--days 5 --stopped 2026-08-28/2026-08-26 --event 2026-08-25 --calendar FR",
        "--days 5 --extended 3@ --event 2026-08-25 --calendar FR",
        "--minutes 5 --days 1 --event 2026-08-25 --calendar FR",
        "--days 5 --event 2026-08-25",
        "--years 99000 --event 2026-08-25 --calendar FR",
    ],
)
def test_what_cannot_be_counted_is_refused_with_2(capsys: pytest.CaptureFixture[str], options: str) -> None:
    assert main(["clock", "compute", *options.split()]) == 2
    told = capsys.readouterr()
    assert told.err
    assert not told.out


# --- cases ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A node's folder: a pre-lodged declaration of 26 November 2026, 10 o'clock in Paris."""
    (tmp_path / "store").mkdir()
    store = SqliteStore(str(tmp_path / "store" / "node.db"))
    began = built_in().of("FR").read("2026-11-26T10:00")
    Movement(prelodged(), office=Office(clock=Clock(began), store=store))  # type: ignore[arg-type]  # a store as good
    store.close()
    return str(tmp_path)


LRN = "LQ26-000001"


def test_explain_tells_event_article_and_what_moved_the_end(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    (case,) = answer(capsys, "clock", "explain", LRN, "--data", folder)
    (limit,) = case["limits"]
    assert (limit["limit"], limit["article"], limit["state"]) == ("TRA-PRESENTATION", "UCC art. 171", "runs")
    assert (limit["event_local"], limit["calendar"], limit["length"]) == ("2026-11-26 10:00", "FR", "30 days")
    assert (limit["last_day"], limit["last_instant"]) == ("2026-12-28", "2026-12-28T23:00:00Z")
    assert [move["rule"] for move in limit["moves"]] == ["1182/71 art. 3(4)"]
    told = said(capsys, "clock", "explain", LRN, "--data", folder)
    assert "event     the declaration is lodged: 2026-11-26 10:00 (FR005350, calendar FR)" in told
    assert "silence   what was lodged is deemed not to have been lodged" in told
    assert refused(capsys, "clock", "explain", "NOBODY", "--data", folder)


def test_another_holiday_shows_which_open_cases_move_and_why(
    capsys: pytest.CaptureFixture[str], folder: str, tmp_path: Path
) -> None:
    file = tmp_path / "calendars.json"
    day = {"day": "2026-12-28", "name": "Day of mourning"}
    file.write_text(json.dumps({"FR-L": {
        "title": "Lesquin", "source": "decree", "within": "FR", "offices": ["FR005350"], "holidays": [day],
    }}))  # fmt: skip
    (case,) = answer(capsys, "clock", "what-if", "--calendars", str(file), "--data", folder)
    assert (case["limit"], case["last_day"], case["would_end"]) == ("TRA-PRESENTATION", "2026-12-28", "2026-12-29")
    assert "2026-12-28 is Day of mourning" in case["why"]
    assert any(LRN in name for name in case["names"])
    config = tmp_path / "douane.toml"
    config.write_text(f"calendars = {str(file)!r}\n")
    told = said(capsys, "clock", "explain", LRN, "--data", folder, "--config", str(config))
    assert "by the calendars of today it would end on 2026-12-29" in told


def test_another_length_shows_which_open_cases_move(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    told = said(capsys, "clock", "what-if", "--limit", "TRA-PRESENTATION", "--days", "45", "--data", folder)
    assert "2026-12-28 -> 2027-01-11: 45 days instead of 30 days" in told
    assert "1 open case would move" in told
    other = said(capsys, "clock", "what-if", "--limit", "TRA-ENQUIRY", "--days", "9", "--data", folder, code=1)
    assert "0 open cases would move" in other
    assert "TRA-PRESENTATION" in refused(capsys, "clock", "what-if", "--limit", "X", "--days", "4", "--data", folder)
    assert refused(capsys, "clock", "what-if", "--limit", "TRA-PRESENTATION", "--data", folder)


def test_a_limit_that_a_new_holiday_put_off_runs_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    store, paris = SqliteStore(str(tmp_path / "store" / "node.db")), built_in().of("FR")
    office = Office(clock=Clock(paris.read("2026-11-26T10:00")), store=store)  # type: ignore[arg-type]  # as good
    Movement(prelodged(), office=office)
    mourning = CalendarData("France", "decree", within="FR", holidays=(Holiday("2026-12-28", "mourning"),))
    office.owner.ports.statutory = StatutoryClock(calendars=built_in().with_({"FR005350": mourning}))
    office.clock.at = paris.read("2026-12-29T00:00")
    office.wait(1)
    store.close()
    (case,) = answer(capsys, "clock", "explain", LRN, "--data", str(tmp_path))
    assert [(each["last_day"], each["state"]) for each in case["limits"]] == [("2026-12-29", "runs")]


# --- two clocks -------------------------------------------------------------------------------------------------------


def test_statutory_time_is_set_ahead_in_development_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "only a node of development" in refused(capsys, "clock", "advance", "--days", "5", "--data", str(tmp_path))
    assert read_pace(tmp_path) == NORMAL
    prepare(tmp_path / "identity", now=1_795_000_000_000_000, random=lambda size: bytes(size))
    assert answer(capsys, "clock", "advance", "--days", "5", "--data", str(tmp_path))["advanced_days"] == 5
    assert "12 days ahead" in said(capsys, "clock", "advance", "--days", "7", "--data", str(tmp_path))
    assert read_pace(tmp_path).advanced == 12 * DAY
    assert "forward" in refused(capsys, "clock", "advance", "--days", "99999", "--data", str(tmp_path))


def test_a_node_of_operation_refuses_another_time_than_that_of_the_law(tmp_path: Path) -> None:
    with pytest.raises(DeclarationFault, match="shortens every time limit"):
        must_start(NodeSettings(data=tmp_path, time_scale=2))
    keep_pace(tmp_path, NORMAL.ahead(DAY))
    with pytest.raises(DeclarationFault, match="set ahead"):
        statutory_clock(NodeSettings(data=tmp_path), Clock())
    own = NodeSettings(data=tmp_path, development=True, time_scale=86_400)
    clock = statutory_clock(own, Clock())
    assert (clock.pace.advanced, clock.pace.scale) == (DAY, 86_400)
    said_aloud = list(statutory_time(own))
    assert [line.partition(":")[0] for line in said_aloud] == [
        "dates are 1 days ahead of the machine's", "time limits pass 86400 times as fast as the law says",
    ]  # fmt: skip


def test_the_command_that_runs_such_a_node_ends_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "douane.toml"
    config.write_text(f'data = "{tmp_path}"\ntime_scale = 2\n')
    assert main(["run", "--config", str(config)]) == 2
    assert "time_scale = 2 shortens every time limit of the law" in capsys.readouterr().err


def test_the_calendars_that_the_document_shows_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "time-limits.md").read_text()
    file = tmp_path / "calendars.json"
    file.write_text(page.partition("```json\n")[2].partition("```")[0])
    call = ("--days", "2", "--event", "2026-04-01", "--calendars", str(file), "--calendar")
    assert computed(capsys, *call, "FR000101")["last_day"] == "2026-04-03"
    assert computed(capsys, *call, "FR006700")["last_day"] == "2026-04-07"
    once = ("--days", "3", "--event", "2027-04-30", "--calendars", str(file), "--calendar")
    assert computed(capsys, *once, "FR006700")["last_day"] == "2027-05-05"
