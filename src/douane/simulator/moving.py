"""France moves its guarantees, under load: from the centre to its own system, to Belgium's, and back to the centre.

Movements go on all the time under guarantees of every provider. At the end nothing is lost, nothing doubled, each
movement is discharged, and each ledger, asked where it was opened, is free again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol

import msgspec

from douane.central_repository.replica.proving import Proof
from douane.simulator.exchanges import Failed
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5

CENTRE, OWN, HOST = "EU", "FR", "BE"
ORDER: Final = (CENTRE, OWN, HOST, CENTRE)
"""Who provides the guarantees of France, one after the other."""
PATIENCE: Final = 90.0
AHEAD: Final = 6.0
"""Seconds by which the first choice is taken before its instant."""
BY, WHY = "Director general of customs, Paris", "A show of what a choice changes, and what it does not"
RELEASED, DISCHARGED = "CC029C", "CC045C"


class Door(Protocol):
    """A client at a door of a node."""

    async def send(self, body: bytes, *, json: bool = False) -> Any: ...
    async def call(self, operation: str, body: bytes) -> Any: ...
    async def collect(self, after: str = "", wait: float = 0) -> tuple[list[dict[str, Any]], str]: ...
    async def acknowledge(self, item: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """Who acts where. officer: the French officer, at the desk of each provider. system: of each administration."""

    holder: Door
    consignee: Door
    inspector: Door
    officer: Mapping[str, Door]
    system: Mapping[str, Door]


class Movable(Protocol):
    """Nodes between which a provider changes."""

    @property
    def nodes(self) -> Mapping[str, object]:
        """By the administration whose system it is."""

    def doors(self) -> Doors:
        """Everybody who takes part."""

    async def proof(self, node: str) -> Proof:
        """That a copy of what a node keeps of guarantees is equal."""


@dataclass(slots=True)
class Result:
    """What was seen. opened: guarantees by provider. movements: by MRN, the types that its holder got."""

    opened: dict[str, list[Cover]] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
    """By LRN, the provider of the guarantee."""
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (MRN, type), how often the holder got it."""
    mrns: dict[str, str] = field(default_factory=dict)
    across: int = 0
    """Movements that were open while a provider changed."""
    used: dict[str, Decimal] = field(default_factory=dict)

    @property
    def lost(self) -> list[str]:
        """Declarations whose movement was not discharged."""
        return [lrn for lrn in self.declared if self.told[self.mrns.get(lrn, ""), DISCHARGED] == 0]

    @property
    def doubled(self) -> list[tuple[str, str]]:
        """What a holder got twice."""
        return [what for what, number in self.told.items() if number > 1]


@dataclass(slots=True)
class Moving:
    """One run. each: seconds for which a provider serves. told: what is said of each step."""

    doors: Doors
    numbers: Numbers
    now: Callable[[], int]
    each: float = 5.0
    at_once: int = 8
    said: Callable[[str], None] = lambda _text: None
    result: Result = field(default_factory=Result)
    _open: dict[str, int] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def play(self) -> Result:
        """Choose, and let movements go on until every provider has served. Raises Failed."""
        await self._offer()
        began = self.now() + int(AHEAD * 1e6)
        instants = [began + int(n * self.each * 1e6) for n in range(len(ORDER) - 1)]
        for provider, at in zip(ORDER[1:], instants, strict=True):
            await self._choose(provider, at)
        collecting = asyncio.create_task(self._collect())
        try:
            async with asyncio.timeout(PATIENCE + self.each * len(ORDER)):
                await self._load(instants)
                await self._settle()
        except TimeoutError:
            raise Failed(f"lost: {self.result.lost}, doubled: {self.result.doubled}") from None
        finally:
            collecting.cancel()
            await asyncio.gather(collecting, *self._tasks, return_exceptions=True)
        return self.result

    async def _offer(self) -> None:
        for provider, guests in ((OWN, ()), (HOST, (OWN,))):
            said = {"provider": provider, "services": ("guarantees",), "guests": guests}
            await self.doors.system[provider].call("provision.offer", msgspec.json.encode(said))
            await self._answered(self.doors.system[provider], "OfferKept")

    async def _choose(self, provider: str, at: int) -> None:
        since = dt.datetime.fromtimestamp(at / 1e6, dt.UTC)
        said = {"administration": OWN, "of": "guarantees", "provider": provider, "since": since, "decided_by": BY,
                "reason": WHY}  # fmt: skip
        await self.doors.system[OWN].call("provision.choose", msgspec.json.encode(said))
        await self._answered(self.doors.system[OWN], "ProvisionKept")
        self.said(f"guarantees of {OWN} are provided by {provider} from {since:%H:%M:%S}")

    async def _answered(self, door: Door, wanted: str) -> None:
        """The next answer to a system; the own node's connector may have taken it, and then knows it."""
        async with asyncio.timeout(PATIENCE):
            items, _ = await door.collect(wait=0.2)
        for each in items:
            if each["type"] == "ProvisionRefused":
                raise Failed(f"{wanted} was to come, not {each['body']}")

    async def _load(self, instants: list[int]) -> None:
        """Movements one after the other under every guarantee there is, until all providers have served."""
        ends = instants[-1] + int(self.each * 1e6)
        served = -1
        while self.now() < ends:
            phase = sum(at <= self.now() for at in instants)
            if phase != served:
                self.result.across += len(self._open)
                served = phase
                await self._register(ORDER[phase])
            for provider, covers in self.result.opened.items():
                for cover in covers:
                    await self._declare(provider, cover)
            await asyncio.sleep(0.05)

    async def _register(self, provider: str) -> None:
        """A guarantee at the desk of who provides now."""
        cover = Cover(self.numbers.grn())
        said = {"grn": cover.grn, "type": "1", "holder": "FR40123456700017", "access_code": cover.access_code,
                "limit": "10000000", "valid_from": self.numbers.today()}  # fmt: skip
        await self.doors.officer[provider].call("guarantees.register", msgspec.json.encode(said))
        async with asyncio.timeout(PATIENCE):
            while not await self._registered(provider, cover):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)
        self.result.opened.setdefault(provider, []).append(cover)

    async def _registered(self, provider: str, cover: Cover) -> bool:
        items, _ = await self.doors.officer[provider].collect()
        return any(cover.grn in each["body"] and each["type"] == "GuaranteeRegistered" for each in items)

    async def _declare(self, provider: str, cover: Cover) -> None:
        if sum(self.result.declared[lrn] == provider for lrn in self._open) >= self.at_once:
            return
        message = declaration(self.numbers, cover)
        lrn = message.transit_operation.lrn
        self.result.declared[lrn], self._open[lrn] = provider, self.now()
        answer = await self.doors.holder.send(phase5.write(message))
        if answer.status != 202:
            raise Failed(f"a declaration was to be accepted, not {answer.status}")

    async def _collect(self) -> None:
        """What the holder gets; each released movement goes on, arrives and is inspected."""
        after = ""
        while True:
            items, after = await self.doors.holder.collect(after, 1.0)
            for item in items:
                await self._told(item)

    async def _told(self, item: dict[str, Any]) -> None:
        document = phase5.read(item["body"].encode())
        operation = getattr(document, "transit_operation", None)
        mrn, lrn = getattr(operation, "mrn", None) or "", getattr(operation, "lrn", None) or ""
        if item["type"] == "CC028C":
            self.result.mrns[lrn] = mrn
        if mrn:
            self.result.told[mrn, item["type"]] += 1
        if item["type"] == RELEASED:
            self._tasks.append(asyncio.create_task(self._arrive(mrn)))
        if item["type"] == DISCHARGED:
            ended = next((each for each, known in self.result.mrns.items() if known == mrn), "")
            self._open.pop(ended, None)

    async def _arrive(self, mrn: str) -> None:
        """The goods are under way for more than half of the time for which a provider serves, so many see a change."""
        await asyncio.sleep(0.6 * self.each)
        answer = await self.doors.consignee.send(phase5.write(arrival(self.numbers, mrn)))
        if answer.status != 202:
            raise Failed(f"an arrival was to be accepted, not {answer.status}")
        said = {"mrn": mrn, "code": "A1"}
        await self.doors.inspector.call("transit.record_inspection", msgspec.json.encode(said))

    async def _settle(self) -> None:
        """Wait until every movement has ended and every ledger is free again."""
        while self._open:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
        for provider, covers in self.result.opened.items():
            for cover in covers:
                while (held := await self._account(provider, cover)) != 0:
                    self.result.used[cover.grn] = held
                    await asyncio.sleep(0.1)
                self.result.used[cover.grn] = held

    async def _account(self, provider: str, cover: Cover) -> Decimal:
        question = msgspec.json.encode({"grn": cover.grn})
        found = await self.doors.officer[provider].call("guarantees.show", question)
        return Decimal(found["reserved"])
