"""Of whose cases a provider's word is believed, and how many names he may tell: pure judgements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from douane.applications.provision.messages import CaseElsewhere
from douane.author import NAMES_A_DAY, Instant, Provided

AHEAD: Final = 2_000_000
"""By so much the clock of a provider may be ahead (microseconds)."""


def issued_by(m: CaseElsewhere, *, provided: Provided, issues: Mapping[str, Collection[str]], now: Instant) -> str:
    """The operation that made a name, whose provider alone may tell it; empty where he may not.

    Names that senders choose are the centre's to know. Nobody tells of a case that began when somebody else served, or
    that is yet to begin. A system of a former release says neither by what a case began nor when: it is believed where
    it serves now.
    """
    began = Instant(m.began) if m.operation else now
    operations = (m.operation,) if m.operation else sorted(issues)
    if began > now + AHEAD:
        return ""
    return next(
        (each for each in operations
         if m.kind in issues.get(each, ()) and provided.providers(m.administration, each, began)[:1] == (m.provider,)),
        "",
    )  # fmt: skip


def within(day: int, *, told: tuple[int, int, int], acknowledged: int) -> tuple[int, int, int] | None:
    """What is told with one name more; None beyond the bound. told: the day of the last one, how many on that day, and
    how many beyond what a day allows, which are no more than the provider acknowledged for the administration."""
    last, today, beyond = told
    today = today if last == day else 0
    if today < NAMES_A_DAY:
        return day, today + 1, beyond
    return (day, today, beyond + 1) if beyond < acknowledged else None
