"""Declarations that break no rule, and the parts that they are made of.

Goods leave Lesquin (FR005350), come back into the Union at Weil am Rhein-Autobahn (DE004055) after Switzerland and go
to Wien (AT100000). Parties are invented. Each declaration is valid after the transitional period; those named
``old_...`` are valid during it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from douane.author import Country, Grn
from douane.standards.ncts import phase5 as p5

TRADER = "FR41234567800015"
CONSIGNEE = "ATEOS1000012345"
LRN = "LQ25-0000147"
GRN = str(Grn.issue(2025, Country("FR"), "000001000029"))

GOODS = (
    ("Roasted coffee, not decaffeinated", "090121"),
    ("Green tea in packings of up to 3 kg", "090210"),
    ("T-shirts of cotton, knitted", "610910"),
    ("Bed linen of cotton, printed", "630221"),
    ("Ball bearings", "848210"),
    ("Taps and valves of brass", "848180"),
    ("Bicycle tyres of rubber", "401150"),
    ("Ceramic tableware of porcelain", "691110"),
    ("Olive oil, virgin, bottled", "150930"),
    ("Table lamps with LED", "940521"),
    ("Wooden chairs, upholstered", "940161"),
    ("Electric drills", "846721"),
)
"""Descriptions and HS codes; items take them in turn."""


def at_hour(day: int = 2, hour: int = 9) -> dt.datetime:
    return dt.datetime(2025, 6, day, hour, 15)


# --- parts ----------------------------------------------------------------------------------------------------------


def address(country: str = "FR") -> p5.Address02:
    """An address with postcode."""
    return p5.Address02(street_and_number="12 rue du Centre", postcode="59810", city="Lesquin", country=country)


def location() -> p5.LocationOfGoods:
    """The premises of the customs office itself."""
    return p5.LocationOfGoods(
        type_of_location="A",
        qualifier_of_identification="V",
        customs_office=p5.CustomsOffice(reference_number="FR005350"),
    )


def item(number: int, in_house: int, *, code: str = "00") -> p5.ConsignmentItem09:
    """A goods item: 120 kg gross in ten cartons. ``number`` counts in the declaration, ``in_house`` in the house."""
    description, heading = GOODS[(number - 1) % len(GOODS)]
    return p5.ConsignmentItem09(
        goods_item_number=in_house,
        declaration_goods_item_number=number,
        commodity=p5.Commodity07(
            description_of_goods=description,
            commodity_code=p5.CommodityCode(
                harmonized_system_sub_heading_code=heading, combined_nomenclature_code=code or None
            ),
            goods_measure=p5.GoodsMeasure02(gross_mass=Decimal("120.5"), net_mass=Decimal("110.25")),
        ),
        packaging=(
            p5.Packaging02(
                sequence_number=1, type_of_packages="CT", number_of_packages=10, shipping_marks=f"LQ {number:03d}"
            ),
        ),
        supporting_document=(
            p5.SupportingDocument05(sequence_number=1, type="N380", reference_number=f"FA-2025-{number:04d}"),
        ),
    )


def houses(number: int, items: int) -> tuple[p5.HouseConsignment10, ...]:
    """House consignments of so many items each."""
    return tuple(
        p5.HouseConsignment10(
            sequence_number=h + 1,
            gross_mass=Decimal("120.5") * items,
            consignment_item=tuple(item(h * items + i, i) for i in range(1, items + 1)),
        )
        for h in range(number)
    )


def consignment(number: int = 1, items: int = 1) -> p5.Consignment20:
    """A consignment by road, not in containers, sealed by the consignor's customs office."""
    return p5.Consignment20(
        country_of_dispatch="FR",
        country_of_destination="AT",
        container_indicator=False,
        inland_mode_of_transport="3",
        gross_mass=Decimal("120.5") * items * number,
        reference_number_ucr="5FR41234567800015LQ147",
        carrier=p5.Carrier03(identification_number="FR55512345600027"),
        consignee=p5.Consignee01(identification_number=CONSIGNEE),
        transport_equipment=(equipment(),),
        location_of_goods=location(),
        departure_transport_means=(
            p5.DepartureTransportMeans01(
                sequence_number=1, type_of_identification="30", identification_number="GK482RT", nationality="FR"
            ),
            p5.DepartureTransportMeans01(
                sequence_number=2, type_of_identification="31", identification_number="FA901LM", nationality="FR"
            ),
        ),
        country_of_routing_of_consignment=tuple(
            p5.CountryOfRoutingOfConsignment(sequence_number=n, country=country)
            for n, country in enumerate(("FR", "CH", "DE", "AT"), 1)
        ),
        place_of_loading=p5.PlaceOfLoading(un_locode="FRLIL"),
        transport_document=(
            p5.TransportDocument02(sequence_number=1, type="N730", reference_number="CMR-2025-000147"),
        ),
        house_consignment=houses(number, items),
    )


def equipment() -> p5.TransportEquipment05:
    """A lorry without container under one seal, with the first item in it."""
    return p5.TransportEquipment05(
        sequence_number=1,
        number_of_seals=1,
        seal=(p5.Seal02(sequence_number=1, identifier="FR0012345"),),
        goods_reference=(p5.GoodsReference(sequence_number=1, declaration_goods_item_number=1),),
    )


def guarantee() -> p5.Guarantee02:
    """A comprehensive guarantee."""
    return p5.Guarantee02(
        sequence_number=1,
        guarantee_type="1",
        guarantee_reference=(
            p5.GuaranteeReference03(
                sequence_number=1, grn=GRN, access_code="A1B2", amount_to_be_covered=Decimal("4500.00"), currency="EUR"
            ),
        ),
    )


def transit_offices() -> tuple[p5.CustomsOfficeOfTransitDeclared01, ...]:
    """Basel on the way out of the Union, Weil am Rhein on the way back."""
    return (
        p5.CustomsOfficeOfTransitDeclared01(
            sequence_number=1, reference_number="CH001251", arrival_date_and_time_estimated=at_hour(3, 8)
        ),
        p5.CustomsOfficeOfTransitDeclared01(
            sequence_number=2, reference_number="DE004055", arrival_date_and_time_estimated=at_hour(3, 9)
        ),
    )


def border_means() -> p5.ActiveBorderTransportMeans02:
    """The same lorry at the Union's border."""
    return p5.ActiveBorderTransportMeans02(
        sequence_number=1,
        customs_office_at_border_reference_number="DE004055",
        type_of_identification="30",
        identification_number="GK482RT",
        nationality="FR",
    )


# --- declarations ---------------------------------------------------------------------------------------------------


def normal(number: int = 1, items: int = 1) -> p5.CC015C:
    """A standard T1 declaration without security data, of so many houses and items in each."""
    return p5.CC015C(
        message_sender=TRADER,
        message_recipient="NTA.FR",
        preparation_date_and_time=at_hour(),
        message_identification="LQ250602091500147",
        message_type="CC015C",
        transit_operation=p5.TransitOperation06(
            lrn=LRN,
            declaration_type="T1",
            additional_declaration_type="A",
            security="0",
            reduced_dataset_indicator=False,
            binding_itinerary=False,
        ),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number="AT100000"),
        customs_office_of_transit_declared=transit_offices(),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(
            identification_number=TRADER,
            contact_person=p5.ContactPerson01(name="Service douane", phone_number="+33320000000"),
        ),
        guarantee=(guarantee(),),
        consignment=consignment(number, items),
        phase_id="NCTS5.1",
    )


def several() -> p5.CC015C:
    """Three houses of four items: the twelve-item message of the benchmarks."""
    return normal(3, 4)


def prelodged() -> p5.CC015C:
    """A pre-lodged declaration: equipment, means of transport and loading are left to the presentation."""
    base = normal()
    return replace(
        base,
        transit_operation=replace(base.transit_operation, additional_declaration_type="D"),
        consignment=replace(
            base.consignment,
            container_indicator=None,
            transport_equipment=(),
            departure_transport_means=(),
            location_of_goods=None,
            place_of_loading=None,
        ),
    )


def with_security() -> p5.CC015C:
    """Entry and exit summary data in one declaration."""
    base = normal()
    return replace(
        base,
        transit_operation=replace(base.transit_operation, security="3"),
        consignment=replace(
            base.consignment,
            mode_of_transport_at_the_border="3",
            consignor=p5.Consignor03(identification_number=TRADER),
            active_border_transport_means=(border_means(),),
            place_of_unloading=p5.PlaceOfUnloading(country="AT", location="Wien"),
            transport_charges=p5.TransportCharges(method_of_payment="D"),
        ),
    )


def leaving_security_area(*exits: str) -> p5.CC015C:
    """Exit summary data: the goods leave the security area at these offices, for Serbia, and come back into it."""
    base, hour = with_security(), at_hour(3, 8)
    offices = [
        p5.CustomsOfficeOfTransitDeclared01(
            sequence_number=n, reference_number=each, arrival_date_and_time_estimated=hour
        )
        for n, each in enumerate(("RS042072", "BG001003"), 1)
    ]
    left = [p5.CustomsOfficeOfExitForTransitDeclared(sequence_number=n, reference_number=each)
            for n, each in enumerate(exits, 1)]  # fmt: skip
    means = replace(border_means(), customs_office_at_border_reference_number="BG001003")
    return replace(
        base,
        transit_operation=replace(base.transit_operation, security="2"),
        customs_office_of_transit_declared=tuple(offices), customs_office_of_exit_for_transit_declared=tuple(left),
        consignment=replace(base.consignment, active_border_transport_means=(means,)),
    )  # fmt: skip


def tir() -> p5.CC015C:
    """Goods under a TIR carnet from France to Austria without leaving the Union."""
    base = normal()
    carnet = p5.Guarantee02(sequence_number=1, guarantee_type="B")
    return replace(
        base,
        transit_operation=replace(base.transit_operation, declaration_type="TIR", tir_carnet_number="XB75123456"),
        customs_office_of_transit_declared=(),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(
            tir_holder_identification_number="FRA/053/26041",
            name="Transports Vauban",
            address=address(),
        ),
        guarantee=(carnet,),
        consignment=replace(
            base.consignment,
            country_of_routing_of_consignment=(),
            departure_transport_means=base.consignment.departure_transport_means[:1],
            transport_document=(),
        ),
    )


def _as_before(message: p5.CC015C) -> p5.CC015C:
    """The same declaration with its documents at the item and nothing that the transitional period forbids."""
    c = message.consignment
    house = c.house_consignment[0]
    first = replace(house.consignment_item[0], transport_document=c.transport_document)
    return replace(
        message,
        preparation_date_and_time=dt.datetime(2025, 1, 15, 9, 15),
        consignment=replace(
            c,
            country_of_dispatch=None,
            transport_document=(),
            departure_transport_means=c.departure_transport_means[:1],
            house_consignment=(replace(house, consignment_item=(first, *house.consignment_item[1:])),),
        ),
    )


def old_normal(items: int = 1) -> p5.CC015C:
    """A standard T1 declaration of the transitional period: no loading, no routing without security data."""
    message = _as_before(normal(1, items))
    c = message.consignment
    return replace(message, consignment=replace(c, country_of_routing_of_consignment=(), place_of_loading=None))


def old_with_security() -> p5.CC015C:
    """A declaration with security data of the transitional period."""
    return _as_before(with_security())


def old_tir() -> p5.CC015C:
    """Goods under a TIR carnet in the transitional period: no place of loading without security data."""
    message = tir()
    return replace(message, consignment=replace(message.consignment, place_of_loading=None))
