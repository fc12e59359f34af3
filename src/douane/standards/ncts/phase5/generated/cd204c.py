"""Structs and writers of cd204c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.guarantee import Guarantee04, write_guarantee04
from douane.standards.ncts.binding.writing import text

class TransitOperation42(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType42; in CD204C."""
    mrn: str
    release_date: datetime.date | None = None
    usage_cancellation_date: datetime.date | None = None

def write_transit_operation42(v: TransitOperation42) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.release_date) is not None: out += f'<releaseDate>{v1.isoformat()}</releaseDate>'
    if (v2 := v.usage_cancellation_date) is not None: out += f'<usageCancellationDate>{v2.isoformat()}</usageCancellationDate>'
    return out

class CD204C(Message, frozen=True, kw_only=True, gc=False):
    """IE204: Use of a guarantee taken back."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation42
    customs_office_of_departure: CustomsOfficeOfDeparture
    guarantee: tuple[Guarantee04, ...]

def write_cd204c(v: CD204C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation42(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture>'
    for v8 in v.guarantee: out += f'<Guarantee>{write_guarantee04(v8)}</Guarantee>'
    return out
