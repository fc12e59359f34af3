"""Cover whose register cannot be asked: whoever declared is told so, and an officer may say it by a document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from douane.applications.guarantees.messages import CoverWaits, DecisionNoted, DecisionNotNoted, DecisionSeen
from douane.applications.transit.messages import FileQuery, MovementQuery
from douane.applications.transit.tests.base_declarations import GRN, TRADER
from tests.callers import officer, trader
from tests.journeys.movements import Movement
from tests.journeys.office import BEHAVIOUR
from tests.journeys.test_cover_elsewhere import DECISION, MINUTE, OFFICER, Offices, held, usable, waits
from tests.journeys.test_favour_elsewhere import notices

ACCEPTED = ["CC928C", "CC028C", "RegisterNotice"]


def told(movement: Movement) -> list[str]:
    """What the trader was told of his movement; of his guarantee he is told in its own case."""
    return [each for each in movement.told if each != "CoverWaits"]


def shown(movement: Movement, query: str, question: Any, by: Any, role: str) -> Any:
    view = movement.office.view("FR", by, (role,))
    return BEHAVIOUR.queries[query].answer(view, question)


def seen(offices: Offices, *, usable: bool, proof: str = "Decision of 3 March, original") -> Any:
    offices.here.give(DecisionSeen(grn=GRN, officer=OFFICER, usable=usable, proof=proof), OFFICER, administration="FR")
    return offices.here.sent(OFFICER)[-1]


def test_whoever_declared_is_told_whose_register_his_movement_waits_for() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    assert told(movement) == ACCEPTED
    (notice,) = notices(offices.here)
    assert (notice.claim, notice.reference, notice.mrn, notice.known.whom) == ("guarantee", GRN, movement.mrn, "DE")
    assert f"Whether {DECISION} may be used" in notice.reason
    (of_guarantee,) = [each for each in offices.here.sent(TRADER) if isinstance(each, CoverWaits)]
    assert of_guarantee.mrn == movement.mrn
    view = shown(movement, "transit.find_movement", MovementQuery(mrn=movement.mrn), trader(TRADER),
                 "holder of the transit procedure")  # fmt: skip
    assert (view.state, view.waits) == ("accepted", (notice.reason,))
    offices.answered()
    assert told(movement) == [*ACCEPTED, "CC029C"]
    view = shown(movement, "transit.find_movement", MovementQuery(mrn=movement.mrn), trader(TRADER),
                 "holder of the transit procedure")  # fmt: skip
    assert view.waits == ()


def test_an_officer_of_departure_reads_it_in_the_file() -> None:
    movement = Offices().movement()
    role = "customs officer of departure"
    found = shown(movement, "transit.movement_file", FileQuery(movement.mrn), officer(OFFICER, "FR"), role)
    assert DECISION in found.waits[0]


def test_a_document_in_the_place_of_the_register_covers_what_waits_and_nothing_else() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    assert seen(offices, usable=True) == DecisionNoted(grn=GRN, answered=1)
    assert told(movement)[-1] == "CC029C"
    assert (waits(offices), held(offices) > 0) == (0, True)
    later = offices.movement(3)
    assert told(later)[-1] == "RegisterNotice", "of a later use nobody saw anything"
    offices.here.wait(3 * 60 * MINUTE)
    assert told(later)[-1] == "RegisterNotice"


def test_a_document_that_denies_it_is_told_to_the_holder() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    seen(offices, usable=False, proof="Letter of Hauptzollamt Ulm: revoked")
    assert told(movement)[-1] == "CC055C"
    offices.answered()
    assert told(movement)[-1] == "CC055C"
    assert waits(offices) == 0
    assert held(offices) == Decimal(0)


def test_where_nothing_waits_a_document_answers_nothing() -> None:
    offices = Offices(usable())
    refusal = seen(offices, usable=True)
    assert isinstance(refusal, DecisionNotNoted)
    assert refusal.code == "92"


def test_who_says_nothing_of_what_he_saw_answers_nothing() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    assert isinstance(seen(offices, usable=True, proof=" "), DecisionNotNoted)
    assert told(movement) == ACCEPTED


def test_a_trader_says_it_of_no_guarantee() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    offices.here.give(DecisionSeen(grn=GRN, usable=True, proof="Mine"), TRADER, administration="FR")
    assert told(movement) == [*ACCEPTED, "DecisionNotNoted"]
    assert waits(offices) == 1
