"""The procedure from the release to the end, at the office of departure: begun there, bound in ``after_release``."""

from __future__ import annotations

from douane.applications.transit.records.departure import Departure
from douane.runtime.core.processes import process

enquiry = process("enquiry", Departure, __name__)
collecting = process("collecting", Departure, __name__)
journey = process("journey", Departure, __name__, calls=(enquiry, collecting), first=1 << 32)
