"""Structs of cc224c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04


class GuaranteeReference02(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType02; in CC224C."""

    sequence_number: int
    grn: str
    currency: str | None = None
    issue_date: datetime.date
    access_code: str
    tir_carnet: bool
    expiry_date: datetime.date
    copy_given: bool
    voucher_amount: Decimal | None = None


class CC224C(Message, frozen=True, kw_only=True, gc=False):
    """IE224: Guarantee voucher sold."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor02
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: tuple[GuaranteeReference02, ...]
    phase_id: str | None = None
