"""A node put together: store, core, doors, lanes, and what the operator sees; started and stopped as one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from douane.assembly.acting import acts_of, follow_agreements
from douane.assembly.apart import make_apart
from douane.assembly.bus import TERMS as BUS_TERMS
from douane.assembly.bus import BusTransport
from douane.assembly.core import Core, make_core
from douane.assembly.doors import Bound, DoorMaker, followed
from douane.assembly.link import LinkListeners, parse
from douane.assembly.pages.serving import Pages, make_pages
from douane.assembly.pages.sites import BEHIND
from douane.assembly.parts import Closing, Running
from douane.assembly.queueing import folder_gateway, folder_transport, gateway, open_queues
from douane.assembly.uplink import Connector, partner_by
from douane.central_repository.replica.replica import Replica
from douane.central_repository.summaries import SUMMARIES, Keeper, Summaries
from douane.channels.rest.client import Partner, RestTransport
from douane.configuration import discovery
from douane.configuration.absences import Absences, knowing, windows
from douane.configuration.access_point import access_point
from douane.configuration.partners import terms, webhooks
from douane.configuration.payloads import collect_regularly
from douane.configuration.ports import SystemIds, lead
from douane.configuration.registry import (
    UPLINK,
    first_choices,
    lanes_of_administrations,
    peer_lane,
)
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import callers, overdue, work_ahead
from douane.configuration.workers import together
from douane.examination.inspecting import keep_inspecting
from douane.examination.starting.judging import must_start
from douane.examination.witnessing import keep_witnessed
from douane.model.caller import INNER
from douane.model.circles import Platform
from douane.model.needs import OPERATORS, REPLY
from douane.platforms.operations.entry import Readiness
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.relaying import UNNAMED
from douane.runtime.delivery.lanes import Lanes, Terms
from douane.runtime.delivery.naming import TERMS as NAMING
from douane.runtime.delivery.naming import Naming
from douane.runtime.delivery.transfer import Transfer
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.ports import Transport
from douane.runtime.store.transmission import Keep
from douane.runtime.upkeep.beside import end_all, kept_up
from douane.runtime.upkeep.ending import rereads
from douane.runtime.upkeep.summing import make_whole
from douane.shared_services.archiving.forgetting import Forgetting
from douane.shared_services.backup_restore.holding import await_release, once_released
from douane.shared_services.link.core_end import CoreSessions
from douane.shared_services.link.frames import VERSION, Welcome
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring.burning import DOORS
from douane.shared_services.monitoring.traces import traceparent
from douane.shared_services.web.fair_use import Limit
from douane.shared_services.web.listener import Door
from douane.standards.transparency_log.note import parse_key
from douane.supervision.announcing import announcing
from douane.supervision.feeding import feeding_of
from douane.supervision.gathering import Gathering
from douane.supervision.judging import Judging, names_of
from douane.supervision.levels import Ledger, Observer, answering
from douane.supervision.listening import NodeListeners
from douane.supervision.observing import NotingCallers, observing
from douane.supervision.operating import holding as held
from douane.supervision.operating.listening import OperatorSocket, socket_of
from douane.supervision.operating.maintenance import FILE as MAINTENANCE
from douane.supervision.operating.maintenance import causes, read_rests, write_down
from douane.supervision.operating.maintenance import follow as follow_rests
from douane.supervision.operating.readiness import core_ready, sight_of
from douane.supervision.operating.reading import FOLDER as READS
from douane.supervision.operating.reading import ReadLog
from douane.supervision.running_out import RunningOut
from douane.supervision.statutory import follow_pace
from douane.supervision.surroundings import Surroundings
from douane.supervision.telemetry import Telemetry
from douane.supervision.watching import Watching
from douane.supervision.watching_apart import answering as answering_console
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.trust.expiring import calendar, key_files
from douane.trust.filling import fill
from douane.trust.following import Followed
from douane.trust.known import KnownClients, judge_askers
from douane.trust.operators import acting_alone
from douane.trust.registering import Registering
from douane.trust.stamping import keep_stamping

FILLING = 5.0
"""How long a start waits for its registers, in seconds; where a store cannot commit, they are filled later."""


@dataclass(slots=True)
class RunningNode:
    """A node with its doors open."""

    core: Core
    identity: DevelopmentIdentity
    listeners: NodeListeners
    telemetry: Telemetry
    known: KnownClients
    read_log: ReadLog
    leave: Callable[[], None]
    """Say that its doors are about to stop, and serve on."""
    operator: OperatorSocket
    retaining: Retaining
    running_out: RunningOut
    pages: Pages | None = None
    lanes: Lanes | None = None
    connector: Connector | None = None
    partners: Mapping[str, Partner] = field(default_factory=dict)
    closing: list[Closing] = field(default_factory=list)
    gateways: list[Running] = field(default_factory=list)
    links: LinkListeners | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    problems: list[BaseException] = field(default_factory=list)  # what it ended by

    def url(self, platform: str) -> str:
        """Where a platform listens."""
        return self.listeners.addresses[platform].url

    def platforms(self) -> frozenset[Platform]:
        """The platforms at which it has doors now, in this process or linked to it."""
        own = frozenset(each for each in Platform if each.value in self.listeners.addresses)
        return own | self.links.sessions.platforms if self.links is not None else own

    def _beside(self, work: Callable[[], Awaitable[None]]) -> None:
        self.tasks.append(asyncio.create_task(kept_up(work, self.telemetry.failed)))

    async def start(self) -> None:
        """Open the doors; handle what a former process left; begin to carry and collect."""
        core, settings, failed = self.core, self.core.settings, self.telemetry.failed
        core.node.start()
        if core.node.held is not None:
            await core.node.settled()  # what the law deleted since the backup is gone before anybody asks
        await held.begin(core.node, core.store, settings.data, settings.identity_folder, self.known.holding)
        if settings.workers == 1:
            await self._fill_registers()
        if self.links is not None:
            await self.links.start()
        self.known.add(followed(self.listeners))
        await self.listeners.start()
        if self.pages is not None:
            core.node.watchers.append(self.pages.watch)
            self.known.add(followed(self.pages.listeners))
            await self.pages.start()
            if (show := self.pages.show) is not None and settings.worker == 0:
                await self._say(show.persons(self.identity.load_register(), core.registry.hosts))
        await self.operator.start()
        if settings.development:
            self.known.add(follow_pace(settings, core.statutory, core.node))
        self._beside(self.telemetry.beat.run)
        self._beside(core.pulse.run)
        self._beside(Surroundings(
            core.node, core.store, core.clock, self.telemetry, settings.data, settings.reserve_bytes,
            lambda: self.lanes,
            settings.platforms if settings.role == "node" else (),
            lambda: windows(core.view(knowing(settings)), settings.administrations),
            core.lists.published, key_files(settings), lead, lambda: core.resting.rests if settings.worker == 0 else (),
            acting_alone(settings), core.pulse.wrong,
        ).run)  # fmt: skip
        if settings.role == "node":
            answers, ready = answering(self.identity.root), partial(_ready, core, self.known, self.running_out)
            doors = {each.value: self.url(each.value) for each in DOORS if each.value in self.listeners.addresses}
            self._beside(Observer(Ledger(settings.data), core.clock, lambda: doors, ready, answers,
                                  lambda: causes(core.resting.rests, core.clock.now())).run)  # fmt: skip
        rests, partitions, holding = partial(read_rests, settings.data), range(settings.partitions), self.known.holding
        write_down(settings.data, core.store, partitions)
        self.known.add(Followed(lambda: [settings.data / MAINTENANCE], rests, core.resting.take))
        core.resting.take(rests())
        self._beside(lambda: held.follow(core.node, core.store, settings.data, self.identity.folder, holding))
        registering = Registering(self.identity, lambda: core.view(UNION), self.known.reread)
        core.node.watchers.append(registering.watch)
        self._beside(partial(registering.follow, alone=settings.workers == 1))
        if core.tenancy is not None:
            self._beside(lambda: follow_rests(settings.data, core.store, partitions, failed))
        self._beside(self.running_out.run)
        self.known.reread()  # what was read before the store was asked is judged by what it says
        await self.known.look(failed)
        self._beside(lambda: self.known.watch(failed, swapped=self.running_out.swapped))
        self._beside(lambda: self.known.mind(self.telemetry.trust))
        if self.lanes is not None:
            self.lanes.recover()
            core.node.watchers.append(self.lanes.watch)
            self._beside(self.lanes.run)
        if core.tenancy is not None and self.lanes is not None:
            for work in together(core.tenancy, core.node, core.store, self.lanes, failed):
                self._beside(work)
        if core.tenancy is not None:
            self._beside(core.lists.follow)
        if settings.workers > 1:  # whoever keeps the register says it; nobody waits for that
            await self._fill_registers(seconds=0.0)
        for each in (self.connector, *self.gateways):
            if each is not None:
                self._beside(partial(once_released, core.node, each.run))
        self._beside(lambda: make_whole(core.node))
        self._beside(lambda: await_release(core.node, settings.data))
        if settings.time_stamps:
            self._beside(lambda: keep_stamping(settings, core.store, core.clock, failed))
        self._beside(self.read_log.run)
        self._beside(work_ahead)
        self._go_by_the_clock()
        if settings.worker == 0:
            self._watch_over()
        if settings.retention_hours:
            self._beside(self.retaining.keep)
            if settings.worker == 0:  # the workers of a host share the folder
                self._beside(lambda: collect_regularly(settings, core.clock, failed))

    def _go_by_the_clock(self) -> None:
        """Remove what nobody may keep any longer, and note who calls what is governed."""
        core, keeper = self.core, self.core.keeper
        counted = partial(core.view, UNION, observed=keeper.observed if keeper is not None else None)
        self._beside(Forgetting(core.node, core.catalogue, lambda: overdue(core.view(UNION))).keep)
        self._beside(NotingCallers(core.node, core.catalogue, lambda: callers(counted())).run)

    async def _fill_registers(self, seconds: float = FILLING) -> None:
        """Whom the settings say that it serves, and in development the clients of the own identity, are kept first."""
        core, now, key = self.core, self.core.clock.now(), self.core.auditor.log.signer.key.text()
        await self._say([first_choices(core.settings, core.catalogue, key, now)], seconds)
        if core.settings.development and core.registry.hosts(UNION, core.catalogue.filling(OPERATORS)):
            from douane.trust.demo_registers import operators

            await self._say([operators(self.identity.load_register(), core.catalogue, now)], seconds)

    async def _say(self, said: Iterable[Arrival | None], seconds: float = FILLING) -> None:
        """Say something to the own core; go on saying it beside the start where it cannot be taken now."""
        for each in said:
            if each is not None:
                filling = asyncio.create_task(fill(self.core.node.submit, each))
                self.tasks.append(filling)
                await asyncio.wait([filling], timeout=seconds)

    def reread(self) -> None:
        """Go on in the log file that has the name now, and read again whatever is read from files."""
        self.telemetry.reopen()
        self.known.reread()

    def _watch_over(self) -> None:
        """Inspect the store in its spare time, and let a witness keep the checkpoints of its log."""
        core, settings, telemetry = self.core, self.core.settings, self.telemetry
        if settings.inspection_hours and not settings.store_address.startswith("memory:"):
            self._beside(lambda: keep_inspecting(settings, core.clock, core.inspected, telemetry.inspected))
        if settings.witness:
            self._beside(lambda: keep_witnessed(settings, core.store, core.clock, shown=telemetry.witnessed,
                                                failed=telemetry.failed))  # fmt: skip

    async def stop(self) -> None:
        """Take no more, finish what was accepted, close."""
        await end_all(self.tasks)
        await self.operator.close()
        self.core.node.leave()
        if self.pages is not None:
            await self.pages.listeners.stop()
        await self.listeners.stop()
        if self.links is not None:
            await self.links.stop()
        await self.read_log.tell()
        await self.core.node.stop()
        if self.core.tenancy is not None:
            self.core.tenancy.stop()
        for each in (*self.partners.values(), *self.closing):
            await each.close()
        self.core.close()


def make_node(settings: NodeSettings, bound: Bound | None = None, console: bytes = b"") -> RunningNode:
    """A node, not yet started: with its doors, or the core of a node whose doors are elsewhere.

    console: the secret that it has in common with a console of another process; none where there is no such one.
    Raises DeclarationFault for one that nobody should run.
    """
    must_start(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    ended = asyncio.Event()
    problems: list[BaseException] = []

    def fail(problem: BaseException) -> None:
        telemetry.failed(problem)
        problems.append(problem)
        ended.set()

    core = make_core(settings, ended=fail)
    telemetry = Telemetry(core.catalogue, core.clock, settings.data / "node.log", (), names_of(core.behaviour.judges))
    judging = Judging(core.catalogue, core.behaviour.judges, core.look, telemetry, settings.judged)
    core.keeper = observing(settings, core.clock, core.store, lambda: core.registry.agreements, telemetry)
    core.node.watchers += [telemetry.watch, core.keeper.noticing.watch, judging.watch]
    telemetry.develops(settings.development)
    identity = prepare(settings.identity_folder, now=core.clock.now(), random=SystemIds().random)
    maker = DoorMaker(
        settings, identity, core.catalogue, core.clock, telemetry.failed, bound or {}, telemetry.refused,
        telemetry.limited, telemetry.answered, telemetry.guessed,
    )  # fmt: skip
    end = replace(
        core.end(),
        approved=maker.known.holding.known,
        handed=held.handing(settings.data, maker.known.holding),
        collects=core.keeper.collects, takes=core.keeper.takes,
    )  # fmt: skip
    running_out = RunningOut(lambda: calendar(settings, core.clock.now()) if settings.worker == 0 else (), core.clock,
                             telemetry)  # fmt: skip
    ready = partial(_ready, core, maker.known, running_out)
    telemetry.uses, maker.speaks, maker.providers = maker.uses, core.registry.speaks, core.registry.providers
    maker.left, maker.doubted = core.registry.left, telemetry.doubted
    maker.charge(core.spending)
    assert end.keeping is not None
    end.keeping.refused = partial(maker.overspent, limit=Limit.KEPT)
    opened = _doors(maker, core, end, telemetry, ready)
    listeners = NodeListeners(opened, failed=telemetry.failed, untrusted=telemetry.untrusted)
    read_log = ReadLog(core.node, core.reads, None if settings.worker else settings.data / READS, telemetry.failed)
    retaining = Retaining(settings, core.node, core.store, core.clock)
    acts = acts_of(settings, core.node, core.store, core.catalogue, retaining, lambda: running.lanes, telemetry.acted,
                   maker.known.reread, maker.known.holding)  # fmt: skip
    sight = lambda: sight_of(ready(), telemetry.text(core.node))  # noqa: E731 - short
    watched = Watching(settings, core.clock, core.catalogue, core.node, core.store, ready, lambda: running.lanes,
                       core.reads.add, acts, telemetry, core.keeper.observed.collectors)  # fmt: skip
    operator = OperatorSocket(socket_of(settings.data, settings.worker), acts, telemetry.failed, sight,
                              answering_console(watched, console) if console else None)  # fmt: skip
    running = RunningNode(
        core, identity, listeners, telemetry, maker.known, read_log, maker.leave, operator, retaining, running_out,
        ended=ended, problems=problems, closing=[core.keeper],
    )  # fmt: skip
    if settings.link_addresses:
        sessions = CoreSessions(welcome=lambda: _welcome(core), failed=telemetry.failed, counted=telemetry.counted,
                                stood=telemetry.beat.stood)  # fmt: skip
        core.registry.changed = sessions.announce
        if core.tenancy is not None:
            core.tenancy.told = sessions.announce
        addresses = [parse(a) for a in settings.link_addresses]
        running.links = LinkListeners(
            addresses, identity, end, sessions, maker.known, telemetry.refused, telemetry.untrusted
        )
    if settings.pages is not None:
        through = [Platform.UUMDS, *(each for each in BEHIND if each.value in settings.platforms)]
        links = {each: DirectLink(each, end) for each in through}
        seen = watched if Platform.OPERATIONS.value in settings.platforms else None
        running.pages = make_pages(maker, links, telemetry.failed, core.reads.add, core.statutory, seen,
                                   lambda: core.lists.lists)  # fmt: skip
    _join_lanes(settings, running, maker, end)
    if settings.worker == 0:
        pushed = feeding_of(settings.data, identity.root, end, core.view, lambda: core.registry.agreements, telemetry)
        running.gateways.append(pushed)
    told = announcing(settings, core.catalogue, core.registry, core.keeper.observed, core.clock,
                      running.partners.get(UPLINK), running.platforms)  # fmt: skip
    running.gateways += [core.keeper, judging, *told]
    return running


def _summaries(settings: NodeSettings, core: Core, ways: Mapping[str, Partner], telemetry: Telemetry) -> Summaries:
    """What follows the summaries of the keepers whose key is known: kept beside a store in a file, else in memory."""
    told, alone = core.summaries, settings.store_address.startswith("sqlite:") and settings.workers == 1
    for code, route in settings.keepers.items():
        if route.signed_by:
            store = discovery.open_store(f"sqlite:{settings.data}/summaries-{code}.db" if alone else "memory:")
            replica = Replica(store, (SUMMARIES,), parse_key(route.signed_by), core.clock)
            told.keepers[code] = Keeper(code, replica, ways[code], store.close)
    told.went_back = lambda who: telemetry.doubtful(Event.KEEPER_SET_BACK, (who,))
    told.disagree, told.raised = partial(telemetry.doubtful, Event.KEEPERS_DISAGREE), telemetry.failed
    return told


def _join_lanes(settings: NodeSettings, running: RunningNode, maker: DoorMaker, end: CoreEnd) -> None:
    """What carries messages out of this node, and between its partitions."""
    core, uplink = running.core, settings.uplink
    transports: dict[str, Transport] = {}
    if settings.partitions > 1:
        transports[INNER] = Transfer(core.node)
    routes = {peer_lane(code): each for code, each in settings.peers.items()}
    routes |= {UPLINK: uplink} if uplink is not None else {}
    running.partners = {lane: partner_by(route) for lane, route in routes.items()}
    if routes:
        transports["rest"] = RestTransport(running.partners)
    ways = {code: partner_by(route) for code, route in settings.keepers.items()}
    running.closing += [*ways.values(), core.summaries]
    running.gateways.append(_summaries(settings, core, ways, running.telemetry))
    core.keepers.ways = ways if uplink is None else {UNION: running.partners[UPLINK]}
    core.live.ways = core.keepers.ways
    judge_askers(maker.known, settings.issuers, partial(setattr, core.live, "verify"))
    seen = running.telemetry
    core.keepers.registers.went_back = lambda who: seen.doubtful(Event.KEEPER_SET_BACK, (who,))
    core.keepers.registers.disagree = partial(seen.doubtful, Event.KEEPERS_DISAGREE)
    if uplink is not None:
        own = min(settings.administrations, default=UNION)
        running.connector = Connector(running.partners[UPLINK], core.catalogue, core.node.submit, core.clock, own)
    elif (pushed := webhooks(core.registry.agreements, settings.data, core.clock, SystemIds().random)) is not None:
        running.closing.append(pushed)
        transports["webhook"] = pushed
    point = access_point(settings.data, core.catalogue, core.clock, sweep=False) if uplink is None else None
    if point is not None and (pushing := point.transport(settings.evidence.get("as4", Keep.EVERYTHING))) is not None:
        running.closing.append(pushing)
        transports["as4"] = pushing
    if UNION in core.registry.own:
        transports[UNNAMED] = Naming(core.node, core.store)
    if core.registry.hosts(UNION, core.catalogue.filling(REPLY)):
        bus = BusTransport(end, settings.data, running.identity.root)
        running.closing.append(bus)
        transports["bus"] = bus
    if settings.queues and settings.worker == 0:  # one gateway, however many cores
        queues = open_queues(settings.queues, core.clock)
        running.closing.append(queues)
        made, transports["csi_queue"] = gateway(maker, end, queues, core.node.command)
        made.carried = running.telemetry.queues
        running.gateways.append(made)
    if settings.folders:
        transports["csi_folder"] = folder_transport(settings, core.clock)
        if settings.worker == 0:
            running.gateways.append(folder_gateway(maker, end, core.node.command, core.inbox().delivery))
    if transports:
        absences = Absences(core.store, core.clock, knowing(settings), core.look, range(settings.partitions))

        def terms_of(found: Agreements) -> dict[str, Terms]:
            return {**terms(found, lanes_of_administrations(settings), absences), "bus": BUS_TERMS, UNNAMED: NAMING}

        lanes = Lanes(
            core.node, core.store, core.clock, transports, terms_of(core.registry.agreements),
            told=running.telemetry.undelivered, back=running.telemetry.carried_again,
            traced=partial(traceparent, settings.name, core.store), through=running.partners,
        )  # fmt: skip
        running.lanes = running.telemetry.lanes = lanes
        running.telemetry.partners = lanes_of_administrations(settings)
        absences.changed = lanes.rouse
        core.node.watchers.append(absences.watch)
        follow_agreements(settings, core.registry, maker, lanes, transports, terms_of)
    else:
        follow_agreements(settings, core.registry, maker, None, {}, lambda _found: {})


def _doors(
    maker: DoorMaker, core: Core, end: CoreEnd, telemetry: Telemetry, ready: Callable[[], Readiness]
) -> list[Door]:  # fmt: skip
    """The doors that share the process of the core: all of them, or beside doors elsewhere the operator's only."""
    opened = []
    for name in maker.settings.platforms:
        platform = Platform(name)
        if platform is Platform.OPERATIONS:
            application = maker.operations(ready, lambda: telemetry.text(core.node), telemetry.beat)
        elif maker.settings.role == "core":
            continue
        elif platform is Platform.UUMDS:
            application = maker.uumds()
        else:
            application = maker.business(platform, DirectLink(platform, end))
        opened.append(maker.listening(name, application))
    return opened


def _welcome(core: Core) -> Welcome:
    partitions = tuple(owner.partition for owner in core.node.owners)
    owned = partitions if core.tenancy is None else core.tenancy.owned
    return Welcome(
        VERSION, f"{core.settings.name}/{core.settings.worker}", owned, partitions, core.registry.provided.hosts()
    )


def _ready(core: Core, known: KnownClients, running_out: RunningOut) -> Readiness:
    silent = core.keeper.notes() if core.keeper is not None else {}
    notes = {**core.inspected.notes(), **running_out.notes(), **silent}
    return core_ready(core.node, known, notes, core.pulse.wrong())


@contextlib.asynccontextmanager
async def running(
    settings: NodeSettings, bound: Bound | None = None, again: asyncio.Event | None = None,
    gathering: Gathering | None = None,
) -> Any:  # fmt: skip
    """A node, or the part of one that its settings name, as long as the block lasts. ``again``: read files anew."""
    secret = gathering.secret if gathering is not None else b""
    node = make_node(settings, bound, secret) if settings.has_core else make_apart(settings, bound, gathering)
    await node.start()
    node.telemetry.note(Event.STARTED)
    rereading = asyncio.create_task(rereads(node, again or asyncio.Event()))
    try:
        yield node
    finally:
        await end_all([rereading])
        await node.stop()
        node.telemetry.note(Event.STOPPED)


__all__ = ["RunningNode", "make_node", "running"]
