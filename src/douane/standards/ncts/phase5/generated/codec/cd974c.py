"""Layouts and readers of cd974c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd974c import CD974C
from douane.standards.ncts.phase5.generated.header import Header03
from douane.standards.ncts.phase5.generated.codec.header import L_HEADER_03
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD974C = Layout("CD974C", CD974C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 1, 1, L_HEADER_03),
))

_L_CD974C_0 = body(L_CD974C, 0, 7)

def read_cd974c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD974C, int]:
    found = _L_CD974C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    return CD974C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=Header03(mrn=v6), phase_id=phase), at
