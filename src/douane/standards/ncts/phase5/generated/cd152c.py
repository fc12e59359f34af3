"""Structs of cd152c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CustomsOfficeOfRecoveryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType02; in CD152C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None


class CustomsOfficeOfRecovery(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryType; in CD152C."""

    reference_number: str


class Recovery03(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType03; in CD152C."""

    collection_date: datetime.date
    text: str | None = None


class CD152C(Message, frozen=True, kw_only=True, gc=False):
    """IE152: Recovery told to the offices."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture02
    customs_office_of_recovery: CustomsOfficeOfRecovery
    recovery: Recovery03
    phase_id: str | None = None
