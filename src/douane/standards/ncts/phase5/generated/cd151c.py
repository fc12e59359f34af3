"""Structs of cd151c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference13
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CustomsOfficeOfRecoveryRequesting01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestingType01; in CD151C."""

    reference_number: str


class CustomsOfficeOfRecoveryRequested02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryRequestedType02; in CD151C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None


class Recovery02(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryType02; in CD151C."""

    recovery_acceptance: bool
    recovery_communication_date: datetime.date
    text: str | None = None


class CD151C(Message, frozen=True, kw_only=True, gc=False):
    """IE151: Recovery accepted."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_recovery_requesting: CustomsOfficeOfRecoveryRequesting01
    customs_office_of_recovery_requested: CustomsOfficeOfRecoveryRequested02
    recovery: Recovery02
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()
    phase_id: str | None = None
