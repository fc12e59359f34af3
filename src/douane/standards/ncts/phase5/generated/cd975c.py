"""Structs and writers of cd975c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.binding.writing import text

class Header06(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType06; in CD975C."""
    mrn: str
    status: str

def write_header06(v: Header06) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><status>{text(v.status)}</status>'

class CD975C(Message, frozen=True, kw_only=True, gc=False):
    """IE975: The administration's system is available."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header06 | None = None

def write_cd975c(v: CD975C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    if (v6 := v.header) is not None: out += f'<Header>{write_header06(v6)}</Header>'
    return out
