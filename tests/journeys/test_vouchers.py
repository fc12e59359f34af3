"""Vouchers are sold under a registered undertaking alone (IE224); holders change their access codes (IE026)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.messages import (
    AccessCodeTried,
    GuaranteeRegistered,
    GuaranteeRegistration,
    Guarantor,
    VoucherSold,
    VoucherUndertaking,
    VoucherUndertakingEnd,
    VoucherUndertakingKept,
    VoucherUndertakingNotKept,
)
from douane.applications.transit.tests.base_declarations import CONSIGNEE, GRN, TRADER
from douane.applications.transit.tests.test_cover import guaranteed
from douane.runtime.store.ports import DAY
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import check
from tests.journeys.movements import Movement
from tests.journeys.office import Office

BANK, OFFICER = "FR78484900000013", "fr.officer"
GUARANTOR = Guarantor(
    identification=BANK, name="Crédit douanier", street="1 quai", postcode="75001", city="Paris", country="FR"
)
VOUCHER, ANOTHER = f"{GRN}A000001", f"{GRN}A000002"


def today(made: Office) -> dt.date:
    return dt.datetime.fromtimestamp(made.clock.at / 1e6, dt.UTC).date()


def office(**told: Any) -> Office:
    """An office of guarantee at which the bank undertook to answer for vouchers."""
    made = Office()
    terms = {"grn": GRN, "guarantor": GUARANTOR, "valid_from": dt.date(2026, 3, 2), **told}
    made.give(VoucherUndertaking(**terms), OFFICER)
    assert isinstance(made.sent(OFFICER)[-1], VoucherUndertakingKept)
    return made


def sold(made: Office, *numbers: str, **told: Any) -> p5.CC224C:
    day = today(made)
    references = tuple(
        p5.GuaranteeReference02(**{
            "sequence_number": n, "grn": grn, "issue_date": day, "access_code": "V1V2", "tir_carnet": False,
            "expiry_date": day + dt.timedelta(days=364), "copy_given": False, **told,
        })
        for n, grn in enumerate(numbers or (VOUCHER,), 1)
    )  # fmt: skip
    return p5.CC224C(
        message_sender=BANK, message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 26, 9),
        message_identification=f"V{made.count}", message_type="CC224C",
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04(identification_number=TRADER),
        guarantor=p5.Guarantor02(identification_number=BANK),
        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=GRN[2:10]),
        guarantee_reference=references, phase_id="NCTS5.1",
    )  # fmt: skip


def errors(made: Office, message: Any, sender: str = BANK) -> list[tuple[str, str]]:
    """Code and place of what is wrong with a message; nothing where it was taken."""
    assert check(message) == ()
    before = len(made.sent(sender))
    made.give(message, sender)
    told = [each for each in made.sent(sender)[before:] if not isinstance(each, AccessCodeTried)]
    assert all(isinstance(each, p5.CC906C) and check(each) == () for each in told)
    return [(one.error_code, one.error_pointer) for each in told for one in each.functional_error]


def known(made: Office, grn: str) -> bool:
    return made.view("FR").resolve("grn", grn) is not None


def released_under(made: Office, grn: str, code: str, number: int) -> str:
    """The state of a movement that a voucher covers."""
    base = guaranteed("4")
    (guarantee,) = base.guarantee
    reference = replace(guarantee.guarantee_reference[0], grn=grn, access_code=code)
    declaration = replace(base, guarantee=(replace(guarantee, guarantee_reference=(reference,)),))
    return Movement(declaration, office=made, number=number).case.state


def test_a_voucher_that_its_guarantor_sold_covers_one_movement() -> None:
    made = office()
    assert errors(made, sold(made, VOUCHER, ANOTHER)) == []
    assert released_under(made, VOUCHER, "V1V2", 2) == "released"
    assert released_under(made, VOUCHER, "V1V2", 3) == "guarantee not valid", "one movement uses it up"
    assert released_under(made, ANOTHER, "XXXX", 4) == "guarantee not valid"
    assert released_under(made, ANOTHER, "V1V2", 5) == "released"


@pytest.mark.parametrize("sender", [TRADER, CONSIGNEE])
def test_a_stranger_invents_no_voucher_neither_in_his_name_nor_in_the_guarantors(sender: str) -> None:
    made = office()
    own = replace(sold(made), guarantor=p5.Guarantor02(identification_number=sender), message_sender=sender)
    assert errors(made, own, sender) == [("90", "/")]
    assert not known(made, VOUCHER), "nor does he take the number from who may sell it"
    with pytest.raises(AssertionError, match="DOU-1103"):
        made.give(replace(sold(made), message_sender=sender), sender)
    assert not known(made, VOUCHER)
    assert errors(made, sold(made)) == []
    assert known(made, VOUCHER)


def test_without_an_undertaking_nobody_sells() -> None:
    made = Office()
    assert errors(made, sold(made)) == [("90", "/")]
    assert not known(made, VOUCHER)


def test_an_administration_cannot_bring_a_voucher_into_being_from_outside() -> None:
    made = office()
    forged = VoucherSold(
        grn=VOUCHER, office=GRN[2:10], holder=TRADER, access_code="V1V2", issued_on=today(made),
        expires_on=today(made), guarantor=GUARANTOR, message="V",
    )  # fmt: skip
    made.give(forged, "NTA.DE")
    assert not known(made, VOUCHER)


def _another_office(made: Office) -> p5.CC224C:
    elsewhere = p5.CustomsOfficeOfGuarantee(reference_number="FR000002")
    return replace(sold(made), customs_office_of_guarantee=elsewhere)


@pytest.mark.parametrize(("told", "where"), [
    ({"grn": "25FR0000010000300A000001"}, "GRN"),
    ({"tir_carnet": True, "voucher_amount": Decimal(500), "currency": "EUR"}, "TIRCarnet"),
    ({"issue_date": dt.date(2026, 3, 1), "expiry_date": dt.date(2026, 4, 1)}, "issueDate"),
    ({"issue_date": dt.date(2030, 1, 1), "expiry_date": dt.date(2030, 2, 1)}, "issueDate"),
    ({"expiry_date": dt.date(2035, 1, 1)}, "expiryDate"),
])  # fmt: skip
def test_what_the_undertaking_or_the_law_does_not_carry_is_refused_with_the_place(told: Any, where: str) -> None:
    made = office()
    if where == "GRN":  # a number of another undertaking is met there, and there is none
        assert errors(made, sold(made, **told)) == [("90", "/")]
    else:
        assert (("14", f"/CC224C/GuaranteeReference[1]/{where}")) in errors(made, sold(made, **told))
    assert not known(made, VOUCHER)


def test_all_vouchers_of_a_message_are_taken_or_none() -> None:
    made = office()
    both = errors(made, sold(made, VOUCHER, f"{GRN[:-1]}0A000002"))
    assert both == [("14", "/CC224C/GuaranteeReference[2]/GRN")]
    assert not known(made, VOUCHER)
    assert {code for code, _ in errors(made, sold(made, VOUCHER, VOUCHER))} == {"14"}
    assert not known(made, VOUCHER)
    assert errors(made, sold(made)) == []
    assert errors(made, sold(made)) == [("14", "/CC224C/GuaranteeReference[1]/GRN")], "it is sold once"
    assert errors(made, _another_office(made)) != []


def test_a_voucher_that_is_broken_by_a_rule_is_refused_with_it() -> None:
    made = office()
    assert errors(made, sold(made, currency="EUR")) == [("15", "/CC224C/GuaranteeReference[1]/currency")]


def test_who_ended_his_undertaking_sells_until_the_fifteenth_day_after_the_notification() -> None:
    """DA art. 82(3): the cancellation takes effect on the sixteenth day."""
    made = office()
    ended = VoucherUndertakingEnd(grn=GRN, notified_on=today(made))
    made.give(ended, OFFICER, administration="FR")
    kept = made.sent(OFFICER)[-1]
    assert (type(kept), kept.valid_to) == (VoucherUndertakingKept, today(made) + dt.timedelta(days=15))
    before = sold(made, ANOTHER)
    made.wait(15 * DAY)
    assert errors(made, sold(made)) == []
    made.wait(DAY)
    assert errors(made, sold(made, ANOTHER)) == [("14", "/CC224C/GuaranteeReference[1]/issueDate")]
    late = replace(before, message_identification="late")
    assert errors(made, late) == [("14", "/CC224C/GuaranteeReference[1]/issueDate")], "dated back, too"
    assert released_under(made, VOUCHER, "V1V2", 2) == "released", "what was sold stays"
    made.give(VoucherUndertakingEnd(grn=GRN, notified_on=today(made) + dt.timedelta(days=1)), OFFICER,
              administration="FR")  # fmt: skip
    assert isinstance(made.sent(OFFICER)[-1], VoucherUndertakingNotKept)


@pytest.mark.parametrize("told", [
    {"grn": "25FR0000010000298"}, {"valid_from": dt.date(2026, 3, 2), "valid_to": dt.date(2026, 3, 1)},
])  # fmt: skip
def test_an_undertaking_that_cannot_be_is_not_registered(told: Any) -> None:
    made = Office()
    terms = {"grn": GRN, "guarantor": GUARANTOR, "valid_from": dt.date(2026, 3, 2), **told}
    made.give(VoucherUndertaking(**terms), OFFICER)
    assert isinstance(made.sent(OFFICER)[-1], VoucherUndertakingNotKept)
    assert errors(made, sold(made)) != []


# --- access codes


def guarded(master: str = "M1M2") -> Office:
    """An office with a guarantee whose holder has a master access code."""
    made, day = Office(), dt.date(2026, 3, 2)
    made.give(GuaranteeRegistration(GRN, "1", TRADER, "A1B2", Decimal(10000), day, guarantor=GUARANTOR,
                                    master_access_code=master), OFFICER)  # fmt: skip
    assert isinstance(made.sent(OFFICER)[-1], GuaranteeRegistered)
    return made


def changed(made: Office, current: str | None, new: str | None, master: str = "M1M2") -> p5.CC026C:
    return p5.CC026C(
        message_sender=TRADER, message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 26, 9),
        message_identification=f"A{made.count}", message_type="CC026C",
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04(identification_number=TRADER),
        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=GRN[2:10]),
        guarantee_reference=p5.GuaranteeReference05(
            grn=GRN, master_access_code=master,
            access_code=p5.AccessCode01(access_code_current=current, access_code_new=new),
        ),
    )  # fmt: skip


def test_a_holder_changes_his_access_code_and_the_former_one_opens_nothing() -> None:
    made = guarded()
    assert Movement(office=made, number=2).case.state == "released"
    assert errors(made, changed(made, "A1B2", "C3D4"), TRADER) == []
    assert Movement(office=made, number=3).case.state == "guarantee not valid"
    (guarantee,) = guaranteed("1").guarantee
    reference = replace(guarantee.guarantee_reference[0], access_code="C3D4")
    declaration = replace(guaranteed("1"), guarantee=(replace(guarantee, guarantee_reference=(reference,)),))
    assert Movement(declaration, office=made, number=4).case.state == "released"


@pytest.mark.parametrize(("codes", "master", "sender"), [
    (("A1B2", "C3D4"), "XXXX", TRADER), (("XXXX", "C3D4"), "M1M2", TRADER), ((None, "C3D4"), "M1M2", TRADER),
    (("A1B2", "C3D4"), "M1M2", CONSIGNEE), (("A1B2", "C3D4"), "M1M2", BANK),
])  # fmt: skip
def test_nobody_else_changes_it_and_all_learn_the_same_nothing(codes: Any, master: str, sender: str) -> None:
    made = guarded()
    message = replace(changed(made, codes[0], codes[1], master), message_sender=sender)
    assert [code for code, _ in errors(made, message, sender)] == ["90"]
    assert Movement(office=made, number=2).case.state == "released", "the code is as it was"


def test_without_a_master_access_code_nobody_changes_it_by_message() -> None:
    made = guarded("")
    assert [code for code, _ in errors(made, changed(made, "A1B2", "C3D4", master="M1M2"), TRADER)] == ["90"]


def test_a_code_is_replaced_and_not_taken_away() -> None:
    made = guarded()
    place = "/CC026C/GuaranteeReference/AccessCode/accessCodeNew"
    assert errors(made, changed(made, "A1B2", None), TRADER) == [("13", place)]
