"""Structs and writers of guarantee_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor05, write_guarantor05
from douane.standards.ncts.phase5.generated.invalid_guarantee_reason import InvalidGuaranteeReason02, write_invalid_guarantee_reason02
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation, write_validity_limitation
from douane.standards.ncts.binding.writing import text

class GuaranteeReference03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType03; in CC013C, CC015C."""
    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal | None = None
    currency: str | None = None

def write_guarantee_reference03(v: GuaranteeReference03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.grn) is not None: out += f'<GRN>{text(v1)}</GRN>'
    if (v2 := v.access_code) is not None: out += f'<accessCode>{text(v2)}</accessCode>'
    if (v3 := v.amount_to_be_covered) is not None: out += f'<amountToBeCovered>{v3:f}</amountToBeCovered>'
    if (v4 := v.currency) is not None: out += f'<currency>{text(v4)}</currency>'
    return out

class GuaranteeReference04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType04; in CD200C, CD203C."""
    sequence_number: int
    grn: str
    access_code: str
    amount_concerned: Decimal
    currency: str

def write_guarantee_reference04(v: GuaranteeReference04) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><accessCode>{text(v.access_code)}</accessCode><amountConcerned>{v.amount_concerned:f}</amountConcerned><currency>{text(v.currency)}</currency>'

class GuaranteeReference13(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType13; in CD150C, CD151C."""
    sequence_number: int
    grn: str
    guarantor: Guarantor05 | None = None

def write_guarantee_reference13(v: GuaranteeReference13) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN>'
    if (v2 := v.guarantor) is not None: out += f'<Guarantor>{write_guarantor05(v2)}</Guarantor>'
    return out

class GuaranteeReference14(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType14; in CD201C, CD205C."""
    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee | None = None
    validity_limitation: tuple[ValidityLimitation, ...] = ()
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason02, ...] = ()

def write_guarantee_reference14(v: GuaranteeReference14) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN>'
    if (v2 := v.customs_office_of_guarantee) is not None: out += f'<CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v2)}</CustomsOfficeOfGuarantee>'
    for v3 in v.validity_limitation: out += f'<ValidityLimitation>{write_validity_limitation(v3)}</ValidityLimitation>'
    for v4 in v.invalid_guarantee_reason: out += f'<InvalidGuaranteeReason>{write_invalid_guarantee_reason02(v4)}</InvalidGuaranteeReason>'
    return out

class GuaranteeReference15(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType15; in CD204C, CD209C."""
    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee

def write_guarantee_reference15(v: GuaranteeReference15) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'
