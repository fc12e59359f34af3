"""Structs of cc056c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation20(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType20; in CC056C."""

    lrn: str | None = None
    mrn: str | None = None
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None


class Representative01(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType01; in CC056C."""

    identification_number: str
    status: str


class CC056C(Message, frozen=True, kw_only=True, gc=False):
    """IE056: Refusal by the office of departure."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation20
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative01 | None = None
    functional_error: tuple[FunctionalError02, ...] = ()
    phase_id: str | None = None
