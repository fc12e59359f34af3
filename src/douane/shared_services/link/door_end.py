"""The door's end of a link to a core in another process or on another host.

It connects again whenever the line breaks. A request whose line broke is asked again for a while: every request of a
link may be asked twice, because the core answers a known message with its original receipt. After that the caller is
told that the outcome is not known, and sends the same message again later.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, cast

import msgspec

from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.link import Published, Question, Reader
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.ports import Clock, Instant
from douane.shared_services.link import translation as carried
from douane.shared_services.link.end import End
from douane.shared_services.link.frames import (
    LARGEST,
    VERSION,
    Answer,
    Cancel,
    Failure,
    Frame,
    FrameReader,
    Hello,
    Leaving,
    Ping,
    Pong,
    Request,
    Welcome,
)
from douane.vocabulary.errors import CoreUnreachable, DouaneError, LinkViolation, Overloaded

AT_ONCE: Final = 4_000
"""Requests that may wait for their answers; beyond it callers are told to come back later."""
PATIENCE: Final = 3.0
"""Seconds for which a request waits for a core that is away, the whole time together."""
ANSWER_SECONDS: Final = 30.0
CONNECT_SECONDS: Final = 4.0
"""For a connection; beyond it a fresh attempt is better than a lost packet's ever longer pauses."""
BEAT_SECONDS: Final = 1.5
"""How often a link asks whether the core is there; after three beats of silence the line counts as cut."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
Connect = Callable[[Callable[[], asyncio.Protocol]], Awaitable[tuple[asyncio.BaseTransport, asyncio.BaseProtocol]]]
"""Opens a connection to the core for a protocol. Raises OSError."""
RETRY = "Send the same message again under the same identification: it takes effect once."


class Line(End):
    """One connection to the core, from its greeting to its end."""

    def __init__(self, hello: Callable[[], Hello]) -> None:
        super().__init__()
        self._hello = hello
        self._reader = FrameReader(LARGEST)
        self._asked: dict[int, asyncio.Future[msgspec.Raw]] = {}
        self._count = 0
        self._heard = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._writable = asyncio.Event()
        self._writable.set()
        self.welcome: asyncio.Future[Welcome] = loop.create_future()
        self.lost: asyncio.Future[None] = loop.create_future()
        self.leaving = False
        self.owned: tuple[int, ...] = ()
        self.partitions: tuple[int, ...] = ()
        self.hosts: tuple[tuple[str, str, int], ...] = ()

    # --- the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say who is there."""
        super().connection_made(transport)
        cast("asyncio.Transport", transport).set_write_buffer_limits(high=4 * 1024 * 1024)
        self._send(self._hello())

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Everything asked and not answered has an unknown outcome."""
        self._transport = None
        self._fail(CoreUnreachable("The link to the core broke before its answer.", remedy=RETRY))

    def data_received(self, data: bytes) -> None:
        """Answers as they come."""
        self._heard.set()
        try:
            for frame in self._reader.feed(data):
                self._take(frame)
        except LinkViolation as problem:
            self._fail(problem)
            self.abort()

    def pause_writing(self) -> None:
        """The core does not read: send no more for now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Go on."""
        self._writable.set()

    def abort(self) -> None:
        """Cut the line."""
        if self._transport is not None:
            self._transport.abort()

    async def beat(self) -> None:
        """Ask for a sign of life as long as the line lasts; cut it after three beats without one."""
        missed = 0
        while not self.lost.done():
            self._heard.clear()
            self._send(Ping(0))
            await asyncio.sleep(BEAT_SECONDS)
            missed = 0 if self._heard.is_set() else missed + 1
            if missed >= 3:
                self.abort()
                return

    def _fail(self, problem: DouaneError) -> None:
        asked, self._asked = self._asked, {}
        for future in asked.values():
            if not future.done():
                future.set_exception(type(problem)(problem.text, remedy=problem.remedy))
        if not self.welcome.done():
            self.welcome.set_exception(problem)
        if not self.lost.done():
            self.lost.set_result(None)
        self._writable.set()

    # --- frames

    def _take(self, frame: Frame) -> None:
        match frame:
            case Answer():
                future = self._asked.pop(frame.id, None)
                if future is not None and not future.done():
                    future.set_result(frame.content)
            case Failure(id=0):
                self._fail(carried.error_of(frame))
            case Failure():
                future = self._asked.pop(frame.id, None)
                if future is not None and not future.done():
                    future.set_exception(carried.error_of(frame))
            case Welcome():
                self.owned, self.partitions, self.hosts = frame.owned, frame.partitions, frame.hosts
                if not self.welcome.done():
                    self.welcome.set_result(frame)
            case Leaving():
                self.leaving = True
            case Pong():
                pass
            case _:
                raise LinkViolation(f"A core does not send {type(frame).__name__} now.")

    async def ask(self, method: str, content: msgspec.Raw, seconds: float) -> msgspec.Raw:
        """The content of the answer. Raises what the core refuses, CoreUnreachable when the line breaks first."""
        if len(self._asked) >= AT_ONCE:
            raise Overloaded("More requests wait than this door holds.", remedy="Send the same message again shortly.")
        if not self._writable.is_set():
            await self._writable.wait()
        if self.lost.done() or self.leaving:
            raise CoreUnreachable("The link to the core is down.", remedy=RETRY)
        self._count = number = self._count + 1
        future: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._asked[number] = future
        self._send(Request(number, method, content))
        try:
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError as late:
            self._send(Cancel(number))
            raise CoreUnreachable(f"The core did not answer within {seconds:g} s.", remedy=RETRY) from late
        except asyncio.CancelledError:
            self._send(Cancel(number))
            raise
        finally:
            self._asked.pop(number, None)


class RemoteLink:
    """The link of a door to one core, over one connection at a time. ``run`` keeps it up until cancelled."""

    def __init__(
        self, platform: Platform, *, name: str, connect: Connect, catalogue: Catalogue, clock: Clock,
        patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self.platform = platform
        self._name, self._clock = name, clock
        self._connect, self._catalogue, self._patience = connect, catalogue, patience
        self._line: Line | None = None
        self._changed: asyncio.Future[None] | None = None
        self._waiting: set[asyncio.Timeout] = set()
        self._leaving = False
        self._seen = -math.inf
        self.problem: DouaneError | None = None
        """Why there is no line, where the core refused one."""

    def _hello(self) -> Hello:
        return Hello(VERSION, self.platform.value, self._name, self._clock.now())

    # --- the port

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope over; its receipt once it is durable."""
        return carried.read_receipt(await self._insist(carried.SUBMIT, carried.arrival(arrival), ANSWER_SECONDS))

    async def ask(self, question: Question) -> Any:
        """The typed answer to a query."""
        content = await self._insist(carried.ASK, carried.question(question), ANSWER_SECONDS)
        return carried.read_answer(content, self._catalogue, question.operation)

    async def collect(self, reader: Reader, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """A page of an inbox or feed; an empty one at once when this door leaves."""
        content = carried.packed((reader, cursor, limit, 0.0 if self._leaving else float(wait)))
        if not wait or self._leaving:
            return carried.read_page(await self._insist(carried.COLLECT, content, ANSWER_SECONDS))
        waiting = asyncio.timeout(None)
        self._waiting.add(waiting)
        try:
            async with waiting:
                return carried.read_page(await self._insist(carried.COLLECT, content, ANSWER_SECONDS + wait))
        except TimeoutError:
            return [], cursor
        finally:
            self._waiting.discard(waiting)

    def leave(self) -> None:
        """Let waiting inboxes answer now, so that nobody need wait for them when the door stops."""
        self._leaving = True
        for waiting in self._waiting:
            waiting.reschedule(asyncio.get_running_loop().time())

    async def acknowledge(self, reader: Reader, item: str, channel: str) -> None:
        """Take a message out of an inbox."""
        await self._insist(carried.ACKNOWLEDGE, carried.packed((reader, item, channel)), ANSWER_SECONDS)

    async def claim(self, reader: Reader, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first of these messages that nobody has claimed."""
        content = carried.packed((reader, list(items), seconds))
        return carried.read_claimed(await self._insist(carried.CLAIM, content, ANSWER_SECONDS))

    async def note(self, reader: Reader, item: str, note: bytes) -> None:
        """Remember something with a claim; an empty note gives the claim up."""
        await self._insist(carried.NOTE, carried.packed((reader, item, note)), ANSWER_SECONDS)

    async def status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        """What became of a message that the reader sent."""
        content = carried.packed((reader, item, after, limit))
        return carried.read_status(await self._insist(carried.STATUS, content, ANSWER_SECONDS))

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of the claim on a message and what was noted with it."""
        return carried.read_noted(await self._insist(carried.NOTED, carried.packed(item), ANSWER_SECONDS))

    async def came_in(self, caller: Caller, address: str) -> None:
        """Tell the audit log who came in by pages, and from where."""
        await self._insist(carried.CAME_IN, carried.packed((caller, address)), ANSWER_SECONDS)

    async def published(self, number: str) -> Published:
        """Which code lists are published, and one of them."""
        return carried.read_published(await self._insist(carried.PUBLISHED, carried.packed(number), ANSWER_SECONDS))

    async def approved(self) -> Mapping[str, tuple[str, ...]]:
        """The digests of followed files that hold."""
        return carried.read_approved(await self._insist(carried.APPROVED, carried.packed(None), ANSWER_SECONDS))

    async def handed(self, name: str, digest: str) -> bytes:
        """The octets of a followed file that hold."""
        asked = carried.packed((name, digest))
        return carried.read_handed(await self._insist(carried.HANDED, asked, ANSWER_SECONDS))

    async def sealing(self) -> tuple[bytes, ...]:
        """The keys of what sign-ins are sealed by."""
        return carried.read_sealing(await self._insist(carried.SEALING, carried.packed(None), ANSWER_SECONDS))

    async def count(self, figures: Sequence[carried.Figure]) -> None:
        """Tell the core whom this door refused."""
        await self._insist(carried.COUNTED, carried.packed(list(figures)), ANSWER_SECONDS)

    # --- the line

    @property
    def connected(self) -> bool:
        """Whether the core is there now."""
        return self._line is not None

    @property
    def away(self) -> float:
        """For how many seconds the core has been away: 0 while it is there, without end before it came."""
        return 0.0 if self.connected else asyncio.get_running_loop().time() - self._seen

    @property
    def owned(self) -> tuple[int, ...]:
        """The partitions that the core at the other end owns, as it said last; none while it is away."""
        return self._line.owned if self._line is not None and not self._line.leaving else ()

    @property
    def partitions(self) -> tuple[int, ...]:
        """All partitions that there are; empty while the core is away."""
        return self._line.partitions if self._line is not None else ()

    def speaks(self, host: str, guest: str, at: Instant) -> bool:
        """Whether the system of an administration serves, or served, another one, as the core said last."""
        known = self._line.hosts if self._line is not None else ()
        return any((each[0], each[1]) == (host, guest) and each[2] <= at for each in known)

    async def run(self) -> None:
        """Connect, and again whenever the line is lost, until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._once()
                pause = FIRST_PAUSE
            except DouaneError as problem:
                self.problem = problem
            except OSError:
                pass
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _once(self) -> None:
        """One line from its beginning to its end."""
        async with asyncio.timeout(CONNECT_SECONDS):
            _, line = await self._connect(lambda: Line(self._hello))
        assert isinstance(line, Line)
        beat = asyncio.create_task(line.beat())
        try:
            await line.welcome
            self._line, self.problem = line, None
            if self._changed is not None:
                self._changed.set_result(None)
                self._changed = None
            await line.lost
        finally:
            if self._line is not None:
                self._line, self._seen = None, asyncio.get_running_loop().time()
            beat.cancel()
            line.abort()

    async def _insist(self, method: str, content: msgspec.Raw, seconds: float) -> msgspec.Raw:
        """Ask; where the line breaks, ask again on the next one as long as patience lasts."""
        loop = asyncio.get_running_loop()
        until, broken = 0.0, None
        while True:
            line = self._line
            if line is None or line is broken:
                until = until or loop.time() + self._patience
                await self._another(broken, until)
                continue
            try:
                return await line.ask(method, content, seconds)
            except CoreUnreachable:
                broken = line
                if until and loop.time() > until:
                    raise

    async def _another(self, broken: Line | None, until: float) -> None:
        """Wait for a line that is not the broken one. Raises CoreUnreachable when none comes in time."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(until):
                while self._line is None or self._line is broken:
                    self._changed = self._changed or loop.create_future()
                    await asyncio.shield(self._changed)
        except TimeoutError as late:
            raise CoreUnreachable("The core cannot be reached now.", remedy=RETRY) from late
