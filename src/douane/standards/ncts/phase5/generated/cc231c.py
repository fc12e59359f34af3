"""Structs of cc231c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01


class GuaranteeReference12(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType12; in CC231C."""

    grn: str
    invalidity_date: datetime.date
    invalidity_reason_code: str | None = None
    invalidity_reason_text: str | None = None
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC231C(Message, frozen=True, kw_only=True, gc=False):
    """IE231: Comprehensive guarantee cancelled."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: GuaranteeReference12
    phase_id: str | None = None
