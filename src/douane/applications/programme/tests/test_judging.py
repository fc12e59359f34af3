"""Roles judge and plan projects: with a reason or not at all, and what follows is told at once."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from douane.applications.programme.messages.judging import (
    GateKept,
    GateMoved,
    ProjectNotChanged,
    ScoreGiven,
    ScoreKept,
)
from douane.applications.programme.messages.telling import ProjectQuery, ProjectShown, Roadmap, RoadmapQuery
from douane.author import BEST, Criterion, DouaneError, Gate
from douane.testing.office import Office, administration, officer, third_country, trader

CENTRE = administration("EU")
LATER = dt.date(2028, 6, 1)


def road(office: Office) -> Roadmap:
    answer: Roadmap = office.ask(RoadmapQuery(), by=CENTRE)
    return answer


def shown(office: Office, name: str) -> ProjectShown:
    answer: ProjectShown = office.ask(ProjectQuery(name), by=CENTRE)
    return answer


def test_one_changed_score_reorders_and_is_told_with_its_role_day_and_reason() -> None:
    office = Office("EU", "FR")
    before = [each.project for each in road(office).order]
    last = before[-1]
    for criterion in Criterion:
        office.send(ScoreGiven(last, criterion, "The pilot showed it.", BEST), by=CENTRE, id=criterion.name)
    after = [each.project for each in road(office).order]
    place = after.index(last)
    assert place < before.index(last)
    told = office.inbox(CENTRE)[-1]
    assert isinstance(told, ScoreKept)
    assert (told.value, told.place) == (BEST, place + 1)
    (line,) = (each for each in road(office).order if each.project == last)
    assert {each.by for each in line.scores} == {"business architect"}
    assert {each.on for each in line.scores} == {office.now.date()}
    assert [each.reason for each in shown(office, last).history] == ["The pilot showed it."] * len(Criterion)
    for criterion in Criterion:
        office.send(ScoreGiven(last, criterion, "It was a mistake."), by=CENTRE, id=f"back {criterion.name}")
    assert [each.project for each in road(office).order] == before, "what is derived counts again"


def test_a_slip_names_who_waits_the_deadlines_and_the_administrations() -> None:
    office = Office("EU", "FR")
    assert shown(office, "Import").delayed == ()
    office.send(GateMoved("Import", Gate.WINDOW, LATER, "The pilot begins later."), by=CENTRE)
    told = office.inbox(CENTRE)[-1]
    assert isinstance(told, GateKept)
    found = {each.project: each for each in told.delayed}
    assert {"Import", "CCI", "SURV3"} <= set(found)
    assert "AEO" not in found, "it is there"
    assert all(each.administrations for each in found.values())
    assert "UCC art. 278(3)" in found["CCI"].misses
    assert shown(office, "Import").delayed == told.delayed
    (cci,) = (each for each in road(office).projects if each.name == "CCI")
    assert (cci.held_by, cci.held_until) == ("Import", LATER)
    office.send(GateMoved("CCI", Gate.WINDOW, LATER, "It waits."), by=CENTRE, id="follows")
    assert "CCI" not in {each.project for each in shown(office, "Import").delayed}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (ScoreGiven("Export", Criterion.CASE, "   ", 4), "no reason"),
        (ScoreGiven("zebra", Criterion.CASE, "It is.", 4), "no project"),
        (ScoreGiven("export", Criterion.CASE, "It is.", 4), "Write Export"),
        (ScoreGiven("NCTS", Criterion.CASE, "It is.", 4), "Everything of NCTS is there"),
        (GateMoved("CCI", Gate.WINDOW, dt.date(2028, 6, 2), "   "), "no reason"),
        (GateMoved("CCI", Gate.WINDOW, dt.date(2027, 2, 1), "Now."), "comes before it"),
        (GateMoved("CCI", Gate.FUNCTIONAL, dt.date(2028, 2, 1), "Then."), "comes after it"),
        (GateMoved("CCI", Gate.WINDOW, dt.date(2028, 1, 11), "Then."), ""),
    ],
)
def test_what_has_no_reason_or_comes_before_what_it_needs_is_refused_and_changes_nothing(
    message: ScoreGiven | GateMoved, said: str
) -> None:
    office = Office("EU", "FR")
    before = road(office)
    office.send(message, by=CENTRE)
    answer = office.inbox(CENTRE)[-1]
    if not said:
        assert isinstance(answer, GateKept), "it fits"
        return
    assert isinstance(answer, ProjectNotChanged)
    assert said in answer.reasons[0]
    assert road(office) == before


def test_no_window_is_planned_before_that_of_what_it_waits_for() -> None:
    office = Office("EU", "FR")
    office.send(GateMoved("Import", Gate.WINDOW, dt.date(2028, 2, 1), "Payment is late."), by=CENTRE)
    office.send(GateMoved("CCI", Gate.WINDOW, dt.date(2028, 1, 20), "Earlier."), by=CENTRE, id="cci")
    answer = office.inbox(CENTRE)[-1]
    assert isinstance(answer, ProjectNotChanged)
    assert "waits for Import" in answer.reasons[0]


def test_a_score_is_0_to_4_and_has_a_reason_by_its_type() -> None:
    good = {"project": "Export", "criterion": "business case", "value": 4, "reason": "It is."}
    assert msgspec.convert(good, ScoreGiven).value == BEST
    for wrong in ({"value": 5}, {"value": -1}, {"reason": ""}, {"criterion": "beauty"}, {"by": "me"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(good | wrong, ScoreGiven)


def test_nobody_but_the_commission_judges_or_plans() -> None:
    office = Office("EU", "FR")
    before = road(office)
    strangers = (trader("FR1"), third_country("CH"), officer("fr.officer", "FR"), administration("FR"))
    for who in strangers:
        for message in (
            ScoreGiven("Export", Criterion.CASE, "For us.", 0), GateMoved("Export", Gate.WINDOW, LATER, "For us."),
        ):  # fmt: skip
            with pytest.raises(DouaneError):
                office.send(message, by=who)
    assert road(office) == before
