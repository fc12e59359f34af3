"""Holders of the simulated union who pay with vouchers, change access codes, and cross at other offices than declared.

They are traders beside the others, with chances of their own: without them every seed is what it was. What they see
themselves breaks the run where it must not be: a voucher that covers twice, an access code that holds though it was
changed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from douane.runtime.store.envelope import Receipt
from douane.simulator.messages.declarations import COFFEE, LINEN, Cover, declaration
from douane.simulator.messages.later import amendment
from douane.simulator.messages.securities import NUMBERED, other_code, sale
from douane.simulator.union.parties import Correspondent
from douane.simulator.union.scripts import ACCESS_CODE, AMOUNTS, ATTEMPTS, GUARANTOR, LIMIT, PATIENCE, Movement, Trader

MASTER, VOUCHER_CODE = "M1M2", "V1V2"
COMPREHENSIVE, VOUCHER = "1", "4"
CROSSING: Final = "crossing"
WHATEVER: Final = ("voucher", "code", CROSSING)
"""What such a holder does next."""
OTHER_OFFICE: Final = "DE005881"
"""In Germany, where no office was declared but Weil am Rhein."""
SINCE: Final = "2026-01-01"


@dataclass(slots=True, eq=False, kw_only=True)
class Covered(Trader):
    """A holder with a bank of its own."""

    bank: Correspondent
    undertaking: str = ""
    code: str = ACCESS_CODE
    sold: int = 0
    changed: int = 0
    refused: list[str] = field(default_factory=list)
    """Movements whose guarantee had to be refused, and was."""

    @property
    def everybody(self) -> tuple[Correspondent, ...]:
        """The bank has an inbox, too."""
        return (self.holder, self.consignee, self.departure, self.transit, self.destination, self.bank)

    async def run(self) -> None:
        """A guarantee and an undertaking, then one thing after the other until the union closes."""
        await asyncio.sleep(self.chance.random() * self.pause)
        await self._register("FR", self.departure)
        await self._undertake()
        while self.guarantees and self.undertaking and not self.closing() and not self._enough():
            what = self.chance.choice(WHATEVER)
            if what == "voucher":
                await self._pay_by_voucher()
            elif what == "code":
                await self._change_code()
            else:
                await self._cross_elsewhere()
            await asyncio.sleep(self.pause * 2 * self.chance.random())
        for each in self.everybody:
            await each.drain()

    def _enough(self) -> bool:
        return 0 < self.most <= len(self.movements)

    # --- securities

    async def _register(self, country: str, officer: Correspondent) -> None:
        grn = self.numbers.grn(country)
        await self._order(officer, "guarantees.register", {
            "grn": grn, "type": COMPREHENSIVE, "holder": self.holder.party, "access_code": self.code,
            "limit": str(LIMIT), "valid_from": SINCE, "officer": officer.id, "guarantor": self._guarantor(),
            "master_access_code": MASTER,
        })  # fmt: skip
        if await officer.take(lambda m: m.type == "GuaranteeRegistered" and grn.encode() in m.body, PATIENCE):
            self.guarantees[country] = grn

    async def _undertake(self) -> None:
        grn, officer = self.numbers.grn(), self.departure
        content = {"grn": grn, "guarantor": self._guarantor(), "valid_from": SINCE, "officer": officer.id}
        await self._order(officer, "guarantees.register_undertaking", content)
        if await officer.take(lambda m: m.type == "VoucherUndertakingKept" and grn.encode() in m.body, PATIENCE):
            self.undertaking = grn

    def _guarantor(self) -> dict[str, Any]:
        return {**GUARANTOR, "identification": self.bank.party}

    async def _pay_by_voucher(self) -> None:
        """A voucher covers one movement, and no other, neither while that goes on nor later."""
        self.sold += 1
        grn = self.undertaking + NUMBERED.format(self.sold)
        told = sale(self.numbers, self.bank.party, self.holder.party, self.undertaking, self.sold, VOUCHER_CODE)
        await self._send(self.bank, told)
        cover = Cover(grn, VOUCHER_CODE, self.chance.choice(AMOUNTS))
        first = await self._declare("voucher", cover, VOUCHER)
        if first is None or not await self._covered(first):
            return
        early = self.chance.random() < 0.5
        if early:
            await self._uncovered(cover, VOUCHER, f"voucher {grn} covered two movements")
        await self._travel(first)
        if not early:
            await self._uncovered(cover, VOUCHER, f"voucher {grn} covered another movement after its own")

    async def _change_code(self) -> None:
        """The new code opens the guarantee, and then the former one does not."""
        self.changed += 1
        grn, former, self.code = self.guarantees["FR"], self.code, f"C{self.changed % 1_000:03d}"
        await self._send(self.holder, other_code(self.numbers, self.holder.party, grn, MASTER, former, self.code))
        cover = Cover(grn, self.code, self.chance.choice(AMOUNTS))
        movement = await self._declare("code", cover, COMPREHENSIVE)
        if movement is None or not await self._covered(movement):
            return
        await self._uncovered(replace_code(cover, former), COMPREHENSIVE, f"the former code of {grn} opened it")
        await self._travel(movement)

    # --- movements

    async def _declare(self, kind: str, cover: Cover, type: str) -> Movement | None:
        message = self._own(declaration(self.numbers, cover, (COFFEE, LINEN)))
        (given,) = message.guarantee
        message = replace(message, guarantee=(replace(given, guarantee_type=type),))
        movement = Movement(kind, message.transit_operation.lrn, self.holder.party, message.message_identification,
                            cover.grn, cover.amount, content=message)  # fmt: skip
        self.movements.append(movement)
        answer = await self._send(self.holder, message)
        if not isinstance(answer, Receipt):
            return None
        movement.receipt = answer
        return movement

    async def _covered(self, movement: Movement) -> bool:
        """Released, under the same guarantee named again where its office did not know of it yet."""
        assert movement.content is not None
        outcome = await self._told(movement, "CC029C", "CC055C")
        for _ in range(ATTEMPTS):
            if outcome != "CC055C":
                break
            await asyncio.sleep(20 + self.chance.random() * 40)
            await self._send(self.holder, amendment(self.numbers, movement.content, movement.mrn, movement.amount))
            outcome = await self._told(movement, "CC029C", "CC055C")
        return outcome == "CC029C"

    async def _uncovered(self, cover: Cover, type: str, wrong: str) -> None:
        """A movement whose guarantee must be refused: then it is withdrawn."""
        movement = await self._declare("uncovered", cover, type)
        if movement is None or movement.content is None:
            return
        outcome = await self._told(movement, "CC029C", "CC055C")
        if outcome == "CC029C":
            world = self.holder.world
            world.ledger.breaks(world.loop.now, f"{wrong}: {movement.lrn}")
            await self._travel(movement)
        else:
            self.refused.append(movement.lrn)
            await self._withdraw(movement, movement.content)

    async def _cross_elsewhere(self) -> None:
        """The goods come to another office of transit, which asks departure for their record (IE114, IE115)."""
        cover = Cover(self.guarantees["FR"], self.code, self.chance.choice(AMOUNTS))
        movement = await self._declare(CROSSING, cover, COMPREHENSIVE)
        if movement is None or not await self._covered(movement):
            return
        await asyncio.sleep(20 + self.chance.random() * 60)
        await self._order(self.transit, "transit.request_passage", {
            "mrn": movement.mrn, "office": OTHER_OFFICE, "officer": self.transit.id,
        })  # fmt: skip
        await asyncio.sleep(5 + self.chance.random() * 30)
        day = str(self.numbers.today(OTHER_OFFICE[:2]))
        await self._order(self.transit, "transit.record_passage", {
            "mrn": movement.mrn, "office": OTHER_OFFICE, "officer": self.transit.id, "passed_on": day,
        })  # fmt: skip
        await self._travel(movement)


def replace_code(cover: Cover, code: str) -> Cover:
    """The same guarantee, opened by another code."""
    return Cover(cover.grn, code, cover.amount)
