"""Structs and writers of cc044c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference06, write_additional_reference06
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode, write_commodity_code
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans04, write_departure_transport_means04
from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure04, write_goods_measure04
from douane.standards.ncts.phase6.generated.packaging import Packaging04, write_packaging04
from douane.standards.ncts.phase6.generated.seal import Seal01, write_seal01
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02, write_trader_at_destination02
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument03, write_transport_document03
from douane.standards.ncts.phase6.generated.tags import TAGS
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation15(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType15; in CC044C."""
    mrn: str
    other_things_to_report: str | None = None

def write_transit_operation15(v: TransitOperation15) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.other_things_to_report) is not None: out += f'<otherThingsToReport>{text(v1)}</otherThingsToReport>'
    return out

class UnloadingRemark(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"unloading_remark": "unloadingRemark"}}):
    """UnloadingRemarkType; in CC044C."""
    conform: bool
    unloading_completion: bool
    unloading_date: datetime.date
    state_of_seals: bool | None = None
    unloading_remark: str | None = None

def write_unloading_remark(v: UnloadingRemark) -> str:
    out = f'<conform>{v.conform:d}</conform><unloadingCompletion>{v.unloading_completion:d}</unloadingCompletion><unloadingDate>{v.unloading_date.isoformat()}</unloadingDate>'
    if (v3 := v.state_of_seals) is not None: out += f'<stateOfSeals>{v3:d}</stateOfSeals>'
    if (v4 := v.unloading_remark) is not None: out += f'<unloadingRemark>{text(v4)}</unloadingRemark>'
    return out

class GoodsReference03(Group, frozen=True, kw_only=True, gc=False):
    """GoodsReferenceType03; in CC044C."""
    sequence_number: int
    declaration_goods_item_number: int | None = None

def write_goods_reference03(v: GoodsReference03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.declaration_goods_item_number) is not None: out += f'<declarationGoodsItemNumber>{v1}</declarationGoodsItemNumber>'
    return out

class TransportEquipment03(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType03; in CC044C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference03, ...] = ()

def write_transport_equipment03(v: TransportEquipment03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    if (v2 := v.number_of_seals) is not None: out += f'<numberOfSeals>{v2}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal01(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference03(v4)}</GoodsReference>'
    return out

class CountryOfRoutingOfConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CountryOfRoutingOfConsignmentType03; in CC044C."""
    sequence_number: int
    country: str | None = None

def write_country_of_routing_of_consignment03(v: CountryOfRoutingOfConsignment03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.country) is not None: out += f'<country>{text(v1)}</country>'
    return out

class SupportingDocument03(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType03; in CC044C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None

def write_supporting_document03(v: SupportingDocument03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type) is not None: out += f'<type>{text(v1)}</type>'
    if (v2 := v.reference_number) is not None: out += f'<referenceNumber>{text(v2)}</referenceNumber>'
    if (v3 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v3)}</complementOfInformation>'
    return out

class Commodity03(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType03; in CC044C."""
    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    goods_measure: GoodsMeasure04 | None = None

def write_commodity03(v: Commodity03) -> str:
    out = ''
    if (v0 := v.description_of_goods) is not None: out += f'<descriptionOfGoods>{text(v0)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    if (v3 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure04(v3)}</GoodsMeasure>'
    return out

class ConsignmentItem05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType05; in CC044C."""
    goods_item_number: int
    declaration_goods_item_number: int
    reference_number_ucr: str | None = None
    commodity: Commodity03 | None = None
    packaging: tuple[Packaging04, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()

def write_consignment_item05(v: ConsignmentItem05) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v2)}</referenceNumberUCR>'
    if (v3 := v.commodity) is not None: out += f'<Commodity>{write_commodity03(v3)}</Commodity>'
    for v4 in v.packaging: out += f'<Packaging>{write_packaging04(v4)}</Packaging>'
    for v5 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v5)}</SupportingDocument>'
    for v6 in v.transport_document: out += f'<TransportDocument>{write_transport_document03(v6)}</TransportDocument>'
    for v7 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v7)}</AdditionalReference>'
    return out

class HouseConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType05; in CC044C."""
    sequence_number: int
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    consignment_item: tuple[ConsignmentItem05, ...] = ()

def write_house_consignment05(v: HouseConsignment05) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.gross_mass) is not None: out += f'<grossMass>{v1:f}</grossMass>'
    if (v2 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v2)}</referenceNumberUCR>'
    for v3 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means04(v3)}</DepartureTransportMeans>'
    for v4 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v4)}</SupportingDocument>'
    for v5 in v.transport_document: out += f'<TransportDocument>{write_transport_document03(v5)}</TransportDocument>'
    for v6 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v6)}</AdditionalReference>'
    for v7 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item05(v7)}</ConsignmentItem>'
    return out

class Consignment06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType06; in CC044C."""
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    transport_equipment: tuple[TransportEquipment03, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment03, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    house_consignment: tuple[HouseConsignment05, ...] = ()

@remembered
def write_consignment06(v: Consignment06) -> str:
    out = ''
    if (v0 := v.gross_mass) is not None: out += f'<grossMass>{v0:f}</grossMass>'
    if (v1 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v1)}</referenceNumberUCR>'
    for v2 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment03(v2)}</TransportEquipment>'
    for v3 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means04(v3)}</DepartureTransportMeans>'
    for v4 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment03(v4)}</CountryOfRoutingOfConsignment>'
    for v5 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document03(v5)}</SupportingDocument>'
    for v6 in v.transport_document: out += f'<TransportDocument>{write_transport_document03(v6)}</TransportDocument>'
    for v7 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v7)}</AdditionalReference>'
    for v8 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment05(v8)}</HouseConsignment>'
    return out

class CC044C(Message, frozen=True, kw_only=True, gc=False):
    """IE044: Remarks after unloading."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation15
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    unloading_remark: UnloadingRemark
    consignment: Consignment06 | None = None

def write_cc044c(v: CC044C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation15(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual><TraderAtDestination>{write_trader_at_destination02(v.trader_at_destination)}</TraderAtDestination><UnloadingRemark>{write_unloading_remark(v.unloading_remark)}</UnloadingRemark>'
    if (v10 := v.consignment) is not None: out += f'<Consignment>{write_consignment06(v10)}</Consignment>'
    return out
