"""Timestamps of ebMS: ``xs:dateTime`` with a zone, any number of fractional digits up to nine, as instants."""

from __future__ import annotations

import datetime as dt
import re

from douane.vocabulary.errors import BadHeader
from douane.vocabulary.time import Instant, instant, moment

_FORM = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


def read_timestamp(text: str) -> Instant:
    """The instant of a timestamp. Raises BadHeader."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise BadHeader(f"The timestamp {text[:40]!r} is malformed.", remedy="Write 2026-11-24T10:00:00.000Z.")
    seconds, fraction, zone = found.groups()
    try:
        at = instant(dt.datetime.fromisoformat(seconds + ("+00:00" if zone == "Z" else zone)))
    except ValueError as problem:
        raise BadHeader(f"There is no time {text[:40]!r}.", remedy="Write a time that exists.") from problem
    return Instant(at + int((fraction or "0").ljust(9, "0")[:6]))


def write_timestamp(at: int) -> str:
    """UTC with milliseconds."""
    return moment(Instant(at)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at // 1000 % 1000:03d}Z"
