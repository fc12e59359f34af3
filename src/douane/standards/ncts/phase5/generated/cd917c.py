"""Structs and writers of cd917c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.header import Header03, write_header03
from douane.standards.ncts.phase5.generated.xml_error import XMLError, write_xml_error
from douane.standards.ncts.binding.writing import text

class CD917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    xml_error: tuple[XMLError, ...]

def write_cd917c(v: CD917C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    if (v6 := v.header) is not None: out += f'<Header>{write_header03(v6)}</Header>'
    for v7 in v.xml_error: out += f'<XMLError>{write_xml_error(v7)}</XMLError>'
    return out
