"""Structs of cd150c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference13
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CustomsOfficeOfRecoveryRequesting02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestingType02; in CD150C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None


class CustomsOfficeOfRecoveryRequested01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestedType01; in CD150C."""

    reference_number: str


class Recovery01(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType01; in CD150C."""

    recovery_communication_date: datetime.date
    text: str


class CD150C(Message, frozen=True, kw_only=True, gc=False):
    """IE150: Recovery requested."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_requesting: CustomsOfficeOfRecoveryRequesting02
    customs_office_of_recovery_requested: CustomsOfficeOfRecoveryRequested01
    recovery: Recovery01
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()
    phase_id: str | None = None
