"""Structs and writers of cd070c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.country import Country02, write_country02
from douane.standards.ncts.phase5.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class CD070C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE070: System unavailable, to the common domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: Country02

def write_cd070c(v: CD070C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<Country>{write_country02(v.country)}</Country>'
