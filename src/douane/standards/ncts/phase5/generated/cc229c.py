"""Structs of cc229c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02


class GuaranteeReference11(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType11; in CC229C."""

    grn: str
    invalidity_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC229C(Message, frozen=True, kw_only=True, gc=False):
    """IE229: Guarantee vouchers revoked."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    guarantor: Guarantor02
    guarantee_reference: GuaranteeReference11
    phase_id: str | None = None
