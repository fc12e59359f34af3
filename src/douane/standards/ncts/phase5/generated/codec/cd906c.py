"""Layouts and readers of cd906c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd906c import CD906C, FunctionalError03
from douane.standards.ncts.phase5.generated.header import Header03
from douane.standards.ncts.phase5.generated.codec.header import L_HEADER_03
from douane.standards.ncts.phase5.generated.codec.kinds import AES_NCTS_P5_FUNCTIONAL_ERROR_CODES, ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX7, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_FUNCTIONAL_ERROR_03 = Layout("FunctionalError", FunctionalError03, (
    Leaf("errorPointer", "error_pointer", True, ALPHA_NUMERIC_MAX512), Leaf("errorCode", "error_code", True, AES_NCTS_P5_FUNCTIONAL_ERROR_CODES),
    Leaf("errorReason", "error_reason", False, ALPHA_NUMERIC_MAX7),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))
L_CD906C = Layout("CD906C", CD906C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 0, 1, L_HEADER_03),
    Inner("FunctionalError", "functional_error", 1, 9999, L_FUNCTIONAL_ERROR_03),
))

_L_FUNCTIONAL_ERROR_03_0 = run(L_FUNCTIONAL_ERROR_03, 0, 4)
_L_CD906C_0 = body(L_CD906C, 0, 7)

def read_functional_error_03(text: str, starts: Starts, at: int) -> tuple[FunctionalError03, int]:
    found = _L_FUNCTIONAL_ERROR_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return FunctionalError03(error_pointer=v0, error_code=v1, error_reason=v2, original_attribute_value=v3), at

def read_cd906c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD906C, int]:
    found = _L_CD906C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    functional_error, at = many(read_functional_error_03, "<FunctionalError>", 9999, text, starts, at)
    return CD906C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=None if v6 is None else Header03(mrn=v6), functional_error=functional_error, phase_id=phase), at
