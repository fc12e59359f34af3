"""Structs and writers of cc034c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery, write_guarantee_query
from douane.standards.ncts.phase5.generated.requester import Requester, write_requester
from douane.standards.ncts.phase5.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class AccessCode02(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType02; in CC034C."""
    access_code: str

def write_access_code02(v: AccessCode02) -> str:
    return f'<accessCode>{text(v.access_code)}</accessCode>'

class Owner01(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType01; in CC034C."""
    identification_number: str

def write_owner01(v: Owner01) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'

class GuaranteeReference06(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType06; in CC034C."""
    sequence_number: int
    grn: str
    guarantee_query: GuaranteeQuery
    owner: Owner01 | None = None
    access_code: AccessCode02

def write_guarantee_reference06(v: GuaranteeReference06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><GuaranteeQuery>{write_guarantee_query(v.guarantee_query)}</GuaranteeQuery>'
    if (v3 := v.owner) is not None: out += f'<Owner>{write_owner01(v3)}</Owner>'
    return out + f'<AccessCode>{write_access_code02(v.access_code)}</AccessCode>'

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

def write_cc034c(v: CC034C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<Requester>{write_requester(v.requester)}</Requester>'
    for v7 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference06(v7)}</GuaranteeReference>'
    return out
