"""The log over a store of bytes: ticks, restarts, tampering, promises."""

import itertools
import random
from collections.abc import Sequence
from hashlib import sha256

import pytest

from douane.shared_services.auditing.log import (
    SLICE_HASHES,
    AuditLog,
    State,
    head_key,
    newest_checkpoint,
    slice_key,
    tile_keys,
    tile_reader,
)
from douane.shared_services.auditing.promise import Promise, check_promise
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint
from douane.standards.transparency_log.note import Signer
from douane.standards.transparency_log.tiles import TiledTree, tiles_of
from douane.standards.transparency_log.tree import check_consistency, check_inclusion, root_of
from douane.vocabulary.errors import DouaneError, NotWellFormed, ProofFailed

ORIGIN = "customs.example/douane/log1"
SIGNER = Signer.from_seed(ORIGIN, bytes(range(32)))
NOW = 1_764_000_000_000_000


class Store(dict[bytes, bytes]):
    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        return [self.get(key) for key in keys]


def leaves(count: int, seed: int = 0) -> list[bytes]:
    return [sha256(f"{seed}/{i}".encode()).digest() for i in range(count)]


def grown(
    count: int, *, seed: int = 0, sizes: Sequence[int] = (1, 2, 31, 32, 33, 64, 300)
) -> tuple[AuditLog, Store, State, list[bytes], list[Checkpoint]]:
    rng = random.Random(seed)
    log, store, state, every = AuditLog(SIGNER, prefix=b"audit/"), Store(), State(), leaves(count, seed)
    points = []
    while state.frontier.size < count:
        first = state.frontier.size
        tick = log.extend(state, every[first : first + rng.choice(sizes)], NOW + first)
        assert tick is not None
        assert tick.first == first
        store.update(tick.writes)
        state = tick.state
        points.append(open_checkpoint(tick.checkpoint, ORIGIN, [SIGNER.key]))
    return log, store, state, every, points


def test_a_tick_without_leaves_yields_nothing() -> None:
    assert AuditLog(SIGNER).extend(State(), [], NOW) is None


def test_extending_changes_nothing_until_the_caller_says_so() -> None:
    log = AuditLog(SIGNER)
    begun = log.extend(State(), leaves(40), NOW)
    assert begun is not None
    state = begun.state
    once, twice = log.extend(state, leaves(3, 1), NOW), log.extend(state, leaves(3, 1), NOW)
    assert once == twice
    assert state.frontier.size == 40


def test_every_tick_is_signed_over_all_leaves_so_far_and_continues_the_last() -> None:
    _, store, _, every, points = grown(3_000)
    get = tile_reader(store.read, prefix=b"audit/")
    for old, new in itertools.pairwise(points):
        assert old.time < new.time
        check_consistency(old.size, old.root, new.size, new.root, TiledTree(new.size, get).consistency_proof(old.size))
    for point in points[:: len(points) // 20]:
        assert point.root == root_of(every[: point.size])
        index = point.size // 2
        proof = TiledTree(point.size, get).inclusion_proof(index)
        check_inclusion(every[index], index, point.size, point.root, proof)


def test_the_store_holds_the_published_tiles() -> None:
    _, store, _, every, _ = grown(66_000, sizes=(700, 2_000, 5_000))
    get = tile_reader(store.read, prefix=b"audit/")
    tiles = list(tiles_of(66_000))
    assert len(tiles) == 258 + 2 + 1
    for level, index, width in tiles:
        assert len(get(level, index, width)) == 32 * width
    assert get(0, 257, 208) == b"".join(every[257 * 256 :])
    assert len(store) == 1 + -(-66_000 // 32) + -(-257 // 32) + 1


def test_a_tick_writes_few_small_values() -> None:
    log, _, state, _, _ = grown(1_000, sizes=(64,))
    tick = log.extend(state, leaves(1, 9), NOW)
    assert tick is not None
    assert len(tick.writes) == 2
    assert all(len(value) <= SLICE_HASHES * 32 for _, value in tick.writes)


def test_keys_sort_in_the_order_of_the_tree() -> None:
    keys = [slice_key(b"p", level, number) for level in range(3) for number in (0, 1, 255, 256, 70_000)]
    assert keys == sorted(keys)
    assert tile_keys(b"", 0, 2, 33) == [slice_key(b"", 0, 16), slice_key(b"", 0, 17)]


def test_a_restart_finds_the_state_of_the_last_commit() -> None:
    for count in (1, 31, 32, 33, 255, 256, 257, 511, 512, 3_000, 65_535, 65_536, 65_537):
        log, store, state, _, _ = grown(count, seed=count, sizes=(1, 500, 4_000) if count > 1_000 else (1, 7, 40))
        opened = log.open(store.read)
        one, two = log.extend(state, leaves(300, 7), NOW), log.extend(opened, leaves(300, 7), NOW)
        assert one == two
        assert one is not None
        store.update(one.writes)
        assert log.open(store.read).frontier == one.state.frontier


def test_a_new_log_opens_empty() -> None:
    assert AuditLog(SIGNER).open(Store().read) == State()
    assert newest_checkpoint(Store().read, ORIGIN, SIGNER.key) is None


def test_tampering_is_found_at_start() -> None:
    log, store, _, _, points = grown(700)
    for key in [slice_key(b"audit/", 0, 16), slice_key(b"audit/", 1, 0), head_key(b"audit/")]:
        broken = Store(store)
        broken[key] = broken[key][:40] + bytes([broken[key][40] ^ 1]) + broken[key][41:]
        with pytest.raises(DouaneError):
            log.open(broken.read)
        del broken[key]
        if key != head_key(b"audit/"):
            with pytest.raises(ProofFailed):
                log.open(broken.read)
    newest = newest_checkpoint(store.read, ORIGIN, SIGNER.key, prefix=b"audit/")
    assert newest is not None
    note, point = newest
    assert point == points[-1]
    assert open_checkpoint(note, ORIGIN, [SIGNER.key]) == point


def test_a_clock_set_back_does_not_date_a_larger_log_earlier() -> None:
    log = AuditLog(SIGNER)
    first = log.extend(State(), leaves(1), NOW)
    assert first is not None
    second = log.extend(first.state, leaves(1, 1), NOW - 5_000_000)
    assert second is not None
    assert open_checkpoint(second.checkpoint, ORIGIN, [SIGNER.key]).time == NOW


@pytest.mark.parametrize("count", [1, 2, 3, 64, 100])
def test_one_signature_promises_every_leaf_of_a_tick(count: int) -> None:
    log, every = AuditLog(SIGNER), leaves(count)
    promises = log.promise(every, NOW + 100_000)
    assert len({each.note for each in promises}) == 1
    for leaf, given in zip(every, promises, strict=True):
        assert check_promise(given, leaf, ORIGIN, [SIGNER.key]).deadline == NOW + 100_000
        with pytest.raises(ProofFailed):
            check_promise(given, sha256(leaf).digest(), ORIGIN, [SIGNER.key])
    assert log.promise([], NOW) == ()


def test_a_promise_is_not_a_checkpoint_and_a_checkpoint_no_promise() -> None:
    log, (leaf,) = AuditLog(SIGNER), leaves(1)
    (given,) = log.promise([leaf], NOW)
    with pytest.raises(ProofFailed):
        open_checkpoint(given.note, ORIGIN, [SIGNER.key])
    tick = log.extend(State(), [leaf], NOW)
    assert tick is not None
    with pytest.raises(NotWellFormed):
        check_promise(Promise(tick.checkpoint, 0, ()), leaf, ORIGIN, [SIGNER.key])


def test_a_promise_of_another_key_or_log_is_refused() -> None:
    (leaf,) = leaves(1)
    (given,) = AuditLog(Signer.from_seed(ORIGIN, bytes(32))).promise([leaf], NOW)
    with pytest.raises(ProofFailed):
        check_promise(given, leaf, ORIGIN, [SIGNER.key])
    with pytest.raises(ProofFailed):
        check_promise(given, leaf, "customs.example/other", [SIGNER.key])
