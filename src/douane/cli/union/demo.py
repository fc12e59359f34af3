"""``douane demo``: a customs union in a box.

Starts a central node and two national ones, plays every journey, writes the report; then stays up, or ends with 0 only
if every journey succeeded (``--exit``). Exit codes: 0 they did, 1 one did not, 130 interrupted before the report.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from douane.assembly.node import RunningNode, running
from douane.assembly.pages.entering import sign_in_at
from douane.assembly.pages.serving import NATIONAL, WHERE, Pages
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.replica import Replica as FinalReplica
from douane.channels.rest.client import Identity, Partner
from douane.cli.output import describe
from douane.cli.union.moving_nodes import three_nodes
from douane.configuration import discovery
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import PORTS, NodeSettings, PagesAt
from douane.development.demo_channels import ELSEWHERE, QUEUE_USERS, OtherChannels, other_channels
from douane.portal.start import Breakable, Journey
from douane.runtime.store.ports import Store
from douane.simulator.exchanges import Outcome
from douane.simulator.inside import Inside
from douane.simulator.messages.numbers import Numbers
from douane.simulator.nations import NationalNode, NationalSettings, nations
from douane.simulator.parties import Party
from douane.simulator.performance import Performance, script
from douane.simulator.progress import Progress
from douane.simulator.replicas import Replica
from douane.simulator.report.page import Address, Union, write_report
from douane.simulator.stage import Stage
from douane.supervision.statutory import keep_pace, read_pace
from douane.trust.demo import MEMBER_STATES
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.time import DAY

OWN_SYSTEMS = {"DE": 8454, "AT": 8464}
"""Administrations with a system of their own, and the port of its CCN2 door."""
CENTRAL_SERVICE = "FR"
DAY_SECONDS = 1.0
SHOW = (
    f"a show, in which a day of a time limit takes {DAY_SECONDS:g} s instead of 24 hours. When its journeys have ended"
    " limits pass as the law says again. Tokens, certificates and retries go by the machine all the while."
)
"""What is said aloud, on the screen and in the report."""
NATIONAL_PAGES = {"DE": 8450, "AT": 8460}
"""The ports of the pages of their nodes."""
NEARBY = 10
"""Ports that are tried for the pages, from the usual one on."""
SAMPLES = Path("..") / "shared" / "data" / "ncts"
MARKER = ".douane-demo"
INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane demo --exit",
        codes="exit codes: 0 every journey succeeded; 1 one did not; 130 interrupted before the report",
    )  # fmt: skip
    parser.add_argument("--exit", action="store_true", help="end after the report; 0 only if every journey succeeded")
    parser.add_argument("--data", type=Path, default=Path("build/demo"), help="folder of the nodes, emptied at start")
    parser.add_argument("--report", type=Path, default=Path("build/report"), help="folder of the report")
    parser.add_argument("--free-ports", action="store_true", help="let the system choose every port")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder of published sample messages, if any")


def run(arguments: argparse.Namespace) -> int:
    """Play; the exit code."""
    import uvloop

    _fresh(arguments.data)
    return int(uvloop.run(_until_stopped(_Demo(arguments))))


STOP_AGAIN = 12.0
"""Seconds that ending may take before it is asked for again."""


async def _until_stopped(demo: _Demo) -> int:
    """Play until done or told to stop; what was started is ended either way."""
    playing = asyncio.ensure_future(demo.play())
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if playing.done():
        stopping.cancel()
        return playing.result()
    while not playing.done():  # a library may lose a cancellation; asking again ends what did not hear it
        playing.cancel()
        await asyncio.wait({playing}, timeout=STOP_AGAIN)
    return demo.verdict if demo.reported else INTERRUPTED


def _fresh(data: Path) -> None:
    """Empty the folder of the last run; never a folder that is not ours."""
    if data.exists() and any(data.iterdir()):
        if not (data / MARKER).exists():
            raise DeclarationFault(f"{data} holds something else.", remedy="Name an empty folder with --data.")
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data / MARKER).touch()


@dataclass(frozen=True, slots=True)
class _Ports:
    centre: dict[str, int]
    nations: dict[str, int]
    pages: int
    national_pages: dict[str, int]


def _ports(*, free: bool) -> tuple[_Ports, str]:
    """The ports to use, and a sentence when the usual ones are taken."""
    taken = [] if free else [p for p in (*PORTS.values(), *OWN_SYSTEMS.values()) if not _free(p)]
    pages = next((p for p in range(PagesAt().port, PagesAt().port + NEARBY) if _free(p)), 0)
    national = {code: port if _free(port) else 0 for code, port in NATIONAL_PAGES.items()}
    if free or taken:
        chosen = _Ports(dict.fromkeys(PORTS, 0), dict.fromkeys(OWN_SYSTEMS, 0), 0, dict.fromkeys(OWN_SYSTEMS, 0))
        named = ", ".join(map(str, taken))
        return chosen, f"Port {named} is taken by another program: the system chooses other ports." if taken else ""
    return _Ports(dict(PORTS), dict(OWN_SYSTEMS), pages, national), ""


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _bound(probe, port)


def _bound(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


class _Demo:
    """One run."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._data: Path = arguments.data.resolve()
        self._progress = Progress(sys.stdout)
        self._pages: Pages | None = None
        self.verdict = 1
        self.reported = False

    async def play(self) -> int:
        """Start the union, play the journeys, write the report, stay or end."""
        ports, warning = _ports(free=self._arguments.free_ports)
        self._progress.say("Douane: a customs union in a box")
        self._progress.say(f"Statutory time: {SHOW}")
        if warning:
            self._progress.say(warning)
        scale = round(86_400 / DAY_SECONDS)
        async with contextlib.AsyncExitStack() as up:
            partners = await up.enter_async_context(other_channels(self._data / "centre"))
            settings = NodeSettings(
                data=self._data / "centre", development=True, ports=ports.centre,
                elsewhere=frozenset({*OWN_SYSTEMS, *ELSEWHERE}), time_scale=scale,
                queues=partners.queues, queue_users=QUEUE_USERS, pages=PagesAt(port=ports.pages),
            )  # fmt: skip
            centre = await up.enter_async_context(running(settings))
            assert centre.pages is not None  # the settings name them
            self._pages = centre.pages
            self._open()
            await partners.open(centre)
            own = await up.enter_async_context(nations(self._national(centre, ports, scale)))
            self._show_parts(own)
            async with self._union(centre, own, partners) as stage:
                await self._journeys(stage, self._addresses(centre, own))
            self._return_to_the_law(centre.core.clock.now())
            self._farewell(centre, own)
            if not self._arguments.exit:
                await centre.ended.wait()
        return self.verdict

    def _national(self, centre: RunningNode, ports: _Ports, scale: int) -> list[NationalSettings]:
        return [
            NationalSettings(
                code,
                self._data / code.lower(),
                centre.url("ccn2"),
                centre.identity.folder.resolve(),
                {"ccn2": port},
                scale,
                ports.national_pages[code],
            )
            for code, port in ports.nations.items()
        ]

    @contextlib.asynccontextmanager
    async def _union(
        self, centre: RunningNode, own: Mapping[str, NationalNode], partners: OtherChannels
    ) -> AsyncIterator[Stage]:
        """Everybody who takes part, and what the report may look at."""
        core = centre.core
        parties = _parties(centre, own, self._data, partners)
        replicas = [
            Replica(code, _partner(centre.url("ccn2"), centre.identity, f"{code.lower()}.system"))
            for code in MEMBER_STATES
            if code != CENTRAL_SERVICE and code not in OWN_SYSTEMS
        ]
        stores = {
            code: discovery.open_store(f"sqlite:{self._data / code.lower() / 'store' / 'node.db'}") for code in own
        }
        listening = [
            asyncio.create_task(each)
            for each in (*(p.listen() for p in parties.values() if p.listens), *(r.follow() for r in replicas))
        ]
        samples = self._arguments.samples
        stage = Stage(
            parties=parties,
            numbers=Numbers(core.clock.now, SystemIds().random),
            now=core.clock.now,
            centre=_inside(centre, core.store),
            nations={f"NTA.{code}": _inside(centre, store) for code, store in stores.items()},
            folder=self._report_folder(),
            signed_by=partners.hook.key,
            replicas=replicas,
            copy_of=_copies(centre),
            moving=three_nodes(self._data / "moving"),
            samples=samples if samples.is_dir() else None,
            day=DAY_SECONDS,
            ahead=self._ahead,
            lawful_today=lambda: core.statutory.today(core.clock.now(), CENTRAL_SERVICE),
            data=str(self._arguments.data / "centre"),
            ways={f"NTA.{CENTRAL_SERVICE}": "central service"},
        )
        try:
            yield stage
        finally:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
            await asyncio.gather(*(p.close() for p in parties.values()), *(r.door.close() for r in replicas))
            for store in stores.values():
                store.close()

    def _report_folder(self) -> Path:
        folder: Path = self._arguments.report
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    async def _journeys(self, stage: Stage, addresses: list[Address]) -> None:
        began = stage.now()
        journeys = script()
        if self._pages is not None:
            self._pages.moving.number = len(journeys)
        outcomes = await Performance(stage, self._ended).run(journeys)
        played = [each for each in outcomes if not each.absent]
        succeeded = sum(each.succeeded for each in played)
        self.verdict = 0 if succeeded == len(played) else 1
        union = Union(
            began, stage.now(), addresses, CENTRAL_SERVICE, tuple(OWN_SYSTEMS), len(stage.replicas),
            discovery.rule_texts(), SHOW,
        )  # fmt: skip
        page = write_report(stage.folder, outcomes, union)
        self.reported = True
        if self._pages is not None:
            self._pages.moving.written = page.read_bytes
        self._progress.say()
        seconds = (stage.now() - began) / 1e6
        self._progress.say(f"{succeeded} of {len(played)} journeys succeeded in {seconds:.1f} s")
        self._progress.say(f"The report: {page}")

    def _return_to_the_law(self, now: int) -> None:
        """Let statutory time go as fast as the machine's in every node; each notices within a second."""
        for folder in self._folders():
            keep_pace(folder, read_pace(folder).at(1, now))
        self._progress.say("Statutory time: the show is over, a day takes 24 hours again")

    def _ahead(self, days: int) -> None:
        """Let days of statutory time pass at once."""
        for folder in self._folders():
            keep_pace(folder, read_pace(folder).ahead(days * DAY))

    def _folders(self) -> list[Path]:
        """The data folder of each node."""
        return [self._data / name for name in ("centre", *(code.lower() for code in OWN_SYSTEMS))]

    def _open(self) -> None:
        """Say where the pages are: the first thing to know, and the last."""
        if self._pages is not None:
            port = self._pages.port
            self._progress.say(f"Open http://localhost:{port}/  (remote: ssh -L {port}:localhost:{port} HOST)")

    def _ended(self, outcome: Outcome) -> None:
        """A journey ended: the terminal says so, and the start page."""
        self._progress.done(outcome)
        if self._pages is not None:
            wrong = outcome.absent or " ".join(outcome.problems())
            self._pages.moving.ended.append(
                Journey(outcome.title, outcome.seconds, len(outcome.exchanges), wrong, absent=bool(outcome.absent))
            )

    def _show_parts(self, own: Mapping[str, NationalNode]) -> None:
        """Let the start page stop a national node and start it again."""
        assert self._pages is not None

        def parts() -> list[Breakable]:
            return [Breakable(code, f"the node of {code}", node.works) for code, node in own.items()]

        async def switch(name: str, works: bool) -> None:
            node = own[name]
            await (node.again() if works else node.stop())

        def advance() -> None:
            self._ahead(1)

        moving = self._pages.moving
        for each in NATIONAL:
            folder = self._data / each.client[:2]
            moving.elsewhere[each.client] = each, functools.partial(sign_in_at, folder, each)
            sites = msgspec.json.decode((folder / WHERE).read_bytes(), type=dict[str, str])
            moving.origins = (*moving.origins, *(sites[name] for name in ("desk", "signin", "idp")))
        moving.parts, moving.switching, moving.advancing = parts, switch, advance

    def _addresses(self, centre: RunningNode, own: Mapping[str, NationalNode]) -> list[Address]:
        found = [Address("centre", name, address.url) for name, address in centre.listeners.addresses.items()]
        return found + [Address(code, name, url) for code, node in own.items() for name, url in node.addresses.items()]

    def _farewell(self, centre: RunningNode, own: Mapping[str, NationalNode]) -> None:
        if self._arguments.exit:
            return
        say = self._progress.say
        say()
        say("The doors")
        for each in self._addresses(centre, own):
            say(f"  {each.node:<7} {each.door:<11} {each.url}")
        files = centre.identity.client("trader.fr.lesquin")
        say()
        say("Send a message yourself")
        say(f"  curl --cacert {centre.identity.root} --cert {files.certificate} --key {files.key} \\")
        say(f"    -H 'content-type: application/xml' --data-binary @{self._report_folder() / 'declaration.xml'} \\")
        say(f"    {centre.url('speed2')}/v1/messages")
        say("  (the declaration of the first journey again: it gets its original receipt)")
        say()
        say("The platform stays up; end it with Ctrl-C")
        self._open()


def _inside(centre: RunningNode, store: Store) -> Inside:
    """A look into a store. The national nodes run the same processes as the centre."""
    core = centre.core
    processes: dict[str, Any] = dict(core.behaviour.processes)
    return Inside(store, core.catalogue, processes, core.auditor.log.signer.key if store is core.store else None)


def _copies(centre: RunningNode) -> Callable[[View, str], tuple[FinalReplica, Partner]]:
    """What makes a replica of a view in memory, and its way to the centre."""

    def copy_of(view: View, client: str) -> tuple[FinalReplica, Partner]:
        store, key = discovery.open_store("memory:"), centre.core.auditor.log.signer.key
        return FinalReplica(store, [view], key, SystemClock()), _partner(centre.url("ccn2"), centre.identity, client)

    return copy_of


def _partner(url: str, identity: DevelopmentIdentity, client: str) -> Partner:
    files = identity.client(client)
    return Partner(url, Identity(files.certificate, files.key, identity.root))


def _parties(
    centre: RunningNode, own: Mapping[str, NationalNode], data: Path, partners: OtherChannels
) -> dict[str, Party]:
    """Traders and officers, each at the door of its circle."""
    speed2, ccn2, cdco, identity = *(centre.url(each) for each in ("speed2", "ccn2", "cdco")), centre.identity
    register = identity.load_register()

    def at_centre(id: str, title: str, url: str, other: str, *, listens: bool = True) -> Party:
        client = register.client(id)
        assert client is not None  # every development identity has the clients of the demonstration
        lane = client.eori or (f"NTA.{client.administration}" if client.administration else client.id)
        way = partners.ways.get(id)
        return Party(
            id, title, lane, _partner(url, identity, id), _partner(other, identity, id), listens or way is not None, way
        )

    found = [
        at_centre("trader.fr.lesquin", "Holder of the procedure, Lesquin", speed2, ccn2),
        at_centre("trader.at.wien", "Trader at destination, Wien", speed2, ccn2),
        at_centre("trader.de.rhein", "Holder of the procedure, at the Rhine", speed2, ccn2),
        at_centre("trader.at.linz", "Trader at destination, Linz", speed2, ccn2),
        at_centre("representative.be", "Representative", speed2, ccn2),
        at_centre("be.system", "Belgian guarantee system", ccn2, speed2),
        at_centre("it.system", "Italian transit system", ccn2, speed2),
        at_centre("fr.officer", "Customs officer, France", ccn2, speed2),
        at_centre("fr.expert", "Process expert, France", ccn2, speed2),
        at_centre("nl.officer", "Customs officer, Netherlands", ccn2, speed2),
        at_centre("de.system", "German system", ccn2, speed2, listens=False),
        at_centre("commission.system", "Commission", ccn2, speed2),
        at_centre("commission.officer", "Operator of the service bus", cdco, ccn2, listens=False),
        at_centre("partner.dg", "Authority for organic farming", speed2, ccn2, listens=False),
        at_centre("pl.system", "Polish system", ccn2, speed2, listens=False),
        at_centre("nl.system", "Dutch system", ccn2, speed2, listens=False),
    ]
    found += list(_officers(own, data))
    return {party.id: party for party in found}


def _officers(own: Mapping[str, NationalNode], data: Path) -> Iterable[Party]:
    """Officers of administrations with a system of their own work at its door, with its certificates."""
    for code, node in own.items():
        identity = DevelopmentIdentity(data / code.lower() / "identity")
        id = f"{code.lower()}.officer"
        yield Party(id, f"Customs officer, {code}", f"NTA.{code}", _partner(node.addresses["ccn2"], identity, id))
