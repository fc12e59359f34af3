"""An office of several administrations in one node, driven by hand: for journeys below the doors."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from douane.backends.memory.backend import MemoryStore
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.model.caller import Caller
from douane.model.rules import Look
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.sight import sees
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Log
from douane.runtime.store.queries import View
from douane.shared_services.auditing.port import AuditPort
from douane.standards.transparency_log.note import Signer
from tests.callers import admitted, system, who
from tests.journeys.judging import judge
from tests.journeys.registered import stated

CATALOGUE = Catalogue(discovery.services())
BEHAVIOUR = discovery.behaviour()
SIGNER = Signer.from_seed("office.example/p0", bytes(32))


@dataclass
class Clock:
    at: int = 1_795_000_000 * SECOND  # November 2026

    def now(self) -> int:
        self.at += 1
        return self.at


@dataclass
class Ids:
    count: int = 0

    def random(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_128(b"office%d" % self.count).digest(size)


@dataclass(frozen=True)
class Hosts:
    """Keeps these administrations, but for these services; every other party collects from its inbox."""

    kept: frozenset[str]
    apart: frozenset[str] = frozenset()

    def hosts(self, administration: str, operation: str) -> bool:
        return administration in self.kept and operation.partition(".")[0] not in self.apart

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        return ("",) if self.hosts(administration, operation) else (administration,)

    def operation_for(self, message: type) -> str:
        return CATALOGUE.operation_for(message)

    def lane(self, party: str, message: str) -> str:
        return ""


def circle_of(sender: str) -> str:
    """Offices and officers are trusted, traders are not."""
    return "trusted" if sender.startswith("NTA.") or sender.endswith(".officer") else "untrusted"


@dataclass
class Office:
    """A node over a memory store. ``sent`` reads what left it, ``give`` hands a message in."""

    kept: frozenset[str] = frozenset({"FR", "DE", "AT", "EU"})
    clock: Clock = field(default_factory=Clock)
    store: MemoryStore = field(default_factory=MemoryStore)
    partition: int = 0
    owner: Owner = field(init=False)
    count: int = 0
    look: Callable[[dt.date], Look] = field(default_factory=lambda: code_lists().look)
    judged: tuple[int, int] = (0, 0)
    as_of: dt.date | None = None
    """By the lists of which day what is sent is judged, where a message came long before it was handled."""
    apart: frozenset[str] = frozenset()
    """Services that another node provides for these administrations, too."""

    def __post_init__(self) -> None:
        ports = Ports(
            self.store, self.clock, Ids(), BEHAVIOUR, Hosts(self.kept, self.apart), CATALOGUE,
            AuditPort(SIGNER, keys.space(keys.AUDIT, self.partition), self.store), self.look,
        )  # fmt: skip
        self.owner = Owner(self.partition, ports)
        self.owner.begin()
        for sender, message in stated(self.kept):
            if CATALOGUE.operation_for(type(message)).partition(".")[0] not in self.apart:
                self.give(message, sender)

    def give(self, message: Any, sender: str, *, administration: str = "", received: int = 0) -> Receipt:
        """Hand in a message as its door would; its receipt. Nothing may be left in quarantine."""
        arrival = self._arrival(message, sender, administration, received)
        (result,) = Tick(self.owner).run([arrival])
        assert isinstance(result, Receipt), result
        self.settle()
        return result

    def together(self, *said: tuple[Any, str], administration: str = "") -> None:
        """Hand in messages with their senders in one tick."""
        arrivals = [self._arrival(message, sender, administration) for message, sender in said]
        results = Tick(self.owner).run(arrivals)
        assert all(isinstance(result, Receipt) for result in results), results
        self.settle()

    def _arrival(self, message: Any, sender: str, administration: str = "", received: int = 0) -> Arrival:
        self.count += 1
        operation = CATALOGUE.operation(CATALOGUE.operation_for(type(message)))
        family = CATALOGUE.family(type(message))
        _, media, body, own = CATALOGUE.encode(message)
        own_administration = administration or CATALOGUE.administration_of(operation, message)
        envelope = admitted(
            who(sender, circle_of(sender), own_administration, operation), operation.qualified, body,
            id=own or f"m{self.count}", administration=own_administration, media=Media(media),
            received=received or self.clock.now(), correlation=family.correlation(message) if family else "",
        )  # fmt: skip
        return Arrival(envelope, message)

    def settle(self) -> None:
        """Handle what is pending; fail when anything was set aside, or a message that was sent breaks a rule."""
        while self.owner.pending:
            Tick(self.owner).run()
        parked = self.owner.parked()
        assert not parked, [p.reason for p in parked]
        self.judged = judge(self, self.judged)

    def wait(self, microseconds: int) -> None:
        """Let time pass and timers fire."""
        self.clock.at += microseconds
        Tick(self.owner).run()
        self.settle()

    def sent(self, party: str) -> list[Any]:
        """Everything that waits for a party, as typed messages, oldest first."""
        prefix = keys.space(keys.INBOX, self.partition) + keys.text(party)
        positions = [int.from_bytes(k[-8:], "big") for k, _ in self.store.scan(prefix, keys.after(prefix), 1000)]
        found = []
        for raw in self.store.read_log(Log.SENT, positions):
            row = SENT.read(raw or b"")
            body = row.content.octets
            if row.content.media == Media.FAMILY:
                found.append(CATALOGUE.read_document(body))
            else:
                found.append(CATALOGUE.read_json(CATALOGUE.type_named(row.type), body))
        return found

    def names(self, party: str) -> list[str]:
        """The types of everything that waits for a party."""
        return [type(m).__name__ for m in self.sent(party)]

    def view(
        self, administration: str, by: Caller | None = None, roles: Iterable[str] = (), **more: Any
    ) -> View:  # fmt: skip
        """What a query of an administration sees; by: who asks in these roles, as its door would hand it on."""
        own, having = by or system(administration), frozenset(roles)
        return View(
            self.store.snapshot(), administration, self.clock.now(), self.look, caller=own, roles=having,
            sees=sees(own, having, CATALOGUE.operations.values()), **more,
        )  # fmt: skip
