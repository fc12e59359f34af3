"""Structs and writers of unavailability. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.fallback import Fallback, write_fallback
from douane.standards.ncts.binding.writing import text

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

def write_unavailability(v: Unavailability) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><functionality>{text(v.functionality)}</functionality><startDateAndTime>{v.start_date_and_time.isoformat(timespec="seconds")}</startDateAndTime>'
    if (v4 := v.end_date_and_time) is not None: out += f'<endDateAndTime>{v4.isoformat(timespec="seconds")}</endDateAndTime>'
    out += f'<explanation>{text(v.explanation)}</explanation>'
    if (v6 := v.text) is not None: out += f'<text>{text(v6)}</text>'
    if (v7 := v.fallback) is not None: out += f'<Fallback>{write_fallback(v7)}</Fallback>'
    return out
