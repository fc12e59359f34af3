"""What the console asks of cores in other processes: nothing of it holds up the door in whose process it stands."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.identity.operators import Doer
from douane.platforms.operations.entry import Readiness
from douane.portal.watched import Aside, Lane
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, OwnerRow
from douane.runtime.store.ports import HOUR, Batch, Instant
from douane.supervision.operating.declared import GO_BACK
from douane.supervision.operating.listening import LOOK, Answer, OperatorSocket, Sight, Watch
from douane.supervision.operating.two_persons import PROPOSED
from douane.supervision.timekeeping.going_back import AGREED, going_back
from douane.supervision.watching_apart import WatchedApart
from douane.vocabulary.errors import CoreUnreachable, NotAuthorised

LISTENS = """import socket, sys
made = socket.socket(socket.AF_UNIX)
made.bind(sys.argv[1])
made.listen(16)
print(flush=True)
made.accept()
"""


def console_of(tmp_path: Path, cores: dict[str, Path]) -> WatchedApart:
    catalogue = cast("Any", None)  # names of services alone
    return WatchedApart(NodeSettings(data=tmp_path), SystemClock(), catalogue, cores, lambda: Readiness({}), b"secret")


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """The sockets of three cores that were stopped (SIGSTOP)."""
    sockets = {f"core-{number}": tmp_path / f"{number}.sock" for number in range(3)}
    cores = [
        subprocess.Popen([sys.executable, "-c", LISTENS, str(each)], stdout=subprocess.PIPE)
        for each in sockets.values()
    ]
    try:
        for core in cores:
            assert core.stdout is not None
            core.stdout.readline()
            os.kill(core.pid, signal.SIGSTOP)
        yield sockets
    finally:
        for core in cores:
            core.kill()
            core.communicate()


async def look(path: Path) -> Sight | None:
    """What a process says of its health over its socket."""
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(LOOK)
    heard = await reader.read()
    writer.close()
    return msgspec.json.decode(heard, type=Answer).sight


def test_the_door_tells_its_health_while_its_console_asks_cores_that_are_stopped(
    tmp_path: Path, stopped: dict[str, Path]
) -> None:
    async def story() -> None:
        health = OperatorSocket(tmp_path / "door.sock", None, lambda _problem: None, lambda: Sight({"door": ""}))
        await health.start()
        for name in ("lanes", "aside"):
            asked = asyncio.create_task(getattr(console_of(tmp_path, stopped), name)())
            await asyncio.sleep(0)
            assert await look(tmp_path / "door.sock") == Sight({"door": ""})
            assert not asked.done(), "it still waits for the cores"
            with pytest.raises(CoreUnreachable):
                await asked
        await health.close()

    asyncio.run(story())


def test_the_door_goes_on_while_the_console_asks_it_for_a_health_that_waits_for_processes(tmp_path: Path) -> None:
    may_answer = threading.Event()

    def ready() -> Readiness:
        assert may_answer.wait(20), "the loop goes on, and says so"
        return Readiness({"core": "does not answer"})

    async def story() -> None:
        console = WatchedApart(NodeSettings(data=tmp_path), SystemClock(), cast("Any", None), {}, ready, b"secret")
        asked = asyncio.create_task(console.health())
        await asyncio.sleep(0)
        may_answer.set()
        assert (await asked).parts == {"core": "does not answer"}

    asyncio.run(story())


class Core:
    """A core that answers the console once it may. asked: how often."""

    def __init__(self, partner: str) -> None:
        self.partner, self.asked = partner, 0
        self.was_asked, self.goes_on = asyncio.Event(), asyncio.Event()
        self.goes_on.set()

    async def answer(self, asked: Watch) -> object:
        self.asked += 1
        self.was_asked.set()
        await self.goes_on.wait()
        if asked.watch == "aside":
            return (Aside("1", 0, "orders.place", "T1", "1", self.partner, 1),)
        return ("done", "") if asked.watch == "have_done" else (Lane("as4", self.partner),)


async def listening(path: Path, core: Core) -> OperatorSocket:
    made = OperatorSocket(path, cast("Any", core), lambda _problem: None, Sight, core.answer)
    await made.start()
    return made


def test_all_cores_are_asked_at_once(tmp_path: Path) -> None:
    """One that has not answered yet holds up none of the others; of what any core tells the first answer is taken."""

    async def story() -> None:
        cores = [Core("FR"), Core("DE"), Core("AT")]
        made = [await listening(tmp_path / f"{core.partner}.sock", core) for core in cores]
        console = console_of(tmp_path, {core.partner: tmp_path / f"{core.partner}.sock" for core in cores})
        for core in cores:
            core.goes_on.clear()
        lanes = asyncio.create_task(console.lanes())
        for core in cores:
            await core.was_asked.wait()  # none has answered
            core.goes_on.set()
        assert sorted(each.partner for each in await lanes) == ["AT", "DE", "FR"]
        cores[0].goes_on.clear()
        cores[1].goes_on.clear()
        assert [each.reason for each in cast("Any", await console.aside())] == ["AT"]
        for core in cores:
            core.goes_on.set()
        for socket_of_a_core in made:
            await socket_of_a_core.close()

    asyncio.run(story())


def test_what_was_told_is_not_asked_for_again_at_once_but_after_an_act(tmp_path: Path) -> None:
    async def story() -> None:
        core = Core("FR")
        made = await listening(tmp_path / "core.sock", core)
        console = console_of(tmp_path, {"core": tmp_path / "core.sock"})
        assert await console.lanes() == await console.lanes()
        await console.have_done("lane.retry", "FR", id="", reason="", doer=cast("Any", None))
        before = core.asked
        await console.lanes()
        assert core.asked == before + 1
        await made.close()

    asyncio.run(story())


def test_whoever_breaks_off_is_away(tmp_path: Path) -> None:
    async def story() -> None:
        with socket.socket(socket.AF_UNIX) as listening_alone:
            listening_alone.bind(str(tmp_path / "core.sock"))
        with pytest.raises(CoreUnreachable):
            await console_of(tmp_path, {"core": tmp_path / "core.sock"}).lanes()

    asyncio.run(story())


OPERATORS = "".join(
    f'[[operator]]\naccount = "{account}"\nname = "A"\nissuer = "https://id.example"\nsubject = "{account}"\n'
    for account in ("eu.anna", "eu.ben")
)


def ahead(data: Path) -> Instant:
    """The store of a node whose newest leaf was committed in an hour, and who operates it; when that was."""
    newest = SystemClock().now() + HOUR
    store = discovery.open_store(NodeSettings(data=data).store_address)
    batch = Batch()
    batch.put[keys.space(keys.OWNER, 0)] = OWNER.write(OwnerRow(1, 0, 1, 0, committed=newest))
    store.apply(batch, 0, store.take(0))
    store.close()
    identity = NodeSettings(data=data).identity_folder
    identity.mkdir()
    (identity / "server.key").write_bytes(b"a key")
    (identity / "operators.toml").write_text(OPERATORS)
    return newest


def test_where_a_core_is_refused_by_its_clock_two_agree_at_the_console_that_serves_on(tmp_path: Path) -> None:
    """As in a node of several processes: the supervisor starts the core again, and it goes on by what they agreed."""
    newest = ahead(tmp_path)
    console = console_of(tmp_path, {"core": tmp_path / "none.sock"})
    console.ready = lambda: Readiness({"partition 0": "no process has it"})

    async def act(account: str, seen: str = "", on: str = "") -> str:
        state, _ = await console.have_done(
            GO_BACK, on, id="ab" * 16, reason="the battery", doer=Doer(account), seen=seen
        )
        return state

    async def story() -> None:
        behind = await console.clock_behind()
        assert behind is not None
        assert behind[0] == newest
        assert await act("eu.anna") == PROPOSED
        (waits,) = await console.proposed()
        with pytest.raises(NotAuthorised):
            await act("eu.anna", waits.digest, waits.on)
        assert await act("eu.ben", waits.digest, waits.on) == AGREED
        assert await console.proposed() == []
        console.ready = lambda: Readiness({"partition 0": ""})
        assert await console.clock_behind() is None, "the store is not asked while every partition is served"

    asyncio.run(story())
    with discovery.reading(NodeSettings(data=tmp_path).store_address) as reader:
        agreed = going_back(NodeSettings(data=tmp_path), reader)(newest, SystemClock().now())
    assert agreed is not None
    assert (agreed.by, agreed.second) == ("eu.anna", "eu.ben")
