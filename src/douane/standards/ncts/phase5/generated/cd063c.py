"""Structs of cd063c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation17


class CustomsOfficeOfIncidentRegistration01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType01; in CD063C."""

    sequence_number: int
    reference_number: str


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
    phase_id: str | None = None
