"""Layouts and readers of cc044c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference06
from douane.standards.ncts.phase6.generated.cc044c import CC044C, Commodity03, Consignment06, ConsignmentItem05, CountryOfRoutingOfConsignment03, GoodsReference03, HouseConsignment05, SupportingDocument03, TransitOperation15, TransportEquipment03, UnloadingRemark
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans04
from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure04
from douane.standards.ncts.phase6.generated.packaging import Packaging04
from douane.standards.ncts.phase6.generated.seal import Seal01
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument03
from douane.standards.ncts.phase6.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_06, read_additional_reference_06
from douane.standards.ncts.phase6.generated.codec.commodity_code import L_COMMODITY_CODE_02
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase6.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_04, read_departure_transport_means_04
from douane.standards.ncts.phase6.generated.codec.goods_measure import L_GOODS_MEASURE_04
from douane.standards.ncts.phase6.generated.codec.packaging import L_PACKAGING_04, read_packaging_04
from douane.standards.ncts.phase6.generated.codec.seal import L_SEAL_01, read_seal_01
from douane.standards.ncts.phase6.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_03, read_transport_document_03
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX512_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES, COUNTRY_CODE_TYPE, CUS_CODE_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, FLAG, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_4, TYPE_CONTENT_TYPE02, UCRREFERENCE_NUMBER70

L_TRANSIT_OPERATION_15 = Layout("TransitOperation", TransitOperation15, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("otherThingsToReport", "other_things_to_report", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_TRADER_AT_DESTINATION_02 = Layout("TraderAtDestination", TraderAtDestination02, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
))
L_UNLOADING_REMARK = Layout("UnloadingRemark", UnloadingRemark, (
    Leaf("conform", "conform", True, FLAG), Leaf("unloadingCompletion", "unloading_completion", True, FLAG),
    Leaf("unloadingDate", "unloading_date", True, DATE_TYPE), Leaf("stateOfSeals", "state_of_seals", False, FLAG),
    Leaf("unloadingRemark", "unloading_remark", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_GOODS_REFERENCE_03 = Layout("GoodsReference", GoodsReference03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", False, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
))
L_TRANSPORT_EQUIPMENT_03 = Layout("TransportEquipment", TransportEquipment03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
    Leaf("numberOfSeals", "number_of_seals", False, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_01),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_03),
))
L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_03 = Layout("CountryOfRoutingOfConsignment", CountryOfRoutingOfConsignment03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("country", "country", False, COUNTRY_CODE_TYPE),
))
L_SUPPORTING_DOCUMENT_03 = Layout("SupportingDocument", SupportingDocument03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
))
L_COMMODITY_03 = Layout("Commodity", Commodity03, (
    Leaf("descriptionOfGoods", "description_of_goods", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
    Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE), Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_02),
    Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_04),
))
L_CONSIGNMENT_ITEM_05 = Layout("ConsignmentItem", ConsignmentItem05, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Commodity", "commodity", 0, 1, L_COMMODITY_03),
    Inner("Packaging", "packaging", 0, 99, L_PACKAGING_04), Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_03),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_03),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
))
L_HOUSE_CONSIGNMENT_05 = Layout("HouseConsignment", HouseConsignment05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_04),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_03),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_03),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
    Inner("ConsignmentItem", "consignment_item", 0, 999, L_CONSIGNMENT_ITEM_05),
))
L_CONSIGNMENT_06 = Layout("Consignment", Consignment06, (
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_03),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_04),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_03),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_03),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_03),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
    Inner("HouseConsignment", "house_consignment", 0, 1999, L_HOUSE_CONSIGNMENT_05),
))
L_CC044C = Layout("CC044C", CC044C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_15),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("TraderAtDestination", "trader_at_destination", 1, 1, L_TRADER_AT_DESTINATION_02),
    Inner("UnloadingRemark", "unloading_remark", 1, 1, L_UNLOADING_REMARK), Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_06),
))

_L_GOODS_REFERENCE_03_0 = run(L_GOODS_REFERENCE_03, 0, 2)
_L_TRANSPORT_EQUIPMENT_03_0 = run(L_TRANSPORT_EQUIPMENT_03, 0, 3)
_L_TRANSPORT_EQUIPMENT_03_1 = run(L_TRANSPORT_EQUIPMENT_03, 5, 5)
_L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_03_0 = run(L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_03, 0, 2)
_L_SUPPORTING_DOCUMENT_03_0 = run(L_SUPPORTING_DOCUMENT_03, 0, 4)
_L_CONSIGNMENT_ITEM_05_0 = run(L_CONSIGNMENT_ITEM_05, 0, 4)
_L_CONSIGNMENT_ITEM_05_1 = run(L_CONSIGNMENT_ITEM_05, 8, 8)
_L_HOUSE_CONSIGNMENT_05_0 = run(L_HOUSE_CONSIGNMENT_05, 0, 3)
_L_HOUSE_CONSIGNMENT_05_1 = run(L_HOUSE_CONSIGNMENT_05, 8, 8)
_L_CONSIGNMENT_06_0 = run(L_CONSIGNMENT_06, 0, 2)
_L_CONSIGNMENT_06_1 = run(L_CONSIGNMENT_06, 9, 9)
_L_CC044C_0 = body(L_CC044C, 0, 10)

def read_goods_reference_03(text: str, starts: Starts, at: int) -> tuple[GoodsReference03, int]:
    found = _L_GOODS_REFERENCE_03_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return GoodsReference03(sequence_number=int(v0), declaration_goods_item_number=None if v1 is None else int(v1)), at

def read_transport_equipment_03(text: str, starts: Starts, at: int) -> tuple[TransportEquipment03, int]:
    found = _L_TRANSPORT_EQUIPMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal01, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_01, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference03, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_03, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_03_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment03(sequence_number=int(v0), container_identification_number=v1, number_of_seals=None if v2 is None else int(v2), seal=seal, goods_reference=goods_reference), at

def read_country_of_routing_of_consignment_03(text: str, starts: Starts, at: int) -> tuple[CountryOfRoutingOfConsignment03, int]:
    found = _L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CountryOfRoutingOfConsignment03(sequence_number=int(v0), country=v1), at

def read_supporting_document_03(text: str, starts: Starts, at: int) -> tuple[SupportingDocument03, int]:
    found = _L_SUPPORTING_DOCUMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return SupportingDocument03(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3), at

def read_consignment_item_05(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem05, int]:
    found = _L_CONSIGNMENT_ITEM_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    packaging: tuple[Packaging04, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    if not starts("</", at):
        if starts("<Packaging>", at): packaging, at = many(read_packaging_04, "<Packaging>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_03, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_03, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_05_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem05(goods_item_number=int(v0), declaration_goods_item_number=int(v1), reference_number_ucr=v2, commodity=None if v3 is None else Commodity03(description_of_goods=v4, cus_code=v5, commodity_code=None if v6 is None else CommodityCode(harmonized_system_sub_heading_code=v6, combined_nomenclature_code=v7), goods_measure=None if v8 is None else GoodsMeasure04(gross_mass=None if v9 is None else Decimal(v9), net_mass=None if v10 is None else Decimal(v10))), packaging=packaging, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference), at

def read_house_consignment_05(text: str, starts: Starts, at: int) -> tuple[HouseConsignment05, int]:
    found = _L_HOUSE_CONSIGNMENT_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    consignment_item: tuple[ConsignmentItem05, ...] = ()
    if not starts("</", at):
        if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_04, "<DepartureTransportMeans>", 999, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_03, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_03, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
        if starts("<ConsignmentItem>", at): consignment_item, at = many(read_consignment_item_05, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_05_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment05(sequence_number=int(v0), gross_mass=None if v1 is None else Decimal(v1), reference_number_ucr=v2, departure_transport_means=departure_transport_means, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, consignment_item=consignment_item), at

def read_consignment_06(text: str, starts: Starts, at: int) -> tuple[Consignment06, int]:
    found = _L_CONSIGNMENT_06_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment03, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment03, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    house_consignment: tuple[HouseConsignment05, ...] = ()
    if not starts("</", at):
        if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_03, "<TransportEquipment>", 9999, text, starts, at)
        if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_04, "<DepartureTransportMeans>", 999, text, starts, at)
        if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_03, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_03, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_03, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
        if starts("<HouseConsignment>", at): house_consignment, at = many(read_house_consignment_05, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_06_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment06(gross_mass=None if v0 is None else Decimal(v0), reference_number_ucr=v1, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, house_consignment=house_consignment), at

def read_cc044c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC044C, int]:
    found = _L_CC044C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    consignment: Consignment06 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_06(text, starts, at)
    return CC044C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation15(mrn=v6, other_things_to_report=v7), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v8), trader_at_destination=TraderAtDestination02(identification_number=v9), unloading_remark=UnloadingRemark(conform=v10 == "1", unloading_completion=v11 == "1", unloading_date=datetime.date.fromisoformat(v12), state_of_seals=None if v13 is None else v13 == "1", unloading_remark=v14), consignment=consignment, phase_id=phase), at
