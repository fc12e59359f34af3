"""Groups and messages of a phase of NCTS. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from msgspec import Struct

TAGS: dict[str, str] = {
    "acceptance_date_and_time": "acceptanceDateAndTime", "access_code": "accessCode",
    "access_code_current": "accessCodeCurrent", "access_code_new": "accessCodeNew", "action": "Action",
    "active_border_transport_means": "ActiveBorderTransportMeans",
    "additional_declaration_type": "additionalDeclarationType", "additional_identifier": "additionalIdentifier",
    "additional_information": "AdditionalInformation", "additional_reference": "AdditionalReference",
    "additional_supply_chain_actor": "AdditionalSupplyChainActor", "address": "Address",
    "aes_communication_purpose": "AESCommunicationPurpose", "aes_results": "AESResults",
    "agent_in_country_of_competent_authority": "AgentInCountryOfCompetentAuthority",
    "amendment_acceptance_date_and_time": "amendmentAcceptanceDateAndTime",
    "amendment_notification_date_and_time": "amendmentNotificationDateAndTime",
    "amendment_submission_date_and_time": "amendmentSubmissionDateAndTime", "amendment_type_flag": "amendmentTypeFlag",
    "amount_claimed": "amountClaimed", "amount_concerned": "amountConcerned",
    "amount_to_be_covered": "amountToBeCovered", "arrival_date_and_time": "arrivalDateAndTime",
    "arrival_date_and_time_actual": "arrivalDateAndTimeActual",
    "arrival_date_and_time_estimated": "arrivalDateAndTimeEstimated",
    "arrival_notification_date_and_time": "arrivalNotificationDateAndTime", "authorisation": "Authorisation",
    "authorisation_number": "authorisationNumber", "authority": "authority", "balance": "balance",
    "binding_itinerary": "bindingItinerary", "business_rejection_type": "businessRejectionType",
    "cancel_enquiry_notification_date_and_time": "cancelEnquiryNotificationDateAndTime",
    "cancel_enquiry_notification_text": "cancelEnquiryNotificationText", "carrier": "Carrier", "city": "city",
    "code": "code", "collection_date": "collectionDate", "combined_nomenclature_code": "combinedNomenclatureCode",
    "commodity": "Commodity", "commodity_code": "CommodityCode",
    "communication_language_at_departure": "communicationLanguageAtDeparture",
    "communication_language_at_destination": "communicationLanguageAtDestination",
    "competent_customs_office_at_departure": "CompetentCustomsOfficeAtDeparture",
    "competent_customs_office_at_destination": "CompetentCustomsOfficeAtDestination",
    "complement_of_information": "complementOfInformation", "complete_control": "completeControl",
    "comprehensive_guarantee": "ComprehensiveGuarantee", "conform": "conform", "consignee": "Consignee",
    "consignee_actual": "ConsigneeActual", "consignment": "Consignment", "consignment_item": "ConsignmentItem",
    "consignor": "Consignor", "consistency_check_warning": "ConsistencyCheckWarning",
    "contact_details_in_country_of_competent_authority": "contactDetailsInCountryOfCompetentAuthority",
    "contact_person": "ContactPerson", "container_identification_number": "containerIdentificationNumber",
    "container_indicator": "containerIndicator", "continue_unloading": "continueUnloading",
    "control_notification_date_and_time": "controlNotificationDateAndTime", "control_result": "ControlResult",
    "controlled_by": "controlledBy", "conveyance_reference_number": "conveyanceReferenceNumber",
    "copy_given": "copyGiven", "correlation_identifier": "correlationIdentifier", "counter": "counter",
    "country": "country", "country_involved": "CountryInvolved", "country_of_destination": "countryOfDestination",
    "country_of_dispatch": "countryOfDispatch", "country_of_routing_of_consignment": "CountryOfRoutingOfConsignment",
    "covered_amount": "coveredAmount", "ctl_control": "CTLControl", "currency": "currency", "cus_code": "cusCode",
    "customs_office": "CustomsOffice",
    "customs_office_at_border_reference_number": "customsOfficeAtBorderReferenceNumber",
    "customs_office_of_departure": "CustomsOfficeOfDeparture",
    "customs_office_of_destination": "CustomsOfficeOfDestination",
    "customs_office_of_destination_actual": "CustomsOfficeOfDestinationActual",
    "customs_office_of_destination_declared": "CustomsOfficeOfDestinationDeclared",
    "customs_office_of_enquiry_at_departure": "CustomsOfficeOfEnquiryAtDeparture",
    "customs_office_of_exit": "CustomsOfficeOfExit",
    "customs_office_of_exit_for_transit": "CustomsOfficeOfExitForTransit",
    "customs_office_of_exit_for_transit_actual": "CustomsOfficeOfExitForTransitActual",
    "customs_office_of_exit_for_transit_declared": "CustomsOfficeOfExitForTransitDeclared",
    "customs_office_of_guarantee": "CustomsOfficeOfGuarantee",
    "customs_office_of_incident_registration": "CustomsOfficeOfIncidentRegistration",
    "customs_office_of_recovery": "CustomsOfficeOfRecovery",
    "customs_office_of_recovery_at_departure": "CustomsOfficeOfRecoveryAtDeparture",
    "customs_office_of_recovery_requested": "CustomsOfficeOfRecoveryRequested",
    "customs_office_of_recovery_requesting": "CustomsOfficeOfRecoveryRequesting",
    "customs_office_of_request": "CustomsOfficeOfRequest", "customs_office_of_transit": "CustomsOfficeOfTransit",
    "customs_office_of_transit_actual": "CustomsOfficeOfTransitActual",
    "customs_office_of_transit_declared": "CustomsOfficeOfTransitDeclared", "dangerous_goods": "DangerousGoods",
    "date": "date", "decision": "decision", "decision_date_and_time": "decisionDateAndTime",
    "declaration_acceptance_date": "declarationAcceptanceDate",
    "declaration_goods_item_number": "declarationGoodsItemNumber",
    "declaration_submission_date_and_time": "declarationSubmissionDateAndTime", "declaration_type": "declarationType",
    "departure_transport_means": "DepartureTransportMeans", "description": "description",
    "description_of_goods": "descriptionOfGoods", "discrepancies_notification_date": "discrepanciesNotificationDate",
    "discrepancies_notification_text": "discrepanciesNotificationText",
    "discrepancies_resolved": "discrepanciesResolved", "document_line_item_number": "documentLineItemNumber",
    "document_type": "documentType", "e_mail_address": "eMailAddress", "economic_operator": "EconomicOperator",
    "end_date_and_time": "endDateAndTime", "endorsement": "Endorsement", "enquiry": "Enquiry",
    "enquiry_request_date": "enquiryRequestDate", "enquiry_response_date": "enquiryResponseDate",
    "error_code": "errorCode", "error_column_number": "errorColumnNumber", "error_line_number": "errorLineNumber",
    "error_pointer": "errorPointer", "error_reason": "errorReason", "error_text": "errorText",
    "evaluated_message": "EvaluatedMessage", "expiry_date": "expiryDate", "explanation": "explanation",
    "export_declaration_goods_item_number": "exportDeclarationGoodsItemNumber", "export_operation": "ExportOperation",
    "exposure": "Exposure", "exposure_counter": "exposureCounter", "fallback": "Fallback", "flag": "flag",
    "functional_error": "FunctionalError", "functionality": "functionality",
    "global_validation_response": "globalValidationResponse", "gnss": "GNSS", "goods_item": "GoodsItem",
    "goods_item_number": "goodsItemNumber", "goods_measure": "GoodsMeasure", "goods_reference": "GoodsReference",
    "goods_shipment": "GoodsShipment", "grn": "GRN", "gross_mass": "grossMass", "guarantee": "Guarantee",
    "guarantee_amount": "guaranteeAmount", "guarantee_monitoring_code": "guaranteeMonitoringCode",
    "guarantee_not_valid_for_country": "guaranteeNotValidForCountry", "guarantee_not_valid_in": "guaranteeNotValidIn",
    "guarantee_query": "GuaranteeQuery", "guarantee_reference": "GuaranteeReference",
    "guarantee_type": "guaranteeType", "guarantor": "Guarantor", "guarantor_notification": "GuarantorNotification",
    "guarantor_notification_date": "guarantorNotificationDate",
    "guarantor_notification_text": "guarantorNotificationText",
    "harmonized_system_sub_heading_code": "harmonizedSystemSubHeadingCode", "header": "Header",
    "holder_of_the_transit_procedure": "HolderOfTheTransitProcedure", "house_consignment": "HouseConsignment",
    "house_number": "houseNumber", "identification_number": "identificationNumber", "identifier": "identifier",
    "incident": "Incident", "incident_flag": "incidentFlag",
    "incident_notification_date_and_time": "incidentNotificationDateAndTime",
    "individual_guarantee_by_guarantor": "IndividualGuaranteeByGuarantor",
    "individual_guarantee_voucher": "IndividualGuaranteeVoucher",
    "information_available_from_trader": "informationAvailableFromTrader", "information_code": "informationCode",
    "initiated_by_customs": "initiatedByCustoms", "inland_mode_of_transport": "inlandModeOfTransport",
    "invalid_guarantee_reason": "InvalidGuaranteeReason", "invalidation": "Invalidation",
    "invalidity_date": "invalidityDate", "invalidity_reason_code": "invalidityReasonCode",
    "invalidity_reason_text": "invalidityReasonText", "issue_date": "issueDate", "justification": "justification",
    "latitude": "latitude", "liability_liberation_date": "liabilityLiberationDate", "limit_date": "limitDate",
    "limit_for_response_date": "limitForResponseDate",
    "limit_for_the_enquiry_response_date": "limitForTheEnquiryResponseDate", "location": "Location",
    "location_of_goods": "LocationOfGoods", "lock_date": "lockDate", "longitude": "longitude", "lrn": "LRN",
    "master_access_code": "masterAccessCode", "measurement_unit_and_qualifier": "measurementUnitAndQualifier",
    "message_identification": "messageIdentification", "message_recipient": "messageRecipient",
    "message_sender": "messageSender", "message_type": "messageType", "method_of_payment": "methodOfPayment",
    "mode_of_transport_at_the_border": "modeOfTransportAtTheBorder", "month": "month", "mrn": "MRN", "name": "name",
    "nationality": "nationality", "net_mass": "netMass", "no_release_motivation_code": "noReleaseMotivationCode",
    "no_release_motivation_text": "noReleaseMotivationText", "notification_type": "notificationType",
    "number_of_certificates": "numberOfCertificates", "number_of_packages": "numberOfPackages",
    "number_of_seals": "numberOfSeals", "operation": "operation", "original_attribute_value": "originalAttributeValue",
    "other_country": "otherCountry", "other_guarantee_reference": "otherGuaranteeReference",
    "other_things_to_report": "otherThingsToReport", "owner": "Owner", "packaging": "Packaging",
    "passage_date": "passageDate", "percentage_of_reference_amount": "percentageOfReferenceAmount",
    "period_from_date": "periodFromDate", "period_to_date": "periodToDate", "phase_id": "PhaseID",
    "phone_number": "phoneNumber", "place": "place", "place_of_loading": "PlaceOfLoading",
    "place_of_unloading": "PlaceOfUnloading", "postcode": "postcode", "postcode_address": "PostcodeAddress",
    "preparation_date_and_time": "preparationDateAndTime",
    "presentation_of_the_goods_date_and_time": "presentationOfTheGoodsDateAndTime",
    "previous_document": "PreviousDocument", "qualifier_of_identification": "qualifierOfIdentification",
    "quantity": "quantity", "query_identifier": "queryIdentifier", "recovery": "Recovery",
    "recovery_acceptance": "recoveryAcceptance", "recovery_communication_date": "recoveryCommunicationDate",
    "recovery_notification": "RecoveryNotification", "recovery_notification_date": "recoveryNotificationDate",
    "recovery_notification_text": "recoveryNotificationText", "reduced_dataset_indicator": "reducedDatasetIndicator",
    "reference_amount": "referenceAmount", "reference_number": "referenceNumber",
    "reference_number_ucr": "referenceNumberUCR", "rejection_code": "rejectionCode",
    "rejection_date_and_time": "rejectionDateAndTime", "rejection_reason": "rejectionReason",
    "release_date": "releaseDate", "release_indicator": "releaseIndicator",
    "release_request_date_and_time": "releaseRequestDateAndTime", "release_requested": "releaseRequested",
    "release_type": "releaseType", "remark": "remark", "representative": "Representative",
    "request_date_and_time": "requestDateAndTime",
    "request_on_non_arrived_movement_date": "requestOnNonArrivedMovementDate",
    "request_rejection_reason_code": "requestRejectionReasonCode", "requested_document": "RequestedDocument",
    "requested_information": "RequestedInformation", "requester": "Requester", "response_code": "responseCode",
    "response_date_and_time": "responseDateAndTime", "response_information": "ResponseInformation",
    "restricted_use_for_suspended_goods": "restrictedUseForSuspendedGoods",
    "restricted_use_suspended_goods": "restrictedUseSuspendedGoods", "result_indicator": "resultIndicator",
    "return_copy_returned_date": "returnCopyReturnedDate", "risk_analysis": "RiskAnalysis",
    "risk_analysis_identification": "RiskAnalysisIdentification", "risk_analysis_result": "RiskAnalysisResult",
    "risk_area_code": "riskAreaCode", "role": "role", "seal": "Seal", "security": "security",
    "security_indicator_from_export_declaration": "securityIndicatorFromExportDeclaration",
    "sending_country": "SendingCountry", "sequence_number": "sequenceNumber", "series_elements": "SeriesElements",
    "shipping_marks": "shippingMarks", "simplified_procedure": "simplifiedProcedure",
    "specific_circumstance_indicator": "specificCircumstanceIndicator", "start_date_and_time": "startDateAndTime",
    "state_of_seals": "stateOfSeals", "statistical_characteristics": "StatisticalCharacteristics",
    "statistics_type": "statisticsType", "statistics_type_support": "statisticsTypeSupport", "status": "status",
    "street_and_number": "streetAndNumber", "supplementary_units": "supplementaryUnits",
    "supporting_document": "SupportingDocument", "system_applicability": "SystemApplicability",
    "system_code": "systemCode", "tc11_delivery_date": "TC11DeliveryDate", "text": "text", "tir_carnet": "TIRCarnet",
    "tir_carnet_number": "TIRCarnetNumber", "tir_holder_identification_number": "TIRHolderIdentificationNumber",
    "trader_at_destination": "TraderAtDestination", "transhipment": "Transhipment",
    "transit_declaration_goods_item_number": "transitDeclarationGoodsItemNumber",
    "transit_operation": "TransitOperation", "transit_procedure_category": "transitProcedureCategory",
    "transport_charges": "TransportCharges", "transport_document": "TransportDocument",
    "transport_equipment": "TransportEquipment", "transport_means": "TransportMeans", "type": "type",
    "type_of_controls": "TypeOfControls", "type_of_identification": "typeOfIdentification",
    "type_of_location": "typeOfLocation", "type_of_packages": "typeOfPackages", "un_locode": "UNLocode",
    "un_number": "UNNumber", "unavailability": "Unavailability", "unloading_completion": "unloadingCompletion",
    "unloading_date": "unloadingDate", "unloading_remark": "UnloadingRemark", "usage": "Usage",
    "usage_cancellation_date": "usageCancellationDate", "validity_date": "validityDate",
    "validity_end_date": "validityEndDate", "validity_limitation": "ValidityLimitation",
    "validity_start_date": "validityStartDate", "voucher_amount": "voucherAmount", "warning_code": "warningCode",
    "warning_pointer": "warningPointer", "write_off_date": "writeOffDate", "xml_error": "XMLError", "year": "year",
}
"""The XML tag of each field."""


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A data group, part of a message: fields named for their tags, in the order of the schema."""


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A whole message; the class is named for its root element."""

    phase_id: str | None = None


class PreviousDocument05(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType05; in CC191C."""
    type: str
    reference_number: str


class GoodsItem(Group, frozen=True, kw_only=True, gc=False):
    """GoodsItemType; in CC191C."""
    export_declaration_goods_item_number: int
    transit_declaration_goods_item_number: int
    previous_document: PreviousDocument05


class GoodsShipment(Group, frozen=True, kw_only=True, gc=False):
    """GoodsShipmentType; in CC191C."""
    goods_item: tuple[GoodsItem, ...]


class ExportOperation05(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType05; in CC191C."""
    sequence_number: int
    mrn: str
    security: str
    result_indicator: str
    goods_shipment: GoodsShipment | None = None


class AESResults(Group, frozen=True, kw_only=True, gc=False):
    """AESResultsType; in CC191C."""
    aes_communication_purpose: str
    response_date_and_time: datetime.datetime
    global_validation_response: bool
    export_operation: tuple[ExportOperation05, ...]


class AccessCode01(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType01; in CC026C."""
    access_code_current: str | None = None
    access_code_new: str | None = None


class AccessCode02(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType02; in CC034C."""
    access_code: str


class Fallback(Group, frozen=True, kw_only=True, gc=False):
    """FallbackType; in CD070C, CD071C, CD971C."""
    flag: str
    text: str | None = None


class Unavailability(Group, frozen=True, kw_only=True, gc=False):
    """UnavailabilityType; in CD070C, CD071C, CD971C."""
    sequence_number: int
    type: str
    functionality: str
    start_date_and_time: datetime.datetime
    end_date_and_time: datetime.datetime | None = None
    explanation: str
    text: str | None = None
    fallback: Fallback | None = None


class Action(Group, frozen=True, kw_only=True, gc=False):
    """ActionType; in CD070C, CD071C, CD971C."""
    sequence_number: int
    operation: str
    unavailability: tuple[Unavailability, ...]


class ActiveBorderTransportMeans01(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType01, ActiveBorderTransportMeansType03; in CC017C, CC029C, CC170C."""
    sequence_number: int
    customs_office_at_border_reference_number: str
    type_of_identification: str
    identification_number: str
    nationality: str
    conveyance_reference_number: str | None = None


class ActiveBorderTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType02, ActiveBorderTransportMeansType04; in 9 messages."""
    sequence_number: int
    customs_office_at_border_reference_number: str | None = None
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None
    conveyance_reference_number: str | None = None


class AdditionalInformation01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType01; in CC017C."""
    sequence_number: int
    code: str
    text: str | None = None
    complete_control: bool


class AdditionalInformation02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType02, AdditionalInformationType03; in 12 messages."""
    sequence_number: int
    code: str
    text: str | None = None


class AdditionalReference01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType01, AdditionalReferenceType06; in CC017C, CC044C, CD018C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None


class AdditionalReference02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType02, AdditionalReferenceType03, AdditionalReferenceType04, AdditionalReferenceType05; in 12 messages."""
    sequence_number: int
    type: str
    reference_number: str | None = None


class AdditionalSupplyChainActor(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalSupplyChainActorType; in 12 messages."""
    sequence_number: int
    role: str
    identification_number: str


class Address01(Group, frozen=True, kw_only=True, gc=False):
    """AddressType01, AddressType18; in 9 messages."""
    street_and_number: str
    postcode: str | None = None
    city: str


class Address02(Group, frozen=True, kw_only=True, gc=False):
    """AddressType02, AddressType03, AddressType04, AddressType05, AddressType07, AddressType08, AddressType09, AddressType10, AddressType12, AddressType13, AddressType14, AddressType15, AddressType16, AddressType17, AddressType19, AddressType20; in 41 messages."""
    street_and_number: str
    postcode: str | None = None
    city: str
    country: str


class Address06(Group, frozen=True, kw_only=True, gc=False):
    """AddressType06; in CC228C."""
    postcode: str | None = None
    city: str
    country: str


class Address11(Group, frozen=True, kw_only=True, gc=False):
    """AddressType11; in CD150C, CD151C."""
    street_and_number: str
    postcode: str | None = None
    city: str
    country: str | None = None


class ContactPerson03(Group, frozen=True, kw_only=True, gc=False):
    """ContactPersonType03; in CD150C, CD151C."""
    name: str
    phone_number: str | None = None
    e_mail_address: str | None = None


class AgentInCountryOfCompetentAuthority(Group, frozen=True, kw_only=True, gc=False):
    """AgentInCountryOfCompetentAuthorityType; in CD150C, CD151C."""
    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson03 | None = None


class Authorisation(Group, frozen=True, kw_only=True, gc=False):
    """AuthorisationType01, AuthorisationType02, AuthorisationType03; in CC007C, CC013C, CC015C, CC029C."""
    sequence_number: int
    type: str
    reference_number: str


class TransitOperation01(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType01; in CC004C."""
    lrn: str | None = None
    mrn: str | None = None
    amendment_submission_date_and_time: datetime.datetime
    amendment_acceptance_date_and_time: datetime.datetime


class CustomsOfficeOfDeparture(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDepartureType01, CustomsOfficeOfDepartureType02, CustomsOfficeOfDepartureType03; in 54 messages."""
    reference_number: str


class HolderOfTheTransitProcedure08(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType08, HolderOfTheTransitProcedureType15, HolderOfTheTransitProcedureType19, HolderOfTheTransitProcedureType20; in 14 messages."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class CC004C(Message, frozen=True, kw_only=True, gc=False):
    """IE004: Amendment accepted."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class TransitOperation02(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType02; in CC007C."""
    mrn: str
    arrival_notification_date_and_time: datetime.datetime
    simplified_procedure: bool
    incident_flag: bool


class CustomsOfficeOfDestinationActual(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationActualType01, CustomsOfficeOfDestinationActualType02, CustomsOfficeOfDestinationActualType03; in 13 messages."""
    reference_number: str


class TraderAtDestination01(Group, frozen=True, kw_only=True, gc=False):
    """TraderAtDestinationType01; in CC007C."""
    identification_number: str
    communication_language_at_destination: str | None = None


class CustomsOffice(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeType01, CustomsOfficeType02; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    reference_number: str


class GNSS(Group, frozen=True, kw_only=True, gc=False):
    """GNSSType; in 14 messages."""
    latitude: str
    longitude: str


class EconomicOperator(Group, frozen=True, kw_only=True, gc=False):
    """EconomicOperatorType01, EconomicOperatorType02, EconomicOperatorType03; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    identification_number: str


class PostcodeAddress(Group, frozen=True, kw_only=True, gc=False):
    """PostcodeAddressType01, PostcodeAddressType02; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    house_number: str | None = None
    postcode: str
    country: str


class ContactPerson01(Group, frozen=True, kw_only=True, gc=False):
    """ContactPersonType01, ContactPersonType02, ContactPersonType04, ContactPersonType05, ContactPersonType06; in 18 messages."""
    name: str
    phone_number: str
    e_mail_address: str | None = None


class LocationOfGoods(Group, frozen=True, kw_only=True, gc=False):
    """LocationOfGoodsType01, LocationOfGoodsType02, LocationOfGoodsType03, LocationOfGoodsType04, LocationOfGoodsType05; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    type_of_location: str
    qualifier_of_identification: str
    authorisation_number: str | None = None
    additional_identifier: str | None = None
    un_locode: str | None = None
    customs_office: CustomsOffice | None = None
    gnss: GNSS | None = None
    economic_operator: EconomicOperator | None = None
    address: Address02 | None = None
    postcode_address: PostcodeAddress | None = None
    contact_person: ContactPerson01 | None = None


class Endorsement01(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType01, EndorsementType03; in 8 messages."""
    date: datetime.date
    authority: str
    place: str
    country: str


class Location(Group, frozen=True, kw_only=True, gc=False):
    """LocationType01, LocationType02; in 9 messages."""
    qualifier_of_identification: str
    un_locode: str | None = None
    country: str
    gnss: GNSS | None = None
    address: Address01 | None = None


class Seal02(Group, frozen=True, kw_only=True, gc=False):
    """SealType02, SealType04, SealType05; in 18 messages."""
    sequence_number: int
    identifier: str


class GoodsReference(Group, frozen=True, kw_only=True, gc=False):
    """GoodsReferenceType01, GoodsReferenceType02; in 20 messages."""
    sequence_number: int
    declaration_goods_item_number: int


class TransportEquipment01(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType01, TransportEquipmentType03, TransportEquipmentType07; in 10 messages."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()


class TransportMeans(Group, frozen=True, kw_only=True, gc=False):
    """TransportMeansType01, TransportMeansType02; in 9 messages."""
    type_of_identification: str
    identification_number: str
    nationality: str


class Transhipment(Group, frozen=True, kw_only=True, gc=False):
    """TranshipmentType01, TranshipmentType02; in 9 messages."""
    container_indicator: bool
    transport_means: TransportMeans


class Incident01(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType01, IncidentType03, IncidentType04; in 8 messages."""
    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement01 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None


class Consignment01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType01; in CC007C."""
    location_of_goods: LocationOfGoods
    incident: tuple[Incident01, ...] = ()


class CC007C(Message, frozen=True, kw_only=True, gc=False):
    """IE007: Trader notifies arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation02
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination01
    consignment: Consignment01


class TransitOperation03(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType03, TransitOperationType05, TransitOperationType25; in CC009C, CC014C, CC191C."""
    lrn: str | None = None
    mrn: str | None = None


class Invalidation01(Group, frozen=True, kw_only=True, gc=False):
    """InvalidationType01, InvalidationType02; in CC009C, CC014C."""
    request_date_and_time: datetime.datetime | None = None
    decision_date_and_time: datetime.datetime | None = None
    decision: bool | None = None
    initiated_by_customs: bool
    justification: str | None = None


class HolderOfTheTransitProcedure02(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType02, HolderOfTheTransitProcedureType05, HolderOfTheTransitProcedureType13, HolderOfTheTransitProcedureType14; in CC009C, CC013C, CC014C, CC015C, CC029C, CC060C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson01 | None = None


class CC009C(Message, frozen=True, kw_only=True, gc=False):
    """IE009: Decision on an invalidation."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    invalidation: Invalidation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02


class TransitOperation04(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType04; in CC013C."""
    lrn: str | None = None
    mrn: str | None = None
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    presentation_of_the_goods_date_and_time: datetime.datetime | None = None
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool
    amendment_type_flag: bool
    limit_date: datetime.date | None = None


class CustomsOfficeOfDestinationDeclared(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationDeclaredType01, CustomsOfficeOfDestinationDeclaredType02, CustomsOfficeOfDestinationDeclaredType03; in 18 messages."""
    reference_number: str


class CustomsOfficeOfTransitDeclared01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType01, CustomsOfficeOfTransitDeclaredType02, CustomsOfficeOfTransitDeclaredType04; in 11 messages."""
    sequence_number: int
    reference_number: str
    arrival_date_and_time_estimated: datetime.datetime | None = None


class CustomsOfficeOfExitForTransitDeclared(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitDeclaredType01, CustomsOfficeOfExitForTransitDeclaredType02, CustomsOfficeOfExitForTransitDeclaredType03; in 15 messages."""
    sequence_number: int
    reference_number: str


class Representative02(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType02, RepresentativeType04, RepresentativeType05; in CC013C, CC015C, CC029C, CC060C, CC170C."""
    identification_number: str
    status: str
    contact_person: ContactPerson01 | None = None


class GuaranteeReference03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType03; in CC013C, CC015C."""
    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal | None = None
    currency: str | None = None


class Guarantee01(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType01; in CC013C."""
    sequence_number: int
    guarantee_type: str | None = None
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference03, ...] = ()


class Carrier03(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType03, CarrierType04; in CC013C, CC015C, CC029C."""
    identification_number: str
    contact_person: ContactPerson01 | None = None


class Consignor03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType03, ConsignorType04, ConsignorType07; in CC013C, CC015C, CC029C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson01 | None = None


class Consignee01(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeType01, ConsigneeType02, ConsigneeType03, ConsigneeType04, ConsigneeType05; in CC013C, CC015C, CC017C, CC029C, CC043C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class TransportEquipment05(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType05, TransportEquipmentType06; in 13 messages."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()


class DepartureTransportMeans01(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType01, DepartureTransportMeansType03, DepartureTransportMeansType04, DepartureTransportMeansType06; in 13 messages."""
    sequence_number: int
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None


class CountryOfRoutingOfConsignment(Group, frozen=True, kw_only=True, gc=False):
    """CountryOfRoutingOfConsignmentType01, CountryOfRoutingOfConsignmentType02; in 13 messages."""
    sequence_number: int
    country: str


class PlaceOfLoading(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"location": "location"}}):
    """PlaceOfLoadingType01, PlaceOfLoadingType02, PlaceOfLoadingType03, PlaceOfLoadingType04; in 12 messages."""
    un_locode: str | None = None
    country: str | None = None
    location: str | None = None


class PlaceOfUnloading(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"location": "location"}}):
    """PlaceOfUnloadingType01, PlaceOfUnloadingType02; in 11 messages."""
    un_locode: str | None = None
    country: str | None = None
    location: str | None = None


class PreviousDocument06(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType06, PreviousDocumentType07, PreviousDocumentType09, PreviousDocumentType10; in 13 messages."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None


class SupportingDocument05(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType05, SupportingDocumentType06; in 11 messages."""
    sequence_number: int
    type: str
    reference_number: str
    document_line_item_number: int | None = None
    complement_of_information: str | None = None


class TransportDocument02(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType02, TransportDocumentType04; in 13 messages."""
    sequence_number: int
    type: str
    reference_number: str


class TransportCharges(Group, frozen=True, kw_only=True, gc=False):
    """TransportChargesType; in 11 messages."""
    method_of_payment: str


class DepartureTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType02, DepartureTransportMeansType05; in 13 messages."""
    sequence_number: int
    type_of_identification: str
    identification_number: str
    nationality: str


class CommodityCode(Group, frozen=True, kw_only=True, gc=False):
    """CommodityCodeType01, CommodityCodeType02, CommodityCodeType03, CommodityCodeType04, CommodityCodeType05, CommodityCodeType06; in 19 messages."""
    harmonized_system_sub_heading_code: str
    combined_nomenclature_code: str | None = None


class DangerousGoods01(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType01; in 13 messages."""
    sequence_number: int
    un_number: str


class GoodsMeasure02(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType02; in CC013C, CC015C."""
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
    supplementary_units: Decimal | None = None


class Commodity07(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType07; in CC013C, CC015C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure02 | None = None


class Packaging02(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType02, PackagingType03; in 13 messages."""
    sequence_number: int
    type_of_packages: str
    number_of_packages: int | None = None
    shipping_marks: str | None = None


class PreviousDocument03(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType03, PreviousDocumentType08; in CC013C, CC015C, CC029C."""
    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    measurement_unit_and_qualifier: str | None = None
    quantity: Decimal | None = None
    complement_of_information: str | None = None


class ConsignmentItem09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType09; in CC013C, CC015C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity07
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None


class HouseConsignment10(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType10; in CC013C, CC015C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem09, ...]


class Consignment20(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType20; in CC013C, CC015C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier03 | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment10, ...]


class CC013C(Message, frozen=True, kw_only=True, gc=False):
    """IE013: Trader amends a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation04
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee01, ...]
    consignment: Consignment20


class CC014C(Message, frozen=True, kw_only=True, gc=False):
    """IE014: Trader asks to invalidate a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    invalidation: Invalidation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02


class TransitOperation06(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType06; in CC015C."""
    lrn: str
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    presentation_of_the_goods_date_and_time: datetime.datetime | None = None
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool
    limit_date: datetime.date | None = None


class Guarantee02(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType02; in CC015C."""
    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference03, ...] = ()


class CC015C(Message, frozen=True, kw_only=True, gc=False):
    """IE015: Transit declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation06
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee02, ...]
    consignment: Consignment20


class TransitOperation07(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType07; in CC017C."""
    mrn: str
    declaration_type: str
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool
    release_requested: bool | None = None
    release_request_date_and_time: datetime.datetime | None = None
    other_things_to_report: str | None = None


class HolderOfTheTransitProcedure03(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType03, HolderOfTheTransitProcedureType06, HolderOfTheTransitProcedureType11, HolderOfTheTransitProcedureType16; in CC017C, CC043C, CD001C, CD003C, CD038C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str
    address: Address02


class ControlResult01(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType01; in CC017C."""
    code: str
    date: datetime.date
    controlled_by: str
    remark: str | None = None
    text: str | None = None


class Carrier01(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType01, CarrierType02; in 8 messages."""
    identification_number: str


class Consignor01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType01, ConsignorType02, ConsignorType08, ConsignorType09; in 9 messages."""
    identification_number: str | None = None
    name: str
    address: Address02


class Seal01(Group, frozen=True, kw_only=True, gc=False):
    """SealType01, SealType03; in CC017C, CD018C."""
    sequence_number: int
    identifier: str | None = None


class TransportEquipment02(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType02, TransportEquipmentType04; in CC017C, CD018C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()


class PreviousDocument02(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType02; in CC017C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None
    complete_control: bool


class SupportingDocument01(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType01; in CC017C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None
    complete_control: bool


class TransportDocument01(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType01, TransportDocumentType03; in CC017C, CC044C, CD018C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None


class DangerousGoods02(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType02; in CC017C, CD018C."""
    sequence_number: int
    un_number: str | None = None


class GoodsMeasure04(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType04, GoodsMeasureType05; in 11 messages."""
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None


class Commodity01(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType01, CommodityType06; in CC017C, CD018C."""
    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    goods_measure: GoodsMeasure04 | None = None


class Packaging01(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType01, PackagingType04; in CC017C, CC044C, CD018C."""
    sequence_number: int
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    shipping_marks: str | None = None


class PreviousDocument01(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType01; in CC017C."""
    sequence_number: int
    type: str | None = None
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None
    complete_control: bool


class ConsignmentItem01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType01; in CC017C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    previous_document: tuple[PreviousDocument01, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None


class HouseConsignment01(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType01; in CC017C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem01, ...] = ()


class Consignment02(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType02; in CC017C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument02, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment01, ...] = ()


class CC017C(Message, frozen=True, kw_only=True, gc=False):
    """IE017: Results of control at departure."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation07
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03
    control_result: ControlResult01
    consignment: Consignment02 | None = None


class TransitOperation08(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType08; in CC019C."""
    mrn: str
    discrepancies_notification_date: datetime.date
    discrepancies_notification_text: str | None = None


class Guarantor06(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType06; in CC019C, CC023C, CC035C, CC045C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class CC019C(Message, frozen=True, kw_only=True, gc=False):
    """IE019: Discrepancies found."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation08
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class TransitOperation09(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType09; in CC022C."""
    mrn: str
    amendment_notification_date_and_time: datetime.datetime


class FunctionalError01(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType01; in CC022C."""
    sequence_number: int
    error_pointer: str | None = None
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None


class CC022C(Message, frozen=True, kw_only=True, gc=False):
    """IE022: Trader is told to amend."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation09
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    functional_error: tuple[FunctionalError01, ...] = ()


class TransitOperation48(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType48; in CC023C, CC035C, CC055C, CD200C, CD203C."""
    mrn: str
    declaration_acceptance_date: datetime.date


class CustomsOfficeOfRecoveryAtDeparture01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType01; in CC023C, CC035C, CC048C, CD063C."""
    reference_number: str


class GuarantorNotification(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorNotificationType; in CC023C."""
    guarantor_notification_date: datetime.date
    guarantor_notification_text: str | None = None


class CC023C(Message, frozen=True, kw_only=True, gc=False):
    """IE023: Guarantor is notified."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    guarantor_notification: GuarantorNotification


class TransitOperation10(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType10; in CC025C."""
    mrn: str
    release_date: datetime.date
    release_indicator: str


class TraderAtDestination02(Group, frozen=True, kw_only=True, gc=False):
    """TraderAtDestinationType02, TraderAtDestinationType03; in CC025C, CC043C, CC044C, CC057C."""
    identification_number: str


class GoodsMeasure03(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType03; in CC025C, CC029C, CC043C."""
    gross_mass: Decimal
    net_mass: Decimal | None = None


class CustomCommodity02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_CommodityType02, CUSTOM_CommodityType08; in CC025C, CC029C, CC043C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure03 | None = None


class CustomConsignmentItem02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType02; in CC025C."""
    goods_item_number: int
    declaration_goods_item_number: int
    release_type: str
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]


class CustomHouseConsignment02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType02; in CC025C."""
    sequence_number: int
    release_type: str
    consignment_item: tuple[CustomConsignmentItem02, ...] = ()


class CustomConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType03; in CC025C."""
    house_consignment: tuple[CustomHouseConsignment02, ...]


class CC025C(Message, frozen=True, kw_only=True, gc=False):
    """IE025: Goods released at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation10
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    consignment: CustomConsignment03 | None = None


class HolderOfTheTransitProcedure04(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType04, HolderOfTheTransitProcedureType07, HolderOfTheTransitProcedureType09, HolderOfTheTransitProcedureType10; in CC026C, CC055C, CC224C, CC228C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class CustomsOfficeOfGuarantee(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfGuaranteeType01, CustomsOfficeOfGuaranteeType02; in 11 messages."""
    reference_number: str


class GuaranteeReference05(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType05; in CC026C."""
    grn: str
    master_access_code: str
    access_code: AccessCode01


class CC026C(Message, frozen=True, kw_only=True, gc=False):
    """IE026: Access codes of a guarantee."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: GuaranteeReference05


class TransitOperation11(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType11; in CC028C."""
    lrn: str
    mrn: str
    declaration_acceptance_date: datetime.date


class CC028C(Message, frozen=True, kw_only=True, gc=False):
    """IE028: MRN given to a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation11
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class TransitOperation12(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType12; in CC029C."""
    lrn: str
    mrn: str
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool


class ControlResult02(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType02; in CC029C."""
    code: str
    date: datetime.date
    controlled_by: str
    text: str | None = None


class GuaranteeReference01(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType01; in CC029C."""
    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal
    currency: str


class Guarantee03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType03; in CC029C."""
    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()


class CustomConsignmentItem03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType03; in CC029C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None


class CustomHouseConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType03; in CC029C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[CustomConsignmentItem03, ...]


class CustomConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType04; in CC029C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier03 | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[CustomHouseConsignment03, ...]


class CC029C(Message, frozen=True, kw_only=True, gc=False):
    """IE029: Released for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation12
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    control_result: ControlResult02 | None = None
    guarantee: tuple[Guarantee03, ...]
    consignment: CustomConsignment04


class Requester(Group, frozen=True, kw_only=True, gc=False):
    """RequesterType01, RequesterType02; in CC034C, CC037C."""
    identification_number: str
    role: str


class GuaranteeQuery(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeQueryType; in CC034C, CC037C."""
    query_identifier: str
    period_from_date: datetime.date | None = None
    period_to_date: datetime.date | None = None


class Owner01(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType01; in CC034C."""
    identification_number: str


class GuaranteeReference06(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType06; in CC034C."""
    sequence_number: int
    grn: str
    guarantee_query: GuaranteeQuery
    owner: Owner01 | None = None
    access_code: AccessCode02


class CC034C(Message, frozen=True, kw_only=True, gc=False):
    """IE034: Question about guarantees."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    requester: Requester
    guarantee_reference: tuple[GuaranteeReference06, ...]


class RecoveryNotification(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryNotificationType; in CC035C."""
    recovery_notification_date: datetime.date | None = None
    recovery_notification_text: str | None = None
    amount_claimed: Decimal
    currency: str


class CC035C(Message, frozen=True, kw_only=True, gc=False):
    """IE035: Recovery notified."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    recovery_notification: RecoveryNotification
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class Owner02(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType02; in CC037C."""
    identification_number: str
    name: str
    address: Address02


class Usage(Group, frozen=True, kw_only=True, gc=False):
    """UsageType; in CC037C."""
    sequence_number: int
    mrn: str
    covered_amount: Decimal
    currency: str
    lock_date: datetime.date
    arrival_date_and_time: datetime.datetime | None = None
    release_date: datetime.date | None = None


class Exposure(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"exposure": "exposure"}}):
    """ExposureType; in CC037C."""
    exposure: Decimal
    exposure_counter: int
    balance: Decimal | None = None
    currency: str


class Guarantor01(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType01; in CC037C."""
    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson01 | None = None


class ValidityLimitation(Group, frozen=True, kw_only=True, gc=False):
    """ValidityLimitationType; in CC037C, CD201C, CD205C."""
    sequence_number: int
    guarantee_not_valid_in: str


class ComprehensiveGuarantee(Group, frozen=True, kw_only=True, gc=False):
    """ComprehensiveGuaranteeType; in CC037C."""
    reference_amount: Decimal | None = None
    percentage_of_reference_amount: int | None = None
    guarantee_amount: Decimal
    currency: str
    number_of_certificates: int
    validity_start_date: datetime.date
    validity_end_date: datetime.date | None = None
    invalidity_reason_code: str | None = None
    invalidity_reason_text: str | None = None
    liability_liberation_date: datetime.date | None = None
    restricted_use_for_suspended_goods: bool
    validity_limitation: tuple[ValidityLimitation, ...] = ()


class CustomsOfficeOfDestination(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationType01, CustomsOfficeOfDestinationType02; in CC037C, CC042C, CC048C, CD094C, CD095C."""
    reference_number: str


class IndividualGuaranteeByGuarantor(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeByGuarantorType; in CC037C."""
    guarantee_amount: Decimal
    currency: str
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination


class IndividualGuaranteeVoucher(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeVoucherType; in CC037C."""
    issue_date: datetime.date
    expiry_date: datetime.date
    copy_given: bool
    tir_carnet: bool
    voucher_amount: Decimal | None = None
    currency: str | None = None


class GuaranteeReference07(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType07; in CC037C."""
    sequence_number: int
    grn: str
    acceptance_date_and_time: datetime.datetime
    guarantee_type: str
    guarantee_monitoring_code: str
    guarantee_query: GuaranteeQuery
    owner: Owner02 | None = None
    usage: tuple[Usage, ...] = ()
    exposure: Exposure | None = None
    guarantor: Guarantor01 | None = None
    comprehensive_guarantee: ComprehensiveGuarantee | None = None
    individual_guarantee_by_guarantor: IndividualGuaranteeByGuarantor | None = None
    individual_guarantee_voucher: IndividualGuaranteeVoucher | None = None


class CC037C(Message, frozen=True, kw_only=True, gc=False):
    """IE037: Answer about guarantees."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    requester: Requester
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: tuple[GuaranteeReference07, ...]


class TransitOperation43(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType43, TransitOperationType44; in 17 messages."""
    mrn: str


class CC040C(Message, frozen=True, kw_only=True, gc=False):
    """IE040: Export system learns of an invalidated transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43


class TransitOperation13(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType13; in CC042C."""
    mrn: str
    declaration_type: str


class ControlResult03(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType03; in CC042C."""
    code: str
    date: datetime.date


class ExportOperation04(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType04; in CC042C."""
    sequence_number: int
    mrn: str
    control_result: ControlResult03


class CustomsOfficeOfExit(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitType; in CC042C, CC190C, CC191C."""
    reference_number: str


class CC042C(Message, frozen=True, kw_only=True, gc=False):
    """IE042: Export system learns the results of control at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation13
    export_operation: tuple[ExportOperation04, ...]
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination


class TransitOperation14(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType14; in CC043C."""
    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    security: str
    reduced_dataset_indicator: bool


class CTLControl(Group, frozen=True, kw_only=True, gc=False):
    """CTLControlType; in CC043C."""
    continue_unloading: int


class Consignor05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType05, ConsignorType06; in CC043C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class SupportingDocument02(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType02; in CC043C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None


class PreviousDocument04(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType04, PreviousDocumentType11; in 9 messages."""
    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None


class CustomConsignmentItem04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType04; in CC043C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_destination: str | None = None
    consignee: Consignee01 | None = None
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


class CustomHouseConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType04; in CC043C."""
    sequence_number: int
    country_of_destination: str | None = None
    gross_mass: Decimal
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[CustomConsignmentItem04, ...]


class CustomConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType05; in CC043C."""
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    gross_mass: Decimal | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[CustomHouseConsignment04, ...]


class CC043C(Message, frozen=True, kw_only=True, gc=False):
    """IE043: Permission to unload."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation14
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    trader_at_destination: TraderAtDestination02
    ctl_control: CTLControl | None = None
    consignment: CustomConsignment05 | None = None


class TransitOperation15(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType15; in CC044C."""
    mrn: str
    other_things_to_report: str | None = None


class UnloadingRemark(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"unloading_remark": "unloadingRemark"}}):
    """UnloadingRemarkType; in CC044C."""
    conform: bool
    unloading_completion: bool
    unloading_date: datetime.date
    state_of_seals: bool | None = None
    unloading_remark: str | None = None


class SupportingDocument03(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType03, SupportingDocumentType04; in CC044C, CD018C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None


class Commodity03(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType03; in CC044C."""
    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    goods_measure: GoodsMeasure04 | None = None


class ConsignmentItem05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType05; in CC044C."""
    goods_item_number: int
    declaration_goods_item_number: int
    commodity: Commodity03 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()


class HouseConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType05; in CC044C."""
    sequence_number: int
    gross_mass: Decimal | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem05, ...] = ()


class Consignment06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType06; in CC044C."""
    gross_mass: Decimal | None = None
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment05, ...] = ()


class CC044C(Message, frozen=True, kw_only=True, gc=False):
    """IE044: Remarks after unloading."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation15
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    unloading_remark: UnloadingRemark
    consignment: Consignment06 | None = None


class TransitOperation16(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType16; in CC045C."""
    mrn: str
    write_off_date: datetime.date


class CC045C(Message, frozen=True, kw_only=True, gc=False):
    """IE045: Movement written off."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation16
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class TransitOperation17(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType17, TransitOperationType36; in CC048C, CD063C."""
    mrn: str
    recovery_communication_date: datetime.date | None = None


class ExportOperation01(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType01; in CC048C."""
    sequence_number: int
    mrn: str


class CC048C(Message, frozen=True, kw_only=True, gc=False):
    """IE048: Export system learns of a recovery."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    export_operation: tuple[ExportOperation01, ...]
    customs_office_of_destination: CustomsOfficeOfDestination
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01


class TransitOperation18(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType18; in CC051C."""
    mrn: str
    declaration_submission_date_and_time: datetime.datetime
    no_release_motivation_code: str
    no_release_motivation_text: str


class Representative03(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType03; in CC051C."""
    identification_number: str
    contact_person: ContactPerson01 | None = None


class CC051C(Message, frozen=True, kw_only=True, gc=False):
    """IE051: Not released for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation18
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative03 | None = None


class TransitOperation19(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType19; in CC054C."""
    mrn: str
    release_requested: bool
    release_request_date_and_time: datetime.datetime


class CC054C(Message, frozen=True, kw_only=True, gc=False):
    """IE054: Trader asks for release."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation19
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class InvalidGuaranteeReason01(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType01; in CC055C."""
    sequence_number: int
    code: str
    text: str | None = None


class GuaranteeReference08(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType08; in CC055C."""
    sequence_number: int
    grn: str
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason01, ...]


class CC055C(Message, frozen=True, kw_only=True, gc=False):
    """IE055: Guarantee not valid."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantee_reference: tuple[GuaranteeReference08, ...]


class TransitOperation20(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType20; in CC056C."""
    lrn: str | None = None
    mrn: str | None = None
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None


class Representative01(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType01; in CC056C."""
    identification_number: str
    status: str


class FunctionalError02(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType02, FunctionalErrorType04; in CC056C, CC057C, CC906C."""
    error_pointer: str
    error_code: str
    error_reason: str
    original_attribute_value: str | None = None


class CC056C(Message, frozen=True, kw_only=True, gc=False):
    """IE056: Refusal by the office of departure."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation20
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative01 | None = None
    functional_error: tuple[FunctionalError02, ...] = ()


class TransitOperation21(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType21; in CC057C."""
    mrn: str
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None


class CC057C(Message, frozen=True, kw_only=True, gc=False):
    """IE057: Refusal by the office of destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation21
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    functional_error: tuple[FunctionalError02, ...] = ()


class TransitOperation22(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType22; in CC060C."""
    lrn: str | None = None
    mrn: str | None = None
    control_notification_date_and_time: datetime.datetime
    notification_type: str


class TypeOfControls(Group, frozen=True, kw_only=True, gc=False):
    """TypeOfControlsType; in CC060C."""
    sequence_number: int
    type: str
    text: str | None = None


class RequestedDocument(Group, frozen=True, kw_only=True, gc=False):
    """RequestedDocumentType; in CC060C."""
    sequence_number: int
    document_type: str
    description: str | None = None


class CC060C(Message, frozen=True, kw_only=True, gc=False):
    """IE060: Control decided."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation22
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    type_of_controls: tuple[TypeOfControls, ...] = ()
    requested_document: tuple[RequestedDocument, ...] = ()


class TransitOperation23(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType23; in CC140C."""
    mrn: str
    request_on_non_arrived_movement_date: datetime.date
    limit_for_response_date: datetime.date


class CustomsOfficeOfEnquiryAtDeparture01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfEnquiryAtDepartureType01; in CC140C, CC141C, CD143C."""
    reference_number: str


class CC140C(Message, frozen=True, kw_only=True, gc=False):
    """IE140: Holder is asked about goods that did not arrive."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation23
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class Enquiry01(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType01; in CC141C."""
    tc11_delivery_date: datetime.date | None = None
    text: str | None = None


class ConsigneeActual(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeActualType01, ConsigneeActualType02; in CC141C, CD142C."""
    identification_number: str | None = None
    name: str
    address: Address02


class Consignment07(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType07, ConsignmentType17; in CC141C, CD142C."""
    consignee_actual: ConsigneeActual


class CC141C(Message, frozen=True, kw_only=True, gc=False):
    """IE141: Holder informs about goods that did not arrive."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual | None = None
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    enquiry: Enquiry01 | None = None
    consignment: Consignment07 | None = None


class TransitOperation24(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType24; in CC170C."""
    lrn: str
    limit_date: datetime.date | None = None


class HouseConsignment06(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType06; in CC170C."""
    sequence_number: int
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()


class Consignment08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType08; in CC170C."""
    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    house_consignment: tuple[HouseConsignment06, ...]


class CC170C(Message, frozen=True, kw_only=True, gc=False):
    """IE170: Goods of a pre-lodged declaration presented."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation24
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative02 | None = None
    consignment: Consignment08


class TransitOperation47(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType47; in CC182C, CD180C, CD181C."""
    mrn: str
    incident_notification_date_and_time: datetime.datetime


class CustomsOfficeOfIncidentRegistration02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType02; in CC182C, CD180C, CD181C."""
    reference_number: str


class Consignment22(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType22; in CC182C, CD180C, CD181C."""
    incident: tuple[Incident01, ...]


class CC182C(Message, frozen=True, kw_only=True, gc=False):
    """IE182: Incident passed on to the trader."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22


class ExportOperation02(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType02; in CC190C."""
    sequence_number: int
    mrn: str
    transit_procedure_category: str


class TransitOperation49(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType49; in CC190C."""
    aes_communication_purpose: str
    lrn: str | None = None
    mrn: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    amendment_acceptance_date_and_time: datetime.datetime | None = None
    export_operation: tuple[ExportOperation02, ...]


class GoodsMeasure01(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType01; in CC190C."""
    net_mass: Decimal
    supplementary_units: Decimal | None = None


class Commodity04(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType04; in CC190C."""
    commodity_code: CommodityCode
    goods_measure: GoodsMeasure01


class ConsignmentItem06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType06; in CC190C."""
    goods_item_number: int
    declaration_goods_item_number: int
    commodity: Commodity04


class HouseConsignment07(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType07; in CC190C."""
    consignment_item: tuple[ConsignmentItem06, ...]


class Consignment09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType09; in CC190C."""
    location_of_goods: LocationOfGoods | None = None
    house_consignment: HouseConsignment07


class CC190C(Message, frozen=True, kw_only=True, gc=False):
    """IE190: Export system learns of goods presented for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation49
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    consignment: Consignment09 | None = None


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


class Guarantor02(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType02, GuarantorType04; in CC224C, CC229C."""
    identification_number: str
    name: str | None = None
    address: Address02 | None = None


class GuaranteeReference02(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType02; in CC224C."""
    sequence_number: int
    grn: str
    currency: str | None = None
    issue_date: datetime.date
    access_code: str
    tir_carnet: bool
    expiry_date: datetime.date
    copy_given: bool
    voucher_amount: Decimal | None = None


class CC224C(Message, frozen=True, kw_only=True, gc=False):
    """IE224: Guarantee voucher sold."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor02
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: tuple[GuaranteeReference02, ...]


class HolderOfTheTransitProcedure01(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType01; in CC225C, CC231C, CD200C, CD201C, CD203C, CD205C."""
    identification_number: str


class GuaranteeReference09(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType09; in CC225C."""
    sequence_number: int
    grn: str
    currency: str
    reference_amount: Decimal | None = None
    percentage_of_reference_amount: int | None = None
    guarantee_amount: Decimal | None = None
    number_of_certificates: int | None = None
    validity_date: datetime.date | None = None
    invalidity_date: datetime.date | None = None
    invalidity_reason_code: str | None = None
    restricted_use_suspended_goods: bool
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC225C(Message, frozen=True, kw_only=True, gc=False):
    """IE225: Guarantee changed."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: tuple[GuaranteeReference09, ...]


class Guarantor03(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType03; in CC228C."""
    identification_number: str
    name: str | None = None
    address: Address06 | None = None


class GuaranteeReference10(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType10; in CC228C."""
    sequence_number: int
    grn: str
    currency: str
    guarantee_amount: Decimal
    invalidity_date: datetime.date
    liability_liberation_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC228C(Message, frozen=True, kw_only=True, gc=False):
    """IE228: Liability under a comprehensive guarantee ended."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor03
    guarantee_reference: tuple[GuaranteeReference10, ...]


class GuaranteeReference11(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType11; in CC229C."""
    grn: str
    invalidity_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC229C(Message, frozen=True, kw_only=True, gc=False):
    """IE229: Guarantee vouchers revoked."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    guarantor: Guarantor02
    guarantee_reference: GuaranteeReference11


class GuaranteeReference12(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType12; in CC231C."""
    grn: str
    invalidity_date: datetime.date
    invalidity_reason_code: str | None = None
    invalidity_reason_text: str | None = None
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC231C(Message, frozen=True, kw_only=True, gc=False):
    """IE231: Comprehensive guarantee cancelled."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: GuaranteeReference12


class Header01(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType01, HeaderType02; in CC906C, CC917C."""
    lrn: str | None = None
    mrn: str | None = None


class CC906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header01
    functional_error: tuple[FunctionalError02, ...]


class XMLError(Group, frozen=True, kw_only=True, gc=False):
    """XMLErrorType; in CC917C, CD917C."""
    error_line_number: int
    error_column_number: int
    error_pointer: str | None = None
    error_code: str
    error_text: str
    original_attribute_value: str | None = None


class CC917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header01 | None = None
    xml_error: tuple[XMLError, ...]


class TransitOperation26(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType26; in CC928C."""
    lrn: str


class CC928C(Message, frozen=True, kw_only=True, gc=False):
    """IE928: Declaration received."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation26
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class TransitOperation27(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType27; in CD001C."""
    mrn: str
    declaration_type: str
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool


class ControlResult04(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType04, ControlResultType06, ControlResultType07; in 8 messages."""
    code: str
    date: datetime.date
    text: str | None = None


class RiskAnalysisResult(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisResultType; in 7 messages."""
    sequence_number: int
    code: str | None = None
    risk_area_code: str | None = None
    text: str | None = None


class RiskAnalysis(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisType; in 7 messages."""
    sequence_number: int
    declaration_goods_item_number: int | None = None
    risk_analysis_result: tuple[RiskAnalysisResult, ...]


class RiskAnalysisIdentification(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisIdentificationType; in 7 messages."""
    code: str
    risk_analysis: tuple[RiskAnalysis, ...] = ()


class Consignee06(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeType06, ConsigneeType07; in 8 messages."""
    identification_number: str | None = None
    name: str
    address: Address02


class Commodity05(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType05, CommodityType10, CommodityType11; in 8 messages."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure04 | None = None


class ConsignmentItem11(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType11, ConsignmentItemType12; in 7 messages."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity05
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None


class HouseConsignment12(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType12, HouseConsignmentType13; in 7 messages."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem11, ...]


class Consignment10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType10, ConsignmentType15, ConsignmentType18; in CD001C, CD050C, CD160C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment12, ...]


class CD001C(Message, frozen=True, kw_only=True, gc=False):
    """IE001: Office of departure tells destination what will arrive."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation27
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03
    control_result: ControlResult04
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment10


class CD002C(Message, frozen=True, kw_only=True, gc=False):
    """IE002: Destination asks for the record of a coming arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual


class TransitOperation28(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType28; in CD003C."""
    mrn: str
    declaration_type: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None


class Consignment11(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType11, ConsignmentType16, ConsignmentType19; in CD003C, CD115C, CD165C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]


class CD003C(Message, frozen=True, kw_only=True, gc=False):
    """IE003: Departure answers with the record of a coming arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation28
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None


class TransitOperation45(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType45; in CD006C, CD209C."""
    mrn: str
    arrival_date_and_time_actual: datetime.datetime


class CD006C(Message, frozen=True, kw_only=True, gc=False):
    """IE006: Destination tells departure that goods arrived."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation45
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual


class Invalidation03(Group, frozen=True, kw_only=True, gc=False):
    """InvalidationType03; in CD010C."""
    decision_date_and_time: datetime.datetime


class CustomsOfficeOfTransitDeclared03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType03; in CD010C, CD024C, CD063C, CD181C."""
    sequence_number: int
    reference_number: str


class CD010C(Message, frozen=True, kw_only=True, gc=False):
    """IE010: Other offices learn of an invalidation."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    invalidation: Invalidation03
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()


class TransitOperation29(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType29; in CD012C."""
    mrn: str
    declaration_type: str
    tir_carnet_number: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    binding_itinerary: bool


class HolderOfTheTransitProcedure12(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType12; in CD012C."""
    identification_number: str | None = None
    tir_holder_identification_number: str
    name: str
    address: Address02


class ConsignmentItem07(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType07; in CD012C."""
    goods_item_number: int
    declaration_goods_item_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity05
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


class HouseConsignment08(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType08; in CD012C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[ConsignmentItem07, ...]


class Consignment12(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType12; in CD012C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    house_consignment: tuple[HouseConsignment08, ...]


class CD012C(Message, frozen=True, kw_only=True, gc=False):
    """IE012: Record of a coming TIR arrival, relayed through SPEED."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation29
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure12
    control_result: ControlResult04
    consignment: Consignment12


class TransitOperation30(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType30; in CD018C."""
    mrn: str
    tir_carnet_number: str | None = None
    binding_itinerary: bool
    other_things_to_report: str | None = None


class ControlResult05(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType05; in CD018C."""
    code: str
    date: datetime.date
    state_of_seals: bool | None = None
    text: str | None = None


class ConsignmentItem08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType08; in CD018C."""
    goods_item_number: int
    declaration_goods_item_number: int
    reference_number_ucr: str | None = None
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()


class HouseConsignment09(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType09; in CD018C."""
    sequence_number: int
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem08, ...] = ()


class Consignment13(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType13; in CD018C."""
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment09, ...] = ()


class CD018C(Message, frozen=True, kw_only=True, gc=False):
    """IE018: Results of control at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation30
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    control_result: ControlResult05
    consignment: Consignment13 | None = None


class TransitOperation31(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType31; in CD024C."""
    mrn: str
    arrival_date_and_time_actual: datetime.datetime | None = None


class CustomsOfficeOfTransitActual02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType02; in CD024C, CD063C."""
    sequence_number: int
    reference_number: str


class CustomsOfficeOfExitForTransitActual01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType01; in CD024C, CD063C."""
    sequence_number: int
    reference_number: str


class CD024C(Message, frozen=True, kw_only=True, gc=False):
    """IE024: Arrival passed on to the other offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation31
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()


class CustomsOfficeOfRequest01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRequestType01, CustomsOfficeOfRequestType02; in CD027C, CD038C, CD059C, CD142C."""
    reference_number: str


class CD027C(Message, frozen=True, kw_only=True, gc=False):
    """IE027: Question about a movement."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_request: CustomsOfficeOfRequest01


class TransitOperation32(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType32; in CD038C."""
    mrn: str
    declaration_type: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None
    status: str | None = None


class Endorsement02(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType02; in CD038C."""
    date: datetime.date
    authority: str | None = None
    place: str | None = None
    country: str


class Incident02(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType02; in CD038C."""
    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement02 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None


class Consignment14(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType14; in CD038C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    incident: tuple[Incident02, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]


class CD038C(Message, frozen=True, kw_only=True, gc=False):
    """IE038: Answer about a movement."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation32
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_request: CustomsOfficeOfRequest01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment14 | None = None


class TransitOperation33(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType33; in CD049C."""
    mrn: str
    discrepancies_resolved: str
    write_off_date: datetime.date | None = None


class CD049C(Message, frozen=True, kw_only=True, gc=False):
    """IE049: Discrepancies solved."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation33
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual


class TransitOperation34(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType34, TransitOperationType40; in CD050C, CD160C."""
    mrn: str
    declaration_type: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool


class HolderOfTheTransitProcedure17(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType17, HolderOfTheTransitProcedureType18; in CD050C, CD115C, CD160C, CD165C."""
    identification_number: str | None = None
    name: str
    address: Address02


class CD050C(Message, frozen=True, kw_only=True, gc=False):
    """IE050: Office of departure tells transit what will pass."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation34
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...]
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17
    control_result: ControlResult04
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment10


class TransitOperation35(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType35; in CD059C."""
    mrn: str
    cancel_enquiry_notification_date_and_time: datetime.datetime
    cancel_enquiry_notification_text: str | None = None


class CD059C(Message, frozen=True, kw_only=True, gc=False):
    """IE059: Enquiry called off."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation35
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_request: CustomsOfficeOfRequest01


class CustomsOfficeOfIncidentRegistration01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType01; in CD063C."""
    sequence_number: int
    reference_number: str


class CD063C(Message, frozen=True, kw_only=True, gc=False):
    """IE063: Recovery communicated."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()
    customs_office_of_incident_registration: tuple[CustomsOfficeOfIncidentRegistration01, ...] = ()
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01


class Country02(Group, frozen=True, kw_only=True, gc=False):
    """CountryType02; in CD070C, CD071C."""
    country: str
    action: tuple[Action, ...]


class CD070C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE070: System unavailable, to the common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: Country02


class CD071C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE071: System unavailable, to a national domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: Country02


class ExportOperation03(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType03; in CD078C."""
    mrn: str


class CD078C(Message, frozen=True, kw_only=True, gc=False):
    """IE078: MRN linked between domains."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    export_operation: tuple[ExportOperation03, ...]


class TransitOperation37(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType37, TransitOperationType38; in CD094C, CD095C."""
    mrn: str
    status: str


class CustomsOfficeOfTransit(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitType; in CD094C, CD095C."""
    reference_number: str


class CustomsOfficeOfExitForTransit(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitType; in CD094C, CD095C."""
    reference_number: str


class CD094C(Message, frozen=True, kw_only=True, gc=False):
    """IE094: Question about a status."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation37
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination: CustomsOfficeOfDestination | None = None
    customs_office_of_transit: CustomsOfficeOfTransit | None = None
    customs_office_of_exit_for_transit: CustomsOfficeOfExitForTransit | None = None


class CD095C(Message, frozen=True, kw_only=True, gc=False):
    """IE095: Answer about a status."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation37
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination: CustomsOfficeOfDestination | None = None
    customs_office_of_transit: CustomsOfficeOfTransit | None = None
    customs_office_of_exit_for_transit: CustomsOfficeOfExitForTransit | None = None


class CustomsOfficeOfTransitActual03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType03; in CD114C, CD118C."""
    reference_number: str


class CD114C(Message, frozen=True, kw_only=True, gc=False):
    """IE114: Transit asks for the record of a coming passage."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual03


class TransitOperation39(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType39, TransitOperationType41; in CD115C, CD165C."""
    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None


class CustomsOfficeOfTransitActual01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType01; in CD115C."""
    reference_number: str
    guarantee_not_valid_for_country: bool


class CD115C(Message, frozen=True, kw_only=True, gc=False):
    """IE115: Departure answers with the record of a coming passage."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation39
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual01
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None


class TransitOperation46(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType46; in CD118C, CD168C."""
    mrn: str
    passage_date: datetime.date


class CD118C(Message, frozen=True, kw_only=True, gc=False):
    """IE118: Frontier crossed at an office of transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation46
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual03


class CustomsOfficeOfEnquiryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfEnquiryAtDepartureType02; in CD142C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class Enquiry02(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType02; in CD142C."""
    date: datetime.date
    tc11_delivery_date: datetime.date | None = None
    text: str | None = None
    limit_for_the_enquiry_response_date: datetime.date


class CD142C(Message, frozen=True, kw_only=True, gc=False):
    """IE142: Enquiry opened."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_request: CustomsOfficeOfRequest01
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture02
    enquiry: Enquiry02
    consignment: Consignment07 | None = None


class CustomsOfficeOfRequest03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRequestType03; in CD143C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class Enquiry03(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType03; in CD143C."""
    enquiry_response_date: datetime.date
    response_code: str
    text: str | None = None
    return_copy_returned_date: datetime.date | None = None


class CD143C(Message, frozen=True, kw_only=True, gc=False):
    """IE143: Answer to an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_request: CustomsOfficeOfRequest03
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    enquiry: Enquiry03


class CompetentCustomsOfficeAtDeparture(Group, frozen=True, kw_only=True, gc=False):
    """CompetentCustomsOfficeAtDepartureType; in CD144C, CD145C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class CompetentCustomsOfficeAtDestination(Group, frozen=True, kw_only=True, gc=False):
    """CompetentCustomsOfficeAtDestinationType; in CD144C, CD145C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class Enquiry04(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType04; in CD144C."""
    enquiry_request_date: datetime.date
    information_available_from_trader: bool


class ResponseInformation(Group, frozen=True, kw_only=True, gc=False):
    """ResponseInformationType; in CD144C."""
    sequence_number: int
    information_code: str
    text: str | None = None


class CD144C(Message, frozen=True, kw_only=True, gc=False):
    """IE144: Information for an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    competent_customs_office_at_departure: CompetentCustomsOfficeAtDeparture
    competent_customs_office_at_destination: CompetentCustomsOfficeAtDestination
    enquiry: Enquiry04
    response_information: tuple[ResponseInformation, ...]


class Enquiry05(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType05; in CD145C."""
    enquiry_request_date: datetime.date


class RequestedInformation(Group, frozen=True, kw_only=True, gc=False):
    """RequestedInformationType; in CD145C."""
    sequence_number: int
    code: str
    text: str | None = None


class CD145C(Message, frozen=True, kw_only=True, gc=False):
    """IE145: Information wanted for an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    competent_customs_office_at_departure: CompetentCustomsOfficeAtDeparture
    competent_customs_office_at_destination: CompetentCustomsOfficeAtDestination
    enquiry: Enquiry05
    requested_information: tuple[RequestedInformation, ...]


class CustomsOfficeOfRecoveryRequesting02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestingType02; in CD150C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class CustomsOfficeOfRecoveryRequested01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestedType01; in CD150C."""
    reference_number: str


class Recovery01(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType01; in CD150C."""
    recovery_communication_date: datetime.date
    text: str


class Guarantor05(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType05; in CD150C, CD151C."""
    contact_details_in_country_of_competent_authority: str | None = None
    identification_number: str | None = None
    name: str
    address: Address11
    contact_person: ContactPerson01 | None = None
    agent_in_country_of_competent_authority: AgentInCountryOfCompetentAuthority | None = None


class GuaranteeReference13(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType13; in CD150C, CD151C."""
    sequence_number: int
    grn: str
    guarantor: Guarantor05 | None = None


class CD150C(Message, frozen=True, kw_only=True, gc=False):
    """IE150: Recovery requested."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_requesting: CustomsOfficeOfRecoveryRequesting02
    customs_office_of_recovery_requested: CustomsOfficeOfRecoveryRequested01
    recovery: Recovery01
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()


class CustomsOfficeOfRecoveryRequesting01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestingType01; in CD151C."""
    reference_number: str


class CustomsOfficeOfRecoveryRequested02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestedType02; in CD151C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class Recovery02(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType02; in CD151C."""
    recovery_acceptance: bool
    recovery_communication_date: datetime.date
    text: str | None = None


class CD151C(Message, frozen=True, kw_only=True, gc=False):
    """IE151: Recovery accepted."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_requesting: CustomsOfficeOfRecoveryRequesting01
    customs_office_of_recovery_requested: CustomsOfficeOfRecoveryRequested02
    recovery: Recovery02
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()


class CustomsOfficeOfRecoveryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType02; in CD152C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None


class CustomsOfficeOfRecovery(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryType; in CD152C."""
    reference_number: str


class Recovery03(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType03; in CD152C."""
    collection_date: datetime.date
    text: str | None = None


class CD152C(Message, frozen=True, kw_only=True, gc=False):
    """IE152: Recovery told to the offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture02
    customs_office_of_recovery: CustomsOfficeOfRecovery
    recovery: Recovery03


class CD160C(Message, frozen=True, kw_only=True, gc=False):
    """IE160: Office of departure tells the exit office what will leave."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation34
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...]
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...]
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17
    control_result: ControlResult04
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment10


class CustomsOfficeOfExitForTransitActual02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType02; in CD164C, CD165C, CD168C."""
    reference_number: str


class CD164C(Message, frozen=True, kw_only=True, gc=False):
    """IE164: Exit office asks for the record of a coming exit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02


class CD165C(Message, frozen=True, kw_only=True, gc=False):
    """IE165: Departure answers with the record of a coming exit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation39
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None


class CD168C(Message, frozen=True, kw_only=True, gc=False):
    """IE168: Goods left the security area."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation46
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02


class CD180C(Message, frozen=True, kw_only=True, gc=False):
    """IE180: Incident notified."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22


class CD181C(Message, frozen=True, kw_only=True, gc=False):
    """IE181: Incident passed on between offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22


class CountryInvolved(Group, frozen=True, kw_only=True, gc=False):
    """CountryInvolvedType; in CD200C, CD203C."""
    sequence_number: int
    country: str


class GuaranteeReference04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType04; in CD200C, CD203C."""
    sequence_number: int
    grn: str
    access_code: str
    amount_concerned: Decimal
    currency: str


class Guarantee06(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType06; in CD200C, CD203C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference04, ...]


class Commodity09(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType09; in CD200C, CD203C."""
    cus_code: str | None = None
    commodity_code: CommodityCode


class ConsignmentItem10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType10; in CD200C, CD203C."""
    sequence_number: int
    commodity: Commodity09


class HouseConsignment11(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType11; in CD200C, CD203C."""
    sequence_number: int
    consignment_item: tuple[ConsignmentItem10, ...]


class Consignment21(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType21; in CD200C, CD203C."""
    house_consignment: tuple[HouseConsignment11, ...]


class CD200C(Message, frozen=True, kw_only=True, gc=False):
    """IE200: Guarantee to be checked."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    country_involved: tuple[CountryInvolved, ...]
    guarantee: tuple[Guarantee06, ...]
    consignment: Consignment21 | None = None


class InvalidGuaranteeReason02(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType02; in CD201C, CD205C."""
    sequence_number: int
    code: str


class GuaranteeReference14(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType14; in CD201C, CD205C."""
    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee | None = None
    validity_limitation: tuple[ValidityLimitation, ...] = ()
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason02, ...] = ()


class Guarantee07(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType07; in CD201C, CD205C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference14, ...]


class CD201C(Message, frozen=True, kw_only=True, gc=False):
    """IE201: Result of a guarantee check."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee: tuple[Guarantee07, ...]


class CD203C(Message, frozen=True, kw_only=True, gc=False):
    """IE203: Guarantee to be used."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    country_involved: tuple[CountryInvolved, ...]
    guarantee: tuple[Guarantee06, ...]
    consignment: Consignment21 | None = None


class TransitOperation42(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType42; in CD204C."""
    mrn: str
    release_date: datetime.date | None = None
    usage_cancellation_date: datetime.date | None = None


class GuaranteeReference15(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType15; in CD204C, CD209C."""
    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class Guarantee04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType04, GuaranteeType05; in CD204C, CD209C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference15, ...]


class CD204C(Message, frozen=True, kw_only=True, gc=False):
    """IE204: Use of a guarantee taken back."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation42
    customs_office_of_departure: CustomsOfficeOfDeparture
    guarantee: tuple[Guarantee04, ...]


class CD205C(Message, frozen=True, kw_only=True, gc=False):
    """IE205: Result of using a guarantee."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee: tuple[Guarantee07, ...]


class CD209C(Message, frozen=True, kw_only=True, gc=False):
    """IE209: Guarantee amount freed."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation45
    customs_office_of_departure: CustomsOfficeOfDeparture
    guarantee: tuple[Guarantee04, ...]


class SeriesElements(Group, frozen=True, kw_only=True, gc=False):
    """SeriesElementsType; in CD411D."""
    sequence_number: int
    other_country: str | None = None
    counter: int


class StatisticalCharacteristics(Group, frozen=True, kw_only=True, gc=False):
    """StatisticalCharacteristicsType; in CD411D."""
    sequence_number: int
    operation: str
    statistics_type: str
    statistics_type_support: bool
    series_elements: tuple[SeriesElements, ...] = ()


class SystemApplicability(Group, frozen=True, kw_only=True, gc=False):
    """SystemApplicabilityType; in CD411D."""
    sequence_number: int
    system_code: str
    statistical_characteristics: tuple[StatisticalCharacteristics, ...]


class SendingCountry(Group, frozen=True, kw_only=True, gc=False):
    """SendingCountryType; in CD411D."""
    country: str
    year: str
    month: str
    system_applicability: tuple[SystemApplicability, ...]


class CD411D(Message, frozen=True, kw_only=True, gc=False):
    """IE411: Monthly statistics."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    sending_country: SendingCountry


class EvaluatedMessage(Group, frozen=True, kw_only=True, gc=False):
    """EvaluatedMessageType; in CD903D."""
    message_type: str
    country: str | None = None
    year: str | None = None
    month: str | None = None


class ConsistencyCheckWarning(Group, frozen=True, kw_only=True, gc=False):
    """ConsistencyCheckWarningType; in CD903D."""
    warning_pointer: str
    warning_code: str
    original_attribute_value: str | None = None


class CD903D(Message, frozen=True, kw_only=True, gc=False):
    """IE903: Statistics do not agree."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    evaluated_message: EvaluatedMessage
    consistency_check_warning: tuple[ConsistencyCheckWarning, ...]


class Header03(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType03, HeaderType04, HeaderType05; in CD906C, CD917C, CD974C."""
    mrn: str


class FunctionalError03(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType03; in CD906C."""
    error_pointer: str
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None


class CD906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    functional_error: tuple[FunctionalError03, ...]


class CD917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    xml_error: tuple[XMLError, ...]


class Country01(Group, frozen=True, kw_only=True, gc=False):
    """CountryType01; in CD971C."""
    sequence_number: int
    country: str
    action: tuple[Action, ...]


class CD971C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE971: Full schedule of unavailability."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: tuple[Country01, ...]


class CD974C(Message, frozen=True, kw_only=True, gc=False):
    """IE974: Is the administration's system available."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03


class Header06(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType06; in CD975C."""
    mrn: str
    status: str


class CD975C(Message, frozen=True, kw_only=True, gc=False):
    """IE975: The administration's system is available."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header06 | None = None
