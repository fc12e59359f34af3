"""Structs and writers of cc906c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Message
from douane.standards.ncts.phase6.generated.functional_error import FunctionalError02, write_functional_error02
from douane.standards.ncts.phase6.generated.header import Header, write_header
from douane.standards.ncts.binding.writing import text

class CC906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header
    functional_error: tuple[FunctionalError02, ...]

def write_cc906c(v: CC906C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<Header>{write_header(v.header)}</Header>'
    for v7 in v.functional_error: out += f'<FunctionalError>{write_functional_error02(v7)}</FunctionalError>'
    return out
