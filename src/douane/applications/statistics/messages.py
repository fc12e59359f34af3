"""Messages of statistics beside the published ones (IE411, IE903)."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

CountryCode = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL008"})]
Year = Annotated[int, Meta(ge=2010, le=2099)]
Month = Annotated[int, Meta(ge=1, le=12)]


class Series(msgspec.Struct, frozen=True, order=True):
    """One figure of a month: what is counted, towards whom, how many."""

    kind: Annotated[str, Meta(min_length=4, max_length=4, extra={"code_list": "CL057"})]
    """``D001``: messages CD001C that were sent; ``DEPA``: cases of the kind Departure that were opened."""
    other: Annotated[str, Meta(pattern=r"\A([A-Z]{2})?\Z")]
    """The country at the other end; empty where there is none."""
    count: int


class ReportOrder(msgspec.Struct, frozen=True):
    """Report a month of the own administration to the centre."""

    administration: CountryCode
    year: Year
    month: Month


class MonthlyReports(msgspec.Struct, frozen=True):
    """Report every month of the own administration to the centre once it is over; or (``active`` false) no longer."""

    administration: CountryCode
    active: bool = True


class MonthlyReportsKept(msgspec.Struct, frozen=True):
    """Months are reported by themselves, or no longer; which month comes next, as ``202611``."""

    active: bool
    month: str


class Reported(msgspec.Struct, frozen=True):
    """The report was sent, with these figures."""

    series: tuple[Series, ...]


class NothingToReport(msgspec.Struct, frozen=True):
    """Nothing was counted in this month; an IE411 cannot say so."""


class StatisticsQuery(msgspec.Struct, frozen=True):
    """The figures of one administration in one month."""

    country: CountryCode
    year: Year
    month: Month


class Difference(msgspec.Struct, frozen=True, order=True):
    """A figure that is reported otherwise than it was counted here; None where it was not reported."""

    kind: str
    other: str
    reported: int | None
    counted: int


class StatisticsView(msgspec.Struct, frozen=True):
    """What was reported (empty where nothing was yet), what was counted, and where they differ."""

    country: str
    year: int
    month: int
    reported: tuple[Series, ...]
    counted: tuple[Series, ...]
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...] = ()
    """What the centre said of our own report (IE903), as ``code pointer value``."""
