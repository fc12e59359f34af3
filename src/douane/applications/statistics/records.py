"""What is kept of statistics: the last report of a month, and what was said of it."""

from __future__ import annotations

from douane.applications.statistics.messages import Series
from douane.author.run import Value, record


@record(110)
class Report(Value, frozen=True):
    """A month of a country as it was reported last; the case is the month."""

    country: str
    month: str
    series: tuple[Series, ...]
    not_supported: tuple[str, ...] = ()
    at: int = 0


@record(112)
class Monthly(Value, frozen=True):
    """That an administration's months are reported by themselves; ``month``: which comes next, as ``202611``."""

    month: str
    active: bool = True


@record(111)
class Warned(Value, frozen=True):
    """What the centre said of the own report of a month; ``prepared``: when, by its own clock."""

    warnings: tuple[str, ...]
    at: int = 0
    prepared: int = 0
