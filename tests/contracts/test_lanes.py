"""When a lane is tried: by the loop's own time, whatever the clock of the day says."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.caller import INNER
from douane.runtime.core import node as nodes
from douane.runtime.core.commands import Announce, Confirm, Reported
from douane.runtime.core.owner import Owner
from douane.runtime.delivery.going import MINUTE, Going
from douane.runtime.delivery.lanes import FIRST_PAUSE, LONGEST_PAUSE, SOON, Lane, Lanes, Terms, Trouble
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, JOURNAL, SENT, RowKind
from douane.runtime.store.hold import HELD, HOLD, Hold, hold_key
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Attempt, Batch, Instant, Log, Notice, Offered, Outcome
from douane.runtime.store.transmission import Carried, WireForm, body_of
from douane.vocabulary.errors import DeclarationFault, NotValid, StoreUnavailable
from tests.callers import sent_row
from tests.contracts import toy, virtual


def test_what_another_worker_took_is_confirmed_soon() -> None:
    """The clock of the day is far ahead of the loop's time: a lane that were put off to it would never be tried."""
    made = toy.Node(MemoryStore(toy.Clock()))
    node = nodes.Node([made.owner], ended=_raise)
    lanes = Lanes(node, made.store, made.clock, {}, pace=lambda: 5 * SECOND)
    lane = lanes.lanes["@1"] = Lane("@1", waiting=False)
    lanes.heard(Notice(1, None))
    assert lane.waiting
    assert lane.next_attempt == 5 * SECOND + SOON


def test_a_receipt_that_a_partner_signed_is_journalled_once_with_what_it_signed_for() -> None:
    made = toy.Node(MemoryStore(toy.Clock()), router=toy.Router(lane="as4:X"))
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 10)))
    before = made.owner.state.journal
    form = WireForm((("message_id", "1@here"),), b"as it went out", certificates=(b"der",), key=b"k" * 16, signed=True)
    proof = Carried(form, b"<receipt/>")
    for state in ("arrived", "arrived"):
        made.run(commands=(Confirm("as4:X", 1, state, 2_000_000_000_000_001, carried=proof),))
    made.run(commands=(Reported(1, "delivered", 2_000_000_000_000_002),))
    assert made.owner.state.journal == before + 1
    assert made.owner.parked() == []
    (raw,) = made.store.read_log(Log.JOURNAL, [before + 1])
    (sent,) = made.store.read_log(Log.SENT, [1])
    (kept,) = made.store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
    assert raw is not None
    assert sent is not None
    assert kept is not None
    row, about = JOURNAL.read(raw), SENT.read(sent)
    assert (row.kind, row.subject, row.sender, row.id) == (RowKind.CARRIED, about.subject, about.party, about.id)
    assert row.content.octets == b"<receipt/>"
    assert row.transmission is not None
    assert body_of(row.transmission, row.content.octets) == b"as it went out"
    assert (DELIVERY.read(kept).state, DELIVERY.read(kept).receipt) == ("delivered", before + 1)


def test_a_pause_that_a_partner_asks_for_is_kept_within_the_terms() -> None:
    lane = Lane("rest:ccn2", terms=Terms(SECOND, 60 * SECOND))
    pauses = []
    for asked in (0, 30, 0, 600):
        lane.failed(0, Attempt(Outcome.FAILED, "503", asked).pause)
        pauses.append(lane.next_attempt // SECOND)
    assert pauses == [1, 30, 4, 60]
    assert Attempt(Outcome.FAILED, "502 from a proxy").pause == 0


# --- lanes that are driven, on virtual time


PAUSE, LONGEST = FIRST_PAUSE / SECOND, LONGEST_PAUSE / SECOND


@dataclass
class Partner:
    """A partner that takes what it is offered while it is ``there``, after some seconds, and when it was asked."""

    there: bool = True
    seconds: float = 0.0
    asked: list[float] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        self.asked.append(virtual.passed())
        await asyncio.sleep(self.seconds)
        if not self.there:
            return [Attempt(Outcome.FAILED, "away")] * len(items)
        self.taken += [position for position, _, _ in items]
        return [Attempt(Outcome.ARRIVED)] * len(items)


class Passing(toy.Clock):
    """The clock of the day, as far on as the loop."""

    def now(self) -> Instant:
        self.at = max(self.at + 1, 1_800_000_000 * SECOND + round(virtual.passed() * SECOND))
        return self.at


def waiting(*orders: str, partitions: tuple[int, ...] = (0,)) -> tuple[nodes.Node, MemoryStore]:
    """A node that has confirmed orders to a partner who knows nothing of it yet."""
    store = MemoryStore(toy.Clock())
    clock = Passing()
    every = partitions if len(partitions) > 1 else ()
    made = [toy.Node(store, p, clock, toy.Router(lane="rest:partner"), every) for p in partitions]
    made[0].run(made[0].envelope("accounts.open", toy.Open("A", 100)))
    for order in orders:
        made[0].run(made[0].envelope("orders.place", toy.Order(order, "A", 1)))
    return nodes.Node([each.owner for each in made], ended=_raise), store


def _raise(problem: BaseException) -> None:
    raise problem


@contextlib.asynccontextmanager
async def carried(
    node: nodes.Node, store: MemoryStore, partner: Partner, terms: Terms | None = None
) -> AsyncIterator[Lanes]:
    """Lanes that carry, from what a former process left waiting."""
    transports = {"rest": partner, INNER: partner}
    lanes = Lanes(node, store, node.owners[0].ports.clock, transports, {"rest": terms or Terms()})
    node.watchers.append(lanes.watch)
    lanes.recover()
    carrying = asyncio.create_task(lanes.run())
    try:
        yield lanes
    finally:
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)
        await node.stop()


def hold(node: nodes.Node, store: MemoryStore, partition: int = 0) -> None:
    """A hold as a restore leaves it."""
    owner = node.owners[partition]
    batch = Batch()
    batch.put[hold_key(partition)] = HOLD.write(Hold(HELD, 1, "restored"))
    store.apply(batch, partition, owner.epoch)
    owner.begin()


def test_what_waits_in_a_held_node_goes_out_in_order_once_an_operator_releases_it() -> None:
    async def journey() -> None:
        node, store = waiting("O1", "O2")
        hold(node, store)
        partner = Partner()
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(3600.5)
            lane = lanes.lanes["rest:partner"]
            assert (partner.asked, lane.attempts, lane.failures) == ([], 0, 0)
            await node.command(Announce(0, RowKind.RELEASED, "checked", release=True))
            await asyncio.sleep(PAUSE)
            assert partner.taken == ["1", "2"]
            assert not lane.waiting

    virtual.run(journey())


def test_a_node_is_held_while_any_of_its_partitions_is() -> None:
    async def journey() -> None:
        node, store = waiting("O1", partitions=(0, 1))
        hold(node, store, 1)
        partner = Partner()
        async with carried(node, store, partner):
            await asyncio.sleep(60)
            assert partner.asked == []
            await node.command(Announce(keys.log_position(1, 0), RowKind.RELEASED, "checked", release=True))
            await asyncio.sleep(PAUSE)
            assert partner.taken

    virtual.run(journey())


def test_a_lane_rests_as_long_as_its_partner_is_out_of_service() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        clock, partner = node.owners[0].ports.clock, Partner()
        end = clock.now() + 90 * SECOND
        async with carried(node, store, partner, Terms(rests=lambda now: max(now, end))) as lanes:
            await asyncio.sleep(89.9)
            lane = lanes.lanes["rest:partner"]
            assert (partner.asked, lane.attempts, lane.failures) == ([], 0, 0)
            await asyncio.sleep(0.2)
            assert partner.taken == ["1"]

    virtual.run(journey())


def test_a_rest_that_is_cut_short_is_noticed_at_once_where_one_is_told_and_soon_where_not() -> None:
    async def journey(*, told: bool) -> float:
        node, store = waiting("O1")
        rest, partner = [24 * 3600 * SECOND], Partner()
        async with carried(node, store, partner, Terms(rests=lambda now: now + rest[0])) as lanes:
            await asyncio.sleep(100)
            rest[0] = 0
            if told:
                lanes.rouse()
            await asyncio.sleep(LONGEST)
        return partner.asked[0]

    assert virtual.run(journey(told=True)) == pytest.approx(100, abs=0.1)
    assert virtual.run(journey(told=False)) == pytest.approx(2 * LONGEST, abs=0.1)


def test_news_of_terms_disturb_no_partner_that_failed() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        partner = Partner(there=False)
        async with carried(node, store, partner) as lanes:
            for _ in range(35):
                await asyncio.sleep(0.1)
                lanes.rouse()
            assert partner.asked == pytest.approx([0, 1, 3], abs=0.1)

    virtual.run(journey())


# --- what wakes a lane


def test_what_is_committed_here_goes_out_at_once() -> None:
    async def journey() -> None:
        node, store = waiting()
        partner, trader = Partner(), toy.Node(MemoryStore(toy.Clock()))
        async with carried(node, store, partner):
            for hour in (1, 2):
                await asyncio.sleep(3600)
                await node.submit(trader.envelope("orders.place", toy.Order(f"O{hour}", "A", 1), id=f"o{hour}"))
                await asyncio.sleep(0.01)
                assert len(partner.taken) == hour

    virtual.run(journey())


def test_of_what_another_process_committed_a_notice_tells_and_only_of_lanes_that_it_filled() -> None:
    async def journey() -> None:
        node, store = waiting()
        partner = Partner()
        leave(store, node.owners[0], "rest:a")
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(1)
            leave(store, node.owners[0], "rest:a", first=2)
            lanes.heard(Notice(0, frozenset([keys.lane_mark("rest:b")])))
            await asyncio.sleep(3600)
            assert partner.taken == ["1"]
            lanes.heard(Notice(0, frozenset([keys.lane_mark("rest:a")])))
            await asyncio.sleep(0.01)
            assert partner.taken == ["1", "2"]

    virtual.run(journey())


def test_however_often_another_worker_commits_what_it_took_is_confirmed_soon() -> None:
    async def journey() -> None:
        node, store = waiting()
        partner = Partner()
        leave(store, node.owners[0], "@1")
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(10)
            leave(store, node.owners[0], "@1", first=2)
            for _ in range(100):
                lanes.heard(Notice(1, frozenset([keys.TAKEN])))
                await asyncio.sleep(SOON / SECOND / 4)
            assert len(partner.asked) == 2
            assert partner.asked[1] == pytest.approx(10 + SOON / SECOND, abs=0.01)

    virtual.run(journey())


def test_who_took_nothing_is_not_looked_at() -> None:
    async def journey() -> None:
        node, store = waiting()
        partner = Partner()
        leave(store, node.owners[0], "@1")
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(10)
            leave(store, node.owners[0], "@1", first=2)
            lanes.heard(Notice(1, frozenset([keys.lane_mark("@2")])))
            await asyncio.sleep(SOON / SECOND * 2)
            assert len(partner.asked) == 1

    virtual.run(journey())


def test_what_another_worker_takes_while_a_turn_looks_is_confirmed_soon() -> None:
    class Looking(Partner):
        """Sees what was taken when it is asked, and says so a little later."""

        async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
            found = [Attempt(Outcome.ARRIVED)] * len(items) if self.there else []
            await super().send(lane, items)
            return found

    async def journey() -> None:
        node, store = waiting()
        partner = Looking(there=False, seconds=0.05)
        leave(store, node.owners[0], "@1")
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(0.02)
            partner.there = True
            lanes.heard(Notice(1, frozenset([keys.TAKEN])))
            await asyncio.sleep(10)
        assert partner.asked == pytest.approx([0, 0.05 + SOON / SECOND], abs=0.015)

    virtual.run(journey())


# --- one lane, one turn at a time


def test_a_lane_that_is_being_carried_is_not_carried_a_second_time() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        partner = Partner(seconds=20)
        async with carried(node, store, partner) as lanes:
            for _ in range(10):
                await asyncio.sleep(1)
                lanes.heard(Notice(0, None))
            await asyncio.sleep(30)
            assert (partner.asked, partner.taken) == ([0], ["1"])

    virtual.run(journey())


def test_a_transport_that_fails_by_itself_is_tried_as_slowly_as_a_partner() -> None:
    class Broken(Partner):
        async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
            await super().send(lane, items)
            raise RuntimeError("a bug")

    async def journey() -> None:
        node, store = waiting("O1")
        partner = Broken()
        async with carried(node, store, partner):
            await asyncio.sleep(10)
        assert partner.asked == pytest.approx([0, 1, 3, 7], abs=0.1)

    virtual.run(journey())


def test_what_fails_between_partitions_is_tried_steadily_and_no_attempt_is_kept() -> None:
    async def journey() -> None:
        node, store = waiting()
        partner = Partner(there=False)
        leave(store, node.owners[0], "@1", "rest:a")
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(9.5)
            assert [lanes.lanes[name].attempts for name in ("@1", "rest:a")] == [10, 4]
        kept = store.scan(keys.REPORT, keys.after(keys.REPORT), 10)
        assert [int.from_bytes(key[-8:], "big") for key, _ in kept] == [2]  # an operator looks at partners only

    virtual.run(journey())


# --- what a former process left


def leave(store: MemoryStore, owner: Owner, *lanes: str, first: int = 1) -> None:
    """A message in each lane, as a process leaves it that ended before it could carry them."""
    batch = Batch()
    for number, lane in enumerate(lanes, first):
        position = keys.log_position(owner.partition, number)
        row = sent_row(
            "NTA.XX", "Confirmed", f"m{number}", b"{}", subject=1, media=Media.JSON, administration="XX", lane=lane
        )
        batch.append(Log.SENT, position, SENT.write(row))
        batch.put[keys.LANE + keys.u16(owner.partition) + keys.text(lane) + keys.u64(position)] = b""
    store.apply(batch, owner.partition, owner.epoch)


def test_every_lane_that_was_left_is_found_also_one_whose_name_begins_like_anothers() -> None:
    async def journey() -> None:
        node, store = waiting(partitions=(0, 1))
        first, second = node.owners
        leave(store, first, "rest:a", "rest:a", "rest:ab", "rest:b")
        leave(store, second, "rest:a", "rest:c")
        lanes = Lanes(node, store, first.ports.clock, {})
        lanes.recover()
        assert sorted(lanes.lanes) == ["rest:a", "rest:ab", "rest:b", "rest:c"]

    virtual.run(journey())


def test_lanes_of_a_partition_that_comes_are_carried_at_once_and_of_one_that_is_away_not() -> None:
    async def journey() -> None:
        node, store = waiting(partitions=(0, 1))
        away, ours = node.owners
        leave(store, away, "rest:late")
        leave(store, ours, "rest:ours")
        node.lose(0)
        partner = Partner()
        async with carried(node, store, partner) as lanes:
            await asyncio.sleep(1)
            assert list(lanes.lanes) == ["rest:ours"]
            node.gain(0, store.take(0))
            lanes.recover()
            await asyncio.sleep(SOON / SECOND)
            assert partner.taken == [f"{keys.log_position(1, 1):x}", "1"]
            leave(store, node.owners[0], "rest:late", first=2)
            assert not lanes.lanes["rest:late"].waiting
            lanes.recover()
            await asyncio.sleep(SOON / SECOND)
            assert len(partner.asked) == 3

    virtual.run(journey())


# --- whatever a carrier does


class Odd(Partner):
    """A carrier that raises what it should not, so often; then it works."""

    def __init__(self, problem: BaseException, times: int = 2) -> None:
        super().__init__()
        self.problem, self.times = problem, times

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        if self.times:
            self.times -= 1
            self.asked.append(virtual.passed())
            raise self.problem
        return await super().send(lane, items)


RAISED: list[BaseException] = [
    KeyError("lane"), ValueError("x"), AssertionError(), OSError(24, "files"), RecursionError(), MemoryError(),
    UnicodeEncodeError("ascii", "é", 0, 1, "no"), asyncio.CancelledError(), TimeoutError(), StopAsyncIteration(),
    DeclarationFault("No such address."), NotValid("Not so."), StoreUnavailable("Full."),
    ExceptionGroup("g", [KeyError()]),
]  # fmt: skip


@pytest.mark.parametrize("problem", RAISED, ids=lambda problem: type(problem).__name__)
def test_whatever_a_carrier_raises_is_a_recorded_attempt_and_told_and_tried_again(problem: BaseException) -> None:
    async def journey() -> None:
        node, store = waiting("O1", "O2")
        partner, told = Odd(problem), list[Trouble]()
        async with carried(node, store, partner) as lanes:
            lanes.told = told.append
            await asyncio.sleep(PAUSE / 2)
            lane = lanes.lanes["rest:partner"]
            assert (lane.failures, lane.busy, lane.waiting) == (1, False, True)
            (kept,) = store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
            assert kept is not None
            assert (DELIVERY.read(kept).state, bool(DELIVERY.read(kept).reason)) == ("tried", True)
            await asyncio.sleep(5 * PAUSE)
            assert partner.taken == ["1", "2"]
            assert [(each.channel, each.position, each.failures, each.error) for each in told] == [
                ("rest", 1, 1, problem), ("rest", 1, 2, problem),
            ]  # fmt: skip
            assert lanes.outcomes == {("rest", Outcome.FAILED): 2, ("rest", Outcome.ARRIVED): 2}
            assert partner.asked == [0.0, PAUSE, 3 * PAUSE]  # as slow as a partner that is away

    virtual.run(journey())


def test_a_lane_that_nothing_carries_says_so() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        told: list[Trouble] = []
        async with carried(node, store, Partner()) as lanes:
            lanes.told, lanes.transports = told.append, {}
            await asyncio.sleep(PAUSE / 2)
            (kept,) = store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
            assert kept is not None
            assert DELIVERY.read(kept).reason == "nothing here carries rest"
            assert [each.position for each in told] == [1]

    virtual.run(journey())


def test_what_ends_the_work_ends_a_turn_too() -> None:
    """A cancellation that was meant is no attempt."""

    async def journey() -> None:
        node, store = waiting("O1")
        told: list[Trouble] = []
        async with carried(node, store, Partner(seconds=3600)) as lanes:
            lanes.told = told.append
            await asyncio.sleep(PAUSE / 2)
            (turn,) = lanes._tasks
            turn.cancel()
            await asyncio.gather(turn, return_exceptions=True)
            assert turn.cancelled()
            assert told == []

    virtual.run(journey())


def test_of_a_lane_is_told_how_much_its_partner_answered_within_an_hour_and_how_long_that_takes() -> None:
    """By the middle of the last five: one slow answer is none, a partner that is away answers nothing."""

    async def journey() -> None:
        node, store = waiting("O1", "O2", "O3")
        partner = Partner(there=False, seconds=0.3)
        async with carried(node, store, partner, Terms(longest=SECOND)) as lanes:
            await asyncio.sleep(10)
            going = lanes.lanes["rest:partner"].going
            assert (going.last, going.answers, going.an_hour(lanes.pace())) == (0, 0, 0)
            partner.there = True
            await asyncio.sleep(PAUSE + 1)
            assert (going.answers, going.an_hour(lanes.pace())) == (3 * SECOND // 10, 3)
            assert lanes.clock.now() - going.last <= 2 * SECOND
            await asyncio.sleep(3600)
            assert going.an_hour(lanes.pace()) == 0
        going = Going()
        for at, lasted in enumerate((100, 90_000, 110, 120, 105)):
            going.carried(at * MINUTE, 10, lasted)
        assert going.answers == 110
        assert [going.an_hour(minute * MINUTE) for minute in (4, 60, 63, 64)] == [50, 40, 10, 0]

    virtual.run(journey())
