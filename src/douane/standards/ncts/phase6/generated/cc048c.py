"""Structs and writers of cc048c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_destination import CustomsOfficeOfDestination, write_customs_office_of_destination
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture, write_customs_office_of_recovery_at_departure
from douane.standards.ncts.binding.writing import text

class TransitOperation17(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType17; in CC048C."""
    mrn: str
    recovery_communication_date: datetime.date | None = None

def write_transit_operation17(v: TransitOperation17) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.recovery_communication_date) is not None: out += f'<recoveryCommunicationDate>{v1.isoformat()}</recoveryCommunicationDate>'
    return out

class ExportOperation01(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType01; in CC048C."""
    sequence_number: int
    mrn: str

def write_export_operation01(v: ExportOperation01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><MRN>{text(v.mrn)}</MRN>'

class CC048C(Message, frozen=True, kw_only=True, gc=False):
    """IE048: Export system learns of a recovery."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    export_operation: tuple[ExportOperation01, ...]
    customs_office_of_destination: CustomsOfficeOfDestination
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture

def write_cc048c(v: CC048C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation17(v.transit_operation)}</TransitOperation>'
    for v7 in v.export_operation: out += f'<ExportOperation>{write_export_operation01(v7)}</ExportOperation>'
    return out + f'<CustomsOfficeOfDestination>{write_customs_office_of_destination(v.customs_office_of_destination)}</CustomsOfficeOfDestination><CustomsOfficeOfRecoveryAtDeparture>{write_customs_office_of_recovery_at_departure(v.customs_office_of_recovery_at_departure)}</CustomsOfficeOfRecoveryAtDeparture>'
