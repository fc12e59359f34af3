"""Layouts and readers of cd059c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd059c import CD059C, TransitOperation35
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_request import L_CUSTOMS_OFFICE_OF_REQUEST_01
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_35 = Layout("TransitOperation", TransitOperation35, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("cancelEnquiryNotificationDateAndTime", "cancel_enquiry_notification_date_and_time", True, DATE_TIME_TYPE),
    Leaf("cancelEnquiryNotificationText", "cancel_enquiry_notification_text", False, ALPHA_NUMERIC_MAX512),
))
L_CD059C = Layout("CD059C", CD059C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_35),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfRequest", "customs_office_of_request", 1, 1, L_CUSTOMS_OFFICE_OF_REQUEST_01),
))

_L_CD059C_0 = body(L_CD059C, 0, 9)

def read_cd059c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD059C, int]:
    found = _L_CD059C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    return CD059C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation35(mrn=v6, cancel_enquiry_notification_date_and_time=datetime.datetime.fromisoformat(v7), cancel_enquiry_notification_text=v8), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v9), customs_office_of_request=CustomsOfficeOfRequest01(reference_number=v10), phase_id=phase), at
