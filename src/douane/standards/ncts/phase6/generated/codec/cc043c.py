"""Layouts and readers of cc043c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc043c import CC043C, CTLControl, Consignment05, ConsignmentItem04, Consignor05, HouseConsignment04, PreviousDocument04, SupportingDocument02, TransitOperation14
from douane.standards.ncts.phase6.generated.consignee import Consignee
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase6.generated.incident import Incident
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05
from douane.standards.ncts.phase6.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, read_additional_information_02
from douane.standards.ncts.phase6.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, read_additional_reference_03
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase6.generated.codec.commodity import L_COMMODITY_02, read_commodity_02
from douane.standards.ncts.phase6.generated.codec.consignee import L_CONSIGNEE_04
from douane.standards.ncts.phase6.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase6.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_02, read_departure_transport_means_02
from douane.standards.ncts.phase6.generated.codec.incident import L_INCIDENT_04, read_incident_04
from douane.standards.ncts.phase6.generated.codec.packaging import L_PACKAGING_02, read_packaging_02
from douane.standards.ncts.phase6.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_06, read_previous_document_06
from douane.standards.ncts.phase6.generated.codec.trader_at_destination import L_TRADER_AT_DESTINATION_03
from douane.standards.ncts.phase6.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, read_transport_document_02
from douane.standards.ncts.phase6.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_05, read_transport_equipment_05
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_1, NUMERIC_WITHOUT_ZERO_5, TINTYPE_RELAXED, TYPE_CONTENT_TYPE02, UCRREFERENCE_NUMBER70

L_TRANSIT_OPERATION_14 = Layout("TransitOperation", TransitOperation14, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", False, DATE_TYPE), Leaf("security", "security", True, FLAG_CONTENT_TYPE),
    Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure03, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_07),
))
L_CTL_CONTROL = Layout("CTLControl", CTLControl, (
    Leaf("continueUnloading", "continue_unloading", True, NUMERIC_WITHOUT_ZERO_1),
))
L_CONSIGNOR_05 = Layout("Consignor", Consignor05, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07),
))
L_SUPPORTING_DOCUMENT_02 = Layout("SupportingDocument", SupportingDocument02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))
L_PREVIOUS_DOCUMENT_04 = Layout("PreviousDocument", PreviousDocument04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70), Leaf("goodsItemNumber", "goods_item_number", False, NUMERIC_WITHOUT_ZERO_5),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))
L_CONSIGNMENT_ITEM_04 = Layout("ConsignmentItem", ConsignmentItem04, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_04),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_02), Inner("Packaging", "packaging", 1, 99, L_PACKAGING_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_04),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_02),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
))
L_HOUSE_CONSIGNMENT_04 = Layout("HouseConsignment", HouseConsignment04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Leaf("securityIndicatorFromExportDeclaration", "security_indicator_from_export_declaration", False, FLAG_CONTENT_TYPE),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_05), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_04),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_02),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_04),
))
L_CONSIGNMENT_05 = Layout("Consignment", Consignment05, (
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_05),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_04), Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_02),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02), Inner("Incident", "incident", 0, 9, L_INCIDENT_04),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_04),
))
L_CC043C = Layout("CC043C", CC043C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_14),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 0, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06),
    Inner("TraderAtDestination", "trader_at_destination", 1, 1, L_TRADER_AT_DESTINATION_03), Inner("CTLControl", "ctl_control", 0, 1, L_CTL_CONTROL),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_05),
))

_L_SUPPORTING_DOCUMENT_02_0 = run(L_SUPPORTING_DOCUMENT_02, 0, 4)
_L_PREVIOUS_DOCUMENT_04_0 = run(L_PREVIOUS_DOCUMENT_04, 0, 5)
_L_CONSIGNMENT_ITEM_04_0 = run(L_CONSIGNMENT_ITEM_04, 0, 6)
_L_CONSIGNMENT_ITEM_04_1 = run(L_CONSIGNMENT_ITEM_04, 13, 13)
_L_HOUSE_CONSIGNMENT_04_0 = run(L_HOUSE_CONSIGNMENT_04, 0, 7)
_L_HOUSE_CONSIGNMENT_04_1 = run(L_HOUSE_CONSIGNMENT_04, 14, 14)
_L_CONSIGNMENT_05_0 = run(L_CONSIGNMENT_05, 0, 7)
_L_CONSIGNMENT_05_1 = run(L_CONSIGNMENT_05, 17, 17)
_L_CC043C_0 = body(L_CC043C, 0, 11)

def read_supporting_document_02(text: str, starts: Starts, at: int) -> tuple[SupportingDocument02, int]:
    found = _L_SUPPORTING_DOCUMENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return SupportingDocument02(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3), at

def read_previous_document_04(text: str, starts: Starts, at: int) -> tuple[PreviousDocument04, int]:
    found = _L_PREVIOUS_DOCUMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return PreviousDocument04(sequence_number=int(v0), type=v1, reference_number=v2, goods_item_number=None if v3 is None else int(v3), complement_of_information=v4), at

def read_consignment_item_04(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem04, int]:
    found = _L_CONSIGNMENT_ITEM_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 = found.groups()
    at = found.end()
    commodity, at = read_commodity_02(text, starts, at)
    packaging, at = many(read_packaging_02, "<Packaging>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if not starts("</", at):
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_04, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_02, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_04_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem04(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_destination=v3, reference_number_ucr=v4, consignee=None if v5 is None else Consignee(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information), at

def read_house_consignment_04(text: str, starts: Starts, at: int) -> tuple[HouseConsignment04, int]:
    found = _L_HOUSE_CONSIGNMENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_02, "<DepartureTransportMeans>", 999, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 99, text, starts, at)
    supporting_document: tuple[SupportingDocument02, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_02, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    consignment_item, at = many(read_consignment_item_04, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_04_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment04(sequence_number=int(v0), country_of_destination=v1, gross_mass=Decimal(v2), reference_number_ucr=v3, security_indicator_from_export_declaration=v4, consignor=None if v5 is None else Consignor05(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), consignee=None if v12 is None else Consignee(identification_number=v13, name=v14, address=None if v15 is None else Address02(street_and_number=v15, postcode=v16, city=v17, country=v18)), departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, consignment_item=consignment_item), at

def read_consignment_05(text: str, starts: Starts, at: int) -> tuple[Consignment05, int]:
    found = _L_CONSIGNMENT_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_02, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument02, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_02, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    incident: tuple[Incident, ...] = ()
    if starts("<Incident>", at): incident, at = many(read_incident_04, "<Incident>", 9, text, starts, at)
    house_consignment, at = many(read_house_consignment_04, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_05_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment05(country_of_destination=v0, container_indicator=v1 == "1", inland_mode_of_transport=v2, gross_mass=None if v3 is None else Decimal(v3), reference_number_ucr=v4, consignor=None if v5 is None else Consignor05(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), consignee=None if v12 is None else Consignee(identification_number=v13, name=v14, address=None if v15 is None else Address02(street_and_number=v15, postcode=v16, city=v17, country=v18)), transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, incident=incident, house_consignment=house_consignment), at

def read_cc043c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC043C, int]:
    found = _L_CC043C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20 = found.groups()
    at = found.end()
    consignment: Consignment05 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_05(text, starts, at)
    return CC043C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation14(mrn=v6, declaration_type=v7, declaration_acceptance_date=None if v8 is None else datetime.date.fromisoformat(v8), security=v9, reduced_dataset_indicator=v10 == "1"), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v11), holder_of_the_transit_procedure=None if v14 is None else HolderOfTheTransitProcedure03(identification_number=v12, tir_holder_identification_number=v13, name=v14, address=Address02(street_and_number=v15, postcode=v16, city=v17, country=v18)), trader_at_destination=TraderAtDestination02(identification_number=v19), ctl_control=None if v20 is None else CTLControl(continue_unloading=int(v20)), consignment=consignment, phase_id=phase), at
