"""Structs of guarantee_query. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group


class GuaranteeQuery(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeQueryType; in CC034C, CC037C."""

    query_identifier: str
    period_from_date: datetime.date | None = None
    period_to_date: datetime.date | None = None
