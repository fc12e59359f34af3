"""Layouts and readers of cd975c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd975c import CD975C, Header06
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_3, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_HEADER_06 = Layout("Header", Header06, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("status", "status", True, ALPHANUMERIC_3),
))
L_CD975C = Layout("CD975C", CD975C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 0, 1, L_HEADER_06),
))

_L_CD975C_0 = body(L_CD975C, 0, 7)

def read_cd975c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD975C, int]:
    found = _L_CD975C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    return CD975C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=None if v6 is None else Header06(mrn=v6, status=v7), phase_id=phase), at
