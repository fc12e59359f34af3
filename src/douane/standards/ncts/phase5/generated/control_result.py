"""Structs and writers of control_result. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class ControlResult04(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType04, ControlResultType06, ControlResultType07; in 8 messages."""
    code: str
    date: datetime.date
    text: str | None = None

def write_control_result04(v: ControlResult04) -> str:
    out = f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out
