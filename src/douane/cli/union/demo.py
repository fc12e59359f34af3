"""``douane demo``: a customs union in a box.

Starts a central node and two national ones, plays every journey, writes the report; then stays up, or ends with 0 only
if every journey succeeded (``--exit``). Exit codes: 0 they did, 1 one did not, 130 interrupted before the report.
The next start plays nothing: it opens the union that is there, with its clock, unless ``--fresh`` or ``--exit`` say
that it begins anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
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
from douane.assembly.pages.serving import Pages
from douane.assembly.pages.sites import WHERE
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.replica import Replica as FinalReplica
from douane.channels.rest.client import Partner
from douane.cli.output import describe
from douane.cli.union.demo_folder import DemoFolder, Played
from douane.cli.union.demo_parties import client_at, taking_part
from douane.cli.union.moving_nodes import three_nodes
from douane.configuration import discovery
from douane.configuration.keys import signing_key
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import PORTS, FolderRoute, NodeSettings, PagesAt, Uplink
from douane.development.demo_channels import ELSEWHERE, FILES, QUEUE_USERS, OtherChannels, other_channels
from douane.portal.start import Breakable, Journey
from douane.runtime.store.ports import Store
from douane.simulator.chapters import Chapter, chapter
from douane.simulator.exchanges import Outcome
from douane.simulator.inside import Inside, changed_last
from douane.simulator.messages.numbers import Numbers
from douane.simulator.nations import NationalNode, NationalSettings, nations
from douane.simulator.performance import Performance, script
from douane.simulator.progress import Progress
from douane.simulator.replicas import Replica
from douane.simulator.report.page import Address, Union, page_in, verdict, write_report
from douane.simulator.stage import Stage
from douane.supervision.statutory import keep_pace, read_pace
from douane.trust.demo import MEMBER_STATES
from douane.trust.development_identity import prepare
from douane.trust.persons import NATIONAL
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
DECLARATION = "declaration.xml"
"""The file in the report's folder that a journey leaves, for whoever wants to send it again."""
INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane demo --exit",
        codes="exit codes: 0 every journey succeeded; 1 one did not; 130 interrupted before the report",
    )  # fmt: skip
    parser.add_argument(
        "--exit", action="store_true", help="begin anew, end after the report; 0 only if every journey succeeded"
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew; else the union of the last run is opened")
    parser.add_argument("--chapter", metavar="NAME", help="begin anew, play one chapter: transit, decisions or systems")
    parser.add_argument("--data", type=Path, default=Path("build/demo"), help="folder of the nodes")
    parser.add_argument("--report", type=Path, default=Path("build/report"), help="folder of the report")
    parser.add_argument("--free-ports", action="store_true", help="let the system choose every port")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder of published sample messages, if any")


def run(arguments: argparse.Namespace) -> int:
    """Play; the exit code."""
    import uvloop

    chosen = chapter(arguments.chapter) if arguments.chapter else None
    with contextlib.closing(DemoFolder(arguments.data)) as folder:
        left = _left(folder, anew=arguments.exit or arguments.fresh or chosen is not None)
        demo = _Demo(arguments, folder, left, chosen)
        return int(uvloop.run(_until_stopped(demo)))


def _left(folder: DemoFolder, *, anew: bool) -> Played | None:
    """What the last run played, where its union is to be opened; else the folder is emptied."""
    folder.must_have_ended()
    played = None if anew else folder.played()
    if played is None:
        folder.empty()
    return played


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
    demo.say_that_it_ended()
    return demo.verdict if demo.reported else INTERRUPTED


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
        chosen = _Ports(dict.fromkeys(PORTS, 0), _unused(OWN_SYSTEMS), 0, dict.fromkeys(OWN_SYSTEMS, 0))
        named = ", ".join(map(str, taken))
        return chosen, f"Port {named} is taken by another program: the system chooses other ports." if taken else ""
    return _Ports(dict(PORTS), dict(OWN_SYSTEMS), pages, national), ""


def _unused(names: Iterable[str]) -> dict[str, int]:
    """A port that nobody listens on for each name: the centre is told before the nodes start where it asks them."""
    with contextlib.ExitStack() as held:
        probes = {each: held.enter_context(socket.create_server(("127.0.0.1", 0))) for each in names}
        return {each: int(probe.getsockname()[1]) for each, probe in probes.items()}


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

    def __init__(
        self, arguments: argparse.Namespace, folder: DemoFolder, left: Played | None, chosen: Chapter | None
    ) -> None:
        self._arguments, self._folder, self._left, self._chosen = arguments, folder, left, chosen
        self._data: Path = arguments.data.resolve()
        self._progress = Progress(sys.stdout)
        self._pages: Pages | None = None
        self.verdict = 1
        self.reported = False

    async def play(self) -> int:
        """Start the union; play the journeys and write the report where no run has; stay or end."""
        self._folder.tell()
        ports, warning = _ports(free=self._arguments.free_ports)
        self._greet(warning)
        if self._left is None:
            (self._report_folder() / DECLARATION).unlink(missing_ok=True)
        scale = 1 if self._left is not None else round(86_400 / DAY_SECONDS)
        async with contextlib.AsyncExitStack() as up:
            partners = await up.enter_async_context(other_channels(self._data / "centre"))
            settings = NodeSettings(
                data=self._data / "centre", development=True, ports=ports.centre,
                elsewhere=frozenset({*OWN_SYSTEMS, *ELSEWHERE, FILES}), time_scale=scale,
                queues=partners.queues, queue_users=QUEUE_USERS, folders={FILES: FolderRoute(self._files())},
                pages=PagesAt(port=ports.pages),
                keepers=self._keepers(ports),
            )  # fmt: skip
            centre = await up.enter_async_context(running(settings))
            assert centre.pages is not None  # the settings name them
            self._pages = centre.pages
            self._open()
            await partners.open(centre)
            own = await up.enter_async_context(nations(self._national(centre, ports, scale), self._progress.say))
            self._folder.tell(self._address(), {code.lower(): node.process.pid for code, node in own.items()})
            self._show_parts(own)
            if self._left is not None:
                self._show_again(self._left, centre)
            else:
                async with self._union(centre, own, partners) as stage:
                    await self._journeys(stage, self._addresses(centre, own))
                self._return_to_the_law(centre.core.clock.now())
            self._farewell(centre, own)
            if not self._arguments.exit:
                await centre.ended.wait()
        return self.verdict

    def say_that_it_ended(self) -> None:
        """The last words to whoever ended it, and what the next start does."""
        there = self.reported or self._left is not None
        kept = "the next start opens this union again" if there else "the next start begins anew"
        self._progress.say(f"Ended: {kept}.")

    def _greet(self, warning: str) -> None:
        """Say what begins, or what is opened."""
        say = self._progress.say
        say("Douane: a customs union in a box")
        if self._left is None:
            say(f"Statutory time: {SHOW}")
        else:
            say(f"The union that the last run left in {self._arguments.data} is opened: nothing is played again.")
            say("To begin anew: make run ARGS=--fresh")
        if warning:
            say(warning)

    def _show_again(self, left: Played, centre: RunningNode) -> None:
        """Show on the start page what was played, and the cases as they stand."""
        assert self._pages is not None
        core, moving = centre.core, self._pages.moving
        moving.ended, moving.number = list(left.journeys), left.planned
        for case in changed_last(core.store):
            moving.take(*case)
        report = Path(left.report)
        moving.written = functools.partial(page_in, report.parent)
        self.verdict, self.reported = 0, True
        today = core.statutory.today(core.clock.now(), CENTRAL_SERVICE)
        self._progress.say(f"By the clock of this union it is {today:%A %-d %B %Y}")
        self._progress.say(f"The report: {report}")

    def _files(self) -> Path:
        """The folder by which the administration is reached whose program reads and writes files."""
        return self._data / "files" / FILES.lower()

    def _keepers(self, ports: _Ports) -> dict[str, Uplink]:
        """Where the centre asks nodes that keep data sets themselves, as whom the authority of each knows it."""
        random, found = SystemIds().random, dict[str, Uplink]()
        for code, port in ports.nations.items():
            folder = self._data / code.lower()
            identity = prepare(folder / "identity", now=SystemClock().now(), random=random).folder
            key = signing_key(folder / "audit.key", f"{code.lower()}.douane.example/p0", random).key.text()
            found[code] = Uplink(f"https://127.0.0.1:{port}", "commission.system", identity, key)
        return found

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
        parties = taking_part(centre, own, self._data, partners)
        replicas = [
            Replica(code, client_at(centre.url("ccn2"), centre.identity, f"{code.lower()}.system"))
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
        journeys = script(self._chosen)
        if self._pages is not None:
            self._pages.moving.number = len(journeys)
        outcomes = await Performance(stage, self._ended).run(journeys)
        self.verdict = 0 if all(each.absent or each.succeeded for each in outcomes) else 1
        union = Union(
            began, stage.now(), addresses, CENTRAL_SERVICE, tuple(OWN_SYSTEMS), len(stage.replicas),
            discovery.rule_texts(), SHOW.removesuffix("."),
        )  # fmt: skip
        page = write_report(stage.folder, outcomes, union)
        self.reported = True
        if self._pages is not None:
            self._pages.moving.written = functools.partial(page_in, stage.folder)
            self._folder.remember(Played(tuple(self._pages.moving.ended), len(journeys), str(page.resolve())))
        self._progress.say()
        seconds = (stage.now() - began) / 1e6
        self._progress.say(f"{verdict(outcomes)} in {seconds:.1f} s")
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
            self._folder.tell(self._address())
            self._progress.say(f"Open {self._address()}  (remote: ssh -L {port}:localhost:{port} HOST)")

    def _address(self) -> str:
        """Of the start page."""
        assert self._pages is not None
        return f"http://localhost:{self._pages.port}/"

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
            await (node.again(read_pace(self._data / name.lower()).scale) if works else node.stop())

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
        say(f"  {FILES:<7} {'files':<11} {self._files()}")
        if (self._report_folder() / DECLARATION).is_file():
            self._how_to_send(centre)
        say()
        say("The platform stays up; end it with Ctrl-C")
        self._open()

    def _how_to_send(self, centre: RunningNode) -> None:
        say, files = self._progress.say, centre.identity.client("trader.fr.lesquin")
        say()
        say("Send a message yourself")
        say(f"  curl --cacert {centre.identity.root} --cert {files.certificate} --key {files.key} \\")
        say(f"    -H 'content-type: application/xml' --data-binary @{self._report_folder() / DECLARATION} \\")
        say(f"    {centre.url('speed2')}/v1/messages")
        say("  (the declaration of the first journey again: it gets its original receipt)")


def _inside(centre: RunningNode, store: Store) -> Inside:
    """A look into a store. The national nodes run the same processes as the centre."""
    core = centre.core
    processes: dict[str, Any] = dict(core.behaviour.processes)
    return Inside(store, core.catalogue, processes, core.auditor.log.signer.key if store is core.store else None)


def _copies(centre: RunningNode) -> Callable[[View, str], tuple[FinalReplica, Partner]]:
    """What makes a replica of a view in memory, and its way to the centre."""

    def copy_of(view: View, client: str) -> tuple[FinalReplica, Partner]:
        store, key = discovery.open_store("memory:"), centre.core.auditor.log.signer.key
        return FinalReplica(store, [view], key, SystemClock()), client_at(centre.url("ccn2"), centre.identity, client)

    return copy_of
