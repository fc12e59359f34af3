"""Time limits: what the law gives, and a demonstration's faster days."""

from __future__ import annotations

import datetime as dt

from douane.applications.transit.rules.time_limits import TimeLimits
from douane.vocabulary.time import DAY, SECOND

NOW = 1_795_000_000 * SECOND
RELEASE = dt.date(2026, 11, 20)


def test_an_enquiry_begins_seven_days_after_the_limit() -> None:
    limits = TimeLimits()
    limit = limits.limit_date(RELEASE, None)
    assert limit == dt.date(2026, 11, 28)
    assert limits.enquired_from(NOW, RELEASE, limit) == NOW + 15 * DAY


def test_a_declared_limit_counts_unless_it_is_past() -> None:
    assert TimeLimits().limit_date(RELEASE, dt.date(2026, 11, 23)) == dt.date(2026, 11, 23)
    assert TimeLimits().limit_date(RELEASE, dt.date(2026, 11, 19)) == dt.date(2026, 11, 28)


def test_a_demonstration_takes_a_second_for_a_day() -> None:
    limits = TimeLimits(scale=1 / 86_400)
    assert limits.presented_by(NOW) == NOW + 30 * SECOND
    assert limits.answered_by(NOW) == NOW + 28 * SECOND
    assert limits.results_by(NOW) == NOW + 6 * SECOND
    assert limits.amended_by(NOW) == NOW + 30 * SECOND
