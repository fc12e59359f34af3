"""Structs and writers of seal. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Seal01(Group, frozen=True, kw_only=True, gc=False):
    """SealType01, SealType03; in CC017C, CD018C."""
    sequence_number: int
    identifier: str | None = None

def write_seal01(v: Seal01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.identifier) is not None: out += f'<identifier>{text(v1)}</identifier>'
    return out

class Seal02(Group, frozen=True, kw_only=True, gc=False):
    """SealType02, SealType04, SealType05; in 18 messages."""
    sequence_number: int
    identifier: str

def write_seal02(v: Seal02) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><identifier>{text(v.identifier)}</identifier>'
