"""Small messages, a look over explicit lists and typed edits for the tests of R and B rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, cast

import msgspec

from douane.standards.ncts import phase5
from douane.standards.ncts.phase5 import (
    CC007C,
    CC013C,
    CC014C,
    CC015C,
    CC044C,
    CC170C,
    ActiveBorderTransportMeans01,
    ActiveBorderTransportMeans02,
    Commodity07,
    CommodityCode,
    Consignment01,
    Consignment06,
    Consignment08,
    Consignment20,
    ConsignmentItem05,
    ConsignmentItem09,
    CustomsOfficeOfDeparture,
    CustomsOfficeOfDestinationActual,
    CustomsOfficeOfDestinationDeclared,
    DepartureTransportMeans01,
    DepartureTransportMeans02,
    GoodsMeasure02,
    Guarantee01,
    Guarantee02,
    GuaranteeReference03,
    HouseConsignment05,
    HouseConsignment06,
    HouseConsignment10,
    LocationOfGoods,
    Packaging02,
    TraderAtDestination01,
    TransitOperation02,
    TransitOperation04,
    TransitOperation06,
    TransitOperation15,
    TransitOperation24,
    UnloadingRemark,
)

M = TypeVar("M", bound=msgspec.Struct)

WRITTEN = dt.datetime(2026, 3, 2, 9, 30)
DAY = dt.date(2026, 3, 2)
UNION = frozenset(("FR", "DE", "AT", "IT", "ES", "BE"))
COMMON = frozenset(("CH", "NO", "GB", "RS", "TR"))
LISTS: dict[str, frozenset[str]] = {
    "CL009": UNION | COMMON | {"AD", "SM"},
    "CL010": UNION,
    "CL112": COMMON,
    "CL147": UNION | {"CH", "NO"},
    "CL178": frozenset(("T2CIM", "N820", "T2", "T2F")),
    "CL181": frozenset(("VL", "VQ", "VY")),
    "CL182": frozenset(("NE", "NF", "NG")),
    "CL229": frozenset("0123489"),
    "CL230": frozenset("0123458"),
    "CL234": frozenset(("C651", "C658")),
    "CL505": frozenset(("HK", "IE")),
    "CL553": UNION,
}


@dataclass(frozen=True)
class ListedLook:
    """A look over explicit lists; every office in ``offices`` has the roles named there."""

    date: dt.date = DAY
    lists: dict[str, frozenset[str]] = field(default_factory=lambda: LISTS)
    offices: dict[str, frozenset[str]] = field(default_factory=dict)

    def legal_date(self, name: str) -> dt.date:
        return {"TPendDate": dt.date(2025, 1, 21)}[name]

    def has(self, code_list: str, code: str | None) -> bool:
        return code in self.lists.get(code_list, ())

    def office_has(self, office: str | None, role: str) -> bool:
        return role in self.offices.get(office or "", ())


NOW = ListedLook()
IN_TRANSITION = ListedLook(date=dt.date(2025, 1, 21))


def edit(message: M, **changes: object) -> M:
    """The message with fields replaced; ``consignment__house_consignment__0__gross_mass=...`` reaches below."""
    for path, value in changes.items():
        message = cast("M", _replaced(message, path.split("__"), value))
    return message


def _replaced(node: Any, path: list[str], value: object) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(node, tuple):
        n = int(step)
        return (*node[:n], _replaced(node[n], rest, value), *node[n + 1 :])
    return msgspec.structs.replace(node, **{step: _replaced(getattr(node, step), rest, value)})


def group(struct: str, /, **fields: object) -> Any:
    """A data group by the name of its struct."""
    return getattr(phase5, struct)(**fields)


def item(number: int, within: int, **fields: object) -> ConsignmentItem09:
    """An item of 100 kg in 10 cartons."""
    made = ConsignmentItem09(
        goods_item_number=within,
        declaration_goods_item_number=number,
        commodity=Commodity07(
            description_of_goods="Ball bearings",
            commodity_code=CommodityCode(harmonized_system_sub_heading_code="848210"),
            goods_measure=GoodsMeasure02(gross_mass=Decimal(100), net_mass=Decimal(90)),
        ),
        packaging=(Packaging02(sequence_number=1, type_of_packages="CT", number_of_packages=10, shipping_marks="M1"),),
    )
    return edit(made, **fields)


CONSIGNMENT = Consignment20(
    country_of_dispatch="FR",
    country_of_destination="AT",
    container_indicator=False,
    inland_mode_of_transport="3",
    mode_of_transport_at_the_border="3",
    gross_mass=Decimal(400),
    location_of_goods=LocationOfGoods(
        type_of_location="B", qualifier_of_identification="Y", authorisation_number="FRCGU0001"
    ),
    departure_transport_means=(
        DepartureTransportMeans01(
            sequence_number=1, type_of_identification="30", identification_number="AB123CD", nationality="FR"
        ),
    ),
    active_border_transport_means=(
        ActiveBorderTransportMeans02(
            sequence_number=1,
            customs_office_at_border_reference_number="DE004055",
            type_of_identification="30",
            identification_number="AB123CD",
            nationality="FR",
        ),
    ),
    house_consignment=(
        HouseConsignment10(sequence_number=1, gross_mass=Decimal(250), consignment_item=(item(1, 1), item(2, 2))),
        HouseConsignment10(sequence_number=2, gross_mass=Decimal(150), consignment_item=(item(3, 1),)),
    ),
)
GUARANTEE = Guarantee02(
    sequence_number=1,
    guarantee_type="1",
    guarantee_reference=(
        GuaranteeReference03(
            sequence_number=1,
            grn="25FR0000010000297",
            access_code="AC01",
            amount_to_be_covered=Decimal(1000),
            currency="EUR",
        ),
    ),
)
DECLARATION = CC015C(
    message_sender="FR12345678901234",
    message_recipient="NTA.FR",
    preparation_date_and_time=WRITTEN,
    message_identification="M0001",
    message_type="CC015C",
    transit_operation=TransitOperation06(
        lrn="LRN0001",
        declaration_type="T1",
        additional_declaration_type="A",
        security="0",
        reduced_dataset_indicator=False,
        binding_itinerary=False,
    ),
    customs_office_of_departure=CustomsOfficeOfDeparture(reference_number="FR005350"),
    customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number="AT100000"),
    holder_of_the_transit_procedure=group("HolderOfTheTransitProcedure02", identification_number="FR12345678901234"),
    guarantee=(GUARANTEE,),
    consignment=CONSIGNMENT,
)
AMENDMENT = CC013C(
    message_sender=DECLARATION.message_sender,
    message_recipient=DECLARATION.message_recipient,
    preparation_date_and_time=WRITTEN,
    message_identification="M0002",
    message_type="CC013C",
    transit_operation=TransitOperation04(
        lrn="LRN0001",
        declaration_type="T1",
        additional_declaration_type="A",
        security="0",
        reduced_dataset_indicator=False,
        binding_itinerary=False,
        amendment_type_flag=False,
    ),
    customs_office_of_departure=DECLARATION.customs_office_of_departure,
    customs_office_of_destination_declared=DECLARATION.customs_office_of_destination_declared,
    holder_of_the_transit_procedure=DECLARATION.holder_of_the_transit_procedure,
    guarantee=(Guarantee01(sequence_number=1, guarantee_type="1", guarantee_reference=GUARANTEE.guarantee_reference),),
    consignment=CONSIGNMENT,
)
PRESENTATION = CC170C(
    message_sender=DECLARATION.message_sender,
    message_recipient=DECLARATION.message_recipient,
    preparation_date_and_time=WRITTEN,
    message_identification="M0003",
    message_type="CC170C",
    transit_operation=TransitOperation24(lrn="LRN0001"),
    customs_office_of_departure=DECLARATION.customs_office_of_departure,
    holder_of_the_transit_procedure=group("HolderOfTheTransitProcedure08", identification_number="FR12345678901234"),
    consignment=Consignment08(
        container_indicator=False,
        inland_mode_of_transport="3",
        mode_of_transport_at_the_border="3",
        location_of_goods=cast("LocationOfGoods", CONSIGNMENT.location_of_goods),
        departure_transport_means=(
            DepartureTransportMeans02(
                sequence_number=1, type_of_identification="30", identification_number="AB123CD", nationality="FR"
            ),
        ),
        active_border_transport_means=(
            ActiveBorderTransportMeans01(
                sequence_number=1,
                customs_office_at_border_reference_number="DE004055",
                type_of_identification="30",
                identification_number="AB123CD",
                nationality="FR",
            ),
        ),
        house_consignment=(HouseConsignment06(sequence_number=1), HouseConsignment06(sequence_number=2)),
    ),
)
INVALIDATION = CC014C(
    message_sender=DECLARATION.message_sender,
    message_recipient=DECLARATION.message_recipient,
    preparation_date_and_time=WRITTEN,
    message_identification="M0004",
    message_type="CC014C",
    transit_operation=group("TransitOperation03", lrn="LRN0001"),
    invalidation=group("Invalidation01", initiated_by_customs=False, justification="Transport cancelled."),
    customs_office_of_departure=DECLARATION.customs_office_of_departure,
    holder_of_the_transit_procedure=group("HolderOfTheTransitProcedure02", identification_number="FR12345678901234"),
)
ARRIVAL = CC007C(
    message_sender="AT12345678901",
    message_recipient="NTA.AT",
    preparation_date_and_time=WRITTEN,
    message_identification="M0005",
    message_type="CC007C",
    transit_operation=TransitOperation02(
        mrn="24GB000246J8NY33L7",
        arrival_notification_date_and_time=WRITTEN,
        simplified_procedure=False,
        incident_flag=False,
    ),
    customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number="AT100000"),
    trader_at_destination=TraderAtDestination01(identification_number="AT12345678901"),
    consignment=Consignment01(location_of_goods=cast("LocationOfGoods", CONSIGNMENT.location_of_goods)),
)
REMARKS = CC044C(
    message_sender="AT12345678901",
    message_recipient="NTA.AT",
    preparation_date_and_time=WRITTEN,
    message_identification="M0006",
    message_type="CC044C",
    transit_operation=TransitOperation15(mrn="24GB000246J8NY33L7"),
    customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number="AT100000"),
    trader_at_destination=group("TraderAtDestination02", identification_number="AT12345678901"),
    unloading_remark=UnloadingRemark(conform=False, unloading_completion=True, unloading_date=DAY),
    consignment=Consignment06(
        house_consignment=(
            HouseConsignment05(
                sequence_number=1,
                consignment_item=(
                    ConsignmentItem05(goods_item_number=1, declaration_goods_item_number=1),
                    ConsignmentItem05(goods_item_number=2, declaration_goods_item_number=2),
                ),
            ),
        )
    ),
)
