"""Layouts and readers of cd145c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd145c import CD145C, Enquiry05, RequestedInformation
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.competent_customs_office_at_departure import L_COMPETENT_CUSTOMS_OFFICE_AT_DEPARTURE
from douane.standards.ncts.phase5.generated.codec.competent_customs_office_at_destination import L_COMPETENT_CUSTOMS_OFFICE_AT_DESTINATION
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, DATE_TYPE, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_ENQUIRY_05 = Layout("Enquiry", Enquiry05, (
    Leaf("enquiryRequestDate", "enquiry_request_date", True, DATE_TYPE),
))
L_REQUESTED_INFORMATION = Layout("RequestedInformation", RequestedInformation, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, FLAG_CONTENT_TYPE),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_CD145C = Layout("CD145C", CD145C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CompetentCustomsOfficeAtDeparture", "competent_customs_office_at_departure", 1, 1, L_COMPETENT_CUSTOMS_OFFICE_AT_DEPARTURE),
    Inner("CompetentCustomsOfficeAtDestination", "competent_customs_office_at_destination", 1, 1, L_COMPETENT_CUSTOMS_OFFICE_AT_DESTINATION),
    Inner("Enquiry", "enquiry", 1, 1, L_ENQUIRY_05), Inner("RequestedInformation", "requested_information", 1, 99, L_REQUESTED_INFORMATION),
))

_L_REQUESTED_INFORMATION_0 = run(L_REQUESTED_INFORMATION, 0, 3)
_L_CD145C_0 = body(L_CD145C, 0, 10)

def read_requested_information(text: str, starts: Starts, at: int) -> tuple[RequestedInformation, int]:
    found = _L_REQUESTED_INFORMATION_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return RequestedInformation(sequence_number=int(v0), code=v1, text=v2), at

def read_cd145c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD145C, int]:
    found = _L_CD145C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    requested_information, at = many(read_requested_information, "<RequestedInformation>", 99, text, starts, at)
    return CD145C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), competent_customs_office_at_departure=CompetentCustomsOfficeAtDeparture(reference_number=v7, contact_person=None if v8 is None else ContactPerson01(name=v8, phone_number=v9, e_mail_address=v10)), competent_customs_office_at_destination=CompetentCustomsOfficeAtDestination(reference_number=v11, contact_person=None if v12 is None else ContactPerson01(name=v12, phone_number=v13, e_mail_address=v14)), enquiry=Enquiry05(enquiry_request_date=datetime.date.fromisoformat(v15)), requested_information=requested_information, phase_id=phase), at
