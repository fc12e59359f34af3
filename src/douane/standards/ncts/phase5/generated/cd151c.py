"""Structs and writers of cd151c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference13, write_guarantee_reference13
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRecoveryRequesting01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestingType01; in CD151C."""
    reference_number: str

def write_customs_office_of_recovery_requesting01(v: CustomsOfficeOfRecoveryRequesting01) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'

class CustomsOfficeOfRecoveryRequested02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestedType02; in CD151C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None

def write_customs_office_of_recovery_requested02(v: CustomsOfficeOfRecoveryRequested02) -> str:
    out = f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out

class Recovery02(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType02; in CD151C."""
    recovery_acceptance: bool
    recovery_communication_date: datetime.date
    text: str | None = None

def write_recovery02(v: Recovery02) -> str:
    out = f'<recoveryAcceptance>{v.recovery_acceptance:d}</recoveryAcceptance><recoveryCommunicationDate>{v.recovery_communication_date.isoformat()}</recoveryCommunicationDate>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out

class CD151C(Message, frozen=True, kw_only=True, gc=False):
    """IE151: Recovery accepted."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_requesting: CustomsOfficeOfRecoveryRequesting01
    customs_office_of_recovery_requested: CustomsOfficeOfRecoveryRequested02
    recovery: Recovery02
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()

def write_cd151c(v: CD151C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CustomsOfficeOfRecoveryRequesting>{write_customs_office_of_recovery_requesting01(v.customs_office_of_recovery_requesting)}</CustomsOfficeOfRecoveryRequesting><CustomsOfficeOfRecoveryRequested>{write_customs_office_of_recovery_requested02(v.customs_office_of_recovery_requested)}</CustomsOfficeOfRecoveryRequested><Recovery>{write_recovery02(v.recovery)}</Recovery>'
    for v10 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference13(v10)}</GuaranteeReference>'
    return out
