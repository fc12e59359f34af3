"""An officer has the cases of his offices in lists, files and tasks, and acts in them alone; those of another have them
once goods come to it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from douane.applications.case_files.messages import CaseFile, CaseLines, CaseQuery, CasesQuery, TaskLines, TasksQuery
from douane.applications.transit.messages import PassageRequest
from douane.model.caller import Caller
from douane.vocabulary.errors import NotFound
from tests.callers import officer
from tests.journeys.movements import Movement
from tests.journeys.office import BEHAVIOUR
from tests.journeys.test_other_offices import movement, through

ROLE = "customs officer of transit"
BORDER, BRIDGE, INLAND = "DE004055", "DE005881", "DE002301"


def at(*offices: str, country: str = "DE") -> Caller:
    """An officer who works at these offices."""
    return msgspec.structs.replace(officer(f"{country.lower()}.officer", country), offices=offices)


def listed(made: Movement, who: Caller, **asked: Any) -> set[str]:
    answer = BEHAVIOUR.queries["case_files.my_cases"].answer
    found: CaseLines = answer(made.office.view("DE", who, [ROLE]), CasesQuery("DE", **asked))
    return {each.reference for each in found.cases}


def tasks(made: Movement, who: Caller, **asked: Any) -> set[str]:
    answer = BEHAVIOUR.queries["case_files.my_tasks"].answer
    found: TaskLines = answer(made.office.view("DE", who, [ROLE]), TasksQuery(**asked))
    return {each.reference for each in found.tasks}


def shown(made: Movement, who: Caller) -> CaseFile:
    found: CaseFile = BEHAVIOUR.queries["case_files.show"].answer(
        made.office.view("DE", who, [ROLE]), CaseQuery(made.mrn, "DE")
    )
    return found


@pytest.fixture(scope="module")
def two() -> Movement:
    """A movement that is expected at two offices of transit of one administration, told by one record (G0170)."""
    return movement(BORDER, BRIDGE)


@pytest.mark.parametrize("offices", [(BORDER,), (BRIDGE,), (INLAND, BRIDGE), ("*",)], ids=str)
def test_each_office_that_expects_the_goods_has_the_case_and_its_task(two: Movement, offices: tuple[str, ...]) -> None:
    who = at(*offices)
    assert two.mrn in listed(two, who)
    assert two.mrn in listed(two, who, state="expected")
    assert two.mrn in tasks(two, who)
    assert two.mrn in tasks(two, who, role=ROLE)
    assert shown(two, who).line.reference == two.mrn


@pytest.mark.parametrize("offices", [(INLAND,), ()], ids=str)
def test_no_other_office_of_the_administration_learns_of_it(two: Movement, offices: tuple[str, ...]) -> None:
    who = at(*offices)
    for office in ("", BORDER, BRIDGE, INLAND):
        assert listed(two, who, office=office) == set()
        assert tasks(two, who, office=office) == set()
    with pytest.raises(NotFound):
        shown(two, who)


def test_goods_before_an_officer_open_their_case_to_his_office() -> None:
    made = movement()
    who = at(INLAND)
    assert listed(made, who) == set()
    made.decided(PassageRequest(mrn=made.mrn, office=INLAND), "de.officer")
    assert made.mrn in listed(made, who)
    assert made.mrn in tasks(made, who)


def test_pages_of_an_officer_of_several_offices_are_whole_and_repeat_nothing() -> None:
    made = movement()
    for number in range(2, 8):
        other = through(BORDER, BRIDGE) if number % 2 else through(BRIDGE, BORDER)
        Movement(other, made.office, number=number)
    answer = BEHAVIOUR.queries["case_files.my_cases"].answer
    view = made.office.view("DE", at(BRIDGE, INLAND), [ROLE])
    found: list[str] = []
    after = ""
    for _ in range(40):
        page: CaseLines = answer(view, CasesQuery("DE", after=after, limit=2))
        found += [each.case for each in page.cases]
        after = page.after
        if not after:
            break
    whole = listed(made, at("*"), office=BRIDGE) | listed(made, at("*"), office=BORDER)
    assert len(found) == len(set(found)) == len(whole) - 1, "the first one comes by the border alone"
