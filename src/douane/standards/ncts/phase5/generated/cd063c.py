"""Structs and writers of cd063c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01, write_customs_office_of_exit_for_transit_actual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01, write_customs_office_of_recovery_at_departure01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02, write_customs_office_of_transit_actual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03, write_customs_office_of_transit_declared03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation17, write_transit_operation17
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfIncidentRegistration01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType01; in CD063C."""
    sequence_number: int
    reference_number: str

def write_customs_office_of_incident_registration01(v: CustomsOfficeOfIncidentRegistration01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'

class CD063C(Message, frozen=True, kw_only=True, gc=False):
    """IE063: Recovery communicated."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()
    customs_office_of_incident_registration: tuple[CustomsOfficeOfIncidentRegistration01, ...] = ()
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01

def write_cd063c(v: CD063C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation17(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    if (v8 := v.customs_office_of_destination_actual) is not None: out += f'<CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v8)}</CustomsOfficeOfDestinationActual>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared03(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_transit_actual: out += f'<CustomsOfficeOfTransitActual>{write_customs_office_of_transit_actual02(v10)}</CustomsOfficeOfTransitActual>'
    for v11 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v11)}</CustomsOfficeOfExitForTransitDeclared>'
    for v12 in v.customs_office_of_exit_for_transit_actual: out += f'<CustomsOfficeOfExitForTransitActual>{write_customs_office_of_exit_for_transit_actual01(v12)}</CustomsOfficeOfExitForTransitActual>'
    for v13 in v.customs_office_of_incident_registration: out += f'<CustomsOfficeOfIncidentRegistration>{write_customs_office_of_incident_registration01(v13)}</CustomsOfficeOfIncidentRegistration>'
    return out + f'<CustomsOfficeOfRecoveryAtDeparture>{write_customs_office_of_recovery_at_departure01(v.customs_office_of_recovery_at_departure)}</CustomsOfficeOfRecoveryAtDeparture>'
