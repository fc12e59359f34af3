"""Who may speak for the holder of a transit procedure: whom he empowered, while he did, and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.representation.messages import (
    Empowerment,
    EmpowermentWithdrawn,
    RepresentationQuery,
    Representing,
)
from douane.applications.transit.tests.base_declarations import GRN, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import amendment, invalidation_request, presentation
from douane.model.caller import Caller
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.known import NO, YES
from tests.callers import officer, system, trader
from tests.journeys.movements import LIMIT, covering, fresh
from tests.journeys.office import BEHAVIOUR, Office

AGENT, OTHER = "BE0123456789", "DE1234567890123"
OFFICER = "fr.officer"
TODAY = dt.datetime.fromtimestamp(1_795_000_000, dt.UTC).date()
DAY = dt.timedelta(days=1)
WHO = "Representative/identificationNumber"


def empowerment(**changes: Any) -> Empowerment:
    """France is told that the trader lets the agent act from today on."""
    stated: dict[str, Any] = {
        "administration": "FR", "principal": TRADER, "representative": AGENT, "kind": Representing.DIRECT,
        "valid_from": TODAY,
    }  # fmt: skip
    return Empowerment(**{**stated, **changes})


def withdrawal(valid_from: dt.date = TODAY) -> EmpowermentWithdrawn:
    """The trader withdraws the power."""
    return EmpowermentWithdrawn(administration="FR", principal=TRADER, representative=AGENT, valid_from=valid_from)


def by(declaration: p5.CC015C, representative: str, status: str = "2") -> p5.CC015C:
    """The declaration with a representative."""
    return replace(declaration, representative=p5.Representative02(identification_number=representative, status=status))


@pytest.fixture
def office() -> Office:
    made = Office()
    made.give(GuaranteeRegistration(GRN, "1", TRADER, "A1B2", LIMIT, dt.date(2025, 1, 1)), OFFICER)
    return made


def told(office: Office, party: str) -> list[str]:
    """What a trader was told of his declarations."""
    return [name for name in office.names(party) if name.startswith("CC")]


def refused(office: Office, party: str) -> list[tuple[str, str]]:
    """Code and place in the message of every fault of the last refusal."""
    last = office.sent(party)[-1]
    faults = last.functional_error if isinstance(last, p5.CC056C) else ()
    return [(each.error_code, each.error_pointer.split("/", 2)[-1]) for each in faults]


def test_who_says_of_himself_that_he_represents_is_refused(office: Office) -> None:
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC056C"]
    assert refused(office, AGENT) == [("14", WHO)]
    assert told(office, TRADER) == []


def test_whom_the_holder_empowered_declares(office: Office) -> None:
    office.give(empowerment(), TRADER)
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC928C", "CC028C", "CC029C"]


def test_a_power_begins_with_the_day_of_the_administration(office: Office) -> None:
    """At 23:30 UTC it is half an hour past midnight in France: a power that begins on that day holds."""
    office.wait((23 * 60 + 30) * 60 * 1_000_000 - office.clock.at % (24 * 3600 * 1_000_000))
    office.give(empowerment(valid_from=TODAY + DAY), TRADER)
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC928C", "CC028C", "CC029C"]


@pytest.mark.parametrize(
    "stated",
    [
        empowerment(representative=OTHER),
        empowerment(principal="FR99999999900019"),
        empowerment(valid_from=TODAY + DAY),
        empowerment(valid_from=TODAY - 9 * DAY, valid_to=TODAY - DAY),
        empowerment(kind=Representing.INDIRECT),
        empowerment(administration="DE"),
    ],
    ids=["another representative", "another holder", "not yet", "no more", "of another kind", "told to another"],
)
def test_another_power_is_none(office: Office, stated: Empowerment) -> None:
    office.give(stated, stated.principal)
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC056C"]


@pytest.mark.parametrize("sender", [AGENT, OTHER, "de.officer", "NTA.DE"])
def test_nobody_else_states_a_power(office: Office, sender: str) -> None:
    if sender in (AGENT, OTHER):
        with pytest.raises(AssertionError, match="not its sender's to send"):
            office.give(empowerment(), sender)
    else:
        office.give(empowerment(), sender, administration="DE" if sender == "de.officer" else "")
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC056C"]


def test_an_officer_states_a_power_that_he_saw(office: Office) -> None:
    office.give(empowerment(), OFFICER, administration="FR")
    office.give(fresh(by(normal(), AGENT)), AGENT)
    assert told(office, AGENT) == ["CC928C", "CC028C", "CC029C"]


@pytest.mark.parametrize("message", ["amend", "invalidate", "present"])
def test_a_power_that_was_withdrawn_ends_what_was_begun_by_it(office: Office, message: str) -> None:
    office.give(empowerment(), TRADER)
    lodged = fresh(by(prelodged(), AGENT))
    office.give(lodged, AGENT)
    assert told(office, AGENT) == ["CC928C"]
    office.give(withdrawal(), TRADER)
    lrn = lodged.transit_operation.lrn
    later: dict[str, Any] = {
        "amend": amendment(lodged),
        "invalidate": invalidation_request(),
        "present": presentation(),
    }
    told_so = later[message]
    changes = {"lrn": lrn} if message == "present" else {"lrn": lrn, "mrn": None}
    office.give(replace(told_so, transit_operation=replace(told_so.transit_operation, **changes)), AGENT)
    assert refused(office, AGENT) == [("14", WHO)]


def test_a_representative_whom_the_holders_declaration_names_speaks_without_a_power(office: Office) -> None:
    office.give(fresh(by(covering(normal(), "20000.00"), AGENT)), TRADER)
    assert told(office, TRADER) == ["CC928C", "CC028C", "CC055C"]
    request = invalidation_request()
    mrn = office.sent(TRADER)[1].transit_operation.mrn
    office.give(replace(request, transit_operation=replace(request.transit_operation, lrn=None, mrn=mrn)), AGENT)
    assert told(office, TRADER)[-1] == "CC009C"
    assert told(office, AGENT) == []


@pytest.mark.parametrize(
    "field",
    [
        {"holder_of_the_transit_procedure": p5.HolderOfTheTransitProcedure02(identification_number="FR99999999900019")},
        {"representative": p5.Representative02(identification_number=OTHER, status="2")},
    ],
    ids=["another holder", "another representative"],
)
def test_an_amendment_lets_nobody_else_in(office: Office, field: dict[str, Any]) -> None:
    office.give(empowerment(), TRADER)
    lodged = fresh(by(prelodged(), AGENT))
    office.give(lodged, AGENT)
    changed = amendment(lodged)
    named = replace(changed.transit_operation, lrn=lodged.transit_operation.lrn, mrn=None)
    office.give(replace(changed, transit_operation=named, **field), AGENT)
    assert {code for code, _ in refused(office, AGENT)} == {"14"}
    office.give(by_lrn(lodged), OTHER)
    assert told(office, OTHER) == ["CC056C"]


def by_lrn(lodged: p5.CC015C) -> p5.CC014C:
    """A request to invalidate under the LRN of a declaration."""
    request = invalidation_request()
    return replace(
        request, transit_operation=replace(request.transit_operation, lrn=lodged.transit_operation.lrn, mrn=None)
    )


def ask(office: Office, caller: Caller, **question: Any) -> Any:
    """What somebody is told of the power."""
    view = office.view("FR")
    view.caller = caller
    asked = RepresentationQuery(administration="FR", principal=TRADER, representative=AGENT, **question)
    return BEHAVIOUR.queries["representation.check"].answer(view, asked)


def test_a_power_is_shown_to_its_two_persons_and_its_administration_only(office: Office) -> None:
    office.give(empowerment(), TRADER)
    seeing = (trader(TRADER), trader(AGENT), officer(OFFICER, "FR"), system("FR"))
    blind = (trader(OTHER), officer("de.officer", "DE"), system("DE"))
    assert [ask(office, each).known for each in (*seeing, *blind)] == [YES] * 4 + [NO] * 3


def test_what_held_on_a_day_is_told_as_it_was_known_then(office: Office) -> None:
    office.give(empowerment(valid_from=TODAY - 9 * DAY), TRADER)
    office.wait(1_000_000)
    before = dt.datetime.fromtimestamp(office.clock.at / 1e6, dt.UTC)
    office.wait(1_000_000)
    office.give(withdrawal(TODAY - 5 * DAY), TRADER)
    own = trader(TRADER)
    assert ask(office, own).known == NO
    assert ask(office, own, on=TODAY - 6 * DAY).known == YES
    assert ask(office, own, known_at=before).known == YES
