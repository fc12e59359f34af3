"""What a sender may rely on: receipts, order within a case, quarantine, history, timers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Iterator

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.catalogue.behaviour import Handler
from douane.runtime.core import owner
from douane.runtime.core.commands import Release
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Receipt
from douane.runtime.store.ports import DAY, SECOND, Log, Store
from douane.runtime.store.records import Timers, Value, record
from douane.shared_services.auditing.port import journal_facts
from douane.vocabulary.errors import KnownIdChanged
from tests.callers import who, with_origin
from tests.contracts import toy
from tests.contracts.toy import sent_to, view

SEEDS = range(6)


def bytes_of(receipt: object) -> bytes:
    assert isinstance(receipt, Receipt)
    return msgspec.json.encode(receipt)


@pytest.fixture
def amending() -> Iterator[dict[str, Handler]]:
    """The handlers of the toy, to be replaced for one test."""
    handlers = toy.BEHAVIOUR.handlers
    kept = dict(handlers)
    yield handlers
    handlers.update(kept)


# --- receipts


def test_a_message_that_comes_twice_in_one_tick_gets_the_same_bytes_as_later_and_after_a_restart(
    node: toy.Node,
) -> None:
    other = node.envelope("orders.place", toy.Order("O0", "A", 1))
    order = node.envelope("orders.place", toy.Order("O1", "A", 60), id="same")
    _, first, twin, triplet = node.run(other, order, order, order)
    (later,) = node.run(order)
    node.begin()
    (restarted,) = node.run(order)
    assert len({bytes_of(r) for r in (first, twin, triplet, later, restarted)}) == 1
    assert isinstance(first, Receipt)
    assert first.promise
    assert sent_to(node.store, "T1") == ["Confirmed"] * 2


def test_a_twin_with_other_content_in_the_same_tick_is_refused(node: toy.Node) -> None:
    good = node.envelope("orders.place", toy.Order("O1", "A", 60), id="same")
    forged = node.envelope("orders.place", toy.Order("O1", "A", 61), id="same")
    first, second = node.run(good, forged)
    assert isinstance(first, Receipt)
    assert isinstance(second, KnownIdChanged)


def test_the_same_id_of_another_sender_is_another_message(node: toy.Node) -> None:
    mine = node.envelope("orders.place", toy.Order("O1", "A", 1), id="same")
    yours = node.envelope("orders.place", toy.Order("O2", "A", 1, "T2"), id="same", sender="T2")
    first, second = node.run(mine, yours)
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert first.subject != second.subject


# --- order and quarantine


def _amended(node: toy.Node, subject: int) -> list[int]:
    order = view(node).get(toy.OrderRecord, subject)
    assert order is not None
    return [int(part.partition("/")[0]) for part in order.note.split()]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_message_of_a_case_overtakes_another_whatever_fails_and_is_released(
    node: toy.Node, amending: dict[str, Handler], seed: int
) -> None:
    """Amendments of several orders, some fail for a while; ticks, restarts and releases come at random."""
    chance, failing = random.Random(seed), set[int]()
    original = amending["orders.amend"].handle

    def fragile(work: object, m: toy.Amend) -> None:
        if m.amount in failing:
            raise RuntimeError("poison")
        original(work, m)

    amending["orders.amend"] = dataclasses.replace(amending["orders.amend"], handle=fragile)
    placed = node.run(*(node.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(3)))
    subjects = [r.subject for r in placed if isinstance(r, Receipt)]
    sent: list[list[int]] = [[], [], []]
    count = 0
    for _ in range(30):
        batch = []
        for _ in range(chance.randrange(6)):
            case, count = chance.randrange(3), count + 1
            sent[case].append(count)
            failing.update([count] if chance.random() < 0.2 else [])
            batch.append(node.envelope("orders.amend", toy.Amend(f"O{case}", count)))
        parked = [p.position for p in node.owner.parked()]
        commands = tuple(Release(p) for p in chance.sample(parked, min(len(parked), chance.randrange(3))))
        if chance.random() < 0.3:
            failing.clear()
        if chance.random() < 0.2:
            node.begin()
        node.owner.ports.budget = chance.choice((-1, 20_000))
        node.run(*batch, commands=commands)
        for case, subject in enumerate(subjects):
            seen = _amended(node, subject)
            assert seen == sent[case][: len(seen)]
    failing.clear()
    node.owner.ports.budget = 20_000
    while node.owner.pending or node.owner.parked():
        node.run(commands=tuple(Release(p.position) for p in node.owner.parked()[:1]))
    assert [_amended(node, subject) for subject in subjects] == sent


def test_releasing_a_message_that_waits_releases_the_one_it_waits_for(
    node: toy.Node, amending: dict[str, Handler]
) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert isinstance(receipt, Receipt)
    node.run(*(node.envelope("orders.amend", toy.Amend("O1", n)) for n in (666, 2)))
    follower = next(p for p in node.owner.parked() if p.waits_for)
    node.run(commands=(Release(follower.position),))
    assert len(node.owner.parked()) == 2
    assert _amended(node, receipt.subject) == []


def test_a_replayed_message_that_was_handled_changes_nothing(node: toy.Node) -> None:
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 666)))
    (parked,) = node.owner.parked()
    node.run(commands=(Release(parked.position), Release(parked.position), Release(99)))
    (again,) = node.owner.parked()
    assert again.attempts == 3
    assert sent_to(node.store, "T1") == []


# --- memory


def test_caches_that_are_full_forget_nothing(node: toy.Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "CACHE_BOUND", 8)
    monkeypatch.setattr(owner, "MESSAGES_BOUND", 4)
    placed = node.run(*(node.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(20)))
    for n in (*range(20), *range(20)):
        receipt = placed[n]
        assert isinstance(receipt, Receipt)
        assert Overlay(node.owner).message(receipt.position) == toy.Order(f"O{n}", "A", 1)
        node.run(node.envelope("orders.amend", toy.Amend(f"O{n}", 7)))
        caches = (node.owner.records, node.owner.aliases, node.owner.minted)
        assert max(len(cache) for cache in caches) <= 8
        assert len(node.owner.messages) <= 4
    assert node.owner.parked() == []
    for receipt in placed:
        assert isinstance(receipt, Receipt)
        order = view(node).get(toy.OrderRecord, receipt.subject)
        assert order is not None
        assert order.note == "7/20 7/20 "


def test_more_cases_than_a_millisecond_has_numbers_stay_in_their_partition_and_in_order() -> None:
    made = toy.Node(MemoryStore(), partition=5)
    now = made.clock.now()
    subjects = [made.owner.mint(now) for _ in range(10_000)]
    assert subjects == sorted(set(subjects))
    assert {keys.subject_partition(subject) for subject in subjects} == {5}
    assert made.owner.mint(now - SECOND) > subjects[-1]  # a clock that was set back
    assert made.owner.mint(now + SECOND) >> 22 == (now + SECOND) // 1000 - keys.SUBJECT_EPOCH


# --- dating


def test_rules_look_at_the_decisive_date_else_at_today(node: toy.Node) -> None:
    tick = Overlay(node.owner)
    decisive = dt.date(2020, 2, 29)
    assert tick.look(decisive).date == decisive
    assert tick.look(None).date == dt.date(2027, 1, 15)
    assert tick.look(decisive).date == decisive


# --- evidence


def test_the_leaf_of_a_message_that_joins_no_case_says_why(node: toy.Node) -> None:
    orders = [node.envelope("orders.place", toy.Order("O1", "A", 1)) for _ in range(2)]
    amendment = node.envelope("orders.amend", toy.Amend("O9", 1))
    outcomes = []
    for receipt in node.run(*orders, amendment):
        assert isinstance(receipt, Receipt)
        outcomes.append(journal_facts(node.owner.journal_row(receipt.position)).outcome)
    assert outcomes == ["accepted", "taken", "unknown"]


# --- history


@record(919, history=True)
class Rate(Value, frozen=True):
    percent: int


def _rates(node: toy.Node, amending: dict[str, Handler], rates: list[tuple[bytes, int, int]]) -> int:
    """Let one message of an order keep rates: local part, percent, valid from."""

    def keep(work: toy.Any, m: toy.Amend) -> None:
        local, percent, since = rates[m.amount]
        work.put(Rate(percent), local, valid_from=since)

    amending["orders.amend"] = dataclasses.replace(amending["orders.amend"], handle=keep)
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert isinstance(receipt, Receipt)
    return receipt.subject


def test_history_answers_by_recorded_and_by_valid_time(node: toy.Node, amending: dict[str, Handler]) -> None:
    day = node.clock.at
    rates = [(b"", 10, day), (b"", 20, day + 30 * DAY), (b"", 12, day + 5 * DAY)]
    subject = _rates(node, amending, rates)
    times = []
    for n in range(3):
        node.clock.at += DAY
        node.run(node.envelope("orders.amend", toy.Amend("O1", n)))
        times.append(node.clock.at)

    def known(when: int, valid: int | None = None) -> int | None:
        found = view(node).get_as_of(Rate, subject, when, valid=valid)
        return found.percent if found else None

    assert [known(t) for t in times] == [10, 20, 12]
    assert known(day) is None
    assert known(times[1], day + 10 * DAY) == 10  # the correction was not known yet
    assert known(times[2], day + 10 * DAY) == 12
    assert known(times[2], day + 40 * DAY) == 20
    assert known(times[2], day - DAY) is None


def test_versions_of_one_tick_and_of_records_that_begin_alike_are_kept_apart(
    node: toy.Node, amending: dict[str, Handler]
) -> None:
    day = node.clock.at
    rates = [(b"", 1, day), (b"", 2, day + 9 * DAY), (b"x", 3, day), (keys.u64(1 << 63), 4, day)]
    subject = _rates(node, amending, rates)
    node.run(*(node.envelope("orders.amend", toy.Amend("O1", n)) for n in range(4)))
    seen, now = view(node), node.clock.at
    by_valid = [seen.get_as_of(Rate, subject, now, valid=day + n * DAY) for n in (1, 10)]
    assert by_valid == [Rate(1), Rate(2)]
    assert seen.get_as_of(Rate, subject, now) == Rate(2)
    assert seen.get_as_of(Rate, subject, now, b"x") == Rate(3)
    assert seen.get_as_of(Rate, subject, now, keys.u64(1 << 63)) == Rate(4)


# --- timers


def test_the_late_timer_of_a_former_token_is_ignored(node: toy.Node) -> None:
    """The timer row says 'due', the case says that it was moved: what counts is the case."""
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    ((name, due),) = view(node).get(Timers, receipt.subject).due  # type: ignore[union-attr] # it is there
    stale = keys.timer_key(0, due - SECOND, receipt.subject, name)
    former = keys.timer_key(0, due - SECOND, receipt.subject, "ordering:1:99")
    _put(node, stale, former)
    node.clock.at = due - 1000
    node.owner.next_timer = 0
    node.run()
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.state == "confirmed"
    assert node.store.read([stale, former]) == [None, None]
    assert node.owner.parked() == []
    node.clock.at = due
    node.run()
    closed = view(node).get(toy.OrderRecord, receipt.subject)
    assert closed is not None
    assert closed.state == "closed"


def test_a_timer_that_is_moved_back_and_cancelled_in_one_tick_leaves_its_queue(
    node: toy.Node, amending: dict[str, Handler]
) -> None:
    def move(work: toy.Any, m: toy.Amend) -> None:
        work.timer("ordering:1:9", m.amount * SECOND)

    amending["orders.amend"] = dataclasses.replace(amending["orders.amend"], handle=move)
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    queue = node.store.scan(keys.TIMER, keys.after(keys.TIMER), 10)
    node.run(node.envelope("orders.amend", toy.Amend("O1", 2_000_000_000)))
    assert len(node.store.scan(keys.TIMER, keys.after(keys.TIMER), 10)) == len(queue) + 1
    node.run(*[node.envelope("orders.amend", toy.Amend("O1", at)) for at in (2_000_000_001, 2_000_000_000, 0)])
    assert node.store.scan(keys.TIMER, keys.after(keys.TIMER), 10) == queue


def _put(node: toy.Node, *timers: bytes) -> None:
    batch = toy.Batch()
    batch.put.update(dict.fromkeys(timers, b"XX"))
    node.store.apply(batch, 0, node.owner.epoch)


# --- the port


def test_a_position_is_written_once(store: Store) -> None:
    epoch = store.take(0)
    batch = toy.Batch()
    batch.append(Log.JOURNAL, 1, b"first")
    store.apply(batch, 0, epoch)
    second = toy.Batch()
    second.append(Log.JOURNAL, 1, b"second")
    with pytest.raises(toy.LostOwnership):
        store.apply(second, 0, epoch)
    assert store.read_log(Log.JOURNAL, [1]) == [b"first"]


def test_a_store_that_is_opened_again_holds_what_was_committed(node: toy.Node) -> None:
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    path = getattr(node.store, "path", None)
    if path is None:
        return  # the store in memory promises everything but this
    node.store.close()
    again: Callable[[str], Store] = type(node.store)
    node.store = again(path)
    node.begin()
    assert sent_to(node.store, "T1") == ["Confirmed"]
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O2", "A", 10)))
    assert isinstance(receipt, Receipt)


def test_an_officer_collects_where_it_sent_and_a_trader_where_the_lane_leads(store: Store) -> None:
    """At a node of an administration: what is not for its own officers goes to the centre."""
    node = toy.Node(store, router=toy.Router(lane="rest:centre"))
    for sender, platform in (("xx.officer", "ccn2"), ("XX123", "speed2"), ("NTA.YY", "ccn2")):
        asked = node.envelope("accounts.reserve", toy.Reserve("nobody's", "O1", 1), sender=sender)
        asked.envelope = with_origin(
            asked.envelope,
            platform=platform,
            caller=who(sender, "untrusted" if platform == "speed2" else "trusted", "XX"),
        )
        node.run(asked)
    lanes = {row.party: row.lane for row in map(SENT.read, all_of(store, Log.SENT))}
    assert lanes == {"xx.officer": "", "XX123": "rest:centre", "NTA.YY": "rest:centre"}


def all_of(store: Store, log: Log) -> list[bytes]:
    return [raw for _, raw in store.scan_log(log, 0, 1 << 48, 1000)]
