"""Structs of cc035c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01
from douane.standards.ncts.phase5.generated.guarantor import Guarantor06
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48


class RecoveryNotification(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryNotificationType; in CC035C."""

    recovery_notification_date: datetime.date | None = None
    recovery_notification_text: str | None = None
    amount_claimed: Decimal
    currency: str


class CC035C(Message, frozen=True, kw_only=True, gc=False):
    """IE035: Recovery notified."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    recovery_notification: RecoveryNotification
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    phase_id: str | None = None
