"""The core with its applications in this process, over any store, under the same load, with the same ledger.

For what must be repeated exactly: power cuts at a numbered write, and the tests that sabotage a store to see whether
the judgement notices. Clock and randomness come from the seed.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from crash.cases import case_of
from crash.checker import Finding, Told, balance_faults, told_faults
from crash.client import AMOUNT, MRN
from crash.ledger import Line, What
from crash.messages import GUARANTEES, Message, case_name, eori, grn, operators, power, registration
from crash.node import poison
from crash.onward import authorisation
from crash.stored import Stored, stored_faults
from crash.ways import Known, Ways
from douane.applications.guarantees.messages import GuaranteeQuery, GuaranteeRegistration
from douane.applications.transit.messages import ArrivalRequest, IncidentReport, Inspection
from douane.applications.transit.records.arrival import Arrival as Arriving
from douane.applications.transit.records.states import AtDestination
from douane.channels.rest.translation import receipt_json
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.commands import Acknowledge, Release
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Item
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Envelope, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Store
from douane.runtime.store.queries import View
from douane.runtime.store.records import HumanTask
from douane.shared_services.auditing.port import AuditPort
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import DouaneError
from tests.callers import admitted, system, who

NAME = "crash.douane.example/p0"
BEGINS = 1_795_000_000 * SECOND
CATALOGUE = Catalogue(discovery.services())
LOOK = code_lists().look
ACTS: Final = {kind.__name__: kind for kind in (Inspection, IncidentReport, ArrivalRequest)}
_IDLE = 3


@dataclass(slots=True)
class SeededClock:
    """A clock that moves on by a microsecond whenever it is read, through all lives."""

    at: int = BEGINS

    def now(self) -> int:
        """The next microsecond."""
        self.at += 1
        return self.at


@dataclass(slots=True)
class SeededIds:
    """Randomness that a seed repeats."""

    seed: int
    drawn: int = 0

    def random(self, size: int) -> bytes:
        """The next bytes."""
        self.drawn += 1
        return hashlib.shake_128(f"{self.seed}.{self.drawn}".encode()).digest(size)


class Everything:
    """A router of a node that keeps every administration, and from which everybody collects."""

    def hosts(self, _administration: str, operation: str) -> bool:
        """Whatever is offered."""
        return operation in CATALOGUE.operations

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        """This node."""
        return ("",) if self.hosts(administration, operation) else (administration,)

    def operation_for(self, message: type) -> str:
        """The operation that takes a message type."""
        return CATALOGUE.operation_for(message)

    def lane(self, _party: str, _message: str) -> str:
        """None."""
        return ""


@dataclass(slots=True)
class Sender:
    """A trader that sends one message after another, each until it holds its receipt; those of officers, too."""

    number: int
    ways: Ways = field(default_factory=Ways)
    due: Message | None = None
    cases: int = 0
    left: list[Message] = field(default_factory=list)
    held: list[Message] = field(default_factory=list)
    cursor: str = ""

    def next(self, known: Known, *, begin: bool) -> Message | None:
        """What it sends now; None where it begins no new case, and nothing that was released has its turn."""
        if self.due is None:
            if not self.left:
                self.left = [each for each in (self.ways.next(known),) if each is not None]
            if not self.left and begin:
                case = case_of(case_name(self.number, self.cases))
                self.ways.begin(case)
                self.left = list(case.messages[: case.lodged])
                self.cases += 1
            self.due = self.left.pop(0) if self.left else None
        return self.due


class Inside:
    """Lives of one core, one after another, over what ``open_store`` opens."""

    def __init__(self, open_store: Callable[[], Store], *, seed: int, traders: int = 4) -> None:
        self._open, self.seed = open_store, seed
        self.chance = random.Random(seed)
        self.clock, self.ids = SeededClock(), SeededIds(seed)
        self.signer = Signer.from_seed(NAME, bytes(32))
        self.senders = [Sender(number) for number in range(traders)]
        self.told = Told()
        self.store: Store
        self.owner: Owner
        self._sent: set[str] = set()

    # --- lives

    def begin(self, *, poisoned: bool = True) -> None:
        """Open the store; read from it where things stand."""
        self.store = self._open()
        behaviour = discovery.behaviour()
        if poisoned:
            poison(behaviour)
        auditor = AuditPort(self.signer, keys.space(keys.AUDIT, 0), self.store)
        ports = Ports(self.store, self.clock, self.ids, behaviour, Everything(), CATALOGUE, auditor, LOOK)
        self.owner = Owner(0, ports)
        self.owner.begin()

    def register(self) -> None:
        """Register operators, powers and guarantees; harmless again."""
        self._state("eori.deliver", "O", operators(len(self.senders)), "NTA.FR", "EU")
        for sender in self.senders:
            self._state("representation.empower", f"P{sender.number}", power(sender.number))
            self._state("authorisations.state", f"A{sender.number}", authorisation(sender.number), "NTA.AT", "AT")
        for number in range(GUARANTEES):
            stated = msgspec.json.decode(registration(number), type=GuaranteeRegistration)
            self._state("guarantees.register", f"G{number}", stated)

    def _state(
        self, operation: str, own_id: str, message: Any, sender: str = "fr.officer", administration: str = "FR"
    ) -> None:
        body = msgspec.json.encode(message)
        envelope = self._envelope(operation, own_id, sender, "ccn2", body, Media.JSON, administration)
        (result,) = Tick(self.owner).run([Arrival(envelope, message)])
        assert isinstance(result, Receipt), result

    def step(self, *, begin: bool = True) -> bool:
        """One tick with what some traders send; False where nobody has anything to send. Raises what the store does;
        then nothing is known of what was under way, and it is sent again in the next life."""
        due = [(s, m) for s in self.senders if self.chance.random() < 0.7 and (m := s.next(self._known, begin=begin))]
        repeated = [s for s in self.senders if s.held and self.chance.random() < 0.05]
        again = [(s, self.chance.choice(s.held[-20:])) for s in repeated]
        arrivals = [self._arrival(message) for _, message in (*due, *again)]
        results = Tick(self.owner).run(arrivals)
        for (sender, message), result in zip(due, results, strict=False):
            self._told(What.ACKNOWLEDGED, message, result)
            sender.held.append(message)
            sender.due = None
        for (_, message), result in zip(again, results[len(due) :], strict=True):
            self._told(What.AGAIN, message, result)
        if self.chance.random() < 0.3:
            self._collect(self.chance.choice(self.senders))
        return any(sender.next(self._known, begin=begin) for sender in self.senders)

    def drain(self) -> int:
        """No new cases: finish those begun, release what is set aside, collect everything; how many were released."""
        idle = 0
        while idle < _IDLE:  # a movement waits for answers that come with later ticks; one that waits for ever is found
            worked = self.step(begin=False) or bool(self.owner.pending)
            while self.owner.pending:
                Tick(self.owner).run()
            worked = sum(self._collect(sender) for sender in self.senders) > 0 or worked
            idle = 0 if worked else idle + 1
        while self.owner.pending:
            Tick(self.owner).run()
        self.owner.ports.behaviour = discovery.behaviour()  # whatever made messages fail is mended
        released = [parked.position for parked in self.owner.parked() if not parked.waits_for]
        for position in released:
            Tick(self.owner).run(commands=[Release(position)])
        while self.owner.pending:
            Tick(self.owner).run()
        for sender in self.senders:
            while self._collect(sender):
                pass
        return len(released)

    # --- sending and collecting

    def _envelope(
        self, operation: str, own_id: str, sender: str, platform: str, body: bytes, media: Media,
        administration: str = "FR",
    ) -> Envelope:  # fmt: skip
        circle = "trusted" if platform == "ccn2" else "untrusted"
        return admitted(
            who(sender, circle, administration),
            operation,
            body,
            id=own_id,
            administration=administration,
            media=media,
            platform=platform,
            channel="rest",
            received=self.clock.now(),
        )

    def _arrival(self, message: Message) -> Arrival:
        if message.id not in self._sent:
            self._sent.add(message.id)
            self.told.take(Line(What.SENT, message.id, 0.0, digest=message.digest, type=message.type))
        if message.by:
            act = msgspec.json.decode(message.body, type=ACTS[message.type])
            operation = CATALOGUE.operation_for(type(act))
            administration = message.by[:2].upper()
            own = self._envelope(operation, message.id, message.by, "ccn2", message.body, Media.JSON, administration)
            return Arrival(own, act)
        content = CATALOGUE.read_document(message.body)
        operation = CATALOGUE.operation_for(type(content))
        to = content.message_recipient[-2:]
        envelope = self._envelope(operation, message.id, message.sender, "speed2", message.body, Media.FAMILY, to)
        return Arrival(envelope, content)

    def _known(self, message: Message, mrn: str) -> bool:
        """Whether the office of a message expects the movement; for an officer, whether it is on his list."""
        view = View(self.store, message.office[:2], self.clock.now(), LOOK, caller=system(message.office[:2]))
        subject = view.resolve("arrival", mrn)
        if subject is None:
            return False
        if message.by:
            return any(not task.done for task in view.all_of(HumanTask, subject))
        case = view.get(Arriving, subject)
        return case is not None and case.state == AtDestination.EXPECTED

    def _told(self, what: What, message: Message, result: Receipt | DouaneError) -> None:
        if isinstance(result, DouaneError):
            self.told.take(Line(What.REFUSED, message.id, 0.0, status=400, text=result.text))
        else:
            self.told.take(Line(what, message.id, 0.0, status=202, text=json.dumps(receipt_json(result))))

    def _collect(self, sender: Sender) -> int:
        items, after = Inbox(self.store, (0,)).read(eori(sender.number), sender.cursor)
        for item in items:
            self.told.take(self._collected(sender.number, item))
        sender.cursor = after
        for item in items:
            if self.chance.random() < 0.1:
                Tick(self.owner).run(commands=[Acknowledge(eori(sender.number), item.position, self.clock.now())])
        return len(items)

    def _collected(self, party: int, item: Item) -> Line:
        body = item.body.decode()
        amount = AMOUNT.search(body) if item.row.type == "CC029C" else None
        named = MRN.search(body)
        mrn = named.group(1) if named else ""
        answers = self.senders[party].ways.took(item.row.type, item.row.correlation, mrn)
        return Line(
            What.COLLECTED, f"{item.position:x}", 0.0, digest=item.row.content.digest.hex(), type=item.row.type,
            message=item.row.id, answers=answers, case=f"{item.row.subject:016x}", party=party, mrn=mrn,
            amount=amount.group(1) if amount else "",
        )  # fmt: skip

    # --- the judgement

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong, judged over the store as it was opened last."""
        yield from told_faults(self.told)
        yield from balance_faults(self.told, self._accounts())
        yield from stored_faults(self.told, Stored.of(self.store), self.store, {0: self.signer.key})

    def _accounts(self) -> dict[str, dict[str, Any]]:
        view = View(self.store, "FR", self.clock.now(), LOOK, caller=system("FR"))
        show = discovery.behaviour().queries["guarantees.show"].answer
        return {grn(n): json.loads(msgspec.json.encode(show(view, GuaranteeQuery(grn(n))))) for n in range(GUARANTEES)}
