"""Layouts and readers of cc017c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.carrier import Carrier01
from douane.standards.ncts.phase5.generated.cc017c import AdditionalInformation01, CC017C, Consignment02, ConsignmentItem01, ControlResult01, HouseConsignment01, PreviousDocument01, PreviousDocument02, SupportingDocument01, TransitOperation07
from douane.standards.ncts.phase5.generated.commodity import Commodity01
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.consignee import Consignee01
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods02
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure04
from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.packaging import Packaging01
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.seal import Seal01
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01, TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02
from douane.standards.ncts.phase5.generated.codec.active_border_transport_means import L_ACTIVE_BORDER_TRANSPORT_MEANS_03, read_active_border_transport_means_03
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_06, read_additional_reference_06
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_14
from douane.standards.ncts.phase5.generated.codec.carrier import L_CARRIER_01
from douane.standards.ncts.phase5.generated.codec.commodity_code import L_COMMODITY_CODE_02
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_05
from douane.standards.ncts.phase5.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.dangerous_goods import L_DANGEROUS_GOODS_02, read_dangerous_goods_02
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_03, read_departure_transport_means_03
from douane.standards.ncts.phase5.generated.codec.goods_measure import L_GOODS_MEASURE_04
from douane.standards.ncts.phase5.generated.codec.goods_reference import L_GOODS_REFERENCE_01, read_goods_reference_01
from douane.standards.ncts.phase5.generated.codec.packaging import L_PACKAGING_04, read_packaging_04
from douane.standards.ncts.phase5.generated.codec.place_of_loading import L_PLACE_OF_LOADING_03
from douane.standards.ncts.phase5.generated.codec.place_of_unloading import L_PLACE_OF_UNLOADING_01
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_09, read_previous_document_09
from douane.standards.ncts.phase5.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_03, L_TRANSPORT_DOCUMENT_04, read_transport_document_03, read_transport_document_04
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX20_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX512_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, CODE_CONTENT_TYPE03, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES, COUNTRY_CODE_TYPE, CUS_CODE_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECIMAL_WITH_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_4, STATUS_CONTENT_TYPE02, TINTYPE_RELAXED, TYPE_CONTENT_TYPE02, UCRREFERENCE_NUMBER35_NO_SPACES

L_TRANSIT_OPERATION_07 = Layout("TransitOperation", TransitOperation07, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG), Leaf("releaseRequested", "release_requested", False, FLAG),
    Leaf("releaseRequestDateAndTime", "release_request_date_and_time", False, DATE_TIME_TYPE),
    Leaf("otherThingsToReport", "other_things_to_report", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_03 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure03, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", True, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 1, 1, L_ADDRESS_14),
))
L_CONTROL_RESULT_01 = Layout("ControlResult", ControlResult01, (
    Leaf("code", "code", True, MONTH_CONTENT_TYPE), Leaf("date", "date", True, DATE_TYPE),
    Leaf("controlledBy", "controlled_by", True, ALPHA_NUMERIC_MAX35_NO_SPACES), Leaf("remark", "remark", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_CONSIGNOR_01 = Layout("Consignor", Consignor01, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", True, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 1, 1, L_ADDRESS_14),
))
L_SEAL_01 = Layout("Seal", Seal01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("identifier", "identifier", False, ALPHA_NUMERIC_MAX20_NO_SPACES),
))
L_TRANSPORT_EQUIPMENT_02 = Layout("TransportEquipment", TransportEquipment02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
    Leaf("numberOfSeals", "number_of_seals", False, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_01),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))
L_PREVIOUS_DOCUMENT_02 = Layout("PreviousDocument", PreviousDocument02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("completeControl", "complete_control", True, FLAG),
))
L_SUPPORTING_DOCUMENT_01 = Layout("SupportingDocument", SupportingDocument01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("completeControl", "complete_control", True, FLAG),
))
L_ADDITIONAL_INFORMATION_01 = Layout("AdditionalInformation", AdditionalInformation01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, CODE_CONTENT_TYPE03),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512_NO_SPACES), Leaf("completeControl", "complete_control", True, FLAG),
))
L_CONSIGNEE_01 = Layout("Consignee", Consignee01, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Inner("Address", "address", 0, 1, L_ADDRESS_14),
))
L_COMMODITY_01 = Layout("Commodity", Commodity01, (
    Leaf("descriptionOfGoods", "description_of_goods", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
    Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE), Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_02),
    Inner("DangerousGoods", "dangerous_goods", 0, 99, L_DANGEROUS_GOODS_02), Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_04),
))
L_PREVIOUS_DOCUMENT_01 = Layout("PreviousDocument", PreviousDocument01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("goodsItemNumber", "goods_item_number", False, NUMERIC_WITHOUT_ZERO_5),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("completeControl", "complete_control", True, FLAG),
))
L_CONSIGNMENT_ITEM_01 = Layout("ConsignmentItem", ConsignmentItem01, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_01),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("Commodity", "commodity", 0, 1, L_COMMODITY_01), Inner("Packaging", "packaging", 0, 99, L_PACKAGING_04),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_01),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_01),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_04),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_01),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
))
L_HOUSE_CONSIGNMENT_01 = Layout("HouseConsignment", HouseConsignment01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES),
    Leaf("securityIndicatorFromExportDeclaration", "security_indicator_from_export_declaration", False, FLAG_CONTENT_TYPE),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_01), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_05),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_03),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_09),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_01),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_03),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_01),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("ConsignmentItem", "consignment_item", 0, 999, L_CONSIGNMENT_ITEM_01),
))
L_CONSIGNMENT_02 = Layout("Consignment", Consignment02, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES), Inner("Carrier", "carrier", 0, 1, L_CARRIER_01),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_01), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_05),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_02),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_03),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_03),
    Inner("PlaceOfLoading", "place_of_loading", 1, 1, L_PLACE_OF_LOADING_03),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_01),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_02),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_01),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_03),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_06),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_01),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("HouseConsignment", "house_consignment", 0, 1999, L_HOUSE_CONSIGNMENT_01),
))
L_CC017C = Layout("CC017C", CC017C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_07),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_03),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_01), Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_02),
))

_L_SEAL_01_0 = run(L_SEAL_01, 0, 2)
_L_TRANSPORT_EQUIPMENT_02_0 = run(L_TRANSPORT_EQUIPMENT_02, 0, 3)
_L_TRANSPORT_EQUIPMENT_02_1 = run(L_TRANSPORT_EQUIPMENT_02, 5, 5)
_L_PREVIOUS_DOCUMENT_02_0 = run(L_PREVIOUS_DOCUMENT_02, 0, 5)
_L_SUPPORTING_DOCUMENT_01_0 = run(L_SUPPORTING_DOCUMENT_01, 0, 5)
_L_ADDITIONAL_INFORMATION_01_0 = run(L_ADDITIONAL_INFORMATION_01, 0, 4)
_L_COMMODITY_01_0 = run(L_COMMODITY_01, 0, 3)
_L_COMMODITY_01_1 = run(L_COMMODITY_01, 4, 5)
_L_PREVIOUS_DOCUMENT_01_0 = run(L_PREVIOUS_DOCUMENT_01, 0, 6)
_L_CONSIGNMENT_ITEM_01_0 = run(L_CONSIGNMENT_ITEM_01, 0, 7)
_L_CONSIGNMENT_ITEM_01_1 = run(L_CONSIGNMENT_ITEM_01, 15, 16)
_L_HOUSE_CONSIGNMENT_01_0 = run(L_HOUSE_CONSIGNMENT_01, 0, 8)
_L_HOUSE_CONSIGNMENT_01_1 = run(L_HOUSE_CONSIGNMENT_01, 15, 16)
_L_HOUSE_CONSIGNMENT_01_2 = run(L_HOUSE_CONSIGNMENT_01, 17, 17)
_L_CONSIGNMENT_02_0 = run(L_CONSIGNMENT_02, 0, 10)
_L_CONSIGNMENT_02_1 = run(L_CONSIGNMENT_02, 15, 17)
_L_CONSIGNMENT_02_2 = run(L_CONSIGNMENT_02, 22, 23)
_L_CONSIGNMENT_02_3 = run(L_CONSIGNMENT_02, 24, 24)
_L_CC017C_0 = body(L_CC017C, 0, 9)
_L_CC017C_1 = body(L_CC017C, 11, 13)

def read_seal_01(text: str, starts: Starts, at: int) -> tuple[Seal01, int]:
    found = _L_SEAL_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return Seal01(sequence_number=int(v0), identifier=v1), at

def read_transport_equipment_02(text: str, starts: Starts, at: int) -> tuple[TransportEquipment02, int]:
    found = _L_TRANSPORT_EQUIPMENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal01, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_01, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_02_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment02(sequence_number=int(v0), container_identification_number=v1, number_of_seals=None if v2 is None else int(v2), seal=seal, goods_reference=goods_reference), at

def read_previous_document_02(text: str, starts: Starts, at: int) -> tuple[PreviousDocument02, int]:
    found = _L_PREVIOUS_DOCUMENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return PreviousDocument02(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3, complete_control=v4 == "1"), at

def read_supporting_document_01(text: str, starts: Starts, at: int) -> tuple[SupportingDocument01, int]:
    found = _L_SUPPORTING_DOCUMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return SupportingDocument01(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3, complete_control=v4 == "1"), at

def read_additional_information_01(text: str, starts: Starts, at: int) -> tuple[AdditionalInformation01, int]:
    found = _L_ADDITIONAL_INFORMATION_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return AdditionalInformation01(sequence_number=int(v0), code=v1, text=v2, complete_control=v3 == "1"), at

def read_commodity_01(text: str, starts: Starts, at: int) -> tuple[Commodity01, int]:
    found = _L_COMMODITY_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    if starts("<DangerousGoods>", at): dangerous_goods, at = many(read_dangerous_goods_02, "<DangerousGoods>", 99, text, starts, at)
    found = _L_COMMODITY_01_1(text, at)
    if found is None: raise Unusual
    v4, v5, v6 = found.groups()
    at = found.end()
    return Commodity01(description_of_goods=v0, cus_code=v1, commodity_code=None if v2 is None else CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), dangerous_goods=dangerous_goods, goods_measure=None if v4 is None else GoodsMeasure04(gross_mass=None if v5 is None else Decimal(v5), net_mass=None if v6 is None else Decimal(v6))), at

def read_previous_document_01(text: str, starts: Starts, at: int) -> tuple[PreviousDocument01, int]:
    found = _L_PREVIOUS_DOCUMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return PreviousDocument01(sequence_number=int(v0), type=v1, reference_number=v2, goods_item_number=None if v3 is None else int(v3), complement_of_information=v4, complete_control=v5 == "1"), at

def read_consignment_item_01(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem01, int]:
    found = _L_CONSIGNMENT_ITEM_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    previous_document: tuple[PreviousDocument01, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    if not starts("</", at):
        if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
        if starts("<Commodity>", at): commodity, at = read_commodity_01(text, starts, at)
        if starts("<Packaging>", at): packaging, at = many(read_packaging_04, "<Packaging>", 99, text, starts, at)
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_01, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_01, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_04, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_01, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_01_1(text, at)
    if found is None: raise Unusual
    v13 = found[1]
    at = found.end()
    return ConsignmentItem01(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_dispatch=v3, country_of_destination=v4, reference_number_ucr=v5, consignee=None if v6 is None else Consignee01(identification_number=v7, name=v8, address=None if v9 is None else Address02(street_and_number=v9, postcode=v10, city=v11, country=v12)), additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v13 is None else TransportCharges(method_of_payment=v13)), at

def read_house_consignment_01(text: str, starts: Starts, at: int) -> tuple[HouseConsignment01, int]:
    found = _L_HOUSE_CONSIGNMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_03, "<DepartureTransportMeans>", 999, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_09, "<PreviousDocument>", 99, text, starts, at)
    supporting_document: tuple[SupportingDocument01, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_01, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument01, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_03, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference01, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation01, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_01, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_01_1(text, at)
    if found is None: raise Unusual
    v19 = found[1]
    at = found.end()
    consignment_item: tuple[ConsignmentItem01, ...] = ()
    if starts("<ConsignmentItem>", at): consignment_item, at = many(read_consignment_item_01, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_01_2(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment01(sequence_number=int(v0), country_of_dispatch=v1, country_of_destination=v2, gross_mass=None if v3 is None else Decimal(v3), reference_number_ucr=v4, security_indicator_from_export_declaration=v5, consignor=None if v7 is None else Consignor01(identification_number=v6, name=v7, address=Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), consignee=None if v12 is None else Consignee01(identification_number=v13, name=v14, address=None if v15 is None else Address02(street_and_number=v15, postcode=v16, city=v17, country=v18)), additional_supply_chain_actor=additional_supply_chain_actor, departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v19 is None else TransportCharges(method_of_payment=v19), consignment_item=consignment_item), at

def read_consignment_02(text: str, starts: Starts, at: int) -> tuple[Consignment02, int]:
    found = _L_CONSIGNMENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_02, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_03, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_03, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_02_1(text, at)
    if found is None: raise Unusual
    v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    previous_document: tuple[PreviousDocument02, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_02, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument01, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_01, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument01, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_03, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference01, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_06, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation01, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_01, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_02_2(text, at)
    if found is None: raise Unusual
    v28 = found[1]
    at = found.end()
    house_consignment: tuple[HouseConsignment01, ...] = ()
    if starts("<HouseConsignment>", at): house_consignment, at = many(read_house_consignment_01, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_02_3(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment02(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=None if v5 is None else Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier01(identification_number=v7), consignor=None if v9 is None else Consignor01(identification_number=v8, name=v9, address=Address02(street_and_number=v10, postcode=v11, city=v12, country=v13)), consignee=None if v14 is None else Consignee01(identification_number=v15, name=v16, address=None if v17 is None else Address02(street_and_number=v17, postcode=v18, city=v19, country=v20)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=PlaceOfLoading(un_locode=v21, country=v22, location=v23), place_of_unloading=None if v24 is None else PlaceOfUnloading(un_locode=v25, country=v26, location=v27), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v28 is None else TransportCharges(method_of_payment=v28), house_consignment=house_consignment), at

def read_cc017c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC017C, int]:
    found = _L_CC017C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CC017C_1(text, at)
    if found is None: raise Unusual
    v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27, v28 = found.groups()
    at = found.end()
    consignment: Consignment02 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_02(text, starts, at)
    return CC017C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation07(mrn=v6, declaration_type=v7, security=v8, reduced_dataset_indicator=v9 == "1", specific_circumstance_indicator=v10, binding_itinerary=v11 == "1", release_requested=None if v12 is None else v12 == "1", release_request_date_and_time=None if v13 is None else datetime.datetime.fromisoformat(v13), other_things_to_report=v14), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v15), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v16), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure03(identification_number=v17, tir_holder_identification_number=v18, name=v19, address=Address02(street_and_number=v20, postcode=v21, city=v22, country=v23)), control_result=ControlResult01(code=v24, date=datetime.date.fromisoformat(v25), controlled_by=v26, remark=v27, text=v28), consignment=consignment, phase_id=phase), at
