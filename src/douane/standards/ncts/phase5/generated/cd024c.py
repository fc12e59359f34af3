"""Structs and writers of cd024c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01, write_customs_office_of_exit_for_transit_actual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02, write_customs_office_of_transit_actual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03, write_customs_office_of_transit_declared03
from douane.standards.ncts.binding.writing import text

class TransitOperation31(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType31; in CD024C."""
    mrn: str
    arrival_date_and_time_actual: datetime.datetime | None = None

def write_transit_operation31(v: TransitOperation31) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.arrival_date_and_time_actual) is not None: out += f'<arrivalDateAndTimeActual>{v1.isoformat(timespec="seconds")}</arrivalDateAndTimeActual>'
    return out

class CD024C(Message, frozen=True, kw_only=True, gc=False):
    """IE024: Arrival passed on to the other offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation31
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()

def write_cd024c(v: CD024C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation31(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
    for v10 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared03(v10)}</CustomsOfficeOfTransitDeclared>'
    for v11 in v.customs_office_of_transit_actual: out += f'<CustomsOfficeOfTransitActual>{write_customs_office_of_transit_actual02(v11)}</CustomsOfficeOfTransitActual>'
    for v12 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v12)}</CustomsOfficeOfExitForTransitDeclared>'
    for v13 in v.customs_office_of_exit_for_transit_actual: out += f'<CustomsOfficeOfExitForTransitActual>{write_customs_office_of_exit_for_transit_actual01(v13)}</CustomsOfficeOfExitForTransitActual>'
    return out
