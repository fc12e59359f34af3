"""The ways into a node, a row each: what a node needs for it, and how the trader and Germany's system use it.

A new way is one more row of ``WAYS``.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from douane.assembly.node import RunningNode, running
from douane.assembly.queueing import open_queues
from douane.channels.rest.client import Identity, Partner
from douane.channels.soap.client import SoapPartner
from douane.configuration.ports import SystemIds
from douane.configuration.settings import FolderRoute, NodeSettings
from douane.development.as4 import (
    As4Client,
    as4_access,
    partner_listener,
    prepare_access_point,
)
from douane.shared_services.web.listener import Door, Listeners
from douane.simulator.access.port import Access, Answer, Delivered
from douane.simulator.access.queue import QueueAccess
from douane.simulator.access.web import RestAccess, SoapAccess
from douane.standards.edifact import interchange
from douane.standards.edifact.interchange import Header, Party
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.legacy import segments
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import SenderFault

TRADER, TRADER_PARTY = "trader.fr.lesquin", "FR40123456700017"
SYSTEM, SYSTEM_PARTY = "de.system", "NTA.DE"
OFFICER = "fr.officer"


@dataclass
class Place:
    """A node to come, or running, and what its partners have beside it."""

    data: Path
    identity: DevelopmentIdentity
    settings: dict[str, Any] = field(default_factory=dict)
    sockets: dict[str, socket.socket] = field(default_factory=dict)
    as4: dict[str, As4Client] = field(default_factory=dict)
    node: RunningNode | None = None

    @property
    def running(self) -> RunningNode:
        """The node, once it runs."""
        assert self.node is not None
        return self.node

    def card(self, client: str) -> Identity:
        """What a client of the register proves itself with."""
        files = self.identity.client(client)
        return Identity(files.certificate, files.key, self.identity.root)


Use = Callable[[Place], Access]


@dataclass(frozen=True)
class Way:
    """One way. ``channel``: as the journal calls it; ``told_later``: whether a refusal is also told by a message."""

    channel: str
    system: Use
    trader: Use | None = None
    told_later: bool = False
    words: bool = True
    """Whether a refusal is told by code, text and faults; where not, the error message alone tells it."""
    carries: Callable[[bytes], bool] = lambda body: True
    """Whether the way can carry such a message at all."""
    prepare: Callable[[Place], None] = lambda place: None


def rest(client: str, platform: str) -> Use:
    """REST at a door."""
    return lambda place: RestAccess(Partner(place.running.url(platform), place.card(client)))


def soap(client: str, platform: str) -> Use:
    """SOAP at a door."""

    def use(place: Place) -> Access:
        elements = place.running.core.catalogue.elements
        return SoapAccess(SoapPartner(place.running.url(platform), place.card(client).context(), elements))

    return use


def as4(client: str, platform: str) -> Use:
    """AS4 at a door."""

    def use(place: Place) -> Access:
        node = place.running
        return as4_access(place.data, place.identity, place.as4[client], node.url(platform), node.core.catalogue)

    return use


def pulling(place: Place) -> None:
    """An access point whose partners pull."""
    place.as4 = {TRADER: As4Client(TRADER_PARTY, TRADER), SYSTEM: As4Client(SYSTEM_PARTY, SYSTEM)}
    prepare_access_point(place.data, place.identity, list(place.as4.values()))


def pushing(place: Place) -> None:
    """An access point that pushes to its partners."""
    for client, party in ((TRADER, TRADER_PARTY), (SYSTEM, SYSTEM_PARTY)):
        place.sockets[client] = socket.create_server(("127.0.0.1", 0))
        port = place.sockets[client].getsockname()[1]
        place.as4[client] = As4Client(party, client, f"https://localhost:{port}/msh")
    prepare_access_point(place.data, place.identity, list(place.as4.values()))
    entry = '[[partner]]\nparty = "{}"\ntitle = "t"\nbasis = "b"\nprotocol = "as4"\n'
    (place.data / "partners.toml").write_text("".join(entry.format(each.party) for each in place.as4.values()))


def queueing(place: Place) -> None:
    """Queues in a file, and Germany behind them."""
    place.settings |= {"queues": f"embedded:{place.data / 'queues.db'}", "queue_users": {"nta-de": "DE"}}


def queue(place: Place) -> Access:
    """A legacy program."""
    core, ids = place.running.core, SystemIds()
    queues = open_queues(place.settings["queues"], core.clock)
    return QueueAccess(queues, "DE", "nta-de", lambda: ids.random(8).hex())


def filing(place: Place) -> None:
    """A folder for Germany."""
    route = FolderRoute(place.data / "DE", "edifact", "UNOC", ())
    place.settings["folders"] = {"DE": route}


@dataclass
class FolderAccess:
    """A program that reads and writes EDIFACT files."""

    folder: Path
    channel: str = "files"
    count: int = 0

    async def send(self, body: bytes) -> Answer:
        """Write a file, and wait for the CONTRL about it."""
        self.count += 1
        name = f"sample{self.count}.edi"
        header = Header(Party(SYSTEM_PARTY, "ZZ"), Party("NTA.FR", "ZZ"), dt.datetime(2026, 11, 24, 12, 0), f"DE{name}")
        content = interchange.write(header, [segments.write(p5.read(body), REPERTOIRES["UNOC"], "1")[0]])
        (self.folder / "in" / f"{name}.tmp").write_bytes(content)
        (self.folder / "in" / f"{name}.tmp").rename(self.folder / "in" / name)
        async with asyncio.timeout(60):
            while not (answers := list((self.folder / "out").glob(f"*-{name}*"))):  # noqa: ASYNC110 - files tell nobody
                await asyncio.sleep(0.05)
        answers[0].unlink()
        return Answer(202, {})

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """Read what lies there; a file that is gone was taken."""
        found = sorted((self.folder / "out").glob("*-C[CD]*.edi"))
        for path in found:
            (message,) = interchange.read(path.read_bytes()).messages
            told = segments.read(message)
            yield Delivered(path.name, type(told).__name__, path.name, "", "", "", p5.write(told).decode())
            path.unlink()
        if not found:
            await asyncio.sleep(min(wait, 0.1))

    async def close(self) -> None:
        """Nothing is open."""


def readable(body: bytes) -> bool:
    """What EDIFACT can say: a message that its schema knows."""
    try:
        p5.read(body)
    except SenderFault:
        return False
    return True


WAYS: Mapping[str, Way] = {
    "REST": Way("rest", rest(SYSTEM, "ccn2"), rest(TRADER, "speed2")),
    "SOAP": Way("soap", soap(SYSTEM, "ccn2"), soap(TRADER, "speed2")),
    "AS4 pulled": Way("as4", as4(SYSTEM, "ccn2"), as4(TRADER, "speed2"), told_later=True, prepare=pulling),
    "AS4 pushed": Way("as4", as4(SYSTEM, "ccn2"), as4(TRADER, "speed2"), told_later=True, prepare=pushing),
    "queue": Way("csi_queue", queue, told_later=True, prepare=queueing),
    "files": Way(
        "csi_folder",
        lambda place: FolderAccess(place.data / "DE"),
        told_later=True,
        words=False,
        carries=readable,
        prepare=filing,
    ),
}


@contextlib.asynccontextmanager
async def opened(way: Way, folder: Path, identity: DevelopmentIdentity) -> AsyncIterator[Place]:
    """A node that is prepared for a way, as long as the block lasts. Germany has a system of its own."""
    place = Place(folder, identity)
    async with running(_settings(way, place)) as place.node:
        yield place


def _settings(way: Way, place: Place) -> NodeSettings:
    place.data.mkdir(parents=True)
    way.prepare(place)
    return NodeSettings(
        data=place.data, identity=place.identity.folder, development=True, platforms=("speed2", "ccn2"),
        ports={"speed2": 0, "ccn2": 0},
        elsewhere=frozenset({"DE"}), **place.settings,
    )  # fmt: skip


@contextlib.asynccontextmanager
async def using(use: Use, place: Place, client: str) -> AsyncIterator[Access]:
    """A party's access, with its own access point where answers are pushed to it."""
    access = use(place)
    inbox = getattr(access, "inbox", None)
    listening = None
    if inbox is not None:
        door = Door(partner_listener(place.identity, client), inbox.application(), place.sockets[client])
        listening = Listeners([door], failed=_fail)
        await listening.start()
    try:
        yield access
    finally:
        if listening is not None:
            await listening.stop()
        await access.close()


def _fail(problem: BaseException) -> None:
    raise problem
