"""Structs and writers of cd018c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01, write_additional_reference01
from douane.standards.ncts.phase5.generated.commodity import Commodity01, write_commodity01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, write_departure_transport_means01
from douane.standards.ncts.phase5.generated.packaging import Packaging01, write_packaging01
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument03, write_supporting_document03
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01, write_transport_document01
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02, write_transport_equipment02
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation30(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType30; in CD018C."""
    mrn: str
    tir_carnet_number: str | None = None
    binding_itinerary: bool
    other_things_to_report: str | None = None

def write_transit_operation30(v: TransitOperation30) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v1)}</TIRCarnetNumber>'
    out += f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'
    if (v3 := v.other_things_to_report) is not None: out += f'<otherThingsToReport>{text(v3)}</otherThingsToReport>'
    return out

class ControlResult05(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType05; in CD018C."""
    code: str
    date: datetime.date
    state_of_seals: bool | None = None
    text: str | None = None

def write_control_result05(v: ControlResult05) -> str:
    out = f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date>'
    if (v2 := v.state_of_seals) is not None: out += f'<stateOfSeals>{v2:d}</stateOfSeals>'
    if (v3 := v.text) is not None: out += f'<text>{text(v3)}</text>'
    return out

class ConsignmentItem08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType08; in CD018C."""
    goods_item_number: int
    declaration_goods_item_number: int
    reference_number_ucr: str | None = None
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()

def write_consignment_item08(v: ConsignmentItem08) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v2)}</referenceNumberUCR>'
    if (v3 := v.commodity) is not None: out += f'<Commodity>{write_commodity01(v3)}</Commodity>'
    for v4 in v.packaging: out += f'<Packaging>{write_packaging01(v4)}</Packaging>'
    for v5 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v5)}</SupportingDocument>'
    for v6 in v.transport_document: out += f'<TransportDocument>{write_transport_document01(v6)}</TransportDocument>'
    for v7 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference01(v7)}</AdditionalReference>'
    return out

class HouseConsignment09(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType09; in CD018C."""
    sequence_number: int
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem08, ...] = ()

def write_house_consignment09(v: HouseConsignment09) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.gross_mass) is not None: out += f'<grossMass>{v1:f}</grossMass>'
    if (v2 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v2)}</referenceNumberUCR>'
    for v3 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v3)}</DepartureTransportMeans>'
    for v4 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v4)}</SupportingDocument>'
    for v5 in v.transport_document: out += f'<TransportDocument>{write_transport_document01(v5)}</TransportDocument>'
    for v6 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference01(v6)}</AdditionalReference>'
    for v7 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item08(v7)}</ConsignmentItem>'
    return out

class Consignment13(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType13; in CD018C."""
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment09, ...] = ()

@remembered
def write_consignment13(v: Consignment13) -> str:
    out = ''
    if (v0 := v.gross_mass) is not None: out += f'<grossMass>{v0:f}</grossMass>'
    if (v1 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v1)}</referenceNumberUCR>'
    for v2 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment02(v2)}</TransportEquipment>'
    for v3 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v3)}</DepartureTransportMeans>'
    for v4 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v4)}</CountryOfRoutingOfConsignment>'
    for v5 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v5)}</SupportingDocument>'
    for v6 in v.transport_document: out += f'<TransportDocument>{write_transport_document01(v6)}</TransportDocument>'
    for v7 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference01(v7)}</AdditionalReference>'
    for v8 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment09(v8)}</HouseConsignment>'
    return out

class CD018C(Message, frozen=True, kw_only=True, gc=False):
    """IE018: Results of control at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation30
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    control_result: ControlResult05
    consignment: Consignment13 | None = None

def write_cd018c(v: CD018C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation30(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual><ControlResult>{write_control_result05(v.control_result)}</ControlResult>'
    if (v10 := v.consignment) is not None: out += f'<Consignment>{write_consignment13(v10)}</Consignment>'
    return out
