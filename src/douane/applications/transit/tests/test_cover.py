"""What a guarantee covers by law: floors, thresholds, waivers, and what is left to an officer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.rules import cover, identification
from douane.applications.transit.tests.base_declarations import normal
from douane.standards.ncts import phase5 as p5


def guaranteed(type: str, amount: str | None = "4500.00", *, other: str | None = None) -> p5.CC015C:
    """The declaration under a guarantee of this type; without reference number where it has none."""
    base = normal()
    ((guarantee,), (reference,)) = base.guarantee, base.guarantee[0].guarantee_reference
    stated = None if amount is None else Decimal(amount)
    if type in cover.WITHOUT_GRN:
        reference = p5.GuaranteeReference03(sequence_number=1, amount_to_be_covered=stated, currency="EUR")
    else:
        reference = replace(reference, amount_to_be_covered=stated)
    references = (reference,) if type in "0123459" else ()
    made = replace(guarantee, guarantee_type=type, other_guarantee_reference=other, guarantee_reference=references)
    return replace(base, guarantee=(made,))


def carrying(declaration: p5.CC015C, heading: str, kilograms: str) -> p5.CC015C:
    """The declaration with so much of these goods in its only item."""
    house = declaration.consignment.house_consignment[0]
    item = house.consignment_item[0]
    measure = p5.GoodsMeasure02(gross_mass=Decimal(kilograms) + 10, net_mass=Decimal(kilograms))
    code = p5.CommodityCode(harmonized_system_sub_heading_code=heading)
    commodity = replace(item.commodity, commodity_code=code, goods_measure=measure)
    houses = (replace(house, consignment_item=(replace(item, commodity=commodity),)),)
    return replace(declaration, consignment=replace(declaration.consignment, house_consignment=houses))


def by(declaration: p5.CC015C, mode: str) -> p5.CC015C:
    """The declaration with another inland mode of transport; by river on one vessel."""
    c = declaration.consignment
    vessel = replace(c.departure_transport_means[0], type_of_identification="81", identification_number="LORELEY")
    means = (vessel,) if mode == "8" else c.departure_transport_means
    return replace(declaration, consignment=replace(c, inland_mode_of_transport=mode, departure_transport_means=means))


@pytest.mark.parametrize(("heading", "kilograms", "owed"), [
    ("240220", "100", "9000"), ("240311", "10", "220"), ("220830", "1000", "750"), ("090121", "100", "0"),
])  # fmt: skip
def test_row_17_goods_owe_at_least_what_the_directives_say(heading: str, kilograms: str, owed: str) -> None:
    assert cover.least(carrying(normal(), heading, kilograms)) == Decimal(owed)


def test_row_17_an_amount_below_what_the_goods_owe_falls_short_and_one_that_is_not_stated_is_ten_thousand() -> None:
    assert cover.falls_short(carrying(guaranteed("1", "8999.99"), "240220", "100"))
    assert not cover.falls_short(carrying(guaranteed("1", "9000.00"), "240220", "100"))
    assert not cover.falls_short(carrying(guaranteed("1", None), "240220", "100"))
    assert cover.stated(guaranteed("1", None)) == cover.UNKNOWN_EUR == 10_000


@pytest.mark.parametrize(("type", "amount", "left"), [
    ("1", "4500.00", False), ("0", "4500.00", False), ("1", "1000.00", False), ("1", "999.99", True),
    ("1", "0.01", True), ("3", "4500.00", True), ("5", "900.00", True), ("8", None, True),
    ("A", None, True), ("R", None, True),
])  # fmt: skip
def test_row_16_what_is_no_ledgers_business_is_left_to_an_officer(type: str, amount: str | None, *, left: bool) -> None:
    assert bool(cover.left_to_officer(guaranteed(type, amount))) is left


def told(declaration: Any) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.value) for fault in cover.unfit(declaration)]


def test_row_16_a_waiver_below_the_threshold_is_below_it_and_a_waterway_is_one() -> None:
    place = "/CC015C/Guarantee[1]/guaranteeType"
    assert told(guaranteed("5", "1000.00")) == []
    assert told(guaranteed("5", "1000.01")) == [(place, "1000.01")]
    assert told(guaranteed("5", None)) == [(place, "10000")]
    assert told(by(guaranteed("R", None), "8")) == []
    assert told(by(guaranteed("R", None), "3")) == [(place, "R")]
    assert told(normal()) == []


def test_row_39_goods_are_identified_by_seals_on_all_equipment_or_by_rail_and_air() -> None:
    sealed = normal()
    (equipment,) = sealed.consignment.transport_equipment
    open_ = replace(equipment, sequence_number=2, number_of_seals=0, seal=())
    for found, right in (
        (sealed, True),
        (replace(sealed, consignment=replace(sealed.consignment, transport_equipment=())), False),
        (replace(sealed, consignment=replace(sealed.consignment, transport_equipment=(equipment, open_))), False),
        (by(replace(sealed, consignment=replace(sealed.consignment, transport_equipment=())), "2"), True),
    ):
        assert identification.identified(found) is right
