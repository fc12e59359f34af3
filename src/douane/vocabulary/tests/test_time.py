import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.vocabulary.errors import BadTime
from douane.vocabulary.time import (
    DAY,
    HOUR,
    SECOND,
    Duration,
    Instant,
    add_months,
    date_of,
    from_ncts,
    instant,
    moment,
    parse_duration,
    start_of,
    to_iso,
    to_ncts,
)

D = dt.date
SECONDS = st.integers(-(10**9), 4 * 10**9).map(lambda s: Instant(s * SECOND))
DURATIONS = st.builds(Duration, st.integers(0, 600), st.integers(0, 10**5), st.integers(0, 10**13))


@settings(deadline=None)
@given(SECONDS)
def test_ncts_text_reads_back(at: Instant) -> None:
    assert from_ncts(to_ncts(at)) == at
    assert instant(moment(at)) == at


@pytest.mark.parametrize("year", [1, 999, 1970, 9999])
def test_years_have_four_digits(year: int) -> None:
    text = f"{year:04d}-03-01T10:20:30"
    assert to_ncts(from_ncts(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30T00:00:00",
        "2025-01-01 00:00:00",
        "2025-01-01T00:00:00Z",
        "2025-01-01T24:00:00",
        "2025-01-01T00:00",
        "20250101T000000",
        "٢٠٢٥-01-01T00:00:00",
        "2025-01-01T00:00:00\n",
        "",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(BadTime) as caught:
        from_ncts(text)
    assert caught.value.code == "DOU-1008"


def test_iso_form_and_dates() -> None:
    at = from_ncts("2025-06-01T12:00:00")
    assert to_iso(at) == "2025-06-01T12:00:00Z"
    assert to_iso(Instant(at + 1)) == "2025-06-01T12:00:00.000001Z"
    assert to_ncts(Instant(at + SECOND - 1)) == "2025-06-01T12:00:00"
    assert date_of(at) == D(2025, 6, 1)
    assert start_of(D(2025, 6, 1)) == at - 12 * HOUR
    assert instant(dt.datetime(2025, 6, 1, 14, tzinfo=dt.timezone(dt.timedelta(hours=2)))) == at
    with pytest.raises(BadTime):
        instant(dt.datetime(2025, 6, 1))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P28D", Duration(days=28)),
        ("PT72H", Duration(microseconds=72 * HOUR)),
        ("P1Y2M", Duration(months=14)),
        ("P2W", Duration(days=14)),
        ("PT1M30.5S", Duration(microseconds=90 * SECOND + 500_000)),
        ("P1DT0.000001S", Duration(days=1, microseconds=1)),
        ("P0D", Duration()),
    ],
)
def test_durations(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "28D", "P28", "P1DT", "-P1D", "P1H", "PT1.5H", "P1D ", "P1S", "P" + "9" * 9]
)
def test_bad_durations(text: str) -> None:
    with pytest.raises(BadTime):
        parse_duration(text)


@settings(deadline=None)
@given(DURATIONS)
def test_a_duration_reads_back(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@settings(deadline=None)
@given(SECONDS.filter(lambda at: at > 0), st.integers(0, 240), st.integers(0, 400))
def test_later_is_later_and_months_keep_the_hour(at: Instant, months: int, days: int) -> None:
    end = Duration(months, days).after(at)
    assert end >= at
    assert end % DAY == at % DAY
    assert date_of(end) == add_months(date_of(at), months) + dt.timedelta(days)


def test_months_end_on_their_last_day() -> None:
    assert add_months(D(2025, 1, 31), 1) == D(2025, 2, 28)
    assert add_months(D(2024, 1, 31), 1) == D(2024, 2, 29)
    assert add_months(D(2025, 11, 30), 3) == D(2026, 2, 28)
    assert add_months(D(2025, 3, 31), -1) == D(2025, 2, 28)
    assert Duration(months=1).after(from_ncts("2025-01-31T08:00:00")) == from_ncts("2025-02-28T08:00:00")
