"""What is kept of availability: one schedule for each country, in each administration that knows it."""

from __future__ import annotations

from collections.abc import Iterator

from douane.applications.availability.messages import Kind, Outage
from douane.applications.availability.rules import holding
from douane.author import Instant, instant
from douane.author.needs import ABSENCES, PLANNED, supplied
from douane.author.run import Value, View, record


@record(100, indexes={"by_country": ("country",)})
class Schedule(Value, frozen=True):
    """What a country has announced; the case is the country. ``told``: when the last note of it was prepared."""

    country: str
    outages: tuple[Outage, ...] = ()
    told: int = 0


def schedules(view: View, country: str = "") -> Iterator[Schedule]:
    """Every schedule, or that of a country, by country."""
    return (schedule for _, schedule in view.every(Schedule, "by_country", *((country,) if country else ())))


@supplied(PLANNED)
def planned(view: View) -> dict[str, tuple[tuple[Instant, Instant], ...]]:
    """By administration: the outages that it announced as scheduled, with begin and end."""
    return {
        each.country: tuple(
            (instant(out.start), instant(out.end))
            for out in each.outages
            if out.kind is Kind.SCHEDULED and out.end is not None
        )
        for each in schedules(view)
    }


@supplied(ABSENCES)
def absences(view: View) -> dict[str, tuple[tuple[Instant, Instant | None], ...]]:
    """By administration: when deliveries to it wait, from and until; without an end while nobody knows it."""
    return {each.country: tuple(holding(each.outages)) for each in schedules(view)}
