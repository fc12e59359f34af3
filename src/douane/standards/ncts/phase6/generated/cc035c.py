"""Structs and writers of cc035c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture, write_customs_office_of_recovery_at_departure
from douane.standards.ncts.phase6.generated.guarantor import Guarantor06, write_guarantor06
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation48, write_transit_operation48
from douane.standards.ncts.binding.writing import text

class RecoveryNotification(Group, frozen=True, kw_only=True, gc=False):
    """RecoveryNotificationType; in CC035C."""
    recovery_notification_date: datetime.date | None = None
    recovery_notification_text: str | None = None
    amount_claimed: Decimal
    currency: str

def write_recovery_notification(v: RecoveryNotification) -> str:
    out = ''
    if (v0 := v.recovery_notification_date) is not None: out += f'<recoveryNotificationDate>{v0.isoformat()}</recoveryNotificationDate>'
    if (v1 := v.recovery_notification_text) is not None: out += f'<recoveryNotificationText>{text(v1)}</recoveryNotificationText>'
    return out + f'<amountClaimed>{v.amount_claimed:f}</amountClaimed><currency>{text(v.currency)}</currency>'

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
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None

def write_cc035c(v: CC035C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation48(v.transit_operation)}</TransitOperation><RecoveryNotification>{write_recovery_notification(v.recovery_notification)}</RecoveryNotification><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfRecoveryAtDeparture>{write_customs_office_of_recovery_at_departure(v.customs_office_of_recovery_at_departure)}</CustomsOfficeOfRecoveryAtDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v11 := v.guarantor) is not None: out += f'<Guarantor>{write_guarantor06(v11)}</Guarantor>'
    return out
