"""Structs and writers of cc007c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.authorisation import Authorisation, write_authorisation
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation02(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType02; in CC007C."""
    mrn: str
    arrival_notification_date_and_time: datetime.datetime
    simplified_procedure: bool

def write_transit_operation02(v: TransitOperation02) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><arrivalNotificationDateAndTime>{v.arrival_notification_date_and_time.isoformat(timespec="seconds")}</arrivalNotificationDateAndTime><simplifiedProcedure>{v.simplified_procedure:d}</simplifiedProcedure>'

class TraderAtDestination01(Group, frozen=True, kw_only=True, gc=False):
    """TraderAtDestinationType01; in CC007C."""
    identification_number: str
    communication_language_at_destination: str | None = None

def write_trader_at_destination01(v: TraderAtDestination01) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.communication_language_at_destination) is not None: out += f'<communicationLanguageAtDestination>{text(v1)}</communicationLanguageAtDestination>'
    return out

class Consignment01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType01; in CC007C."""
    location_of_goods: LocationOfGoods

@remembered
def write_consignment01(v: Consignment01) -> str:
    return f'<LocationOfGoods>{write_location_of_goods(v.location_of_goods)}</LocationOfGoods>'

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

def write_cc007c(v: CC007C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation02(v.transit_operation)}</TransitOperation>'
    for v7 in v.authorisation: out += f'<Authorisation>{write_authorisation(v7)}</Authorisation>'
    return out + f'<CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual><TraderAtDestination>{write_trader_at_destination01(v.trader_at_destination)}</TraderAtDestination><Consignment>{write_consignment01(v.consignment)}</Consignment>'
