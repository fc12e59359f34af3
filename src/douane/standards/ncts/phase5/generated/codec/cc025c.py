"""Layouts and readers of cc025c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cc025c import CC025C, CustomConsignment03, CustomConsignmentItem02, CustomHouseConsignment02, TransitOperation10
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase5.generated.codec.commodity import L_COMMODITY_CUSTOM_02, read_commodity_custom_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.packaging import L_PACKAGING_02, read_packaging_02
from douane.standards.ncts.phase5.generated.codec.trader_at_destination import L_TRADER_AT_DESTINATION_03
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, DATE_TYPE, DECLARATION_GOODS_ITEM_NUMBER_TYPE, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_TRANSIT_OPERATION_10 = Layout("TransitOperation", TransitOperation10, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("releaseDate", "release_date", True, DATE_TYPE),
    Leaf("releaseIndicator", "release_indicator", True, FLAG_CONTENT_TYPE),
))
L_CONSIGNMENT_ITEM_CUSTOM_02 = Layout("ConsignmentItem", CustomConsignmentItem02, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("releaseType", "release_type", True, FLAG_CONTENT_TYPE), Inner("Commodity", "commodity", 1, 1, L_COMMODITY_CUSTOM_02),
    Inner("Packaging", "packaging", 1, 99, L_PACKAGING_02),
))
L_HOUSE_CONSIGNMENT_CUSTOM_02 = Layout("HouseConsignment", CustomHouseConsignment02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("releaseType", "release_type", True, FLAG_CONTENT_TYPE),
    Inner("ConsignmentItem", "consignment_item", 0, 999, L_CONSIGNMENT_ITEM_CUSTOM_02),
))
L_CONSIGNMENT_CUSTOM_03 = Layout("Consignment", CustomConsignment03, (
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_CUSTOM_02),
))
L_CC025C = Layout("CC025C", CC025C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_10),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("TraderAtDestination", "trader_at_destination", 1, 1, L_TRADER_AT_DESTINATION_03),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_CUSTOM_03),
))

_L_CONSIGNMENT_ITEM_CUSTOM_02_0 = run(L_CONSIGNMENT_ITEM_CUSTOM_02, 0, 3)
_L_CONSIGNMENT_ITEM_CUSTOM_02_1 = run(L_CONSIGNMENT_ITEM_CUSTOM_02, 5, 5)
_L_HOUSE_CONSIGNMENT_CUSTOM_02_0 = run(L_HOUSE_CONSIGNMENT_CUSTOM_02, 0, 2)
_L_HOUSE_CONSIGNMENT_CUSTOM_02_1 = run(L_HOUSE_CONSIGNMENT_CUSTOM_02, 3, 3)
_L_CONSIGNMENT_CUSTOM_03_0 = run(L_CONSIGNMENT_CUSTOM_03, 0, 0)
_L_CONSIGNMENT_CUSTOM_03_1 = run(L_CONSIGNMENT_CUSTOM_03, 1, 1)
_L_CC025C_0 = body(L_CC025C, 0, 9)

def read_consignment_item_custom_02(text: str, starts: Starts, at: int) -> tuple[CustomConsignmentItem02, int]:
    found = _L_CONSIGNMENT_ITEM_CUSTOM_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    commodity, at = read_commodity_custom_02(text, starts, at)
    packaging, at = many(read_packaging_02, "<Packaging>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_CUSTOM_02_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return CustomConsignmentItem02(goods_item_number=int(v0), declaration_goods_item_number=int(v1), release_type=v2, commodity=commodity, packaging=packaging), at

def read_house_consignment_custom_02(text: str, starts: Starts, at: int) -> tuple[CustomHouseConsignment02, int]:
    found = _L_HOUSE_CONSIGNMENT_CUSTOM_02_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    consignment_item: tuple[CustomConsignmentItem02, ...] = ()
    if starts("<ConsignmentItem>", at): consignment_item, at = many(read_consignment_item_custom_02, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_CUSTOM_02_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return CustomHouseConsignment02(sequence_number=int(v0), release_type=v1, consignment_item=consignment_item), at

def read_consignment_custom_03(text: str, starts: Starts, at: int) -> tuple[CustomConsignment03, int]:
    found = _L_CONSIGNMENT_CUSTOM_03_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    house_consignment, at = many(read_house_consignment_custom_02, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_CUSTOM_03_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return CustomConsignment03(house_consignment=house_consignment), at

def read_cc025c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC025C, int]:
    found = _L_CC025C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    consignment: CustomConsignment03 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_custom_03(text, starts, at)
    return CC025C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation10(mrn=v6, release_date=datetime.date.fromisoformat(v7), release_indicator=v8), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v9), trader_at_destination=TraderAtDestination02(identification_number=v10), consignment=consignment, phase_id=phase), at
