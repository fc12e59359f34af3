"""Structs and writers of cc026c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04, write_holder_of_the_transit_procedure04
from douane.standards.ncts.phase5.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class AccessCode01(Group, frozen=True, kw_only=True, gc=False):
    """AccessCodeType01; in CC026C."""
    access_code_current: str | None = None
    access_code_new: str | None = None

def write_access_code01(v: AccessCode01) -> str:
    out = ''
    if (v0 := v.access_code_current) is not None: out += f'<accessCodeCurrent>{text(v0)}</accessCodeCurrent>'
    if (v1 := v.access_code_new) is not None: out += f'<accessCodeNew>{text(v1)}</accessCodeNew>'
    return out

class GuaranteeReference05(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"access_code": "AccessCode"}}):
    """GuaranteeReferenceType05; in CC026C."""
    grn: str
    master_access_code: str
    access_code: AccessCode01

def write_guarantee_reference05(v: GuaranteeReference05) -> str:
    return f'<GRN>{text(v.grn)}</GRN><masterAccessCode>{text(v.master_access_code)}</masterAccessCode><AccessCode>{write_access_code01(v.access_code)}</AccessCode>'

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

def write_cc026c(v: CC026C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure04(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee><GuaranteeReference>{write_guarantee_reference05(v.guarantee_reference)}</GuaranteeReference>'
