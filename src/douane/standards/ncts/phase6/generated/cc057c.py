"""Structs and writers of cc057c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase6.generated.functional_error import FunctionalError02, write_functional_error02
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02, write_trader_at_destination02
from douane.standards.ncts.binding.writing import text

class TransitOperation21(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType21; in CC057C."""
    mrn: str
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None

def write_transit_operation21(v: TransitOperation21) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><businessRejectionType>{text(v.business_rejection_type)}</businessRejectionType><rejectionDateAndTime>{v.rejection_date_and_time.isoformat(timespec="seconds")}</rejectionDateAndTime><rejectionCode>{text(v.rejection_code)}</rejectionCode>'
    if (v4 := v.rejection_reason) is not None: out += f'<rejectionReason>{text(v4)}</rejectionReason>'
    return out

class CC057C(Message, frozen=True, kw_only=True, gc=False):
    """IE057: Refusal by the office of destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation21
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    functional_error: tuple[FunctionalError02, ...] = ()

def write_cc057c(v: CC057C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation21(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual><TraderAtDestination>{write_trader_at_destination02(v.trader_at_destination)}</TraderAtDestination>'
    for v9 in v.functional_error: out += f'<FunctionalError>{write_functional_error02(v9)}</FunctionalError>'
    return out
