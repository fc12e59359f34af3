"""Structs of unavailability. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.fallback import Fallback


class Unavailability(Group, frozen=True, kw_only=True, gc=False):
    """UnavailabilityType; in CD070C, CD071C, CD971C."""

    sequence_number: int
    type: str
    functionality: str
    start_date_and_time: datetime.datetime
    end_date_and_time: datetime.datetime | None = None
    explanation: str
    text: str | None = None
    fallback: Fallback | None = None
