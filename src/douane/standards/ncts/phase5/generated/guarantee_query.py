"""Structs and writers of guarantee_query. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class GuaranteeQuery(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeQueryType; in CC034C, CC037C."""
    query_identifier: str
    period_from_date: datetime.date | None = None
    period_to_date: datetime.date | None = None

def write_guarantee_query(v: GuaranteeQuery) -> str:
    out = f'<queryIdentifier>{text(v.query_identifier)}</queryIdentifier>'
    if (v1 := v.period_from_date) is not None: out += f'<periodFromDate>{v1.isoformat()}</periodFromDate>'
    if (v2 := v.period_to_date) is not None: out += f'<periodToDate>{v2.isoformat()}</periodToDate>'
    return out
