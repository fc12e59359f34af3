"""Structs of cd024c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03


class TransitOperation31(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType31; in CD024C."""

    mrn: str
    arrival_date_and_time_actual: datetime.datetime | None = None


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
    phase_id: str | None = None
