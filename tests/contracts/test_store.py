"""What every store must do: the suite runs unedited over each of them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from douane.runtime.catalogue.behaviour import Handler
from douane.runtime.core.commands import Release
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, PARKED, Arrival, Receipt
from douane.runtime.store.ports import DAY, SECOND, Batch, Log, Store
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry, Value, record
from douane.runtime.store.values import Stored
from douane.vocabulary.errors import (
    AliasTaken,
    DeclarationFault,
    ForeignSubject,
    KnownIdChanged,
    LostOwnership,
    NotAuthorised,
    NotReadable,
)
from tests.contracts import toy
from tests.contracts.toy import sent_to, view

# --- the port itself


def test_a_foreign_key_is_refused_and_nothing_of_its_batch_is_kept(store: Store) -> None:
    epoch = store.take(3)
    batch = Batch()
    batch.put[keys.space(keys.RECORD, 3) + b"mine"] = b"1"
    batch.put[keys.space(keys.RECORD, 4) + b"foreign"] = b"2"
    with pytest.raises(ForeignSubject):
        store.apply(batch, 3, epoch)
    assert store.read([keys.space(keys.RECORD, 3) + b"mine"]) == [None]


def test_a_stale_epoch_is_refused(store: Store) -> None:
    stale = store.take(0)
    fresh = store.take(0)
    assert fresh > stale
    batch = Batch()
    batch.put[keys.space(keys.RECORD, 0)] = b"1"
    with pytest.raises(LostOwnership):
        store.apply(batch, 0, stale)
    store.apply(batch, 0, fresh)


def test_a_new_key_that_exists_fails_the_whole_batch(store: Store) -> None:
    epoch = store.take(0)
    first, second = Batch(), Batch()
    first.new[keys.space(keys.ALIAS, 0) + b"a"] = b"1"
    store.apply(first, 0, epoch)
    second.new[keys.space(keys.ALIAS, 0) + b"a"] = b"2"
    second.put[keys.space(keys.RECORD, 0) + b"r"] = b"2"
    second.append(Log.JOURNAL, 1, b"row")
    with pytest.raises(AliasTaken):
        store.apply(second, 0, epoch)
    assert store.read([keys.space(keys.RECORD, 0) + b"r"]) == [None]
    assert store.read_log(Log.JOURNAL, [1]) == [None]


def test_a_retired_row_leaves_its_log_in_the_commit_that_says_where_it_went(store: Store) -> None:
    epoch = store.take(2)
    base = keys.log_position(2, 0)
    batch = Batch()
    for number in range(1, 9):
        batch.append(Log.JOURNAL, base + number, b"%d" % number)
        batch.append(Log.SENT, base + number, b"s%d" % number)
    store.apply(batch, 2, epoch)
    moving = Batch()
    for number in (2, 3, 7, 400):  # the last one is not there any more
        moving.retire(Log.JOURNAL, base + number)
    moving.put[keys.space(keys.ARCHIVE, 2)] = b"where"
    assert moving
    with pytest.raises(LostOwnership):
        store.apply(moving, 2, epoch - 1)
    assert store.read_log(Log.JOURNAL, [base + 2]) == [b"2"]
    store.apply(moving, 2, epoch)
    assert [p - base for p, _ in store.scan_log(Log.JOURNAL, base, base + 100, 50)] == [1, 4, 5, 6, 8]
    assert store.read_log(Log.JOURNAL, [base + 2, base + 4]) == [None, b"4"]
    assert len(store.scan_log(Log.SENT, base, base + 100, 50)) == 8
    foreign = Batch()
    foreign.retire(Log.JOURNAL, keys.log_position(3, 1))
    with pytest.raises(ForeignSubject):
        store.apply(foreign, 2, epoch)


def test_what_a_batch_deletes_and_writes_is_written(store: Store) -> None:
    epoch, key = store.take(0), keys.space(keys.RECORD, 0) + b"k"
    for value in (b"1", b"2"):
        batch = Batch()
        batch.gone.add(key)
        batch.put[key] = value
        store.apply(batch, 0, epoch)
        assert store.read([key]) == [value]
        assert store.scan(key, keys.after(key), 5) == [(key, value)]


@pytest.mark.parametrize("number", [0, 1, 3, 4, 15, 16, 17, 33])
def test_values_come_in_the_order_of_their_keys_however_many(store: Store, number: int) -> None:
    """With what is not there among them, and what is asked twice."""
    batch = Batch()
    space = keys.space(keys.RECORD, 0)
    there = {space + bytes((n,)): b"value %d" % n for n in range(0, 40, 2)}
    batch.put.update(there)
    store.apply(batch, 0, store.take(0))
    asked = [space + bytes((n * 7 % 40,)) for n in range(number)]
    asked += asked[:2]
    assert store.read(asked) == [there.get(key) for key in asked]


def test_scans_are_ordered_bounded_and_go_both_ways(store: Store) -> None:
    epoch = store.take(0)
    batch = Batch()
    for n in (5, 1, 9, 3, 7):
        batch.put[keys.space(keys.RECORD, 0) + bytes((n,))] = bytes((n,))
    store.apply(batch, 0, epoch)
    head = keys.space(keys.RECORD, 0)
    assert [v[0] for _, v in store.scan(head + b"\2", head + b"\x09", 10)] == [3, 5, 7]
    assert [v[0] for _, v in store.scan(head, keys.after(head), 2, reverse=True)] == [9, 7]


def test_a_snapshot_does_not_see_later_commits(store: Store) -> None:
    epoch = store.take(0)
    key = keys.space(keys.RECORD, 0) + b"k"
    batch = Batch()
    batch.put[key] = b"old"
    store.apply(batch, 0, epoch)
    snapshot = store.snapshot()
    assert snapshot.read([key]) == [b"old"]
    batch.put[key] = b"new"
    store.apply(batch, 0, epoch)
    assert snapshot.read([key]) == [b"old"]
    assert store.read([key]) == [b"new"]
    getattr(snapshot, "close", lambda: None)()


# --- the runtime over it


def test_an_order_is_placed_reserved_and_answered_in_one_tick(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 60)))
    assert isinstance(receipt, Receipt)
    assert sent_to(node.store, "T1") == ["Confirmed"]
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.state == "confirmed"


def test_a_limit_holds_across_messages_of_one_tick(node: toy.Node) -> None:
    node.run(*(node.envelope("orders.place", toy.Order(f"O{n}", "A", 30)) for n in range(5)))
    assert sorted(sent_to(node.store, "T1")) == ["Confirmed"] * 3 + ["Refused"] * 2
    account = view(node).resolve("account", "A")
    assert account is not None
    held = view(node).get(toy.Account, account)
    assert held is not None
    assert held.reserved == 90
    assert sum(r.amount for r in view(node).all_of(toy.Reservation, account)) == 90


def test_a_known_id_gets_its_original_receipt_and_no_second_effect(node: toy.Node) -> None:
    order = node.envelope("orders.place", toy.Order("O1", "A", 60), id="same")
    (first,) = node.run(order)
    (again,) = node.run(order)
    assert again == first
    node.begin()
    (after_restart,) = node.run(order)
    assert after_restart == first
    assert sent_to(node.store, "T1") == ["Confirmed"]


def test_a_changed_body_under_a_known_id_is_refused_and_audited(node: toy.Node) -> None:
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 60), id="same"))
    leaves = node.owner.state.leaf
    (refusal,) = node.run(node.envelope("orders.place", toy.Order("O2", "A", 10), id="same"))
    assert isinstance(refusal, KnownIdChanged)
    assert node.owner.state.leaf == leaves + 1
    assert view(node).resolve("order", "O2") is None


def test_a_known_id_with_the_same_body_for_another_operation_is_refused_and_audited(node: toy.Node) -> None:
    order = node.envelope("orders.place", toy.Order("O1", "A", 60), id="same")
    other = Arrival(msgspec.structs.replace(order.envelope, operation="orders.place_again"), order.message)
    refused = node.run(order, other)[1:]  # in one tick, where the first is not in the store yet
    (later,) = node.run(other)
    node.begin()
    (restarted,) = node.run(other)
    leaves = node.owner.state.leaf
    for refusal in (*refused, later, restarted):
        assert isinstance(refusal, KnownIdChanged)
    node.run(other)
    assert node.owner.state.leaf == leaves + 1
    assert isinstance(node.run(order)[0], Receipt)


def test_nobody_joins_another_case_by_its_name(node: toy.Node) -> None:
    (first,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 60)))
    (second,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10, "T2"), sender="T2"))
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert first.subject != second.subject
    assert sent_to(node.store, "T2") == ["Refused"]
    assert view(node).resolve("order", "O1") == first.subject


def test_a_poison_message_is_isolated_from_its_neighbours(node: toy.Node) -> None:
    good, bad, later = (
        node.envelope("orders.place", toy.Order(f"O{n}", "A", amount)) for n, amount in enumerate((10, 666, 10))
    )
    results = node.run(good, bad, later)
    assert all(isinstance(r, Receipt) for r in results)
    assert sent_to(node.store, "T1") == ["Confirmed", "Confirmed"]
    (parked,) = node.owner.parked()
    assert "poison" in parked.reason


def test_messages_behind_a_poisoned_one_wait_and_follow_in_order(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    node.run(*(node.envelope("orders.amend", toy.Amend("O1", n)) for n in (1, 666, 2, 3)))
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.amount == 1
    blocker = next(p for p in node.owner.parked() if p.blocks)
    node.run(commands=(Release(blocker.position),))
    assert len(node.owner.parked()) == 3  # it fails again: nothing overtakes
    node.begin()
    assert node.owner.blocked == {receipt.subject: blocker.position}
    original = toy.amend
    try:
        toy.BEHAVIOUR.handlers["orders.amend"] = msgspec_replace(
            node,
            lambda w, m: w.put(
                msgspec.structs.replace(
                    w.need(toy.OrderRecord), amount=m.amount, note=w.need(toy.OrderRecord).note + f"{m.amount} "
                )
            ),
        )
        node.run(commands=(Release(blocker.position),))
    finally:
        toy.BEHAVIOUR.handlers["orders.amend"] = msgspec_replace(node, original)
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.note.split()[-3:] == ["666", "2", "3"]
    assert node.owner.parked() == []


def msgspec_replace(node: toy.Node, handle: Any) -> Handler:
    import dataclasses

    return dataclasses.replace(toy.BEHAVIOUR.handlers["orders.amend"], handle=handle)


def test_find_sees_what_the_same_tick_did(node: toy.Node) -> None:
    (receipt, *_) = node.run(
        node.envelope("orders.place", toy.Order("O1", "A", 10)),
        node.envelope("orders.place", toy.Order("O2", "A", 10)),
        node.envelope("orders.amend", toy.Amend("O1", 11)),
    )
    assert isinstance(receipt, Receipt)
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.note == "11/2 "


def test_index_pages_follow_each_other_without_gap(node: toy.Node) -> None:
    node.run(*(node.envelope("orders.place", toy.Order(f"O{n:02}", "A", 1)) for n in range(25)))
    seen: list[str] = []
    cursor = b""
    while True:
        page, cursor = view(node).find(toy.OrderRecord, "by_trader", "T1", limit=10, after=cursor)
        seen += [order.number for _, order in page]
        if not cursor:
            break
    assert sorted(seen) == [f"O{n:02}" for n in range(25)]


def test_the_case_index_follows_the_case(node: toy.Node) -> None:
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    ((_, entry),), _ = view(node).find(CaseEntry, "by_party", "T1", "confirmed")
    assert entry.aliases == (("order", "O1"),)
    assert view(node).find(CaseEntry, "by_party", "T1", "new")[0] == []


def test_administrations_are_isolated(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    other = View(node.store.snapshot(), "YY", 0, toy.Look)
    assert other.resolve("order", "O1") is None
    assert other.get(toy.OrderRecord, receipt.subject) is None
    assert other.find(toy.OrderRecord, "by_trader", "T1") == ([], b"")
    with pytest.raises(NotAuthorised):
        other.across("XX")
    allowed = View(node.store.snapshot(), "YY", 0, toy.Look, roles=frozenset({"union-operations"}))
    assert allowed.across("XX").resolve("order", "O1") == receipt.subject


def test_history_answers_as_of_a_date(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    before = node.clock.now()
    node.clock.at += DAY
    node.run(node.envelope("orders.amend", toy.Amend("O1", 77)))
    then = view(node).get_as_of(toy.OrderRecord, receipt.subject, before)
    now = view(node).get_as_of(toy.OrderRecord, receipt.subject, node.clock.now())
    assert then is not None
    assert now is not None
    assert (then.amount, now.amount) == (10, 77)


def test_a_timer_fires_once_and_only_for_the_token_it_was_set_for(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    node.clock.at += 11 * SECOND
    node.run()
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.state == "closed"
    rows = len(view(node).timeline(receipt.subject))
    node.clock.at += 11 * SECOND
    node.run()
    assert len(view(node).timeline(receipt.subject)) == rows


def test_a_due_timer_survives_a_restart(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    node.begin()
    node.clock.at += 11 * SECOND
    node.run()
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.state == "closed"


def test_unhandled_messages_are_found_behind_the_cursor_after_a_restart(node: toy.Node) -> None:
    node.owner.ports.budget = -1  # accept, handle one slice, leave the rest
    arrivals = [node.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(40)]
    results = node.run(*arrivals)
    assert all(isinstance(r, Receipt) for r in results)
    assert node.owner.pending
    node.begin()
    while node.owner.pending:
        node.run()
    assert sent_to(node.store, "T1") == ["Confirmed"] * 40


def test_a_record_may_point_at_a_message_of_the_journal(node: toy.Node) -> None:
    order = toy.Order("1", "A", 5)
    [receipt] = node.run(node.envelope("orders.place", order))
    assert isinstance(receipt, Receipt)
    inner = receipt.position + 1
    for _ in range(2):  # at hand, then from the store alone, as the next owner finds it
        tick = Overlay(node.owner)
        assert tick.message(receipt.position) == order
        assert tick.message(inner) == toy.Reserve("A", "1", 5)
        node.begin()
        assert not node.owner.messages
    with pytest.raises(LookupError):
        Overlay(node.owner).message(receipt.position + 1000)


def test_messages_at_hand_are_bounded(node: toy.Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("douane.runtime.core.owner.MESSAGES_BOUND", 4)
    receipts = [node.run(node.envelope("orders.place", toy.Order(str(n), "A", 1)))[0] for n in range(9)]
    positions = [receipt.position for receipt in receipts if isinstance(receipt, Receipt)]
    for position in positions:
        assert Overlay(node.owner).message(position) == toy.Order(str(positions.index(position)), "A", 1)
        node.owner.trim()
        assert position in node.owner.messages
        assert len(node.owner.messages) <= 4


def test_the_former_owner_can_commit_no_more(node: toy.Node) -> None:
    frozen = node.owner
    node.begin()
    taken, node.owner = node.owner, frozen
    with pytest.raises(LostOwnership):
        node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert frozen.ended
    node.owner = taken
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    assert sent_to(node.store, "T1") == ["Confirmed"]


def test_a_tick_without_effect_writes_nothing(node: toy.Node) -> None:
    head = node.store.read([b"U\0\0h"])
    node.run()
    assert node.store.read([b"U\0\0h"]) == head


def test_positions_are_dense_and_a_cursor_skips_nothing(node: toy.Node) -> None:
    cursor, seen = 0, []
    for n in range(10):
        node.run(*(node.envelope("orders.place", toy.Order(f"O{n}-{k}", "A", 1)) for k in range(3)))
        rows = node.store.scan_log(Log.JOURNAL, cursor, 1 << 62, 1000)
        seen += [p for p, _ in rows]
        cursor = rows[-1][0]
    assert seen == list(range(1, len(seen) + 1))


def test_old_stored_versions_are_readable_and_newer_ones_refused() -> None:
    @record(990)
    class First(Value, frozen=True):
        number: str
        trader: str
        account: str
        amount: int
        state: str

    old = Stored(901, First, 1).write(First("O", "T", "A", 1, "new"))
    current = toy.OrderRecord.__record__.stored  # type: ignore[attr-defined]
    assert current.read(old).note == "none"
    newer = Stored(901, First, 3, {1: list, 2: list}).write(First("O", "T", "A", 1, "new"))
    with pytest.raises(NotReadable):
        current.read(newer)
    with pytest.raises(NotReadable):
        DELIVERY.read(old)
    with pytest.raises(DeclarationFault):
        Stored(991, First, 2)
    assert PARKED.kind == 7


def test_the_audit_log_grows_with_every_message_and_restarts_from_the_store(node: toy.Node) -> None:
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    auditor = node.owner.ports.auditor
    assert auditor.size == node.owner.state.leaf  # type: ignore[attr-defined]
    size = node.owner.state.leaf
    node.begin()
    assert node.owner.ports.auditor.size == size  # type: ignore[attr-defined]
