"""What a release stored, later releases read: the bytes of every value of the runtime, kept as test data.

``golden/release-1.json`` holds for each type the bytes as they were written. It is never rewritten; a release that
changes a type adds a file. ``first`` are the bytes of a value whose later fields did not exist yet.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.runtime.store import envelope, records
from douane.runtime.store.envelope import (
    Delivery,
    Envelope,
    JournalRow,
    Media,
    OwnerRow,
    Parked,
    Receipt,
    Refusal,
    ReplyTo,
    SentRow,
    WireRow,
)  # fmt: skip
from douane.runtime.store.records import CaseEntry, Expectation, HumanTask, ProcessInstance, Timers
from douane.runtime.store.values import Stored, type_of

GOLDEN = sorted((Path(__file__).parent / "golden").glob("release-*.json"))
HASH = bytes(range(32))
REPLY = ReplyTo(7 << 22, "departure", 3, 9)
FACTS = ("/CC015C/lrn", "12", "Give it.", "R0001", "x", 3, 4)

VALUES: dict[str, Any] = {
    "CaseEntry": CaseEntry("Movement", ("FR1", "DE2"), "FR005350", "released", 1_800, (("mrn", "26FR"),), 1_700),
    "ProcessInstance": ProcessInstance("departure", "abc", b"\x01\x02", (1, 2, 3), True),
    "HumanTask": HumanTask("departure", "control", 4, "FR005350", "officer", "Control", 1_800, True, "fr.officer", 9),
    "Timers": Timers((("departure:4:5", 1_800), ("departure:6:7", 1_900))),
    "Expectation": Expectation(7 << 22, "departure", 3, 9),
    "JournalRow": JournalRow(
        1, "transit.lodge_declaration", "M1", "FR1", "FR", Media.FAMILY, b"<x/>", HASH, 5, b"salt", 6, "speed2",
        "rest", "FR2", "trace", "M0", "taken", REPLY, REPLY, 8, "NTA.DE",
    ),
    "SentRow": SentRow(
        1, "FR1", "CC028C", "M2", "M1", Media.JSON, b"{}", HASH, 5, b"salt", 6, 8, "FR", "rest:ccn2", 10, "DE2",
    ),
    "Parked": Parked(3, 1, "transit.amend", "M1", "FR1", "ValueError: x", 5, 2, True, 4),
    "Delivery": Delivery("exception", 5, "422", 3),
    "OwnerRow": OwnerRow(1, 2, 3, 4, 5, 6),
    "Receipt": Receipt("M1", 3, 1, 5, HASH, HASH, 6, b"promise", 7, 8),
    "Refusal": Refusal("M1", "FR1", "unknown", "untrusted", "speed2", "52", HASH, 5, b"salt"),
    "Envelope": Envelope(
        "M1", "NTA.FR", "internal", "", "", "accounts.reserve", "FR", Media.VALUE, b"\x80", HASH, 5, "trace", "FR2",
        "M0", (FACTS,), REPLY, "unknown", "NTA.DE",
    ),
    "WireRow": WireRow(b"K\x00\x00FR1\x00M1", HASH, b"<receipt/>"),
}  # fmt: skip


def stored_types() -> dict[str, Stored[Any]]:
    """Every type that the runtime stores, by its name."""
    kinds = [records.kind_numbered(n).stored for n in range(1, 20) if n in records._by_number]
    rows = [value for value in vars(envelope).values() if isinstance(value, Stored)]
    return {each.type.__name__: each for each in (*kinds, *rows)}


def written(name: str, value: Any) -> dict[str, str]:
    """The bytes of a value today, whole and with only the fields that have no default."""
    stored = stored_types()[name]
    needed = sum(f.required for f in msgspec.structs.fields(stored.type))
    whole = stored.write(value)
    first = whole[:6] + msgspec.msgpack.encode(msgspec.msgpack.decode(whole[6:])[:needed])
    return {"whole": whole.hex(), "first": first.hex()}


def test_every_type_that_the_runtime_stores_has_golden_bytes() -> None:
    assert set(VALUES) == set(stored_types())
    assert len({each.kind for each in stored_types().values()}) == len(VALUES)
    for file in GOLDEN[-1:]:
        assert set(json.loads(file.read_text())) == set(VALUES)


KEPT = [(file, name) for file in GOLDEN for name in sorted(json.loads(file.read_text()))]


@pytest.mark.parametrize(("file", "name"), KEPT, ids=lambda each: getattr(each, "stem", each))
def test_golden_bytes_stay_readable(file: Path, name: str) -> None:
    golden, stored = json.loads(file.read_text())[name], stored_types()[name]
    value = stored.read(bytes.fromhex(golden["whole"]))
    assert value == VALUES[name]
    assert type_of(bytes.fromhex(golden["whole"])) == stored.kind
    first = stored.read(bytes.fromhex(golden["first"]))
    for field in msgspec.structs.fields(stored.type):
        assert getattr(first, field.name) == (getattr(value, field.name) if field.required else field.default)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_this_release_writes_what_its_golden_file_says(name: str) -> None:
    """A change here means that a type changed: add a field with a default at the end, or a version with an upgrade."""
    assert written(name, VALUES[name]) == json.loads(GOLDEN[-1].read_text())[name]
