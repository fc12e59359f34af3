"""Structs and writers of cc182c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment22, write_consignment22
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_incident_registration import CustomsOfficeOfIncidentRegistration02, write_customs_office_of_incident_registration02
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation47, write_transit_operation47
from douane.standards.ncts.binding.writing import text

class CC182C(Message, frozen=True, kw_only=True, gc=False):
    """IE182: Incident passed on to the trader."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22

def write_cc182c(v: CC182C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation47(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfIncidentRegistration>{write_customs_office_of_incident_registration02(v.customs_office_of_incident_registration)}</CustomsOfficeOfIncidentRegistration><Consignment>{write_consignment22(v.consignment)}</Consignment>'
