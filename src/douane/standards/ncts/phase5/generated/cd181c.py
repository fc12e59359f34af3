"""Structs and writers of cd181c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment22, write_consignment22
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_incident_registration import CustomsOfficeOfIncidentRegistration02, write_customs_office_of_incident_registration02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03, write_customs_office_of_transit_declared03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation47, write_transit_operation47
from douane.standards.ncts.binding.writing import text

class CD181C(Message, frozen=True, kw_only=True, gc=False):
    """IE181: Incident passed on between offices."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22

def write_cd181c(v: CD181C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation47(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared03(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v10)}</CustomsOfficeOfExitForTransitDeclared>'
    return out + f'<CustomsOfficeOfIncidentRegistration>{write_customs_office_of_incident_registration02(v.customs_office_of_incident_registration)}</CustomsOfficeOfIncidentRegistration><Consignment>{write_consignment22(v.consignment)}</Consignment>'
