"""Structs of guarantee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference04, GuaranteeReference14, GuaranteeReference15


class Guarantee04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType04, GuaranteeType05; in CD204C, CD209C."""

    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference15, ...]


class Guarantee06(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType06; in CD200C, CD203C."""

    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference04, ...]


class Guarantee07(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType07; in CD201C, CD205C."""

    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference14, ...]
