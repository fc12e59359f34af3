"""Trust is read whatever else waits, and a process says when it is not."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from douane.platforms.uumds.entry import Known
from douane.runtime.turns.pools import POOLS, Purpose, beside
from douane.shared_services.logging.line import file_of
from douane.trust import following, known
from douane.trust.following import Followed
from douane.trust.known import KnownClients
from douane.trust.revoking import REASONS, revoke
from douane.vocabulary.errors import Overloaded
from tests.journeys.standing import identity_in


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(following, "monotonic", made)
    monkeypatch.setattr(known, "monotonic", made)
    return made


def unexpected(problem: BaseException) -> None:
    raise problem


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what is waited for comes without an event
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def all_busy(but: Purpose) -> AsyncIterator[None]:
    """Every thread of every other purpose waits, and so does all that it takes."""
    gate, jobs = threading.Event(), list[asyncio.Task[object]]()
    others = [each for each in Purpose if each is not but]

    def more(each: Purpose, number: int) -> None:
        jobs.extend(asyncio.create_task(beside(each, gate.wait, 30)) for _ in range(number))

    try:
        for each in others:
            more(each, POOLS[each].bound.threads)
        await until(lambda: all(POOLS[each].busy == POOLS[each].bound.threads for each in others))
        for each in others:
            more(each, POOLS[each].bound.waiting)
        await until(lambda: all(POOLS[each].waiting == POOLS[each].bound.waiting for each in others))
        yield
    finally:
        gate.set()
        await asyncio.gather(*jobs)


def test_a_revocation_is_followed_while_every_other_thread_waits(tmp_path: Path) -> None:
    identity = identity_in(tmp_path)

    async def main() -> None:
        made, told = KnownClients(identity), list[Known]()
        made.follow(told.append)
        async with all_busy(but=Purpose.TRUST):
            with pytest.raises(Overloaded):
                await beside(Purpose.SECRETS, len, ())
            watching = asyncio.create_task(made.watch(unexpected, swapped=lambda _files: None))
            now = time.time_ns() // 1000
            revoke(identity, "trader.de.rhein", reason=REASONS["key-compromise"], now=now)
            await until(lambda: any(held.serials for each in told for held in each.certificates.lists.values()))
            watching.cancel()

    asyncio.run(main())


def test_what_is_not_read_is_told_once_and_when_it_is_read_again(tmp_path: Path, clock: Clock) -> None:
    identity = identity_in(tmp_path)
    register = identity.register.read_text()

    async def main() -> None:
        made, failed, told = KnownClients(identity), list[BaseException](), list[bool]()
        assert not made.stale()
        watching = asyncio.create_task(made.watch(failed.append, swapped=lambda _files: None))
        minding = asyncio.create_task(made.mind(lambda _seconds, stale: told.append(stale)))
        identity.register.write_text("this is no TOML [")
        await until(lambda: bool(failed))
        assert file_of(failed[0]) == str(identity.register)
        clock.now += known.UNREAD + 1
        await until(lambda: made.unread()[1] == "clients" and bool(made.stale()))
        assert made.stale() == "clients: not read for 31 seconds"
        await until(lambda: told[-1:] == [True])
        identity.register.write_text(register)
        await until(lambda: not made.stale() and told[-1:] == [False])
        watching.cancel()
        minding.cancel()

    asyncio.run(main())


def test_who_hears_of_another_file_hears_which(tmp_path: Path) -> None:
    identity, told = identity_in(tmp_path), list[Sequence[str]]()

    async def main() -> None:
        made = KnownClients(identity)
        watching = asyncio.create_task(made.watch(unexpected, swapped=told.append))
        identity.register.write_text(f"{identity.register.read_text()}\n")
        await until(lambda: bool(told))
        assert told == [(str(identity.register),)]
        made.reread()
        await until(lambda: len(told) == 2)
        assert told[1] == (), "nothing changed: it was told to read anew"
        watching.cancel()

    asyncio.run(main())


def test_files_that_hang_are_told_too(tmp_path: Path, clock: Clock) -> None:
    """A volume that does not answer: the look neither ends nor fails."""
    identity, gate = identity_in(tmp_path), threading.Event()

    async def main() -> None:
        made = KnownClients(identity)
        made.add(Followed(lambda: [] if gate.wait(30) else [tmp_path], dict, lambda _: None, "agreements"))
        gate.clear()
        watching = asyncio.create_task(made.watch(unexpected, swapped=lambda _files: None))
        await until(lambda: POOLS[Purpose.TRUST].busy == 1)
        clock.now += known.UNREAD + 1
        assert made.stale().endswith("not read for 31 seconds")
        gate.set()
        await until(lambda: not made.stale())
        watching.cancel()

    gate.set()  # it is looked at once when it is made
    asyncio.run(main())


def test_who_is_judged_by_no_file_does_not_count(tmp_path: Path, clock: Clock) -> None:
    made = KnownClients(identity_in(tmp_path))
    made.add(Followed(tuple, dict, lambda _: None))
    clock.now += known.UNREAD + 1
    assert made.unread()[1]
