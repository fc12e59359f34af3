"""Structs and writers of cc040c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.binding.writing import text

class TransitOperation44(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType44; in CC040C."""
    mrn: str

def write_transit_operation44(v: TransitOperation44) -> str:
    return f'<MRN>{text(v.mrn)}</MRN>'

class CC040C(Message, frozen=True, kw_only=True, gc=False):
    """IE040: Export system learns of an invalidated transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation44

def write_cc040c(v: CC040C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation44(v.transit_operation)}</TransitOperation>'
