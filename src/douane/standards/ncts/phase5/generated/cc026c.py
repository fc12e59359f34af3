"""Structs of cc026c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04
from douane.standards.ncts.phase5.generated.tags import TAGS


class AccessCode01(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType01; in CC026C."""

    access_code_current: str | None = None
    access_code_new: str | None = None


class GuaranteeReference05(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType05; in CC026C."""

    grn: str
    master_access_code: str
    access_code: AccessCode01


class CC026C(Message, frozen=True, kw_only=True, gc=False):
    """IE026: Access codes of a guarantee."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: GuaranteeReference05
    phase_id: str | None = None
