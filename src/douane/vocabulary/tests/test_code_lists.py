import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.model.rules import Look
from douane.vocabulary.code_lists import LAW, CodeList, CodeLists, Entry, office_roles
from douane.vocabulary.errors import DeclarationFault

D = dt.date


def day(n: int) -> dt.date:
    return D(2024, 1, 1) + dt.timedelta(n)


COUNTRIES = CodeList(
    "CL010",
    "CountryCodesCommunity",
    [
        Entry.of("HR", D(2013, 7, 1), {"description": "Croatia"}),
        Entry.of("GB", D(1973, 1, 1), {"description": "United Kingdom"}),
        Entry.of("GB", D(2021, 1, 1), {}, valid=False),
        Entry.of("FR", D(1958, 1, 1), {"description": "France"}),
    ],
)
OFFICES = CodeList(
    "CL141",
    "CustomsOffices",
    [
        Entry.of("FR005350", D(2020, 1, 1), {"roles": ["DEP", "DES"], "name": "Lesquin"}),
        Entry.of("DE004055", D(2020, 1, 1), {"roles": ["TRA"]}),
        Entry.of("AT100000", D(2020, 1, 1), {"roles": ["DES", "ENQ"]}),
        Entry.of("AT100000", D(2025, 1, 1), {"roles": ["DES", "REC"]}),
    ],
)
LISTS = CodeLists({"CL010": COUNTRIES, "CL141": lambda: OFFICES})


def test_the_entry_valid_then() -> None:
    assert COUNTRIES.holds("GB", D(2020, 12, 31))
    assert not COUNTRIES.holds("GB", D(2021, 1, 1))
    assert not COUNTRIES.holds("HR", D(2013, 6, 30))
    assert COUNTRIES.codes(D(2013, 7, 1)) == {"FR", "GB", "HR"}
    before, after = (COUNTRIES.entry("GB", on) for on in (D(2020, 1, 1), D(2022, 1, 1)))
    assert before is not None
    assert before.description == "United Kingdom"
    assert after is None
    assert COUNTRIES.entry("XX", D(2022, 1, 1)) is None
    assert len(COUNTRIES.history("GB")) == 2


def test_attributes_change_with_the_date() -> None:
    then, now = (OFFICES.entry("AT100000", on) for on in (D(2024, 12, 31), D(2025, 1, 1)))
    assert then is not None
    assert now is not None
    assert (office_roles(then), office_roles(now)) == (("DES", "ENQ"), ("DES", "REC"))


def test_a_date_of_the_law_is_told_as_the_law_stood() -> None:
    first = Entry.of("TPendDate", D(2023, 11, 1), {"date": "2024-12-02"})
    moved = Entry.of("TPendDate", D(2024, 6, 1), {"date": "2025-01-21"})
    lists = CodeLists({LAW: CodeList(LAW, LAW, [first, moved])})
    assert lists.look(D(2024, 5, 31)).legal_date("TPendDate") == D(2024, 12, 2)
    assert lists.look(D(2024, 6, 1)).legal_date("TPendDate") == D(2025, 1, 21)
    for unknown in (lists.look(D(2023, 10, 31)), LISTS.look(D(2025, 1, 1))):
        with pytest.raises(DeclarationFault):
            unknown.legal_date("TPendDate")


def test_look_is_what_rules_expect() -> None:
    look: Look = LISTS.look(D(2025, 1, 21))
    assert look.has("CL010", "FR")
    assert not look.has("CL010", None)
    assert look.office_has("FR005350", "DEP")
    assert not look.office_has("FR005350", "TRA")
    assert not look.office_has(None, "DEP")
    assert not look.office_has("XX000000", "DEP")
    assert not look.office_has("FR005350", "???")
    assert LISTS.look(D(2025, 1, 21)) is look


def test_office_lists_follow_from_roles_and_date() -> None:
    then, now = LISTS.look(D(2024, 6, 1)), LISTS.look(D(2025, 6, 1))
    assert LISTS.codes("CL172", then.date) == {"FR005350", "AT100000"}
    assert then.has("CL173", "DE004055")
    assert not then.has("CL171", "AT100000")
    assert then.has("CL176", "AT100000")
    assert not now.has("CL176", "AT100000")
    assert then.has("CL179", "AT100000")
    assert now.has("CL179", "AT100000")
    assert not LISTS.look(D(2019, 6, 1)).has("CL172", "FR005350")


def test_a_list_that_is_not_loaded_is_our_fault() -> None:
    assert "CL999" not in LISTS
    assert "CL171" in LISTS
    assert "CL171" not in CodeLists({})
    for ask in (lambda: LISTS.look(day(0)).has("CL999", "X"), lambda: LISTS["CL999"]):
        with pytest.raises(DeclarationFault, match="CL999 is not loaded"):
            ask()
    assert LISTS.get("CL999") is None


def test_newer_lists_replace_older_ones() -> None:
    newer = CodeList("CL010", "CountryCodesCommunity", [Entry("FR", D(1958, 1, 1))])
    merged = LISTS.with_lists([newer])
    assert merged["CL010"] is newer
    assert merged["CL141"] == OFFICES
    assert LISTS["CL010"] is COUNTRIES
    assert merged.numbers() == ("CL010", "CL141")


def test_the_version_is_the_content() -> None:
    again = CodeList("CL010", "renamed", reversed(COUNTRIES.entries))
    assert again.version == COUNTRIES.version
    assert again == COUNTRIES
    assert hash(again) == hash(COUNTRIES)
    assert CodeList("CL010", "", COUNTRIES.entries[1:]).version != COUNTRIES.version
    assert Entry.of("A", day(0), {"b": "1", "a": "2"}) == Entry.of("A", day(0), {"a": "2", "b": "1"})


ENTRIES = st.lists(
    st.builds(Entry, st.sampled_from("ABC"), st.integers(0, 9).map(day), st.booleans()),
    unique_by=lambda e: (e.code, e.since),
    max_size=20,
)


@settings(deadline=None)
@given(ENTRIES, st.integers(-1, 11).map(day))
def test_every_way_of_asking_agrees_with_a_plain_reading(entries: list[Entry], on: dt.date) -> None:
    codes = CodeList("CL000", "", entries)
    expected: dict[str, Entry] = {}
    for e in sorted(entries, key=lambda e: e.since):
        if e.since <= on:
            expected[e.code] = e
    valid = {code: e for code, e in expected.items() if e.valid}
    assert codes.codes(on) == set(valid)
    assert {code: codes.entry(code, on) for code in "ABCD" if codes.entry(code, on)} == valid
    assert [e.code for e in codes.valid(on)] == sorted(valid)
    look = CodeLists({"CL000": codes}).look(on)
    assert {code for code in "ABCD" if look.has("CL000", code)} == set(valid)


def test_many_dates_do_not_pile_up() -> None:
    moving = CodeList("CL010", "", [Entry(str(n), day(n)) for n in range(50)])
    lists = CodeLists({"CL010": moving, "CL141": OFFICES})
    for n in range(50):
        look = lists.look(day(n))
        assert look.has("CL010", str(n))
        assert not look.has("CL010", str(n + 1))
        assert look.office_has("FR005350", "DEP")
    assert len(lists._looks) <= 8
    assert len(moving._codes) <= 8


def test_dates_between_two_changes_share_one_set() -> None:
    assert OFFICES.codes(D(2025, 1, 1)) is OFFICES.codes(D(2030, 7, 5))
    assert LISTS.offices(D(2020, 1, 1)) is LISTS.offices(D(2024, 12, 31))
    assert LISTS.offices(D(2024, 12, 31)) is not LISTS.offices(D(2025, 1, 1))
    assert [COUNTRIES.state_of(on) for on in (D(1900, 1, 1), D(1958, 1, 1), D(2030, 1, 1))] == [0, 1, 4]
