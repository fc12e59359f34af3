"""Layouts and readers of cd038c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address01, Address02
from douane.standards.ncts.phase5.generated.carrier import Carrier01
from douane.standards.ncts.phase5.generated.cd038c import CD038C, Consignment14, Endorsement02, Incident02, TransitOperation32
from douane.standards.ncts.phase5.generated.consignee import Consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.location import Location
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transhipment import Transhipment
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01, TransportEquipment05
from douane.standards.ncts.phase5.generated.transport_means import TransportMeans
from douane.standards.ncts.phase5.generated.codec.active_border_transport_means import L_ACTIVE_BORDER_TRANSPORT_MEANS_04, read_active_border_transport_means_04
from douane.standards.ncts.phase5.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, read_additional_information_02
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, read_additional_reference_03
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.carrier import L_CARRIER_02
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_07
from douane.standards.ncts.phase5.generated.codec.consignor import L_CONSIGNOR_08
from douane.standards.ncts.phase5.generated.codec.control_result import L_CONTROL_RESULT_06
from douane.standards.ncts.phase5.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_request import L_CUSTOMS_OFFICE_OF_REQUEST_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_06, read_departure_transport_means_06
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06
from douane.standards.ncts.phase5.generated.codec.house_consignment import L_HOUSE_CONSIGNMENT_12, read_house_consignment_12
from douane.standards.ncts.phase5.generated.codec.location import L_LOCATION_02
from douane.standards.ncts.phase5.generated.codec.place_of_loading import L_PLACE_OF_LOADING_02
from douane.standards.ncts.phase5.generated.codec.place_of_unloading import L_PLACE_OF_UNLOADING_02
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_06, read_previous_document_06
from douane.standards.ncts.phase5.generated.codec.risk_analysis_identification import L_RISK_ANALYSIS_IDENTIFICATION, read_risk_analysis_identification
from douane.standards.ncts.phase5.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_06, read_supporting_document_06
from douane.standards.ncts.phase5.generated.codec.transhipment import L_TRANSHIPMENT_02
from douane.standards.ncts.phase5.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, read_transport_document_02
from douane.standards.ncts.phase5.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_05, L_TRANSPORT_EQUIPMENT_07, read_transport_equipment_05, read_transport_equipment_07
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHA_NUMERIC_MAX512, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, STATUS_CONTENT_TYPE02, SYSTEM_CODE_CONTENT_TYPE, TIRCARNET_NUMBER, UCRREFERENCE_NUMBER70

L_TRANSIT_OPERATION_32 = Layout("TransitOperation", TransitOperation32, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", False, DATE_TYPE), Leaf("releaseDate", "release_date", False, DATE_TYPE),
    Leaf("security", "security", False, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", False, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", False, FLAG),
    Leaf("requestRejectionReasonCode", "request_rejection_reason_code", False, SYSTEM_CODE_CONTENT_TYPE),
    Leaf("status", "status", False, STATUS_CONTENT_TYPE02),
))
L_ENDORSEMENT_02 = Layout("Endorsement", Endorsement02, (
    Leaf("date", "date", True, DATE_TYPE), Leaf("authority", "authority", False, ALPHANUMERIC_MAX35),
    Leaf("place", "place", False, ALPHANUMERIC_MAX35), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))
L_INCIDENT_02 = Layout("Incident", Incident02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, FLAG_CONTENT_TYPE),
    Leaf("text", "text", True, ALPHA_NUMERIC_MAX512), Inner("Endorsement", "endorsement", 0, 1, L_ENDORSEMENT_02),
    Inner("Location", "location", 1, 1, L_LOCATION_02), Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_07),
    Inner("Transhipment", "transhipment", 0, 1, L_TRANSHIPMENT_02),
))
L_CONSIGNMENT_14 = Layout("Consignment", Consignment14, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("Carrier", "carrier", 0, 1, L_CARRIER_02), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_04),
    Inner("PlaceOfLoading", "place_of_loading", 0, 1, L_PLACE_OF_LOADING_02),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_02),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES), Inner("Incident", "incident", 0, 9, L_INCIDENT_02),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_12),
))
L_CD038C = Layout("CD038C", CD038C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_32),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 0, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("CustomsOfficeOfRequest", "customs_office_of_request", 1, 1, L_CUSTOMS_OFFICE_OF_REQUEST_01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 0, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06),
    Inner("ControlResult", "control_result", 0, 1, L_CONTROL_RESULT_06),
    Inner("RiskAnalysisIdentification", "risk_analysis_identification", 0, 1, L_RISK_ANALYSIS_IDENTIFICATION),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_14),
))

_L_INCIDENT_02_0 = run(L_INCIDENT_02, 0, 5)
_L_INCIDENT_02_1 = run(L_INCIDENT_02, 6, 7)
_L_CONSIGNMENT_14_0 = run(L_CONSIGNMENT_14, 0, 10)
_L_CONSIGNMENT_14_1 = run(L_CONSIGNMENT_14, 15, 17)
_L_CONSIGNMENT_14_2 = run(L_CONSIGNMENT_14, 22, 23)
_L_CONSIGNMENT_14_3 = run(L_CONSIGNMENT_14, 25, 25)
_L_CD038C_0 = body(L_CD038C, 0, 9)
_L_CD038C_1 = body(L_CD038C, 11, 14)

def read_incident_02(text: str, starts: Starts, at: int) -> tuple[Incident02, int]:
    found = _L_INCIDENT_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_07, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_INCIDENT_02_1(text, at)
    if found is None: raise Unusual
    v15, v16, v17, v18 = found.groups()
    at = found.end()
    return Incident02(sequence_number=int(v0), code=v1, text=v2, endorsement=None if v3 is None else Endorsement02(date=datetime.date.fromisoformat(v3), authority=v4, place=v5, country=v6), location=Location(qualifier_of_identification=v7, un_locode=v8, country=v9, gnss=None if v10 is None else GNSS(latitude=v10, longitude=v11), address=None if v12 is None else Address01(street_and_number=v12, postcode=v13, city=v14)), transport_equipment=transport_equipment, transhipment=None if v15 is None else Transhipment(container_indicator=v15 == "1", transport_means=TransportMeans(type_of_identification=v16, identification_number=v17, nationality=v18))), at

def read_consignment_14(text: str, starts: Starts, at: int) -> tuple[Consignment14, int]:
    found = _L_CONSIGNMENT_14_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_04, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_14_1(text, at)
    if found is None: raise Unusual
    v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
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
    found = _L_CONSIGNMENT_14_2(text, at)
    if found is None: raise Unusual
    v28 = found[1]
    at = found.end()
    incident: tuple[Incident02, ...] = ()
    if starts("<Incident>", at): incident, at = many(read_incident_02, "<Incident>", 9, text, starts, at)
    house_consignment, at = many(read_house_consignment_12, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_14_3(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment14(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier01(identification_number=v7), consignor=None if v9 is None else Consignor01(identification_number=v8, name=v9, address=Address02(street_and_number=v10, postcode=v11, city=v12, country=v13)), consignee=None if v15 is None else Consignee06(identification_number=v14, name=v15, address=Address02(street_and_number=v16, postcode=v17, city=v18, country=v19)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=None if v20 is None else PlaceOfLoading(un_locode=v21, country=v22, location=v23), place_of_unloading=None if v24 is None else PlaceOfUnloading(un_locode=v25, country=v26, location=v27), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v28 is None else TransportCharges(method_of_payment=v28), incident=incident, house_consignment=house_consignment), at

def read_cd038c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD038C, int]:
    found = _L_CD038C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CD038C_1(text, at)
    if found is None: raise Unusual
    v19, v20, v21, v22, v23, v24, v25, v26, v27, v28, v29 = found.groups()
    at = found.end()
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    if starts("<RiskAnalysisIdentification>", at): risk_analysis_identification, at = read_risk_analysis_identification(text, starts, at)
    consignment: Consignment14 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_14(text, starts, at)
    return CD038C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation32(mrn=v6, declaration_type=v7, tir_carnet_number=v8, declaration_acceptance_date=None if v9 is None else datetime.date.fromisoformat(v9), release_date=None if v10 is None else datetime.date.fromisoformat(v10), security=v11, reduced_dataset_indicator=None if v12 is None else v12 == "1", specific_circumstance_indicator=v13, binding_itinerary=None if v14 is None else v14 == "1", request_rejection_reason_code=v15, status=v16), customs_office_of_departure=None if v17 is None else CustomsOfficeOfDeparture(reference_number=v17), customs_office_of_destination_declared=None if v18 is None else CustomsOfficeOfDestinationDeclared(reference_number=v18), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, customs_office_of_request=CustomsOfficeOfRequest01(reference_number=v19), holder_of_the_transit_procedure=None if v22 is None else HolderOfTheTransitProcedure03(identification_number=v20, tir_holder_identification_number=v21, name=v22, address=Address02(street_and_number=v23, postcode=v24, city=v25, country=v26)), control_result=None if v27 is None else ControlResult04(code=v27, date=datetime.date.fromisoformat(v28), text=v29), risk_analysis_identification=risk_analysis_identification, consignment=consignment, phase_id=phase), at
