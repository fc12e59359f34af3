"""Structs and writers of cc191c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_exit import CustomsOfficeOfExit, write_customs_office_of_exit
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation03, write_transit_operation03
from douane.standards.ncts.binding.writing import text

class PreviousDocument05(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType05; in CC191C."""
    type: str
    reference_number: str

def write_previous_document05(v: PreviousDocument05) -> str:
    return f'<type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'

class GoodsItem(Group, frozen=True, kw_only=True, gc=False):
    """GoodsItemType; in CC191C."""
    export_declaration_goods_item_number: int
    transit_declaration_goods_item_number: int
    previous_document: PreviousDocument05

def write_goods_item(v: GoodsItem) -> str:
    return f'<exportDeclarationGoodsItemNumber>{v.export_declaration_goods_item_number}</exportDeclarationGoodsItemNumber><transitDeclarationGoodsItemNumber>{v.transit_declaration_goods_item_number}</transitDeclarationGoodsItemNumber><PreviousDocument>{write_previous_document05(v.previous_document)}</PreviousDocument>'

class GoodsShipment(Group, frozen=True, kw_only=True, gc=False):
    """GoodsShipmentType; in CC191C."""
    goods_item: tuple[GoodsItem, ...]

def write_goods_shipment(v: GoodsShipment) -> str:
    out = ''
    for v0 in v.goods_item: out += f'<GoodsItem>{write_goods_item(v0)}</GoodsItem>'
    return out

class ExportOperation05(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType05; in CC191C."""
    sequence_number: int
    mrn: str
    security: str
    result_indicator: str
    goods_shipment: GoodsShipment | None = None

def write_export_operation05(v: ExportOperation05) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><MRN>{text(v.mrn)}</MRN><security>{text(v.security)}</security><resultIndicator>{text(v.result_indicator)}</resultIndicator>'
    if (v4 := v.goods_shipment) is not None: out += f'<GoodsShipment>{write_goods_shipment(v4)}</GoodsShipment>'
    return out

class AESResults(Group, frozen=True, kw_only=True, gc=False):
    """AESResultsType; in CC191C."""
    aes_communication_purpose: str
    response_date_and_time: datetime.datetime
    global_validation_response: bool
    export_operation: tuple[ExportOperation05, ...]

def write_aes_results(v: AESResults) -> str:
    out = f'<AESCommunicationPurpose>{text(v.aes_communication_purpose)}</AESCommunicationPurpose><responseDateAndTime>{v.response_date_and_time.isoformat(timespec="seconds")}</responseDateAndTime><globalValidationResponse>{v.global_validation_response:d}</globalValidationResponse>'
    for v3 in v.export_operation: out += f'<ExportOperation>{write_export_operation05(v3)}</ExportOperation>'
    return out

class CC191C(Message, frozen=True, kw_only=True, gc=False):
    """IE191: Export system answers on goods presented for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    aes_results: AESResults

def write_cc191c(v: CC191C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation03(v.transit_operation)}</TransitOperation><CustomsOfficeOfExit>{write_customs_office_of_exit(v.customs_office_of_exit)}</CustomsOfficeOfExit><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><AESResults>{write_aes_results(v.aes_results)}</AESResults>'
