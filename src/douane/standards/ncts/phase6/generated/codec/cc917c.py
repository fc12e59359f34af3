"""Layouts and readers of cc917c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.cc917c import CC917C, XMLError
from douane.standards.ncts.phase6.generated.header import Header
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITH_ZERO_9, XML_ERROR_CODES

L_HEADER_02 = Layout("Header", Header, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX35), Leaf("MRN", "mrn", False, MRNCONTENT_TYPE01),
))
L_XML_ERROR = Layout("XMLError", XMLError, (
    Leaf("errorLineNumber", "error_line_number", True, NUMERIC_WITH_ZERO_9),
    Leaf("errorColumnNumber", "error_column_number", True, NUMERIC_WITH_ZERO_9), Leaf("errorPointer", "error_pointer", False, ALPHA_NUMERIC_MAX512),
    Leaf("errorCode", "error_code", True, XML_ERROR_CODES), Leaf("errorText", "error_text", True, ALPHA_NUMERIC_MAX512),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))
L_CC917C = Layout("CC917C", CC917C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Header", "header", 0, 1, L_HEADER_02),
    Inner("XMLError", "xml_error", 1, 9999, L_XML_ERROR),
))

_L_XML_ERROR_0 = run(L_XML_ERROR, 0, 6)
_L_CC917C_0 = body(L_CC917C, 0, 7)

def read_xml_error(text: str, starts: Starts, at: int) -> tuple[XMLError, int]:
    found = _L_XML_ERROR_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return XMLError(error_line_number=int(v0), error_column_number=int(v1), error_pointer=v2, error_code=v3, error_text=v4, original_attribute_value=v5), at

def read_cc917c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC917C, int]:
    found = _L_CC917C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    xml_error, at = many(read_xml_error, "<XMLError>", 9999, text, starts, at)
    return CC917C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, header=None if v6 is None else Header(lrn=v7, mrn=v8), xml_error=xml_error, phase_id=phase), at
