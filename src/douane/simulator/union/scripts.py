"""What traders and officers of the simulated union do: movements from Lesquin to Wien, of which some go wrong.

A script sends, waits for what it needs to go on, and copes with every other answer; it judges nothing. What must hold
whatever happened is checked elsewhere. It ends when the movement can do nothing more.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from douane.runtime.store.envelope import Receipt
from douane.simulator.messages.declarations import (
    COFFEE,
    DEPARTURE,
    DESTINATION,
    LINEN,
    RIFLES,
    TRANSIT_IN,
    TRANSIT_OUT,
    Cover,
    declaration,
)
from douane.simulator.messages.forged import Papers
from douane.simulator.messages.later import (
    amendment,
    arrival,
    avoiding,
    guarantee_query,
    invalidation_request,
    whereabouts,
)
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.ledger import Delivered
from douane.simulator.union.parties import Correspondent
from douane.standards.ncts import phase5 as p5

LIMIT: Final = Decimal(1_000_000)
AMOUNTS: Final = tuple(Decimal(n) for n in (1_000, 2_500, 4_000, 9_000))
OVER: Final = {"CC045C", "CC009C", "CC051C", "CC035C"}
"""What tells the holder that a movement has ended."""
PATIENCE: Final = 900.0
LATE: Final = 27 * 3600.0
"""Seconds by which a time limit may come late: a clock may be a day behind, and a node looks at it each hour."""
ATTEMPTS: Final = 60
KINDS: Final = (
    *["normal"] * 56, *["control"] * 8, *["amended"] * 8, *["withdrawn"] * 5, *["by office"] * 4, *["lost"] * 6,
    *["unknown guarantee"] * 4, *["abroad"] * 9, *["far"] * 6, *["hasty"] * 3,
)  # fmt: skip
TURNS: Final = ("diverted", "incident")
"""What may happen on the way to a movement that is normal so far."""
ELSEWHERE: Final = "DE005881"
"""Karlsruhe, where diverted goods come to though Wien was declared."""
SEALED_ANEW: Final = "DE-ZOLL-4711"
ACCESS_CODE: Final = "A1B2"
EXPOSURE, OWNER = "2", "4"
"""What is asked of a guarantee (CL054)."""
GUARANTOR: Final = {
    "identification": "FR78484900000013", "name": "Crédit douanier", "street": "1 quai", "postcode": "75001",
    "city": "Paris", "country": "FR",
}  # fmt: skip
FAR: Final = "NO"
"""An administration whose guarantees its own system keeps, which takes its time."""


@dataclass(slots=True)
class Movement:
    """What the outside knows of one movement."""

    kind: str
    lrn: str
    holder: str
    declaration: str
    grn: str
    amount: Decimal
    receipt: Receipt | None = None
    mrn: str = ""
    told: list[str] = field(default_factory=list)
    state: str = ""
    """As the last query showed it."""
    arrived_at: str = ""
    """Its office of destination as the last query showed it: the actual one once goods arrived."""
    content: p5.CC015C | None = None
    """The declaration."""
    dismissing: str = ""
    """Identification of the amendment by which the goods no longer cross Switzerland."""

    @property
    def papers(self) -> Papers:
        """What goes with the goods, for everybody to see."""
        assert self.content is not None
        return Papers(self.lrn, self.mrn, self.grn, self.content)


@dataclass(slots=True, eq=False)
class Trader:
    """A holder of the procedure with its consignee and the officers who deal with its movements."""

    number: int
    numbers: Numbers
    chance: random.Random
    holder: Correspondent
    consignee: Correspondent
    departure: Correspondent
    transit: Correspondent
    destination: Correspondent
    closing: Callable[[], bool]
    """Whether no new movement is to begin."""
    pause: float
    """Mean seconds between two movements."""
    day: float
    """Seconds that a day of a time limit takes."""
    guarantees: dict[str, str] = field(default_factory=dict)
    """The guarantee's reference by the administration that keeps it."""
    most: int = 0
    """So many movements and no more; 0: as many as there is time for."""
    movements: list[Movement] = field(default_factory=list)
    in_use: dict[str, str] = field(default_factory=dict)
    """What of each guarantee is reserved and for how many movements, as the last query showed it."""
    orders: int = 0
    turns: float = 0.0
    """Of normal movements, the share to which something happens on the way; with any the holder asks of his
    guarantees too."""
    turning: random.Random = field(default_factory=random.Random)
    """Chance of its own for turns, so that without them every seed is what it was."""
    owners_told: dict[str, int] = field(default_factory=dict)
    """How often the holder was told, as he asked, whose guarantee it is."""
    owners_asked: dict[str, int] = field(default_factory=dict)

    @property
    def everybody(self) -> tuple[Correspondent, ...]:
        """All who have an inbox."""
        return (self.holder, self.consignee, self.departure, self.transit, self.destination)

    async def run(self) -> None:
        """Register guarantees, then one movement after the other until the union closes."""
        await asyncio.sleep(self.chance.random() * self.pause)
        await self._register("FR", self.departure)
        if self.chance.random() < 0.4:
            await self._register("DE", self.transit)
        while not self.closing() and not 0 < self.most <= len(self.movements):
            await self._movement()
            if self.turning.random() < self.turns:
                await self._ask_owner()
            await asyncio.sleep(self.pause * 2 * self.chance.random())
        for each in self.everybody:
            await each.drain()

    # --- guarantees

    async def _register(self, country: str, officer: Correspondent) -> None:
        grn = self.numbers.grn(country)
        content: dict[str, Any] = {
            "grn": grn, "type": "1", "holder": self.holder.party, "access_code": ACCESS_CODE, "limit": str(LIMIT),
            "valid_from": "2026-01-01", "officer": officer.id,
        }  # fmt: skip
        if self.turns:
            content["guarantor"] = GUARANTOR  # without one nothing is told of an undertaking (C0234)
        await self._order(officer, "guarantees.register", content)
        if await officer.take(lambda m: m.type == "GuaranteeRegistered" and grn.encode() in m.body, PATIENCE):
            self.guarantees[country] = grn

    async def asks(self, grn: str, what: str) -> Delivered | None:
        """The holder asks of a guarantee of its own (IE034): what answers it."""
        question = guarantee_query(self.numbers, self.holder.party, grn, ACCESS_CODE, what)
        await self._send(self.holder, question)
        own_id = question.message_identification
        return await self.holder.take(lambda m: m.answers == own_id, LATE)

    async def _ask_owner(self) -> None:
        grn = self.turning.choice(sorted(self.guarantees.values()))
        answer = await self.asks(grn, OWNER)
        told = answer is not None and answer.type == "CC037C" and self.holder.party.encode() in answer.body
        self.owners_told[grn] = self.owners_told.get(grn, 0) + told
        self.owners_asked[grn] = self.owners_asked.get(grn, 0) + 1

    async def _order(self, officer: Correspondent, operation: str, content: dict[str, Any]) -> str:
        self.orders += 1
        own_id = f"{officer.id}.{self.orders}"
        await officer.send(own_id, msgspec.json.encode(content), operation=operation, json=True)
        return own_id

    # --- a movement

    async def _movement(self) -> None:
        kind = self.chance.choice(KINDS)
        if kind == "normal" and self.turning.random() < self.turns:
            kind = self.turning.choice(TURNS)
        country = "DE" if kind == "abroad" and "DE" in self.guarantees else "FR"
        if country not in self.guarantees:
            return
        amount = LIMIT * 2 if kind == "amended" else self.chance.choice(AMOUNTS)
        unknown = {"unknown guarantee": "FR", "far": FAR}.get(kind)
        grn = self.numbers.grn(unknown) if unknown else self.guarantees[country]
        goods = (COFFEE, RIFLES) if kind == "control" else (COFFEE, LINEN)
        message = self._own(declaration(self.numbers, Cover(grn, ACCESS_CODE, amount), goods))
        movement = Movement(kind, message.transit_operation.lrn, self.holder.party, message.message_identification,
                            grn, amount, content=message)  # fmt: skip
        self.movements.append(movement)
        answer = await (self._hasten(message) if kind == "hasty" else self._send(self.holder, message))
        if isinstance(answer, Receipt):
            movement.receipt = answer
            await self._play(movement, message)

    def _own(self, message: p5.CC015C) -> p5.CC015C:
        """The declaration in this trader's name."""
        party, holder = self.holder.party, message.holder_of_the_transit_procedure
        consignment = message.consignment
        return replace(
            message, message_sender=party,
            holder_of_the_transit_procedure=replace(holder, identification_number=party),
            consignment=replace(
                consignment, consignee=p5.Consignee01(identification_number=self.consignee.party)
            ),
        )  # fmt: skip

    async def _send(self, who: Correspondent, message: Any) -> Any:
        own_id = message.message_identification
        answer = await who.send(own_id, p5.write(message))
        if self.chance.random() < 0.06:
            await who.repeat(own_id)
        if self.chance.random() < 0.04:
            await who.change(own_id)
        return answer

    async def _hasten(self, message: p5.CC015C) -> Any:
        """Declare, and in the same breath ask that the declaration is invalidated."""
        request = invalidation_request(self.numbers, message, "")
        holder = p5.HolderOfTheTransitProcedure02(identification_number=self.holder.party)
        taken_back = replace(
            request, message_sender=self.holder.party, holder_of_the_transit_procedure=holder,
            transit_operation=p5.TransitOperation03(lrn=message.transit_operation.lrn),
        )  # fmt: skip
        return await self.holder.send_together(
            (message.message_identification, p5.write(message)),
            (taken_back.message_identification, p5.write(taken_back)),
        )

    async def _told(self, movement: Movement, *types: str, patience: float = PATIENCE, lazily: float = 0.0) -> str:
        """The next message about a movement that is of one of these types; empty when none comes."""
        wanted = set(types) | OVER
        until = self.holder.world.loop.now + patience
        while True:
            left = until - self.holder.world.loop.now
            found = await self.holder.take(lambda m: self._about(movement, m), max(0.0, left), lazily=lazily)
            if found is None:
                return ""
            movement.told.append(found.type)
            if not movement.mrn and found.type == "CC028C":
                movement.mrn = _between(found.body, b"<MRN>", b"</MRN>")
            if found.type in wanted:
                return found.type

    @staticmethod
    def _about(movement: Movement, message: Delivered) -> bool:
        if movement.receipt is not None and message.subject == movement.receipt.subject:
            return True
        return message.answers == movement.declaration or bool(movement.mrn and movement.mrn.encode() in message.body)

    async def _play(self, movement: Movement, message: p5.CC015C) -> None:
        if movement.kind == "far" and self.chance.random() < 0.7:
            await self._told(movement, "CC028C")  # before anybody answers for the guarantee, as a rule
            if self.chance.random() < 0.7:
                await self._go_around(movement, message)
            if self.chance.random() < 0.5:
                if await self._withdraw(movement, message) == "CC029C":
                    await self._travel(movement)
                return
        outcome = await self._told(movement, "CC029C", "CC060C", "CC055C")
        if outcome == "CC060C":
            good = self.chance.random() < 0.7
            outcome = await self._decide(movement, satisfactory=good)
        elif outcome == "CC055C" and movement.kind == "amended":
            outcome = await self._amend(movement, message)
        elif outcome == "CC055C":
            outcome = await self._withdraw(movement, message)
        if outcome == "CC029C":
            await self._travel(movement)

    async def _decide(self, movement: Movement, *, satisfactory: bool) -> str:
        await asyncio.sleep(self.chance.random() * 60)
        content = {"mrn": movement.mrn, "satisfactory": satisfactory}
        return await self._until(movement, self.departure, "transit.decide_control", content, "CC029C")

    async def _until(
        self, movement: Movement, officer: Correspondent, operation: str, content: dict[str, Any], *wanted: str
    ) -> str:
        """An officer records something, again under a new identification, until the holder is told of the effect."""
        for _ in range(ATTEMPTS):
            await self._order(officer, operation, {**content, "officer": officer.id})
            outcome = await self._told(movement, *wanted, patience=90.0)
            if outcome in wanted or outcome in OVER:
                return outcome
        return ""

    async def _amend(self, movement: Movement, message: p5.CC015C) -> str:
        """Two amendments in a row, the second before the first is answered: their order must hold."""
        first, second = self.chance.sample(AMOUNTS, 2)
        for amount in (LIMIT * 3, first) if self.chance.random() < 0.5 else (second, first):
            movement.amount = amount
            await self._send(self.holder, self._amendment(message, movement.mrn, amount))
        while (outcome := await self._told(movement, "CC029C")) == "" and movement.told[-1] == "CC055C":
            # the second one came while the guarantor judged the first, and was refused (R0520): it is asked for now
            await self._send(self.holder, self._amendment(message, movement.mrn, movement.amount))
        return outcome

    async def _go_around(self, movement: Movement, message: p5.CC015C) -> None:
        """The goods take another way, which is amended before they are released (R0520: not the guarantee)."""
        amended = avoiding(
            amendment(self.numbers, message, movement.mrn, movement.amount, of_guarantee=False), TRANSIT_OUT
        )
        movement.dismissing = amended.message_identification
        await self._send(self.holder, amended)

    def _amendment(self, message: p5.CC015C, mrn: str, amount: Decimal) -> p5.CC013C:
        return amendment(self.numbers, message, mrn, amount)

    async def _withdraw(self, movement: Movement, message: p5.CC015C) -> str:
        """Ask for the invalidation until it is told of, or the release was quicker: then goods travel after all."""
        party = self.holder.party
        for _ in range(ATTEMPTS):
            request = invalidation_request(self.numbers, message, movement.mrn)
            holder = p5.HolderOfTheTransitProcedure02(identification_number=party)
            await self._send(
                self.holder, replace(request, message_sender=party, holder_of_the_transit_procedure=holder)
            )
            outcome = await self._told(movement, "CC009C", "CC029C")
            if outcome in OVER or outcome == "CC029C":
                return outcome
        return ""

    async def _travel(self, movement: Movement) -> None:
        if movement.kind == "by office":
            content: dict[str, Any] = {"mrn": movement.mrn, "justification": "The goods never left."}
            operation = "transit.invalidate_by_office"
            if await self._until(movement, self.departure, operation, content, "CC009C", "CC140C") == "CC140C":
                await self._close(movement)  # a clock went ahead: the time limit passed before the officer's decision
            return
        if movement.kind == "lost":
            await self._lose(movement)
            return
        await asyncio.sleep(self.chance.random() * 120)
        if self.chance.random() < 0.6:
            day = str(self.numbers.today(TRANSIT_IN))
            content = {"mrn": movement.mrn, "officer": self.transit.id, "office": TRANSIT_IN, "passed_on": day}
            await self._order(self.transit, "transit.record_passage", content)
        if movement.kind == "incident":
            await self._suffer(movement)
        await asyncio.sleep(self.chance.random() * 120)
        elsewhere = movement.kind == "diverted"
        officer = self.transit if elsewhere else self.destination
        for attempt in range(ATTEMPTS):
            if elsewhere:
                content = {"mrn": movement.mrn, "officer": officer.id, "office": ELSEWHERE}
                await self._order(officer, "transit.request_arrival", content)
                await asyncio.sleep(5 + self.turning.random() * 30)
            await self._arrive(movement, ELSEWHERE if elsewhere else DESTINATION)
            await asyncio.sleep(5 + self.chance.random() * 30)
            content = {"mrn": movement.mrn, "officer": officer.id, "code": "A1"}
            if attempt:  # a clock went ahead: the goods are late, and the officer is asked what he says of it
                content["lateness"] = "late: it was not shown that the delay is not attributable to them"
            await self._order(officer, "transit.record_inspection", content)
            if await self._told(movement, "CC045C", patience=90.0) in OVER:
                return

    async def _suffer(self, movement: Movement) -> None:
        """A seal breaks in Germany, whose office puts another one."""
        content = {
            "mrn": movement.mrn, "office": TRANSIT_IN, "departure": DEPARTURE, "code": "2",
            "text": "Seal broken in a collision; sealed anew.", "un_locode": "DEWEL", "seals": [SEALED_ANEW],
        }  # fmt: skip
        await self._until(movement, self.transit, "transit.record_incident", content, "CC182C")

    async def _arrive(self, movement: Movement, office: str) -> None:
        """The consignee notifies the arrival, under a new identification each time."""
        notice, party = arrival(self.numbers, movement.mrn, office), self.consignee.party
        trader = p5.TraderAtDestination01(identification_number=party)
        await self._send(self.consignee, replace(notice, message_sender=party, trader_at_destination=trader))

    async def _lose(self, movement: Movement) -> None:
        """Nothing arrives; when the enquiry has begun, the office closes it with recovery."""
        if await self._told(movement, "CC140C", patience=25 * self.day + LATE, lazily=self.day) == "CC140C":
            await self._close(movement)

    async def _close(self, movement: Movement) -> None:
        """The office ends an enquiry with recovery."""
        await asyncio.sleep(30.0)
        office = movement.content.customs_office_of_departure.reference_number if movement.content else DEPARTURE
        await self._send(self.holder, whereabouts(self.numbers, movement.mrn, self.holder.party, office))
        content = {"mrn": movement.mrn, "discharged": False, "amount": "812.50"}
        await self._until(movement, self.departure, "transit.close_enquiry", content, "CC035C")


def _between(body: bytes, start: bytes, end: bytes) -> str:
    _, _, rest = body.partition(start)
    return rest.partition(end)[0].decode()
