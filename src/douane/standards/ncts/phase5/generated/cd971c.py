"""Structs and writers of cd971c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.action import Action, write_action
from douane.standards.ncts.phase5.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class Country01(Group, frozen=True, kw_only=True, gc=False):
    """CountryType01; in CD971C."""
    sequence_number: int
    country: str
    action: tuple[Action, ...]

def write_country01(v: Country01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><country>{text(v.country)}</country>'
    for v2 in v.action: out += f'<Action>{write_action(v2)}</Action>'
    return out

class CD971C(Message, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"country": "Country"}}):
    """IE971: Full schedule of unavailability."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    country: tuple[Country01, ...]

def write_cd971c(v: CD971C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    for v6 in v.country: out += f'<Country>{write_country01(v6)}</Country>'
    return out
