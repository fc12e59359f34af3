"""An office in a test: everything that is installed, over a store in memory, at a time that the test sets.

::

    office = Office("FR", "DE")
    received = office.send(Application("1", "FR005350"), by=trader("FR1"))
    assert office.inbox(trader("FR1")) == [Received("1")]
    assert office.ask(StatusQuery("1"), by=trader("FR1")).state == "received"

It is the same core as in a node: units of work, processes, timers, admission to cases, audit. What a door does before
it (proof of identity, limits, wire forms) a test of this kind leaves out; who calls is said by ``trader``, ``officer``
and their like. Nothing of the core's inside is part of what stands here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from msgspec.structs import replace

from douane.backends.memory.backend import MemoryStore
from douane.central_repository.vouching import reading
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.configuration.supplies import supply_of
from douane.model.caller import EVERYWHERE, PARTY_KINDS, Caller, Party, PartyKind, Strength
from douane.model.circles import ActorKind, Circle
from douane.model.declare import Operation
from douane.model.needs import F, Supply
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.sight import sees
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Envelope, Receipt, RowKind
from douane.runtime.store.indexing import BuildIndex, unbuilt
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Log
from douane.runtime.store.queries import View
from douane.runtime.store.records import HumanTask
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.walking import Walk
from douane.standards.transparency_log.note import Key, Signer
from douane.vocabulary.errors import NotAuthorised
from douane.vocabulary.statutory import NORMAL

START: Final = dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC)
"""The time at which an office opens, unless a test says otherwise: a Monday."""
_MOST: Final = 1_000
_PARTITION: Final = 0


def trader(eori: str) -> Caller:
    """A trader who speaks for himself."""
    return _caller(ActorKind.TRADER, eori)


def administration(code: str) -> Caller:
    """The system of an administration (``FR``), or of the Commission (``EU``)."""
    return _caller(ActorKind.COMMISSION if code == "EU" else ActorKind.MEMBER_STATE, code)


def officer(name: str, country: str) -> Caller:
    """A person at a desk of an administration."""
    return replace(_caller(ActorKind.OFFICER, name, country), person=name)


def third_country(code: str) -> Caller:
    """The system of a country outside the Union."""
    return _caller(ActorKind.THIRD_COUNTRY, code)


def acting(person: str, *, principal: str, delegate: str = "") -> Caller:
    """A person with an account who acts for a principal. delegate: the representative whose employee he is."""
    for_him = trader(principal)
    return replace(for_him, id=person, by=delegate or person, person=person, strength=Strength.SESSION)


def service(role: str) -> Caller:
    """A part of a node in a role (``sign-in``)."""
    return _caller(ActorKind.SERVICE, role)


def _caller(kind: ActorKind, identifier: str, country: str = "") -> Caller:
    party = Party(PARTY_KINDS[kind], identifier)
    own = country or (identifier if party.kind is PartyKind.ADMINISTRATION else "")
    return Caller(party.name, kind, kind.circle, party, own, strength=Strength.CERTIFICATE,
                  offices=(EVERYWHERE,) if kind is ActorKind.OFFICER else ())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a sender holds: the message is kept. id: of the message; case: of the case that it opened or belongs to."""

    id: str
    case: str


class SetAside(AssertionError):
    """A handler failed: its message waits for an operator. The text says why."""


class _Clock:
    def __init__(self, start: dt.datetime) -> None:
        self.at = int(start.timestamp() * 1_000_000)

    def now(self) -> int:
        self.at += 1  # no two things happen at once
        return self.at


class _Ids:
    def __init__(self) -> None:
        self.count = 0

    def random(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_128(b"office %d" % self.count).digest(size)


@dataclass(frozen=True, slots=True)
class _Hosts:
    kept: frozenset[str]
    named: Callable[[type], str]

    def hosts(self, administration: str, operation: str) -> bool:
        del operation
        return administration in self.kept

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        return ("",) if self.hosts(administration, operation) else (administration,)

    def operation_for(self, message: type) -> str:
        return self.named(message)

    def lane(self, party: str, message: str) -> str:
        del party, message
        return ""  # nobody is written to: what is sent waits in an inbox


_SET_UP: Final = dt.timedelta(seconds=1)
"""Before an office opens its store is made: no log goes back, and the first message comes at the start."""


class Office:
    """Offices of these administrations in one core. What is sent to others, or to traders, waits in their inboxes."""

    def __init__(
        self, *administrations: str, start: dt.datetime = START,
        certify: Callable[[bytes, str, str, int], tuple[str, str, int]] | None = None,
        ahead: dt.timedelta = dt.timedelta(),
    ) -> None:  # fmt: skip
        """certify: what issues certificates; without it nobody here does. ahead: how far statutory time was set ahead
        of the machine's."""
        self._catalogue, self._behaviour = Catalogue(discovery.services()), discovery.behaviour()
        self._clock, self._store, self._look = _Clock(start - _SET_UP), MemoryStore(), code_lists().look
        self._signer = Signer.from_seed("office.example/p0", bytes(32))
        self._owner = Owner(
            _PARTITION,
            Ports(
                self._store, self._clock, _Ids(), self._behaviour,
                _Hosts(frozenset(administrations), self._catalogue.operation_for), self._catalogue,
                AuditPort(self._signer, keys.space(keys.AUDIT, _PARTITION), self._store), self._look,
            ),
        )  # fmt: skip
        self._statutory = self._owner.ports.statutory
        self._statutory.pace = NORMAL.ahead(int(ahead.total_seconds() * 1_000_000))
        if certify is not None:
            self._owner.ports.certify = certify
        self._owner.begin()
        for missing in unbuilt(self._store, _PARTITION):  # nothing is there yet: an empty store is whole at once
            Tick(self._owner).run(commands=[BuildIndex(keys.log_position(_PARTITION, 0), *missing)])
        self._clock.at = _Clock(start).at
        self._count = 0

    @property
    def key(self) -> Key:
        """The public key with which the office signs."""
        return self._signer.key

    @property
    def now(self) -> dt.datetime:
        """The time in the office."""
        return dt.datetime.fromtimestamp(self._clock.at / 1e6, dt.UTC)

    def send(self, message: Any, *, by: Caller, id: str = "") -> Accepted:
        """Hand a message in, and let everything that follows from it happen at once.

        id: under which its sender knows it; the same again is the same message. Raises NotAuthorised where the
        operation is not open to such a caller, what the core refuses, and SetAside where a handler failed.
        """
        operation = self._operation(message, by)
        self._count += 1
        _, media, body, own = self._catalogue.encode(message)
        to = self._catalogue.administration_of(operation, message)
        to = by.administration if by.kind is ActorKind.OFFICER else to  # as a door does
        family = self._catalogue.family(type(message))
        platform = "speed2" if by.circle is Circle.UNTRUSTED else "ccn2"
        correlation = family.correlation(message) if family else ""
        origin = Origin(
            by, id or own or f"message {self._count}", self._clock.now(), platform, "rest", correlation=correlation
        )
        content = Content(Media(media), body, digest_of(body, ()), ())
        envelope = Envelope(RowKind.MESSAGE, operation.qualified, to, origin, content)
        (found,) = Tick(self._owner).run([Arrival(envelope, message)])
        if not isinstance(found, Receipt):
            raise found
        self._settle()
        return Accepted(origin.id, f"{found.subject:016x}")

    def ask(self, question: Any, *, by: Caller, of: str = "") -> Any:
        """The answer to a query. of: the administration asked; without it the one that the question names, or the own.

        Raises NotAuthorised where the query is not open to such a caller, and what the application refuses.
        """
        operation = self._operation(question, by)
        asked = of or self._catalogue.administration_of(operation, question)
        asked = by.administration if asked == "EU" and by.administration and not of else asked
        operations = self._catalogue.operations.values()
        roles = frozenset(each.name for one in operations for each in one.by if each.kind is by.kind)
        hosts = self._owner.ports.router.hosts
        cases, within = reading(self._behaviour, hosts, self._view, by)
        view = self._view(
            asked,
            caller=by,
            roles=roles,
            sees=sees(by, roles, operations, cases),
            within=within,
            sign=self._signer.sign,
        )
        return self._behaviour.queries[operation.qualified].answer(view, question)

    def _view(self, administration: str, **more: Any) -> View:
        return View(
            self._store.snapshot(), administration, self._clock.now(), self._look, statutory=self._statutory, **more
        )  # fmt: skip

    def tasks(self, administration: str, kind: str, name: str) -> tuple[HumanTask, ...]:
        """The open tasks of a case at an administration, by what the case is called there; none where there is none."""
        view = self._view(administration)
        subject = view.resolve(kind, name)
        return () if subject is None else tuple(each for each in view.all_of(HumanTask, subject) if not each.done)

    def supplied(self, supply: Supply[F], administration: str) -> F:
        """A function that an application supplies to the platform, given what an administration keeps now."""
        found = supply_of(supply)
        if found is None:
            raise LookupError(f"Nothing installed supplies {supply.name}.")
        return cast("F", partial(found, self._view(administration)))

    def inbox(self, party: Caller) -> list[Any]:
        """Everything that was ever sent to a party, oldest first, as typed messages."""
        name = party.party.name
        prefix = keys.space(keys.INBOX, _PARTITION) + keys.text(name)
        found = self._store.scan(prefix, keys.after(prefix), _MOST)
        rows = self._store.read_log(Log.SENT, [int.from_bytes(key[-8:], "big") for key, _ in found])
        return [self._read(SENT.read(raw or b"")) for raw in rows]

    def audited(self) -> list[str]:
        """What does not fit between the audit log of the office and what it kept; nothing, if all is well."""
        walk, found = Walk(_PARTITION, self._signer.key), list[str]()
        while not walk.done:
            found += [str(each) for each in walk.slice(self._store)]
        return found

    def wait(self, time: dt.timedelta) -> None:
        """Let time pass, and what is due happen."""
        self._clock.at += int(time.total_seconds() * 1_000_000)
        Tick(self._owner).run()
        self._settle()

    def _operation(self, message: Any, by: Caller) -> Operation:
        operation = self._catalogue.operation(self._catalogue.operation_for(type(message)))
        if not operation.open_to(by.kind):
            raise NotAuthorised(
                f"{operation.qualified} is not open to {by.kind.value}.", remedy="Ask as one who may, or declare it."
            )
        return operation

    def _read(self, row: Any) -> Any:
        body = row.content.octets
        if row.content.media == Media.FAMILY:
            return self._catalogue.read_document(body)
        return self._catalogue.read_json(self._catalogue.type_named(row.type), body)

    def _settle(self) -> None:
        while self._owner.pending:
            Tick(self._owner).run()
        parked = self._owner.parked()
        if parked:
            raise SetAside("; ".join(str(each.reason) for each in parked))
