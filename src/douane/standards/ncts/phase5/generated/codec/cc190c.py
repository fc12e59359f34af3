"""Layouts and readers of cc190c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc190c import CC190C, Commodity04, Consignment09, ConsignmentItem06, ExportOperation02, GoodsMeasure01, HouseConsignment07, TransitOperation49
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit
from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase5.generated.codec.commodity_code import L_COMMODITY_CODE_06
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.customs_office import L_CUSTOMS_OFFICE_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit import L_CUSTOMS_OFFICE_OF_EXIT
from douane.standards.ncts.phase5.generated.codec.gnss import L_GNSS
from douane.standards.ncts.phase5.generated.codec.postcode_address import L_POSTCODE_ADDRESS_01
from douane.standards.ncts.phase5.generated.codec.kinds import AES_P1_MRNTYPE, ALPHANUMERIC_MAX22, ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX4, CODE_CONTENT_TYPE06, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, TINNEW_TYPE, TIRCARNET_NUMBER, UNLOCODE_CONTENT_TYPE

L_EXPORT_OPERATION_02 = Layout("ExportOperation", ExportOperation02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("MRN", "mrn", True, AES_P1_MRNTYPE),
    Leaf("transitProcedureCategory", "transit_procedure_category", True, FLAG_CONTENT_TYPE),
))
L_TRANSIT_OPERATION_49 = Layout("TransitOperation", TransitOperation49, (
    Leaf("AESCommunicationPurpose", "aes_communication_purpose", True, FLAG_CONTENT_TYPE), Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22),
    Leaf("MRN", "mrn", False, MRNTYPE), Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", False, DATE_TYPE),
    Leaf("amendmentAcceptanceDateAndTime", "amendment_acceptance_date_and_time", False, DATE_TIME_TYPE),
    Inner("ExportOperation", "export_operation", 1, 99, L_EXPORT_OPERATION_02),
))
L_ECONOMIC_OPERATOR_02 = Layout("EconomicOperator", EconomicOperator, (
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE),
))
L_LOCATION_OF_GOODS_04 = Layout("LocationOfGoods", LocationOfGoods, (
    Leaf("typeOfLocation", "type_of_location", True, CODE_CONTENT_TYPE06),
    Leaf("qualifierOfIdentification", "qualifier_of_identification", True, CODE_CONTENT_TYPE06),
    Leaf("authorisationNumber", "authorisation_number", False, ALPHANUMERIC_MAX35),
    Leaf("additionalIdentifier", "additional_identifier", False, ALPHANUMERIC_MAX4), Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE),
    Inner("CustomsOffice", "customs_office", 0, 1, L_CUSTOMS_OFFICE_01), Inner("GNSS", "gnss", 0, 1, L_GNSS),
    Inner("EconomicOperator", "economic_operator", 0, 1, L_ECONOMIC_OPERATOR_02), Inner("Address", "address", 0, 1, L_ADDRESS_07),
    Inner("PostcodeAddress", "postcode_address", 0, 1, L_POSTCODE_ADDRESS_01), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_GOODS_MEASURE_01 = Layout("GoodsMeasure", GoodsMeasure01, (
    Leaf("netMass", "net_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("supplementaryUnits", "supplementary_units", False, DECIMAL_WITHOUT_ZERO_16_6),
))
L_COMMODITY_04 = Layout("Commodity", Commodity04, (
    Inner("CommodityCode", "commodity_code", 1, 1, L_COMMODITY_CODE_06), Inner("GoodsMeasure", "goods_measure", 1, 1, L_GOODS_MEASURE_01),
))
L_CONSIGNMENT_ITEM_06 = Layout("ConsignmentItem", ConsignmentItem06, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_04),
))
L_HOUSE_CONSIGNMENT_07 = Layout("HouseConsignment", HouseConsignment07, (
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_06),
))
L_CONSIGNMENT_09 = Layout("Consignment", Consignment09, (
    Inner("LocationOfGoods", "location_of_goods", 0, 1, L_LOCATION_OF_GOODS_04),
    Inner("HouseConsignment", "house_consignment", 1, 1, L_HOUSE_CONSIGNMENT_07),
))
L_CC190C = Layout("CC190C", CC190C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_49),
    Inner("CustomsOfficeOfExit", "customs_office_of_exit", 1, 1, L_CUSTOMS_OFFICE_OF_EXIT),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_09),
))

_L_EXPORT_OPERATION_02_0 = run(L_EXPORT_OPERATION_02, 0, 3)
_L_TRANSIT_OPERATION_49_0 = run(L_TRANSIT_OPERATION_49, 0, 6)
_L_TRANSIT_OPERATION_49_1 = run(L_TRANSIT_OPERATION_49, 7, 7)
_L_CONSIGNMENT_ITEM_06_0 = run(L_CONSIGNMENT_ITEM_06, 0, 3)
_L_HOUSE_CONSIGNMENT_07_0 = run(L_HOUSE_CONSIGNMENT_07, 0, 0)
_L_HOUSE_CONSIGNMENT_07_1 = run(L_HOUSE_CONSIGNMENT_07, 1, 1)
_L_CONSIGNMENT_09_0 = run(L_CONSIGNMENT_09, 0, 1)
_L_CONSIGNMENT_09_1 = run(L_CONSIGNMENT_09, 2, 2)
_L_CC190C_0 = body(L_CC190C, 0, 6)
_L_CC190C_1 = body(L_CC190C, 7, 9)

def read_export_operation_02(text: str, starts: Starts, at: int) -> tuple[ExportOperation02, int]:
    found = _L_EXPORT_OPERATION_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return ExportOperation02(sequence_number=int(v0), mrn=v1, transit_procedure_category=v2), at

def read_transit_operation_49(text: str, starts: Starts, at: int) -> tuple[TransitOperation49, int]:
    found = _L_TRANSIT_OPERATION_49_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    export_operation, at = many(read_export_operation_02, "<ExportOperation>", 99, text, starts, at)
    found = _L_TRANSIT_OPERATION_49_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransitOperation49(aes_communication_purpose=v0, lrn=v1, mrn=v2, tir_carnet_number=v3, declaration_acceptance_date=None if v4 is None else datetime.date.fromisoformat(v4), amendment_acceptance_date_and_time=None if v5 is None else datetime.datetime.fromisoformat(v5), export_operation=export_operation), at

def read_consignment_item_06(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem06, int]:
    found = _L_CONSIGNMENT_ITEM_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ConsignmentItem06(goods_item_number=int(v0), declaration_goods_item_number=int(v1), commodity=Commodity04(commodity_code=CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), goods_measure=GoodsMeasure01(net_mass=Decimal(v4), supplementary_units=None if v5 is None else Decimal(v5)))), at

def read_house_consignment_07(text: str, starts: Starts, at: int) -> tuple[HouseConsignment07, int]:
    found = _L_HOUSE_CONSIGNMENT_07_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    consignment_item, at = many(read_consignment_item_06, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_07_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment07(consignment_item=consignment_item), at

def read_consignment_09(text: str, starts: Starts, at: int) -> tuple[Consignment09, int]:
    found = _L_CONSIGNMENT_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    house_consignment, at = read_house_consignment_07(text, starts, at)
    found = _L_CONSIGNMENT_09_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment09(location_of_goods=None if v0 is None else LocationOfGoods(type_of_location=v0, qualifier_of_identification=v1, authorisation_number=v2, additional_identifier=v3, un_locode=v4, customs_office=None if v5 is None else CustomsOffice(reference_number=v5), gnss=None if v6 is None else GNSS(latitude=v6, longitude=v7), economic_operator=None if v8 is None else EconomicOperator(identification_number=v8), address=None if v9 is None else Address02(street_and_number=v9, postcode=v10, city=v11, country=v12), postcode_address=None if v14 is None else PostcodeAddress(house_number=v13, postcode=v14, country=v15), contact_person=None if v16 is None else ContactPerson01(name=v16, phone_number=v17, e_mail_address=v18)), house_consignment=house_consignment), at

def read_cc190c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC190C, int]:
    found = _L_CC190C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    transit_operation, at = read_transit_operation_49(text, starts, at)
    found = _L_CC190C_1(text, at)
    if found is None: raise Unusual
    v6, v7 = found.groups()
    at = found.end()
    consignment: Consignment09 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_09(text, starts, at)
    return CC190C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=transit_operation, customs_office_of_exit=CustomsOfficeOfExit(reference_number=v6), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v7), consignment=consignment, phase_id=phase), at
