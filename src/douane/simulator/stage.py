"""The stage on which journeys are played: who takes part, what one journey sent, and what came back."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from douane.central_repository.replica.answers import View
from douane.central_repository.replica.replica import Replica as ReplicaOfFinalData
from douane.simulator.chapters import Chapter
from douane.simulator.exchanges import (
    Exchange,
    Expectation,
    Failed,
    Kind,
    Outcome,
    Receipt,
    Use,
    Way,
    faults_of,
    receipt_of,
)
from douane.simulator.inside import Inside, Mark
from douane.simulator.messages.declarations import Cover
from douane.simulator.messages.numbers import Numbers
from douane.simulator.moving import Movable
from douane.simulator.parties import Answer, Delivered, Party
from douane.simulator.replicas import Replica
from douane.simulator.titles import lane_title
from douane.standards.ncts import phase5
from douane.vocabulary.errors import PartnerRefused

SPEED2, CCN2 = "door.speed2", "door.ccn2"
PATIENCE = 30.0
"""How long a journey waits for one message before it fails, in seconds."""
POLL = 0.05
BY_TIME = frozenset({"CC140C"})
"""What a holder is sent when a limit has passed and nothing happened (IA 2015/2447 art. 310)."""
_PROCESSES = {
    "transit.record_passage": "passage",
    "transit.record_inspection": "arrival",
    "transit.close_enquiry": "mrn",
    "transit.accept_proof": "mrn",
}
"""Under which kind of reference an officer's operation finds its case."""
_MRN = re.compile("<MRN>([0-9A-Z]{18})</MRN>")
ACCESS_CODE = "A1B2"


def _nothing_to_copy(_view: View, _client: str) -> tuple[ReplicaOfFinalData, Any]:
    raise Failed("No centre keeps final data here")


def _no_day() -> dt.date:
    raise LookupError("nobody keeps statutory time here")


def _no_time_passes(_days: int) -> None:
    raise Failed("Nobody moves statutory time here")


@dataclass(slots=True)
class Stage:
    """The union while the journeys run. Parties by id; ``nations`` are looks inside the national nodes' stores."""

    parties: Mapping[str, Party]
    numbers: Numbers
    now: Callable[[], int]
    centre: Inside
    nations: Mapping[str, Inside]
    folder: Path
    signed_by: Callable[[], Ed25519PublicKey]
    """By which key the central node signs what it pushes."""
    replicas: Sequence[Replica] = ()
    sent: dict[str, tuple[Receipt, bytes]] = field(default_factory=dict)
    """The first message of each journey and its receipt, for those that come later."""
    samples: Path | None = None
    data: str = ""
    """The data folder of the central node, for those who look on."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """How offices are reached that are no parties, by lifeline."""
    copy_of: Callable[[View, str], tuple[ReplicaOfFinalData, Any]] = _nothing_to_copy
    """A replica of a view that holds nothing yet, and its way to the centre as a client."""
    moving: Callable[[], AbstractAsyncContextManager[Movable]] | None = None
    """Nodes of their own whose providers change; None where there are none."""
    day: float = 1.0
    """How many seconds a day of a statutory time limit takes in this run."""
    ahead: Callable[[int], None] = _no_time_passes
    """Let so many days of statutory time pass at once in every node; each notices within a second."""

    lawful_today: Callable[[], dt.date] = _no_day
    """Today by statutory time at the centre."""

    def party(self, id: str) -> Party:
        """A party by its client id."""
        return self.parties[id]


@dataclass(frozen=True, slots=True)
class Journey:
    """A script: what it shows, in words for a customs officer, and the function that plays it."""

    key: str
    chapter: Chapter
    title: str
    story: str
    play: Callable[[Scene], Awaitable[None]]


@dataclass(slots=True)
class Scene:
    """One journey while it is played."""

    stage: Stage
    outcome: Outcome
    mark: Mark
    cases: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    own: list[Exchange] = field(default_factory=list)
    expected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _taken: dict[str, set[str]] = field(default_factory=dict)

    # --- sending

    async def send(self, party: str, message: Any) -> Receipt:
        """Send a message that must be accepted; it belongs to this journey from now on."""
        answer = await self.stage.party(party).send(message)
        if not answer.accepted:
            raise Failed(f"{type(message).__name__} was to be accepted, but came back with {told(answer)}")
        receipt = receipt_of(answer.content)
        self.outcome.receipts.append(receipt)
        self.belongs(message, receipt)
        self.stage.sent.setdefault(self.outcome.key, (receipt, phase5.write(message)))
        return receipt

    def belongs(self, message: Any, receipt: Receipt) -> None:
        """Count a message and its case to this journey."""
        self.cases.add(receipt.case)
        operation = getattr(message, "transit_operation", None)
        self.references |= {r for r in (getattr(operation, "lrn", ""), getattr(operation, "mrn", "")) if r}
        self.references.add(message.message_identification)

    async def states(self, party: str, operation: str, /, **content: object) -> dict[str, Any]:
        """Send a message as JSON that must be accepted; its receipt. Its case belongs to this journey."""
        receipt: dict[str, Any] = await self.ask(party, operation, **content)
        self.cases.add(receipt["case"])
        self.references.add(receipt["id"])
        return receipt

    async def tells(self, party: str, message: Any) -> None:
        """Send a message that must be accepted, by a system whose channel gives no receipt of ours."""
        answer = await self.stage.party(party).send(message)
        if not answer.accepted:
            raise Failed(f"{type(message).__name__} was to be accepted, but came back with {told(answer)}")
        self.references.add(message.message_identification)

    def channels(self, *parties: tuple[str, str]) -> None:
        """Say who uses which channel in this journey: parties and offices, each with what it does."""
        for id, does in parties:
            party = self.stage.parties.get(id)
            lane, channel = (party.lane, party.by.channel) if party else (id, self.stage.ways.get(id, "REST"))
            self.outcome.uses.append(Use(lane, does, channel))

    async def refused(
        self, party: str, message: bytes, name: str, *, status: int, door: str = SPEED2, astray: bool = False
    ) -> Answer:
        """Send what a door must refuse; ``astray``: to the door of the other circle."""
        sender = self.stage.party(party)
        began = self.stage.now()
        answer = await sender.send(message, astray=astray)
        if answer.status != status:
            raise Failed(f"{name} was to be refused with {status}, but came back with {told(answer)}")
        self.turned_away(began, sender.lane, door, name, answer, body=message.decode("utf-8", "replace"))
        return answer

    def turned_away(
        self, at: int, lane: str, door: str, name: str, answer: Answer, *, note: str = "", body: str = ""
    ) -> None:
        """Keep a refusal by a door for the report."""
        faults = faults_of(answer.content)
        text = note or f"refused with {answer.status}"
        kind = Kind.MESSAGE if answer.accepted else Kind.REFUSAL
        self.own.append(Exchange(at, lane, door, name, kind, note=text, body=body, faults=faults))

    async def order(self, officer: str, operation: str, **content: object) -> Any:
        """An officer records something at the own administration's door."""
        party = self.stage.party(officer)
        began = self.stage.now()
        try:
            answer = await party.order(operation, officer=officer, **content)
        except PartnerRefused as refusal:
            raise Failed(f"{operation} was to be accepted: {refusal.text}") from refusal
        if isinstance(answer, dict) and "case" in answer and party.lane in self.stage.nations:
            note = operation.partition(".")[2].replace("_", " ")
            body = "\n".join(f"{name}: {value}" for name, value in content.items())
            exchange = Exchange(began, officer, party.lane, note, Kind.DECISION, body=body)
            self.own.append(exchange)
        elif isinstance(answer, dict) and "case" in answer:
            self.cases.add(answer["case"])
        return answer

    async def tries(self, officer: str, operation: str, **content: object) -> Any:
        """The same for a case that is still on its way to the officer's own system: waits for it, then records."""
        process = _PROCESSES[operation]
        administration = officer[:2].upper()
        inside = self.stage.nations.get(f"NTA.{administration}", self.stage.centre)
        kind, mrn = process, str(content["mrn"])
        await self.until(f"the case of {mrn} at {administration}", lambda: inside.case_of(administration, kind, mrn))
        return await self.order(officer, operation, **content)

    async def ask(self, party: str, operation: str, /, **content: object) -> Any:
        """A query."""
        try:
            return await self.stage.party(party).order(operation, **content)
        except PartnerRefused as refusal:
            raise Failed(f"{operation} was to be answered: {refusal.text}") from refusal

    async def hidden(self, party: str, operation: str, **content: object) -> bool:
        """Whether a query is answered as if there were nothing (404)."""
        try:
            await self.stage.party(party).order(operation, **content)
        except PartnerRefused as refusal:
            return "refuses with 404" in refusal.text
        return False

    async def guarantee(self, limit: Decimal = Decimal(100_000), amount: Decimal = Decimal("4500.00")) -> Cover:
        """A guarantee of the holder, registered by the French officer."""
        grn = self.stage.numbers.grn()
        self.references.add(grn)
        await self.order(
            "fr.officer", "guarantees.register", grn=grn, type="1", holder="FR40123456700017", access_code=ACCESS_CODE,
            limit=str(limit), valid_from=self.stage.numbers.today(),
        )  # fmt: skip
        await self.receives("fr.officer", "GuaranteeRegistered")
        return Cover(grn, ACCESS_CODE, amount)

    async def account(self, cover: Cover) -> dict[str, Any]:
        """The account of a guarantee, as its officer sees it."""
        found: dict[str, Any] = await self.ask("fr.officer", "guarantees.show", grn=cover.grn)
        return found

    # --- collecting

    async def receives(self, party: str, *types: str, patience: float = PATIENCE) -> Delivered:
        """The next message of this journey in a party's inbox, which must be of one of these types."""
        receiver = self.stage.party(party)
        taken = self._taken.setdefault(party, set())
        deadline = self.stage.now() + int(patience * 1e6)
        while True:
            fresh = [each for each in receiver.about(self.references) if each.item not in taken]
            if fresh:
                taken.add(fresh[0].item)
                break
            if self.stage.now() > deadline:
                raise Failed(f"{receiver.title} waited {patience:.0f} s for {' or '.join(types)}; nothing came")
            await receiver.changed(0.5)
        self.references |= set(_MRN.findall(fresh[0].body))
        if fresh[0].type not in types:
            raise Failed(f"{receiver.title} expected {' or '.join(types)}, but {fresh[0].type} came")
        return fresh[0]

    async def until(self, what: str, happened: Callable[[], Any], patience: float = PATIENCE) -> Any:
        """Wait until something can be seen; its value."""
        deadline = self.stage.now() + int(patience * 1e6)
        while not (value := happened()):
            if self.stage.now() > deadline:
                raise Failed(f"waited {patience:.0f} s for: {what}")
            await asyncio.sleep(POLL)
        return value

    async def until_true(self, what: str, asked: Callable[[], Awaitable[bool]], patience: float = PATIENCE) -> None:
        """Ask until it is so."""
        deadline = self.stage.now() + int(patience * 1e6)
        while not await asked():
            if self.stage.now() > deadline:
                raise Failed(f"waited {patience:.0f} s for: {what}")
            await asyncio.sleep(POLL)

    async def until_equal(
        self, read: Callable[[], Awaitable[dict[str, Any]]], name: str, wanted: Decimal
    ) -> dict[str, Any]:
        """Ask until a number has its value; the whole answer."""
        deadline = self.stage.now() + int(PATIENCE * 1e6)
        while Decimal((answer := await read())[name]) != wanted:
            if self.stage.now() > deadline:
                raise Failed(f"{name} was to become {wanted}, but stays {answer[name]}")
            await asyncio.sleep(POLL)
        return answer

    def passed(self, source: str, target: str, name: str) -> Callable[[], bool]:
        """Whether a message of this journey went from one party to another, as the centre's log shows it."""

        def look() -> bool:
            return any((each.source, each.target, each.name) == (source, target, name) for each in self._central())

        return look

    async def explained(self, administration: str, kind: str, reference: str, data: str) -> None:
        """Note every time limit of a case as it was counted, and by which command it is explained. data: of its node,
        beside that of the centre."""
        inside = self.stage.nations.get(f"NTA.{administration}", self.stage.centre)
        limits = await self.until("limits of the case", lambda: inside.limits(administration, kind, reference))
        self.fact("Time limits", "; ".join(f"{name} until {day}" for name, day in limits))
        self.fact(
            "Explained by", f"douane clock explain {reference} --data {self.stage.data.rpartition('/')[0]}/{data}"
        )

    # --- closing

    def fact(self, name: str, value: object) -> None:
        """Note something for the report."""
        self.outcome.facts.append((name, str(value)))

    def expect(self, party: str, *types: str) -> None:
        """Everything that a party or an office (``NTA.AT``) gets in this journey, in order; nothing else may come."""
        self.expected[party] = types

    def require(self, held: bool, text: str) -> None:
        """Fail unless it holds."""
        if not held:
            raise Failed(text)

    def way(self, administration: str, case: str, process: str) -> None:
        """Keep the way of a case through a process for the report."""
        national = self.stage.nations.get(f"NTA.{administration}")
        where = f"own system of {administration}" if national else f"central service, for {administration}"
        found = (national or self.stage.centre).way(administration, case, process, where)
        if found is not None:
            self.outcome.ways.append(found)

    def way_by(self, administration: str, process: str, mrn: str, *, alias: str = "") -> None:
        """The same, with the case found by its MRN."""
        inside = self.stage.nations.get(f"NTA.{administration}", self.stage.centre)
        case = inside.case_of(administration, alias or process, mrn)
        if case:
            self.way(administration, case, process)

    def close(self) -> None:
        """Compare what came with what was expected, and put the sequence together."""
        central = self._central()
        self.outcome.expectations = [
            Expectation(*self._collected(id, central, types), expected=types) for id, types in self.expected.items()
        ]
        self.outcome.exchanges = sorted((*central, *self.own), key=lambda each: each.at)

    def _collected(self, id: str, central: Sequence[Exchange], expected: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Who a party is, and what it got: from its inbox; for an administration from the log of the centre.

        What time alone brings counts where it is expected: a show on a slow machine outlasts the limits of a movement
        that its journey leaves on the way.
        """
        if id.startswith("NTA."):
            return " ".join(lane_title(id)), tuple(e.name for e in central if e.target == id and not e.inside)
        party = self.stage.party(id)
        types = (each.type for each in party.about(self.references))
        return party.title, tuple(each for each in types if each in expected or each not in BY_TIME)

    def _central(self) -> list[Exchange]:
        found = self.stage.centre.exchanges(self.mark, frozenset(self.cases), frozenset(self.references))
        own = {party.lane: party.by.channel.partition(",")[0] for party in self.stage.parties.values()}
        return [replace(each, channel=_channel(each, own.get(each.target, "REST"))) for each in found]


def _channel(each: Exchange, own: str) -> str:
    """By which channel a message went: what waits in an inbox, and what is passed on, reaches its party by its own."""
    if each.inside or each.kind is not Kind.MESSAGE:
        return each.channel
    if not each.channel:
        return own
    return f"{each.channel} → {own}" if each.note and own != each.channel else each.channel


def told(answer: Answer) -> str:
    """An answer in a line."""
    detail = answer.content.get("detail", "")
    faults = "; ".join(f"{each.pointer} {each.remedy}" for each in faults_of(answer.content)[:3])
    return " ".join(part for part in (str(answer.status), detail, faults) if part)


__all__ = ["Journey", "Scene", "Stage", "Way", "told"]
