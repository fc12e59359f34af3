"""What the traders of a crash run send: every message follows from the numbers of its trader, its case and its place.

Several traders declare for one holder, as its representatives, so that they draw on the same guarantees. A case is one
movement: lodged at once, or lodged before the goods are there, amended in order, and presented; some go on to an end.
What it must be answered, and for how much its guarantee must stand at the end, follows from its numbers too, so that a
ledger of bare identifications is enough to judge what a node did.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.representation.messages import Empowerment, Representing
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests.base_messages import MRN, amendment, presentation
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.identifiers import Country, Grn

HOLDER = base.TRADER
CODE = "A1B2"
GUARANTEES = 4
SCARCE = 0
"""The guarantee that does not suffice for every movement that names it."""
SCARCE_LIMIT, AMPLE_LIMIT = Decimal(400_000), Decimal(10) ** 12
POISON = "13"
"""Cents of an amendment that the node under test cannot handle until an operator releases it."""
OWN_ID = re.compile(r"K\d\dN\d{9}S\d+")
"""What the identifications of our messages look like."""
ACCEPTED = ("CC928C", "CC028C")
PLACES: Final = {
    "id": "ID000000000000000",
    "lrn": "LRN00000000000000",
    "grn": "00FR000000000000000",
    "amount": "1111.11",
}


def eori(trader: int) -> str:
    """The number of a trader."""
    return f"FR412345678{100 + trader:05}"


def client_id(trader: int) -> str:
    """The name of a trader in the register of clients."""
    return f"crash.{trader:02}"


@functools.cache
def grn(number: int) -> str:
    """The reference of a guarantee."""
    return str(Grn.issue(2025, Country("FR"), f"{number:012}"))


def registration(number: int) -> bytes:
    """The registration of a guarantee, as the officer of guarantee sends it."""
    limit = SCARCE_LIMIT if number == SCARCE else AMPLE_LIMIT
    day = dt.date(2025, 1, 1)
    return msgspec.json.encode(GuaranteeRegistration(grn(number), "1", HOLDER, CODE, limit, day))


def power(trader: int) -> Empowerment:
    """The power of a trader to declare for the holder, as an officer records it who saw the evidence."""
    return Empowerment(
        administration="FR", principal=HOLDER, representative=eori(trader), kind=Representing.DIRECT,
        valid_from=dt.date(2025, 1, 1),
    )  # fmt: skip


def operators(traders: int) -> OperatorRecords:
    """What the register of operators must hold: the holder and the traders."""
    numbers = (HOLDER, *(eori(n) for n in range(traders)))
    day = dt.date(2025, 1, 1)
    return OperatorRecords(
        tuple(OperatorEntry(eori=each, legal_name=f"Operator {each}", country="FR", valid_from=day) for each in numbers)
    )


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a case. ``sequence`` counts from 0 within the case. by: the officer who sends it, else the trader.

    needs: the type of answer that the trader must have collected first. office: the one that must know the movement.
    """

    id: str
    case: str
    sequence: int
    type: str
    body: bytes
    by: str = ""
    needs: str = ""
    office: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def sender(self) -> str:
        """Under whose name a node knows it."""
        return self.by or eori(int(self.case[1:3]))

    def about(self, mrn: str) -> Message:
        """The same message of the movement that got this MRN."""
        return dataclasses.replace(self, body=self.body.replace(MRN.encode(), mrn.encode()))


@dataclass(frozen=True, slots=True)
class Case:
    """One movement and what must become of it.

    answers: the types of answers to each message, in order; the last one may be CC055C where the guarantee is scarce.
    amount: what its guarantee stands for once it is released. poisoned: one of its amendments cannot be handled.
    lodged: how many of its messages come before the release; those after it wait for their turn.
    """

    name: str
    trader: int
    messages: tuple[Message, ...]
    answers: tuple[tuple[str, ...], ...]
    guarantee: int
    amount: Decimal
    poisoned: bool
    lodged: int

    @property
    def refused(self) -> bool:
        """Whether it breaks a rule, and is never released."""
        return self.answers[-1] == ("CC056C",)

    @property
    def onward(self) -> tuple[Message, ...]:
        """What follows the release."""
        return self.messages[self.lodged :]


class Form:
    """The bytes of a message and the places at which copies of it differ, found once."""

    def __init__(self, message: Any) -> None:
        body = p5.write(message)
        found = []
        for name, text in PLACES.items():
            at = body.find(f">{text}<".encode())
            if at >= 0:
                found.append((at + 1, name, len(text)))
        found.sort()
        self.pieces, self.names, last = list[bytes](), [name for _, name, _ in found], 0
        for at, _, length in found:
            self.pieces.append(body[last:at])
            last = at + length
        self.pieces.append(body[last:])

    def fill(self, values: Mapping[str, str]) -> bytes:
        """A copy with its own values."""
        parts = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            parts += (values[name].encode(), piece)
        return b"".join(parts)


class Forms:
    """The forms of one trader."""

    def __init__(self, trader: int) -> None:
        self.trader = trader
        self.standard = Form(self._declared(base.normal()))
        early = self._declared(base.prelodged())
        self.early = Form(early)
        wrong = self._declared(base.normal())
        self.broken = Form(replace(wrong, consignment=replace(wrong.consignment, container_indicator=None)))
        changed = amendment(early)
        named = replace(changed.transit_operation, mrn=None, lrn=PLACES["lrn"])
        self.amended = Form(replace(changed, message_identification=PLACES["id"], transit_operation=named))
        shown = presentation()
        operation = replace(shown.transit_operation, lrn=PLACES["lrn"])
        self.presented = Form(replace(shown, message_identification=PLACES["id"], transit_operation=operation))

    def _declared(self, message: p5.CC015C) -> p5.CC015C:
        (given,) = message.guarantee
        reference = replace(
            given.guarantee_reference[0], grn=PLACES["grn"], amount_to_be_covered=Decimal(PLACES["amount"])
        )
        return replace(
            message,
            message_identification=PLACES["id"],
            transit_operation=replace(message.transit_operation, lrn=PLACES["lrn"]),
            consignment=replace(message.consignment, consignee=p5.Consignee01(identification_number=eori(self.trader))),
            representative=p5.Representative02(identification_number=eori(self.trader), status="2"),
            guarantee=(replace(given, guarantee_reference=(reference,)),),
        )


@functools.cache
def forms_of(trader: int) -> Forms:
    """The forms of a trader, made once."""
    return Forms(trader)


class Writer:
    """Writes the messages of a case one after another."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self._name, self.trader, self._number, self._chance = name, int(name[1:3]), int(name[4:]), chance
        self._messages: list[Message] = []
        self._answers: list[tuple[str, ...]] = []
        self._amount = ""
        self.guarantee = 0

    def add(self, type: str, form: Form, answers: tuple[str, ...], *, poison: bool = False) -> None:
        """A message at departure."""
        if type != "CC170C":
            cents = POISON if poison else f"{self._chance.choice(range(14, 100)):02}"
            self._amount = f"{self._chance.randrange(1000, 10_000)}.{cents}"
        values = {"lrn": f"K{self.trader:02}N{self._number:09}", "grn": grn(self.guarantee), "amount": self._amount}
        self._add(Message(self._id(), self._name, len(self._messages), type,
                          form.fill({"id": self._id(), **values})), answers)  # fmt: skip

    def arrive(self, type: str, form: Form, answers: tuple[str, ...], *, needs: str, office: str = "") -> None:
        """A message of the trader at destination."""
        body = form.fill({"id": self._id()})
        self._add(Message(self._id(), self._name, len(self._messages), type, body, needs=needs, office=office), answers)

    def act(self, act: Any, officer: str, answers: tuple[str, ...], *, needs: str = "", office: str = "") -> None:
        """What an officer says."""
        body, kind = msgspec.json.encode(act), type(act).__name__
        self._add(Message(self._id(), self._name, len(self._messages), kind, body, officer, needs, office), answers)

    def _id(self) -> str:
        return f"K{self.trader:02}N{self._number:09}S{len(self._messages)}"

    def _add(self, message: Message, answers: tuple[str, ...]) -> None:
        self._messages.append(message)
        self._answers.append(answers)

    def case(self, lodged: int, *, poisoned: bool) -> Case:
        """The whole; so many messages come before the release."""
        return Case(
            self._name, self.trader, tuple(self._messages), tuple(self._answers), self.guarantee,
            Decimal(self._amount), poisoned, lodged or len(self._messages),
        )  # fmt: skip


def case_name(trader: int, number: int) -> str:
    """The name of a trader's case of this number."""
    return f"T{trader:02}-{number:06}"


def case_and_sequence(own_id: str) -> tuple[str, int]:
    """The case of a message of ours and its place there, from its identification."""
    return case_name(int(own_id[1:3]), int(own_id[4:13])), int(own_id[14:])
