"""Structs and writers of endorsement. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Endorsement(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType03; in CC043C, CC182C."""
    date: datetime.date
    authority: str
    place: str
    country: str

def write_endorsement(v: Endorsement) -> str:
    return f'<date>{v.date.isoformat()}</date><authority>{text(v.authority)}</authority><place>{text(v.place)}</place><country>{text(v.country)}</country>'
