"""Structs and writers of cc023c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture, write_customs_office_of_recovery_at_departure
from douane.standards.ncts.phase6.generated.guarantor import Guarantor06, write_guarantor06
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation48, write_transit_operation48
from douane.standards.ncts.binding.writing import text

class GuarantorNotification(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorNotificationType; in CC023C."""
    guarantor_notification_date: datetime.date
    guarantor_notification_text: str | None = None

def write_guarantor_notification(v: GuarantorNotification) -> str:
    out = f'<guarantorNotificationDate>{v.guarantor_notification_date.isoformat()}</guarantorNotificationDate>'
    if (v1 := v.guarantor_notification_text) is not None: out += f'<guarantorNotificationText>{text(v1)}</guarantorNotificationText>'
    return out

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
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    guarantor_notification: GuarantorNotification

def write_cc023c(v: CC023C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation48(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfRecoveryAtDeparture>{write_customs_office_of_recovery_at_departure(v.customs_office_of_recovery_at_departure)}</CustomsOfficeOfRecoveryAtDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v10 := v.guarantor) is not None: out += f'<Guarantor>{write_guarantor06(v10)}</Guarantor>'
    return out + f'<GuarantorNotification>{write_guarantor_notification(v.guarantor_notification)}</GuarantorNotification>'
