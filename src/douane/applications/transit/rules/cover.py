"""What a declared guarantee covers by law, what it does not, what only an officer can say (UCC art. 89, 90, 195(1)).

A guarantee with a reference number is asked of its office. The others are words of the holder: a deposit, a waiver, a
body governed by public law, a river. Nothing is released on them alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from douane.applications.transit.rules.places import Declaration, at, guarantees
from douane.author import Fault
from douane.standards.ncts import phase5 as p5

WITHOUT_GRN: Final = frozenset("358ABJR")
"""Types of guarantee (CL251) that are no ledger's business."""
DEPOSIT, BELOW_THRESHOLD, PUBLIC_BODY, BY_AGREEMENT, WATERWAYS = "3", "5", "8", "A", "R"
INLAND_WATERWAY: Final = "8"
"""Mode of transport (CL218)."""
THRESHOLD_EUR: Final = Decimal(1_000)
"""The statistical value threshold: up to it customs may waive a guarantee (UCC art. 89(9); Regulation (EC) 471/2009
art. 3(4), of 6 May 2009)."""
UNKNOWN_EUR: Final = Decimal(10_000)
"""For each declaration whose amount is not known (IA 2015/2447 art. 155(3), third subparagraph)."""

WHY: Final = {
    DEPOSIT: "a deposit, of which the office holds the receipt (UCC art. 92(1)(a), IA 2015/2447 art. 150)",
    BELOW_THRESHOLD: "a waiver below the statistical threshold, which customs may grant (UCC art. 89(9))",
    PUBLIC_BODY: "a body governed by public law acting as public authority (UCC art. 89(7))",
    BY_AGREEMENT: "a waiver by agreement of the countries of the movement (Convention on common transit)",
    WATERWAYS: "goods carried on the Rhine or the Danube or their waterways (UCC art. 89(8)(a))",
}
"""What an officer decides about, by type of guarantee."""
LOW: Final = "an amount below the statistical threshold, which only customs can find sufficient (UCC art. 89(9), 90(1))"


class Least(NamedTuple):
    """The least that goods of these HS headings owe anywhere in the Union, for each kilogram."""

    heading: str
    eur_per_kg: Decimal
    source: str


LEAST: Final = (
    Least("2207", Decimal("4.40"), "Directive 92/84/EEC art. 3(1): EUR 550 a hl of pure alcohol, of 80 % vol."),
    Least("2208", Decimal("0.75"), "Directive 92/84/EEC art. 3(1): EUR 550 a hl of pure alcohol, of 15 % vol."),
    Least("240210", Decimal(12), "Directive 2011/64/EU art. 14(2)(b): cigars and cigarillos, EUR 12 a kg"),
    Least(
        "240220", Decimal(90), "Directive 2011/64/EU art. 10(2): EUR 90 for 1 000 cigarettes, which weigh a kg at most"
    ),
    Least("2403", Decimal(22), "Directive 2011/64/EU art. 14(2)(c): smoking tobacco, EUR 22 a kg"),
)
"""Excise duty alone, at the lowest rate that the directives permit: no Member State asks less. As of 2026-01-01."""
HEADINGS: Final = tuple(each.heading for each in LEAST)


def amount_of(reference: p5.GuaranteeReference03) -> Decimal:
    """What one reference is to cover, in its currency; EUR 10 000 where the declaration does not say."""
    stated = reference.amount_to_be_covered
    return UNKNOWN_EUR if stated is None else stated


def least(m: Declaration) -> Decimal:
    """The least that the declared goods owe, in EUR, as far as the directives tell."""
    owed = Decimal(0)
    for house in m.consignment.house_consignment:
        for item in house.consignment_item:
            code = item.commodity.commodity_code
            if code is not None and code.harmonized_system_sub_heading_code.startswith(HEADINGS):
                owed += _owed(item, code.harmonized_system_sub_heading_code)
    return owed


def _owed(item: p5.ConsignmentItem09, heading: str) -> Decimal:
    measure = item.commodity.goods_measure
    if measure is None:
        return Decimal(0)
    kilograms = measure.net_mass if measure.net_mass is not None else measure.gross_mass or Decimal(0)
    return kilograms * next(each.eur_per_kg for each in LEAST if heading.startswith(each.heading))


def stated(m: Declaration) -> Decimal:
    """Everything that the guarantees of a declaration are to cover. A waiver by type covers what it is given for."""
    return sum((amount_of(r) for g in guarantees(m) for r in g.guarantee_reference), Decimal(0))


def falls_short(m: Declaration) -> bool:
    """Whether the stated amounts are less than the goods owe at least (UCC art. 90(1), IA 2015/2447 art. 148)."""
    waived = any(g.guarantee_type in {PUBLIC_BODY, BY_AGREEMENT, WATERWAYS, "B"} for g in guarantees(m))
    return not waived and stated(m) < least(m)


def left_to_officer(m: Declaration) -> tuple[str, ...]:
    """What of the guarantee only an officer can say; empty where ledgers answer for all of it."""
    found = [WHY[g.guarantee_type] for g in guarantees(m) if g.guarantee_type in WHY]
    counted = [g for g in guarantees(m) if g.guarantee_type not in WITHOUT_GRN]
    if counted and not found and stated(m) < THRESHOLD_EUR:
        found.append(LOW)
    return tuple(dict.fromkeys(found))


def unfit(m: Declaration) -> Iterator[Fault]:
    """Guarantees that cannot be what they are declared as, whatever an officer finds."""
    for n, guarantee in enumerate(guarantees(m), 1):
        place = at(m, f"Guarantee[{n}]")
        if guarantee.guarantee_type == WATERWAYS and m.consignment.inland_mode_of_transport != INLAND_WATERWAY:
            remedy = "UCC art. 89(8)(a) is for goods carried on waterways (inland mode 8). Give a guarantee."
            yield Fault(f"{place}/guaranteeType", "14", remedy, value=WATERWAYS)
        if guarantee.guarantee_type == BELOW_THRESHOLD:
            amount = sum((amount_of(r) for r in guarantee.guarantee_reference), Decimal(0))
            if amount > THRESHOLD_EUR or not guarantee.guarantee_reference:
                remedy = (
                    f"UCC art. 89(9) permits a waiver up to EUR {THRESHOLD_EUR:,}. Give a guarantee of another type."
                )
                yield Fault(f"{place}/guaranteeType", "14", remedy, value=str(amount))
