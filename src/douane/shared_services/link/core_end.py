"""The core's end of links from other processes: one session a connection, each bound to the platform it proved.

A session answers requests in whatever order they are done. It holds at most so many at once and stops reading while
its own answers are not taken, so a door that floods or stalls costs a bounded amount of memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from douane.model.circles import Platform
from douane.runtime.core.owner import CLOCKS_DIFFER
from douane.runtime.door.link import DirectLink
from douane.runtime.store.ports import SECOND, Instant
from douane.shared_services.link import translation as carried
from douane.shared_services.link.end import End
from douane.shared_services.link.frames import (
    LARGEST,
    VERSION,
    Answer,
    Cancel,
    Frame,
    FrameReader,
    Hello,
    Leaving,
    Ping,
    Pong,
    Request,
    Welcome,
)
from douane.vocabulary.errors import ClocksDiffer, DouaneError, LinkViolation, OurFault, Overloaded, WrongCircle

AT_ONCE: Final = 8_000
"""Requests of one link that may wait for their answers, waiting inboxes included."""
BYTES_AT_ONCE: Final = 64 * 1024 * 1024
"""Bytes of these requests, together: what a door that was taken over can make the core hold."""
HELLO_SECONDS: Final = 5.0
SILENCE_SECONDS: Final = 15.0
"""A door speaks at least every few seconds; one that is silent for longer is gone, its line cut without a word."""
Admit = Callable[[asyncio.BaseTransport, Platform], DirectLink]
"""The link of a platform for the other end of this connection. Raises WrongCircle when it may not speak for it."""


Counted = Callable[[Platform, Sequence[carried.Figure]], None]
"""Takes over what the doors of a platform counted. Raises LinkViolation for what they cannot have."""


def nowhere(_platform: Platform, _figures: Sequence[carried.Figure]) -> None:
    """Count nothing."""


class Session(End):
    """One connection of one door."""

    def __init__(
        self, *, admit: Admit, welcome: Callable[[], Welcome], sessions: set[Session],
        failed: Callable[[BaseException], None], counted: Counted = nowhere, stood: Callable[[], float] = float,
    ) -> None:  # fmt: skip
        super().__init__()
        self._counted, self._stood = counted, stood
        self._admit, self._welcome, self._sessions, self._failed = admit, welcome, sessions, failed
        self._reader = FrameReader()
        self._link: DirectLink | None = None
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._heard = True

    # --- the connection

    @property
    def platform(self) -> Platform | None:
        """For which platform it proved to speak; None before it said anything."""
        return self._link.platform if self._link is not None else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first frame, but not for long."""
        super().connection_made(transport)
        self._sessions.add(self)
        self._watch(HELLO_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Nobody waits for answers any more; what was accepted is accepted."""
        self._sessions.discard(self)
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()
        for task in list(self._tasks.values()):
            task.cancel()

    def data_received(self, data: bytes) -> None:
        """Frames as they come; what is none of the link ends the connection."""
        self._heard = True
        try:
            for frame in self._reader.feed(data):
                self._take(frame)
        except DouaneError as problem:
            self._end(problem)

    def pause_writing(self) -> None:
        """Answers are not taken: read no more requests until they are."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on."""
        if self._transport is not None:
            self._transport.resume_reading()

    def leave(self) -> None:
        """Tell the door to ask no more; what it asked is answered."""
        self._send(Leaving())

    def announce(self) -> None:
        """Tell the door anew which partitions are here."""
        if self._link is not None:
            self._send(self._welcome())

    def review(self) -> None:
        """Hang up where the other end may not hold this link any more."""
        if self._link is not None and self._transport is not None:
            try:
                self._admit(self._transport, self._link.platform)
            except DouaneError as problem:
                self._end(problem)

    @property
    def busy(self) -> list[asyncio.Task[None]]:
        """What is still being worked on."""
        return list(self._tasks.values())

    def close(self) -> None:
        """Send what is kept, then hang up."""
        self._flush()
        if self._transport is not None:
            self._transport.close()

    def _watch(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._check)

    def _check(self) -> None:
        if self._transport is None:
            return
        if not self._heard or self._link is None:
            self._transport.abort()
            return
        self._heard = False
        self._watch(SILENCE_SECONDS)

    def _end(self, problem: DouaneError) -> None:
        self._send(carried.failure(0, problem))
        self.close()

    # --- frames

    def _take(self, frame: Frame) -> None:
        match frame:
            case Hello() if self._link is None:
                self._greet(frame)
            case Request() if self._link is not None:
                self._begin(frame, self._link)
            case Cancel():
                task = self._tasks.get(frame.id)
                if task is not None:
                    task.cancel()
            case Ping():
                self._send(Pong(frame.id))
            case _:
                raise LinkViolation(f"A door does not send {type(frame).__name__} now.")

    def _greet(self, hello: Hello) -> None:
        assert self._transport is not None
        if hello.version != VERSION:
            raise LinkViolation(f"The door speaks version {hello.version} of the link, the core {VERSION}.",
                                remedy="Run the same release at both ends.")  # fmt: skip
        try:
            platform = Platform(hello.platform)
        except ValueError as problem:
            raise WrongCircle(f"There is no platform {hello.platform[:40]!r}.") from problem
        link = self._admit(self._transport, platform)
        self._compare(hello, link.core.clock.now())
        self._link = link
        self._reader.largest = LARGEST
        self._send(self._welcome())

    def _compare(self, hello: Hello, now: Instant) -> None:
        """Raise, and tell the operator, where the clock of a door is not that of the core: it dates what it takes.

        A greeting that lay unread while this core stood still says nothing of clocks: the door greets it again.
        """
        if abs(hello.now - now) <= CLOCKS_DIFFER:
            return
        if 0 < now - hello.now <= CLOCKS_DIFFER + round(self._stood() * SECOND):
            raise Overloaded("The core stood still when the door greeted it.", remedy="The door tries again by itself.")
        problem = ClocksDiffer(
            f"The clock of the door {hello.name[:40]!r} of {hello.platform[:40]} differs from that of the core by "
            f"{(hello.now - now) / SECOND:+,.1f} s.",
            remedy="Set both by the same source of time; the link opens by itself then.",
        )
        self._failed(problem)
        raise problem

    def _begin(self, request: Request, link: DirectLink) -> None:
        if request.id in self._tasks:
            raise LinkViolation(f"Request {request.id} was sent twice.")
        size = memoryview(request.content).nbytes
        if len(self._tasks) >= AT_ONCE or (self._tasks and self._bytes + size > BYTES_AT_ONCE):
            busy = Overloaded("Too many requests of this door are being worked on.", remedy="Try again shortly.")
            self._send(carried.failure(request.id, busy))
            return
        self._bytes += size
        self._tasks[request.id] = asyncio.get_running_loop().create_task(self._serve(request, link, size))

    async def _serve(self, request: Request, link: DirectLink, size: int) -> None:
        try:
            answer = await self._answer(request, link)
            self._send(Answer(request.id, answer))
        except DouaneError as problem:
            self._send(carried.failure(request.id, problem))
        except asyncio.CancelledError:
            pass  # nobody waits for it
        except Exception as problem:  # noqa: BLE001 - one request must not end the link of all others
            self._failed(problem)
            self._send(carried.failure(request.id, OurFault("The core failed.", remedy="Try again later.")))
        finally:
            self._bytes -= size
            self._tasks.pop(request.id, None)

    async def _answer(self, request: Request, link: DirectLink) -> msgspec.Raw:
        match request.method:
            case carried.SUBMIT:
                return carried.packed(await link.submit(carried.read_arrival(request.content)))
            case carried.COLLECT:
                reader, cursor, limit, wait = carried.read_collect(request.content)
                return carried.page(*await link.collect(reader, cursor, limit, wait))
            case carried.ACKNOWLEDGE:
                await link.acknowledge(*carried.read_acknowledge(request.content))
                return carried.packed(None)
            case carried.CLAIM:
                return carried.packed(await link.claim(*carried.read_claim(request.content)))
            case carried.NOTE:
                await link.note(*carried.read_note(request.content))
                return carried.packed(None)
            case carried.NOTED:
                return carried.packed(await link.noted(carried.read_item(request.content)))
            case carried.STATUS:
                return carried.packed(await link.status(*carried.read_asked_status(request.content)))
            case carried.CAME_IN:
                await link.came_in(*carried.read_came_in(request.content))
                return carried.packed(None)
            case carried.PUBLISHED:
                return carried.packed(await link.published(carried.read_item(request.content)))
            case carried.APPROVED:
                return carried.packed(await link.approved())
            case carried.HANDED:
                return carried.packed(await link.handed(*carried.read_asked_file(request.content)))
            case carried.SEALING:
                return carried.packed(await link.sealing())
            case carried.COUNTED:
                self._counted(link.platform, carried.read_counted(request.content))
                return carried.packed(None)
            case carried.ASK:
                return carried.packed(await link.ask(carried.read_question(request.content, link.core.catalogue)))
            case _:
                raise LinkViolation(f"The core does nothing called {request.method[:40]!r}.")


class CoreSessions:
    """Every link to a core, and how they end."""

    def __init__(
        self, *, welcome: Callable[[], Welcome], failed: Callable[[BaseException], None], counted: Counted = nowhere,
        stood: Callable[[], float] = float,
    ) -> None:  # fmt: skip
        """stood: for how many seconds the loop of this core stood still lately."""
        self._welcome, self._failed, self._counted, self._stood = welcome, failed, counted, stood
        self._sessions: set[Session] = set()

    def session(self, admit: Admit) -> Session:
        """The protocol of a new connection."""
        return Session(
            admit=admit, welcome=self._welcome, sessions=self._sessions, failed=self._failed, counted=self._counted,
            stood=self._stood,
        )  # fmt: skip

    def announce(self) -> None:
        """Tell every door which partitions are here now."""
        for session in self._sessions:
            session.announce()

    def review(self) -> None:
        """Judge every link anew: the register or a revocation list has changed."""
        for session in list(self._sessions):
            session.review()

    @property
    def open(self) -> int:
        """How many links there are."""
        return len(self._sessions)

    @property
    def platforms(self) -> frozenset[Platform]:
        """The platforms of which a door is linked."""
        return frozenset(each.platform for each in self._sessions if each.platform is not None)

    async def stop(self, seconds: float = 5.0) -> None:
        """Take no new requests, answer what was asked, hang up."""
        for session in self._sessions:
            session.leave()
        busy = [task for session in self._sessions for task in session.busy]
        if busy:
            await asyncio.wait(busy, timeout=seconds)
        for session in list(self._sessions):
            session.close()
