"""Structs and writers of additional_information. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class AdditionalInformation02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType02, AdditionalInformationType03; in CC013C, CC015C, CC029C, CC043C."""
    sequence_number: int
    code: str
    text: str | None = None

def write_additional_information02(v: AdditionalInformation02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out
