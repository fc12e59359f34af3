"""Layouts and readers of cd917c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd917c import CD917C
from douane.standards.ncts.phase5.generated.header import Header03
from douane.standards.ncts.phase5.generated.codec.xml_error import L_XML_ERROR, read_xml_error
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX35, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_HEADER_04 = Layout("Header", Header03, (
    Leaf("MRN", "mrn", True, ALPHANUMERIC_MAX35),
))
L_CD917C = Layout("CD917C", CD917C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 0, 1, L_HEADER_04),
    Inner("XMLError", "xml_error", 1, 9999, L_XML_ERROR),
))

_L_CD917C_0 = body(L_CD917C, 0, 7)

def read_cd917c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD917C, int]:
    found = _L_CD917C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    xml_error, at = many(read_xml_error, "<XMLError>", 9999, text, starts, at)
    return CD917C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=None if v6 is None else Header03(mrn=v6), xml_error=xml_error, phase_id=phase), at
