"""What a release stored, later releases read: the bytes of every value of the runtime, kept as test data.

``golden/release-1.json`` holds for each type the bytes as they were written. It is never rewritten; a release that
changes a type adds a file. ``first`` are the bytes of a value whose later fields did not exist yet.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.model.caller import CORE, Caller, Party, PartyKind, Strength, of_the_core
from douane.model.circles import ActorKind, Circle
from douane.runtime.replication import sums
from douane.runtime.replication.summaries import Summary
from douane.runtime.store import decided, envelope, hold, indexing, moved, records
from douane.runtime.store.bodies import Codec
from douane.runtime.store.envelope import (
    Delivery,
    Envelope,
    FoldedStep,
    JournalRow,
    OwnerRow,
    Parked,
    Receipt,
    Refusal,
    ReplyTo,
    RowKind,
    Sealed,
    SentKind,
    SentRow,
    WireRow,
)  # fmt: skip
from douane.runtime.store.origin import Attachment, Content, Media, Origin
from douane.runtime.store.records import (
    Asking,
    Carried,
    CaseEntry,
    Counted,
    Expectation,
    HumanTask,
    Member,
    Parties,
    ProcessInstance,
    Timers,
)
from douane.runtime.store.values import Stored, type_of
from douane.vocabulary.case_summaries import Part
from tests.architecture.tree import SOURCE

GOLDEN = sorted((Path(__file__).parent / "golden").glob("release-*.json"), key=lambda file: int(file.stem[8:]))
HASH = bytes(range(32))
REPLICAS = 60_000
"""Numbers from here on are of what a replica keeps, of which each is made anew."""
REPLY = ReplyTo(7 << 22, "departure", 3, 9)
FACTS = ("/CC015C/lrn", "12", "Give it.", "R0001", "x", 3, 4)
CALLER = Caller(
    "fr.broker",
    ActorKind.TRADER,
    Circle.UNTRUSTED,
    Party(PartyKind.TRADER, "FR1"),
    "",
    "FR2",
    "p",
    Strength.TOKEN,
    "DE",
)
ORIGIN = Origin(CALLER, "M1", 5, "speed2", "rest", "M0", "trace", "w@x", "c")
CONTENT = Content(Media.FAMILY, b"<x/>", HASH, (Attachment("a", "text/plain", "00", 3),), Codec.ZSTD)

VALUES: dict[str, Any] = {
    "CaseEntry": CaseEntry("Movement", ("FR1", "DE2"), "FR005350", "released", 1_800, (("mrn", "26FR"),), 1_700),
    "ProcessInstance": ProcessInstance("departure", "abc", b"\x01\x02", (1, 2, 3), True),
    "HumanTask": HumanTask("departure", "control", 4, "FR005350", "officer", "Control", 1_800, True, "fr.officer", 9),
    "Timers": Timers((("departure:4:5", 1_800), ("departure:6:7", 1_900))),
    "Expectation": Expectation(7 << 22, "departure", 3, 9),
    "Parties": Parties((Member(Party(PartyKind.ADMINISTRATION, "FR"), "competent authority", 3),)),
    "Asking": Asking("M7"),
    "Carried": Carried("DE", "transit.lodge_declaration", 3, "released", "DE004055", 1_800, True),
    "Summary": Summary(
        "DE", "mrn", "26DE", "transit.lodge_declaration", 1_700, "released", "DE004055", 1_800,
        Counted("TRA-TRANSIT", 1_700, "DE", 1_800), "IA art. 297", "officer", "DE004055",
        (Part("FR1", "holder"),), 1_750, 1_760,
    ),
    "JournalRow": JournalRow(
        RowKind.MESSAGE, 1, "transit.lodge_declaration", "FR", ORIGIN, CONTENT, b"salt", 6, "taken", REPLY, REPLY, 8,
        "NTA.DE", None, (FACTS,), (FoldedStep("guarantees.use", "CD203C", CONTENT),), Sealed.WHOLE,
    ),
    "SentRow": SentRow(
        SentKind.RELAY, 1, "FR1", "CC028C", "M2", "M1", CONTENT, 5, b"salt", 6, 8, "FR", "rest:ccn2", 10, ORIGIN, 11,
        Sealed.WHOLE,
    ),
    "Parked": Parked(3, 1, "transit.amend", "M1", "FR1", "ValueError: x", 5, 2, True, 4),
    "Delivery": Delivery("exception", 5, "422", 3),
    "OwnerRow": OwnerRow(1, 2, 3, 4, 5, 6),
    "Receipt": Receipt("M1", 3, 1, 5, HASH, HASH, 6, b"promise", 7, 8),
    "Refusal": Refusal(ORIGIN, "unknown", "52", HASH, b"salt", True, Sealed.WHOLE),
    "Envelope": Envelope(
        RowKind.ANSWER, "accounts.reserve", "FR", ORIGIN, CONTENT, (FACTS,), REPLY, "unknown", "NTA.DE", b"<answer/>",
        None, (b"der",), "26FR",
    ),
    "WireRow": WireRow(b"K\x00\x00FR1\x00M1", HASH, b"<receipt/>"),
    "Pause": decided.Pause(1_800, "eu.anna", "The partner is away.", True),
    "Discard": decided.Discard(1_800, "eu.anna", "It is no message.", "eu.ben"),
    "Maintained": decided.Maintained(1_800, '{"until":1}'),
    "Proposal": decided.Proposal(
        1_800, "message.drop", "out:5", "Why.", "eu.anna", ("It goes.",), "ab" * 32, True, "root", True, "eu.ben"
    ),
    "SetAside": decided.SetAside(1_800, "eu.anna", "Later.", True),
    "WentBack": decided.WentBack(1_800, 3_600, "ab" * 32, "eu.anna", "eu.ben", "The battery was changed.", 7),
    "Approved": decided.Approved(1_800, "ab" * 32, "eu.anna", "eu.ben"),
    "Hold": hold.Hold("HELD", 1_800, "Restored."),
    "Progress": indexing.Progress(b"\x01\x02", True, 5),
    "Reaches": moved.Reaches(5, 6),
    "Moved": moved.Moved("0001", 1, 9, 5, 1_800, "ab" * 32),
    "StateRow": sums.StateRow(1_800, HASH, True),
}  # fmt: skip


def _former(kind: ActorKind, party: Party, *, administration: str = "", by: str = "") -> Caller:
    return Caller(party.name, kind, kind.circle, party, administration, by)


TRADER = _former(ActorKind.TRADER, Party(PartyKind.TRADER, "FR1"), by="FR2")
_BODY, _NONE = Content(Media.FAMILY, b"<x/>", HASH), Content(Media.JSON, b"{}", HASH)
_STRANGER = msgspec.structs.replace(CORE, id="FR1", party=Party(PartyKind.CORE, "FR1"))
FORMER: dict[str, Any] = {
    "JournalRow": JournalRow(
        RowKind.RELAY, 1, "transit.lodge_declaration", "FR", Origin(TRADER, "M1", 5, "speed2", "rest", "M0", "trace"),
        _BODY, b"salt", 6, "taken", REPLY, REPLY, 8, "NTA.DE", sealed=Sealed.FORMER,
    ),
    "SentRow": SentRow(
        SentKind.RELAY, 1, "FR1", "CC028C", "M2", "M1", _NONE, 5, b"salt", 6, 8, "FR", "rest:ccn2", 10,
        Origin(_former(ActorKind.TRADER, Party(PartyKind.TRADER, "DE2")), "M2", 5, "speed2", "", "M1"),
        sealed=Sealed.FORMER,
    ),
    "Refusal": Refusal(
        Origin(_former(ActorKind.TRADER, Party(PartyKind.TRADER, "FR1")), "M1", 5, "speed2"), "unknown", "52", HASH,
        b"salt", sealed=Sealed.FORMER,
    ),
    "Envelope": Envelope(
        RowKind.RELAY, "accounts.reserve", "FR",
        Origin(msgspec.structs.replace(of_the_core("FR"), id="NTA.FR", by="FR2"), "M1", 5, "", "", "M0", "trace"),
        Content(Media.VALUE, b"\x80", HASH), (FACTS,), REPLY, "unknown", "NTA.DE",
    ),
}  # fmt: skip
"""What release 0.1 wrote of messages (files up to ``LAST_FORMER``), as this release reads it."""
FORMER_FIRST: dict[str, Any] = {
    "JournalRow": JournalRow(
        RowKind.MESSAGE, 1, "transit.lodge_declaration", "FR", Origin(_STRANGER, "M1", 5), _BODY, b"salt", 6,
        sealed=Sealed.FORMER,
    ),
    "SentRow": SentRow(
        SentKind.MESSAGE, 1, "FR1", "CC028C", "M2", "M1", _NONE, 5, b"salt", 6, 8, "FR", sealed=Sealed.FORMER
    ),
    "Refusal": FORMER["Refusal"],
    "Envelope": Envelope(
        RowKind.MESSAGE, "accounts.reserve", "FR",
        Origin(msgspec.structs.replace(of_the_core("FR"), id="NTA.FR"), "M1", 5),
        Content(Media.VALUE, b"\x80", HASH),
    ),
}  # fmt: skip
"""The same without the fields that were optional."""
LAST_FORMER = 9


def stored_types() -> dict[str, Stored[Any]]:
    """Every type that the runtime stores, by its name."""
    kinds = [
        records.kind_numbered(n).stored for n in (*range(1, 20), 60_000, 60_021, 60_022) if n in records._by_number
    ]
    modules = (envelope, decided, hold, indexing, moved, sums)
    rows = [value for module in modules for value in vars(module).values() if isinstance(value, Stored)]
    return {each.type.__name__: each for each in (*kinds, *rows)}


def written(name: str, value: Any) -> dict[str, str]:
    """The bytes of a value today, whole and with only the fields that have no default."""
    stored = stored_types()[name]
    needed = sum(f.required for f in msgspec.structs.fields(stored.type))
    whole = stored.write(value)
    first = whole[:6] + msgspec.msgpack.encode(msgspec.msgpack.decode(whole[6:])[:needed])
    return {"whole": whole.hex(), "first": first.hex()}


def test_no_module_stores_a_type_that_is_not_here() -> None:
    """A number that two types bear is read as the other one: each ``Stored(NUMBER`` of the runtime is counted."""
    numbers = sorted(
        int(found)
        for path in (SOURCE / "runtime").rglob("*.py")
        if "tests" not in path.parts
        for found in re.findall(r"= Stored\((\d+), ", path.read_text("utf-8"))
        if int(found) < REPLICAS
    )
    assert numbers == sorted({*numbers})
    assert set(numbers) <= {each.kind for each in stored_types().values()}


def test_every_type_that_the_runtime_stores_has_golden_bytes() -> None:
    assert set(VALUES) == set(stored_types())
    assert len({each.kind for each in stored_types().values()}) == len(VALUES)
    for file in GOLDEN[-1:]:
        assert set(json.loads(file.read_text())) == set(VALUES)


KEPT = [(file, name) for file in GOLDEN for name in sorted(json.loads(file.read_text()))]


@pytest.mark.parametrize(("file", "name"), KEPT, ids=lambda each: getattr(each, "stem", each))
def test_golden_bytes_stay_readable(file: Path, name: str) -> None:
    golden, stored = json.loads(file.read_text())[name], stored_types()[name]
    value, first = stored.read(bytes.fromhex(golden["whole"])), stored.read(bytes.fromhex(golden["first"]))
    assert type_of(bytes.fromhex(golden["whole"])) == stored.kind
    if name in FORMER and int(file.stem.rpartition("-")[2]) <= LAST_FORMER:
        assert (value, first) == (FORMER[name], FORMER_FIRST[name])
        return
    assert value == VALUES[name]
    for field in msgspec.structs.fields(stored.type):
        assert getattr(first, field.name) == (getattr(value, field.name) if field.required else field.default)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_this_release_writes_what_its_golden_file_says(name: str) -> None:
    """A change here means that a type changed: add a field with a default at the end, or a version with an upgrade."""
    assert written(name, VALUES[name]) == json.loads(GOLDEN[-1].read_text())[name]
