"""Structs of cc055c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48


class InvalidGuaranteeReason01(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType01; in CC055C."""

    sequence_number: int
    code: str
    text: str | None = None


class GuaranteeReference08(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType08; in CC055C."""

    sequence_number: int
    grn: str
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason01, ...]


class CC055C(Message, frozen=True, kw_only=True, gc=False):
    """IE055: Guarantee not valid."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantee_reference: tuple[GuaranteeReference08, ...]
    phase_id: str | None = None
