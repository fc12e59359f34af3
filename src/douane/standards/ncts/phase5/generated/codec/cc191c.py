"""Layouts and readers of cc191c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cc191c import AESResults, CC191C, ExportOperation05, GoodsItem, GoodsShipment, PreviousDocument05
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit import L_CUSTOMS_OFFICE_OF_EXIT
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_03
from douane.standards.ncts.phase5.generated.codec.kinds import AES_P1_MRNTYPE, ALPHANUMERIC_MAX70, DATE_TIME_TYPE, DECLARATION_GOODS_ITEM_NUMBER_TYPE, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_3, NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE02

L_PREVIOUS_DOCUMENT_05 = Layout("PreviousDocument", PreviousDocument05, (
    Leaf("type", "type", True, TYPE_CONTENT_TYPE02), Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70),
))
L_GOODS_ITEM = Layout("GoodsItem", GoodsItem, (
    Leaf("exportDeclarationGoodsItemNumber", "export_declaration_goods_item_number", True, NUMERIC_WITHOUT_ZERO_3),
    Leaf("transitDeclarationGoodsItemNumber", "transit_declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Inner("PreviousDocument", "previous_document", 1, 1, L_PREVIOUS_DOCUMENT_05),
))
L_GOODS_SHIPMENT = Layout("GoodsShipment", GoodsShipment, (
    Inner("GoodsItem", "goods_item", 1, 999, L_GOODS_ITEM),
))
L_EXPORT_OPERATION_05 = Layout("ExportOperation", ExportOperation05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("MRN", "mrn", True, AES_P1_MRNTYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("resultIndicator", "result_indicator", True, MONTH_CONTENT_TYPE),
    Inner("GoodsShipment", "goods_shipment", 0, 1, L_GOODS_SHIPMENT),
))
L_AES_RESULTS = Layout("AESResults", AESResults, (
    Leaf("AESCommunicationPurpose", "aes_communication_purpose", True, FLAG_CONTENT_TYPE),
    Leaf("responseDateAndTime", "response_date_and_time", True, DATE_TIME_TYPE),
    Leaf("globalValidationResponse", "global_validation_response", True, FLAG),
    Inner("ExportOperation", "export_operation", 1, 99, L_EXPORT_OPERATION_05),
))
L_CC191C = Layout("CC191C", CC191C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_03),
    Inner("CustomsOfficeOfExit", "customs_office_of_exit", 1, 1, L_CUSTOMS_OFFICE_OF_EXIT),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("AESResults", "aes_results", 1, 1, L_AES_RESULTS),
))

_L_GOODS_ITEM_0 = run(L_GOODS_ITEM, 0, 3)
_L_GOODS_SHIPMENT_0 = run(L_GOODS_SHIPMENT, 0, 0)
_L_GOODS_SHIPMENT_1 = run(L_GOODS_SHIPMENT, 1, 1)
_L_EXPORT_OPERATION_05_0 = run(L_EXPORT_OPERATION_05, 0, 4)
_L_EXPORT_OPERATION_05_1 = run(L_EXPORT_OPERATION_05, 5, 5)
_L_AES_RESULTS_0 = run(L_AES_RESULTS, 0, 3)
_L_AES_RESULTS_1 = run(L_AES_RESULTS, 4, 4)
_L_CC191C_0 = body(L_CC191C, 0, 9)

def read_goods_item(text: str, starts: Starts, at: int) -> tuple[GoodsItem, int]:
    found = _L_GOODS_ITEM_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return GoodsItem(export_declaration_goods_item_number=int(v0), transit_declaration_goods_item_number=int(v1), previous_document=PreviousDocument05(type=v2, reference_number=v3)), at

def read_goods_shipment(text: str, starts: Starts, at: int) -> tuple[GoodsShipment, int]:
    found = _L_GOODS_SHIPMENT_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    goods_item, at = many(read_goods_item, "<GoodsItem>", 999, text, starts, at)
    found = _L_GOODS_SHIPMENT_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return GoodsShipment(goods_item=goods_item), at

def read_export_operation_05(text: str, starts: Starts, at: int) -> tuple[ExportOperation05, int]:
    found = _L_EXPORT_OPERATION_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    goods_shipment: GoodsShipment | None = None
    if starts("<GoodsShipment>", at): goods_shipment, at = read_goods_shipment(text, starts, at)
    found = _L_EXPORT_OPERATION_05_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ExportOperation05(sequence_number=int(v0), mrn=v1, security=v2, result_indicator=v3, goods_shipment=goods_shipment), at

def read_aes_results(text: str, starts: Starts, at: int) -> tuple[AESResults, int]:
    found = _L_AES_RESULTS_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    export_operation, at = many(read_export_operation_05, "<ExportOperation>", 99, text, starts, at)
    found = _L_AES_RESULTS_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return AESResults(aes_communication_purpose=v0, response_date_and_time=datetime.datetime.fromisoformat(v1), global_validation_response=v2 == "1", export_operation=export_operation), at

def read_cc191c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC191C, int]:
    found = _L_CC191C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    aes_results, at = read_aes_results(text, starts, at)
    return CC191C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation03(lrn=v6, mrn=v7), customs_office_of_exit=CustomsOfficeOfExit(reference_number=v8), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v9), aes_results=aes_results, phase_id=phase), at
