"""Layouts and readers of transit_operation. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation03, TransitOperation17, TransitOperation34, TransitOperation37, TransitOperation39, TransitOperation43, TransitOperation45, TransitOperation46, TransitOperation47, TransitOperation48
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TIME_TYPE, DATE_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MRNTYPE, STATUS_CONTENT_TYPE02, SYSTEM_CODE_CONTENT_TYPE

L_TRANSIT_OPERATION_03 = Layout("TransitOperation", TransitOperation03, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
))
L_TRANSIT_OPERATION_48 = Layout("TransitOperation", TransitOperation48, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE),
))
L_TRANSIT_OPERATION_44 = Layout("TransitOperation", TransitOperation43, (
    Leaf("MRN", "mrn", True, MRNTYPE),
))
L_TRANSIT_OPERATION_17 = Layout("TransitOperation", TransitOperation17, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("recoveryCommunicationDate", "recovery_communication_date", False, DATE_TYPE),
))
L_TRANSIT_OPERATION_47 = Layout("TransitOperation", TransitOperation47, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("incidentNotificationDateAndTime", "incident_notification_date_and_time", True, DATE_TIME_TYPE),
))
L_TRANSIT_OPERATION_45 = Layout("TransitOperation", TransitOperation45, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("arrivalDateAndTimeActual", "arrival_date_and_time_actual", True, DATE_TIME_TYPE),
))
L_TRANSIT_OPERATION_34 = Layout("TransitOperation", TransitOperation34, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE), Leaf("releaseDate", "release_date", True, DATE_TYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG),
))
L_TRANSIT_OPERATION_37 = Layout("TransitOperation", TransitOperation37, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("status", "status", True, STATUS_CONTENT_TYPE02),
))
L_TRANSIT_OPERATION_39 = Layout("TransitOperation", TransitOperation39, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", False, DATE_TYPE), Leaf("releaseDate", "release_date", False, DATE_TYPE),
    Leaf("security", "security", False, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", False, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", False, FLAG),
    Leaf("requestRejectionReasonCode", "request_rejection_reason_code", False, SYSTEM_CODE_CONTENT_TYPE),
))
L_TRANSIT_OPERATION_46 = Layout("TransitOperation", TransitOperation46, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("passageDate", "passage_date", True, DATE_TYPE),
))

