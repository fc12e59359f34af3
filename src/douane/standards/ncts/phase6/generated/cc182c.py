"""Structs and writers of cc182c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.incident import Incident, write_incident
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation47(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType47; in CC182C."""
    mrn: str
    incident_notification_date_and_time: datetime.datetime

def write_transit_operation47(v: TransitOperation47) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><incidentNotificationDateAndTime>{v.incident_notification_date_and_time.isoformat(timespec="seconds")}</incidentNotificationDateAndTime>'

class CustomsOfficeOfIncidentRegistration(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType02; in CC182C."""
    reference_number: str

def write_customs_office_of_incident_registration(v: CustomsOfficeOfIncidentRegistration) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'

class Consignment22(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType22; in CC182C."""
    incident: tuple[Incident, ...]

@remembered
def write_consignment22(v: Consignment22) -> str:
    out = ''
    for v0 in v.incident: out += f'<Incident>{write_incident(v0)}</Incident>'
    return out

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
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration
    consignment: Consignment22

def write_cc182c(v: CC182C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation47(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfIncidentRegistration>{write_customs_office_of_incident_registration(v.customs_office_of_incident_registration)}</CustomsOfficeOfIncidentRegistration><Consignment>{write_consignment22(v.consignment)}</Consignment>'
