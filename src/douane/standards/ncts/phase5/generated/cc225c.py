"""Structs of cc225c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01


class GuaranteeReference09(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType09; in CC225C."""

    sequence_number: int
    grn: str
    currency: str
    reference_amount: Decimal | None = None
    percentage_of_reference_amount: int | None = None
    guarantee_amount: Decimal | None = None
    number_of_certificates: int | None = None
    validity_date: datetime.date | None = None
    invalidity_date: datetime.date | None = None
    invalidity_reason_code: str | None = None
    restricted_use_suspended_goods: bool
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC225C(Message, frozen=True, kw_only=True, gc=False):
    """IE225: Guarantee changed."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: tuple[GuaranteeReference09, ...]
    phase_id: str | None = None
