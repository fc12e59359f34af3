"""Structs and writers of country_involved. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CountryInvolved(Group, frozen=True, kw_only=True, gc=False):
    """CountryInvolvedType; in CD200C, CD203C."""
    sequence_number: int
    country: str

def write_country_involved(v: CountryInvolved) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><country>{text(v.country)}</country>'
