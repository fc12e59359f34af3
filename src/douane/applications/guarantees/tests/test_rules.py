"""Guarantees: every reason of CL252 that we give, and a ledger that always balances."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.guarantees.rules.ledgers import (
    GuaranteeType,
    Invalid,
    Ledger,
    Reservation,
    Terms,
    Use,
    cancel,
    check,
    credit,
    opened,
    registration_faults,
    relimit,
    reserve,
    results_of,
    uses_of,
)
from douane.standards.ncts import phase5
from douane.standards.ncts.phase5.reading import read, write

DAY = dt.date(2026, 3, 1)
TERMS = Terms(
    "25FR0000010000297", "1", "FR12345678900010", "A1b2", "FR000010", dt.date(2026, 1, 1), dt.date(2026, 12, 31)
)
LEDGER = Ledger(Decimal(1000))
USE = Use(
    "26FR0053500000A7J7", DAY, TERMS.grn, "1", "A1b2", TERMS.holder, Decimal(400), ("DE", "AT"), "FR005350", "AT100000"
)
SINGLE = replace(
    TERMS, type="2", office_of_departure="FR005350", office_of_destination="AT100000", commodities=("240220",)
)
SINGLE_USE = replace(USE, type="2", commodities=("24022010",))


def test_a_use_within_the_terms_is_covered() -> None:
    assert check(TERMS, LEDGER, None, USE) == ()
    assert check(SINGLE, LEDGER, None, SINGLE_USE) == ()


@pytest.mark.parametrize(
    ("terms", "ledger", "use", "code"),
    [
        (None, LEDGER, USE, "G01"),
        (TERMS, LEDGER, replace(USE, day=dt.date(2025, 12, 31)), "G02"),
        (TERMS, LEDGER, replace(USE, day=dt.date(2027, 1, 1)), "G02"),
        (TERMS, LEDGER, replace(USE, access_code="a1b2"), "G03"),
        (TERMS, LEDGER, replace(USE, holder="DE1"), "G01"),
        (replace(TERMS, type="4"), replace(LEDGER, uses=1), replace(USE, type="4"), "G05"),
        (replace(TERMS, excluded_countries=("AT",)), LEDGER, USE, "G08"),
        (TERMS, replace(LEDGER, reserved=Decimal("600.01")), USE, "G09"),
        (TERMS, LEDGER, replace(USE, amount=Decimal(-1)), "G09"),
        (TERMS, LEDGER, replace(USE, amount=Decimal("NaN")), "G09"),
        (replace(TERMS, type="4"), Ledger(Decimal(70_000)), replace(USE, type="4", amount=Decimal(10_001)), "G09"),
        (SINGLE, replace(LEDGER, uses=1), SINGLE_USE, "G10"),
        (SINGLE, LEDGER, replace(SINGLE_USE, office_of_destination="DE004055"), "G11"),
        (SINGLE, LEDGER, replace(SINGLE_USE, commodities=("24022010", "220830")), "G12"),
        (TERMS, LEDGER, replace(USE, type="0"), "G13"),
    ],
)
def test_each_reason_stands_alone(terms: Terms | None, ledger: Ledger, use: Use, code: str) -> None:
    assert [reason.value for reason in check(terms, ledger, None, use)] == [code]
    assert reserve(terms, ledger, None, use).ledger == ledger


def test_a_wrong_access_code_tells_nothing_else() -> None:
    worst = replace(USE, access_code="no", amount=Decimal(10**9), day=dt.date(1999, 1, 1))
    assert check(TERMS, LEDGER, None, worst) == (Invalid.WRONG_ACCESS_CODE,)


@pytest.mark.parametrize("code", [USE.access_code, "no", ""])
@pytest.mark.parametrize("more", [{}, {"amount": Decimal(10**9)}, {"day": dt.date(1999, 1, 1)}, {"type": "9"}], ids=str)
def test_another_holder_is_told_the_same_whatever_he_guesses(code: str, more: Any) -> None:
    asked = replace(USE, holder="X", access_code=code, **more)
    assert check(TERMS, LEDGER, None, asked) == check(None, LEDGER, None, asked) == (Invalid.UNKNOWN,)


def test_reasons_come_in_the_order_of_the_code_list() -> None:
    found = check(TERMS, LEDGER, None, replace(USE, type="9", amount=Decimal(2000), day=dt.date(2020, 1, 1)))
    assert [reason.value for reason in found] == ["G02", "G09", "G13"]


def test_an_amended_amount_replaces_the_first() -> None:
    first = reserve(TERMS, LEDGER, None, USE)
    more = reserve(TERMS, first.ledger, first.reservation, replace(USE, amount=Decimal(1000)))
    assert (more.ledger.reserved, more.ledger.uses) == (Decimal(1000), 1)
    too_much = reserve(TERMS, more.ledger, more.reservation, replace(USE, amount=Decimal("1000.01")))
    assert too_much.invalid == (Invalid.NOT_ENOUGH,)
    assert (too_much.ledger, too_much.reservation) == (more.ledger, more.reservation)


def test_an_individual_guarantee_is_free_after_a_cancellation_and_used_after_a_credit() -> None:
    taken = reserve(SINGLE, LEDGER, None, SINGLE_USE)
    assert taken.covered
    other = replace(SINGLE_USE, mrn="26FR0053500000B7J5")
    given_back, nothing = cancel(taken.ledger, taken.reservation)
    assert (given_back, nothing) == (LEDGER, None)
    assert reserve(SINGLE, given_back, None, other).covered
    over, proof = credit(SINGLE, taken.ledger, taken.reservation)
    assert (over.reserved, proof) == (Decimal(0), Reservation(SINGLE_USE.mrn, Decimal(0), credited=True))
    assert reserve(SINGLE, over, None, other).invalid == (Invalid.UNDERTAKING_USED,)


def test_a_finished_movement_reserves_nothing_again() -> None:
    taken = reserve(TERMS, LEDGER, None, USE)
    over, proof = credit(TERMS, taken.ledger, taken.reservation)
    again = reserve(TERMS, over, proof, USE)
    assert not again.covered
    assert (again.ledger, again.reservation) == (over, proof)


def test_the_limit_cannot_fall_below_what_is_reserved() -> None:
    used = replace(LEDGER, reserved=Decimal(400))
    assert relimit(used, Decimal(399)) is None
    assert relimit(used, Decimal(400)) == Ledger(Decimal(400), Decimal(400))


STEP = st.tuples(
    st.sampled_from(["reserve", "reserve twice", "cancel", "credit"]),
    st.integers(0, 5),
    st.decimals(0, 500, places=2),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["0", "1", "2", "4", "9"]), st.lists(STEP, max_size=40))
def test_the_ledger_balances_after_any_sequence(type: str, steps: list[tuple[str, int, Decimal]]) -> None:
    """limit = available + sum of reservations; never below zero; a repeated step changes nothing."""
    terms, ledger = replace(TERMS, type=type), LEDGER
    held: dict[str, Reservation] = {}
    for action, movement, amount in steps:
        mrn = f"26FR005350000{movement}A7J7"
        use = replace(USE, mrn=mrn, type=type, amount=amount)
        for _ in range(2 if action == "reserve twice" else 1):
            before = ledger, held.get(mrn)
            if action.startswith("reserve"):
                answer = reserve(terms, ledger, held.get(mrn), use)
                ledger, kept = answer.ledger, answer.reservation
                if answer.covered:
                    once_more = reserve(terms, ledger, kept, use)
                    assert (once_more.covered, once_more.ledger, once_more.reservation) == (True, ledger, kept)
                else:
                    assert (ledger, kept) == before
            elif action == "cancel":
                ledger, kept = cancel(ledger, held.get(mrn))
                assert cancel(ledger, kept) == (ledger, kept)
            else:
                ledger, kept = credit(terms, ledger, held.get(mrn))
                assert credit(terms, ledger, kept) == (ledger, kept)
            held.pop(mrn, None)
            held |= {mrn: kept} if kept else {}
        reserved = sum((each.amount for each in held.values()), Decimal(0))
        assert ledger.limit == ledger.available + reserved
        assert 0 <= ledger.reserved <= ledger.limit
        assert ledger.uses >= sum(not each.credited for each in held.values())
        if GuaranteeType(type).used_once:
            assert len(held) <= 1


def message() -> phase5.CD203C:
    code: Any = {"harmonized_system_sub_heading_code": "240220", "combined_nomenclature_code": "10"}
    item = phase5.ConsignmentItem10(
        sequence_number=1, commodity=phase5.Commodity09(commodity_code=phase5.CommodityCode(**code))
    )
    house = phase5.HouseConsignment11(sequence_number=1, consignment_item=(item,))
    references = [
        phase5.GuaranteeReference04(
            sequence_number=n, grn=grn, access_code="A1b2", amount_concerned=Decimal(400), currency="EUR"
        )
        for n, grn in enumerate((TERMS.grn, "25DE0000010000298"), 1)
    ]
    return phase5.CD203C(
        message_sender="NTA.FR",
        message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 3, 1),
        message_identification="M1",
        message_type="CD203C",
        transit_operation=phase5.TransitOperation48(mrn=USE.mrn, declaration_acceptance_date=DAY),
        customs_office_of_departure=phase5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        holder_of_the_transit_procedure=phase5.HolderOfTheTransitProcedure01(identification_number=TERMS.holder),
        country_involved=(
            phase5.CountryInvolved(sequence_number=1, country="DE"),
            phase5.CountryInvolved(sequence_number=2, country="AT"),
        ),
        guarantee=(phase5.Guarantee06(sequence_number=1, guarantee_type="1", guarantee_reference=tuple(references)),),
        consignment=phase5.Consignment21(house_consignment=(house,)),
    )


def test_a_message_becomes_one_use_per_reference() -> None:
    first, second = uses_of(message())
    assert first == replace(USE, office_of_destination="", commodities=("24022010",))
    assert second.grn == "25DE0000010000298"


def test_amounts_of_a_guarantee_that_is_named_twice_add_up() -> None:
    named = message()
    (guarantee,) = named.guarantee
    again = replace(guarantee.guarantee_reference[0], sequence_number=3, amount_concerned=Decimal(250))
    twice = replace(guarantee, guarantee_reference=(*guarantee.guarantee_reference, again))
    first, second = uses_of(replace(named, guarantee=(twice,)))
    assert (first.grn, first.amount) == (TERMS.grn, Decimal(650))
    assert (second.grn, second.amount) == ("25DE0000010000298", Decimal(400))


def test_the_reply_gives_reasons_office_and_limits_per_reference() -> None:
    terms = replace(TERMS, excluded_countries=("AT", "CH"))
    (guarantee,) = results_of(message(), {TERMS.grn: (Invalid.NOT_IN_COUNTRY, Invalid.NOT_ENOUGH)}, {TERMS.grn: terms})
    known, unknown = guarantee.guarantee_reference
    assert [reason.code for reason in known.invalid_guarantee_reason] == ["G08", "G09"]
    assert [limit.guarantee_not_valid_in for limit in known.validity_limitation] == ["AT"]
    assert known.customs_office_of_guarantee is not None
    assert known.customs_office_of_guarantee.reference_number == "FR000010"
    assert unknown.customs_office_of_guarantee is None
    assert [reason.code for reason in unknown.invalid_guarantee_reason] == ["G01"]
    (covered,) = results_of(message(), {}, {TERMS.grn: TERMS, "25DE0000010000298": TERMS})
    assert all(not reference.invalid_guarantee_reason for reference in covered.guarantee_reference)


def test_guarantee_types_know_their_lists() -> None:
    assert {t.value for t in GuaranteeType if t.has_grn} == set("01249")
    assert {t.value for t in GuaranteeType if t.has_reference} == set("0123459")
    assert len(GuaranteeType) == 12


REGISTRATION = GuaranteeRegistration(
    TERMS.grn, "1", TERMS.holder, "A1b2", Decimal(1000), TERMS.valid_from, "officer", valid_to=TERMS.valid_until
)


def test_a_registration_opens_terms_and_an_empty_ledger() -> None:
    assert registration_faults(REGISTRATION) == ()
    assert opened(REGISTRATION, "FR000010") == (TERMS, LEDGER)


def test_case_31_a_voucher_is_valid_for_a_year() -> None:
    voucher = replace(
        REGISTRATION, type="4", grn=TERMS.grn + "A000001", limit=Decimal(10_000),
        valid_from=dt.date(2026, 3, 2), valid_to=None,
    )  # fmt: skip
    assert registration_faults(voucher) == ()
    terms, _ = opened(voucher, "FR000010")
    assert terms.valid_until == dt.date(2027, 3, 2)
    year = dt.date(2027, 3, 2)
    assert registration_faults(replace(voucher, valid_to=year)) == ()
    for longer in (dt.date(2027, 3, 3), dt.date(2035, 1, 1)):
        (fault,) = registration_faults(replace(voucher, valid_to=longer))
        assert (fault.pointer, fault.code) == ("/valid_to", "14")
        assert "art. 160(1)" in fault.remedy


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"type": "8"}, "/type"),
        ({"type": "Z"}, "/type"),
        ({"type": "4"}, "/grn"),
        ({"grn": TERMS.grn + "A000001"}, "/grn"),
        ({"currency": "CHF"}, "/currency"),
        ({"limit": Decimal(-1)}, "/limit"),
        ({"limit": Decimal("Infinity")}, "/limit"),
        ({"type": "4", "grn": TERMS.grn + "A000001", "limit": Decimal(10_001), "valid_to": None}, "/limit"),
        ({"valid_to": dt.date(2025, 1, 1)}, "/valid_to"),
    ],
)
def test_a_registration_that_breaks_a_rule_names_it(change: dict[str, Any], pointer: str) -> None:
    (fault,) = registration_faults(replace(REGISTRATION, **change))
    assert fault.pointer == pointer
    assert fault.remedy


def test_a_reply_is_a_message_that_its_own_reader_accepts() -> None:
    terms = replace(TERMS, excluded_countries=("AT",))
    asked = message()
    reply = phase5.CD205C(
        message_sender="NTA.FR",
        message_recipient="NTA.FR",
        preparation_date_and_time=asked.preparation_date_and_time,
        message_identification="M2",
        message_type="CD205C",
        correlation_identifier="M1",
        transit_operation=phase5.TransitOperation43(mrn=asked.transit_operation.mrn),
        customs_office_of_departure=asked.customs_office_of_departure,
        holder_of_the_transit_procedure=asked.holder_of_the_transit_procedure,
        guarantee=results_of(asked, {TERMS.grn: check(terms, LEDGER, None, USE)}, {TERMS.grn: terms}),
    )
    text = write(reply)
    assert read(text) == reply
    assert b"<code>G08</code>" in text
