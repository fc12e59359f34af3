"""Structs and writers of cc042c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_destination import CustomsOfficeOfDestination, write_customs_office_of_destination
from douane.standards.ncts.phase6.generated.customs_office_of_exit import CustomsOfficeOfExit, write_customs_office_of_exit
from douane.standards.ncts.binding.writing import text

class TransitOperation13(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType13; in CC042C."""
    mrn: str
    declaration_type: str

def write_transit_operation13(v: TransitOperation13) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType>'

class ControlResult03(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType03; in CC042C."""
    code: str
    date: datetime.date

def write_control_result03(v: ControlResult03) -> str:
    return f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date>'

class ExportOperation04(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType04; in CC042C."""
    sequence_number: int
    mrn: str
    control_result: ControlResult03

def write_export_operation04(v: ExportOperation04) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><MRN>{text(v.mrn)}</MRN><ControlResult>{write_control_result03(v.control_result)}</ControlResult>'

class CC042C(Message, frozen=True, kw_only=True, gc=False):
    """IE042: Export system learns the results of control at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation13
    export_operation: tuple[ExportOperation04, ...]
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination

def write_cc042c(v: CC042C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation13(v.transit_operation)}</TransitOperation>'
    for v7 in v.export_operation: out += f'<ExportOperation>{write_export_operation04(v7)}</ExportOperation>'
    return out + f'<CustomsOfficeOfExit>{write_customs_office_of_exit(v.customs_office_of_exit)}</CustomsOfficeOfExit><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestination>{write_customs_office_of_destination(v.customs_office_of_destination)}</CustomsOfficeOfDestination>'
