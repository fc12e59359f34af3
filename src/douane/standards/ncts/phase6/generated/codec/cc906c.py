"""Layouts and readers of cc906c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase6.generated.cc906c import CC906C
from douane.standards.ncts.phase6.generated.header import Header
from douane.standards.ncts.phase6.generated.codec.functional_error import L_FUNCTIONAL_ERROR_04, read_functional_error_04
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_HEADER_01 = Layout("Header", Header, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
))
L_CC906C = Layout("CC906C", CC906C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 1, 1, L_HEADER_01),
    Inner("FunctionalError", "functional_error", 1, 9999, L_FUNCTIONAL_ERROR_04),
))

_L_CC906C_0 = body(L_CC906C, 0, 7)

def read_cc906c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC906C, int]:
    found = _L_CC906C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    functional_error, at = many(read_functional_error_04, "<FunctionalError>", 9999, text, starts, at)
    return CC906C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=Header(lrn=v6, mrn=v7), functional_error=functional_error, phase_id=phase), at
