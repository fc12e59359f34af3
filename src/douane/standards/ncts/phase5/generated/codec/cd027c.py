"""Layouts and readers of cd027c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd027c import CD027C
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.customs_office_of_request import L_CUSTOMS_OFFICE_OF_REQUEST_01
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD027C = Layout("CD027C", CD027C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfRequest", "customs_office_of_request", 1, 1, L_CUSTOMS_OFFICE_OF_REQUEST_01),
))

_L_CD027C_0 = body(L_CD027C, 0, 8)

def read_cd027c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD027C, int]:
    found = _L_CD027C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    return CD027C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_request=CustomsOfficeOfRequest01(reference_number=v7), phase_id=phase), at
