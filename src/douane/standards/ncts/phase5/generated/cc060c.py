"""Structs of cc060c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase5.generated.representative import Representative02


class TransitOperation22(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType22; in CC060C."""

    lrn: str | None = None
    mrn: str | None = None
    control_notification_date_and_time: datetime.datetime
    notification_type: str


class TypeOfControls(Group, frozen=True, kw_only=True, gc=False):
    """TypeOfControlsType; in CC060C."""

    sequence_number: int
    type: str
    text: str | None = None


class RequestedDocument(Group, frozen=True, kw_only=True, gc=False):
    """RequestedDocumentType; in CC060C."""

    sequence_number: int
    document_type: str
    description: str | None = None


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
    phase_id: str | None = None
