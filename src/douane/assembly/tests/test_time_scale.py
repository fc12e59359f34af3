"""A demonstration's clock: statutory time limits divided, found without naming an application."""

from __future__ import annotations

import pytest

from douane.applications.transit.rules.time_limits import IN_FORCE, TimeLimits
from douane.assembly.discovery import scale_time_limits
from douane.vocabulary.time import DAY, SECOND


@pytest.fixture(autouse=True)
def _legal_limits_afterwards() -> object:
    yield
    IN_FORCE.limits = TimeLimits()


def test_a_day_takes_a_second() -> None:
    scale_time_limits(DAY // SECOND)
    assert IN_FORCE.limits.answered_by(0) == 28 * SECOND
    assert IN_FORCE.limits.answer == 28
