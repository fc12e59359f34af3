"""Procedures that others call or begin: what registers say of a declaration, bound in ``departure``; what follows the
release, bound in ``after_release``."""

from __future__ import annotations

from douane.applications.transit.records.departure import Departure
from douane.author.run import process

verifying = process("verifying", Departure, __name__)
enquiry = process("enquiry", Departure, __name__)
collecting = process("collecting", Departure, __name__)
journey = process("journey", Departure, __name__, calls=(enquiry, collecting), first=1 << 32)
