"""The line of a link on virtual time: signs of life, silence, and patience."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from douane.model.circles import Platform
from douane.runtime.door.link import DirectLink
from douane.shared_services.link import door_end, frames
from douane.shared_services.link import translation as carried
from douane.shared_services.link.core_end import HELLO_SECONDS, SILENCE_SECONDS, CoreSessions
from douane.shared_services.link.door_end import ANSWER_SECONDS, BEAT_SECONDS, LONGEST_PAUSE, PATIENCE, RemoteLink
from douane.vocabulary.errors import CoreUnreachable
from tests.callers import reads
from tests.contracts import toy, virtual
from tests.contracts.test_link import CATALOGUE, Core

HOUR = 3600.0


class Wire(asyncio.Transport):
    """One end of a line without a socket: what is written comes to the other end in the loop's next turn."""

    def __init__(self, protocol: asyncio.Protocol) -> None:
        super().__init__()
        self.protocol, self.other = protocol, self
        self.silent = self.over = False
        """silent: what is written is lost on the way, and no end hears of it."""

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if not self.silent and not self.over:
            asyncio.get_running_loop().call_soon(self.other.protocol.data_received, bytes(data))

    def abort(self) -> None:
        if not self.over:
            self.over = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)
            if not self.silent:
                self.other.abort()

    def close(self) -> None:
        self.abort()

    def is_closing(self) -> bool:
        return self.over

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Everything is written at once."""


class Lines:
    """Lines to a core, made and cut as a test wants; ``tried`` says when a door asked for one."""

    def __init__(self, core: Core) -> None:
        self.core = core
        welcome = frames.Welcome(frames.VERSION, "core", (0,), (0,))
        self.sessions = CoreSessions(welcome=lambda: welcome, failed=core.problems.append)
        self.open = True
        self.tried: list[float] = []
        self.ends: list[Wire] = []

    async def connect(self, make: Callable[[], asyncio.Protocol]) -> tuple[Wire, asyncio.Protocol]:
        """Connect a door, where the core takes it."""
        self.tried.append(virtual.passed())
        if not self.open:
            raise ConnectionRefusedError
        session = self.sessions.session(lambda _transport, platform: DirectLink(platform, self.core.end))
        near, far = Wire(make()), Wire(session)
        near.other, far.other = far, near
        self.ends = [near, far]
        far.protocol.connection_made(far)
        near.protocol.connection_made(near)
        return near, near.protocol

    def silence(self, *, silent: bool = True) -> None:
        """Lose what either end says from now on, or no longer."""
        for end in self.ends:
            end.silent = silent

    @contextlib.asynccontextmanager
    async def linked(self) -> AsyncIterator[RemoteLink]:
        """A door's link over these lines."""
        link = RemoteLink(Platform.SPEED2, name="door", connect=self.connect, catalogue=CATALOGUE, clock=toy.Clock())
        running = asyncio.create_task(link.run())
        await asyncio.sleep(0.01)
        yield link
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    return Lines(Core(tmp_path))


# --- signs of life


def test_a_line_on_which_nobody_asks_anything_stays_up(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked() as link:
            await asyncio.sleep(HOUR)
            assert link.connected
            assert (len(lines.tried), lines.sessions.open) == (1, 1)

    virtual.run(journey())


def test_after_three_beats_without_a_sign_of_life_a_door_looks_for_the_core_anew(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked() as link:
            lines.silence()
            lines.open = False
            seen = []
            for seconds in (3 * BEAT_SECONDS, BEAT_SECONDS):  # the beat in which it was heard last is not over yet
                await asyncio.sleep(seconds)
                seen.append(link.connected)
            lines.open = True
            await asyncio.sleep(LONGEST_PAUSE)
            assert [*seen, link.connected] == [True, False, True]

    virtual.run(journey())


def test_a_line_that_falters_and_is_heard_again_is_kept(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked() as link:
            for _ in range(5):
                lines.silence()
                await asyncio.sleep(2 * BEAT_SECONDS)
                lines.silence(silent=False)
                await asyncio.sleep(BEAT_SECONDS)
            assert link.connected
            assert len(lines.tried) == 1

    virtual.run(journey())


def test_a_core_hangs_up_on_a_door_that_is_silent_for_long(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked():
            await asyncio.sleep(HOUR)
            lines.silence()
            lines.open = False
            await asyncio.sleep(SILENCE_SECONDS - 1)
            assert lines.sessions.open == 1
            await asyncio.sleep(SILENCE_SECONDS + 1)
            assert lines.sessions.open == 0

    virtual.run(journey())


def test_a_core_hangs_up_on_who_does_not_greet_however_lively(lines: Lines) -> None:
    async def journey() -> None:
        wire, _ = await lines.connect(asyncio.Protocol)
        for second in range(2 * round(HELLO_SECONDS)):
            await asyncio.sleep(1)
            assert lines.sessions.open == (second + 1 < HELLO_SECONDS)
            wire.write(frames.write(frames.Ping(second)))

    virtual.run(journey())


def test_what_a_door_waits_for_is_let_go_at_the_core_when_its_line_breaks(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked() as link:
            waiting = asyncio.create_task(link.collect(reads("T1"), "", 1, HOUR))
            await asyncio.sleep(0.01)
            (session,) = lines.sessions._sessions
            assert len(session.busy) == 1
            lines.ends[0].abort()
            await asyncio.sleep(0.01)
            assert session.busy == []
            await asyncio.sleep(1)
            (session,) = lines.sessions._sessions
            assert len(session.busy) == 1  # asked again on the next line
            waiting.cancel()

    virtual.run(journey())


# --- patience


def test_a_core_that_is_away_is_looked_for_ever_more_slowly_and_quickly_again_after_it_was_there(lines: Lines) -> None:
    async def journey() -> None:
        lines.open = False
        async with lines.linked():
            await asyncio.sleep(5)
            assert lines.tried == pytest.approx([0, 0.05, 0.15, 0.35, 0.75, 1.55, 2.55, 3.55, 4.55])
            lines.open = True
            await asyncio.sleep(1)
            assert len(lines.tried) == 10
            before = virtual.passed()
            lines.ends[1].abort()
            await asyncio.sleep(1)
            assert lines.tried[10:] == pytest.approx([before + door_end.FIRST_PAUSE])

    virtual.run(journey())


def test_a_request_waits_for_a_core_that_is_away_as_long_as_patience_lasts(lines: Lines) -> None:
    async def journey() -> None:
        lines.open = False
        async with lines.linked() as link:
            for _ in range(2):  # each for itself
                asked = virtual.passed()
                with pytest.raises(CoreUnreachable):
                    await link.collect(reads("T1"), "", 1, 0.0)
                assert virtual.passed() - asked == pytest.approx(PATIENCE)
            waiting = asyncio.create_task(link.collect(reads("T1"), "", 1, 0.0))
            await asyncio.sleep(PATIENCE / 2)
            lines.open = True
            assert await waiting == ([], "0")

    virtual.run(journey())


def test_a_request_whose_line_breaks_again_and_again_is_asked_again_for_a_while_altogether(lines: Lines) -> None:
    async def journey() -> None:
        async with lines.linked() as link:

            async def cut() -> None:
                while True:
                    await asyncio.sleep(0.4)
                    lines.ends[1].abort()

            cutting, asked = asyncio.create_task(cut()), virtual.passed()
            with pytest.raises(CoreUnreachable, match="broke before its answer"):
                await link._insist("collect", carried.packed((reads("T1"), "", 1, HOUR)), 2 * HOUR)
            assert PATIENCE < virtual.passed() - asked < 2 * PATIENCE
            cutting.cancel()

    virtual.run(journey())


def test_a_core_that_lives_but_does_not_answer_is_given_up_and_told_so(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def journey() -> None:
        async with lines.linked() as link:
            for session in lines.sessions._sessions:
                monkeypatch.setattr(session, "_answer", _never)
            asking = asyncio.create_task(link.collect(reads("T1"), "", 1, 0.0))
            await asyncio.sleep(ANSWER_SECONDS - 1)
            (session,) = lines.sessions._sessions
            assert len(session.busy) == 1
            await asyncio.sleep(1.1)
            assert session.busy == []  # nobody waits for it any more
            with pytest.raises(CoreUnreachable):
                await asking
            assert virtual.passed() == pytest.approx(ANSWER_SECONDS + PATIENCE, abs=0.1)
            assert link.connected

    virtual.run(journey())


async def _never(*_: Any) -> Any:
    await asyncio.sleep(HOUR)
