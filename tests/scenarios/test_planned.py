"""Planned rows: written from the law before the product keeps them, and complete enough to be played by another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.scenarios import playing
from tests.scenarios.playing import found, once
from tests.scenarios.row import Row, planned, rows

PLANNED: Final = planned()
ALL: Final = {**rows(), **PLANNED}
NUMBERS: Final = {
    **{100 + number: f"3.{number}" for number in range(1, 24)},
    **{130 + number: f"4.{number}" for number in range(1, 25)},
    **dict.fromkeys(range(161, 181), "own"),
}
"""The finding of the review that each row answers; 3.24 is about exits and is answered elsewhere."""
STATES: Final = frozenset({
    "presumed", "being heard", "determined", "notified", "overdue", "suspended", "deferred", "paid",
    "claimed from guarantor", "claimed from association", "written off", "extinguished", "repaid", "remitted",
})  # fmt: skip
_POINT: Final = r"\((?:\d+[a-z]?|[a-z]|[ivx]+)\)"
_CITATION: Final = re.compile(
    rf"(?:UCC|DA|IA|1182/71|TIR Convention) art\. \d+[a-z]?(?:{_POINT})*(?:, (?:1st|2nd|3rd) subpara\.(?: {_POINT})?)?"
)
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})")
_DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}\S*")


def test_each_finding_and_each_own_row_has_its_number() -> None:
    assert {number: row.finding for number, row in ALL.items() if number > 100} == NUMBERS


@pytest.mark.parametrize("number", sorted(PLANNED))
def test_a_planned_row_can_be_played_by_somebody_else(number: int) -> None:
    row = PLANNED[number]
    assert row.title
    assert row.law
    assert row.given
    assert row.looks
    assert row.was in {"R", "W", "M"}
    assert len(row.without) == 1, "a row says which one rule keeps it"
    assert all(each.who and each.does for each in row.given)
    assert all(each.at and each.when for each in row.looks)
    assert all(each.told or each.offices or each.facts for each in row.looks)
    facts = [fact for each in row.looks for fact in each.facts.items()]
    assert {value for name, value in facts if name.startswith("state.debt")} <= STATES


@pytest.mark.parametrize("number", sorted(PLANNED))
def test_each_citation_is_quoted_or_was_not_read(number: int) -> None:
    row = PLANNED[number]
    assert not [each for each in row.law if not _CITATION.fullmatch(each)]
    assert {*row.quotes, *row.not_read} == {*row.law}
    assert not row.quotes.keys() & set(row.not_read)
    assert not [words for words in row.quotes.values() if not 3 <= len(words.split()) <= 8]


@pytest.mark.parametrize("number", sorted(PLANNED))
def test_each_date_has_a_zone_and_they_come_in_order(number: int) -> None:
    row = PLANNED[number]
    for dates in ([each.at for each in row.given], [each.when for each in row.looks]):
        instants = [instant(each) for each in dates]
        assert instants == sorted(instants)
    for written in _dates(row):
        instant(written)


def test_a_planned_row_that_comes_out_right_loses_its_mark() -> None:
    plays = found()
    right = [number for number in sorted(PLANNED.keys() & plays.keys()) if not once(PLANNED[number], plays[number])]
    assert not right, f"rows {right} come out right: take the mark away (kept = false)"


def test_the_mark_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    number, row = 999, Row(999, "A row", ("UCC art. 1",), "M", (), ())
    monkeypatch.setitem(PLANNED, number, row)
    monkeypatch.setitem(playing._PLAYS, number, playing.Play(number, lambda looks: looks.extend(row.looks), ()))
    with pytest.raises(AssertionError, match="take the mark away"):
        test_a_planned_row_that_comes_out_right_loses_its_mark()


def instant(written: str) -> dt.datetime:
    """An instant with its zone. Raises AssertionError where there is none."""
    assert _INSTANT.fullmatch(written), f"{written!r} has no zone"
    return dt.datetime.fromisoformat(written)


def _dates(row: Row) -> Iterator[str]:
    """Whatever looks like a date, in facts and looks; limits are instants and nothing else."""
    for given in row.given:
        yield from _dates_of([given.does, *given.says.values()])
    for look in row.looks:
        yield from _dates_of([look.offices, *look.told.values(), *look.facts.values()])
        for name, value in look.facts.items():
            if name.startswith("limits."):
                yield str(value)


def _dates_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _DATED.findall(value)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _dates_of(each)
