import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.applications.reference_data.messages import ListVersion
from douane.applications.reference_data.rules import check_version, difference, import_lists
from douane.author import CodeList, Entry, Instant, NotValid, UnLocode, start_of
from douane.standards.reference_data.catalogue import KnownList, list_named
from douane.standards.reference_data.source import open_source

D = dt.date
NOW = Instant(start_of(D(2026, 1, 1)) + 1)


def published(name: str) -> Path:
    """A file of ../shared/data/reference-data; the test is skipped where that folder is absent."""
    root = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
    path = root.parent / "shared/data/reference-data" / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is absent")
        pytest.skip(f"../shared/data/reference-data/{name} is absent")
    return path


def at(n: int) -> dt.date:
    return D(2024, 1, 1) + dt.timedelta(n)


def codes(*entries: Entry) -> CodeList:
    return CodeList("CL010", "CountryCodesCommunity", entries)


def test_the_first_import_keeps_what_is_stated() -> None:
    found = difference(None, codes(Entry("FR", at(0))), at(5))
    assert found is not None
    assert (found.codes, found.added) == (codes(Entry("FR", at(0))), 1)


def test_history_stays() -> None:
    old = codes(Entry.of("GB", at(0), {"d": "1"}), Entry("FR", at(0)))
    found = difference(old, codes(Entry.of("GB", at(9), {"d": "2"}), Entry("FR", at(0))), at(10))
    assert found is not None
    assert (found.added, found.changed, found.ended) == (0, 1, 0)
    assert found.codes.entry("GB", at(8)) == Entry.of("GB", at(0), {"d": "1"})
    assert found.codes.entry("GB", at(9)) == Entry.of("GB", at(9), {"d": "2"})


def test_a_code_that_a_later_file_lacks_ends_with_that_file() -> None:
    found = difference(codes(Entry("GB", at(0)), Entry("FR", at(0))), codes(Entry("FR", at(0))), at(10))
    assert found is not None
    assert found.ended == 1
    assert found.codes.codes(at(9)) == {"FR", "GB"}
    assert found.codes.codes(at(10)) == {"FR"}


def test_a_code_that_comes_back_is_valid_again_from_that_file() -> None:
    ended = codes(Entry("GB", at(0)), Entry("GB", at(10), valid=False))
    found = difference(ended, codes(Entry("GB", at(0))), at(20))
    assert found is not None
    assert found.added == 1
    assert [found.codes.holds("GB", at(n)) for n in (0, 9, 10, 19, 20)] == [True, True, False, False, True]
    assert difference(found.codes, codes(Entry("GB", at(0))), at(20)) is None


def test_an_older_file_ends_nothing_that_is_newer() -> None:
    known = codes(Entry("HR", at(50)), Entry("FR", at(0)))
    assert difference(known, codes(Entry("FR", at(0))), at(10)) is None


def test_the_authority_puts_an_entry_right() -> None:
    found = difference(codes(Entry("FR", at(0))), codes(Entry.of("FR", at(0), {"d": "France"})), at(10))
    assert found is not None
    assert found.changed == 1
    assert found.codes == codes(Entry.of("FR", at(0), {"d": "France"}))


STATED = st.builds(
    Entry, st.sampled_from("ABC"), st.integers(0, 9).map(at), st.booleans(), st.sampled_from(['{"d":"1"}', "{}"])
)
FILES = st.lists(st.lists(STATED, unique_by=lambda e: e.code, max_size=3), min_size=1, max_size=6)


@settings(deadline=None)
@given(FILES)
def test_files_in_order_of_their_dates(files: list[list[Entry]]) -> None:
    known: CodeList | None = None
    for n, stated in enumerate(files):
        snapshot = at(10 + n)
        new = codes(*stated)
        found = difference(known, new, snapshot)
        before, known = known, found.codes if found else known
        assert known is not None
        # What the file states holds from its date on, and the same file again changes nothing.
        assert set(known.codes(snapshot)) == {e.code for e in stated if e.valid}
        for e in stated:
            if e.valid:
                held = known.entry(e.code, snapshot)
                assert held is not None
                assert held.facts == e.facts
        assert difference(known, new, snapshot) is None
        if before is not None:
            # No statement about a day before the file is taken back, except an entry that is dated into that time.
            earliest = min([e.since for e in stated], default=snapshot)
            for day in range(9):
                if at(day) < earliest:
                    assert known.codes(at(day)) == before.codes(at(day))


def lines(name: str, *given: str) -> Iterator[tuple[KnownList, Entry]]:
    yield from ((list_named(name), Entry(code, at(0))) for code in given)


def test_lists_are_compared_one_by_one() -> None:
    entries = [*lines("CountryCodesCommunity", "FR", "DE"), *lines("CountryCodesCTC", "CH")]
    kept = {"CL010": codes(Entry("DE", at(0)), Entry("FR", at(0)))}
    versions = list(import_lists(entries, kept.get, snapshot=lambda: None, source="a file", now=NOW))
    assert [(v.number, v.name, v.added, v.previous, v.snapshot) for v in versions] == [
        ("CL112", "CountryCodesCTC", 1, "", D(2026, 1, 1))
    ]
    assert versions[0].version == versions[0].code_list().version
    assert (versions[0].source, versions[0].imported_at) == ("a file", NOW)


def test_a_list_in_two_pieces_or_a_state_twice_is_refused() -> None:
    def run(entries: list[tuple[KnownList, Entry]]) -> list[ListVersion]:
        return list(import_lists(entries, lambda _: None, snapshot=lambda: at(9), source="", now=NOW))

    pieces = [*lines("CountryCodesCommunity", "FR"), *lines("CountryCodesCTC", "CH")]
    with pytest.raises(NotValid, match="CountryCodesCommunity twice"):
        run([*pieces, *lines("CountryCodesCommunity", "DE")])
    with pytest.raises(NotValid, match="states code 'FR' twice"):
        run([*lines("CountryCodesCommunity", "FR", "FR")])


def bring_in(path: Path, kept: dict[str, CodeList]) -> list[ListVersion]:
    """Import a file and keep what changed."""
    with path.open("rb") as file:
        source = open_source(file)
        versions = import_lists(source, kept.get, snapshot=lambda: source.snapshot, source=path.name, now=NOW)
        found = []
        for version in versions:
            kept[version.number] = version.code_list()
            found.append(version)
    return found


@pytest.mark.slow
def test_the_published_office_list() -> None:
    path = published("COL-Generic-20241105.zip")
    kept: dict[str, CodeList] = {}
    versions = bring_in(path, kept)
    assert sum(len(v.entries) for v in versions) == 60_507
    counts = {v.name: len(v.entries) for v in versions}
    assert len(counts) == 10
    assert counts["CustomsOffices"] == 4_136
    assert counts["UnLocode"] == 55_382
    assert Counter(v.snapshot for v in versions) == {D(2024, 11, 5): 10}
    # One published code has a small letter: such a slip is kept as it is, and no declaration can name it.
    assert [e.code for e in kept["CL144"].entries if not UnLocode.accepts(e.code)] == ["ESCCu"]
    assert kept["CL141"].entry("FR005350", D(2024, 11, 5)) is not None
    assert kept["CL141"].entry("FR005350", D(2018, 1, 1)) is None


@pytest.mark.slow
def test_the_published_code_lists() -> None:
    path = published("RD_NCTS-P5-20250212.json.gz")
    kept: dict[str, CodeList] = {}
    versions = bring_in(path, kept)
    assert len(versions) == 55
    assert all(v.number.startswith("CL") for v in versions)
    counts = {v.name: len(v.entries) for v in versions}
    assert (counts["HScode"], counts["CUSCode"], counts["UnLocodeExtended"]) == (5_717, 57_362, 99_539)
    assert Counter(v.snapshot for v in versions) == {D(2025, 2, 12): 55}
    assert kept["CL048"].holds("BGN", D(2025, 1, 1))
    assert not kept["CL048"].holds("BGN", D(2024, 12, 31))


MEASURE = """
import pathlib, resource, sys, tempfile
import msgspec
from douane.applications.reference_data.messages import ListVersion
from douane.applications.reference_data.rules import import_lists
from douane.standards.reference_data.source import open_source

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

def run(path, folder):
    changed = 0
    with open(path, "rb") as file:
        source = open_source(file)
        def existing(number):
            kept = folder / number
            return msgspec.msgpack.decode(kept.read_bytes(), type=ListVersion).code_list() if kept.exists() else None
        for version in import_lists(source, existing, snapshot=lambda: source.snapshot, source="", now=0):
            (folder / version.number).write_bytes(msgspec.msgpack.encode(version))
            changed += 1
    return changed

before = peak()
with tempfile.TemporaryDirectory() as folder:
    first = run(sys.argv[1], pathlib.Path(folder))
    middle = peak()
    second = run(sys.argv[1], pathlib.Path(folder))
print(first, second, middle - before, peak() - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lists"), [("COL-Generic-20241105.zip", 10), ("RD_NCTS-P5-20250212.json.gz", 55)])
def test_the_same_file_again_changes_nothing_and_memory_stays_within_64_mib(name: str, lists: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(published(name))],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    first, second, once, twice = (int(figure) for figure in run.stdout.split())
    assert (first, second) == (lists, 0)
    assert once <= 64 * 2**20
    assert twice <= 64 * 2**20


def test_what_an_import_counts_is_what_is_checked() -> None:
    (first,) = import_lists(
        [(list_named("CL010"), Entry(code, at(0))) for code in ("FR", "DE")], lambda _: None,
        snapshot=lambda: at(0), source="x", now=NOW,
    )  # fmt: skip
    check_version(None, first)
    (second,) = import_lists(
        [(list_named("CL010"), Entry(code, at(1))) for code in ("FR", "AT")], lambda _: first.code_list(),
        snapshot=lambda: at(1), source="x", now=NOW,
    )  # fmt: skip
    check_version(first.code_list(), second)
    assert (second.added, second.changed, second.ended) == (1, 1, 1)


@pytest.mark.parametrize("lie", [{"added": 1}, {"changed": 1}, {"ended": 1}, {"version": "0" * 64}])
def test_a_version_that_lies_of_itself_is_refused(lie: dict[str, Any]) -> None:
    made = codes(*(Entry(f"X{n}", at(0)) for n in range(500)))
    honest = ListVersion(
        number=made.number, name=made.name, version=made.version, source="x", snapshot=at(0), imported_at=NOW,
        added=500, entries=made.entries,
    )  # fmt: skip
    check_version(None, honest)
    with pytest.raises(NotValid):
        check_version(None, msgspec.structs.replace(honest, **lie))
