"""Layouts and readers of cd018c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01
from douane.standards.ncts.phase5.generated.cd018c import CD018C, Consignment13, ConsignmentItem08, ControlResult05, HouseConsignment09, TransitOperation30
from douane.standards.ncts.phase5.generated.commodity import Commodity01
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods02
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure04
from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference
from douane.standards.ncts.phase5.generated.packaging import Packaging01
from douane.standards.ncts.phase5.generated.seal import Seal01
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument03
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02
from douane.standards.ncts.phase5.generated.codec.commodity_code import L_COMMODITY_CODE_06
from douane.standards.ncts.phase5.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.dangerous_goods import L_DANGEROUS_GOODS_02, read_dangerous_goods_02
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_06, read_departure_transport_means_06
from douane.standards.ncts.phase5.generated.codec.goods_measure import L_GOODS_MEASURE_04
from douane.standards.ncts.phase5.generated.codec.goods_reference import L_GOODS_REFERENCE_01, read_goods_reference_01
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX20, ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX512, CONVEYANCE_REFERENCE_NUMBER17, CUS_CODE_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, FLAG, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_4, NUMERIC_WITH_ZERO_8, TIRCARNET_NUMBER, TYPE_CONTENT_TYPE02, UCRREFERENCE_NUMBER70

L_TRANSIT_OPERATION_30 = Layout("TransitOperation", TransitOperation30, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG), Leaf("otherThingsToReport", "other_things_to_report", False, ALPHA_NUMERIC_MAX512),
))
L_CONTROL_RESULT_05 = Layout("ControlResult", ControlResult05, (
    Leaf("code", "code", True, MONTH_CONTENT_TYPE), Leaf("date", "date", True, DATE_TYPE), Leaf("stateOfSeals", "state_of_seals", False, FLAG),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_SEAL_03 = Layout("Seal", Seal01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("identifier", "identifier", False, ALPHANUMERIC_MAX20),
))
L_TRANSPORT_EQUIPMENT_04 = Layout("TransportEquipment", TransportEquipment02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17),
    Leaf("numberOfSeals", "number_of_seals", False, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_03),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))
L_SUPPORTING_DOCUMENT_04 = Layout("SupportingDocument", SupportingDocument03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHANUMERIC_MAX70),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))
L_TRANSPORT_DOCUMENT_01 = Layout("TransportDocument", TransportDocument01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHANUMERIC_MAX70),
))
L_ADDITIONAL_REFERENCE_01 = Layout("AdditionalReference", AdditionalReference01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHANUMERIC_MAX70),
))
L_COMMODITY_06 = Layout("Commodity", Commodity01, (
    Leaf("descriptionOfGoods", "description_of_goods", False, ALPHA_NUMERIC_MAX512), Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE),
    Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_06), Inner("DangerousGoods", "dangerous_goods", 0, 99, L_DANGEROUS_GOODS_02),
    Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_04),
))
L_PACKAGING_01 = Layout("Packaging", Packaging01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("typeOfPackages", "type_of_packages", False, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITH_ZERO_8), Leaf("shippingMarks", "shipping_marks", False, ALPHA_NUMERIC_MAX512),
))
L_CONSIGNMENT_ITEM_08 = Layout("ConsignmentItem", ConsignmentItem08, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Commodity", "commodity", 0, 1, L_COMMODITY_06),
    Inner("Packaging", "packaging", 0, 99, L_PACKAGING_01), Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_04),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_01),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_01),
))
L_HOUSE_CONSIGNMENT_09 = Layout("HouseConsignment", HouseConsignment09, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_04),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_01),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_01),
    Inner("ConsignmentItem", "consignment_item", 0, 999, L_CONSIGNMENT_ITEM_08),
))
L_CONSIGNMENT_13 = Layout("Consignment", Consignment13, (
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_04),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_04),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_01),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_01),
    Inner("HouseConsignment", "house_consignment", 0, 1999, L_HOUSE_CONSIGNMENT_09),
))
L_CD018C = Layout("CD018C", CD018C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_30),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_05), Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_13),
))

_L_SEAL_03_0 = run(L_SEAL_03, 0, 2)
_L_TRANSPORT_EQUIPMENT_04_0 = run(L_TRANSPORT_EQUIPMENT_04, 0, 3)
_L_TRANSPORT_EQUIPMENT_04_1 = run(L_TRANSPORT_EQUIPMENT_04, 5, 5)
_L_SUPPORTING_DOCUMENT_04_0 = run(L_SUPPORTING_DOCUMENT_04, 0, 4)
_L_TRANSPORT_DOCUMENT_01_0 = run(L_TRANSPORT_DOCUMENT_01, 0, 3)
_L_ADDITIONAL_REFERENCE_01_0 = run(L_ADDITIONAL_REFERENCE_01, 0, 3)
_L_COMMODITY_06_0 = run(L_COMMODITY_06, 0, 3)
_L_COMMODITY_06_1 = run(L_COMMODITY_06, 4, 5)
_L_PACKAGING_01_0 = run(L_PACKAGING_01, 0, 4)
_L_CONSIGNMENT_ITEM_08_0 = run(L_CONSIGNMENT_ITEM_08, 0, 3)
_L_CONSIGNMENT_ITEM_08_1 = run(L_CONSIGNMENT_ITEM_08, 8, 8)
_L_HOUSE_CONSIGNMENT_09_0 = run(L_HOUSE_CONSIGNMENT_09, 0, 3)
_L_HOUSE_CONSIGNMENT_09_1 = run(L_HOUSE_CONSIGNMENT_09, 8, 8)
_L_CONSIGNMENT_13_0 = run(L_CONSIGNMENT_13, 0, 2)
_L_CONSIGNMENT_13_1 = run(L_CONSIGNMENT_13, 9, 9)
_L_CD018C_0 = body(L_CD018C, 0, 10)

def read_seal_03(text: str, starts: Starts, at: int) -> tuple[Seal01, int]:
    found = _L_SEAL_03_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return Seal01(sequence_number=int(v0), identifier=v1), at

def read_transport_equipment_04(text: str, starts: Starts, at: int) -> tuple[TransportEquipment02, int]:
    found = _L_TRANSPORT_EQUIPMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal01, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_03, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_04_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment02(sequence_number=int(v0), container_identification_number=v1, number_of_seals=None if v2 is None else int(v2), seal=seal, goods_reference=goods_reference), at

def read_supporting_document_04(text: str, starts: Starts, at: int) -> tuple[SupportingDocument03, int]:
    found = _L_SUPPORTING_DOCUMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return SupportingDocument03(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3), at

def read_transport_document_01(text: str, starts: Starts, at: int) -> tuple[TransportDocument01, int]:
    found = _L_TRANSPORT_DOCUMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return TransportDocument01(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_additional_reference_01(text: str, starts: Starts, at: int) -> tuple[AdditionalReference01, int]:
    found = _L_ADDITIONAL_REFERENCE_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalReference01(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_commodity_06(text: str, starts: Starts, at: int) -> tuple[Commodity01, int]:
    found = _L_COMMODITY_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    if starts("<DangerousGoods>", at): dangerous_goods, at = many(read_dangerous_goods_02, "<DangerousGoods>", 99, text, starts, at)
    found = _L_COMMODITY_06_1(text, at)
    if found is None: raise Unusual
    v4, v5, v6 = found.groups()
    at = found.end()
    return Commodity01(description_of_goods=v0, cus_code=v1, commodity_code=None if v2 is None else CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), dangerous_goods=dangerous_goods, goods_measure=None if v4 is None else GoodsMeasure04(gross_mass=None if v5 is None else Decimal(v5), net_mass=None if v6 is None else Decimal(v6))), at

def read_packaging_01(text: str, starts: Starts, at: int) -> tuple[Packaging01, int]:
    found = _L_PACKAGING_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return Packaging01(sequence_number=int(v0), type_of_packages=v1, number_of_packages=None if v2 is None else int(v2), shipping_marks=v3), at

def read_consignment_item_08(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem08, int]:
    found = _L_CONSIGNMENT_ITEM_08_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    if not starts("</", at):
        if starts("<Commodity>", at): commodity, at = read_commodity_06(text, starts, at)
        if starts("<Packaging>", at): packaging, at = many(read_packaging_01, "<Packaging>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_04, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_01, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_01, "<AdditionalReference>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_08_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem08(goods_item_number=int(v0), declaration_goods_item_number=int(v1), reference_number_ucr=v2, commodity=commodity, packaging=packaging, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference), at

def read_house_consignment_09(text: str, starts: Starts, at: int) -> tuple[HouseConsignment09, int]:
    found = _L_HOUSE_CONSIGNMENT_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem08, ...] = ()
    if not starts("</", at):
        if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_04, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_01, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_01, "<AdditionalReference>", 99, text, starts, at)
        if starts("<ConsignmentItem>", at): consignment_item, at = many(read_consignment_item_08, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_09_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment09(sequence_number=int(v0), gross_mass=None if v1 is None else Decimal(v1), reference_number_ucr=v2, departure_transport_means=departure_transport_means, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, consignment_item=consignment_item), at

def read_consignment_13(text: str, starts: Starts, at: int) -> tuple[Consignment13, int]:
    found = _L_CONSIGNMENT_13_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment09, ...] = ()
    if not starts("</", at):
        if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_04, "<TransportEquipment>", 9999, text, starts, at)
        if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
        if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_04, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_01, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_01, "<AdditionalReference>", 99, text, starts, at)
        if starts("<HouseConsignment>", at): house_consignment, at = many(read_house_consignment_09, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_13_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment13(gross_mass=None if v0 is None else Decimal(v0), reference_number_ucr=v1, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, house_consignment=house_consignment), at

def read_cd018c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD018C, int]:
    found = _L_CD018C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    consignment: Consignment13 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_13(text, starts, at)
    return CD018C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation30(mrn=v6, tir_carnet_number=v7, binding_itinerary=v8 == "1", other_things_to_report=v9), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v10), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v11), control_result=ControlResult05(code=v12, date=datetime.date.fromisoformat(v13), state_of_seals=None if v14 is None else v14 == "1", text=v15), consignment=consignment, phase_id=phase), at
