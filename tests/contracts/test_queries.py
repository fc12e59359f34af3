"""Queries over large cases: what a view shows of a case is all of it."""

from __future__ import annotations

from douane.backends.memory.backend import MemoryStore
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch
from douane.runtime.store.queries import View
from douane.runtime.store.records import kind_of
from tests.contracts import toy

MANY = 10_001


def test_every_record_of_a_case_is_shown_however_many_there_are() -> None:
    kind, subject, batch = kind_of(toy.Reservation), keys.subject_id(keys.SUBJECT_EPOCH + 1, 0, 0), Batch()
    for number in range(MANY):
        key = keys.record_key(0, "FR", subject, kind.number, b"%06d" % number)
        batch.put[key] = kind.stored.write(toy.Reservation(number))
    store = MemoryStore()
    store.apply(batch, 0, store.take(0))
    found = View(store, "FR", 0, toy.Look).all_of(toy.Reservation, subject)
    assert [each.amount for each in found] == list(range(MANY))
