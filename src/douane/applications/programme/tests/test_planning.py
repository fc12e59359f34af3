"""An administration plans its own steps, through the core that a node has; nobody plans for another."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.programme.contract.roll_out import STEPS
from douane.applications.programme.messages.steps import (
    PlannedStep,
    RollOut,
    RollOutKept,
    RollOutPlan,
    RollOutQuery,
    RollOutRefused,
)
from douane.author import DouaneError, NotAuthorised, Stage
from douane.reference_architecture.programme.steps import faults
from douane.testing.office import Office, administration, officer, trader

DAY = dt.date(2027, 3, 1)
SOUND = (PlannedStep(Stage.SERVICE, DAY), PlannedStep(Stage.CENTRAL, DAY))


def told(office: Office) -> dict[tuple[str, str], tuple[PlannedStep, ...]]:
    answer: RollOut = office.ask(RollOutQuery(), by=administration("FR"), of="EU")
    return {(each.administration, each.service): each.steps for each in answer.lines}


def test_what_is_declared_is_sound_and_what_an_administration_plans_takes_its_place() -> None:
    office = Office("EU", "FR")
    ways = {(each.administration, each.service) for each in STEPS}
    assert all(not faults(e for e in STEPS if (e.administration, e.service) == way) for way in ways)
    assert set(told(office)) == ways
    office.send(RollOutPlan("FR", "transit", SOUND), by=administration("FR"))
    assert office.inbox(administration("FR"))[-1] == RollOutKept("FR", "transit", 2)
    assert told(office)["FR", "transit"] == SOUND
    office.send(RollOutPlan("FR", "transit", SOUND[:1]), by=administration("FR"), id="again")
    assert told(office)["FR", "transit"] == SOUND[:1], "the last plan counts"
    office.send(RollOutPlan("FR", "transit", ()), by=administration("FR"), id="none")
    assert ("FR", "transit") not in told(office)


def refused(office: Office, plan: RollOutPlan, id: str) -> bool:
    """Whether DE is refused what it plans for FR: at once, or by an answer."""
    try:
        office.send(plan, by=administration("DE"), id=id)
    except DouaneError:
        return True
    return isinstance(office.inbox(administration("DE"))[-1], RollOutRefused)


@pytest.mark.parametrize(
    ("steps", "service", "said"),
    [
        ((PlannedStep(Stage.PHASE_6, DAY),), "transit", "needs phase 5"),
        ((SOUND[0], SOUND[0]), "transit", "once"),
        (SOUND, "zebra", "no service zebra"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_and_changes_nothing(
    steps: tuple[PlannedStep, ...], service: str, said: str
) -> None:
    office = Office("EU", "FR")
    before = told(office)
    office.send(RollOutPlan("FR", service, steps), by=administration("FR"))
    answer = office.inbox(administration("FR"))[-1]
    assert isinstance(answer, RollOutRefused)
    assert said in answer.reasons[0]
    assert told(office) == before


def test_nobody_plans_for_another() -> None:
    office = Office("EU", "FR", "DE")
    before = told(office)
    for stranger in (trader("FR1"), administration("EU")):
        with pytest.raises(NotAuthorised):
            office.send(RollOutPlan("FR", "transit", SOUND), by=stranger)
    office.send(RollOutPlan("FR", "transit", SOUND), by=officer("de.officer", "DE"))
    assert isinstance(office.inbox(officer("de.officer", "DE"))[-1], RollOutRefused)
    assert refused(office, RollOutPlan("FR", "transit", SOUND), "early")
    assert told(office) == before
    office.send(RollOutPlan("FR", "transit", SOUND), by=administration("FR"))
    assert refused(office, RollOutPlan("FR", "transit", SOUND[:1]), "late")
    assert told(office)["FR", "transit"] == SOUND
