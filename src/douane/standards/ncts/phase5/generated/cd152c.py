"""Structs and writers of cd152c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRecoveryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType02; in CD152C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None

def write_customs_office_of_recovery_at_departure02(v: CustomsOfficeOfRecoveryAtDeparture02) -> str:
    out = f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out

class CustomsOfficeOfRecovery(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryType; in CD152C."""
    reference_number: str

def write_customs_office_of_recovery(v: CustomsOfficeOfRecovery) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'

class Recovery03(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType03; in CD152C."""
    collection_date: datetime.date
    text: str | None = None

def write_recovery03(v: Recovery03) -> str:
    out = f'<collectionDate>{v.collection_date.isoformat()}</collectionDate>'
    if (v1 := v.text) is not None: out += f'<text>{text(v1)}</text>'
    return out

class CD152C(Message, frozen=True, kw_only=True, gc=False):
    """IE152: Recovery told to the offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture02
    customs_office_of_recovery: CustomsOfficeOfRecovery
    recovery: Recovery03

def write_cd152c(v: CD152C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CustomsOfficeOfRecoveryAtDeparture>{write_customs_office_of_recovery_at_departure02(v.customs_office_of_recovery_at_departure)}</CustomsOfficeOfRecoveryAtDeparture><CustomsOfficeOfRecovery>{write_customs_office_of_recovery(v.customs_office_of_recovery)}</CustomsOfficeOfRecovery><Recovery>{write_recovery03(v.recovery)}</Recovery>'
