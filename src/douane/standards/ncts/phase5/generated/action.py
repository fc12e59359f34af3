"""Structs and writers of action. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.unavailability import Unavailability, write_unavailability
from douane.standards.ncts.binding.writing import text

class Action(Group, frozen=True, kw_only=True, gc=False):
    """ActionType; in CD070C, CD071C, CD971C."""
    sequence_number: int
    operation: str
    unavailability: tuple[Unavailability, ...]

def write_action(v: Action) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><operation>{text(v.operation)}</operation>'
    for v2 in v.unavailability: out += f'<Unavailability>{write_unavailability(v2)}</Unavailability>'
    return out
