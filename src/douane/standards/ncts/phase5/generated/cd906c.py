"""Structs and writers of cd906c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.header import Header03, write_header03
from douane.standards.ncts.binding.writing import text

class FunctionalError03(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType03; in CD906C."""
    error_pointer: str
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None

def write_functional_error03(v: FunctionalError03) -> str:
    out = f'<errorPointer>{text(v.error_pointer)}</errorPointer><errorCode>{text(v.error_code)}</errorCode>'
    if (v2 := v.error_reason) is not None: out += f'<errorReason>{text(v2)}</errorReason>'
    if (v3 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v3)}</originalAttributeValue>'
    return out

class CD906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    functional_error: tuple[FunctionalError03, ...]

def write_cd906c(v: CD906C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    if (v6 := v.header) is not None: out += f'<Header>{write_header03(v6)}</Header>'
    for v7 in v.functional_error: out += f'<FunctionalError>{write_functional_error03(v7)}</FunctionalError>'
    return out
