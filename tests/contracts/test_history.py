"""What was held at a time is told truly: after changes, corrections and deletions, by name and by index."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from douane.runtime.store import keys
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.ports import DAY, Batch
from douane.runtime.store.records import Value, kind_of, record
from douane.vocabulary.errors import BadQuery
from tests.contracts import toy
from tests.contracts.toy import view

Act = Callable[[Any], None]
SEEDS = range(4)
NAMES = (b"", b"x", b"xx")
STATES = ("valid", "suspended", "revoked")


@record(906, history=True, indexes={"by_state": ("state", "amount")})
class Grant(Value, frozen=True):
    state: str
    amount: int


@pytest.fixture
def acting(node: toy.Node) -> Iterator[Callable[..., int]]:
    """Let each act be the work of one message of a case, all in one tick; the subject of the case."""
    handlers = toy.BEHAVIOUR.handlers
    kept = handlers["orders.amend"]
    acts: list[Act] = []
    handlers["orders.amend"] = dataclasses.replace(kept, handle=lambda work, m: acts[m.amount](work))
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert isinstance(receipt, Receipt)

    def act(*new: Act) -> int:
        first = len(acts)
        acts.extend(new)
        node.clock.at += DAY
        node.run(*(node.envelope("orders.amend", toy.Amend("O1", n)) for n in range(first, len(acts))))
        return receipt.subject

    yield act
    handlers["orders.amend"] = kept


def put(state: str, amount: int, local: bytes = b"", valid_from: int = 0) -> Act:
    return lambda work: work.put(Grant(state, amount), local, valid_from=valid_from)


def remove(local: bytes = b"", valid_from: int = 0) -> Act:
    return lambda work: work.remove(Grant, local, valid_from=valid_from)


def test_after_a_deletion_nothing_is_there_and_before_it_everything_is(
    node: toy.Node, acting: Callable[..., int]
) -> None:
    subject = acting(put("valid", 100))
    before = node.clock.at
    acting(remove())
    after = node.clock.at
    seen = view(node)
    assert seen.get(Grant, subject) is None
    assert seen.get_as_of(Grant, subject, after) is None
    assert seen.get_as_of(Grant, subject, before) == Grant("valid", 100)
    assert seen.find_as_of(Grant, "by_state", "valid", when=after) == ([], b"")
    assert seen.find_as_of(Grant, "by_state", "valid", when=before) == ([(subject, Grant("valid", 100))], b"")


def test_a_deletion_counts_from_its_day_and_may_be_undone(node: toy.Node, acting: Callable[..., int]) -> None:
    day = node.clock.at
    subject = acting(put("valid", 1, valid_from=day))
    acting(remove(valid_from=day + 30 * DAY))
    told = node.clock.at
    acting(put("valid", 2, valid_from=day + 60 * DAY))
    seen, now = view(node), node.clock.at

    def amount(known: int, valid: int) -> int | None:
        found = seen.get_as_of(Grant, subject, known, valid=valid)
        return found.amount if found else None

    assert [amount(now, day + n * DAY) for n in (-1, 1, 29, 31, 59, 61)] == [None, 1, 1, None, None, 2]
    assert amount(told, day + 61 * DAY) is None  # the new grant was not known then


def test_of_two_acts_of_one_tick_the_later_counts(node: toy.Node, acting: Callable[..., int]) -> None:
    far = node.clock.at + 900 * DAY
    subject = acting(put("valid", 1, valid_from=far), remove())
    seen, now = view(node), node.clock.at
    assert seen.get_as_of(Grant, subject, now) is None
    assert seen.find_as_of(Grant, "by_state", "valid", when=now) == ([], b"")
    found, _ = seen.find_as_of(Grant, "by_state", "valid", when=now, valid=far)
    assert found == [(subject, Grant("valid", 1))]


def test_a_work_sees_what_its_tick_and_itself_did(node: toy.Node, acting: Callable[..., int]) -> None:
    told: list[object] = []

    def look(work: Any) -> None:
        told.append(work.get_as_of(Grant, work.subject, work.now))
        told.append(work.find_as_of(Grant, "by_state", "suspended", when=work.now))
        told.append(work.find_as_of(Grant, "by_state", "valid", when=work.now - DAY // 2))
        work.remove(Grant)
        told.append(work.get_as_of(Grant, work.subject, work.now))
        told.append(work.find_as_of(Grant, "by_state", "suspended", when=work.now))

    acting(put("valid", 1))
    acting(put("suspended", 1), look)
    assert told == [Grant("suspended", 1), [Grant("suspended", 1)], [Grant("valid", 1)], None, []]


def test_what_keeps_no_history_is_not_asked_for_it(node: toy.Node) -> None:
    with pytest.raises(BadQuery):
        view(node).get_as_of(toy.Account, 1, node.clock.at)


def test_versions_of_release_0_1_are_read(node: toy.Node, acting: Callable[..., int]) -> None:
    """It kept no position in the key of a version."""
    subject = acting(lambda work: None)
    kind = kind_of(Grant)
    key = keys.record_key(0, "XX", subject, kind.number, b"")
    recorded, batch = node.clock.at, Batch()
    batch.put[keys.history_prefix(key) + keys.u64(recorded) + keys.u64(recorded)] = kind.stored.write(Grant("valid", 7))
    batch.put[key] = kind.stored.write(Grant("valid", 7))
    for entry in kind.entries(Grant("valid", 7), keys.INDEX + key[1:5], key[5:13] + key[15:]):
        batch.put[entry] = key
    node.store.apply(batch, 0, node.owner.epoch)
    node.begin()
    acting(put("revoked", 7))
    seen = view(node)
    assert seen.get_as_of(Grant, subject, recorded) == Grant("valid", 7)
    assert seen.find_as_of(Grant, "by_state", "valid", when=recorded)[0] == [(subject, Grant("valid", 7))]
    assert seen.find_as_of(Grant, "by_state", "valid", when=node.clock.at)[0] == []


Told = tuple[int, int, bytes, Grant | None]
"""Recorded, valid from, local part, value: the oracle of what was done."""


def _held(told: list[Told], local: bytes, known: int, valid: int | None) -> Grant | None:
    """The law in one line each: what was said last, or what began last before a time."""
    mine = [(n, each) for n, each in enumerate(told) if each[2] == local and each[0] <= known]
    if valid is None:
        return mine[-1][1][3] if mine else None
    begun = [(each[1], each[0], n, each[3]) for n, each in mine if each[1] <= valid]
    return max(begun, key=lambda each: each[:3])[3] if begun else None


@pytest.mark.parametrize("seed", SEEDS)
def test_any_history_is_told_as_it_was(node: toy.Node, acting: Callable[..., int], seed: int) -> None:
    chance = random.Random(seed)
    day, told, subject = node.clock.at, list[Told](), 0
    for _ in range(12):
        acts = []
        for _ in range(chance.randint(1, 4)):
            local, since = chance.choice(NAMES), day + chance.randint(0, 20) * DAY
            value = Grant(chance.choice(STATES), chance.randint(1, 3)) if chance.random() < 0.7 else None
            acts.append((local, since, value))
        subject = acting(*(remove(x, s) if v is None else put(v.state, v.amount, x, s) for x, s, v in acts))
        recorded = view(node).now
        told += [(recorded, since, local, value) for local, since, value in acts]
    seen = view(node)
    for _ in range(60):
        known, valid = day + chance.randint(0, 13) * DAY, chance.choice([None, day + chance.randint(-1, 21) * DAY])
        state, low = chance.choice(STATES), chance.choice([None, 2])
        expected = []
        for local in NAMES:
            held = _held(told, local, known, valid)
            assert seen.get_as_of(Grant, subject, known, local, valid=valid) == held
            if held is not None and held.state == state and held.amount >= (low or 0):
                expected.append(held)
        found, after = list[Grant](), b""
        while True:
            page, after = seen.find_as_of(
                Grant, "by_state", state, when=known, valid=valid, low=low, limit=1, after=after
            )
            found += [value for _, value in page]
            if not after:
                break
        assert sorted(found, key=lambda g: g.amount) == found
        assert sorted(found, key=repr) == sorted(expected, key=repr)
