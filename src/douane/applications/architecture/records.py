"""What administrations declared of their systems: every statement as it was signed."""

from __future__ import annotations

import datetime as dt

from douane.author.run import Value, record


@record(170, indexes={"by_administration": ("administration", "number")})
class Declared(Value, frozen=True):
    """A snapshot that an administration signed. taken: the day of which it tells; at: when it came."""

    administration: str
    number: int
    taken: dt.date
    statement: bytes
    at: int
