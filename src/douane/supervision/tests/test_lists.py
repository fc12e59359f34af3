"""What two persons read of a code list is counted from its entries, whatever the file says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from douane.supervision.operating.differences import MOST, sentences_of_list
from douane.vocabulary.code_lists import CodeList, Entry

DAY = dt.date(2025, 1, 1)


@dataclass(frozen=True)
class Lying:
    """A version that says of itself that it changes next to nothing."""

    entries: tuple[Entry, ...]
    number: str = "CL900"
    name: str = "A list"
    source: str = "by hand"
    added: int = 1
    changed: int = 0
    ended: int = 0


def entry(code: str, facts: str = "{}", *, valid: bool = True, since: dt.date = DAY) -> Entry:
    return Entry(code, since, valid, facts)


def test_five_hundred_entries_are_not_told_as_one() -> None:
    said = sentences_of_list(Lying(tuple(entry(f"C{n:03}") for n in range(500))), None)
    assert "500 new, 0 changed, 0 ended" in said[0]
    assert f"And {500 - MOST} codes more." in said
    assert len([each for each in said if " is new from " in each]) == MOST


def test_each_code_is_named_with_what_becomes_of_it() -> None:
    old = CodeList("CL900", "Another name", [entry("A"), entry("B"), entry("C"), entry("D"), entry("E", valid=False)])
    later = dt.date(2025, 6, 1)
    new = (
        entry("A"), entry("B", '{"description":"b"}'), entry("D"), entry("D", valid=False, since=later),
        entry("E", valid=False), entry("E", since=later), entry("F"),
    )  # fmt: skip
    said = sentences_of_list(Lying(new), old)
    assert "2 new, 1 changed, 2 ended" in said[0]
    assert "Its name was Another name." in said
    assert "F is new from 2025-01-01: {}." in said
    assert "E is new from 2025-06-01: {}." in said
    assert 'B is changed from 2025-01-01: {"description":"b"}.' in said
    assert "C is ended, and its history is left out." in said
    assert "D is ended: not valid from 2025-06-01." in said
    assert f"follows {old.version}" in said[-1]
    assert not [each for each in said if each.startswith("A ")]
