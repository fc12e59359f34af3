"""Leases, over every store: who may commit, and who may no more, whatever became of the process that could."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from douane.runtime.store import keys
from douane.runtime.store.ports import HOUR, MINUTE, SECOND, Batch, Lease, Leases, SharedStore
from douane.vocabulary.errors import LostOwnership

KEY = keys.space(keys.RECORD, 0) + b"key"
MOMENT = SECOND // 50
T = TypeVar("T")


def batch(value: bytes = b"1") -> Batch:
    made = Batch()
    made.put[KEY] = value
    return made


def eventually(attempt: Callable[[], T | None]) -> T:
    """What an attempt comes to, by the clock of a store that nobody can set."""
    for _ in range(2_000):
        found = attempt()
        if found is not None:
            return found
        time.sleep(0.005)
    raise AssertionError("it never came to that")


def held(store: Leases, holder: str = "a", term: int = HOUR) -> Lease:
    lease = store.claim(0, holder, term)
    assert lease is not None
    return lease


def test_a_claim_is_refused_while_the_lease_of_another_lives(store: SharedStore) -> None:
    lease = held(store)
    assert store.claim(0, "b", HOUR) is None
    assert store.claim(1, "b", HOUR) is not None
    store.apply(batch(), 0, lease.epoch)
    assert store.read([KEY]) == [b"1"]


def test_after_its_lease_a_holder_commits_until_another_claims_and_never_after(store: SharedStore) -> None:
    frozen = held(store, "a", MOMENT)
    other = eventually(lambda: store.claim(0, "b", HOUR))
    assert other.epoch > frozen.epoch
    with pytest.raises(LostOwnership):
        store.apply(batch(b"frozen"), 0, frozen.epoch)
    assert store.renew(frozen, HOUR) is None
    store.release(frozen)
    store.apply(batch(b"other"), 0, other.epoch)
    assert store.read([KEY]) == [b"other"]


def test_a_lapsed_lease_that_nobody_claimed_may_be_renewed(store: SharedStore) -> None:
    lease = held(store, "a", MOMENT)
    eventually(lambda: True if not store.leases() else None)
    renewed = store.renew(lease, HOUR)
    assert renewed is not None
    assert renewed.epoch == lease.epoch
    store.apply(batch(), 0, renewed.epoch)
    assert store.claim(0, "b", HOUR) is None


def test_a_second_claim_of_the_same_holder_ends_what_it_began_before(store: SharedStore) -> None:
    first = held(store)
    second = held(store)
    assert second.epoch > first.epoch
    with pytest.raises(LostOwnership):
        store.apply(batch(), 0, first.epoch)
    store.apply(batch(), 0, second.epoch)


def test_what_is_released_may_be_claimed_at_once_and_commits_no_more(store: SharedStore) -> None:
    lease = held(store)
    store.release(lease)
    with pytest.raises(LostOwnership):
        store.apply(batch(), 0, lease.epoch)
    assert store.renew(lease, HOUR) is None
    assert held(store, "b").epoch > lease.epoch


def test_everybody_sees_who_holds_what(store: SharedStore) -> None:
    assert store.leases() == []
    first, second = held(store, term=10 * SECOND), store.claim(3, "b", HOUR)
    assert second is not None
    seen = store.leases()
    assert [(each.partition, each.holder, each.epoch) for each in seen] == [
        (0, "a", first.epoch),
        (3, "b", second.epoch),
    ]
    assert 0 < seen[0].left <= 10 * SECOND < 59 * MINUTE < seen[1].left <= HOUR
    store.renew(first, HOUR)
    assert store.leases()[0].left > 59 * MINUTE


def test_taking_asks_nobody_and_ends_the_lease(store: SharedStore) -> None:
    lease = held(store)
    epoch = store.take(0)
    assert epoch > lease.epoch
    assert store.leases() == []
    assert store.renew(lease, HOUR) is None
    with pytest.raises(LostOwnership):
        store.apply(batch(), 0, lease.epoch)
    store.apply(batch(), 0, epoch)
