"""Structs and writers of cc917c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.header import Header, write_header
from douane.standards.ncts.binding.writing import text

class XMLError(Group, frozen=True, kw_only=True, gc=False):
    """XMLErrorType; in CC917C."""
    error_line_number: int
    error_column_number: int
    error_pointer: str | None = None
    error_code: str
    error_text: str
    original_attribute_value: str | None = None

def write_xml_error(v: XMLError) -> str:
    out = f'<errorLineNumber>{v.error_line_number}</errorLineNumber><errorColumnNumber>{v.error_column_number}</errorColumnNumber>'
    if (v2 := v.error_pointer) is not None: out += f'<errorPointer>{text(v2)}</errorPointer>'
    out += f'<errorCode>{text(v.error_code)}</errorCode><errorText>{text(v.error_text)}</errorText>'
    if (v5 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v5)}</originalAttributeValue>'
    return out

class CC917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header | None = None
    xml_error: tuple[XMLError, ...]

def write_cc917c(v: CC917C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    if (v6 := v.header) is not None: out += f'<Header>{write_header(v6)}</Header>'
    for v7 in v.xml_error: out += f'<XMLError>{write_xml_error(v7)}</XMLError>'
    return out
