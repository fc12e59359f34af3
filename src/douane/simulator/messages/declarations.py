"""Transit declarations: goods of a shipper at Lesquin that go through Switzerland and Germany to Wien."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5

HOLDER = "FR40123456700017"
CONSIGNEE = "ATEOS1000012345"
CARRIER = "FR55512345600027"
DEPARTURE, TRANSIT_OUT, TRANSIT_IN, DESTINATION = "FR005350", "CH001251", "DE004055", "AT100000"
PHASE = "NCTS5.1"
GROSS, NET = Decimal("120.5"), Decimal("110.25")


@dataclass(frozen=True, slots=True)
class Goods:
    """What an item holds: its description and its code in the Combined Nomenclature."""

    description: str
    code: str


COFFEE = Goods("Roasted coffee, not decaffeinated", "09012100")
LINEN = Goods("Bed linen of cotton, printed", "63022100")
TYRES = Goods("Bicycle tyres of rubber", "40115000")
RIFLES = Goods("Sporting rifles, bolt action", "93033000")


@dataclass(frozen=True, slots=True)
class Cover:
    """The guarantee of a movement: reference, access code and the amount to be covered."""

    grn: str
    access_code: str = "A1B2"
    amount: Decimal = Decimal("4500.00")


def declaration(numbers: Numbers, cover: Cover, goods: tuple[Goods, ...] = (COFFEE, LINEN, TYRES)) -> p5.CC015C:
    """A standard T1 declaration, one house consignment with an item for each kind of goods."""
    return p5.CC015C(
        message_sender=HOLDER,
        message_recipient="NTA.FR",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message(),
        message_type="CC015C",
        transit_operation=p5.TransitOperation06(
            lrn=numbers.lrn(),
            declaration_type="T1",
            additional_declaration_type="A",
            security="0",
            reduced_dataset_indicator=False,
            binding_itinerary=False,
        ),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=DEPARTURE),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number=DESTINATION),
        customs_office_of_transit_declared=_transit_offices(numbers),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(
            identification_number=HOLDER,
            contact_person=p5.ContactPerson01(name="Service douane", phone_number="+33320000000"),
        ),
        guarantee=(_guarantee(cover),),
        consignment=_consignment(numbers, goods),
        phase_id=PHASE,
    )


def office_premises(office: str) -> p5.LocationOfGoods:
    """The goods stand at the customs office itself."""
    return p5.LocationOfGoods(
        type_of_location="A",
        qualifier_of_identification="V",
        customs_office=p5.CustomsOffice(reference_number=office),
    )


def _transit_offices(numbers: Numbers) -> tuple[p5.CustomsOfficeOfTransitDeclared01, ...]:
    """Basel on the way out of the Union, Weil am Rhein on the way back."""
    return tuple(
        p5.CustomsOfficeOfTransitDeclared01(
            sequence_number=n, reference_number=office, arrival_date_and_time_estimated=numbers.moment(days)
        )
        for n, (office, days) in enumerate(((TRANSIT_OUT, 1), (TRANSIT_IN, 1.1)), 1)
    )


def _guarantee(cover: Cover) -> p5.Guarantee02:
    """A comprehensive guarantee."""
    return p5.Guarantee02(
        sequence_number=1,
        guarantee_type="1",
        guarantee_reference=(
            p5.GuaranteeReference03(
                sequence_number=1,
                grn=cover.grn,
                access_code=cover.access_code,
                amount_to_be_covered=cover.amount,
                currency="EUR",
            ),
        ),
    )


def _consignment(numbers: Numbers, goods: tuple[Goods, ...]) -> p5.Consignment20:
    """A consignment by road under one seal."""
    return p5.Consignment20(
        country_of_dispatch="FR",
        country_of_destination="AT",
        container_indicator=False,
        inland_mode_of_transport="3",
        gross_mass=GROSS * len(goods),
        carrier=p5.Carrier03(identification_number=CARRIER),
        consignee=p5.Consignee01(identification_number=CONSIGNEE),
        transport_equipment=(
            p5.TransportEquipment05(
                sequence_number=1,
                number_of_seals=1,
                seal=(p5.Seal02(sequence_number=1, identifier="FR0012345"),),
                goods_reference=(p5.GoodsReference(sequence_number=1, declaration_goods_item_number=1),),
            ),
        ),
        location_of_goods=office_premises(DEPARTURE),
        departure_transport_means=tuple(
            p5.DepartureTransportMeans01(
                sequence_number=n, type_of_identification=kind, identification_number=plate, nationality="FR"
            )
            for n, (kind, plate) in enumerate((("30", "GK482RT"), ("31", "FA901LM")), 1)
        ),
        country_of_routing_of_consignment=tuple(
            p5.CountryOfRoutingOfConsignment(sequence_number=n, country=country)
            for n, country in enumerate(("FR", "CH", "DE", "AT"), 1)
        ),
        place_of_loading=p5.PlaceOfLoading(un_locode="FRLIL"),
        transport_document=(
            p5.TransportDocument02(sequence_number=1, type="N730", reference_number=f"CMR-{numbers.lrn()}"),
        ),
        house_consignment=(
            p5.HouseConsignment10(
                sequence_number=1,
                gross_mass=GROSS * len(goods),
                consignment_item=tuple(_item(n, each) for n, each in enumerate(goods, 1)),
            ),
        ),
    )


def _item(number: int, goods: Goods) -> p5.ConsignmentItem09:
    """Ten cartons of one kind of goods."""
    return p5.ConsignmentItem09(
        goods_item_number=number,
        declaration_goods_item_number=number,
        commodity=p5.Commodity07(
            description_of_goods=goods.description,
            commodity_code=p5.CommodityCode(
                harmonized_system_sub_heading_code=goods.code[:6], combined_nomenclature_code=goods.code[6:]
            ),
            goods_measure=p5.GoodsMeasure02(gross_mass=GROSS, net_mass=NET),
        ),
        packaging=(
            p5.Packaging02(
                sequence_number=1, type_of_packages="CT", number_of_packages=10, shipping_marks=f"LQ {number:03d}"
            ),
        ),
        supporting_document=(
            p5.SupportingDocument05(sequence_number=1, type="N380", reference_number=f"FA-{number:04d}"),
        ),
    )
