"""What no ledger answers for is judged by an officer of departure before anything is released (UCC art. 195(1))."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import GuaranteeDecision
from douane.applications.transit.rules import cover
from douane.applications.transit.tests.base_declarations import TRADER
from douane.applications.transit.tests.base_messages import amendment, invalidation_request
from douane.applications.transit.tests.test_cover import by, carrying, guaranteed
from tests.journeys.movements import Movement, covering

ACCEPTED = ["CC928C", "CC028C"]
WAITING = [
    guaranteed("3", "4500.00", other="CASH-1"), guaranteed("5", "900.00"), guaranteed("8", None, other="PUBLICBODY"),
    guaranteed("A", None), by(guaranteed("R", None), "8"), guaranteed("1", "0.01"),
]  # fmt: skip
IDS = ["deposit", "below the threshold", "public body", "by agreement", "waterway", "a cent"]


def judged(movement: Movement, by_whom: str = "fr.officer", **decision: Any) -> list[Any]:
    """Somebody judges the guarantee; what he is told."""
    given = {"accepted": True, "proof": "Seen.", **decision}
    before = len(movement.office.sent(by_whom))
    movement.office.give(GuaranteeDecision(mrn=movement.mrn, **given), by_whom, administration="FR")
    return movement.office.sent(by_whom)[before:]


@pytest.mark.parametrize("declaration", WAITING, ids=IDS)
def test_row_16_nothing_is_released_before_an_officer_has_judged(declaration: Any) -> None:
    movement = Movement(declaration)
    assert movement.told == ACCEPTED
    (task,) = movement.tasks
    assert (task.node, task.office) == ("judge_guarantee", "FR005350")
    assert task.title == f"Judge the guarantee of {movement.mrn}: {cover.left_to_officer(declaration)[0]}"
    assert judged(movement) == []
    assert movement.told == [*ACCEPTED, "CC029C"]


@pytest.mark.parametrize("declaration", WAITING, ids=IDS)
def test_row_16_a_guarantee_that_the_office_does_not_accept_releases_nothing(declaration: Any) -> None:
    movement = Movement(declaration)
    assert judged(movement, accepted=False, proof="", remarks="No receipt.") == []
    assert movement.told == [*ACCEPTED, "CC051C"]
    assert movement.office.sent(TRADER)[-1].transit_operation.no_release_motivation_text == "No receipt."
    assert movement.account.reserved == 0


def test_row_16_accepting_names_the_proof_and_comes_while_it_is_awaited() -> None:
    movement = Movement(WAITING[0])
    (refused,) = judged(movement, proof=" ")
    assert (refused.code, "195(1)" in refused.reason) == ("13", True)
    assert judged(movement) == []
    (refused,) = judged(movement)
    assert refused.code == "92"
    for word in ("state: released", "UCC art. 89", "Nothing waits here"):
        assert word in refused.reason


def test_row_16_no_officer_of_elsewhere_and_no_trader_judges() -> None:
    movement = Movement(WAITING[0])
    decision = GuaranteeDecision(mrn=movement.mrn, accepted=True, proof="Seen.")
    movement.office.give(decision, "de.officer", administration="DE")
    assert [each.code for each in movement.office.sent("de.officer")] == ["90"]
    assert movement.told == ACCEPTED
    assert movement.case.state == "accepted"


def test_of_two_officers_who_judge_at_once_one_does_and_the_other_is_told() -> None:
    movement = Movement(WAITING[0])
    yes = GuaranteeDecision(mrn=movement.mrn, accepted=True, proof="Receipt 17.")
    no = replace(yes, accepted=False)
    movement.office.together((yes, "fr.first.officer"), (no, "fr.second.officer"), administration="FR")
    assert movement.told == [*ACCEPTED, "CC029C"]
    assert movement.office.names("fr.first.officer") == []
    assert [each.code for each in movement.office.sent("fr.second.officer")] == ["92"]


def test_while_the_office_judges_the_declaration_may_be_amended_or_withdrawn() -> None:
    """Nobody was told of an examination: UCC art. 173(2), 174(1). What is amended is looked at anew."""
    movement = Movement(WAITING[-1])
    movement.office.give(movement.about(amendment(covering(movement.declaration, "4500.00"))), TRADER)
    assert movement.told == [*ACCEPTED, "CC004C", "CC029C"]
    assert movement.tasks == []
    withdrawn = Movement(WAITING[0])
    withdrawn.office.give(withdrawn.about(invalidation_request()), TRADER)
    assert withdrawn.told == [*ACCEPTED, "CC009C"]
    assert withdrawn.tasks == []


def test_row_17_an_amount_below_what_the_goods_owe_is_told_before_any_ledger_is_asked() -> None:
    movement = Movement(carrying(guaranteed("1", "8999.99"), "240220", "100"))
    assert movement.told == [*ACCEPTED, "CC055C"]
    (reference,) = movement.office.sent(TRADER)[-1].guarantee_reference
    assert [each.code for each in reference.invalid_guarantee_reason] == ["G09"]
    assert movement.account.reserved == 0
    enough = covering(movement.declaration, "9000.00")
    movement.office.give(movement.about(amendment(enough, of_guarantee=True)), TRADER)
    assert movement.told[3:] == ["CC004C", "CC060C"]
    assert movement.account.reserved == 9000
