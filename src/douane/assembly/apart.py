"""Parts of a node apart from its core: doors and pages in processes of their own, on this machine or another one.

They open no store and have no key that signs for the node: what they authenticated or drew they ask and say over links,
each of which speaks for one platform.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from douane.assembly.doors import BUSINESS, Bound, DoorMaker, followed, spending_of
from douane.assembly.link import TlsAddress, connection, parse
from douane.assembly.pages.serving import Pages, make_pages
from douane.configuration import discovery
from douane.configuration.lists import AskedLists, code_lists
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.examination.starting.judging import must_start
from douane.model.circles import Platform
from douane.platforms.operations.entry import Readiness
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.statutory import StatutoryClock
from douane.runtime.upkeep.beside import end_all, kept_up
from douane.shared_services.link.door_end import PATIENCE, RemoteLink
from douane.shared_services.link.workers import LONGEST_PATIENCE, Workers
from douane.shared_services.web.requests import Served
from douane.supervision.gathering import Gathering
from douane.supervision.levels import Ledger, Observer, answering
from douane.supervision.listening import NodeListeners
from douane.supervision.operating.holding import first_told, follow_approved, taken_over
from douane.supervision.operating.listening import OperatorSocket, door_socket_of
from douane.supervision.operating.maintenance import causes, read_rests
from douane.supervision.operating.readiness import sight_of, with_trust
from douane.supervision.operating.reading import lay_note
from douane.supervision.reporting import Reporter
from douane.supervision.running_out import RunningOut
from douane.supervision.statutory import calendars_in_force
from douane.supervision.telemetry import Telemetry
from douane.supervision.watching_apart import WatchedApart
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.trust.expiring import calendar
from douane.trust.known import KnownClients


@dataclass(slots=True)
class RunningApart:
    """Doors or pages without a core."""

    identity: DevelopmentIdentity
    listeners: NodeListeners
    links: Mapping[str, RemoteLink | Workers]
    telemetry: Telemetry
    known: KnownClients
    leave: Callable[[], None]
    """Say that this process is about to stop, and serve on."""
    reporter: Reporter
    running_out: RunningOut
    operator: OperatorSocket | None = None
    observing: Sequence[Observer] = ()
    pages: Pages | None = None
    lists: AskedLists | None = None
    files: Sequence[Path] = ()
    """The followed files of its host that its core hands over."""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    problems: list[BaseException] = field(default_factory=list)

    async def start(self) -> None:
        """Open them; while the core is away they answer so."""
        failed = self.telemetry.failed
        works = [link.run for link in self.links.values()]
        works += [self.telemetry.beat.run, self.reporter.run, *(each.run for each in self.observing)]
        works.append(self.running_out.run)
        sign_in = self.links.get(Platform.UUMDS.value)  # over it alone the providers are handed, with their secrets
        for link in [*([sign_in] if sign_in is not None else self.links.values())][:1]:
            works.append(partial(follow_approved, link, self.known.holding, self.files))
        if self.lists is not None:
            works.append(self.lists.follow)
        works.append(lambda: self.known.watch(failed, swapped=self.running_out.swapped))
        works.append(lambda: self.known.mind(self.telemetry.trust))
        tls = followed(self.listeners)
        await self.listeners.start()
        if self.operator is not None:
            await self.operator.start()
        self.known.add(tls)
        if self.pages is not None:
            self.known.add(followed(self.pages.listeners))
            await self.pages.start()
        self.tasks += [asyncio.create_task(kept_up(work, failed)) for work in works]
        await first_told(self.known, failed)

    def reread(self) -> None:
        """Go on in the log file that has the name now, and read again whatever is read from files."""
        self.telemetry.reopen()
        self.known.reread()

    async def stop(self) -> None:
        """Take no more, let requests finish, hang up."""
        for link in self.links.values():
            link.leave()
        if self.operator is not None:
            await self.operator.close()
        if self.pages is not None:
            await self.pages.listeners.stop()
        await self.listeners.stop()
        await self.reporter.close()
        await end_all(self.tasks)


def make_apart(
    settings: NodeSettings, bound: Bound | None = None, gathering: Gathering | None = None
) -> RunningApart:  # fmt: skip
    """The doors or pages of a node whose core is elsewhere, not yet started.

    gathering: what the operator's door tells of other processes. Raises DeclarationFault as ``make_node`` does.
    """
    must_start(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    clock, catalogue = SystemClock(), Catalogue(discovery.services())
    parts = gathering.parts if gathering is not None else ()
    telemetry = Telemetry(catalogue, clock, settings.data / "node.log", parts)
    telemetry.develops(settings.development)
    identity = prepare(settings.identity_folder, now=clock.now(), random=SystemIds().random)
    maker = DoorMaker(
        settings, identity, catalogue, clock, telemetry.failed, bound or {}, telemetry.refused, telemetry.limited,
        telemetry.answered, telemetry.guessed,
    )  # fmt: skip
    telemetry.uses = maker.uses
    sharing = settings.pages.processes if settings.pages is not None else settings.processes
    maker.charge(spending_of(settings.platforms, settings.limits.budget().shared(sharing)))

    def ready() -> Readiness:
        return with_trust(replace(readiness(links, settings), notes=running_out.notes()), maker.known)

    # where a core is on this host, it tells what runs out here
    alone = any(isinstance(parse(each), TlsAddress) for each in settings.link_addresses)
    running_out = RunningOut(lambda: calendar(settings, clock.now()) if alone else (), clock, telemetry)
    links: dict[str, RemoteLink | Workers] = {}
    observing: Observer | None = None
    applications: dict[str, Served] = {}
    console: WatchedApart | None = None
    for name in settings.platforms:
        platform = Platform(name)
        if settings.role == "pages" and platform is not Platform.OPERATIONS:
            links[name] = _link(settings, platform, identity, catalogue)
        elif platform in BUSINESS:
            links[name] = _link(settings, platform, identity, catalogue)
            applications[name] = maker.business(platform, links[name])
            maker.speaks = lambda host, guest: any(each.speaks(host, guest, clock.now()) for each in links.values())
        elif platform is Platform.UUMDS:
            applications[name] = maker.uumds()
        elif gathering is not None:
            gathering.told = telemetry.process
            if settings.pages is not None:
                console = WatchedApart(settings, clock, catalogue, gathering.workers, gathering.readiness,
                                       gathering.secret)  # fmt: skip
            observing = Observer(Ledger(settings.data), clock, partial(getattr, gathering, "addresses"),
                                 gathering.readiness, answering(identity.root),
                                 lambda: causes(read_rests(settings.data), clock.now()))  # fmt: skip
            told = partial(gathering.metrics, telemetry)
            applications[name] = maker.operations(gathering.readiness, told, telemetry.beat)
        else:
            applications[name] = maker.operations(
                ready, telemetry.text, telemetry.beat
            )  # fmt: skip
    opened = [maker.listening(name, served) for name, served in applications.items()]
    lists = AskedLists(next(iter(links.values()))) if settings.role == "pages" and links else None
    return RunningApart(
        identity,
        NodeListeners(opened, failed=telemetry.failed, untrusted=telemetry.untrusted),
        links,
        telemetry,
        maker.known,
        maker.leave,
        Reporter(links, telemetry),
        running_out,
        OperatorSocket(
            door_socket_of(settings.data, settings.worker, settings.role), None, telemetry.failed,
            lambda: sight_of(ready(), telemetry.text()),
        ) if gathering is None else None,
        [observing] if observing is not None else [],
        _pages(settings, maker, links, telemetry, console, lists) if lists is not None or console is not None else None,
        lists,
        taken_over(settings.data, settings.identity_folder, pages=settings.role == "pages"),
    )  # fmt: skip


def _pages(
    settings: NodeSettings, maker: DoorMaker, links: Mapping[str, RemoteLink | Workers], telemetry: Telemetry,
    console: WatchedApart | None, lists: AskedLists | None,
) -> Pages:  # fmt: skip
    """The pages of this process over its links; or the console, which has none."""
    assert settings.pages is not None
    through = {Platform(name): link for name, link in links.items()}
    statutory = StatutoryClock(calendars=calendars_in_force(settings))
    return make_pages(maker, through, telemetry.failed, partial(lay_note, settings.data), statutory, console,
                      lists=(lambda: lists.lists) if lists is not None else code_lists,
                      bound=maker.bound)  # fmt: skip


def _link(
    settings: NodeSettings, platform: Platform, identity: DevelopmentIdentity, catalogue: Catalogue
) -> RemoteLink | Workers:
    """The link of a platform to its core, or to every worker of it."""
    name, several = f"{platform.value}.{os.getpid()}", len(settings.link_addresses) > 1
    patience = settings.patience or (LONGEST_PATIENCE if several else PATIENCE)
    made = [
        RemoteLink(
            platform, name=name, connect=connection(parse(address), platform, identity), catalogue=catalogue,
            clock=SystemClock(), patience=0.0 if several else patience,
        )
        for address in settings.link_addresses
    ]  # fmt: skip
    return Workers(made, catalogue, patience=patience) if several else made[0]


def readiness(links: Mapping[str, RemoteLink | Workers], settings: NodeSettings) -> Readiness:
    """Whether doors can take messages: for a while also without a core, since they hold what comes until one is back.

    A balancer that saw every door go as soon as a core is renewed would refuse what these hold.
    """
    longest = min(settings.patience or PATIENCE, PATIENCE)
    return Readiness(
        {f"link {name}": "" if link.away <= longest else "no core answers" for name, link in links.items()}
    )
