"""Structs of cc007c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.authorisation import Authorisation
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.incident import Incident01
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods


class TransitOperation02(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType02; in CC007C."""

    mrn: str
    arrival_notification_date_and_time: datetime.datetime
    simplified_procedure: bool
    incident_flag: bool


class TraderAtDestination01(Group, frozen=True, kw_only=True, gc=False):
    """TraderAtDestinationType01; in CC007C."""

    identification_number: str
    communication_language_at_destination: str | None = None


class Consignment01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType01; in CC007C."""

    location_of_goods: LocationOfGoods
    incident: tuple[Incident01, ...] = ()


class CC007C(Message, frozen=True, kw_only=True, gc=False):
    """IE007: Trader notifies arrival."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation02
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination01
    consignment: Consignment01
    phase_id: str | None = None
