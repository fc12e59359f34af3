"""Structs and writers of cc060c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, write_holder_of_the_transit_procedure02
from douane.standards.ncts.phase6.generated.representative import Representative02, write_representative02
from douane.standards.ncts.binding.writing import text

class TransitOperation22(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType22; in CC060C."""
    lrn: str | None = None
    mrn: str | None = None
    control_notification_date_and_time: datetime.datetime
    notification_type: str

def write_transit_operation22(v: TransitOperation22) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out + f'<controlNotificationDateAndTime>{v.control_notification_date_and_time.isoformat(timespec="seconds")}</controlNotificationDateAndTime><notificationType>{text(v.notification_type)}</notificationType>'

class TypeOfControls(Group, frozen=True, kw_only=True, gc=False):
    """TypeOfControlsType; in CC060C."""
    sequence_number: int
    type: str
    text: str | None = None

def write_type_of_controls(v: TypeOfControls) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out

class RequestedDocument(Group, frozen=True, kw_only=True, gc=False):
    """RequestedDocumentType; in CC060C."""
    sequence_number: int
    document_type: str
    description: str | None = None

def write_requested_document(v: RequestedDocument) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><documentType>{text(v.document_type)}</documentType>'
    if (v2 := v.description) is not None: out += f'<description>{text(v2)}</description>'
    return out

class CC060C(Message, frozen=True, kw_only=True, gc=False):
    """IE060: Control decided."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation22
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    type_of_controls: tuple[TypeOfControls, ...] = ()
    requested_document: tuple[RequestedDocument, ...] = ()

def write_cc060c(v: CC060C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation22(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure02(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v9 := v.representative) is not None: out += f'<Representative>{write_representative02(v9)}</Representative>'
    for v10 in v.type_of_controls: out += f'<TypeOfControls>{write_type_of_controls(v10)}</TypeOfControls>'
    for v11 in v.requested_document: out += f'<RequestedDocument>{write_requested_document(v11)}</RequestedDocument>'
    return out
