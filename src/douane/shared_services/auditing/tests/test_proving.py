"""From rows as the runtime stores them to evidence, through the audit port."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
import pytest

from douane.model.caller import of_the_core
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, REFUSAL, SENT, JournalRow, Receipt, Refusal, RowKind, known_row
from douane.runtime.store.origin import Content, Media, Origin
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.inspection import inspect
from douane.shared_services.auditing.port import AuditPort, journal_facts, word
from douane.shared_services.auditing.proving import audit_prefix, prove_row, stored_leaves
from douane.shared_services.auditing.verification import verify
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import NotFound, ProofFailed
from tests.callers import sent_row, trader

SIGNER = Signer.from_seed("customs.example/douane/p3", bytes(range(32)))
KEY = SIGNER.key
PARTITION = 3
NOW = 1_764_000_000_000_000
BODY = b"<CC015C>a declaration</CC015C>"


class Shelf:
    """A store for reading, filled by hand."""

    def __init__(self) -> None:
        self.map: dict[bytes, bytes] = {}
        self.logs: dict[Log, dict[int, bytes]] = {log: {} for log in Log}

    def read(self, wanted: Sequence[bytes]) -> list[bytes | None]:
        return [self.map.get(key) for key in wanted]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        found = sorted((k, v) for k, v in self.map.items() if start <= k < end)
        return (found[::-1] if reverse else found)[:limit]

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        return [self.logs[log].get(position) for position in positions]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        return sorted((p, v) for p, v in self.logs[log].items() if after < p <= end)[:limit]


class Partition:
    """Ticks of one partition, as the runtime would commit them."""

    def __init__(self) -> None:
        self.shelf, self.leaf = Shelf(), 0
        self.restart("model=1")

    def restart(self, versions: str) -> None:
        self.port = AuditPort(SIGNER, audit_prefix(PARTITION), self.shelf, versions=versions)

    def tick(self, number: int) -> None:
        """A message from outside, one from inside, one sent, one refused."""

        def salt(n: int) -> bytes:
            return sha256(f"{number}/{n}".encode()).digest()[:16]

        digest, now, first = sha256(BODY).digest(), NOW + number, self.leaf + 1
        outer = JournalRow(
            RowKind.MESSAGE, number, "transit.lodge_declaration", "FR",
            Origin(trader("FR12345678901234", by="DE998877665544"), f"m{number}", now, "speed2", "rest"),
            Content(Media.FAMILY, BODY, digest), salt(1), first,
        )  # fmt: skip
        inner = JournalRow(
            RowKind.MESSAGE, number, "guarantees.reserve", "FR", Origin(of_the_core("FR"), "Reserve", now),
            Content(Media.VALUE, b"body", sha256(b"body").digest()), salt(2), first + 1,
        )  # fmt: skip
        sent = sent_row(
            "FR12345678901234", "CC928C", f"s{number}", BODY, subject=number, media=Media.FAMILY, digest=digest,
            at=now, salt=salt(3), leaf=first + 2, cause=1, administration="FR",
        )  # fmt: skip
        refusal = Refusal(
            Origin(trader("FR1"), f"r{number}", now, "speed2"), "no operation\nof ours", "13", digest, salt(4)
        )
        leaves = [
            self.port.journal_leaf(outer),
            self.port.journal_leaf(inner),
            self.port.sent_leaf(sent),
            self.port.refusal_leaf(refusal),
        ]

        def at(n: int) -> int:
            return keys.log_position(PARTITION, n)

        kept, _ = self.port.promise(leaves[:1], now)
        receipt = Receipt(outer.id, at(2 * number - 1), number, now, digest, leaves[0], first, promised=first)
        self.shelf.map[audit_prefix(PARTITION) + b"p" + keys.u64(first)] = kept
        self.shelf.map[keys.known_key(PARTITION, outer.sender, outer.id)] = known_row(receipt)
        self.shelf.map.update(self.port.extend(leaves, now))
        self.shelf.logs[Log.JOURNAL] |= {
            at(2 * number - 1): JOURNAL.write(outer),
            at(2 * number): JOURNAL.write(inner),
        }
        self.shelf.logs[Log.SENT][at(number)] = SENT.write(sent)
        self.shelf.logs[Log.REFUSAL][at(first + 3)] = REFUSAL.write(refusal)
        self.port.committed()
        self.leaf += 4


@pytest.fixture
def partition() -> Partition:
    made = Partition()
    for number in range(1, 101):
        if number == 41:
            made.restart("model=2")
        made.tick(number)
    return made


def test_every_kind_of_row_can_be_proved(partition: Partition) -> None:
    for log, number in ((Log.JOURNAL, 33), (Log.JOURNAL, 34), (Log.SENT, 17), (Log.REFUSAL, 68)):
        evidence = prove_row(partition.shelf, KEY, log, keys.log_position(PARTITION, number))
        verdict = verify(evidence.write(), [KEY])
        assert verdict.ok, verdict.text()
        assert (evidence.promise is not None) == (number == 33)


def test_the_message_itself_can_be_compared(partition: Partition) -> None:
    evidence = prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, 1))
    assert verify(evidence.write(), [KEY], payload=BODY).ok
    inner = prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, 2))
    assert verify(inner.write(), [KEY], payload=b"body").ok
    hidden = prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, 1), fields=["message"])
    assert set(hidden.opening) == {"message"}


def test_leaves_of_before_a_new_release_can_still_be_computed(partition: Partition) -> None:
    for number, versions in ((79, "model=1"), (81, "model=2")):
        evidence = prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, number))
        assert f"\nversions {versions}\n" in evidence.record.decode()
    rows = [key for key in partition.shelf.map if key.startswith(audit_prefix(PARTITION) + b"v")]
    assert len(rows) == 2


def test_a_restart_with_the_same_versions_records_nothing_new(partition: Partition) -> None:
    before = dict(partition.shelf.map)
    partition.restart("model=2")
    partition.tick(101)
    assert not [k for k in partition.shelf.map.keys() - before if k.startswith(audit_prefix(PARTITION) + b"v")]


def test_what_an_uncommitted_tick_says_does_not_count(partition: Partition) -> None:
    size = partition.port.size
    partition.port.extend([bytes(32)], NOW)
    assert partition.port.size == size
    assert partition.port.extend([], NOW) == ()


def test_the_inspection_computes_every_leaf_again(partition: Partition) -> None:
    prefix = audit_prefix(PARTITION)
    leaves = list(stored_leaves(partition.shelf, PARTITION))
    assert len(leaves) == 400 == partition.port.size
    assert list(inspect(partition.shelf.read, KEY.name, KEY, prefix=prefix, leaves=leaves)) == []
    position = keys.log_position(PARTITION, 34)
    row = JOURNAL.read(partition.shelf.logs[Log.JOURNAL][position])
    changed = msgspec.structs.replace(row, content=msgspec.structs.replace(row.content, digest=bytes(32)))
    partition.shelf.logs[Log.JOURNAL][position] = JOURNAL.write(changed)
    found = inspect(
        partition.shelf.read, KEY.name, KEY, prefix=prefix, leaves=stored_leaves(partition.shelf, PARTITION)
    )
    assert [each.where for each in found] == ["leaf 65"]
    with pytest.raises(ProofFailed):
        prove_row(partition.shelf, KEY, Log.JOURNAL, position)


def test_a_row_that_is_gone_is_noticed(partition: Partition) -> None:
    del partition.shelf.logs[Log.SENT][keys.log_position(PARTITION, 17)]
    with pytest.raises(ProofFailed, match="leaf 66"):
        list(stored_leaves(partition.shelf, PARTITION))


def test_what_is_not_there_or_not_covered_yet(partition: Partition) -> None:
    with pytest.raises(NotFound):
        prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, 999))
    partition.shelf.map = {k: v for k, v in partition.shelf.map.items() if not k.endswith(b"h")}
    with pytest.raises(NotFound, match="checkpoint"):
        prove_row(partition.shelf, KEY, Log.JOURNAL, keys.log_position(PARTITION, 1))


@pytest.mark.parametrize("text", ["Erika Mustermann", "a\nkind erased", "x" * 81, "\u00e9", "@a@b"])
def test_what_a_door_lets_through_does_not_stand_in_clear(text: str) -> None:
    assert word(text) == "other"
    origin = Origin(trader("s"), "m", 1, text)
    row = JournalRow(RowKind.MESSAGE, 1, text, "FR", origin, Content(Media.JSON, b"", b""), bytes(16), 1)
    assert journal_facts(row).operation == journal_facts(row).platform == "other"
    assert word("transit.lodge_declaration") == "transit.lodge_declaration"
    assert word("@timer") == "@timer"
