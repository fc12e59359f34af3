"""Whether a store answers, asked beside the loop: a database that ends, that only reads, and one that never answers."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from psycopg import sql

from douane.backends.memory.backend import MemoryStore
from douane.backends.postgresql.backend import open_store
from douane.backends.postgresql.pulse import Pulse as Server
from douane.runtime.upkeep import pulse
from douane.runtime.upkeep.pulse import Pulse, pulse_of
from douane.vocabulary.errors import StoreUnavailable
from tests.contracts import toy
from tests.services.postgresql import Instance, binaries, database, end_with, folder, make, postgresql, run, start

__all__ = ["database", "postgresql"]


def test_it_asks_over_one_connection_and_of_what_only_reads_it_says_so(postgresql: Instance, database: str) -> None:
    asked = Server(database)
    for _ in range(3):
        asked.ask()
    name = urlsplit(database).path.removeprefix("/")
    with postgresql.administer() as connection:
        found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone()
    assert found == (1,)
    asked.close()
    only = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
    with postgresql.administer() as connection:
        connection.execute(only.format(sql.Identifier(name), sql.SQL("on")))
        with pytest.raises(StoreUnavailable):
            asked.ask()
        connection.execute(
            sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(sql.Identifier(name))
        )
    asked.ask()
    asked.close()


@pytest.mark.skipif(binaries() is None, reason="needs PostgreSQL")
def test_a_server_that_ended_and_began_again_is_asked_by_a_new_connection() -> None:
    place, bin_ = folder(), binaries()
    assert bin_ is not None
    end_with(os.getpid(), place)
    try:
        server = make(place)
        asked = Server(server.address("postgres"))
        asked.ask()
        run([bin_ / "pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", Path(server.data)])
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                asked.ask()
        start(bin_, Path(server.data), place)
        asked.ask()
        asked.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Asked:
    """A store as a test wants it."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self.ask, self.closed = ask, False

    def close(self) -> None:
        self.closed = True


def run_for(beating: Pulse, until: Callable[[], bool]) -> None:
    async def journey() -> None:
        task = asyncio.create_task(beating.run())
        while not until():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(journey())


def test_a_refusal_is_told_until_it_answers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "EVERY", 0.01)
    wrong = [StoreUnavailable("The store cannot commit: it is away.")]

    def ask() -> None:
        for each in wrong:
            raise each

    made = Asked(ask)
    beating = Pulse(made, lambda: 0.0)
    run_for(beating, lambda: bool(beating.wrong()))
    assert beating.wrong() == "The store cannot commit: it is away"
    wrong.clear()
    run_for(beating, lambda: not beating.wrong())
    assert made.closed


def test_who_never_answers_is_away_after_seconds_and_nobody_waits_for_him() -> None:
    at, held, asked = [0.0], threading.Event(), threading.Event()

    def ask() -> None:
        asked.set()
        held.wait(30)

    beating = Pulse(Asked(ask), lambda: at[0])
    assert not beating.wrong()

    async def journey() -> None:
        task = asyncio.create_task(beating.run())
        while not asked.is_set():  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(0.01)
        assert not beating.wrong()
        at[0] = pulse.LONGEST + 1
        assert "not answered for 6 s" in beating.wrong()
        held.set()
        while beating.wrong():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(journey())


def test_a_store_of_this_host_is_not_asked(database: str) -> None:
    beating = pulse_of(MemoryStore(toy.Clock()), lambda: 0.0)
    asyncio.run(beating.run())
    assert not beating.wrong()
    store = open_store(database)
    assert pulse_of(store, lambda: 0.0).made is not None
    store.close()
