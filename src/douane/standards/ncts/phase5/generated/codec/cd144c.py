"""Layouts and readers of cd144c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd144c import CD144C, Enquiry04, ResponseInformation
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.competent_customs_office_at_departure import L_COMPETENT_CUSTOMS_OFFICE_AT_DEPARTURE
from douane.standards.ncts.phase5.generated.codec.competent_customs_office_at_destination import L_COMPETENT_CUSTOMS_OFFICE_AT_DESTINATION
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, DATE_TYPE, ERROR_CODE_CONTENT_TYPE, FLAG, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_ENQUIRY_04 = Layout("Enquiry", Enquiry04, (
    Leaf("enquiryRequestDate", "enquiry_request_date", True, DATE_TYPE),
    Leaf("informationAvailableFromTrader", "information_available_from_trader", True, FLAG),
))
L_RESPONSE_INFORMATION = Layout("ResponseInformation", ResponseInformation, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("informationCode", "information_code", True, ERROR_CODE_CONTENT_TYPE), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_CD144C = Layout("CD144C", CD144C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 0, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CompetentCustomsOfficeAtDeparture", "competent_customs_office_at_departure", 1, 1, L_COMPETENT_CUSTOMS_OFFICE_AT_DEPARTURE),
    Inner("CompetentCustomsOfficeAtDestination", "competent_customs_office_at_destination", 1, 1, L_COMPETENT_CUSTOMS_OFFICE_AT_DESTINATION),
    Inner("Enquiry", "enquiry", 1, 1, L_ENQUIRY_04), Inner("ResponseInformation", "response_information", 1, 99, L_RESPONSE_INFORMATION),
))

_L_RESPONSE_INFORMATION_0 = run(L_RESPONSE_INFORMATION, 0, 3)
_L_CD144C_0 = body(L_CD144C, 0, 11)

def read_response_information(text: str, starts: Starts, at: int) -> tuple[ResponseInformation, int]:
    found = _L_RESPONSE_INFORMATION_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return ResponseInformation(sequence_number=int(v0), information_code=v1, text=v2), at

def read_cd144c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD144C, int]:
    found = _L_CD144C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17 = found.groups()
    at = found.end()
    response_information, at = many(read_response_information, "<ResponseInformation>", 99, text, starts, at)
    return CD144C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_departure=None if v7 is None else CustomsOfficeOfDeparture(reference_number=v7), competent_customs_office_at_departure=CompetentCustomsOfficeAtDeparture(reference_number=v8, contact_person=None if v9 is None else ContactPerson01(name=v9, phone_number=v10, e_mail_address=v11)), competent_customs_office_at_destination=CompetentCustomsOfficeAtDestination(reference_number=v12, contact_person=None if v13 is None else ContactPerson01(name=v13, phone_number=v14, e_mail_address=v15)), enquiry=Enquiry04(enquiry_request_date=datetime.date.fromisoformat(v16), information_available_from_trader=v17 == "1"), response_information=response_information, phase_id=phase), at
