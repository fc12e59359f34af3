"""Layouts and readers of unavailability. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.fallback import Fallback
from douane.standards.ncts.phase5.generated.unavailability import Unavailability
from douane.standards.ncts.phase5.generated.codec.fallback import L_FALLBACK
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, CODE_CONTENT_TYPE06, DATE_TIME_TYPE, MONTH_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5, SYSTEM_UNAVAILABILITY_TYPE

L_UNAVAILABILITY = Layout("Unavailability", Unavailability, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, SYSTEM_UNAVAILABILITY_TYPE),
    Leaf("functionality", "functionality", True, CODE_CONTENT_TYPE06), Leaf("startDateAndTime", "start_date_and_time", True, DATE_TIME_TYPE),
    Leaf("endDateAndTime", "end_date_and_time", False, DATE_TIME_TYPE), Leaf("explanation", "explanation", True, MONTH_CONTENT_TYPE),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512), Inner("Fallback", "fallback", 0, 1, L_FALLBACK),
))

_L_UNAVAILABILITY_0 = run(L_UNAVAILABILITY, 0, 8)

def read_unavailability(text: str, starts: Starts, at: int) -> tuple[Unavailability, int]:
    found = _L_UNAVAILABILITY_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    return Unavailability(sequence_number=int(v0), type=v1, functionality=v2, start_date_and_time=datetime.datetime.fromisoformat(v3), end_date_and_time=None if v4 is None else datetime.datetime.fromisoformat(v4), explanation=v5, text=v6, fallback=None if v7 is None else Fallback(flag=v7, text=v8)), at
