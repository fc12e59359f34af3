"""Structs of control_result. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group


class ControlResult04(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType04, ControlResultType06, ControlResultType07; in 8 messages."""

    code: str
    date: datetime.date
    text: str | None = None
