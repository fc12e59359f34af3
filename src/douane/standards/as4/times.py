"""Timestamps of ebMS: ``xs:dateTime`` in UTC, any number of fractional digits up to nine, as instants.

The Z of UTC may be left out (ebMS 3.0 Core, 5.2.2.1). An offset is read as what it says.
"""

from __future__ import annotations

import datetime as dt
import re

from douane.vocabulary.errors import BadHeader
from douane.vocabulary.time import Instant, instant, moment

_FORM = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def read_timestamp(text: str) -> Instant:
    """The instant of a timestamp; without a zone it is in UTC. Raises BadHeader."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise BadHeader(f"The timestamp {text[:40]!r} is malformed.", remedy="Write 2026-11-24T10:00:00.000Z.")
    seconds, fraction, zone = found.groups()
    try:
        at = instant(dt.datetime.fromisoformat(seconds + (zone if zone and zone != "Z" else "+00:00")))
    except ValueError as problem:
        raise BadHeader(f"There is no time {text[:40]!r}.", remedy="Write a time that exists.") from problem
    return Instant(at + int((fraction or "0").ljust(9, "0")[:6]))


def write_timestamp(at: int) -> str:
    """UTC with milliseconds."""
    return moment(Instant(at)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at // 1000 % 1000:03d}Z"
