"""Structs of invalidation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group


class Invalidation01(Group, frozen=True, kw_only=True, gc=False):
    """InvalidationType01, InvalidationType02; in CC009C, CC014C."""

    request_date_and_time: datetime.datetime | None = None
    decision_date_and_time: datetime.datetime | None = None
    decision: bool | None = None
    initiated_by_customs: bool
    justification: str | None = None
