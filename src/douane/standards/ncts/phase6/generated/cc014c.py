"""Structs and writers of cc014c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, write_holder_of_the_transit_procedure02
from douane.standards.ncts.phase6.generated.invalidation import Invalidation, write_invalidation
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation03, write_transit_operation03
from douane.standards.ncts.binding.writing import text

class CC014C(Message, frozen=True, kw_only=True, gc=False):
    """IE014: Trader asks to invalidate a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    invalidation: Invalidation
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02

def write_cc014c(v: CC014C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation03(v.transit_operation)}</TransitOperation><Invalidation>{write_invalidation(v.invalidation)}</Invalidation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure02(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
