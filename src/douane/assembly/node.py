"""A node put together: store, core, doors, lanes, and what the operator sees; started and stopped as one."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from douane.assembly import discovery
from douane.assembly.development import DevelopmentIdentity, prepare
from douane.assembly.holding import await_release
from douane.assembly.keys import log_name, signing_key
from douane.assembly.listener import ClientCertificate, Door, Listeners, ListenerSettings
from douane.assembly.lists import NodeLists
from douane.assembly.lock import DataLock
from douane.assembly.ports import SystemClock, SystemIds
from douane.assembly.registry import UPLINK, Registry
from douane.assembly.settings import NodeSettings
from douane.assembly.telemetry import Telemetry
from douane.assembly.uplink import Connector
from douane.channels.rest.binding import Rest
from douane.channels.rest.client import Identity, Partner, RestTransport
from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.policy import enter
from douane.identity.tokens import TokenIssuer, TokenVerifier
from douane.model.circles import Platform
from douane.platforms.operations.entry import Readiness, operations
from douane.platforms.uumds.entry import Known, UumDs
from douane.runtime import door as doors
from douane.runtime import keys
from douane.runtime.behaviour import Behaviour
from douane.runtime.catalogue import Catalogue
from douane.runtime.inbox import Inbox
from douane.runtime.lanes import Lanes
from douane.runtime.link import CoreEnd, DirectLink, Question
from douane.runtime.node import Node
from douane.runtime.owner import Owner, Ports
from douane.runtime.ports import Reader, Store
from douane.runtime.queries import View
from douane.runtime.recent import Recent
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.web.asgi import Application, Request
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import DeclarationFault

ISSUER = "https://uumds.douane.example"
INSIDE = "127.0.0.1"
"""Where the CDCO desk listens, whatever the other doors do: it has no outside listener."""
BUSINESS = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)


@dataclass(slots=True)
class Core:
    """The core of a node: what works without any listener."""

    settings: NodeSettings
    store: Store
    catalogue: Catalogue
    behaviour: Behaviour
    registry: Registry
    clock: SystemClock
    node: Node
    auditor: AuditPort
    look: Callable[[dt.date], Any]
    lists: NodeLists
    recent: Recent
    lock: DataLock | None = None

    def close(self) -> None:
        """Let go of the store, then of the data folder."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()

    def answer(self, question: Question) -> Any:
        """The answer to a query, from a snapshot of its administration."""
        view = View(snapshot_of(self.store), question.administration, self.clock.now(), self.look,
                    caller=question.caller, roles=question.roles)  # fmt: skip
        return self.behaviour.queries[question.operation].answer(view, question.request)

    def end(self) -> CoreEnd:
        """What this core does for the doors at its links."""
        node = self.node
        return CoreEnd(
            self.catalogue, node.submit, self.inbox(), node.changed, self.answer, node.command, self.clock
        )  # fmt: skip

    def inbox(self) -> Inbox:
        """The inboxes of this node."""
        partitions = [owner.partition for owner in self.node.owners]
        return Inbox(self.store, partitions, self.recent, hold=lambda: self.node.held)


def snapshot_of(store: Store) -> Reader:
    """What queries of a single-process node read: the committed state itself, since ticks and queries never overlap."""
    return store


def make_core(settings: NodeSettings, *, ended: Callable[[BaseException], None]) -> Core:
    """The core of a node over its store: journal read, unhandled messages waiting, audit log checked.

    Raises StoreUnavailable where another process works on the same data folder.
    """
    lock = None if settings.store_address.startswith("memory:") else DataLock(settings.data)
    clock, ids = SystemClock(), SystemIds()
    catalogue = Catalogue(discovery.services())
    behaviour = discovery.behaviour()
    missing = behaviour.check(catalogue.operations.values())
    if missing:
        raise DeclarationFault(missing[0], remedy="Bind a handler, or declare the operation planned.")
    if settings.time_scale != 1:
        discovery.scale_time_limits(settings.time_scale)
    registry = Registry(settings, catalogue)
    store = discovery.open_store(settings.store_address)
    lists = NodeLists(store, clock, settings.transition_end)
    look = lists.look
    signer = signing_key(settings.data / "audit.key", log_name(settings), ids.random)
    auditor = AuditPort(signer, keys.space(keys.AUDIT, 0), store)
    ports = Ports(store, clock, ids, behaviour, registry, catalogue, auditor, look)
    owner = Owner(0, ports)
    owner.begin()
    node = Node([owner], ended=ended)
    recent = Recent()
    node.watchers += [lists.watch, recent.watch]
    return Core(settings, store, catalogue, behaviour, registry, clock, node, auditor, look, lists, recent, lock)


@dataclass(slots=True)
class RunningNode:
    """A node with its doors open."""

    core: Core
    identity: DevelopmentIdentity
    listeners: Listeners
    telemetry: Telemetry
    lanes: Lanes | None = None
    connector: Connector | None = None
    partner: Partner | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, platform: str) -> str:
        """Where a platform listens."""
        return self.listeners.addresses[platform].url

    async def start(self) -> None:
        """Open the doors; handle what a former process left; begin to carry and collect."""
        self.core.node.start()
        await self.listeners.start()
        if self.lanes is not None:
            self.lanes.recover()
            self.core.node.watchers.append(self.lanes.watch)
            self.tasks.append(asyncio.create_task(self.lanes.run()))
        if self.connector is not None:
            self.tasks.append(asyncio.create_task(self.connector.run()))
        if self.core.node.held is not None:
            self.tasks.append(asyncio.create_task(await_release(self.core.node, self.core.settings.data)))

    async def stop(self) -> None:
        """Take no more, finish what was accepted, close."""
        waiting = set(self.tasks)
        while waiting:  # a library may lose a cancellation; asking again ends what did not hear it
            for task in waiting:
                task.cancel()
            _, waiting = await asyncio.wait(waiting, timeout=1.0)
        self.core.node.leave()
        await self.listeners.stop()
        await self.core.node.stop()
        if self.partner is not None:
            await self.partner.close()
        self.core.close()


def make_node(settings: NodeSettings) -> RunningNode:
    """A whole node, not yet started."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    ended = asyncio.Event()

    def fail(problem: BaseException) -> None:
        telemetry.failed(problem)
        ended.set()

    core = make_core(settings, ended=fail)
    telemetry = Telemetry(core.catalogue, core.clock, settings.data / "node.log")
    core.node.watchers.append(telemetry.watch)
    identity = prepare(settings.identity_folder, now=core.clock.now(), random=SystemIds().random)
    opened = _doors(settings, core, identity, telemetry)
    running = RunningNode(core, identity, Listeners(opened, failed=telemetry.failed), telemetry, ended=ended)
    if settings.uplink is not None:
        _join_centre(settings, running)
    return running


def _join_centre(settings: NodeSettings, running: RunningNode) -> None:
    uplink = settings.uplink
    assert uplink is not None
    files = DevelopmentIdentity(uplink.identity)
    client = files.client(uplink.client)
    running.partner = Partner(uplink.url, Identity(client.certificate, client.key, files.root))
    core = running.core
    transport = RestTransport({UPLINK: running.partner})
    running.lanes = Lanes(core.node, core.store, core.clock, {"rest": transport})
    running.connector = Connector(running.partner, core.catalogue, core.node.submit, core.clock)


def _doors(settings: NodeSettings, core: Core, identity: DevelopmentIdentity, telemetry: Telemetry) -> list[Door]:
    register, certificates = identity.load_register(), identity.load_certificates()
    issuer = TokenIssuer(issuer=ISSUER, keys=[identity.load_token_key()])
    applications: dict[str, Application] = {}

    def gate_of(platform: Platform) -> PlatformGate:
        tokens = TokenVerifier(issuer=ISSUER, audience=platform.value, jwks=issuer.jwks())
        authenticator = Authenticator(register=register, certificates=certificates, tokens=tokens)
        return PlatformGate(platform, authenticator=authenticator, now=core.clock.now)

    end = core.end()
    for platform in BUSINESS:
        gate = gate_of(platform)
        link = DirectLink(platform, end)
        entry = doors.Door(platform, gate=gate, catalogue=core.catalogue, link=link, clock=core.clock)
        applications[platform.value] = Rest(entry).application(telemetry.failed)
    audiences = {p.value: p for p in BUSINESS}
    known = Known(register, certificates)
    uumds = UumDs(known=known, issuer=issuer, audiences=audiences, now=core.clock.now, random=SystemIds().random)
    applications["uumds"] = uumds.application()
    operators = gate_of(Platform.OPERATIONS)

    def guard(request: Request) -> None:
        caller = operators.authenticate(request.certificate, request.header("authorization"))
        enter(caller.kind, Platform.OPERATIONS).enforce()

    applications["operations"] = operations(
        ready=lambda: _readiness(core), metrics=lambda: telemetry.text(core.node), guard=guard
    )
    return [_door(settings, identity, name, applications[name]) for name in settings.platforms]


def _readiness(core: Core) -> Readiness:
    owner = core.node.owners[0]
    return Readiness({"partition 0": "the store refuses, a new owner begins when it can" if owner.ended else ""})


def _door(settings: NodeSettings, identity: DevelopmentIdentity, name: str, application: Application) -> Door:
    host = INSIDE if name == Platform.CDCO.value else settings.host
    listener = ListenerSettings(
        name=name, certificate=identity.server_certificate, key=identity.server_key, host=host,
        port=settings.ports[name], client_authorities=identity.client_authorities,
        client_certificate=ClientCertificate.OPTIONAL,
    )  # fmt: skip
    return Door(listener, application)


@contextlib.asynccontextmanager
async def running(settings: NodeSettings) -> Any:
    """A node as long as the block lasts."""
    node = make_node(settings)
    await node.start()
    try:
        yield node
    finally:
        await node.stop()


__all__ = ["Core", "Path", "RunningNode", "Signer", "make_core", "make_node", "running"]
