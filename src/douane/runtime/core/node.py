"""A node: the owners of its partitions driven on one event loop, and the link by which doors reach them.

One process, one loop, no threads: messages that arrive while the loop decodes are accepted together in the next ticks,
parties in turn; their receipts go out after the commit. Beyond the bound of waiting messages a door is told to come
back later.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from douane.runtime.catalogue.arrived import needs_reading, read
from douane.runtime.core.accept import home_partition, known_key, unnamed_home
from douane.runtime.core.admission import address_of
from douane.runtime.core.commands import Command
from douane.runtime.core.owner import PENDING_BOUND, Owner
from douane.runtime.core.relaying import HERE
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.hold import Hold
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Instant, Notice
from douane.runtime.store.records import CARRIED, carried_name
from douane.runtime.turns.arriving import Arriving, Coming
from douane.runtime.turns.fitting import Fitting
from douane.runtime.turns.lingering import Lingering
from douane.vocabulary.errors import (
    DeclarationFault,
    DouaneError,
    Elsewhere,
    LostOwnership,
    NewerRelease,
    NotFound,
    OurFault,
    Overloaded,
    StoreUnavailable,
)

WAITING_BOUND = 4_000
SOON: Final = 0.005
"""Seconds between two looks at whether what was due is handled."""
PAUSE = 1.0  # seconds until a partition is taken anew whose store refused
Ended = Callable[[BaseException], None]


@dataclass(slots=True, eq=False)
class _Waiting:
    arriving: Arriving
    commands: list[Command] = field(default_factory=list)
    done: list[asyncio.Future[None]] = field(default_factory=list)
    fitting: Fitting = field(default_factory=Fitting)

    @property
    def futures(self) -> list[asyncio.Future[Any]]:
        """Of everybody who waits here."""
        return [*(coming.receipt for coming in self.arriving), *self.done]


class Tenure(Protocol):
    """By which right a worker owns partitions that others may own too (``runtime.upkeep.tenancy``)."""

    def claim(self, partition: int) -> int:
        """A new epoch for a partition that is ours. Raises LostOwnership when it is not any more."""

    def lost(self, partition: int) -> None:
        """A commit was refused: somebody else has claimed the partition."""

    def leave(self, partition: int) -> None:
        """A later release wrote into the partition: hand it over and do not claim it again."""


@dataclass(slots=True)
class Counters:
    """What the operator's page shows of a node; read by the metrics."""

    ticks: int = 0
    accepted: int = 0
    refused: int = 0
    handled: int = 0
    tick_seconds: float = 0.0
    interrupted: int = 0  # how often a store refused and a partition had to be taken anew


class Node:
    """Drives owners. ``ended`` is told when a tick raises: the process should end and start anew.

    Where the store refuses (full disk, lost connection) the owner ends too, but the process goes on reading: intake
    answers StoreUnavailable until a new owner could begin from the store.

    ``owners`` stand for all partitions of the store. Where workers share them (``tenure``), those that are not ours are
    ``away``: they have ended, and what belongs to them is answered Elsewhere.
    """

    def __init__(self, owners: Sequence[Owner], *, ended: Ended, linger: float = 0.0, pause: float = PAUSE) -> None:
        self.owners = list(owners)
        self.counters = Counters()
        self._ended, self._pause = ended, pause
        self.lingering = Lingering(linger)
        self._places = {owner.partition: index for index, owner in enumerate(self.owners)}
        if len(self.owners) > 1 and any(o.ports.partitions != tuple(self._places) for o in self.owners):
            raise DeclarationFault("Every owner must know all partitions of its node, in the same order.")
        self._coming: dict[tuple[str, str], tuple[int, int]] = {}
        self._waiting = [_Waiting(Arriving(owner.partition)) for owner in owners]
        self._scheduled = [False] * len(owners)
        self._timers: list[asyncio.TimerHandle | None] = [None] * len(owners)
        self._committed: asyncio.Event = asyncio.Event()
        self._inboxes: dict[str, asyncio.Event] = {}
        self._stopped = False
        self._leaving = False
        self.watchers: list[Callable[[Tick], None]] = []
        self.tenure: Tenure | None = None
        self.away: set[int] = set()
        self.moved: list[Callable[[int], None]] = []  # told which partition came, went or began anew

    def stands(self) -> str:
        """How far the log of the first partition that this process owns is: its number and its leaves."""
        own = (each for each in self.owners if each.partition not in self.away)
        return next((f"{each.partition}:{each.state.leaf}" for each in own), "")

    # --- partitions that workers share

    def gain(self, partition: int, epoch: int) -> None:
        """Begin to own a partition under a claimed epoch. Raises StoreUnavailable when the store cannot be read."""
        index = self._places[partition]
        owner = Owner(partition, self.owners[index].ports)
        owner.begin(epoch)
        self.owners[index] = owner
        self.away.discard(partition)
        for told in self.moved:
            told(partition)
        self._schedule(index)

    def lose(self, partition: int) -> None:
        """Own a partition no more: what waits for it is told where it belongs; the others go on."""
        index = self._places[partition]
        self.owners[index].end()
        self.away.add(partition)
        waiting, self._waiting[index] = self._waiting[index], _Waiting(Arriving(partition))
        self._refuse(waiting.futures, Elsewhere(partition))
        timer, self._timers[index] = self._timers[index], None
        if timer is not None:
            timer.cancel()
        for told in self.moved:
            told(partition)

    # --- the link

    async def submit(self, arrival: Arrival) -> Receipt:
        """Accept a message: its receipt, once it is durable. Raises what acceptance refuses, or Overloaded."""
        if needs_reading(arrival):
            arrival = read(self.owners[0].ports.codecs, arrival)
        if len(self.owners) == 1:
            return await self._submit(arrival, 0)
        envelope = arrival.envelope
        name = (envelope.sender, envelope.id)
        index, coming = self._coming.get(name) or (self._index_for(arrival), 0)
        self._coming[name] = index, coming + 1
        try:
            return await self._submit(arrival, index)
        finally:
            index, coming = self._coming.pop(name)
            if coming > 1:
                self._coming[name] = index, coming - 1

    async def submit_to(self, partition: int, arrival: Arrival) -> Receipt:
        """Accept a message that another partition sent to this one."""
        if needs_reading(arrival):
            arrival = read(self.owners[0].ports.codecs, arrival)
        return await self._submit(arrival, self._places[partition])

    async def _submit(self, arrival: Arrival, index: int) -> Receipt:
        waiting, owner = self._waiting[index], self.owners[index]
        self._must_live(owner)
        if len(waiting.arriving) >= WAITING_BOUND or len(owner.pending) >= PENDING_BOUND:
            raise Overloaded("More messages wait than this node takes.", remedy="Send the same message again shortly.")
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        waiting.arriving.add(Coming(arrival, future), owner.ports.clock.now())
        self._schedule(index)
        return await future

    async def command(self, command: Command) -> None:
        """Perform a command in the next tick of the partition its position lies in; returns once it is durable."""
        index = self._places.get(keys.position_partition(command.position))
        if index is None:
            raise NotFound(f"Position {command.position:x} lies in no partition of this node.")
        self._must_live(self.owners[index])
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting[index]
        waiting.commands.append(command)
        waiting.done.append(future)
        self._schedule(index)
        await future

    def _must_live(self, owner: Owner) -> None:
        if self._stopped:
            raise Overloaded("This node is stopping.", remedy="Send the same message again in a few seconds.")
        if owner.ended and owner.partition in self.away:
            raise Elsewhere(owner.partition)
        if owner.ended:
            raise StoreUnavailable("The store cannot commit now.", remedy="Send the same message again in a while.")

    @property
    def held(self) -> Hold | None:
        """Why nothing may leave this node now; None as a rule."""
        return next((owner.held for owner in self.owners if owner.held is not None), None)

    async def changed(self, seconds: float, party: str = "") -> None:
        """Wait until something was committed (for a party: until something is in its inbox), at most so long."""
        event = self._inboxes.setdefault(party, asyncio.Event()) if party else self._committed
        if self._leaving:
            return
        # asyncio.timeout, not wait_for: the latter may lose a cancellation that comes together with the event
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()

    def heard(self, notice: Notice) -> None:
        """Another process committed: let go of those who wait here for what it may have filled."""
        for party in [p for p in self._inboxes if notice.concerns(keys.inbox_mark(p))]:
            self._inboxes.pop(party).set()
        event, self._committed = self._committed, asyncio.Event()
        event.set()

    def leave(self) -> None:
        """Let waiting inboxes answer now, so that doors need not wait for them when the node stops."""
        self._leaving = True
        for event in (self._committed, *self._inboxes.values()):
            event.set()

    # --- the loop

    def start(self) -> None:
        """Handle what a former owner left behind, and wake for timers; begin anew where the store refused to begin."""
        for index, owner in enumerate(self.owners):
            if owner.ended:
                asyncio.get_running_loop().call_later(self._pause, self._renew, index)
            else:
                self._schedule(index)

    async def settled(self) -> None:
        """Wait until every limit that has run out by now was handled, with all that followed from it.

        Partitions that others have, or that the store refuses, are not waited for.
        """
        ours = [owner for owner in self.owners if not owner.ended]
        now = max((owner.ports.clock.now() for owner in ours), default=0)
        while any(not owner.ended and (owner.pending or owner.next_timer <= now) for owner in ours):  # noqa: ASYNC110 - a tick tells nobody
            await asyncio.sleep(SOON)

    def look_at_limits(self) -> None:
        """Statutory time goes otherwise from now on: see at once which time limits have run out."""
        for index, owner in enumerate(self.owners):
            if not owner.ended:
                owner.next_timer = 0
                self._schedule(index)

    async def stop(self) -> None:
        """Take no more; let what was accepted finish; let go of timers."""
        self._stopped = True
        while coming := self._coming_to_an_end():
            await asyncio.wait(coming)
        for timer in self._timers:
            if timer is not None:
                timer.cancel()

    def _coming_to_an_end(self) -> list[asyncio.Future[Any]]:
        coming: list[asyncio.Future[Any]] = []
        for waiting in self._waiting:
            coming += waiting.futures
        return coming

    def _index_for(self, arrival: Arrival) -> int:
        """Which owner takes a message: who knows its id, who waits for it or knows what it answers, who has its case,
        else the alias's home."""
        envelope, partitions = arrival.envelope, tuple(self._places)
        read = self.owners[0].ports.store.read
        wanted = [known_key(p, envelope) for p in partitions]
        if envelope.origin.correlation:
            wanted += [keys.space(keys.EXPECT, p) + envelope.origin.correlation.encode() for p in partitions]
            if envelope.content.media is Media.JSON or envelope.relay_to:  # it stands with what it answers
                wanted += [keys.known_key(p, envelope.relay_to, envelope.origin.correlation) for p in partitions]
        if envelope.relay_to and envelope.about:
            name = carried_name(envelope.relay_to, envelope.about)
            wanted += [keys.alias_key(p, envelope.administration, CARRIED, name) for p in partitions]
        if envelope.origin.wire:
            wanted += [keys.wire_key(p, envelope.sender, envelope.origin.wire) for p in partitions]
        found = next((n for n, raw in enumerate(read(wanted)) if raw is not None), None)
        if found is not None:
            return found % len(partitions)
        handler = self.owners[0].ports.behaviour.handlers.get(envelope.operation)
        address = (
            address_of(handler.operation, arrival.message, envelope.origin.caller)
            if handler and arrival.message is not None
            else None
        )
        if address is None:
            together = handler is not None and handler.operation.together
            return self._places[unnamed_home(envelope, partitions, together=together)]
        _, kind, value = address
        whose = envelope.administration
        names = [keys.alias_key(p, whose, kind, value) for p in partitions]
        if self.owners[0].ports.router.providers(whose, envelope.operation)[:1] != (HERE,):  # the case may be carried
            party = envelope.origin.caller.party
            name = carried_name(party.name, value.removeprefix(f"{party.identifier}/"))
            names += [keys.alias_key(p, whose, CARRIED, name) for p in partitions]
        bound = read(names)
        home = self._places[home_partition(whose, kind, value, partitions)]
        return next((n % len(partitions) for n, raw in enumerate(bound) if raw is not None), home)

    def _schedule(self, index: int) -> None:
        if self._scheduled[index]:
            return
        self._scheduled[index] = True
        loop = asyncio.get_running_loop()
        owner = self.owners[index]
        wait = 0.0 if owner.pending else self.lingering.wait(owner.partition, loop.time())
        if wait:
            loop.call_later(wait, self._tick, index)
        else:
            loop.call_soon(self._tick, index)

    def _tick(self, index: int) -> None:
        """A tick; whatever fails around it ends its owner, too: nobody waits for a partition that stands still."""
        try:
            self._run_tick(index)
        except Exception as problem:  # noqa: BLE001 - whatever it was, this owner must not go on
            waiting, self._waiting[index] = self._waiting[index], _Waiting(Arriving(self.owners[index].partition))
            self._fail(index, waiting.futures, problem)

    def _run_tick(self, index: int) -> None:
        self._scheduled[index] = False
        owner, waiting = self.owners[index], self._waiting[index]
        if owner.ended:
            return
        most = waiting.fitting.most(len(waiting.arriving), len(owner.pending), owner.ports.budget)
        coming = waiting.arriving.take(owner.ports.clock.now(), most)
        commands, done = waiting.commands, waiting.done
        waiting.commands, waiting.done = [], []
        self.lingering.begins(owner.partition, coming, asyncio.get_running_loop().time())
        try:
            tick = Tick(owner)
            results = tick.run([each.arrival for each in coming], commands)
        except BaseException as problem:  # noqa: BLE001 - whatever it was, this owner must not go on
            self._waiting[index] = _Waiting(Arriving(owner.partition))
            self._fail(index, [*(each.receipt for each in coming), *done, *waiting.futures], problem)
            return
        self._answer(waiting.arriving, coming, results)
        waiting.arriving.handled(keys.log_position(owner.partition, owner.state.cursor))
        for told in done:
            if not told.done():
                told.set_result(None)
        self._count(tick, results)
        waiting.fitting.took(len(coming), tick.overlay.handled, owner.ports.clock.now() - tick.overlay.started)
        for watch in self.watchers:
            watch(tick)
        for _, row in tick.overlay.sent:
            waiting_inbox = self._inboxes.pop(row.party, None)
            if waiting_inbox is not None:
                waiting_inbox.set()
        event, self._committed = self._committed, asyncio.Event()
        event.set()
        now = owner.ports.clock.now()
        if owner.pending or waiting.commands or waiting.arriving.next(now) <= now:
            self._schedule(index)
        else:
            self._wake(index)

    @staticmethod
    def _answer(arriving: Arriving, coming: Sequence[Coming], results: Sequence[Receipt | DouaneError]) -> None:
        """Give everybody the receipt or the refusal."""
        for each, result in zip(coming, results, strict=True):
            if isinstance(result, Receipt):
                arriving.accepted(each, result.position)
            if each.receipt.done():
                continue
            if isinstance(result, DouaneError):
                each.receipt.set_exception(result)
            else:
                each.receipt.set_result(result)

    def _fail(self, index: int, waiting: Sequence[asyncio.Future[Any]], problem: BaseException) -> None:
        self.owners[index].end()
        partition = self.owners[index].partition
        if isinstance(problem, LostOwnership) and self.tenure is not None:
            self._refuse(waiting, Elsewhere(partition))
            self.tenure.lost(partition)
            return
        if isinstance(problem, NewerRelease) and self.tenure is not None:
            self._refuse(waiting, Elsewhere(partition))
            self.tenure.leave(partition)
            return
        known = isinstance(problem, DouaneError)
        self._refuse(waiting, problem if known else OurFault("The node failed; nothing was acknowledged."))
        if isinstance(problem, StoreUnavailable):
            self.counters.interrupted += 1
            asyncio.get_running_loop().call_later(self._pause, self._renew, index)
        else:
            self._ended(problem)

    def _refuse(self, waiting: Sequence[asyncio.Future[Any]], error: BaseException) -> None:
        for future in waiting:
            if not future.done():
                future.set_exception(error)

    def _renew(self, index: int) -> None:
        """Begin from the store what its refusal ended."""
        former = self.owners[index]
        if self._stopped or not former.ended or former.partition in self.away:
            return
        owner = Owner(former.partition, former.ports)
        try:
            owner.begin(self.tenure.claim(owner.partition) if self.tenure is not None else None)
        except StoreUnavailable:
            asyncio.get_running_loop().call_later(self._pause, self._renew, index)
        except LostOwnership:
            self.lose(former.partition)
        except BaseException as problem:  # noqa: BLE001 - as in a tick
            if isinstance(problem, NewerRelease) and self.tenure is not None:
                self.tenure.leave(former.partition)
            else:
                self._ended(problem)
        else:
            self.owners[index] = owner
            for told in self.moved:
                told(owner.partition)
            self._schedule(index)

    def _count(self, tick: Tick, results: list[Any]) -> None:
        counters, seconds = self.counters, (tick.owner.ports.clock.now() - tick.overlay.started) / SECOND
        refused = sum(isinstance(r, DouaneError) for r in results)
        counters.ticks += 1
        counters.refused += refused
        counters.accepted += len(results) - refused
        counters.handled += tick.overlay.handled
        counters.tick_seconds += seconds

    def _wake(self, index: int) -> None:
        """Tick again when the next timer is due, or who rests has rested."""
        timer = self._timers[index]
        if timer is not None:
            timer.cancel()
            self._timers[index] = None
        now = self.owners[index].ports.clock.now()
        due: Instant = min(self.owners[index].next_timer, self._waiting[index].arriving.next(now))
        if due < 1 << 61:
            delay = max(0.001, (due - now) / SECOND)
            self._timers[index] = asyncio.get_running_loop().call_later(min(delay, 3600.0), self._schedule, index)


Submit = Callable[[Arrival], Awaitable[Receipt]]
