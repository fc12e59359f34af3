"""Structs and writers of cc004c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation01(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType01; in CC004C."""
    lrn: str | None = None
    mrn: str | None = None
    amendment_submission_date_and_time: datetime.datetime
    amendment_acceptance_date_and_time: datetime.datetime

def write_transit_operation01(v: TransitOperation01) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out + f'<amendmentSubmissionDateAndTime>{v.amendment_submission_date_and_time.isoformat(timespec="seconds")}</amendmentSubmissionDateAndTime><amendmentAcceptanceDateAndTime>{v.amendment_acceptance_date_and_time.isoformat(timespec="seconds")}</amendmentAcceptanceDateAndTime>'

class CC004C(Message, frozen=True, kw_only=True, gc=False):
    """IE004: Amendment accepted."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08

def write_cc004c(v: CC004C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation01(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
