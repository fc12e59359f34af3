"""Steps: none before what it needs, done is what a live edge shows, a late one says whom it holds up."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.model.architecture import Stage, Step
from douane.reference_architecture.landscape import Column, Held, Holding
from douane.reference_architecture.programme.steps import calendar, facts, faults

TODAY = dt.date(2026, 11, 27)


def step(stage: Stage, day: str, of: str = "", *, at: str = "FR", said_done: bool = False) -> Step:
    return Step(at, "transit", stage, dt.date.fromisoformat(day), of, said_done)


def live(administration: str = "FR", held: Held = Held.CENTRAL, volume: int | None = 7, of: str = "") -> Column:
    return Column(administration, {"transit": Holding(held, of, operations=25, volume=volume)})


SOUND = (step(Stage.SERVICE, "2026-06-01"), step(Stage.CENTRAL, "2026-06-01"))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ((step(Stage.WRAPPED, "2027-01-01"),), "needs legacy before it"),
        ((step(Stage.PHASE_6, "2027-01-01"), step(Stage.PHASE_5, "2027-02-01")), "plan it for 2027-02-01 or later"),
        ((step(Stage.OPENS, "2027-01-01"), step(Stage.CLOSES, "2027-03-01")), "needs parallel before it"),
        ((step(Stage.SERVICE, "2027-01-01"), step(Stage.SHARED, "2027-01-01")), "Say whose system is shared"),
        ((step(Stage.SERVICE, "2027-01-01", "DE"),), "Leave out whose system"),
    ],
)
def test_a_step_before_what_it_needs_is_refused_with_what_mends_it(plan: tuple[Step, ...], said: str) -> None:
    (found,) = faults(plan)
    assert said in found


def test_a_sound_plan_has_no_fault() -> None:
    assert faults(SOUND) == ()


def test_a_step_is_done_where_a_live_edge_shows_it_and_nowhere_else() -> None:
    claimed = tuple(step(each.stage, str(each.day), said_done=True) for each in SOUND)
    assert [each.done for each in facts(claimed, [live()], TODAY)] == [True, True]
    for columns in ([], [Column("FR", {}, dt.date(2026, 11, 1))], [Column("FR", {"transit": Holding(Held.PLANNED)})]):
        found = facts(claimed, columns, TODAY)
        assert [each.done for each in found] == [False, False]
        assert all(each.because.startswith("It is said to be done. ") for each in found)
    own = facts(SOUND, [live(held=Held.OWN)], TODAY)
    assert [(each.step.stage, each.done) for each in own] == [(Stage.SERVICE, True), (Stage.CENTRAL, False)]


def test_a_window_closes_after_messages_have_passed_and_its_day_has_come() -> None:
    plan = (step(Stage.OPENS, "2026-06-01"), step(Stage.PARALLEL, "2026-07-01"), step(Stage.CLOSES, "2027-01-15"))
    assert [each.done for each in facts(plan, [live()], TODAY)] == [True, True, False]
    assert [each.done for each in facts(plan, [live(volume=0)], TODAY)] == [True, False, False]
    assert [each.done for each in facts(plan, [live()], dt.date(2027, 1, 15))] == [True, True, True]


def test_a_late_step_says_whom_it_holds_up() -> None:
    plan = (
        *SOUND, step(Stage.SERVICE, "2027-01-01", at="BE"), step(Stage.SHARED, "2027-01-02", "FR", at="BE"),
    )  # fmt: skip
    found = {(each.step.administration, each.step.stage): each for each in facts(plan, [], TODAY)}
    late = found["FR", Stage.SERVICE]
    assert late.late
    assert set(late.holds_up) == {"FR: central of transit on 2026-06-01", "BE: shared of transit on 2027-01-02"}
    assert not found["BE", Stage.SERVICE].late, "its day has not come"


def test_the_calendar_holds_every_step_in_lines_of_75_octets() -> None:
    plan = (*SOUND, Step("BE", "a_service_whose_name_is_so_long_that_its_line_must_be_folded", Stage.OPENS, TODAY))
    text = calendar(plan, dt.datetime(2026, 11, 27))
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(plan)
    assert "DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260602\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "SUMMARY:FR: central of transit" in text.replace("\r\n ", "")
