"""The development tool that chooses the built-in reference data."""

import datetime as dt
import os
from pathlib import Path

import pytest

from douane.vocabulary.code_lists import Entry
from tools import reference_selection as selection

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared/data"


def office(code: str, *roles: str) -> Entry:
    return Entry.of(code, dt.date(2024, 1, 1), {"CountryCode": code[:2], "roles": roles, "description": "Office"})


def test_offices_show_every_role_of_their_country() -> None:
    offices = [
        office("QQ000001", "DEP", "DES", "TRA", "TXT"),
        office("QQ000002", "DEP", "DES"),
        office("QQ000003", "GUA"),
        office("QQ000004", "DEP"),
        office("QQ000005", "AUT"),
        office("ZZ000001", "GUA"),
    ]
    chosen = [e.code for e in selection.chosen_offices(offices)]
    assert chosen == ["QQ000001", "QQ000002", "QQ000003", "ZZ000001"]


def test_an_entry_keeps_a_name_but_no_sentence() -> None:
    entry = Entry.of("A", dt.date(2024, 1, 1), {"description": "Drum, steel", "more": "1"})
    assert selection.short(entry).attributes == {"description": "Drum, steel"}
    sentence = Entry.of("A", dt.date(2024, 1, 1), {"description": "word " * 20})
    assert selection.short(sentence).attributes == {}


def test_the_selection_begins_with_phase_5() -> None:
    late, early = selection.early([Entry("A", dt.date(2025, 1, 1)), Entry("B", dt.date(2015, 1, 1))])
    assert (late.since, early.since) == (selection.START, dt.date(2015, 1, 1))


@pytest.mark.slow
def test_the_committed_selection_is_what_the_tool_chooses(tmp_path: Path) -> None:
    if not (SHARED / "reference-data").exists():
        if os.environ.get("CI"):
            pytest.fail("../shared/data/reference-data is absent")
        pytest.skip("../shared/data/reference-data is absent")
    chosen = tmp_path / "builtin.json"
    selection.main(SHARED, chosen)
    assert chosen.read_bytes() == selection.TARGET.read_bytes()
    assert chosen.stat().st_size <= 400_000
