"""Recorded wire transcripts: what programs of CCN/CSI said, and what they were told, octet by octet.

A transcript is what no impact on existing systems means: each later release gets the same octets and must answer with
the same. The clock stands still within a step; everything else is the real node over a memory store, its real gateways,
queues in a file and a folder. ``python -m tests.transcripts record NAME`` writes what a tree of 9c21e3d2 tells after
each step that has no answer yet: for a step that is new, never because an answer has changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.backends.memory.backend import MemoryStore
from douane.backends.sqlite.queues import EmbeddedQueues
from douane.channels.csi_folder.binding import FolderGateway, FolderTransport, station
from douane.channels.csi_folder.translation import Agreed
from douane.channels.csi_queue.binding import QueueGateway, QueueTransport, Stations
from douane.configuration.lists import code_lists
from douane.configuration.registry import Registry
from douane.configuration.settings import FolderRoute, NodeSettings
from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.circles import ActorKind, Circle, Platform
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.recent import Recent
from douane.runtime.door.door import Door
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, Arrival, Envelope
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Transport
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.reads import Reads
from douane.standards.csi import amqp
from douane.standards.transparency_log.note import Signer
from tests.callers import admitted, who
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Ids, circle_of

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.json"))
EXAMPLES = HERE.parents[1] / "docs" / "examples"
BEGINNING = 1_795_000_000 * SECOND  # November 2026
HELD = "SELECT 1 FROM message WHERE queue = 'CORE-RCT-NCTS.EU' AND dead = ''"  # taken by the node or not yet
QUEUES = ("CORE-RCT-NCTS.DE", "REPORT-RCT-NCTS.DE")
SECONDS = 90.0
Step = dict[str, Any]


class StandingClock:
    """Stands until a step is over."""

    def __init__(self) -> None:
        self.at = BEGINNING

    def now(self) -> int:
        return self.at


class Nobody(Authenticator):
    """Nobody comes with a certificate here."""

    def __init__(self) -> None:
        pass


def system(administration: str) -> Principal:
    """The system of an administration, as the register knows it."""
    roles = frozenset({"customs office of another administration", "administration"})
    return Principal(f"{administration.lower()}.system", ActorKind.MEMBER_STATE, Circle.TRUSTED,
                     Proof(ProofKind.QUEUE, administration), administration, "", administration, roles)  # fmt: skip


class OfStates(Registry):
    """What the node provided when its transcripts were recorded: registers of the Union were not asked then, and what
    they would be told first would move every number that a program sees."""

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        return (UNION,) if administration == UNION else super().providers(administration, operation)


class Wire:
    """A node with a queue to Germany and a folder to Austria, driven step by step."""

    def __init__(self, folder: Path, store: MemoryStore | None = None) -> None:
        self.clock, self.store = StandingClock(), store or MemoryStore()
        (known,) = self.store.read([keys.space(keys.OWNER, 0)])
        if known is not None:  # time goes on where it stood: no log goes back
            self.clock.at = max(self.clock.at, OWNER.read(known).committed)
        self.folder, self.at = folder, folder / "at"
        settings = NodeSettings(
            development=True,
            elsewhere=frozenset({"DE", "AT"}),
            queue_users={"de": "DE"},
            folders={"AT": FolderRoute(self.at)},
        )
        signer = Signer.from_seed("office.example/p0", bytes(32))
        ports = Ports(self.store, self.clock, Ids(), BEHAVIOUR, OfStates(settings, CATALOGUE), CATALOGUE,
                      AuditPort(signer, keys.space(keys.AUDIT, 0), self.store), code_lists().look)  # fmt: skip
        owner = Owner(0, ports)
        owner.begin()
        self.node = Node([owner], ended=_ended)
        self.inbox = Inbox(self.store, [0], Recent())
        end = CoreEnd(
            CATALOGUE,
            self.node.submit,
            self.inbox,
            self.node.changed,
            _ended,
            self.node.command,
            self.clock,
            Reads().note,
        )
        gate = PlatformGate(Platform.CCN_CSI, authenticator=Nobody(), now=self.clock.now, legacy=("transit",))
        door = Door(Platform.CCN_CSI, gate=gate, catalogue=CATALOGUE, link=DirectLink(Platform.CCN_CSI, end),
                    clock=self.clock)  # fmt: skip
        self.queues = EmbeddedQueues(folder / "queues.db", self.clock)
        stations = Stations("NCTS", "EU", ["DE"])
        self.station = station(self.at, Agreed("AT"))
        self.station.folder.prepare()
        self.gateways = (
            QueueGateway(self.queues, stations, door, lambda user: system(user.upper()), self.node.command, self.clock,
                         _ended),
            FolderGateway([self.station], door, system, self.node.command, self.inbox.delivery, self.clock, _ended),
        )  # fmt: skip
        transports: dict[str, Transport] = {"csi_queue": QueueTransport(self.queues, stations),
                      "csi_folder": FolderTransport([self.station], self.clock)}  # fmt: skip
        self.lanes = Lanes(self.node, self.store, self.clock, transports)

    async def run(self) -> None:
        """Until cancelled."""
        self.node.start()
        self.node.watchers.append(self.lanes.watch)
        await asyncio.gather(self.lanes.run(), *(each.run() for each in self.gateways))

    async def give(self, step: Step) -> None:
        """What a program, or for a beginning a trader, says; ten seconds after the step before."""
        self.clock.at += 10 * SECOND
        match step:
            case {"trader": document}:
                await self._register()
                text = (EXAMPLES / str(document)).read_text()
                for said, instead in step.get("replaces", ()):
                    text = text.replace(said, instead)
                await self._submit(text.encode())
            case {"file": name, "text": text}:
                part = self.at / "in" / f"{name}.tmp"
                part.write_bytes(text.encode("latin-1"))
                part.rename(self.at / "in" / name)
            case {"queue": queue, "properties": properties, "text": text}:
                found = amqp.Properties(**properties)
                await self.queues.put(queue, amqp.read(found, text.encode(), user="de", now=self.clock.now()))

    async def _register(self) -> None:
        content = json.loads((EXAMPLES / "guarantee.json").read_bytes())
        body = json.dumps(content).encode()
        message = CATALOGUE.read_json(GuaranteeRegistration, body)
        await self.node.submit(Arrival(_envelope("guarantees.register", "guarantee", "fr.officer", Media.JSON, body,
                                                 self.clock.now()), message))  # fmt: skip

    async def _submit(self, body: bytes) -> None:
        message = CATALOGUE.read_document(body)
        await self.node.submit(Arrival(_envelope("transit.lodge_declaration", message.message_identification,
                                                 message.message_sender, Media.FAMILY, body, self.clock.now()),
                                       message))  # fmt: skip

    async def taken(self) -> None:
        """Until what was given has been taken from its queue and its folder; some steps are told nothing after it."""
        with contextlib.closing(sqlite3.connect(self.folder / "queues.db")) as kept:
            while kept.execute(HELD).fetchone() or any((self.at / "in").iterdir()):  # noqa: ASYNC110 - others take it
                await asyncio.sleep(0.01)

    async def told(self) -> list[Step]:
        """What came out since: files by their names, messages of each queue in their order; taken like a program."""
        found: list[Step] = []
        for path in sorted((self.at / "out").iterdir()):
            found.append({"file": path.name, "text": path.read_bytes().decode("latin-1")})
            path.unlink()
        for queue in QUEUES:
            for each in await self.queues.take(queue, 100, 0):
                properties, body = amqp.write(each.message, self.clock.now())
                found.append({"queue": queue, "properties": properties._asdict(), "text": body.decode()})
                await self.queues.delete(each)
        return found


def _envelope(operation: str, id: str, sender: str, media: Media, body: bytes, now: int) -> Envelope:
    return admitted(
        who(sender, circle_of(sender), "FR"),
        operation,
        body,
        id=id,
        administration="FR",
        media=media,
        platform="speed2",
        channel="rest",
        received=now,
    )


def _ended(problem: object) -> NoReturn:
    raise AssertionError(problem)


@contextlib.asynccontextmanager
async def wire() -> Any:
    """A wire as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        made = Wire(Path(folder))
        running = asyncio.create_task(made.run())
        try:
            yield made
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await made.node.stop()
            await made.queues.close()


async def replay(steps: list[Step], *, patience: float = SECONDS) -> list[tuple[Step, list[Step]]]:
    """Each step with what was told after it: files by their names, then each queue in its order.

    Waits for as much as the transcript has, or, where it has no answer yet, so many seconds.
    """
    heard = []
    async with wire() as made:
        for step in steps:
            await made.give(step["given"])
            told: list[Step] = []
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await made.taken()
                    while "told" not in step or len(told) < len(step["told"]):
                        told += await made.told()
                        await asyncio.sleep(0.05)
            heard.append((step, sorted(told, key=lambda t: (t.get("queue", ""), t.get("file", "")))))
        await asyncio.sleep(1.0)
        assert await made.told() == []
    return heard


def differences(names: Iterable[str]) -> Iterator[str]:
    """Steps that are told otherwise than they were recorded, in a line each."""
    for name in names:
        for number, (step, told) in enumerate(asyncio.run(replay(load(name)["steps"])), start=1):
            if told != step["told"]:
                yield f"{name} {number}: recorded {step['told']}, told {told}"


def load(name: str) -> dict[str, Any]:
    """A transcript."""
    content: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text())
    return content


def record(name: str) -> None:
    """Write what is told now after each step that has no answer yet."""
    content = load(name)
    for step, told in asyncio.run(replay(content["steps"], patience=4.0)):
        step["told"] = told
    (HERE / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    record(sys.argv[1])
