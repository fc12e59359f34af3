"""Layouts and readers of cc182c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.cc182c import CC182C, Consignment22, CustomsOfficeOfIncidentRegistration, TransitOperation47
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.incident import L_INCIDENT_04, read_incident_04
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_47 = Layout("TransitOperation", TransitOperation47, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("incidentNotificationDateAndTime", "incident_notification_date_and_time", True, DATE_TIME_TYPE),
))
L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_02 = Layout("CustomsOfficeOfIncidentRegistration", CustomsOfficeOfIncidentRegistration, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))
L_CONSIGNMENT_22 = Layout("Consignment", Consignment22, (
    Inner("Incident", "incident", 1, 9, L_INCIDENT_04),
))
L_CC182C = Layout("CC182C", CC182C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_47),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfIncidentRegistration", "customs_office_of_incident_registration", 1, 1, L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_02),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_22),
))

_L_CONSIGNMENT_22_0 = run(L_CONSIGNMENT_22, 0, 0)
_L_CONSIGNMENT_22_1 = run(L_CONSIGNMENT_22, 1, 1)
_L_CC182C_0 = body(L_CC182C, 0, 9)

def read_consignment_22(text: str, starts: Starts, at: int) -> tuple[Consignment22, int]:
    found = _L_CONSIGNMENT_22_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    incident, at = many(read_incident_04, "<Incident>", 9, text, starts, at)
    found = _L_CONSIGNMENT_22_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment22(incident=incident), at

def read_cc182c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC182C, int]:
    found = _L_CC182C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    consignment, at = read_consignment_22(text, starts, at)
    return CC182C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation47(mrn=v6, incident_notification_date_and_time=datetime.datetime.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), customs_office_of_incident_registration=CustomsOfficeOfIncidentRegistration(reference_number=v9), consignment=consignment, phase_id=phase), at
