"""Backups of a working node and what comes back from them: over every store, and from every store into every other."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.backends.files.backend import open_store as files_store
from douane.backends.memory.backend import MemoryStore
from douane.backends.postgresql.backend import open_store as postgresql_store
from douane.backends.sqlite import backend as sqlite
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.core import node as nodes
from douane.runtime.core.commands import Announce
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.replication.sums import PARTS, progress_key, sum_key
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, Arrival, Receipt, RowKind
from douane.runtime.store.ports import SECOND, Attempt, Batch, Log, Offered, Outcome, Reader, Store
from douane.shared_services.archiving.key import SealingKey, make_key, read_key
from douane.shared_services.auditing.log import tile_reader
from douane.shared_services.auditing.proving import audit_prefix, checkpoint_text
from douane.shared_services.backup_restore import backup as taking
from douane.shared_services.backup_restore.backup import Sizes, Source, back_up
from douane.shared_services.backup_restore.manifest import Manifest, finished, read_manifest, unfinished
from douane.shared_services.backup_restore.restore import POSITIONS_LEFT_OUT, Loader, log_key_of
from douane.shared_services.backup_restore.verification import (
    Seen,
    Segments,
    Verdict,
    compare,
    open_backup,
    read_seen,
    seen_in,
)
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import Damaged, Held, NotFound, ProofFailed, StoreUnavailable, WrongKey
from tests.contracts import toy
from tests.contracts.test_partitions import PARTITIONS, Several, named
from tests.contracts.toy import sent_to, view

KEY = SealingKey(bytes(range(32)))
SMALL = Sizes(least=1_500, most=6_000, mask=0x3)
KEPT = frozenset({keys.OWNER, keys.SERIAL, keys.HOLD})
"""Spaces of the map that a restore changes on purpose."""
SUMMED_ANEW = frozenset({*(sum_key(0, part) for part in range(PARTS)), progress_key(0)})
"""What a restored node makes anew when it starts, since its numbers are others by then."""


CLOCK, IDS = toy.Clock(), toy.Ids(seed="backup")


def source_of(store: Store, **changes: Any) -> Source:
    made = Source(
        "toy", "1", store.snapshot, toy.SIGNER, CLOCK, IDS, lambda _: toy.SIGNER.key.name,
        {"audit.key": bytes(32), "douane.toml": b'name = "toy"\n'}, sizes=SMALL,
    )  # fmt: skip
    return replace(made, **changes)


def orders(node: toy.Node, *numbers: int) -> list[Arrival]:
    """Orders that were sent, and taken."""
    sent = [node.envelope("orders.place", toy.Order(f"O{n}", "A", 1), id=f"m-{n}") for n in numbers]
    assert all(isinstance(r, Receipt) for r in node.run(*sent))
    return sent


def bring_back(folder: Path, store: Store, *, key: SealingKey = KEY, missing: dict[int, int] | None = None) -> Manifest:
    """Everything that a restore verifies, then the store that counts."""
    segments = open_backup(folder, key)
    loader = Loader(segments, store, at=1)
    loader.load()
    loader.inspect()
    loader.finish(missing or {})
    return segments.manifest


def content(store: Store) -> tuple[dict[bytes, bytes], dict[Log, list[tuple[int, bytes]]]]:
    pairs = store.scan(b"", b"\xff" * 64, 1_000_000)
    return {k: v for k, v in pairs if k[:1] not in KEPT and k not in SUMMED_ANEW}, {
        log: store.scan_log(log, 0, 1 << 62, 1_000_000) for log in Log
    }


@pytest.fixture
def backed_up(node: toy.Node, tmp_path: Path) -> tuple[toy.Node, Path, Manifest]:
    """A node with a few orders, and a backup of it."""
    orders(node, *range(12))
    manifest = back_up(source_of(node.store), tmp_path / "backups", KEY)
    return node, tmp_path / "backups" / manifest.id, manifest


Backed = tuple[toy.Node, Path, Manifest]


@pytest.fixture(params=["memory", "sqlite", "files", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store to restore into, another one than that of the node."""
    made: Any
    match request.param:
        case "memory":
            made = MemoryStore()
        case "sqlite":
            made = SqliteStore(str(tmp_path / "other.db"))
        case "files":
            made = files_store(f"files:{tmp_path / 'other'}")
        case _:
            made = postgresql_store(request.getfixturevalue("second_database"))
    yield made
    made.close()


# --- back and forth


def test_everything_comes_back_in_any_other_store(backed_up: Backed, other: Store) -> None:
    node, folder, manifest = backed_up
    assert bring_back(folder, other) == manifest
    assert content(other) == content(node.store)
    assert len({p.table for p in manifest.segments}) == 5 - 1  # nothing was refused
    assert sum(p.table == "map" for p in manifest.segments) > 3


def test_what_is_sent_again_gets_its_original_receipt_and_no_second_effect(node: toy.Node, tmp_path: Path) -> None:
    sent = [node.envelope("orders.place", toy.Order(f"O{n}", "A", 1), id=f"m-{n}") for n in range(9)]
    receipts = node.run(*sent)
    manifest = back_up(source_of(node.store), tmp_path, KEY)
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store)
    restored = toy.Node(store)
    before = content(store)
    assert restored.run(*sent) == receipts
    assert content(store) == before
    assert len(sent_to(store, "T1")) == 9


def test_after_the_loss_of_a_tail_nothing_new_takes_the_numbers_of_what_was_lost(
    node: toy.Node, tmp_path: Path
) -> None:
    """A party's cursor lies in what was lost; what comes after the restore must still reach it."""
    orders(node, 1)
    manifest = back_up(source_of(node.store), tmp_path, KEY)
    orders(node, *range(2, 30))
    _, cursor = Inbox(node.store, [0]).read("T1", limit=500)
    lost = node.owner.state
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store, missing={0: lost.leaf - manifest.partitions[0].leaves})
    restored = toy.Node(store)
    restored.clock.at = node.clock.at + SECOND
    restored.run(commands=(Announce(0, RowKind.RELEASED, "checked", release=True),))
    (receipt,) = restored.run(restored.envelope("orders.place", toy.Order("O99", "A", 1), id="after"))
    assert isinstance(receipt, Receipt)
    assert receipt.position > max(lost.journal, manifest.partitions[0].journal + POSITIONS_LEFT_OUT)
    items, _ = Inbox(store, [0]).read("T1", cursor)
    assert [item.row.type for item in items] == ["Confirmed"]
    restored.begin()  # and once more from the store, over the gap
    assert sent_to(store, "T1") == ["Confirmed"] * 2


def test_messages_that_were_not_handled_yet_are_handled_after_the_restore(node: toy.Node, tmp_path: Path) -> None:
    node.owner.ports.budget = -1
    orders(node, *range(40))
    assert node.owner.pending
    manifest = back_up(source_of(node.store), tmp_path, KEY)
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store)
    restored = toy.Node(store)
    while restored.owner.pending:
        restored.run()
    assert sent_to(store, "T1") == ["Confirmed"] * 40


class Busy:
    """A reader during whose every reading the node takes another message: the hardest load there is."""

    def __init__(self, node: toy.Node, inner: Reader) -> None:
        self._node, self._inner = node, inner

    def __getattr__(self, name: str) -> Any:
        self._node.run(self._node.envelope("orders.place", toy.Order(f"B{self._node.sent}", "A", 1)))
        return getattr(self._inner, name)

    def close(self) -> None:
        getattr(self._inner, "close", lambda: None)()


def test_a_backup_under_load_is_one_moment_of_the_node(
    node: toy.Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PAGE", 20)
    orders(node, *range(12))
    at = node.owner.state.journal
    manifest = back_up(source_of(node.store, reader=lambda: Busy(node, node.store.snapshot())), tmp_path, KEY)
    assert manifest.partitions[0].journal - at < 10
    assert node.owner.state.journal - at > 50
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store)
    restored = toy.Node(store)
    assert restored.owner.state.leaf == manifest.partitions[0].leaves
    restored.run(restored.envelope("orders.place", toy.Order("after", "A", 1), id="after"))


def test_what_the_log_of_sqlite_grew_by_during_a_snapshot_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LONGEST_LOG", 1 << 20)
    monkeypatch.setattr(sqlite, "CHECKPOINT_PAGES", 50)
    path = tmp_path / "node.db"
    store = SqliteStore(str(path))
    epoch = store.take(0)

    def written(rounds: int) -> int:
        for n in range(rounds):
            batch = Batch()
            batch.put.update((keys.space(keys.RECORD, 0) + bytes((n % 200, k)), bytes(9_000)) for k in range(60))
            store.apply(batch, 0, epoch)
        return path.with_name("node.db-wal").stat().st_size

    snapshot = store.snapshot()
    assert snapshot.read([b"R"]) == [None]  # it sees this moment, and keeps the log from being used again
    assert written(10) > 4 << 20
    snapshot.close()
    assert written(4) < 3 << 20
    store.close()


def test_several_partitions_come_back_and_go_on_between_themselves_while_they_are_held(
    store: Store, tmp_path: Path
) -> None:
    """What was on its way from one partition to another at that moment arrives once; nothing leaves the node."""

    async def journey() -> None:
        former = Several(store)
        former.node.start()
        await former.send("accounts.open", toy.Open(named("account", 0), 100))
        for partition in (0, 1, 2):
            await former.send("orders.place", toy.Order(named("order", partition), named("account", 0), 1))
        source = source_of(store, clock=former.clock)
        manifest = back_up(source, tmp_path, KEY)
        assert [p.number for p in manifest.partitions] == [0, 1, 2]
        target = MemoryStore()
        bring_back(tmp_path / manifest.id, target)
        restored = Several(target)
        await restored.settle()
        await restored.send("orders.place", toy.Order(named("order", 2, 1), named("account", 0), 1), "after")
        await restored.settle()
        inbox = Inbox(target, PARTITIONS)
        with pytest.raises(Held):
            inbox.read("T1")
        for partition in PARTITIONS:
            await restored.node.command(
                Announce(keys.log_position(partition, 0), RowKind.RELEASED, "checked", release=True)
            )
        assert [item.row.type for item in inbox.read("T1")[0]] == ["Confirmed"] * 4
        account = restored.view().resolve("account", named("account", 0))
        assert account is not None
        found = restored.view().get(toy.Account, account)
        assert found is not None
        assert found.reserved == 4
        assert restored.problems == []
        await restored.node.stop()
        await former.node.stop()

    asyncio.run(journey())


# --- further backups


def test_an_incremental_backup_writes_only_what_changed(node: toy.Node, tmp_path: Path) -> None:
    orders(node, *range(200))
    first = back_up(source_of(node.store), tmp_path, KEY)
    orders(node, 1000)
    second = back_up(source_of(node.store), tmp_path, KEY, previous=first, incremental=True)
    written = [p for p in second.segments if p.set == second.id]
    assert sum(p.rows for p in written if p.table == "journal") == 3
    assert sum(p.table == "map" for p in written) < sum(p.table == "map" for p in second.segments) / 2
    store = MemoryStore()
    bring_back(tmp_path / second.id, store)
    assert content(store) == content(node.store)
    assert second.last_message > first.last_message
    shutil.rmtree(tmp_path / first.id)
    with pytest.raises(Damaged, match=rf"{first.id}/\d+\.segment \(\w+ [0-9a-f]+ to [0-9a-f]+\) is missing"):
        bring_back(tmp_path / second.id, MemoryStore())


def test_a_store_that_was_set_back_is_noticed_at_the_next_backup(node: toy.Node, tmp_path: Path) -> None:
    orders(node, 1)
    first = back_up(source_of(node.store), tmp_path, KEY)
    orders(node, *range(2, 9))
    second = back_up(source_of(node.store), tmp_path, KEY, previous=first)
    store = MemoryStore()
    bring_back(tmp_path / first.id, store)
    restored = toy.Node(store)
    restored.owner.ports.ids = toy.Ids(seed="another life")
    with pytest.raises(Damaged, match="set back"):
        back_up(source_of(store), tmp_path, KEY, previous=second)
    orders(restored, *range(20, 60))
    with pytest.raises(Damaged, match="set back"):
        back_up(source_of(store), tmp_path, KEY, previous=second)


class Dying:
    """A reader whose process ends at the n-th reading."""

    def __init__(self, inner: Reader, left: list[int]) -> None:
        self._inner, self._left = inner, left

    def __getattr__(self, name: str) -> Any:
        self._left[0] -= 1
        if self._left[0] < 0:
            raise KeyboardInterrupt
        return getattr(self._inner, name)

    def close(self) -> None:
        getattr(self._inner, "close", lambda: None)()


def test_a_backup_that_is_cut_off_anywhere_is_none_and_harms_nothing(node: toy.Node, tmp_path: Path) -> None:
    orders(node, *range(6))
    cut = 0
    for reads in range(100):
        left = [reads]
        try:
            back_up(source_of(node.store, reader=lambda left=left: Dying(node.store.snapshot(), left)), tmp_path, KEY)
        except KeyboardInterrupt:
            cut += 1
        else:
            break
        assert finished(tmp_path) == []
    assert cut > 8
    half = unfinished(tmp_path)
    assert half
    with pytest.raises(NotFound):
        bring_back(half[0], MemoryStore())
    (whole,) = finished(tmp_path)
    bring_back(whole, MemoryStore())


# --- damage


def _flipped(path: Path, chance: random.Random) -> bytes:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def test_one_flipped_bit_in_any_file_is_found_and_the_file_named(backed_up: Backed) -> None:
    _, folder, manifest = backed_up
    chance = random.Random(20)
    files = sorted(folder.iterdir())
    assert len(files) == len(manifest.segments) + 2
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(_flipped(path, chance))
        with pytest.raises(Damaged, match=path.name if path.suffix == ".segment" else "manifest"):
            bring_back(folder, MemoryStore())
        path.write_bytes(whole)
    bring_back(folder, MemoryStore())


def test_a_file_that_is_cut_or_gone_is_named(backed_up: Backed) -> None:
    _, folder, _ = backed_up
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        for damage in (whole[: len(whole) // 2], whole[:-1], b""):
            path.write_bytes(damage)
            with pytest.raises(Damaged, match=path.name if path.suffix == ".segment" else "manifest"):
                bring_back(folder, MemoryStore())
        path.unlink()
        with pytest.raises((Damaged, NotFound), match=path.name if path.suffix == ".segment" else "finished"):
            bring_back(folder, MemoryStore())
        path.write_bytes(whole)


def test_a_segment_in_anothers_place_does_not_open_even_under_a_signed_hash(backed_up: Backed) -> None:
    """Whoever holds the signing key but not the sealing key cannot rearrange what is sealed."""
    _, folder, manifest = backed_up
    segments = Segments(folder.parent, manifest, KEY)
    first, second = [p for p in manifest.segments if p.table == "map"][:2]
    segments.where(first).write_bytes(segments.where(second).read_bytes())
    with pytest.raises(Damaged, match=first.name):
        segments.open(first)
    data = bytearray(segments.where(second).read_bytes())
    place = data.index(b"map")
    data[place : place + 3] = b"mad"
    segments.where(second).write_bytes(bytes(data))
    with pytest.raises(Damaged, match="does not open"):
        segments.open(second)


def test_a_wrong_key_is_told_from_a_damaged_one(backed_up: Backed, tmp_path: Path) -> None:
    _, folder, _ = backed_up
    with pytest.raises(WrongKey, match=KEY.id):
        open_backup(folder, SealingKey(bytes(32)))
    path = tmp_path / "key"
    made = make_key(path, toy.Ids().random)
    assert read_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.line().split()[1] not in repr(made)
    with pytest.raises(WrongKey, match="exists"):
        make_key(path, toy.Ids().random)
    text = path.read_text()
    path.write_text(f"{text[:30]}{'A' if text[30] != 'A' else 'B'}{text[31:]}")
    with pytest.raises(WrongKey, match="damaged"):
        read_key(path)


def test_a_manifest_of_another_log_is_not_trusted(backed_up: Backed) -> None:
    _, folder, manifest = backed_up
    stranger = Signer.from_seed("toy.example/log", bytes([1] * 32))
    with pytest.raises(Damaged, match="not signed"):
        read_manifest(folder, stranger.key)
    assert read_manifest(folder, toy.SIGNER.key) == manifest
    shutil.move(folder, folder.with_name("renamed"))
    with pytest.raises(Damaged, match=manifest.id):
        read_manifest(folder.with_name("renamed"))


def test_a_row_that_was_changed_in_the_store_before_the_backup_is_found_by_the_audit_log(
    node: toy.Node, tmp_path: Path
) -> None:
    orders(node, *range(5))
    store = MemoryStore()
    bring_back(tmp_path / back_up(source_of(node.store), tmp_path, KEY).id, store)
    position = keys.log_position(0, 3)
    row = JOURNAL.read(store.read_log(Log.JOURNAL, [position])[0] or b"")
    store._logs[Log.JOURNAL][position] = JOURNAL.write(msgspec.structs.replace(row, administration="YY"))
    manifest = back_up(source_of(store), tmp_path / "later", KEY)
    with pytest.raises(Damaged, match="is not the one that was logged"):
        bring_back(tmp_path / "later" / manifest.id, MemoryStore())


def test_a_store_whose_restore_was_cut_off_does_not_start(backed_up: Backed, other: Store) -> None:
    _, folder, _ = backed_up
    Loader(open_backup(folder, KEY), other, at=1).load()
    with pytest.raises(Damaged, match="not complete"):
        toy.Node(other)
    with pytest.raises(StoreUnavailable, match="not empty"):
        bring_back(folder, other)


# --- checkpoints seen elsewhere


def _compared(store: Store, manifest: Manifest, seen: Sequence[Seen]) -> list[Verdict]:
    at = manifest.partitions[0]
    found = compare(at, log_key_of(manifest, at), tile_reader(store.read, prefix=audit_prefix(0)), seen)
    return [c.verdict for c in found]


def _seen(store: Store, path: Path, since: int | None = None) -> Seen:
    path.write_text(checkpoint_text(store, toy.SIGNER.key, audit_prefix(0), since))
    return read_seen(path)


def test_a_restored_log_is_compared_with_checkpoints_that_others_kept(node: toy.Node, tmp_path: Path) -> None:
    orders(node, *range(3))
    early = _seen(node.store, tmp_path / "early")
    orders(node, *range(3, 8))
    manifest = back_up(source_of(node.store), tmp_path, KEY)
    orders(node, *range(8, 20))
    late, proven = (_seen(node.store, tmp_path / f"late{n}", n) for n in (None, manifest.partitions[0].leaves))
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store)
    assert _compared(store, manifest, [early]) == [Verdict.EXTENDS]
    assert _compared(store, manifest, [late]) == [Verdict.UNPROVEN]
    assert _compared(store, manifest, [early, proven]) == [Verdict.EXTENDS, Verdict.EXTENDED]
    assert _compared(store, manifest, [late, proven]) == [Verdict.UNPROVEN, Verdict.EXTENDED]


def test_a_history_that_was_rewritten_fails_whether_it_is_shorter_or_longer(node: toy.Node, tmp_path: Path) -> None:
    orders(node, *range(8))
    manifest = back_up(source_of(node.store), tmp_path, KEY)
    forged = toy.Node(MemoryStore())
    forged.owner.ports.ids = toy.Ids(seed="forged")
    forged.run(forged.envelope("accounts.open", toy.Open("A", 100)))
    orders(forged, 1)
    short = _seen(forged.store, tmp_path / "short")
    orders(forged, *range(2, 30))
    long = _seen(forged.store, tmp_path / "long", manifest.partitions[0].leaves)
    for each in (short, long):
        with pytest.raises(ProofFailed, match=each.where):
            _compared(node.store, manifest, [each])


def test_backups_prove_that_each_goes_on_from_the_one_before(node: toy.Node, tmp_path: Path) -> None:
    manifests: list[Manifest] = []
    for n in range(4):
        orders(node, *range(10 * n, 10 * n + 3))
        previous = manifests[-1] if manifests else None
        manifests.append(back_up(source_of(node.store), tmp_path, KEY, previous=previous))
    seen = seen_in(tmp_path, 0, toy.SIGNER.key)
    found = _compared(node.store, manifests[1], seen)
    assert found == [Verdict.EXTENDS] * 2 + [Verdict.EXTENDED] * 2


# --- the hold


def test_a_restored_node_takes_messages_and_gives_none_out_until_it_is_released(backed_up: Backed) -> None:
    _, folder, manifest = backed_up
    store = MemoryStore()
    bring_back(folder, store)
    restored = toy.Node(store)
    orders(restored, 100)
    with pytest.raises(Held):
        Inbox(store, [0]).read("T1")
    with pytest.raises(Held):
        Inbox(store, [0], hold=lambda: restored.owner.held).read("T1")
    restored.begin()
    hold = restored.owner.held
    assert hold is not None
    assert manifest.id in hold.reason
    leaves = restored.owner.state.leaf
    restored.run(commands=(Announce(0, RowKind.RELEASED, "checked", release=True),))
    assert restored.owner.held is None
    assert restored.owner.state.leaf == leaves + 1  # the audit log says so
    assert len(Inbox(store, [0]).read("T1")[0]) == 13
    restored.begin()
    assert restored.owner.held is None
    assert restored.owner.parked() == []


def test_the_lanes_of_a_restored_node_stand_still_until_it_is_released(tmp_path: Path) -> None:
    made = toy.Node(MemoryStore(), router=toy.Router(lane="rest:partner"))
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    orders(made, 1, 2)
    manifest = back_up(source_of(made.store), tmp_path, KEY)
    store = MemoryStore()
    bring_back(tmp_path / manifest.id, store)
    restored = toy.Node(store, router=toy.Router(lane="rest:partner"))
    offered: list[str] = []

    class Partner:
        async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
            offered.extend(id for id, _, _ in items)
            return [Attempt(Outcome.ARRIVED)] * len(items)

    async def journey() -> None:
        node = nodes.Node([restored.owner], ended=_raise)
        lanes = Lanes(node, store, restored.clock, {"rest": Partner()})
        lanes.recover()
        (lane,) = lanes.lanes.values()
        await lanes.turn(lane)
        assert offered == []
        await node.command(Announce(0, RowKind.RELEASED, "checked", release=True))
        await lanes.turn(lane)
        assert offered == ["1", "2"]
        await node.stop()

    asyncio.run(journey())
    assert view(restored) is not None


def _raise(problem: BaseException) -> None:
    raise problem


def test_the_owner_row_comes_last_so_that_nothing_starts_from_half_a_store(backed_up: Backed) -> None:
    _, folder, _ = backed_up
    store = MemoryStore()
    applied: list[Batch] = []
    original = store.apply

    def noting(batch: Batch, partition: int, epoch: int) -> None:
        applied.append(batch)
        original(batch, partition, epoch)

    store.apply = noting  # type: ignore[method-assign] # only looks on
    bring_back(folder, store)
    with_owner = [n for n, b in enumerate(applied) if keys.space(keys.OWNER, 0) in b.put]
    assert with_owner == [len(applied) - 1]
    assert OWNER.read(applied[-1].put[keys.space(keys.OWNER, 0)]).leaf > 0
