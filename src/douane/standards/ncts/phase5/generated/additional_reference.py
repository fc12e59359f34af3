"""Structs of additional_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class AdditionalReference01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType01, AdditionalReferenceType06; in CC017C, CC044C, CD018C."""

    sequence_number: int
    type: str | None = None
    reference_number: str | None = None


class AdditionalReference02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType02, AdditionalReferenceType03, AdditionalReferenceType04, AdditionalReferenceType05; in 12 messages."""

    sequence_number: int
    type: str
    reference_number: str | None = None
