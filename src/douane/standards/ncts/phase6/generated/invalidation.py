"""Structs and writers of invalidation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Invalidation(Group, frozen=True, kw_only=True, gc=False):
    """InvalidationType01, InvalidationType02; in CC009C, CC014C."""
    request_date_and_time: datetime.datetime | None = None
    decision_date_and_time: datetime.datetime | None = None
    decision: bool | None = None
    initiated_by_customs: bool
    justification: str | None = None

def write_invalidation(v: Invalidation) -> str:
    out = ''
    if (v0 := v.request_date_and_time) is not None: out += f'<requestDateAndTime>{v0.isoformat(timespec="seconds")}</requestDateAndTime>'
    if (v1 := v.decision_date_and_time) is not None: out += f'<decisionDateAndTime>{v1.isoformat(timespec="seconds")}</decisionDateAndTime>'
    if (v2 := v.decision) is not None: out += f'<decision>{v2:d}</decision>'
    out += f'<initiatedByCustoms>{v.initiated_by_customs:d}</initiatedByCustoms>'
    if (v4 := v.justification) is not None: out += f'<justification>{text(v4)}</justification>'
    return out
