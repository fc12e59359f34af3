"""Deliveries: messages wait in lanes (channel and partner), each with one breaker and one next attempt.

A dead partner costs one attempt an interval, however many messages wait. What a partner took is confirmed in a tick; a
crash between its receipt and our commit sends it again, and the partner answers with its original receipt.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from douane.model.caller import INNER
from douane.runtime.core.commands import Confirm, Tried
from douane.runtime.core.node import Node
from douane.runtime.core.tick import Tick
from douane.runtime.core.wire import transmission_of
from douane.runtime.delivery.addressing import addressed_by
from douane.runtime.delivery.going import Going
from douane.runtime.delivery.inbox import was_changed
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause, all_set_aside, paused
from douane.runtime.store.envelope import SENT, SentRow, channel_of
from douane.runtime.store.ports import SECOND, Attempt, Clock, Instant, Log, Notice, Offered, Outcome, Reader, Transport
from douane.runtime.upkeep.beside import is_ending
from douane.vocabulary.errors import DouaneError, OurFault

BATCH: Final = 64
FIRST_PAUSE: Final[Instant] = SECOND
LONGEST_PAUSE: Final[Instant] = 60 * SECOND
SOON: Final[Instant] = SECOND // 10
"""When it is looked again for what another worker took: together for what it takes in the meantime."""
_TOO_LATE: Final = Attempt(Outcome.REFUSED, "its time to live ended before delivery")
_CHANGED: Final = Attempt(Outcome.FAILED, "it was changed in the store: see douane audit inspect")
IDLE: Final = 30.0  # seconds between two looks at the clock while no lane is due: a commit wakes at once


@dataclass(frozen=True, slots=True)
class Terms:
    """When a partner is tried: again after ``first``, doubled up to ``longest``; never at a moment it ``rests``.

    rests: the moment at which a rest ends that holds now; the moment itself where there is none.
    """

    first: Instant = FIRST_PAUSE
    longest: Instant = LONGEST_PAUSE
    rests: Callable[[Instant], Instant] = lambda now: now


def steady() -> Instant:
    """The loop's own time, which no correction of a clock moves."""
    return round(asyncio.get_running_loop().time() * SECOND)


INSIDE: Final = Terms(longest=FIRST_PAUSE)
"""Between partitions: no partner is spared by waiting longer."""


@dataclass(slots=True)
class Lane:
    """One lane: when it may be tried next, and how often it failed in a row."""

    name: str
    next_attempt: Instant = 0
    failures: int = 0
    waiting: bool = True
    attempts: int = 0
    busy: bool = False
    since: Instant = 0  # when its turn began, while it is busy
    roused: bool = False  # told within its turn that the other end may have taken something
    terms: Terms = Terms()
    going: Going = field(default_factory=Going)

    def failed(self, now: Instant, asked: Instant = 0) -> None:
        """Open the breaker for a while; each failure in a row doubles the pause. ``asked``: what a partner asks for."""
        self.failures += 1
        pause = max(self.terms.first << min(self.failures - 1, 20), asked)
        self.next_attempt = now + min(self.terms.longest, pause)

    def worked(self) -> None:
        """Close the breaker."""
        self.failures, self.next_attempt = 0, 0

    @property
    def channel(self) -> str:
        """Which transport carries it."""
        return channel_of(self.name)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An attempt that came to nothing.

    lane: its name. position: of the message it was about, 0 where the turn did not get as far. failures: of the lane,
    in a row. error: what a carrier or our own part raised, which neither should.
    """

    channel: str
    position: int
    failures: int
    error: BaseException | None = None
    lane: str = ""


def _raised(trouble: Trouble) -> None:
    """Where nobody listens, what was raised is not swallowed, but for a store that refuses."""
    if trouble.error is not None and not isinstance(trouble.error, OurFault):
        raise trouble.error


@dataclass(slots=True)
class Lanes:
    """Drives the lanes of a node, round-robin; each gets one batch a turn.

    told: hears of every attempt that came to nothing. back: hears that a lane carries again, after how many failures.
    outcomes: messages by channel and what became of an attempt. through: lanes that lead to other nodes, which pass on
    what is for parties outside.
    """

    node: Node
    reader: Reader
    clock: Clock
    transports: Mapping[str, Transport]
    terms: Mapping[str, Terms] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    pace: Callable[[], Instant] = steady
    """What pauses are measured by. Not the clock: one that was corrected backwards stands still until time has caught
    up, and every pause with it."""
    told: Callable[[Trouble], None] = _raised
    traced: Callable[[int, SentRow], str] = lambda _position, _row: ""
    """What a message that leaves says of its trace (W3C ``traceparent``); empty for nothing."""
    back: Callable[[str, int], None] = lambda _lane, _failures: None
    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    through: Collection[str] = ()
    paused: dict[str, Pause] = field(default_factory=dict)
    """Lanes that an operator let rest, as the partitions of the node keep it."""
    aside: set[int] = field(default_factory=set)
    """Messages that an operator keeps out of their lanes."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.node.moved.append(self._came)

    def _came(self, partition: int) -> None:
        """A partition came, or began anew after its store refused: find what waits in it. A turn in between saw nothing
        there, and only a new message would wake its lanes."""
        if partition not in self.node.away:
            self.recover()

    def watch(self, tick: Tick) -> None:
        """Learn from a tick which lanes have something new."""
        for _, row in tick.overlay.sent:
            if row.lane:
                self._lane(row.lane).waiting = True
                self._wake.set()

    def heard(self, notice: Notice) -> None:
        """Another process committed: look at the lanes it may have filled."""
        soon = self.pace() + SOON
        there = f"{INNER}{notice.partition}" if notice.concerns(keys.TAKEN) else ""
        for lane in self.lanes.values():
            if lane.name == there:  # it may have taken what waits here to be confirmed
                lane.waiting, lane.roused = True, lane.busy
                if not 0 < lane.next_attempt <= soon:  # what is due already is never put off
                    lane.next_attempt = soon
                self._wake.set()
            elif notice.concerns(keys.lane_mark(lane.name)):
                lane.waiting = True
                self._wake.set()

    def rouse(self) -> None:
        """Terms have changed: look at once at every lane that rests."""
        for lane in self.lanes.values():
            if not lane.failures:
                lane.next_attempt = 0
        self._wake.set()

    def recover(self) -> None:
        """Find the lanes that a former process left waiting in the partitions that are ours."""
        for owner in self.node.owners:
            if owner.ended:
                continue
            start = keys.LANE + keys.u16(owner.partition)
            end = keys.after(start)
            while rows := self.reader.scan(start, end, 1):
                name = rows[0][0][3:].split(b"\0", 1)[0]
                self._lane(name.decode()).waiting = True
                start = keys.after(keys.LANE + keys.u16(owner.partition) + name + b"\0")
        partitions = [each.partition for each in self.node.owners]
        self.paused, self.aside = paused(self.reader, partitions), all_set_aside(self.reader, partitions)
        self._wake.set()

    def pause(self, name: str, pause: Pause | None) -> None:
        """Let a lane rest from its next turn on, or go on now; what is so is kept by the store."""
        if pause is not None:
            self.paused[name] = pause
        else:
            self.paused.pop(name, None)
            self.hurry(name)

    def hurry(self, name: str) -> None:
        """Try a lane now, whenever it should have been tried."""
        lane = self._lane(name)
        lane.waiting, lane.next_attempt = True, 0
        self._wake.set()

    def _lane(self, name: str) -> Lane:
        found = self.lanes.get(name)
        if found is None:
            found = self.lanes[name] = Lane(name)
            found.terms = self._agreed(found)
        return found

    def _agreed(self, lane: Lane) -> Terms:
        usual = INSIDE if lane.name.startswith(INNER) else Terms()
        return self.terms.get(lane.name) or self.terms.get(lane.channel) or usual

    def agree(self, terms: Mapping[str, Terms]) -> None:
        """Go on by other terms."""
        self.terms = terms
        for lane in self.lanes.values():
            lane.terms = self._agreed(lane)
        self._wake.set()

    async def run(self) -> None:
        """Carry until cancelled."""
        while True:
            self._wake.clear()
            now = self.pace()
            for lane in self.lanes.values():
                if lane.waiting and not lane.busy and lane.next_attempt <= now:
                    lane.busy, lane.since = True, now
                    task = asyncio.create_task(self.turn(lane))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
            await self._pause(now)

    async def _pause(self, now: Instant) -> None:
        due = [lane.next_attempt for lane in self.lanes.values() if lane.waiting and not lane.busy]
        seconds = min([IDLE, *(max(0.01, (d - now) / SECOND) for d in due)])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def turn(self, lane: Lane) -> None:
        """One batch of a lane: send in order, confirm what was taken, stop at the first failure.

        While the node is held nothing leaves it; what its partitions send each other stays inside.
        """
        try:
            if self.node.held is not None and lane.channel != INNER:
                lane.next_attempt = self.pace() + FIRST_PAUSE
                return
            if lane.name in self.paused:
                lane.next_attempt = self.pace() + LONGEST_PAUSE  # whoever lets it go on, hurries it
                return
            now = self.clock.now()
            rest = lane.terms.rests(now)
            if rest > now:
                lane.next_attempt = self.pace() + min(rest - now, LONGEST_PAUSE)  # the rest may be cut short meanwhile
                return
            waiting = self._waiting(lane)
            lane.waiting = bool(waiting)
            if waiting:
                await self._send(lane, waiting)
        except Exception as problem:  # noqa: BLE001 - whatever it was: a lane goes on, and it is told
            # nothing could be committed: what was sent goes out again, and is known there by its id
            lane.failed(self.pace())
            self.told(Trouble(lane.channel, 0, lane.failures, problem, lane.name))
        finally:
            if lane.roused:  # the turn may have looked just before
                lane.waiting, lane.next_attempt = True, min(lane.next_attempt, self.pace() + SOON)
            lane.busy, lane.since, lane.roused = False, 0, False
            self._wake.set()

    def _waiting(self, lane: Lane) -> list[tuple[int, SentRow]]:
        found: list[int] = []
        for owner in self.node.owners:
            if owner.ended:
                continue
            prefix = keys.LANE + keys.u16(owner.partition) + keys.text(lane.name)
            rows = self.reader.scan(prefix, keys.after(prefix), BATCH + len(self.aside))
            places = (int.from_bytes(key[-8:], "big") for key, _ in rows)
            found += [each for each in places if each not in self.aside][:BATCH]
        sent = self.reader.read_log(Log.SENT, found)
        return [(p, SENT.read(raw)) for p, raw in zip(found, sent, strict=True) if raw is not None]

    async def _send(self, lane: Lane, waiting: list[tuple[int, SentRow]]) -> None:
        now = self.clock.now()
        fresh = [(p, row) for p, row in waiting if not row.expires or row.expires > now]
        late = {p for p, _ in waiting} - {p for p, _ in fresh}
        await self._confirm(lane, [(position, "expired", _TOO_LATE) for position in sorted(late)])
        if not fresh:
            return
        lane.attempts += 1
        partitions = [owner.partition for owner in self.node.owners]
        items = [
            (
                f"{p:x}",
                _headers(
                    row, self._answers(lane, partitions, row), self._trace(lane, p, row), self._named(lane, p, row)
                ),
                row.content.octets,
            )
            for p, row in takewhile(lambda each: not was_changed(each[1]), fresh)
        ]
        began = self.pace()
        attempts, raised = await self._carried(lane, items) if items else ([_CHANGED], None)
        ended = self.pace()
        answered: list[tuple[int, str, Attempt]] = []
        failed: Tried | None = None
        asked = 0
        for (position, _), attempt in zip(fresh, attempts, strict=False):
            if attempt.outcome is Outcome.FAILED:
                failed = Tried(lane.name, position, self.clock.now(), attempt.reason)
                asked = attempt.pause
                break
            answered.append((position, "arrived" if attempt.outcome is Outcome.ARRIVED else "exception", attempt))
        if answered:
            lane.going.last = self.clock.now()
            lane.going.carried(ended, len(answered), ended - began)
        await self._confirm(lane, answered)
        self.outcomes.update((lane.channel, each.outcome) for each in attempts[: len(answered) + (failed is not None)])
        if attempts and failed is None:
            if lane.failures and lane.channel != INNER:
                self.back(lane.name, lane.failures)
            lane.worked()
            return
        if lane.channel != INNER or raised is not None:  # a partition that another worker holds is no trouble
            position = failed.position if failed is not None else fresh[0][0]
            self.told(Trouble(lane.channel, position, lane.failures + 1, raised, lane.name))
        if failed is not None and lane.channel != INNER:
            await self.node.command(failed)
        lane.failed(self.pace(), asked)

    async def _carried(self, lane: Lane, items: Sequence[Offered]) -> tuple[list[Attempt], BaseException | None]:
        """What became of the items; whatever their carrier raises is a failed attempt of the first, and given too."""
        transport = self.transports.get(lane.channel)
        if transport is None:
            return [Attempt(Outcome.FAILED, f"nothing here carries {lane.channel[:40]}")], None
        try:
            return await transport.send(lane.name, items), None
        except asyncio.CancelledError as problem:
            if is_ending():
                raise
            return [Attempt(Outcome.FAILED, "the carrier gave up by itself")], problem
        except Exception as problem:  # noqa: BLE001 - as above
            said = problem.text if isinstance(problem, DouaneError) else type(problem).__name__
            return [Attempt(Outcome.FAILED, f"the carrier failed: {said}")], problem

    def _answers(self, lane: Lane, partitions: Sequence[int], row: SentRow) -> tuple[str, str]:
        """The transmission that a message answers, as its channel numbers them; empty for none."""
        if lane.channel == INNER:
            return "", ""
        return transmission_of(self.reader, partitions, row.party, row.correlation)

    def _named(self, lane: Lane, position: int, row: SentRow) -> str:
        """What a message names that is handed to another node: the message that it answers, or by which its party
        addressed this node in the case."""
        if row.correlation or lane.name not in self.through or not row.is_for_outside:
            return row.correlation
        return addressed_by(self.reader, position, row, self.node.owners[0].ports.behaviour.handlers)

    def _trace(self, lane: Lane, position: int, row: SentRow) -> str:
        return "" if lane.channel == INNER else self.traced(position, row)

    async def _confirm(self, lane: Lane, answered: Sequence[tuple[int, str, Attempt]]) -> None:
        """Keep what became of a batch, in one tick of each partition it came from."""
        now, attempts = self.clock.now(), lane.failures + 1
        commands = [
            Confirm(lane.name, position, state, now, attempt.reason, attempts, attempt.carried)
            for position, state, attempt in answered
        ]
        await asyncio.gather(*(self.node.command(each) for each in commands))


def _headers(row: SentRow, answers: tuple[str, str], trace: str, named: str) -> dict[str, str]:
    return {
        "answers": answers[0],
        "conversation": answers[1],
        "id": row.id,
        "type": row.type,
        "party": row.party,
        "correlation": named,
        "recipient": row.party if row.is_for_outside else "",
        "media": "json" if row.content.media == 1 else "xml",
        "administration": row.administration,
        "origin": row.passed_on_for,
        "sequence": str(row.sequence),
        "traceparent": trace,
    }
