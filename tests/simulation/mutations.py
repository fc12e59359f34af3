"""Seeded bugs: each takes one promise away, by a small patch of the running code, and must be noticed.

The product knows nothing of them. ``seed`` is where the simulation noticed it when it was recorded
(``python -m tests.simulation.search`` records anew).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from msgspec import structs

from douane.applications.guarantees.rules import ledgers as rules
from douane.assembly import uplink
from douane.backends.sqlite.backend import SqliteStore
from douane.channels.rest import client as rest
from douane.development.simulation import machine
from douane.development.simulation.simulated_process import WatchedStore
from douane.runtime.core import accept, flush, quarantine, route
from douane.runtime.core import tick as ticks
from douane.runtime.core.node import Node
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.owner import Owner
from douane.runtime.core.route import LANES
from douane.runtime.core.work import Work
from douane.runtime.delivery import transfer
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Recent
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, RowKind
from douane.runtime.store.ports import Attempt, Batch, Log, Outcome
from douane.shared_services.auditing.port import AuditPort
from tests.simulation import (
    mutations_of_admission,
    mutations_of_names,
    mutations_of_securities,
    mutations_of_the_way,
)
from tests.simulation.patching import Mutation, patched


def spoiling(change: Callable[[Overlay, Batch], None]) -> AbstractContextManager[None]:
    """Every batch changed after it was made."""
    made = flush.flush

    def spoilt(tick: Overlay) -> Batch:
        batch = made(tick)
        if batch:
            change(tick, batch)
        return batch

    return patched(ticks, "flush", spoilt)


class Every:
    """True each nth time it is asked."""

    def __init__(self, nth: int) -> None:
        self.nth, self.count = nth, 0

    def __bool__(self) -> bool:
        self.count += 1
        return self.count % self.nth == 0


# --- commit and acknowledgement


def acknowledge_before_commit() -> AbstractContextManager[None]:
    """The batch is committed a few steps of the loop later than the receipts go out."""
    apply = WatchedStore.apply

    def later(self: Any, batch: Batch, partition: int, epoch: int) -> None:
        soon = asyncio.get_running_loop().call_soon

        def commit(steps: int) -> None:
            if steps:
                soon(commit, steps - 1)
                return
            with contextlib.suppress(Exception, machine.Killed):
                apply(self, batch, partition, epoch)

        soon(commit, 5)

    return patched(WatchedStore, "apply", later)


def commit_without_flush() -> AbstractContextManager[None]:
    prepare = SqliteStore._prepare

    def weaker(self: Any) -> None:
        prepare(self)
        self._db.execute("PRAGMA synchronous = NORMAL")

    return patched(SqliteStore, "_prepare", weaker)


def go_on_after_a_failed_commit() -> AbstractContextManager[None]:
    """Numbers, caches and queues of a tick that was never committed stay in force."""
    return patched(Owner, "end", lambda self: None)


def keep_the_cache_of_a_failed_commit() -> AbstractContextManager[None]:
    """The next owner takes over what the failed one had in memory."""
    renew, kept = Node._renew, {}

    def end(self: Any) -> None:
        if not self.ended:
            kept[self.partition] = dict(self.records)
        self.ended = True
        self.records.clear()
        self.aliases.clear()
        self.pending.clear()

    def warm(self: Any, index: int) -> None:
        renew(self, index)
        owner = self.owners[index]
        if not owner.ended:
            owner.records.update(kept.get(owner.partition, {}))

    @contextlib.contextmanager
    def both() -> Iterator[None]:
        with patched(Owner, "end", end), patched(Node, "_renew", warm):
            yield

    return both()


def skip_the_epoch() -> AbstractContextManager[None]:
    """A former owner may commit as long as no position is taken; it also numbers on from what is stored."""
    write = SqliteStore._write

    def unfenced(self: Any, batch: Batch, partition: int, epoch: int) -> None:
        del epoch
        for log, rows in batch.logs.items():
            stored = self._db.execute(f"SELECT max(position) FROM log{log.value}").fetchone()[0] or 0
            if rows and rows[0][0] <= stored and rows[0][0] >> 48 == stored >> 48:
                batch.logs[log] = [(stored + 1 + n, raw) for n, (_, raw) in enumerate(rows)]
        write(self, batch, partition, self.epoch(partition))

    return patched(SqliteStore, "_write", unfenced)


def mix_up_receipts() -> AbstractContextManager[None]:
    """Receipts of one tick go to each other's senders."""
    answer = Node._answer

    def turned(arriving: Any, coming: Any, results: list[Any]) -> None:
        answer(arriving, coming, results[1:] + results[:1])

    return patched(Node, "_answer", staticmethod(turned))


# --- known ids


def forget_the_known_id() -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        batch.new = {k: v for k, v in batch.new.items() if k[:1] != keys.KNOWN}

    return spoiling(change)


def take_other_bytes_for_known() -> AbstractContextManager[None]:
    return patched(accept, "_repeated", lambda tick, envelope, original: tick.with_promise(original))


def forget_the_promise() -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        batch.put = {k: v for k, v in batch.put.items() if not (k[:1] == keys.AUDIT and k[3:4] == b"p")}

    return spoiling(change)


# --- records and names


def reply_without_its_record() -> AbstractContextManager[None]:
    seldom = Every(9)

    def change(tick: Overlay, batch: Batch) -> None:
        if Log.SENT in batch.logs and seldom:
            batch.put = {k: v for k, v in batch.put.items() if k[:1] != keys.RECORD}

    return spoiling(change)


def drop_an_alias() -> AbstractContextManager[None]:
    seldom = Every(9)

    def change(tick: Overlay, batch: Batch) -> None:
        lost = [k for k in batch.new if k[:1] == keys.ALIAS]
        if lost and seldom:
            del batch.new[lost[0]]

    return spoiling(change)


def keep_an_old_index_entry() -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        batch.gone = {k for k in batch.gone if k[:1] != keys.INDEX}

    return spoiling(change)


def forget_the_serial() -> AbstractContextManager[None]:
    """After a restart numbers are issued again that were issued before."""

    def change(tick: Overlay, batch: Batch) -> None:
        batch.put = {k: v for k, v in batch.put.items() if k[:1] != keys.SERIAL}

    return spoiling(change)


# --- the queue


def cursor(behind: int) -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        state = msgspec.structs.replace(tick.owner.state, cursor=max(0, tick.owner.state.cursor - behind))
        batch.put[keys.space(keys.OWNER, tick.partition)] = OWNER.write(state)

    return spoiling(change)


def forget_what_was_not_handled() -> AbstractContextManager[None]:
    begin = Owner.begin

    def forgetful(self: Any, *epoch: int) -> None:
        begin(self, *epoch)
        self.pending.clear()

    return patched(Owner, "begin", forgetful)


def forget_the_blocked() -> AbstractContextManager[None]:
    begin = Owner.begin

    def forgetful(self: Any, *epoch: int) -> None:
        begin(self, *epoch)
        self.blocked.clear()

    return patched(Owner, "begin", forgetful)


def let_a_case_overtake() -> AbstractContextManager[None]:
    """A message that failed does not hold back those behind it."""
    park = quarantine.park

    def lax(tick: Any, item: Any, reason: str, **more: Any) -> None:
        park(tick, item, reason, **(more | {"blocks": False}))

    return patched(ticks, "park", lax)


def leave_the_timer_unarmed() -> AbstractContextManager[None]:
    begin = Owner.begin

    def unarmed(self: Any, *epoch: int) -> None:
        begin(self, *epoch)
        self.next_timer = 1 << 62

    return patched(Owner, "begin", unarmed)


def leave_the_timer_in_its_queue() -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        batch.gone = {k for k in batch.gone if k[:1] != keys.TIMER}

    return spoiling(change)


# --- what leaves


def sent_without_an_inbox_row() -> AbstractContextManager[None]:
    seldom = Every(25)

    def change(tick: Overlay, batch: Batch) -> None:
        waiting = [k for k in batch.put if k[:1] == keys.INBOX]
        if waiting and seldom:
            del batch.put[waiting[0]]

    return spoiling(change)


def inbox_row_without_what_was_sent() -> AbstractContextManager[None]:
    seldom = Every(25)

    def change(tick: Overlay, batch: Batch) -> None:
        if batch.logs.get(Log.SENT) and seldom:
            batch.logs[Log.SENT] = batch.logs[Log.SENT][:-1]

    return spoiling(change)


def skip_one_in_the_inbox() -> AbstractContextManager[None]:
    """A cursor that goes one too far."""
    write, seldom = Inbox.write, Every(40)

    def further(self: Any, positions: dict[int, int]) -> str:
        return write(self, {p: at + 1 for p, at in positions.items()} if seldom else positions)

    return patched(Inbox, "write", further)


def answer_from_memory_without_the_store() -> AbstractContextManager[None]:
    """An inbox that never asks the store for what was sent before the process began."""
    after = Recent.after

    def blind(self: Any, party: str, positions: Any, limit: int) -> Any:
        floors, self._floors = self._floors, dict.fromkeys(positions, 0)
        found = after(self, party, positions, limit)
        self._floors = floors
        return found

    return patched(Recent, "after", blind)


def confirm_what_failed() -> AbstractContextManager[None]:
    """A delivery that got no answer counts as arrived."""
    send = rest.RestTransport.send

    async def sure(self: Any, lane: str, items: Any) -> Any:
        found = await send(self, lane, items)
        return [Attempt(Outcome.ARRIVED) if each.outcome is Outcome.FAILED else each for each in found]

    return patched(rest.RestTransport, "send", sure)


def go_on_behind_a_failed_delivery() -> AbstractContextManager[None]:
    """A lane sends the second message although the first one failed."""

    send = rest.RestTransport.send

    async def careless(self: Any, lane: str, items: Any) -> Any:
        found = await send(self, lane, items)
        while 0 < len(found) < len(items):  # the first ones are tried again, some time, behind these
            found += await send(self, lane, items[len(found) :])
        return sorted(found, key=lambda each: each.outcome is Outcome.FAILED) if found else found

    return patched(rest.RestTransport, "send", careless)


def confirm_between_partitions_unseen() -> AbstractContextManager[None]:
    offer = transfer.Transfer._offer

    async def sure(self: Any, partition: int, body: bytes) -> Any:
        await offer(self, partition, body)
        return Attempt(Outcome.ARRIVED)

    return patched(transfer.Transfer, "_offer", sure)


def take_before_it_is_kept() -> AbstractContextManager[None]:
    """A national node acknowledges what it collected before its own core holds it."""
    take = uplink.Connector._take

    async def hasty(self: Any, item: dict[str, Any]) -> None:
        await self._partner.acknowledge(item["id"])
        await take(self, item)

    return patched(uplink.Connector, "_take", hasty)


def report_an_arrival_without_a_report() -> AbstractContextManager[None]:
    def change(tick: Overlay, batch: Batch) -> None:
        batch.put = {k: v for k, v in batch.put.items() if k[:1] != keys.REPORT}

    return spoiling(change)


def answer_in_both_partitions() -> AbstractContextManager[None]:
    """An answer to another partition is also handled in the one that gives it."""
    carry = route.transfer

    def both(tick: Overlay, work: Work, out: Any, partition: int, kind: RowKind, operation: str, *rest: Any) -> None:
        carry(tick, work, out, partition, kind, operation, *rest)
        if kind is RowKind.ANSWER:
            waits = out.reply_to
            route.internal(tick, kind, operation, out.message, waits.subject, rest[0], cause=work, answers=waits)

    return patched(route, "transfer", both)


def leave_a_message_out_of_its_timeline() -> AbstractContextManager[None]:
    seldom = Every(20)

    def change(tick: Overlay, batch: Batch) -> None:
        if tick.sent and seldom:
            del batch.put[next(key for key in batch.put if key[:1] == keys.SUBJECT)]

    return spoiling(change)


def count_a_lane_anew() -> AbstractContextManager[None]:
    """After a restart a lane counts from 1 again."""

    def change(tick: Overlay, batch: Batch) -> None:
        batch.put = {k: v for k, v in batch.put.items() if k[:1] != keys.SERIAL or not k[3:].startswith(LANES.encode())}

    return spoiling(change)


# --- processes and business


def release_a_guarantee_twice() -> AbstractContextManager[None]:
    credit, seldom = rules.credit, Every(3)

    def generous(terms: Any, ledger: Any, held: Any) -> Any:
        credited, left = credit(terms, ledger, held)
        if held is not None and seldom:
            credited = structs.replace(credited, reserved=credited.reserved - held.amount)
        return credited, left

    return patched(rules, "credit", generous)


# --- evidence


def leave_a_tile_unwritten() -> AbstractContextManager[None]:
    seldom = Every(30)

    def change(tick: Overlay, batch: Batch) -> None:
        tiles = [k for k in batch.put if k[:1] == keys.AUDIT and k[3:4] == b"t"]
        if tiles and seldom:
            del batch.put[tiles[-1]]

    return spoiling(change)


def forget_to_subtract() -> AbstractContextManager[None]:
    """What an entry was before stays in the sum of the state."""
    before, seldom = flush._before, Every(20)

    def forgotten(tick: Overlay, batch: Batch, come: flush.Entries) -> flush.Entries:
        return [] if seldom else before(tick, batch, come)

    return patched(flush, "_before", forgotten)


def sign_a_log_that_forgets() -> AbstractContextManager[None]:
    """After a restart the log begins anew."""
    begin = AuditPort.begin

    def anew(self: Any) -> None:
        begin(self)
        self._state = self._next = type(self._state)()

    return patched(AuditPort, "begin", anew)


def use_a_salt_twice() -> AbstractContextManager[None]:
    return patched(Owner, "salt", lambda self: b"salt" * 4)


def leave_a_leaf_out() -> AbstractContextManager[None]:
    seldom, leaf = Every(50), Overlay.leaf

    def silent(self: Any, leaf_hash: bytes) -> int:
        number = leaf(self, leaf_hash)
        if seldom and len(self.leaves) > 1:
            self.leaves.pop()
        return number

    return patched(Overlay, "leaf", silent)


MUTATIONS = (
    Mutation("acknowledge before commit", "a receipt means that the message is on disk", acknowledge_before_commit),
    Mutation("commit without flush (synchronous=NORMAL)", "a commit survives a power cut", commit_without_flush),
    Mutation("number before commit: go on after a failed commit", "a failed commit ends its owner",
             go_on_after_a_failed_commit),
    Mutation("cache changed before commit", "what was not committed is forgotten", keep_the_cache_of_a_failed_commit),
    Mutation("skip the epoch", "a frozen former owner commits nothing", skip_the_epoch),
    Mutation("mix up receipts", "a receipt names its message", mix_up_receipts),
    Mutation("forget the known id", "a repeated message has no second effect", forget_the_known_id),
    Mutation("take other bytes for known", "a known id with other bytes is refused", take_other_bytes_for_known),
    Mutation("forget the promise", "a repeated message gets its first receipt", forget_the_promise),
    Mutation("reply without its record", "answer and record are committed together", reply_without_its_record),
    Mutation("drop an alias", "a case is found by each of its names", drop_an_alias),
    Mutation("keep an old index entry", "indexes agree with records", keep_an_old_index_entry),
    Mutation("forget the serial", "a number is issued once", forget_the_serial),
    Mutation("cursor one short", "a message is handled once", lambda: cursor(1)),
    Mutation("cursor many short", "a message is handled once", lambda: cursor(40)),
    Mutation("forget what was not handled", "an accepted message is handled", forget_what_was_not_handled),
    Mutation("forget the blocked case", "nothing overtakes after a restart", forget_the_blocked),
    Mutation("let a case overtake", "nothing overtakes what was set aside", let_a_case_overtake),
    Mutation("timer not armed after a restart", "a time limit is kept", leave_the_timer_unarmed),
    Mutation("timer left in its queue", "a timer fires once", leave_the_timer_in_its_queue),
    Mutation("sent without an inbox row", "what was sent can be collected", sent_without_an_inbox_row),
    Mutation("inbox row without what was sent", "positions are dense", inbox_row_without_what_was_sent),
    Mutation("cursor of an inbox one too far", "a cursor skips nothing", skip_one_in_the_inbox),
    Mutation("inbox answers from memory alone", "an inbox survives its process", answer_from_memory_without_the_store),
    Mutation("confirm what failed", "a delivery is confirmed when it arrived", confirm_what_failed),
    Mutation("go on behind a failed delivery", "a lane keeps its order", go_on_behind_a_failed_delivery),
    Mutation("answer in both partitions", "a message stands with its case", answer_in_both_partitions),
    Mutation("leave a message out of its timeline", "a timeline shows every message",
             leave_a_message_out_of_its_timeline),
    Mutation("count a lane anew", "places in a lane have no gaps", count_a_lane_anew),
    Mutation("confirm between partitions unseen", "partitions lose nothing to each other",
             confirm_between_partitions_unseen),
    Mutation("take before it is kept", "a collected message is kept before it is confirmed", take_before_it_is_kept),
    Mutation("delivery without a report", "each delivery is confirmed once", report_an_arrival_without_a_report),
    Mutation("release a guarantee twice", "guarantees conserve", release_a_guarantee_twice),
    Mutation("leave a tile unwritten", "the audit log is whole", leave_a_tile_unwritten),
    Mutation("forget to subtract", "the state is what ticks left", forget_to_subtract),
    Mutation("begin the log anew", "checkpoints extend each other", sign_a_log_that_forgets),
    Mutation("use a salt twice", "a leaf tells nothing of another", use_a_salt_twice),
    Mutation("leave a leaf out", "every message is in the audit log", leave_a_leaf_out),
    *mutations_of_admission.MUTATIONS,
    *mutations_of_the_way.MUTATIONS,
    *mutations_of_securities.MUTATIONS,
    *mutations_of_names.MUTATIONS,
)  # fmt: skip
