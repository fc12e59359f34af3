"""Lists of cases and tasks: each by what is asked for, a page after the other, and to nobody what is not his."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from douane.applications.case_files.handlers import paging
from douane.applications.case_files.messages import (
    CaseLines,
    CaseQuery,
    CasesQuery,
    Direction,
    MessageLines,
    MessagesQuery,
    TaskLines,
    TasksQuery,
    TaskState,
)
from douane.applications.case_files.screens.lists import messages as page_of_messages
from douane.applications.case_files.screens.lists import tasks as page_of_tasks
from douane.applications.transit.tests.base_declarations import TRADER
from douane.configuration.portal import known_of_release
from douane.model.caller import Caller
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults, parsed
from douane.pages.tests.specimen import FRAME
from douane.vocabulary.errors import BadQuery, NotFound
from tests.callers import officer, trader
from tests.journeys.movements import Movement, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office

HOLDER, OFFICER = "holder of the transit procedure", "customs officer of departure"
FRENCH, GERMAN = officer("fr.officer", "FR"), officer("de.officer", "DE")
STRANGER, DELEGATE = "DE1234567890123", "BE0123456789"
LATE = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def cases(node: Office, who: Caller, *roles: str, country: str = "FR", **asked: Any) -> CaseLines:
    answer = BEHAVIOUR.queries["case_files.my_cases"].answer
    found: CaseLines = answer(node.view(country, who, roles), CasesQuery(country, **asked))
    return found


def tasks(node: Office, who: Caller, *roles: str, country: str = "FR", **asked: Any) -> TaskLines:
    found: TaskLines = BEHAVIOUR.queries["case_files.my_tasks"].answer(
        node.view(country, who, roles), TasksQuery(**asked)
    )
    return found


def messages(node: Office, who: Caller, *roles: str, country: str = "FR", **asked: Any) -> MessageLines:
    answer = BEHAVIOUR.queries["case_files.my_messages"].answer
    found: MessageLines = answer(node.view(country, who, roles), MessagesQuery(country, **asked))
    return found


@pytest.fixture(scope="module")
def movement() -> Movement:
    """A movement under control at departure: its officer has a task."""
    made = Movement(risky())
    assert [each.done for each in made.tasks] == [False]
    return made


def test_a_trader_lists_his_cases_by_role_office_state_and_deadline() -> None:
    made = Movement()  # released: it waits for the arrival

    def mine(**asked: Any) -> set[str]:
        return {each.kind for each in cases(made.office, trader(TRADER), HOLDER, **asked).cases}

    (departure,) = [each for each in cases(made.office, trader(TRADER), HOLDER).cases if each.kind == "Departure"]
    assert departure.deadline is not None
    own: dict[str, Any] = {"office": departure.office, "state": departure.state}
    later = departure.deadline + dt.timedelta(microseconds=1)
    for asked in (own, {"state": departure.state}, {}):
        assert mine(**asked, ends_before=later) == {"Departure"}, "what waits for nothing has no end"
        assert mine(**asked, ends_before=departure.deadline) == set()
    assert mine(**own) == mine(role="holder of the procedure", party=TRADER) == {"Departure"}
    for other in ({"role": "consignee"}, {"office": "FR000000"}, {"state": "no such state"}, {"party": STRANGER}):
        assert mine(**other) == set()


def test_an_officer_lists_the_cases_of_the_administration_and_of_one_party(movement: Movement) -> None:
    everything = cases(movement.office, FRENCH, OFFICER).cases
    assert {each.kind for each in everything} >= {"Departure"}
    of_party = cases(movement.office, FRENCH, OFFICER, party=TRADER).cases
    assert "Departure" in {each.kind for each in of_party}
    assert cases(movement.office, FRENCH, OFFICER, party=STRANGER).cases == ()
    (departure,) = [each for each in everything if each.kind == "Departure"]
    by_office = cases(movement.office, FRENCH, OFFICER, office=departure.office, state=departure.state).cases
    assert departure in by_office
    assert {(each.office, each.state) for each in by_office} == {(departure.office, departure.state)}


def test_an_officer_lists_his_tasks_by_office_role_state_and_when_they_are_due(movement: Movement) -> None:
    (task,) = tasks(movement.office, FRENCH, OFFICER).tasks
    assert (task.reference, task.task, task.role) == (movement.mrn, "control_goods", OFFICER)
    assert (task.state, task.by, task.at) == (TaskState.OPEN, "", None)
    own: dict[str, Any] = {"office": task.office, "role": OFFICER}
    assert tasks(movement.office, FRENCH, OFFICER, **own).tasks == (task,)
    if task.due is not None:
        later = task.due + dt.timedelta(microseconds=1)
        assert tasks(movement.office, FRENCH, OFFICER, **own, due_before=later).tasks == (task,)
        assert tasks(movement.office, FRENCH, OFFICER, **own, due_before=task.due).tasks == ()
    for other in ({"office": "FR000000"}, {"role": "customs officer of import"}, {"state": TaskState.DONE}):
        assert tasks(movement.office, FRENCH, OFFICER, **other).tasks == ()


def test_a_task_that_was_completed_is_listed_as_done_and_by_whom() -> None:
    made = Movement(risky())
    made.decide(good=True)
    assert tasks(made.office, FRENCH, OFFICER).tasks == ()
    (done,) = tasks(made.office, FRENCH, OFFICER, state=TaskState.DONE).tasks
    assert (done.task, done.state, done.by) == ("control_goods", TaskState.DONE, "fr.officer")
    assert done.at is not None


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        (trader(STRANGER), (HOLDER, "inbox")),  # a stranger, whatever his roles
        (trader(TRADER), ()),  # an employee without a role
        (trader(TRADER), ("trader at destination",)),  # one whose role acts in other cases
        (trader(TRADER, by=DELEGATE), ()),  # a delegate without a role
        (trader(TRADER, by=DELEGATE), (HOLDER,)),  # one who did nothing in these cases and is not named in them
        (GERMAN, (OFFICER, "inbox")),  # an officer of another administration
        (FRENCH, ()),  # one without a role
        (FRENCH, ("customs officer of import", "inbox")),  # one who works on other procedures
    ],
)
def test_nobody_sees_what_is_not_his(movement: Movement, who: Caller, roles: tuple[str, ...]) -> None:
    assert [each for each in cases(movement.office, who, *roles).cases if each.kind == "Departure"] == []
    assert tasks(movement.office, who, *roles).tasks == ()
    said = messages(movement.office, who, *roles).messages
    assert [each for each in said if each.reference == movement.mrn] == []
    show = BEHAVIOUR.queries["case_files.show"].answer
    with pytest.raises(NotFound):
        show(movement.office.view("FR", who, roles), CaseQuery(movement.mrn, "FR"))


def test_the_role_for_inboxes_shows_the_cases_of_the_party_to_employee_and_delegate(movement: Movement) -> None:
    whole = cases(movement.office, trader(TRADER), "inbox")
    assert "Departure" in {each.kind for each in whole.cases}
    assert cases(movement.office, trader(TRADER, by=DELEGATE), "inbox") == whole


def test_a_task_for_another_role_is_not_shown_to_an_officer_who_sees_the_case(movement: Movement) -> None:
    other = "customs officer of destination"
    assert "Departure" in {each.kind for each in cases(movement.office, FRENCH, other).cases}
    assert tasks(movement.office, FRENCH, other).tasks == ()


def test_pages_follow_each_other_by_every_index_whole_and_without_repeating() -> None:
    made = Movement(risky())
    for number in (2, 3):  # the guarantee does not cover the third
        Movement(office=made.office, number=number, declaration=made.declaration)
    asks: tuple[dict[str, Any], ...] = (
        {}, {"party": TRADER}, {"office": "FR005350"}, {"ends_before": LATE}, {"role": "competent authority"},
    )  # fmt: skip
    for asked in asks:
        whole = cases(made.office, FRENCH, OFFICER, **asked).cases
        page = cases(made.office, FRENCH, OFFICER, limit=1, **asked)
        found = list(page.cases)
        while page.after:
            page = cases(made.office, FRENCH, OFFICER, limit=1, after=page.after, **asked)
            assert len(page.cases) <= 1
            found += page.cases
        assert len(whole) >= 1
        assert tuple(found) == whole, asked
    first = tasks(made.office, FRENCH, OFFICER, limit=1)
    rest = tasks(made.office, FRENCH, OFFICER, limit=1, after=first.after)
    assert [len(first.tasks), len(rest.tasks)] == [1, 1]
    assert (*first.tasks, *rest.tasks) == tasks(made.office, FRENCH, OFFICER).tasks


@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_of_tasks_leads_to_the_case_and_has_no_fault(movement: Movement, language: str) -> None:
    words = Words(language)
    given = Given(words, known_of_release(CATALOGUE), {}, {}, "FR")
    drawn = draw(page_of_tasks(tasks(movement.office, FRENCH, OFFICER), given), FRAME, words)
    assert faults(drawn) == []
    assert parsed(drawn).xpath(f"//table//a[@href='/cases/{movement.mrn}']")
    nothing = draw(page_of_tasks(tasks(movement.office, GERMAN, OFFICER), given), FRAME, words)
    assert faults(nothing) == []
    assert movement.mrn not in nothing


@pytest.mark.parametrize(
    ("country", "role", "task"),
    [("DE", "customs officer of transit", "record_passage"), ("AT", "customs officer of destination", "inspect")],
)
def test_officers_along_the_way_see_the_cases_that_other_offices_opened_there(
    country: str, role: str, task: str
) -> None:
    made = Movement()
    if country == "AT":
        made.pass_frontier()
        made.arrive()
    who = officer(f"{country.lower()}.officer", country)
    waiting = tasks(made.office, who, role, country=country).tasks
    assert [(each.task, each.reference) for each in waiting] == [(task, made.mrn)]
    assert made.mrn in {each.reference for each in cases(made.office, who, role, country=country).cases}


def test_a_page_looks_at_a_bounded_number_of_entries_and_hands_out_where_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Movement(risky())
    for number in (2, 3):
        Movement(office=made.office, number=number, declaration=made.declaration)
    monkeypatch.setattr(paging, "ROWS", 2)
    whole = len(cases(made.office, FRENCH, OFFICER, limit=100).cases)
    assert whole == 3
    asked: dict[str, Any] = {"limit": 1, "state": "no such state"}
    steps, page = 1, cases(made.office, FRENCH, OFFICER, **asked)
    while page.after:
        assert page.cases == ()
        steps += 1
        page = cases(made.office, FRENCH, OFFICER, after=page.after, **asked)
    assert steps >= 2, "no page goes through all of it"
    assert page.cases == ()


def test_messages_are_listed_by_case_type_direction_and_time_as_the_case_file_shows_them() -> None:
    made = Movement()
    show = BEHAVIOUR.queries["case_files.show"].answer
    for who, roles in ((trader(TRADER), (HOLDER,)), (FRENCH, (OFFICER,))):
        shown = show(made.office.view("FR", who, roles), CaseQuery(made.mrn, "FR")).messages
        listed = messages(made.office, who, *roles).messages
        assert tuple(each.message for each in listed if each.reference == made.mrn) == shown
        released = messages(made.office, who, *roles, type="CC029C").messages
        assert [each.message.direction for each in released] == [Direction.OUT]
        assert {
            each.message.direction for each in messages(made.office, who, *roles, direction=Direction.IN).messages
        } == {Direction.IN}
        at = released[0].message.at
        since = messages(made.office, who, *roles, since=at).messages
        assert since
        assert all(each.message.at >= at for each in since)
        for other in ({"state": "no such state"}, {"office": "FR000000"}, {"since": LATE}, {"type": "CC928"}):
            assert messages(made.office, who, *roles, **other).messages == ()
    assert messages(made.office, trader(TRADER), HOLDER, party=STRANGER).messages == ()


def test_pages_of_messages_follow_each_other_whole_and_without_repeating() -> None:
    made = Movement(risky())
    for number in (2, 3):
        Movement(office=made.office, number=number, declaration=made.declaration)
    whole = messages(made.office, FRENCH, OFFICER, limit=100)
    assert (whole.after, len({each.case for each in whole.messages})) == ("", 3)
    for limit in (1, 4):
        page = messages(made.office, FRENCH, OFFICER, limit=limit)
        found = list(page.messages)
        while page.after:
            page = messages(made.office, FRENCH, OFFICER, limit=limit, after=page.after)
            assert len(page.messages) <= limit
            found += page.messages
        assert tuple(found) == whole.messages
    for wrong in ("x", "1", "1.!", "-1.", "9999999."):
        with pytest.raises(BadQuery):
            messages(made.office, FRENCH, OFFICER, after=wrong)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_of_messages_leads_to_the_cases_and_has_no_fault(movement: Movement, language: str) -> None:
    words = Words(language)
    given = Given(words, known_of_release(CATALOGUE), {}, {"since": "2026-01-01", "direction": "out"}, "FR")
    drawn = draw(page_of_messages(messages(movement.office, FRENCH, OFFICER), given), FRAME, words)
    assert faults(drawn) == []
    assert parsed(drawn).xpath(f"//table//a[@href='/cases/{movement.mrn}']")
    assert parsed(drawn).xpath("//select[@name='direction']/option[@selected]/@value") == ["out"]
