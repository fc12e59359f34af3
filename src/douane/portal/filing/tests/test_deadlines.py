"""Calendars are read by other programs: folded lines, escaped texts, moments in UTC."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from douane.portal.filing.deadlines import Deadline, calendar

AT = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@given(TEXTS)
def test_whatever_it_is_called_lines_are_short_and_nothing_is_lost(text: str) -> None:
    made = calendar([Deadline("1@x", AT, text, "/cases/1")], AT, "Deadlines")
    assert all(len(each.encode()) <= 75 for each in made.split("\r\n"))
    (summary,) = [each for each in unfolded(made) if each.startswith("SUMMARY:")]
    plain = summary.removeprefix("SUMMARY:").replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",")
    assert plain.replace("\0", "\\") == text


def test_a_text_ends_no_event_and_a_moment_is_told_in_utc() -> None:
    local = AT.astimezone(dt.timezone(dt.timedelta(hours=2)))
    made = calendar([Deadline("1@x", local, "a\r\nEND:VEVENT", "/")], AT, "x")
    assert made.count("\r\nEND:VEVENT") == 1
    assert "DTSTART:20261127T120000Z" in made
