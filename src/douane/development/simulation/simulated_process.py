"""A simulated process: the same parts as a real node (``assembly.node``) on other ports.

The disk is a volume that forgets, the clock and the randomness follow the simulation, lines replace sockets.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from douane.assembly.uplink import Connector
from douane.backends.sqlite.backend import SqliteStore
from douane.backends.sqlite.faulty import DatabaseError
from douane.channels.rest.client import RestTransport
from douane.configuration.artefacts import versions
from douane.configuration.lists import NodeLists
from douane.configuration.registry import UPLINK, Registry, seed
from douane.configuration.settings import NodeSettings
from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.principals import Presented, Principal
from douane.model.caller import INNER
from douane.model.circles import Platform
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import GoesBack, Owner, Ports
from douane.runtime.core.relaying import UNNAMED
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.naming import TERMS, Naming
from douane.runtime.delivery.recent import Recent
from douane.runtime.delivery.sight import sees
from douane.runtime.delivery.transfer import Transfer
from douane.runtime.door.door import Door
from douane.runtime.door.link import CoreEnd, DirectLink, Question
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND, Batch, Instant, Transport
from douane.runtime.store.queries import View
from douane.runtime.store.statutory import StatutoryClock
from douane.runtime.turns.lingering import LINGER
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.reads import Reads
from douane.simulator.union.lines import Line
from douane.simulator.union.loop import Life, VirtualLoop
from douane.simulator.union.network import Network
from douane.simulator.union.trace import Trace
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import NotAuthenticated, StoreUnavailable
from douane.vocabulary.provision import Chosen, Provided

BEGINNING: Final[Instant] = 1_795_000_000 * SECOND  # November 2026
DOORS: Final = (Platform.SPEED2, Platform.CCN2)


def jumped(newest: Instant, now: Instant) -> GoesBack:
    """Two operators agree at once that a clock which jumped goes back."""
    return GoesBack(f"{newest}-{now}", "eu.anna", "eu.ben", "it jumped")


class SimulatedClock:
    """A machine's clock: virtual time, an offset that jumps, and what each look at it costs.

    As the system's own, it never goes back within a process; the next process sees what the machine shows then.
    """

    def __init__(self, loop: VirtualLoop, offset: Instant, cost: Instant) -> None:
        self.offset = offset
        self._loop, self.cost, self._last = loop, cost, 0

    def now(self) -> Instant:
        """Microseconds since 1970 as this machine believes."""
        self._last = max(self._last + self.cost, self._own)
        return self._last

    @property
    def shown(self) -> Instant:
        """The same for those who watch the simulation: nobody has looked at it."""
        return max(self._last, self._own)

    @property
    def _own(self) -> Instant:
        return BEGINNING + round(self._loop.now * SECOND) + self.offset


class SimulatedIds:
    """Randomness from the seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def random(self, size: int) -> bytes:
        """Bytes that repeat with the seed."""
        return self._chance.randbytes(size)


class KnownParties(Authenticator):
    """Knows the parties of the simulation by what stands for their certificate: their id."""

    def __init__(self, parties: dict[bytes, Principal]) -> None:
        self._parties = parties

    def authenticate(self, presented: Presented, now: int) -> Principal:  # noqa: ARG002 - the authenticator's signature
        """Who is calling. Raises NotAuthenticated."""
        found = self._parties.get(presented.certificate)
        if found is None:
            raise NotAuthenticated("Nobody is registered under this certificate.")
        return found


class WatchedStore(SqliteStore):
    """The SQLite store, whose process may end just before or just after a commit, and whose commits are noted."""

    def __init__(self, path: str, vfs: str, committing: Callable[[Batch, int, bool], None]) -> None:
        super().__init__(path, vfs=vfs)
        self._committing = committing

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit, with the moments before and after it told."""
        self._committing(batch, partition, False)
        super().apply(batch, partition, epoch)
        self._committing(batch, partition, True)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all machines of a simulated union share."""

    loop: VirtualLoop
    network: Network
    trace: Trace
    folder: Path
    parties: dict[bytes, Principal]
    catalogue: Catalogue
    behaviour: Behaviour
    seed: str
    statutory: StatutoryClock
    history: tuple[Chosen, ...] = ()
    """Choices of providers that were made before the simulation begins."""

    def chance(self, name: str) -> random.Random:
        """A stream of randomness of its own for each name."""
        return random.Random(f"{self.seed}/{name}")  # noqa: S311 - a simulation repeats


@dataclass(slots=True)
class Process:
    """A running process of a machine."""

    life: Life
    store: SqliteStore
    node: Node
    doors: dict[str, Door]
    links: dict[str, DirectLink]
    lanes: Lanes
    clock: SimulatedClock

    def close(self) -> None:
        """Let go of files and memory; the process is over."""
        self.life.end()
        for owner in self.node.owners:
            owner.end()
        with contextlib.suppress(DatabaseError):
            self.store.close()


@dataclass(frozen=True, slots=True)
class Installation:
    """What is installed on a machine; each start puts it together anew. ``line``: to the centre, from another node."""

    settings: NodeSettings
    around: Surroundings
    partitions: tuple[int, ...]
    signers: dict[int, Signer]
    ids: SimulatedIds
    line: Line | None

    def begin(
        self, life: Life, store: SqliteStore, clock: SimulatedClock, failed: Callable[[BaseException], None]
    ) -> Process:
        """A running process over a store. ``failed`` is told what a tick raised."""
        around = self.around
        lists = NodeLists(store, clock, self.partitions)
        owners = self._owners(store, clock, lists)
        for owner in owners:
            try:
                owner.begin()
            except StoreUnavailable:
                owner.end()  # as a real node: it reads, and begins to commit when the store can
        node = Node(owners, ended=failed, linger=LINGER if len(self.partitions) > 1 else 0.0)
        lanes = Lanes(node, store, clock, self._transports(node), {UNNAMED: TERMS})
        recent = Recent()
        node.watchers += [lists.watch, recent.watch, lanes.watch]
        node.moved.append(recent.forget)
        links = self._links(node, store, clock, lists, recent)
        process = Process(life, store, node, self._doors(links, clock), links, lanes, clock)
        node.start()
        lanes.recover()
        around.loop.create_task(lanes.run())
        if self.line is not None:
            around.loop.create_task(Connector(self.line, around.catalogue, node.submit, clock).run())
        return process

    def _owners(self, store: SqliteStore, clock: SimulatedClock, lists: NodeLists) -> list[Owner]:
        around, several = self.around, self.partitions if len(self.partitions) > 1 else ()
        provided = Provided((*seed(self.settings), *around.history)) if self.line is None else Provided()
        registry = Registry(self.settings, around.catalogue, provided=provided, now=clock.now)
        return [
            Owner(
                p,
                Ports(
                    store, clock, self.ids, around.behaviour, registry, around.catalogue,
                    AuditPort(self.signers[p], keys.space(keys.AUDIT, p), store, versions=versions()), lists.look,
                    partitions=several, statutory=around.statutory, dismissed=registry.dismissed,
                    goes_back=jumped,
                ),
            )
            for p in self.partitions
        ]  # fmt: skip

    def _transports(self, node: Node) -> dict[str, Transport]:
        carried: dict[str, Transport] = {INNER: Transfer(node)}
        if self.line is not None:
            carried["rest"] = RestTransport({UPLINK: self.line})
        else:
            carried[UNNAMED] = Naming(node, node.owners[0].ports.store)
        return carried

    def _links(
        self, node: Node, store: SqliteStore, clock: SimulatedClock, lists: NodeLists, recent: Recent
    ) -> dict[str, DirectLink]:
        catalogue, behaviour = self.around.catalogue, self.around.behaviour

        def answer(question: Question) -> Any:
            view = View(store, question.administration, clock.now(), lists.look, partitions=self.partitions,
                        caller=question.caller, roles=question.roles,
                        sees=sees(question.caller, question.roles, catalogue.operations.values()))  # fmt: skip
            return behaviour.queries[question.operation].answer(view, question.request)

        inbox = Inbox(store, self.partitions, recent, hold=lambda: node.held)
        end = CoreEnd(catalogue, node.submit, inbox, node.changed, answer, node.command, clock, Reads().note)
        return {platform.value: DirectLink(platform, end) for platform in DOORS}

    def _doors(self, links: dict[str, DirectLink], clock: SimulatedClock) -> dict[str, Door]:
        known = KnownParties(self.around.parties)
        return {
            platform.value: Door(
                platform, gate=PlatformGate(platform, authenticator=known, now=clock.now),
                catalogue=self.around.catalogue, link=links[platform.value], clock=clock,
            )
            for platform in DOORS
        }  # fmt: skip
