"""A transit declaration (CC015C) with any number of goods items, as the benchmarks send it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from douane.standards.ncts import phase5 as p5

GOODS = (
    ("Ball bearings, chrome steel, boxed", "848210", "10"),
    ("Cotton shirts for men, woven", "620520", "00"),
    ("Coffee, roasted, in 1 kg bags", "090121", "00"),
    ("Bicycle tyres & inner tubes", "401150", "00"),
)


def item(number: int) -> p5.ConsignmentItem09:
    """One goods item."""
    text, subheading, nomenclature = GOODS[number % len(GOODS)]
    net = Decimal(100 + number) + Decimal("0.25")
    return p5.ConsignmentItem09(
        goods_item_number=number,
        declaration_goods_item_number=number,
        commodity=p5.Commodity07(
            description_of_goods=text.replace("&", "and"),
            commodity_code=p5.CommodityCode(
                harmonized_system_sub_heading_code=subheading, combined_nomenclature_code=nomenclature
            ),
            goods_measure=p5.GoodsMeasure02(gross_mass=net + 10, net_mass=net),
        ),
        packaging=(
            p5.Packaging02(
                sequence_number=1, type_of_packages="CT", number_of_packages=10 + number, shipping_marks=f"LOT {number}"
            ),
        ),
        supporting_document=(
            p5.SupportingDocument05(sequence_number=1, type="N380", reference_number=f"INV-2026-{number:05}"),
        ),
    )


def mass(one: p5.ConsignmentItem09) -> Decimal:
    """Gross mass of an item."""
    measure = one.commodity.goods_measure
    return measure.gross_mass or Decimal(0) if measure else Decimal(0)


def consignment(items: int) -> p5.Consignment20:
    """The consignment: one house consignment with all the goods."""
    address = p5.Address02(street_and_number="Rue de la Gare 12", postcode="59810", city="Lesquin", country="FR")
    buyer = p5.Address02(street_and_number="Ringstrasse 5", postcode="1010", city="Wien", country="AT")
    goods = tuple(item(number) for number in range(1, items + 1))
    total = sum((mass(one) for one in goods), Decimal(0))
    return p5.Consignment20(
        country_of_dispatch="FR",
        country_of_destination="AT",
        container_indicator=False,
        inland_mode_of_transport="3",
        mode_of_transport_at_the_border="3",
        gross_mass=total,
        reference_number_ucr="UCR2026000123",
        carrier=p5.Carrier03(identification_number="FR12345678900011"),
        consignor=p5.Consignor03(identification_number="FR12345678900012", name="Roulements du Nord", address=address),
        consignee=p5.Consignee01(identification_number="ATEOS1000012345", name="Lager Wien GmbH", address=buyer),
        location_of_goods=p5.LocationOfGoods(
            type_of_location="A",
            qualifier_of_identification="V",
            customs_office=p5.CustomsOffice(reference_number="FR005350"),
        ),
        departure_transport_means=(
            p5.DepartureTransportMeans01(
                sequence_number=1, type_of_identification="30", identification_number="AB-123-CD", nationality="FR"
            ),
        ),
        active_border_transport_means=(
            p5.ActiveBorderTransportMeans02(
                sequence_number=1,
                customs_office_at_border_reference_number="DE004055",
                type_of_identification="30",
                identification_number="AB-123-CD",
                nationality="FR",
            ),
        ),
        place_of_loading=p5.PlaceOfLoading(un_locode="FRLIL"),
        place_of_unloading=p5.PlaceOfUnloading(un_locode="ATVIE"),
        transport_document=(p5.TransportDocument02(sequence_number=1, type="N730", reference_number="CMR-4711"),),
        house_consignment=(p5.HouseConsignment10(sequence_number=1, gross_mass=total, consignment_item=goods),),
    )


def declaration(items: int) -> p5.CC015C:
    """The whole message."""
    return p5.CC015C(
        message_sender="TRADER.FR",
        message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 24, 8, 30),
        message_identification="MSG0000000001",
        message_type="CC015C",
        phase_id="NCTS5.1",
        transit_operation=p5.TransitOperation06(
            lrn="LRN2026000001",
            declaration_type="T1",
            additional_declaration_type="A",
            security="0",
            reduced_dataset_indicator=False,
            binding_itinerary=False,
        ),
        authorisation=(p5.Authorisation(sequence_number=1, type="C521", reference_number="FRACR12345"),),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number="AT100000"),
        customs_office_of_transit_declared=(
            p5.CustomsOfficeOfTransitDeclared01(sequence_number=1, reference_number="DE004055"),
        ),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(identification_number="FR12345678900013"),
        representative=p5.Representative02(identification_number="FR12345678900014", status="2"),
        guarantee=(
            p5.Guarantee02(
                sequence_number=1,
                guarantee_type="1",
                guarantee_reference=(
                    p5.GuaranteeReference03(
                        sequence_number=1,
                        grn="26FR0000010000070",
                        access_code="A1B2",
                        amount_to_be_covered=Decimal("12500.00"),
                        currency="EUR",
                    ),
                ),
            ),
        ),
        consignment=consignment(items),
    )
