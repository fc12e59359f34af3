"""Structs and writers of cd168c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual02, write_customs_office_of_exit_for_transit_actual02
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation46, write_transit_operation46
from douane.standards.ncts.binding.writing import text

class CD168C(Message, frozen=True, kw_only=True, gc=False):
    """IE168: Goods left the security area."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation46
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02

def write_cd168c(v: CD168C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation46(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfExitForTransitActual>{write_customs_office_of_exit_for_transit_actual02(v.customs_office_of_exit_for_transit_actual)}</CustomsOfficeOfExitForTransitActual>'
