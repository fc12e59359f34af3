"""Structs of additional_information. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class AdditionalInformation02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType02, AdditionalInformationType03; in 12 messages."""

    sequence_number: int
    code: str
    text: str | None = None
