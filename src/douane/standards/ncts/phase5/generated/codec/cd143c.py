"""Layouts and readers of cd143c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd143c import CD143C, CustomsOfficeOfRequest03, Enquiry03
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_enquiry_at_departure import L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_01
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, COREF_NUM_TYPE, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, SYSTEM_CODE_CONTENT_TYPE

L_CUSTOMS_OFFICE_OF_REQUEST_03 = Layout("CustomsOfficeOfRequest", CustomsOfficeOfRequest03, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_ENQUIRY_03 = Layout("Enquiry", Enquiry03, (
    Leaf("enquiryResponseDate", "enquiry_response_date", True, DATE_TYPE), Leaf("responseCode", "response_code", True, SYSTEM_CODE_CONTENT_TYPE),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512), Leaf("returnCopyReturnedDate", "return_copy_returned_date", False, DATE_TYPE),
))
L_CD143C = Layout("CD143C", CD143C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfRequest", "customs_office_of_request", 1, 1, L_CUSTOMS_OFFICE_OF_REQUEST_03),
    Inner("CustomsOfficeOfEnquiryAtDeparture", "customs_office_of_enquiry_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_01),
    Inner("Enquiry", "enquiry", 1, 1, L_ENQUIRY_03),
))

_L_CD143C_0 = body(L_CD143C, 0, 10)

def read_cd143c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD143C, int]:
    found = _L_CD143C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    return CD143C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_request=CustomsOfficeOfRequest03(reference_number=v7, contact_person=None if v8 is None else ContactPerson01(name=v8, phone_number=v9, e_mail_address=v10)), customs_office_of_enquiry_at_departure=CustomsOfficeOfEnquiryAtDeparture01(reference_number=v11), enquiry=Enquiry03(enquiry_response_date=datetime.date.fromisoformat(v12), response_code=v13, text=v14, return_copy_returned_date=None if v15 is None else datetime.date.fromisoformat(v15)), phase_id=phase), at
