"""Tasks of an office: taken by one officer, given back, handed over; completed by nobody else; four eyes."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.case_files.messages import (
    CaseQuery,
    ClaimTask,
    HandOverTask,
    OfTask,
    ReleaseTask,
    TaskHeld,
    TaskLine,
    TaskRefused,
    TasksQuery,
    TaskState,
)
from douane.applications.case_files.screens.case import case, situation
from douane.applications.case_files.screens.lists import FREE, MINE
from douane.applications.transit.messages import ControlDecision, DeskRefusal, EnquiryClosure
from douane.configuration.portal import known_of_release
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults, parsed
from douane.pages.tests.specimen import FRAME
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Arrival, Receipt
from tests.callers import officer, with_origin
from tests.journeys.movements import Movement, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office

FIRST, SECOND, THIRD = "fr.officer", "fr.second.officer", "fr.third.officer"
ROLE = "customs officer of departure"


@pytest.fixture
def movement() -> Movement:
    """A movement under control: a task waits for an officer of departure."""
    return Movement(risky())


def seen(made: Movement, who: str = FIRST, country: str = "FR", roles: tuple[str, ...] = (ROLE,), **asked: Any) -> Any:
    view = made.office.view(country, officer(who, country), roles)
    return BEHAVIOUR.queries["case_files.my_tasks"].answer(view, TasksQuery(**asked)).tasks


def of(line: TaskLine, kind: type[OfTask] = ClaimTask, **more: Any) -> Any:
    said: dict[str, Any] = {
        "case": line.name, "procedure": line.procedure, "task": line.task, "role": line.role, "turn": line.turn,
    }  # fmt: skip
    return kind(**{**said, **more})


def say(made: Movement, who: str, kind: type[OfTask], country: str = "FR", **more: Any) -> TaskHeld | TaskRefused:
    """What somebody is answered who wants something of the task as it stands."""
    (task,) = seen(made)
    made.office.give(of(task, kind, **more), who, administration=country)
    found = made.office.sent(who)[-1]
    assert isinstance(found, TaskHeld | TaskRefused)
    return found


def decide(office: Office, mrn: str, who: str) -> None:
    office.give(ControlDecision(mrn=mrn, satisfactory=True), who, administration="FR")


def test_of_two_officers_at_once_one_has_the_task_and_the_other_is_told_who(movement: Movement) -> None:
    (task,) = seen(movement)
    assert (task.state, task.holder, task.name) == (TaskState.OPEN, "", f"mrn/{movement.mrn}")
    movement.office.together((of(task, country="FR"), FIRST), (of(task, country="FR"), SECOND))
    won = movement.office.sent(FIRST)[-1]
    assert (won.holder, won.turn) == (FIRST, 1)
    (lost,) = movement.office.sent(SECOND)
    assert isinstance(lost, TaskRefused)
    assert (lost.code, lost.holder) == ("92", FIRST)
    assert FIRST in lost.reason
    (kept,) = movement.tasks
    assert (kept.holder, kept.held_since > 0, kept.done) == (FIRST, True, False)
    (line,) = seen(movement, SECOND)
    assert (line.state, line.holder, line.mine) == (TaskState.HELD, FIRST, False)
    assert seen(movement, FIRST)[0].mine


def test_a_task_that_is_taken_is_completed_by_nobody_else(movement: Movement) -> None:
    say(movement, FIRST, ClaimTask)
    decide(movement.office, movement.mrn, SECOND)
    told = movement.office.sent(SECOND)[-1]
    assert isinstance(told, DeskRefusal)
    assert told.code == "92"
    assert FIRST in told.reason
    assert movement.case.state == "under control", "nothing was decided"
    decide(movement.office, movement.mrn, FIRST)
    assert movement.case.state == "released"
    (done,) = movement.tasks
    assert (done.done, done.by) == (True, FIRST)
    assert seen(movement) == ()
    (line,) = seen(movement, state=TaskState.DONE)
    assert line.by == FIRST


def test_a_task_that_nobody_took_is_completed_by_whoever_comes(movement: Movement) -> None:
    decide(movement.office, movement.mrn, SECOND)
    assert movement.tasks[0].by == SECOND


def test_what_is_given_back_may_be_taken_by_another(movement: Movement) -> None:
    say(movement, FIRST, ClaimTask)
    refused = say(movement, SECOND, ReleaseTask)
    assert (type(refused), refused.holder) == (TaskRefused, FIRST)
    assert say(movement, FIRST, ReleaseTask).holder == ""
    assert seen(movement)[0].state is TaskState.OPEN
    assert say(movement, SECOND, ClaimTask).holder == SECOND
    assert say(movement, FIRST, ClaimTask).holder == SECOND


def test_what_is_handed_over_is_taken_by_him_alone_and_until_then_stays_with_who_had_it(movement: Movement) -> None:
    say(movement, FIRST, ClaimTask)
    offered = say(movement, FIRST, HandOverTask, to=SECOND)
    assert isinstance(offered, TaskHeld)
    assert (offered.holder, offered.offered_to) == (FIRST, SECOND)
    third = say(movement, THIRD, ClaimTask)
    assert isinstance(third, TaskRefused)
    assert SECOND in third.reason
    assert seen(movement, SECOND)[0].for_me
    taken = say(movement, SECOND, ClaimTask)
    assert isinstance(taken, TaskHeld)
    assert (taken.holder, taken.offered_to) == (SECOND, "")
    decide(movement.office, movement.mrn, FIRST)
    assert movement.case.state == "under control"
    decide(movement.office, movement.mrn, SECOND)
    assert movement.tasks[0].by == SECOND


def test_the_system_of_the_administration_shares_tasks_out_and_no_other_administrations(movement: Movement) -> None:
    say(movement, FIRST, ClaimTask)
    foreign = say(movement, "NTA.DE", ReleaseTask, country="FR")
    assert isinstance(foreign, TaskRefused)
    assert (foreign.code, foreign.holder) == ("90", ""), "to a stranger there is no such case"
    assert say(movement, "NTA.FR", ReleaseTask, country="FR").holder == ""
    assigned = say(movement, "NTA.FR", HandOverTask, country="FR", to=SECOND)
    assert isinstance(assigned, TaskHeld)
    assert (assigned.holder, assigned.offered_to) == ("", SECOND)
    assert isinstance(say(movement, FIRST, ClaimTask), TaskRefused)
    decide(movement.office, movement.mrn, FIRST)
    assert movement.case.state == "under control", "it is not his to do"
    assert say(movement, SECOND, ClaimTask).holder == SECOND


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": "mrn/26FR005350ZZZZZZJ9"},  # no such case
        {"case": "lrn/x"},
        {"task": "close_enquiry"},  # a task that is not open
        {"procedure": "importing"},
        {"role": "customs officer of destination"},  # a role for which it is not
    ],
)
def test_what_names_no_open_task_is_told_so_and_nothing_more(movement: Movement, wrong: dict[str, Any]) -> None:
    found = say(movement, FIRST, ClaimTask, **wrong)
    assert isinstance(found, TaskRefused)
    assert (found.code, found.holder) == ("90", "")
    assert movement.tasks[0].holder == ""


def test_an_officer_of_another_administration_finds_no_such_task(movement: Movement) -> None:
    found = say(movement, "de.officer", ClaimTask, country="DE")
    assert isinstance(found, TaskRefused)
    assert (found.code, movement.tasks[0].holder) == ("90", "")


def test_who_looked_before_it_changed_hands_is_told_to_look_again(movement: Movement) -> None:
    assert isinstance(say(movement, FIRST, ClaimTask, turn=7), TaskRefused)
    say(movement, FIRST, ClaimTask)
    stale = say(movement, FIRST, ReleaseTask, turn=0)
    assert isinstance(stale, TaskRefused)
    assert stale.holder == FIRST


@pytest.mark.parametrize(("who", "state"), [(FIRST, "discrepancies"), (SECOND, "discharged")])
def test_who_controlled_the_goods_does_not_settle_what_was_found_at_destination(who: str, state: str) -> None:
    made = Movement(risky())
    decide(made.office, made.mrn, FIRST)
    made.arrive()
    made.inspect("B1", "Twelve cartons are missing.")
    made.office.give(EnquiryClosure(mrn=made.mrn, discharged=True), who, administration="FR")
    assert made.case.state == state
    refused = [each for each in made.office.sent(who) if isinstance(each, DeskRefusal)]
    assert [each.code for each in refused] == (["92"] if who == FIRST else [])


def as_person(made: Movement, message: Any, client: str, person: str) -> None:
    """An officer acts by a client that is registered for a person."""
    arrival = made.office._arrival(message, client, "FR")
    caller = replace(officer(client, "FR"), person=person)
    (result,) = Tick(made.office.owner).run([Arrival(with_origin(arrival.envelope, caller=caller), message)])
    assert isinstance(result, Receipt)
    made.office.settle()


@pytest.mark.parametrize(
    ("client", "person", "state"),
    [
        ("fr.luc.bernard", "fr.luc.bernard", "discrepancies"), ("program.fr", "fr.luc.bernard", "discrepancies"),
        ("program.fr", "fr.marie.durand", "discharged"), ("fr.marie.durand", "fr.marie.durand", "discharged"),
    ],
)  # fmt: skip
def test_four_eyes_are_two_persons_and_not_two_clients_of_one(client: str, person: str, state: str) -> None:
    """He controlled the goods by his program; signed in, or by another program of his, he does not settle the rest."""
    made = Movement(risky())
    as_person(made, ControlDecision(mrn=made.mrn, satisfactory=True), "program.fr", "fr.luc.bernard")
    made.arrive()
    made.inspect("B1", "Twelve cartons are missing.")
    as_person(made, EnquiryClosure(mrn=made.mrn, discharged=True), client, person)
    assert made.case.state == state


def test_who_controls_goods_or_settles_what_was_found_is_a_person() -> None:
    made = Movement(risky())
    as_person(made, ControlDecision(mrn=made.mrn, satisfactory=True), "program.fr", "")
    assert made.case.state == "under control", "a program of nobody in particular"
    as_person(made, ControlDecision(mrn=made.mrn, satisfactory=True), "program.fr", "fr.luc.bernard")
    made.arrive()
    made.inspect("B1", "Twelve cartons are missing.")
    as_person(made, EnquiryClosure(mrn=made.mrn, discharged=True), "other.fr", "")
    assert made.case.state == "discrepancies"
    told = [each for each in made.office.sent("other.fr") if isinstance(each, DeskRefusal)]
    assert "registered for no person" in told[-1].reason


@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_of_a_case_says_who_has_its_task_and_offers_what_may_be_done(
    movement: Movement, language: str
) -> None:
    words = Words(language)

    def page(who: str) -> tuple[str, frozenset[tuple[str, str]]]:
        view = movement.office.view("FR", officer(who, "FR"), (ROLE,))
        found = BEHAVIOUR.queries["case_files.show"].answer(view, CaseQuery(movement.mrn))
        given = Given(words, known_of_release(CATALOGUE), {"reference": movement.mrn}, {}, "FR")
        drawn = draw(case(found, given), FRAME, words)
        assert faults(drawn) == []
        (card,) = parsed(drawn).xpath("//section[@aria-labelledby='h-own-tasks']")
        return " ".join(card.itertext()), situation(found, given).tasks - {("departure", "examine")}  # its frame

    control, write = ("departure", "control_goods"), ("case_files", "write")
    assert page(FIRST)[1] == {control, write, FREE}
    say(movement, FIRST, ClaimTask)
    assert page(FIRST)[1] == {control, write, MINE}
    text, tasks = page(SECOND)
    assert FIRST in text
    assert tasks == frozenset(), "neither form nor button for what a colleague has"
    say(movement, FIRST, HandOverTask, to=SECOND)
    assert page(SECOND)[1] == {control, write, FREE}
    assert page(THIRD)[1] == frozenset()
