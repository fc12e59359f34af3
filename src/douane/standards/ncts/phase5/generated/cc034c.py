"""Structs of cc034c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery
from douane.standards.ncts.phase5.generated.requester import Requester
from douane.standards.ncts.phase5.generated.tags import TAGS


class AccessCode02(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType02; in CC034C."""

    access_code: str


class Owner01(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType01; in CC034C."""

    identification_number: str


class GuaranteeReference06(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType06; in CC034C."""

    sequence_number: int
    grn: str
    guarantee_query: GuaranteeQuery
    owner: Owner01 | None = None
    access_code: AccessCode02


class CC034C(Message, frozen=True, kw_only=True, gc=False):
    """IE034: Question about guarantees."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    requester: Requester
    guarantee_reference: tuple[GuaranteeReference06, ...]
    phase_id: str | None = None
