"""Structs of cc023c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01
from douane.standards.ncts.phase5.generated.guarantor import Guarantor06
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48


class GuarantorNotification(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorNotificationType; in CC023C."""

    guarantor_notification_date: datetime.date
    guarantor_notification_text: str | None = None


class CC023C(Message, frozen=True, kw_only=True, gc=False):
    """IE023: Guarantor is notified."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    guarantor_notification: GuarantorNotification
    phase_id: str | None = None
