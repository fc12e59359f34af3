"""A partner's certificate system, played: it keeps certificates and what customs uses of them, and answers questions.

Without I/O: messages go in as type and body, answers come out so; ``follow`` drives it over the partner's own inbox.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from douane.channels.rest.client import Partner
from douane.vocabulary.errors import PartnerUnreachable

WAIT, PAUSE = 20.0, 0.5
Letter = tuple[str, bytes]
"""A message on its way: its type, and its body as JSON."""


@dataclass(slots=True)
class Stock:
    """What is left of one line of a certificate."""

    holder: str
    commodity: str
    unit: str
    granted: Decimal
    reserved: Decimal = Decimal(0)
    used: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        """What may still be reserved."""
        return self.granted - self.reserved - self.used


@dataclass(slots=True)
class CertificateSystem:
    """The partner's side of the exchange.

    stocks: by (document type, number, line). ``silent``: it takes messages and answers none of them. ``double``: every
    answer comes twice, as after a lost receipt.
    """

    stocks: dict[tuple[str, str, int], Stock] = field(default_factory=dict)
    silent: bool = False
    double: bool = False
    decisions: list[dict[str, Any]] = field(default_factory=list)
    reservations: dict[str, Decimal] = field(default_factory=dict)
    kept_back: list[Letter] = field(default_factory=list)
    """Answers that a silent system owes."""
    _seen: set[str] = field(default_factory=set)
    _ended: set[str] = field(default_factory=set)

    def issue(self, type: str, number: str, line: int, stock: Stock) -> Letter:
        """Keep a certificate of one line; the message that delivers it to customs, where customs keeps quantities."""
        self.stocks[type, number, line] = stock
        content = {
            "type": type, "number": number, "holder": stock.holder, "valid_from": "2020-01-01",
            "lines": [{"line": line, "commodity": stock.commodity, "quantity": str(stock.granted), "unit": stock.unit}],
        }  # fmt: skip
        return "CertificateIssued", json.dumps(content).encode()

    def take(self, id: str, type: str, body: bytes) -> list[Letter]:
        """Take a message; what is answered to it. The same message again changes nothing and is not answered."""
        if id in self._seen:
            return []
        self._seen.add(id)
        content: dict[str, Any] = json.loads(body)
        if type == "CustomsDecision":
            self._decided(content)
            return []
        if type != "CertificateQuestion":
            return []
        reasons = self._judged(content)
        answer = "CertificateAnswer", json.dumps({"reference": content["reference"], "reasons": reasons}).encode()
        if self.silent:
            self.kept_back.append(answer)
            return []
        return [answer, answer] if self.double else [answer]

    async def follow(self, door: Partner) -> None:
        """Empty the own inbox until cancelled: take, answer, acknowledge."""
        cursor, sent = "", 0
        while True:
            try:
                items, cursor = await door.collect(cursor, WAIT)
                for item in items:
                    for kind, body in self.take(item["message"], item["type"], item["body"].encode()):
                        sent += 1
                        headers = {"message-id": f"{item['message']}.{sent}"}
                        await door.send(body, json=True, query=f"type={kind}", headers=headers)
                    await door.acknowledge(item["id"])
            except PartnerUnreachable:
                await asyncio.sleep(PAUSE)

    def _judged(self, m: Mapping[str, Any]) -> list[str]:
        stock = self.stocks.get((m["type"], m["number"], m["line"]))
        quantity, reference = Decimal(m["quantity"]), m["reference"]
        if stock is None:
            return ["unknown"]
        found = ["other_holder"] if m["holder"] != stock.holder else []
        found += ["other_commodity"] if not m["commodity"].startswith(stock.commodity) else []
        found += ["other_unit"] if m["unit"] != stock.unit else []
        found += ["not_enough"] if quantity > stock.left else []
        if not found and m["purpose"] == "reserve" and reference not in self._ended | self.reservations.keys():
            stock.reserved += quantity
            self.reservations[reference] = quantity
        return found

    def _decided(self, m: dict[str, Any]) -> None:
        self.decisions.append(m)
        stock = self.stocks[m["type"], m["number"], m["line"]]
        used, before = Decimal(m["quantity"]), m["reference"] in self._ended
        stock.reserved -= self.reservations.pop(m["reference"], Decimal(0))
        if m["decision"] == "released" and not before:
            stock.used += used
        elif m["decision"] == "invalidated":
            stock.used -= sum(
                (Decimal(e["quantity"]) for e in self.decisions[:-1] if e["reference"] == m["reference"]), Decimal(0)
            )
        self._ended.add(m["reference"])
