"""Published rules of messages about guarantees that come in (C, R): IE026, IE034, IE200, IE224.

What tells something of a guarantee is asked where the terms are known (``Terms``), and they are known to who proved a
part in it; where they are not, such a rule is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from douane.applications.guarantees.rules.ledgers import GuaranteeType, Terms
from douane.author import Eori, Grn, Look, Mrn, Violation, broken, missing, not_allowed, rule
from douane.standards.ncts.alike import NUMBERING, correlated, misnumbered
from douane.standards.ncts.phase5 import CC026C, CC034C, CC224C, CD200C

Found = Iterator[Violation]
USAGE, OWNER, BOTH = "1", "4", "3"
"""What is asked (CL054)."""
AS_HOLDER: Final = "1"
"""Who asks (CL156)."""
ONCE: Final = frozenset("24")
"""Types that one movement uses up: only usage and owner are asked of them (R0261)."""
WITH_GOODS: Final = frozenset("29")
VOUCHER_GRN, OTHER_GRN = 24, 17
_OPERATOR: Final = "Identify the operator by EORI or TCUIN: two letters of the country and up to 15 characters."


def _parties(m: Any) -> Iterator[tuple[str, Any]]:
    """Holder and guarantor, as far as a message names them."""
    for name, tag in (("holder_of_the_transit_procedure", "HolderOfTheTransitProcedure"), ("guarantor", "Guarantor")):
        party = getattr(m, name, None)
        if party is not None:
            yield f"/{type(m).__name__}/{tag}", party


@rule(
    "C0511", CC026C, CC034C, CC224C, CD200C, lists=("CL385", "CL610"),
    text="Name the message that is answered in an answer, and none in a message without a movement.",
)  # fmt: skip
def c0511(m: Any, _: object, look: Look) -> Found:
    place, due = f"/{type(m).__name__}/correlationIdentifier", correlated(m.message_type, look.has)
    if due and m.correlation_identifier is None:
        yield missing(place)
    if due is False and m.correlation_identifier is not None:
        yield not_allowed(place, m.correlation_identifier)


@rule(NUMBERING, CC034C, CC224C, CD200C, text="Number the repetitions of a group 1, 2, 3 in their order.")
def r0987(m: Any, *_: object) -> Found:
    for place, number in misnumbered(m):
        yield broken(place, number)


@rule("C0250", CC026C, CC224C, text="Give name and address together, and both of who has no number.")
def c0250(m: CC026C | CC224C, *_: object) -> Found:
    for place, party in _parties(m):
        told = {"name": party.name, "Address": party.address}
        if any(told.values()) or not party.identification_number:
            yield from (missing(f"{place}/{tag}") for tag, value in told.items() if not value)


@rule("C0505", CC026C, CC224C, lists=("CL505",), text="Give the postcode of an address, where its country has any.")
def c0505(m: CC026C | CC224C, _: object, look: Look) -> Found:
    for place, party in _parties(m):
        address = party.address
        if address is not None and address.postcode is None and not look.has("CL505", address.country):
            yield missing(f"{place}/Address/postcode")


@rule("R0850", CC026C, CC034C, CC224C, text=_OPERATOR)
def r0850(m: CC026C | CC034C | CC224C, *_: object) -> Found:
    """The form; whose number it is the register says."""
    named: list[tuple[str, Any]]
    if isinstance(m, CC034C):
        named = [("/CC034C/Requester", m.requester)]
        named += [
            (f"/CC034C/GuaranteeReference[{n}]/Owner", each.owner)
            for n, each in enumerate(m.guarantee_reference, 1) if each.owner is not None
        ]  # fmt: skip
    else:
        name = type(m).__name__
        named = [(f"/{name}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure)]
    for place, party in named:
        number = party.identification_number
        if number is not None and not Eori.accepts(number):
            yield broken(f"{place}/identificationNumber", number)


@rule("R0860", CC224C, text=_OPERATOR)
def r0860(m: CC224C, *_: object) -> Found:
    if not Eori.accepts(m.guarantor.identification_number):
        yield broken("/CC224C/Guarantor/identificationNumber", m.guarantor.identification_number)


@rule("C0232", CC224C, text="Give the amount of a voucher for a TIR carnet, and of no other.")
def c0232(m: CC224C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        for tag, value in (("voucherAmount", each.voucher_amount), ("currency", each.currency)):
            if each.tir_carnet != (value is not None):
                yield (missing if each.tir_carnet else not_allowed)(f"/CC224C/GuaranteeReference[{n}]/{tag}")


@rule("R0028", CC026C, CD200C, text="Name movements and guarantees by numbers with their check digit.")
def r0028(m: CC026C | CD200C, *_: object) -> Found:
    if isinstance(m, CC026C):
        grns = [("/CC026C/GuaranteeReference/GRN", m.guarantee_reference.grn)]
    else:
        mrn = m.transit_operation.mrn
        if not (Mrn.accepts(mrn) and Mrn.trusted(mrn).has_right_check_digit):
            yield broken("/CD200C/TransitOperation/MRN", mrn)
        grns = [(f"{place}/GRN", each.grn) for place, each, _type in _references(m)]
    for place, grn in grns:
        if not (Grn.accepts(grn) and Grn.trusted(grn).has_right_check_digit):
            yield broken(place, grn)


# --- what holder and guarantor ask (IE034)


@rule("C0818", CC034C, text="Ask in the name of another as his guarantor; a holder names nobody.")
def c0818(m: CC034C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        if (m.requester.role == AS_HOLDER) == (each.owner is not None):
            found = not_allowed if each.owner is not None else missing
            yield found(f"/CC034C/GuaranteeReference[{n}]/Owner")


@rule("R0261", CC034C, text="Ask for usage (1) or owner (4) of what one movement uses up.")
def r0261(m: CC034C, terms: Terms | None, _: Look) -> Found:
    asks = m.guarantee_reference[0].guarantee_query.query_identifier
    if terms is not None and terms.type in ONCE and asks not in (USAGE, OWNER):
        yield broken("/CC034C/GuaranteeReference[1]/GuaranteeQuery/queryIdentifier", asks)


@rule("R0263", CC034C, text="Ask of a period the usage of guarantees that are used more than once.")
def r0263(m: CC034C, terms: Terms | None, _: Look) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        asked = each.guarantee_query
        once = terms is not None and terms.type in ONCE
        if once or asked.query_identifier not in (USAGE, BOTH):
            for tag, day in (("periodFromDate", asked.period_from_date), ("periodToDate", asked.period_to_date)):
                if day is not None:
                    yield not_allowed(f"/CC034C/GuaranteeReference[{n}]/GuaranteeQuery/{tag}", day)


@rule("R0705", CC034C, text="Let a period end after it begins.")
def r0705(m: CC034C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        since, until = each.guarantee_query.period_from_date, each.guarantee_query.period_to_date
        if since is not None and until is not None and until <= since:
            yield broken(f"/CC034C/GuaranteeReference[{n}]/GuaranteeQuery/periodToDate", until)


# --- what administrations check (IE200)


def _references(m: CD200C) -> Iterator[tuple[str, Any, str]]:
    """Pointer, reference and type of each guarantee of a check."""
    for g, guarantee in enumerate(m.guarantee, 1):
        for n, each in enumerate(guarantee.guarantee_reference, 1):
            yield f"/CD200C/Guarantee[{g}]/GuaranteeReference[{n}]", each, guarantee.guarantee_type


@rule("R0318", CD200C, text="Name a voucher by 24 characters, another guarantee by 17.")
def r0318(m: CD200C, *_: object) -> Found:
    for place, each, kind in _references(m):
        voucher = kind == GuaranteeType.INDIVIDUAL_VOUCHER.value
        if len(each.grn) != (VOUCHER_GRN if voucher else OTHER_GRN):
            yield broken(f"{place}/GRN", each.grn)


@rule("R0267", CD200C, text="Give amounts in euro.")
def r0267(m: CD200C, *_: object) -> Found:
    for place, each, _kind in _references(m):
        if each.currency != "EUR":
            yield broken(f"{place}/currency", each.currency)


@rule(
    "C0233", CD200C, text="Name the office of destination to who covers it by an individual guarantee, and only then."
)
def c0233(m: CD200C, *_: object) -> Found:
    individual = any(each.guarantee_type == GuaranteeType.INDIVIDUAL_UNDERTAKING.value for each in m.guarantee)
    if individual != (m.customs_office_of_destination_declared is not None):
        yield (missing if individual else not_allowed)("/CD200C/CustomsOfficeOfDestinationDeclared")


@rule("C0815", CD200C, text="Describe the goods to the office of an individual guarantee, and only then.")
def c0815(m: CD200C, *_: object) -> Found:
    described = any(each.guarantee_type in WITH_GOODS for each in m.guarantee)
    if described != (m.consignment is not None):
        yield (missing if described else not_allowed)("/CD200C/Consignment")
