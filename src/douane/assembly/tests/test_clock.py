"""The clock of a process, whatever the system's does: it neither goes back nor stands still."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.configuration.ports import SystemClock

HOUR = 3_600_000_000
STEPS = st.lists(st.tuples(st.integers(0, HOUR), st.integers(-2 * HOUR, 2 * HOUR)), min_size=1, max_size=30)
"""Microseconds that pass, and by how many the system's clock is stepped after them."""


class Machine:
    """The clocks of a machine."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_795_000_000_000_000, 5_000_000

    def passes(self, elapsed: int, step: int = 0) -> None:
        """Time goes on, and then somebody sets the clock."""
        self.wall, self.steady = self.wall + elapsed + step, self.steady + elapsed


@given(STEPS)
def test_it_goes_on_at_half_pace_at_least_and_never_ahead_of_what_the_system_once_said(
    steps: list[tuple[int, int]],
) -> None:
    machine, clock = Machine(), SystemClock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: machine.wall * 1_000)
        patched.setattr(time, "monotonic_ns", lambda: machine.steady * 1_000)
        last = highest = clock.now()
        for elapsed, step in steps:
            machine.passes(elapsed, step)
            now = clock.now()
            highest = max(highest + elapsed, machine.wall)
            assert last + elapsed // 2 <= now <= highest
            assert now >= machine.wall
            last = now


def test_asked_often_it_loses_no_part_of_the_way_and_is_caught_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    machine, clock = Machine(), SystemClock()
    monkeypatch.setattr(time, "time_ns", lambda: machine.wall * 1_000)
    monkeypatch.setattr(time, "monotonic_ns", lambda: machine.steady * 1_000)
    machine.passes(0, HOUR)
    ahead = clock.now()
    machine.passes(0, -HOUR)
    for _ in range(1_000):
        machine.passes(1)
        clock.now()
    assert clock.now() == ahead + 500
    machine.passes(2 * HOUR)
    assert clock.now() == machine.wall
