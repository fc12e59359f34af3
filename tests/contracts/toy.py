"""A small application for the runtime's own suites: orders that reserve from accounts, by message and by process."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from dataclasses import dataclass, field
from typing import Any

import msgspec

from douane.model import declare
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, OfCase, Poison, Who, command, query, service
from douane.model.parties import CaseRole, trader
from douane.runtime.catalogue.arrived import needs_reading, read
from douane.runtime.catalogue.behaviour import Behaviour, answers, handles
from douane.runtime.core.commands import Command
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.processes import Process
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Batch, Log, Store
from douane.runtime.store.queries import View
from douane.runtime.store.records import Case, Value, record
from douane.shared_services.auditing.port import AuditPort
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.codes import PLATFORM, Codes
from douane.vocabulary.errors import DouaneError, LostOwnership
from tests.callers import admitted, who

TRADER = Actor("trader", ActorKind.TRADER)


class Order(msgspec.Struct, frozen=True):
    number: str
    account: str
    amount: int
    trader: str = "T1"


class Reserve(msgspec.Struct, frozen=True):
    account: str
    order: str
    amount: int


class Reserved(msgspec.Struct, frozen=True):
    good: bool


class Amend(msgspec.Struct, frozen=True):
    number: str
    amount: int


class Open(msgspec.Struct, frozen=True):
    account: str
    limit: int


class Confirmed(msgspec.Struct, frozen=True):
    number: str


class Refused(msgspec.Struct, frozen=True):
    number: str
    reason: str


class Find(msgspec.Struct, frozen=True):
    number: str


ENGINE = Actor("process", ActorKind.SERVICE)
BUYER = CaseRole("buyer")
OWNER = CaseRole("owner of the account")


@service("orders", title="Orders", owner="tests", level=Level.GOLD, administration=lambda _: "XX")
class Orders:
    """Orders of the toy."""

    @command(
        Order,
        replies=(Confirmed, Refused),
        task="T",
        who=Who(by=(TRADER,)),
        case=OfCase(opens=lambda m, _: ("order", m.number), parties=lambda _, caller: ((caller.party, BUYER),)),
    )
    def place(self) -> None:
        """Place an order."""

    @command(
        Amend,
        task="T",
        who=Who(by=(TRADER,), roles=(BUYER,)),
        case=OfCase(about=lambda m, _: ("order", m.number), poison=Poison.WAIT),
    )
    def amend(self) -> None:
        """Amend an order."""

    @query(Find, Confirmed, task="T", who=Who(by=(TRADER,)))
    def find(self) -> None:
        """Find an order."""


@service("accounts", title="Accounts", owner="tests", level=Level.GOLD, administration=lambda _: "XX")
class Accounts:
    """Accounts of the toy."""

    @command(
        Open,
        task="T",
        who=Who(by=(TRADER,)),
        case=OfCase(opens=lambda m, _: ("account", m.account), parties=lambda _, caller: ((caller.party, OWNER),)),
    )
    def open(self) -> None:
        """Open an account."""

    @command(
        Reserve,
        replies=(Reserved,),
        task="T",
        who=Who(by=(TRADER, ENGINE), roles=(OWNER,)),
        case=OfCase(about=lambda m, _: ("account", m.account), joins=lambda *_: True),
    )
    def reserve(self) -> None:
        """Reserve an amount."""


@record(
    901,
    indexes={"by_trader": ("trader", "state", "amount")},
    case=Case(lambda kept: ((trader(kept.trader), BUYER),), state="state"),
    history=True,
    version=2,
    upgrades={1: lambda fields: [*fields, "none"]},
)
class OrderRecord(Value, frozen=True):
    number: str
    trader: str
    account: str
    amount: int
    state: str
    note: str


@record(902)
class Account(Value, frozen=True):
    limit: int
    reserved: int = 0


@record(903)
class Reservation(Value, frozen=True):
    amount: int


PROCESS = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">
 <message id="m1" name="amended"/>
 <process id="ordering" isExecutable="true">
  <startEvent id="start"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="reserve"/>
  <serviceTask id="reserve" name="Reserve"/>
  <sequenceFlow id="f2" sourceRef="reserve" targetRef="held"/>
  <exclusiveGateway id="held" default="f4"/>
  <sequenceFlow id="f3" sourceRef="held" targetRef="confirm">
   <conditionExpression>reserved</conditionExpression>
  </sequenceFlow>
  <sequenceFlow id="f4" sourceRef="held" targetRef="refuse"/>
  <serviceTask id="confirm"/>
  <serviceTask id="refuse"/>
  <sequenceFlow id="f5" sourceRef="confirm" targetRef="wait"/>
  <intermediateCatchEvent id="wait">
   <timerEventDefinition><timeDuration>PT10S</timeDuration></timerEventDefinition>
  </intermediateCatchEvent>
  <sequenceFlow id="f6" sourceRef="wait" targetRef="close"/>
  <serviceTask id="close"/>
  <sequenceFlow id="f7" sourceRef="close" targetRef="end"/>
  <sequenceFlow id="f8" sourceRef="refuse" targetRef="end2"/>
  <endEvent id="end"/><endEvent id="end2"/>
 </process>
</definitions>"""

ordering = Process("ordering", OrderRecord, PROCESS, "ordering.bpmn")
ordering.__module__ = __name__


def _state(case: OrderRecord, state: str) -> OrderRecord:
    return msgspec.structs.replace(case, state=state)


@ordering.ask("reserve", Accounts.reserve, administration=lambda c: "XX")
def ask_reserve(work: Any, case: OrderRecord) -> Reserve:
    return Reserve(case.account, case.number, case.amount)


@ordering.answer("reserve")
def reserve_answered(work: Any, case: OrderRecord, answer: Reserved) -> OrderRecord:
    return _state(case, "held" if answer.good else "short")


@ordering.when
def reserved(case: OrderRecord) -> bool:
    return case.state == "held"


@ordering.step("confirm")
def confirm(work: Any, case: OrderRecord) -> OrderRecord:
    work.send(Confirmed(case.number), case.trader)
    return _state(case, "confirmed")


@ordering.step("refuse")
def refuse(work: Any, case: OrderRecord) -> OrderRecord:
    work.send(Refused(case.number, case.state), case.trader)
    return _state(case, "refused")


@ordering.step("close")
def close(work: Any, case: OrderRecord) -> OrderRecord:
    return _state(case, "closed")


def refuse_order(work: Any, m: Order, faults: Any) -> None:
    work.send(Refused(m.number, faults[0].code), m.trader, correlation=work.row.id)


@handles(Orders.place, reads=(OrderRecord,), refuse=refuse_order)
def place(work: Any, m: Order) -> None:
    if m.amount == 666:
        raise RuntimeError("poison")
    ordering.start(work, OrderRecord(m.number, m.trader, m.account, m.amount, "new", ""))


@handles(Orders.amend, reads=(OrderRecord,))
def amend(work: Any, m: Amend) -> None:
    case = work.need(OrderRecord)
    if m.amount == 666:
        raise RuntimeError("poison")
    seen = work.find(OrderRecord, "by_trader", case.trader)
    work.put(msgspec.structs.replace(case, amount=m.amount, note=f"{case.note}{m.amount}/{len(seen)} "))


@handles(Accounts.open)
def open_account(work: Any, m: Open) -> None:
    work.put(Account(m.limit))


def refuse_unknown(work: Any, m: Reserve, faults: Any) -> None:
    work.reply(Reserved(False))


@handles(Accounts.reserve, reads=(Account,), refuse=refuse_unknown)
def reserve(work: Any, m: Reserve) -> None:
    account = work.need(Account)
    if account.reserved + m.amount > account.limit:
        work.reply(Reserved(False))
        return
    work.put(msgspec.structs.replace(account, reserved=account.reserved + m.amount))
    work.put(Reservation(m.amount), m.order.encode())
    work.reply(Reserved(True))


@answers(Orders.find)
def find(view: Any, q: Find) -> Confirmed:
    return Confirmed(q.number)


TYPES = {c.__name__: c for c in (Order, Reserve, Reserved, Amend, Open, Confirmed, Refused, Find)}
BY_OPERATION = {
    "orders.place": Order,
    "orders.amend": Amend,
    "accounts.open": Open,
    "accounts.reserve": Reserve,
    "": Reserved,  # an answer of one partition to another names its type alone
}


class Codecs:
    def encode(self, message: Any, party: str = "", at: int = 0) -> tuple[str, int, bytes, str]:
        return type(message).__name__, Media.JSON, msgspec.json.encode(message), ""

    def decode(self, operation: str, name: str, media: int, body: bytes) -> Any:
        decode = msgspec.msgpack.decode if media == Media.VALUE else msgspec.json.decode
        return decode(body, type=BY_OPERATION[operation])

    def read(self, operation: str, name: str, media: int, body: bytes) -> Any:
        if operation in BY_OPERATION or media == Media.VALUE:
            return self.decode(operation, name, media, body)
        services: tuple[Any, ...] = (Orders, Accounts)  # Any: @service sets what is read
        known = {o.qualified: o.request for each in services for o in each.__service__.operations}
        return msgspec.json.decode(body, type=known.get(operation) or vars(sys.modules[__name__])[operation])

    def refusal(self, refused: declare.Refused) -> Any:
        return None

    def codes_of(self, operation: str) -> Codes:
        return PLATFORM

    def name_of(self, message: type) -> str:
        return message.__name__

    def tells_of_error(self, name: str) -> bool:
        return False


class Router:
    def __init__(self, hosted: bool = True, lane: str = "") -> None:
        self.hosted, self.lane_name = hosted, lane

    def hosts(self, administration: str, operation: str) -> bool:
        return self.hosted

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        return ("",) if self.hosts(administration, operation) else (administration,)

    def operation_for(self, message: type) -> str:
        return next((o for o, t in BY_OPERATION.items() if t is message and o), "")

    def lane(self, party: str, message: str) -> str:
        return self.lane_name


@dataclass
class Clock:
    at: int = 1_800_000_000 * SECOND

    def now(self) -> int:
        self.at += 1
        return self.at


@dataclass
class Ids:
    count: int = 0
    seed: str = "toy"

    def random(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_128(f"{self.seed}{self.count}".encode()).digest(size)


BEHAVIOUR = Behaviour.of([sys.modules[__name__]])
SIGNER = Signer.from_seed("toy.example/log", bytes(32))


@dataclass
class Node:
    """One owner over a store, driven by hand."""

    store: Store
    partition: int = 0
    clock: Clock = field(default_factory=Clock)
    router: Any = field(default_factory=Router)
    partitions: tuple[int, ...] = ()
    begun: bool = True
    owner: Owner = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        prefix = b"U" + self.partition.to_bytes(2, "big")
        ports = Ports(
            self.store, self.clock, Ids(seed=f"toy{self.partition}"), BEHAVIOUR, self.router, Codecs(),
            AuditPort(SIGNER, prefix, self.store), lambda on: Look(on), partitions=self.partitions,
        )  # fmt: skip
        self.owner = Owner(self.partition, ports, ended=not self.begun)
        if self.begun:
            self.owner.begin()

    def envelope(self, operation: str, message: Any, id: str = "", sender: str = "T1") -> Arrival:
        self.sent += 1
        body = msgspec.json.encode(message)
        return Arrival(
            admitted(
                who(sender, "untrusted", "XX"),
                operation,
                body,
                id=id or f"m{self.sent}",
                administration="XX",
                media=Media.JSON,
                platform="speed2",
                channel="rest",
                received=self.clock.now(),
            ),
            message,
        )

    def run(self, *arrivals: Arrival, commands: tuple[Command, ...] = ()) -> list[Receipt | DouaneError]:
        codecs = self.owner.ports.codecs
        return Tick(self.owner).run([read(codecs, a) if needs_reading(a) else a for a in arrivals], commands)


@dataclass(frozen=True)
class Look:
    date: dt.date

    def legal_date(self, name: str) -> dt.date:
        raise KeyError(name)

    def has(self, code_list: str, code: str | None) -> bool:
        return code is not None

    def office_has(self, office: str | None, role: str) -> bool:
        return True


def sent_to(store: Store, party: str) -> list[str]:
    prefix = keys.space(keys.INBOX, 0) + keys.text(party)
    positions = [int.from_bytes(k[-8:], "big") for k, _ in store.scan(prefix, keys.after(prefix), 1000)]
    return [SENT.read(raw).type for raw in store.read_log(Log.SENT, positions) if raw]


def view(node: Node, **more: object) -> View:
    return View(node.store.snapshot(), "XX", node.clock.now(), Look, **more)  # type: ignore[arg-type]


__all__ = ["Any", "Batch", "LostOwnership"]
