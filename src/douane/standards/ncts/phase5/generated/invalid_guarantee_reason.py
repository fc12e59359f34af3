"""Structs of invalid_guarantee_reason. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class InvalidGuaranteeReason02(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType02; in CD201C, CD205C."""

    sequence_number: int
    code: str
