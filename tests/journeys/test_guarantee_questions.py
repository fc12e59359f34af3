"""What holder and guarantor learn of a guarantee (IE034, IE037), and who is told when it changes or ends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.messages import (
    GuaranteeCancellation,
    GuaranteeChange,
    GuaranteeChanged,
    GuaranteeNotChanged,
    GuaranteeRegistration,
    Guarantor,
)
from douane.applications.transit.tests.base_declarations import CONSIGNEE, GRN, TRADER
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import check
from tests.journeys.movements import Movement
from tests.journeys.office import Office

BANK = "FR78484900000013"
GUARANTOR = Guarantor(
    identification=BANK, name="Crédit douanier", street="1 quai", postcode="75001", city="Paris", country="FR"
)
OFFICER = "fr.officer"
HOLDER, AGENT = "1", "3"
USAGE, EXPOSURE, BOTH, OWNER = "1", "2", "3", "4"


def office(kind: str = "1", grn: str = GRN, limit: str = "10000", guarantor: Guarantor | None = GUARANTOR) -> Office:
    made = Office()
    day = dt.date(2026, 3, 2)
    made.give(GuaranteeRegistration(grn, kind, TRADER, "A1B2", Decimal(limit), day, guarantor=guarantor), OFFICER)
    return made


def asked(
    what: str, sender: str = TRADER, *, role: str = "", code: str = "A1B2", grn: str = GRN, **period: Any
) -> p5.CC034C:  # fmt: skip
    guarantor = sender == BANK
    reference = p5.GuaranteeReference06(
        sequence_number=1, grn=grn, guarantee_query=p5.GuaranteeQuery(query_identifier=what, **period),
        owner=p5.Owner01(identification_number=TRADER) if guarantor else None,
        access_code=p5.AccessCode02(access_code=code),
    )  # fmt: skip
    return p5.CC034C(
        message_sender=sender, message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 26, 9),
        message_identification=f"Q{what}{role}{code}{len(period)}", message_type="CC034C",
        requester=p5.Requester(identification_number=sender, role=role or ("2" if guarantor else "1")),
        guarantee_reference=(reference,), phase_id="NCTS5.1",
    )  # fmt: skip


def answer(made: Office, question: p5.CC034C) -> Any:
    made.give(question, question.message_sender)
    told = made.sent(question.message_sender)[-1]
    assert check(told) == ()
    return told


def told(made: Office, question: p5.CC034C) -> p5.GuaranteeReference07:
    found = answer(made, question)
    assert isinstance(found, p5.CC037C), found
    (reference,) = found.guarantee_reference
    return reference


def codes(made: Office, question: p5.CC034C) -> list[str]:
    found = answer(made, question)
    assert isinstance(found, p5.CC906C), found
    return [each.error_code for each in found.functional_error]


@pytest.mark.parametrize("sender", [TRADER, BANK])
def test_who_has_a_part_in_a_guarantee_sees_what_is_in_use(sender: str) -> None:
    made = office()
    movement = Movement(office=made, number=2)
    assert movement.case.state == "released"
    exposed = told(made, asked(BOTH, sender))
    assert exposed.exposure is not None
    assert (exposed.exposure.exposure, exposed.exposure.exposure_counter) == (Decimal("4500.00"), 1)
    assert exposed.exposure.balance == Decimal("5500.00")
    assert exposed.usage == (), "a usage under a reference amount has an arrival (C0231); what is open is the exposure"
    assert exposed.guarantor is not None
    assert exposed.guarantor.name == "Crédit douanier"
    assert exposed.comprehensive_guarantee is not None
    assert exposed.comprehensive_guarantee.reference_amount == Decimal(10000)
    assert exposed.owner is None


def test_a_guarantee_that_nothing_uses_is_told_so() -> None:
    exposed = told(office(), asked(EXPOSURE)).exposure
    assert exposed is not None
    assert (exposed.exposure, exposed.balance) == (Decimal(0), Decimal(10000))


def test_what_was_exposed_before_is_counted() -> None:
    made = office()
    first = Movement(office=made, number=2)
    first.arrive()
    first.inspect()
    assert first.case.state == "discharged"
    Movement(office=made, number=3)
    exposed = told(made, asked(EXPOSURE)).exposure
    assert exposed is not None
    assert (exposed.exposure, exposed.exposure_counter) == (Decimal("4500.00"), 2)


def test_what_a_movement_covered_is_told_when_it_is_over() -> None:
    made = office()
    movement = Movement(office=made, number=2)
    movement.arrive()
    movement.inspect()
    (used,) = told(made, asked(USAGE)).usage
    assert (used.mrn, used.covered_amount) == (movement.mrn, Decimal("4500.00"))
    assert used.arrival_date_and_time is not None
    later = used.lock_date + dt.timedelta(days=1)
    assert told(made, asked(USAGE, period_from_date=later)).usage == ()


def test_an_owner_is_told_without_what_is_in_use() -> None:
    owned = told(office(), asked(OWNER))
    assert owned.owner is not None
    assert owned.owner.identification_number == TRADER
    assert (owned.exposure, owned.usage, owned.comprehensive_guarantee) == (None, (), None)


def test_a_stranger_and_who_does_not_know_the_code_learn_the_same_nothing() -> None:
    made = office()
    answers = {
        tuple(codes(made, question))
        for question in (
            asked(BOTH, CONSIGNEE), asked(BOTH, code="XXXX"), asked(BOTH, grn="25FR0000010000300"),
        )
    }  # fmt: skip
    assert answers == {("90",)}


@pytest.mark.parametrize(("question", "expected"), [
    (asked(BOTH, role=AGENT), ["13"]),
    (replace(asked(BOTH), requester=p5.Requester(identification_number=TRADER, role="2")), ["13"]),
    (replace(asked(BOTH, BANK), requester=p5.Requester(identification_number=BANK, role="1")), ["15"]),
    (asked(BOTH, BANK, role=AGENT), ["14"]),
    (asked(EXPOSURE, period_from_date=dt.date(2026, 1, 1)), ["15"]),
    (asked(USAGE, period_from_date=dt.date(2026, 2, 1), period_to_date=dt.date(2026, 1, 1)), ["14"]),
])  # fmt: skip
def test_a_question_that_breaks_a_rule_is_refused_with_it(question: p5.CC034C, expected: list[str]) -> None:
    assert codes(office(), question) == expected


@pytest.mark.parametrize("told", [{"sender": CONSIGNEE}, {"code": "XXXX"}])
def test_who_proves_no_part_does_not_learn_what_is_wrong_with_his_question(told: dict[str, str]) -> None:
    question = asked(BOTH, **told, period_from_date=dt.date(2026, 2, 1), period_to_date=dt.date(2026, 1, 1))
    assert codes(office("2"), question) == ["90"]


def test_a_check_that_breaks_rules_is_answered_by_an_error_and_not_by_a_result() -> None:
    made = office()
    reference = p5.GuaranteeReference04(
        sequence_number=1, grn=GRN, access_code="A1B2", amount_concerned=Decimal(1), currency="CHF"
    )
    whole = p5.CD200C(
        message_sender="NTA.PL", message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 26, 9),
        message_identification="C1", message_type="CD200C",
        transit_operation=p5.TransitOperation48(
            mrn="26PL301010000001J6", declaration_acceptance_date=dt.date(2026, 11, 26)
        ),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="PL301040"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number=TRADER),
        country_involved=(p5.CountryInvolved(sequence_number=1, country="FR"),),
        guarantee=(p5.Guarantee06(sequence_number=1, guarantee_type="1", guarantee_reference=(reference,)),),
    )  # fmt: skip
    made.give(whole, "NTA.PL")
    refused = made.sent("NTA.PL")[-1]
    assert check(refused) == ()
    (error,) = refused.functional_error
    assert (error.error_reason, error.error_pointer) == (
        "R0267", "/CD200C/Guarantee[1]/GuaranteeReference[1]/currency"
    )  # fmt: skip
    right = replace(whole.guarantee[0], guarantee_reference=(replace(reference, currency="EUR"),))
    made.give(replace(whole, message_identification="C2", guarantee=(right,)), "NTA.PL")
    assert made.sent("NTA.PL")[-1].guarantee[0].guarantee_reference[0].invalid_guarantee_reason == ()


def test_of_an_undertaking_used_once_only_usage_and_owner_are_asked() -> None:
    assert codes(office("2"), asked(BOTH)) == ["14"]
    assert told(office("2"), asked(OWNER)).owner is not None
    assert codes(office(guarantor=None), asked(BOTH)) == ["14"], "whom the answer has to name is not known (C0234)"


def test_one_guarantee_a_question() -> None:
    question = asked(BOTH)
    (first,) = question.guarantee_reference
    both = replace(question, guarantee_reference=(first, replace(first, sequence_number=2)))
    assert codes(office(), both) == ["14"]


def decided(made: Office, decision: Any) -> Any:
    made.give(decision, OFFICER, administration="FR")
    return made.sent(OFFICER)[-1]


def test_a_holder_is_told_of_another_reference_amount() -> None:
    made = office()
    assert isinstance(decided(made, GuaranteeChange(grn=GRN, limit=Decimal(12000))), GuaranteeChanged)
    (notice,) = made.sent(TRADER)
    assert isinstance(notice, p5.CC225C)
    assert check(notice) == ()
    assert notice.guarantee_reference[0].reference_amount == Decimal(12000)
    Movement(office=made, number=2)
    refused = decided(made, GuaranteeChange(grn=GRN, limit=Decimal(4000)))
    assert refused == GuaranteeNotChanged(GRN, ("More than that is in use: 4,500.00 EUR.",))


@pytest.mark.parametrize("change", [
    GuaranteeChange(grn=GRN), GuaranteeChange(grn=GRN, limit=Decimal(-1)),
    GuaranteeChange(grn=GRN, valid_to=dt.date(2026, 6, 1)),
])  # fmt: skip
def test_a_change_that_cannot_be_is_refused_and_nobody_is_told(change: GuaranteeChange) -> None:
    made = office()
    assert isinstance(decided(made, change), GuaranteeNotChanged)
    assert made.sent(TRADER) == []


def test_an_undertaking_ends_with_the_sixteenth_day_after_the_notification() -> None:
    made = office()
    today = dt.datetime.fromtimestamp(made.clock.at / 1e6, dt.UTC).date()
    ended = decided(made, GuaranteeCancellation(grn=GRN, notified_on=today, reason="The bank gives it up."))
    assert ended.valid_to == today + dt.timedelta(days=15)
    (to_holder,) = made.sent(TRADER)
    (to_guarantor,) = made.sent(BANK)
    assert (type(to_holder).__name__, type(to_guarantor).__name__) == ("CC231C", "CC228C")
    assert check(to_holder) == check(to_guarantor) == ()
    effect = today + dt.timedelta(days=16)
    assert to_holder.guarantee_reference.invalidity_date == effect
    assert to_guarantor.guarantee_reference[0].liability_liberation_date == effect
    assert Movement(office=made, number=2).case.state == "released", "it still covers"
    made.wait(17 * 86_400_000_000)
    assert Movement(office=made, number=3).case.state == "guarantee not valid"
    again = decided(made, GuaranteeCancellation(grn=GRN, notified_on=today, reason="Once more."))
    assert isinstance(again, GuaranteeNotChanged)


def test_a_voucher_is_revoked_to_its_guarantor() -> None:
    voucher = f"{GRN}A000001"
    made = office("4", voucher)
    today = dt.datetime.fromtimestamp(made.clock.at / 1e6, dt.UTC).date()
    decided(made, GuaranteeCancellation(grn=voucher, notified_on=today, reason="Lost."))
    (notice,) = made.sent(BANK)
    assert isinstance(notice, p5.CC229C)
    assert check(notice) == ()
    assert notice.guarantee_reference.invalidity_date == today + dt.timedelta(days=16)


def test_what_nobody_undertook_is_not_cancelled() -> None:
    made = office("0", guarantor=None)
    refused = decided(made, GuaranteeCancellation(grn=GRN, notified_on=dt.date(2026, 11, 1), reason="No."))
    assert "No guarantor undertook anything" in refused.reasons[0]
    assert made.sent(TRADER) == []
