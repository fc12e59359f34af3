"""ISO 8601 durations as BPMN timers write them: ``P8D``, ``PT30M``, ``P1Y6M``."""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta
from typing import Final

import msgspec

_SHAPE: Final = re.compile(
    r"P(?:(?P<weeks>\d{1,6})W|(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?)?)",
    re.ASCII,
)


class Duration(msgspec.Struct, frozen=True):
    """Calendar months, days and seconds; kept apart because a month has no fixed length."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def after(self, moment: datetime) -> datetime:
        """The moment this long later; the 31st becomes the last day of a shorter month."""
        month = moment.month - 1 + self.months
        year, month = moment.year + month // 12, month % 12 + 1
        day = min(moment.day, calendar.monthrange(year, month)[1])
        return moment.replace(year=year, month=month, day=day) + timedelta(days=self.days, seconds=self.seconds)


def parse_duration(text: str) -> Duration | None:
    """The duration, or None when the text is not one (it then names a deadline function)."""
    match = _SHAPE.fullmatch(text)
    if match is None or not any(match.groups()) or text.endswith("T"):
        return None
    part = {key: int(value or 0) for key, value in match.groupdict().items()}
    return Duration(
        part["years"] * 12 + part["months"],
        part["weeks"] * 7 + part["days"],
        part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
    )
