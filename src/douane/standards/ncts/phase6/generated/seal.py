"""Structs and writers of seal. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Seal01(Group, frozen=True, kw_only=True, gc=False):
    """SealType01, SealType02; in CC017C, CC044C."""
    sequence_number: int
    identifier: str | None = None

def write_seal01(v: Seal01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.identifier) is not None: out += f'<identifier>{text(v1)}</identifier>'
    return out

class Seal04(Group, frozen=True, kw_only=True, gc=False):
    """SealType04, SealType05; in CC013C, CC015C, CC029C, CC043C, CC170C, CC182C."""
    sequence_number: int
    identifier: str

def write_seal04(v: Seal04) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><identifier>{text(v.identifier)}</identifier>'
