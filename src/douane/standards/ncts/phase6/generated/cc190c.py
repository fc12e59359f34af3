"""Structs and writers of cc190c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode, write_commodity_code
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_exit import CustomsOfficeOfExit, write_customs_office_of_exit
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation49(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType49; in CC190C."""
    aes_communication_purpose: str
    lrn: str | None = None
    mrn: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    amendment_acceptance_date_and_time: datetime.datetime | None = None

def write_transit_operation49(v: TransitOperation49) -> str:
    out = f'<AESCommunicationPurpose>{text(v.aes_communication_purpose)}</AESCommunicationPurpose>'
    if (v1 := v.lrn) is not None: out += f'<LRN>{text(v1)}</LRN>'
    if (v2 := v.mrn) is not None: out += f'<MRN>{text(v2)}</MRN>'
    if (v3 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v3)}</TIRCarnetNumber>'
    if (v4 := v.declaration_acceptance_date) is not None: out += f'<declarationAcceptanceDate>{v4.isoformat()}</declarationAcceptanceDate>'
    if (v5 := v.amendment_acceptance_date_and_time) is not None: out += f'<amendmentAcceptanceDateAndTime>{v5.isoformat(timespec="seconds")}</amendmentAcceptanceDateAndTime>'
    return out

class ExportOperation02(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType02; in CC190C."""
    mrn: str
    transit_procedure_category: str

def write_export_operation02(v: ExportOperation02) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><transitProcedureCategory>{text(v.transit_procedure_category)}</transitProcedureCategory>'

class GoodsMeasure01(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType01; in CC190C."""
    net_mass: Decimal
    supplementary_units: Decimal | None = None

def write_goods_measure01(v: GoodsMeasure01) -> str:
    out = f'<netMass>{v.net_mass:f}</netMass>'
    if (v1 := v.supplementary_units) is not None: out += f'<supplementaryUnits>{v1:f}</supplementaryUnits>'
    return out

class Commodity04(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType04; in CC190C."""
    commodity_code: CommodityCode
    goods_measure: GoodsMeasure01

def write_commodity04(v: Commodity04) -> str:
    return f'<CommodityCode>{write_commodity_code(v.commodity_code)}</CommodityCode><GoodsMeasure>{write_goods_measure01(v.goods_measure)}</GoodsMeasure>'

class ConsignmentItem06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType06; in CC190C."""
    goods_item_number: int
    declaration_goods_item_number: int
    commodity: Commodity04

def write_consignment_item06(v: ConsignmentItem06) -> str:
    return f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber><Commodity>{write_commodity04(v.commodity)}</Commodity>'

class HouseConsignment07(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType07; in CC190C."""
    sequence_number: int
    export_operation: ExportOperation02
    consignment_item: tuple[ConsignmentItem06, ...]

def write_house_consignment07(v: HouseConsignment07) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><ExportOperation>{write_export_operation02(v.export_operation)}</ExportOperation>'
    for v2 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item06(v2)}</ConsignmentItem>'
    return out

class Consignment09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType09; in CC190C."""
    location_of_goods: LocationOfGoods | None = None
    house_consignment: tuple[HouseConsignment07, ...]

@remembered
def write_consignment09(v: Consignment09) -> str:
    out = ''
    if (v0 := v.location_of_goods) is not None: out += f'<LocationOfGoods>{write_location_of_goods(v0)}</LocationOfGoods>'
    for v1 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment07(v1)}</HouseConsignment>'
    return out

class CC190C(Message, frozen=True, kw_only=True, gc=False):
    """IE190: Export system learns of goods presented for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation49
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    consignment: Consignment09 | None = None

def write_cc190c(v: CC190C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation49(v.transit_operation)}</TransitOperation><CustomsOfficeOfExit>{write_customs_office_of_exit(v.customs_office_of_exit)}</CustomsOfficeOfExit><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture>'
    if (v9 := v.consignment) is not None: out += f'<Consignment>{write_consignment09(v9)}</Consignment>'
    return out
