"""Each published rule of what comes in about guarantees is kept by one message and broken by another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.rules.book import BOOK
from douane.applications.guarantees.rules.ledgers import Terms
from douane.configuration.lists import code_lists
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import check

DAY = dt.date(2026, 11, 26)
LOOK = code_lists().look(DAY)
GRN, VOUCHER, MRN = "25FR0000010000297", "25FR0000010000297A000001", "26FR005350000001J9"
TERMS = Terms(GRN, "2", "FR1", "A1B2", "FR000001", DAY)
WRITTEN = dt.datetime(2026, 11, 26, 9)
HOLDER = p5.HolderOfTheTransitProcedure04(identification_number="FR12345678900013")
GUARANTOR = p5.Guarantor02(identification_number="FR78484900000013")
ADDRESS = p5.Address02(street_and_number="1 quai", postcode="75001", city="Paris", country="FR")
OFFICE = p5.CustomsOfficeOfGuarantee(reference_number="FR000001")


def question(number: int = 1, role: str = "1", **asked: Any) -> p5.CC034C:
    query = p5.GuaranteeQuery(**{"query_identifier": "3", **asked})
    reference = p5.GuaranteeReference06(
        sequence_number=number, grn=GRN, guarantee_query=query, access_code=p5.AccessCode02(access_code="A1B2")
    )
    return p5.CC034C(
        message_sender="FR1", message_recipient="NTA.FR", preparation_date_and_time=WRITTEN,
        message_identification="Q1", message_type="CC034C",
        requester=p5.Requester(identification_number="FR1", role=role), guarantee_reference=(reference,),
    )  # fmt: skip


def examined(kind: str = "1", **told: Any) -> p5.CD200C:
    reference = {"sequence_number": 1, "grn": GRN, "access_code": "A1B2", "amount_concerned": Decimal(1),
                 "currency": "EUR"}  # fmt: skip
    one = p5.GuaranteeReference04(**{**reference, **{k: v for k, v in told.items() if k in reference}})
    rest = {k: v for k, v in told.items() if k not in reference}
    return p5.CD200C(
        message_sender="NTA.FR", message_recipient="NTA.FR", preparation_date_and_time=WRITTEN,
        message_identification="C1", message_type="CD200C",
        transit_operation=p5.TransitOperation48(mrn=rest.pop("mrn", MRN), declaration_acceptance_date=DAY),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number="FR1"),
        country_involved=(p5.CountryInvolved(sequence_number=1, country="FR"),),
        guarantee=(p5.Guarantee06(sequence_number=1, guarantee_type=kind, guarantee_reference=(one,)),), **rest,
    )  # fmt: skip


def sold(**told: Any) -> p5.CC224C:
    whole = {"sequence_number": 1, "grn": VOUCHER, "issue_date": DAY, "access_code": "A1B2", "tir_carnet": False,
             "expiry_date": dt.date(2027, 11, 26), "copy_given": False}  # fmt: skip
    return p5.CC224C(
        message_sender="FR78484900000013", message_recipient="NTA.FR", preparation_date_and_time=WRITTEN,
        message_identification="V1", message_type="CC224C", holder_of_the_transit_procedure=HOLDER,
        guarantor=GUARANTOR, customs_office_of_guarantee=OFFICE,
        guarantee_reference=(p5.GuaranteeReference02(**{**whole, **told}),),
    )  # fmt: skip


def codes(grn: str = GRN) -> p5.CC026C:
    return p5.CC026C(
        message_sender="FR12345678900013", message_recipient="NTA.FR", preparation_date_and_time=WRITTEN,
        message_identification="A1", message_type="CC026C", holder_of_the_transit_procedure=HOLDER,
        customs_office_of_guarantee=OFFICE,
        guarantee_reference=p5.GuaranteeReference05(
            grn=grn, master_access_code="M1", access_code=p5.AccessCode01(access_code_new="C3D4")
        ),
    )  # fmt: skip


GOODS = p5.Consignment21(house_consignment=())
DESTINATION = p5.CustomsOfficeOfDestinationDeclared(reference_number="AT100000")
OWNED = replace(question(role="2"), guarantee_reference=(
    replace(question().guarantee_reference[0], owner=p5.Owner01(identification_number="FR1")),))  # fmt: skip
ANONYMOUS = p5.HolderOfTheTransitProcedure04(name="Transports", address=ADDRESS)
PAIRS: tuple[tuple[str, Any, Any], ...] = (
    ("C0511", question(), None),
    ("R0987", question(), question(number=2)),
    ("R0987", sold(), sold(sequence_number=3)),
    ("C0818", question(), question(role="2")),
    ("C0818", OWNED, replace(OWNED, requester=question().requester)),
    ("R0261", question(query_identifier="1"), question()),
    ("R0263", question(query_identifier="4"), question(query_identifier="4", period_from_date=DAY)),
    ("R0705", question(), question(period_from_date=DAY, period_to_date=DAY)),
    ("R0850", question(), replace(question(), requester=p5.Requester(identification_number="12", role="1"))),
    ("R0850", sold(), replace(sold(), holder_of_the_transit_procedure=replace(HOLDER, identification_number="1"))),
    ("R0860", sold(), replace(sold(), guarantor=replace(GUARANTOR, identification_number="1"))),
    ("C0250", sold(), replace(sold(), holder_of_the_transit_procedure=replace(HOLDER, name="Transports"))),
    ("C0250", replace(codes(), holder_of_the_transit_procedure=ANONYMOUS),
     replace(codes(), holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04())),
    ("C0505", replace(sold(), holder_of_the_transit_procedure=ANONYMOUS),
     replace(sold(), holder_of_the_transit_procedure=replace(ANONYMOUS, address=replace(ADDRESS, postcode=None)))),
    ("C0232", sold(tir_carnet=True, voucher_amount=Decimal(500), currency="EUR"), sold(tir_carnet=True)),
    ("C0232", sold(), sold(currency="EUR")),
    ("R0028", codes(), codes("25FR0000010000298")),
    ("R0028", examined(), examined(mrn="26FR005350000001J8")),
    ("R0318", examined(), examined("4", grn=GRN)),
    ("R0318", examined("4", grn=VOUCHER), examined(grn=VOUCHER)),
    ("R0267", examined(), examined(currency="CHF")),
    ("C0233", examined("2", customs_office_of_destination_declared=DESTINATION), examined("2")),
    ("C0815", examined("9", consignment=GOODS), examined("9")),
    ("C0815", examined(), examined(consignment=GOODS)),
)  # fmt: skip
"""Rule, a message that keeps it, and one that breaks it."""


@pytest.mark.parametrize(("id", "kept", "broken"), PAIRS, ids=[f"{n}-{each[0]}" for n, each in enumerate(PAIRS)])
def test_a_rule_is_kept_by_one_message_and_broken_by_another(id: str, kept: Any, broken: Any) -> None:
    assert id not in {fault.rule for fault in BOOK.faults(kept, TERMS, LOOK)}
    if broken is not None:
        found = [fault for fault in BOOK.faults(broken, TERMS, LOOK) if fault.rule == id]
        assert found
        assert all(fault.pointer.startswith(f"/{type(broken).__name__}/") for fault in found)


def test_a_correlation_is_asked_by_the_lists() -> None:
    """None of these messages answers another (CL610), and none is without a movement (CL385)."""
    assert all(not LOOK.has(n, kind) for n in ("CL385", "CL610") for kind in ("CC026C", "CC034C", "CC224C", "CD200C"))
    answering = replace(question(), message_type="CD201C")
    assert [fault.rule for fault in BOOK.faults(answering, None, LOOK)] == ["C0511"]
    alone = replace(question(), message_type="CD411D", correlation_identifier="A")
    assert [fault.rule for fault in BOOK.faults(alone, None, LOOK)] == ["C0511"]


def test_what_tells_of_a_guarantee_is_silent_where_its_terms_are_not_proven() -> None:
    assert BOOK.faults(question(), None, LOOK) == ()
    assert [fault.rule for fault in BOOK.faults(question(), TERMS, LOOK)] == ["R0261"]


def test_every_rule_has_a_pair() -> None:
    assert {rule.id for rule in BOOK.rules} == {id for id, _, _ in PAIRS}


@pytest.mark.parametrize("message", [question(), examined(), sold(), codes()], ids=lambda m: type(m).__name__)
def test_a_right_message_breaks_nothing(message: Any) -> None:
    assert check(message) == ()
    assert BOOK.faults(message, None, LOOK) == ()
