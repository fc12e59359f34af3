"""What the console draws from: a ring of figures in bounded memory, bars of days from the ledger, a middle of times."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from douane.pages.pictures.curve import curve, days
from douane.runtime.observing.pace import FEWEST, LAST, OLD_SECONDS, Pace
from douane.runtime.store.ports import MINUTE, SECOND
from douane.shared_services.monitoring.ring import KEPT, LARGEST, Ring, Sample
from douane.supervision.levels import Ledger, Line
from douane.supervision.seen.curves import curves_of, days_of

BEGAN = 1_795_000_000 * SECOND // MINUTE * MINUTE


def test_a_sample_a_minute_is_kept_for_a_day_and_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "observed" / "curves.msgpack"
    ring = Ring.read(path)
    for minute in range(KEPT + 10):
        for second in (0, 10):
            at = BEGAN + minute * MINUTE + second * SECOND
            ring.add(at, 100 * minute + second, Sample(0, pending=minute))
    assert len(ring.samples) == KEPT
    assert path.stat().st_size < LARGEST / 8, "bounded on disk, too"
    again = Ring.read(path)
    assert list(again.samples)[:-1] == list(ring.samples)[:-1], "all but the minute that goes on"
    assert {each.accepted for each in ring.samples} == {100}
    again.add(BEGAN + (KEPT + 10) * MINUTE, 5, Sample(0))
    assert again.samples[-1].accepted == 0, "what came while nobody counted is not said of one minute"
    path.write_bytes(b"nonsense")
    assert not Ring.read(path).samples


def test_curves_are_those_of_the_last_hour() -> None:
    samples = [Sample(BEGAN + at * MINUTE, accepted=at, oldest=at / 10) for at in range(200)]
    found = {each.name: each for each in curves_of(samples)}
    accepted = found["Messages accepted in a minute"]
    assert (accepted.now, len(accepted.hour), accepted.hour[0]) == (199.0, 60, 140.0)
    assert found["The oldest that waits for a partner"].seconds
    assert curves_of([]) == ()


def test_a_bar_stands_for_each_of_thirty_days(tmp_path: Path) -> None:
    now, ledger = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC), Ledger(tmp_path)
    for day, bad in ((0, False), (1, True), (29, False), (30, True)):
        at = now - dt.timedelta(days=day)
        ledger.append(Line(at, good=("ccn2",)))
        ledger.append(Line(at + dt.timedelta(minutes=1), bad={"ccn2": "x"}) if bad else Line(at, good=("ccn2",)))
    shares = days_of(ledger, now)["ccn2"]
    assert (len(shares), shares[-1], shares[-2], shares[0]) == (30, 1.0, 0.5, 1.0)
    assert shares[1:-2] == (None,) * 27, "a day that nobody saw is not up"
    assert str(days(shares)).count("<rect") == 30
    assert str(days(shares)).count('class="bad"') == 1


def test_a_curve_stays_in_its_frame_and_is_nothing_for_one_value() -> None:
    assert str(curve([1.0])) == ""
    drawn = str(curve([0.0, 5.0, 2.5]))
    assert "M3.0 29.0L80.0 3.0L157.0 16.0" in drawn
    assert 'aria-hidden="true"' in drawn
    assert str(curve([0.0, 0.0])).count("29.0") == 3, "nothing stays at the foot"


def test_one_slow_time_is_no_slow_thing_and_old_times_are_forgotten() -> None:
    at = [0.0]
    pace = Pace(lambda: at[0])
    for _ in range(FEWEST - 1):
        pace.took(9.0)
    assert pace.middle == 0.0, "too few to tell"
    for seconds in (0.1, 0.1, 0.1):
        pace.took(seconds)
    assert pace.middle == 0.1
    for _ in range(LAST):
        pace.took(0.3)
    assert pace.middle == 0.3
    at[0] = OLD_SECONDS + 1
    assert pace.middle == 0.0
