"""Structs and writers of cd095c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination, write_customs_office_of_destination
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit import CustomsOfficeOfExitForTransit, write_customs_office_of_exit_for_transit
from douane.standards.ncts.phase5.generated.customs_office_of_transit import CustomsOfficeOfTransit, write_customs_office_of_transit
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation37, write_transit_operation37
from douane.standards.ncts.binding.writing import text

class CD095C(Message, frozen=True, kw_only=True, gc=False):
    """IE095: Answer about a status."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation37
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination: CustomsOfficeOfDestination | None = None
    customs_office_of_transit: CustomsOfficeOfTransit | None = None
    customs_office_of_exit_for_transit: CustomsOfficeOfExitForTransit | None = None

def write_cd095c(v: CD095C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation37(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_departure) is not None: out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v7)}</CustomsOfficeOfDeparture>'
    if (v8 := v.customs_office_of_destination) is not None: out += f'<CustomsOfficeOfDestination>{write_customs_office_of_destination(v8)}</CustomsOfficeOfDestination>'
    if (v9 := v.customs_office_of_transit) is not None: out += f'<CustomsOfficeOfTransit>{write_customs_office_of_transit(v9)}</CustomsOfficeOfTransit>'
    if (v10 := v.customs_office_of_exit_for_transit) is not None: out += f'<CustomsOfficeOfExitForTransit>{write_customs_office_of_exit_for_transit(v10)}</CustomsOfficeOfExitForTransit>'
    return out
