import contextlib
import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.standards.reference_data import code_list_payload
from douane.standards.reference_data.code_list_payload import PayloadReader
from douane.vocabulary.errors import NotValid, NotWellFormed, SenderFault, TooLarge

D = dt.date
SAMPLE = {
    "messageInformation": {"messageID": "1", "snapshotDate": "2025-02-12"},
    "lists": {
        "CountryCodesCTC": {
            "listName": "CountryCodesCTC",
            "listEntries": [
                {"state": "valid", "activeFrom": "2024-02-21", "code": "CH", "description": "Switzerland"},
                {"state": "invalid", "activeFrom": "2021-01-01", "code": "XX"},
            ],
        },
        "Empty": {"listName": "Empty", "listEntries": []},
        "UnLocodeExtended": {
            "listEntries": [
                {"state": "valid", "activeFrom": "2023-04-13", "unLocodeExtendedCode": "ATVIE", "name": "Wien"}
            ]
        },
    },
}


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._step)


def read(data: bytes, step: int = 10_000) -> list[tuple[str, str, dt.date, bool, dict[str, object]]]:
    reader = PayloadReader(Trickle(data, step))
    return [(k.number, e.code, e.since, e.valid, dict(e.attributes)) for k, e in reader]


@pytest.mark.parametrize("step", [1, 2, 7, 64, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_entries_come_whole_however_the_text_is_cut(step: int, indent: int | None) -> None:
    assert read(json.dumps(SAMPLE, indent=indent).encode(), step) == [
        ("CL112", "CH", D(2024, 2, 21), True, {"description": "Switzerland"}),
        ("CL112", "XX", D(2021, 1, 1), False, {}),
        ("CL244", "ATVIE", D(2023, 4, 13), True, {"description": "Wien"}),
    ]


def test_the_snapshot_date_is_known_with_the_first_entry() -> None:
    reader = PayloadReader(io.BytesIO(json.dumps(SAMPLE).encode()))
    assert reader.snapshot is None
    next(iter(reader))
    assert reader.snapshot == D(2025, 2, 12)


FACTS = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda s: s not in {"state", "activeFrom", "code"}),
    st.text(max_size=20),
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(FACTS, max_size=5), st.integers(1, 40), st.booleans())
def test_any_text_reads_back(facts: list[dict[str, str]], step: int, ascii_only: bool) -> None:
    entries = [{"state": "valid", "activeFrom": "2024-01-01", "code": str(n), **f} for n, f in enumerate(facts)]
    text = json.dumps({"lists": {"Role": {"listEntries": entries}}}, ensure_ascii=ascii_only)
    found = read(text.encode("utf-8", "surrogatepass"), step)
    assert [f[4] for f in found] == facts


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=3))
def test_damage_is_a_fault_of_the_sender(place: int, other: bytes) -> None:
    data = json.dumps(SAMPLE).encode()
    place %= len(data)
    with contextlib.suppress(SenderFault):  # any other exception fails the test
        read(data[:place] + other + data[place + len(other) :], 50)


def one(entry: object) -> bytes:
    return json.dumps({"lists": {"Role": {"listEntries": [entry]}}}).encode()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", NotWellFormed),
        (b"[]", NotWellFormed),
        (b'{"lists": []}', NotWellFormed),
        (b'{"lists": {}} x', NotWellFormed),
        (json.dumps(SAMPLE).encode()[:-1], NotWellFormed),
        (json.dumps(SAMPLE).encode()[:200], NotWellFormed),
        (b'{"lists": {"Role": {"listName": "\xff"}}}', NotWellFormed),
        (b'{"other": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", NotWellFormed),
        (one(["DEP"]), NotValid),
        (one({"state": "valid", "activeFrom": "2024-13-01", "code": "A"}), NotValid),
        (one({"state": "valid", "activeFrom": "2024-01-01"}), NotValid),
        (one({"activeFrom": "2024-01-01", "code": "A"}), NotValid),
        (one({"state": "valid", "activeFrom": "2024-01-01", "code": "x" * 1_000_000}), TooLarge),
    ],
)
def test_what_is_no_payload_is_refused(data: bytes, fault: type[SenderFault]) -> None:
    with pytest.raises(fault):
        read(data)


def test_only_a_piece_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        {"state": "valid", "activeFrom": "2024-01-01", "code": str(n), "description": "x" * 100} for n in range(5_000)
    ]
    data = json.dumps({"lists": {"Role": {"listEntries": entries}}}).encode()
    reader = PayloadReader(io.BytesIO(data))
    longest = max(len(reader._text._held) for _ in reader)
    assert longest <= 2 * code_list_payload.CHUNK < len(data)
