"""Structs of guarantee_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor05
from douane.standards.ncts.phase5.generated.invalid_guarantee_reason import InvalidGuaranteeReason02
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation


class GuaranteeReference03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType03; in CC013C, CC015C."""

    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal | None = None
    currency: str | None = None


class GuaranteeReference04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType04; in CD200C, CD203C."""

    sequence_number: int
    grn: str
    access_code: str
    amount_concerned: Decimal
    currency: str


class GuaranteeReference13(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType13; in CD150C, CD151C."""

    sequence_number: int
    grn: str
    guarantor: Guarantor05 | None = None


class GuaranteeReference14(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType14; in CD201C, CD205C."""

    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee | None = None
    validity_limitation: tuple[ValidityLimitation, ...] = ()
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason02, ...] = ()


class GuaranteeReference15(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType15; in CD204C, CD209C."""

    sequence_number: int
    grn: str
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
