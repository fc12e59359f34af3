"""Layouts and readers of cc029c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.authorisation import Authorisation
from douane.standards.ncts.phase6.generated.carrier import Carrier03
from douane.standards.ncts.phase6.generated.cc029c import CC029C, Consignment04, ConsignmentItem03, ControlResult02, HouseConsignment03, TransitOperation12
from douane.standards.ncts.phase6.generated.consignee import Consignee
from douane.standards.ncts.phase6.generated.consignor import Consignor03
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01
from douane.standards.ncts.phase6.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase6.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase6.generated.gnss import GNSS
from douane.standards.ncts.phase6.generated.guarantee import Guarantee
from douane.standards.ncts.phase6.generated.guarantee_reference import GuaranteeReference01
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase6.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase6.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03, PreviousDocument06
from douane.standards.ncts.phase6.generated.representative import Representative02
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05
from douane.standards.ncts.phase6.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, read_additional_information_02
from douane.standards.ncts.phase6.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, read_additional_reference_03
from douane.standards.ncts.phase6.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase6.generated.codec.commodity import L_COMMODITY_02, read_commodity_02
from douane.standards.ncts.phase6.generated.codec.consignee import L_CONSIGNEE_04
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase6.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase6.generated.codec.customs_office import L_CUSTOMS_OFFICE_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase6.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase6.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_02, read_departure_transport_means_02
from douane.standards.ncts.phase6.generated.codec.gnss import L_GNSS
from douane.standards.ncts.phase6.generated.codec.packaging import L_PACKAGING_02, read_packaging_02
from douane.standards.ncts.phase6.generated.codec.postcode_address import L_POSTCODE_ADDRESS_01
from douane.standards.ncts.phase6.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_06, read_previous_document_06
from douane.standards.ncts.phase6.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase6.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, read_transport_document_02
from douane.standards.ncts.phase6.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_05, read_transport_equipment_05
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_CAPITAL1_TYPE, ALPHANUMERIC_MAX22, ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX4, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX512, CODE_CONTENT_TYPE06, CONVEYANCE_REFERENCE_NUMBER17, COUNTRY_CODE_TYPE, CURRENCY_CONTENT_TYPE, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECIMAL_WITH_ZERO_16_2, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, ERROR_CODE_CONTENT_TYPE, FLAG, FLAG_CONTENT_TYPE, GRNTYPE, LANGUAGE_CODE_TYPE, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITHOUT_ZERO_8, STATUS_CONTENT_TYPE02, TINNEW_TYPE, TINTYPE_RELAXED, TIRCARNET_NUMBER, TYPE_CONTENT_TYPE02, TYPE_CONTENT_TYPE04, UCRREFERENCE_NUMBER35, UNLOCODE_CONTENT_TYPE

L_TRANSIT_OPERATION_12 = Layout("TransitOperation", TransitOperation12, (
    Leaf("LRN", "lrn", True, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", True, MRNTYPE),
    Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("additionalDeclarationType", "additional_declaration_type", True, CODE_CONTENT_TYPE06),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE), Leaf("releaseDate", "release_date", True, DATE_TYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("communicationLanguageAtDeparture", "communication_language_at_departure", False, LANGUAGE_CODE_TYPE),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG),
))
L_AUTHORISATION_02 = Layout("Authorisation", Authorisation, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE04),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX35),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_05 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure02, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_REPRESENTATIVE_02 = Layout("Representative", Representative02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("status", "status", True, FLAG_CONTENT_TYPE),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_CONTROL_RESULT_02 = Layout("ControlResult", ControlResult02, (
    Leaf("code", "code", True, MONTH_CONTENT_TYPE), Leaf("date", "date", True, DATE_TYPE),
    Leaf("controlledBy", "controlled_by", True, ALPHANUMERIC_MAX35), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_GUARANTEE_REFERENCE_01 = Layout("GuaranteeReference", GuaranteeReference01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", False, GRNTYPE),
    Leaf("accessCode", "access_code", False, ALPHANUMERIC_MAX4), Leaf("amountToBeCovered", "amount_to_be_covered", True, DECIMAL_WITH_ZERO_16_2),
    Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
))
L_GUARANTEE_03 = Layout("Guarantee", Guarantee, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Leaf("otherGuaranteeReference", "other_guarantee_reference", False, ALPHANUMERIC_MAX35),
    Inner("GuaranteeReference", "guarantee_reference", 0, 99, L_GUARANTEE_REFERENCE_01),
))
L_CARRIER_03 = Layout("Carrier", Carrier03, (
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_CONSIGNOR_03 = Layout("Consignor", Consignor03, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_ECONOMIC_OPERATOR_01 = Layout("EconomicOperator", EconomicOperator, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED),
))
L_LOCATION_OF_GOODS_02 = Layout("LocationOfGoods", LocationOfGoods, (
    Leaf("typeOfLocation", "type_of_location", True, CODE_CONTENT_TYPE06),
    Leaf("qualifierOfIdentification", "qualifier_of_identification", True, CODE_CONTENT_TYPE06),
    Leaf("authorisationNumber", "authorisation_number", False, ALPHANUMERIC_MAX35),
    Leaf("additionalIdentifier", "additional_identifier", False, ALPHANUMERIC_MAX4), Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE),
    Inner("CustomsOffice", "customs_office", 0, 1, L_CUSTOMS_OFFICE_01), Inner("GNSS", "gnss", 0, 1, L_GNSS),
    Inner("EconomicOperator", "economic_operator", 0, 1, L_ECONOMIC_OPERATOR_01), Inner("Address", "address", 0, 1, L_ADDRESS_07),
    Inner("PostcodeAddress", "postcode_address", 0, 1, L_POSTCODE_ADDRESS_01), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_ACTIVE_BORDER_TRANSPORT_MEANS_01 = Layout("ActiveBorderTransportMeans", ActiveBorderTransportMeans, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("customsOfficeAtBorderReferenceNumber", "customs_office_at_border_reference_number", True, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE),
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHANUMERIC_MAX35), Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
    Leaf("conveyanceReferenceNumber", "conveyance_reference_number", False, CONVEYANCE_REFERENCE_NUMBER17),
))
L_PLACE_OF_LOADING_02 = Layout("PlaceOfLoading", PlaceOfLoading, (
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Leaf("country", "country", False, COUNTRY_CODE_TYPE),
    Leaf("location", "location", False, ALPHANUMERIC_MAX35),
))
L_PLACE_OF_UNLOADING_02 = Layout("PlaceOfUnloading", PlaceOfUnloading, (
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Leaf("country", "country", False, COUNTRY_CODE_TYPE),
    Leaf("location", "location", False, ALPHANUMERIC_MAX35),
))
L_SUPPORTING_DOCUMENT_06 = Layout("SupportingDocument", SupportingDocument05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70),
    Leaf("documentLineItemNumber", "document_line_item_number", False, NUMERIC_WITHOUT_ZERO_5),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))
L_PREVIOUS_DOCUMENT_03 = Layout("PreviousDocument", PreviousDocument03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70), Leaf("goodsItemNumber", "goods_item_number", False, NUMERIC_WITHOUT_ZERO_5),
    Leaf("typeOfPackages", "type_of_packages", False, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITHOUT_ZERO_8),
    Leaf("measurementUnitAndQualifier", "measurement_unit_and_qualifier", False, TYPE_CONTENT_TYPE04),
    Leaf("quantity", "quantity", False, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))
L_CONSIGNMENT_ITEM_03 = Layout("ConsignmentItem", ConsignmentItem03, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_02), Inner("Packaging", "packaging", 1, 99, L_PACKAGING_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_03),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
))
L_HOUSE_CONSIGNMENT_03 = Layout("HouseConsignment", HouseConsignment03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35),
    Leaf("securityIndicatorFromExportDeclaration", "security_indicator_from_export_declaration", False, FLAG_CONTENT_TYPE),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_03), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_04),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_03),
))
L_CONSIGNMENT_04 = Layout("Consignment", Consignment04, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35),
    Inner("Carrier", "carrier", 0, 1, L_CARRIER_03), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_03),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_04),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("LocationOfGoods", "location_of_goods", 0, 1, L_LOCATION_OF_GOODS_02),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_01),
    Inner("PlaceOfLoading", "place_of_loading", 1, 1, L_PLACE_OF_LOADING_02),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_02),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_03),
))
L_CC029C = Layout("CC029C", CC029C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_12), Inner("Authorisation", "authorisation", 0, 9, L_AUTHORISATION_02),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_05),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_02), Inner("ControlResult", "control_result", 0, 1, L_CONTROL_RESULT_02),
    Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_03), Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_04),
))

_L_AUTHORISATION_02_0 = run(L_AUTHORISATION_02, 0, 3)
_L_GUARANTEE_REFERENCE_01_0 = run(L_GUARANTEE_REFERENCE_01, 0, 5)
_L_GUARANTEE_03_0 = run(L_GUARANTEE_03, 0, 3)
_L_GUARANTEE_03_1 = run(L_GUARANTEE_03, 4, 4)
_L_ACTIVE_BORDER_TRANSPORT_MEANS_01_0 = run(L_ACTIVE_BORDER_TRANSPORT_MEANS_01, 0, 6)
_L_SUPPORTING_DOCUMENT_06_0 = run(L_SUPPORTING_DOCUMENT_06, 0, 5)
_L_PREVIOUS_DOCUMENT_03_0 = run(L_PREVIOUS_DOCUMENT_03, 0, 9)
_L_CONSIGNMENT_ITEM_03_0 = run(L_CONSIGNMENT_ITEM_03, 0, 6)
_L_CONSIGNMENT_ITEM_03_1 = run(L_CONSIGNMENT_ITEM_03, 13, 13)
_L_HOUSE_CONSIGNMENT_03_0 = run(L_HOUSE_CONSIGNMENT_03, 0, 8)
_L_HOUSE_CONSIGNMENT_03_1 = run(L_HOUSE_CONSIGNMENT_03, 15, 16)
_L_HOUSE_CONSIGNMENT_03_2 = run(L_HOUSE_CONSIGNMENT_03, 17, 17)
_L_CONSIGNMENT_04_0 = run(L_CONSIGNMENT_04, 0, 10)
_L_CONSIGNMENT_04_1 = run(L_CONSIGNMENT_04, 12, 13)
_L_CONSIGNMENT_04_2 = run(L_CONSIGNMENT_04, 16, 18)
_L_CONSIGNMENT_04_3 = run(L_CONSIGNMENT_04, 23, 24)
_L_CONSIGNMENT_04_4 = run(L_CONSIGNMENT_04, 25, 25)
_L_CC029C_0 = body(L_CC029C, 0, 7)
_L_CC029C_1 = body(L_CC029C, 8, 10)
_L_CC029C_2 = body(L_CC029C, 12, 15)

def read_authorisation_02(text: str, starts: Starts, at: int) -> tuple[Authorisation, int]:
    found = _L_AUTHORISATION_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return Authorisation(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_guarantee_reference_01(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference01, int]:
    found = _L_GUARANTEE_REFERENCE_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return GuaranteeReference01(sequence_number=int(v0), grn=v1, access_code=v2, amount_to_be_covered=Decimal(v3), currency=v4), at

def read_guarantee_03(text: str, starts: Starts, at: int) -> tuple[Guarantee, int]:
    found = _L_GUARANTEE_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()
    if starts("<GuaranteeReference>", at): guarantee_reference, at = many(read_guarantee_reference_01, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_03_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee(sequence_number=int(v0), guarantee_type=v1, other_guarantee_reference=v2, guarantee_reference=guarantee_reference), at

def read_active_border_transport_means_01(text: str, starts: Starts, at: int) -> tuple[ActiveBorderTransportMeans, int]:
    found = _L_ACTIVE_BORDER_TRANSPORT_MEANS_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ActiveBorderTransportMeans(sequence_number=int(v0), customs_office_at_border_reference_number=v1, type_of_identification=v2, identification_number=v3, nationality=v4, conveyance_reference_number=v5), at

def read_supporting_document_06(text: str, starts: Starts, at: int) -> tuple[SupportingDocument05, int]:
    found = _L_SUPPORTING_DOCUMENT_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return SupportingDocument05(sequence_number=int(v0), type=v1, reference_number=v2, document_line_item_number=None if v3 is None else int(v3), complement_of_information=v4), at

def read_previous_document_03(text: str, starts: Starts, at: int) -> tuple[PreviousDocument03, int]:
    found = _L_PREVIOUS_DOCUMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    return PreviousDocument03(sequence_number=int(v0), type=v1, reference_number=v2, goods_item_number=None if v3 is None else int(v3), type_of_packages=v4, number_of_packages=None if v5 is None else int(v5), measurement_unit_and_qualifier=v6, quantity=None if v7 is None else Decimal(v7), complement_of_information=v8), at

def read_consignment_item_03(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem03, int]:
    found = _L_CONSIGNMENT_ITEM_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    commodity, at = read_commodity_02(text, starts, at)
    packaging, at = many(read_packaging_02, "<Packaging>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if not starts("</", at):
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_03, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_03_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem03(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_dispatch=v3, country_of_destination=v4, reference_number_ucr=v5, additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, additional_reference=additional_reference, additional_information=additional_information), at

def read_house_consignment_03(text: str, starts: Starts, at: int) -> tuple[HouseConsignment03, int]:
    found = _L_HOUSE_CONSIGNMENT_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_02, "<DepartureTransportMeans>", 999, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 99, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_03_1(text, at)
    if found is None: raise Unusual
    v23 = found[1]
    at = found.end()
    consignment_item, at = many(read_consignment_item_03, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_03_2(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment03(sequence_number=int(v0), country_of_dispatch=v1, country_of_destination=v2, gross_mass=Decimal(v3), reference_number_ucr=v4, security_indicator_from_export_declaration=v5, consignor=None if v6 is None else Consignor03(identification_number=v7, name=v8, address=None if v9 is None else Address02(street_and_number=v9, postcode=v10, city=v11, country=v12), contact_person=None if v13 is None else ContactPerson(name=v13, phone_number=v14, e_mail_address=v15)), consignee=None if v16 is None else Consignee(identification_number=v17, name=v18, address=None if v19 is None else Address02(street_and_number=v19, postcode=v20, city=v21, country=v22)), additional_supply_chain_actor=additional_supply_chain_actor, departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v23 is None else TransportCharges(method_of_payment=v23), consignment_item=consignment_item), at

def read_consignment_04(text: str, starts: Starts, at: int) -> tuple[Consignment04, int]:
    found = _L_CONSIGNMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_CONSIGNMENT_04_1(text, at)
    if found is None: raise Unusual
    v28, v29, v30, v31, v32, v33, v34, v35, v36, v37, v38, v39, v40, v41, v42, v43, v44, v45, v46 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_02, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_01, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_04_2(text, at)
    if found is None: raise Unusual
    v47, v48, v49, v50, v51, v52, v53 = found.groups()
    at = found.end()
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_04_3(text, at)
    if found is None: raise Unusual
    v54 = found[1]
    at = found.end()
    house_consignment, at = many(read_house_consignment_03, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_04_4(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment04(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier03(identification_number=v7, contact_person=None if v8 is None else ContactPerson(name=v8, phone_number=v9, e_mail_address=v10)), consignor=None if v11 is None else Consignor03(identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17), contact_person=None if v18 is None else ContactPerson(name=v18, phone_number=v19, e_mail_address=v20)), consignee=None if v21 is None else Consignee(identification_number=v22, name=v23, address=None if v24 is None else Address02(street_and_number=v24, postcode=v25, city=v26, country=v27)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, location_of_goods=None if v28 is None else LocationOfGoods(type_of_location=v28, qualifier_of_identification=v29, authorisation_number=v30, additional_identifier=v31, un_locode=v32, customs_office=None if v33 is None else CustomsOffice(reference_number=v33), gnss=None if v34 is None else GNSS(latitude=v34, longitude=v35), economic_operator=None if v36 is None else EconomicOperator(identification_number=v36), address=None if v37 is None else Address02(street_and_number=v37, postcode=v38, city=v39, country=v40), postcode_address=None if v42 is None else PostcodeAddress(house_number=v41, postcode=v42, country=v43), contact_person=None if v44 is None else ContactPerson(name=v44, phone_number=v45, e_mail_address=v46)), departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=PlaceOfLoading(un_locode=v47, country=v48, location=v49), place_of_unloading=None if v50 is None else PlaceOfUnloading(un_locode=v51, country=v52, location=v53), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v54 is None else TransportCharges(method_of_payment=v54), house_consignment=house_consignment), at

def read_cc029c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC029C, int]:
    found = _L_CC029C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17 = found.groups()
    at = found.end()
    authorisation: tuple[Authorisation, ...] = ()
    if starts("<Authorisation>", at): authorisation, at = many(read_authorisation_02, "<Authorisation>", 9, text, starts, at)
    found = _L_CC029C_1(text, at)
    if found is None: raise Unusual
    v18, v19 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CC029C_2(text, at)
    if found is None: raise Unusual
    v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30, v31, v32, v33, v34, v35, v36, v37, v38 = found.groups()
    at = found.end()
    guarantee, at = many(read_guarantee_03, "<Guarantee>", 9, text, starts, at)
    consignment, at = read_consignment_04(text, starts, at)
    return CC029C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation12(lrn=v6, mrn=v7, declaration_type=v8, additional_declaration_type=v9, tir_carnet_number=v10, declaration_acceptance_date=datetime.date.fromisoformat(v11), release_date=datetime.date.fromisoformat(v12), security=v13, reduced_dataset_indicator=v14 == "1", specific_circumstance_indicator=v15, communication_language_at_departure=v16, binding_itinerary=v17 == "1"), authorisation=authorisation, customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v18), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v19), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure02(identification_number=v20, tir_holder_identification_number=v21, name=v22, address=None if v23 is None else Address02(street_and_number=v23, postcode=v24, city=v25, country=v26), contact_person=None if v27 is None else ContactPerson(name=v27, phone_number=v28, e_mail_address=v29)), representative=None if v30 is None else Representative02(identification_number=v30, status=v31, contact_person=None if v32 is None else ContactPerson(name=v32, phone_number=v33, e_mail_address=v34)), control_result=None if v35 is None else ControlResult02(code=v35, date=datetime.date.fromisoformat(v36), controlled_by=v37, text=v38), guarantee=guarantee, consignment=consignment, phase_id=phase), at
