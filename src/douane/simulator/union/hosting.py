"""An administration whose transit others serve: its present host is honest, the one that it dismissed is not.

The dismissed host, and the guest itself, tell the centre names of cases that they do not have: the next reference of a
declaration, the next MRN that the present host will give, one of a time when others served, and more than anybody may.
What must hold whatever they say: a declaration reaches the present host, and so does what is about a case of his; what
is about no case waits, and reaches the dismissed host no sooner than everybody had time to say that he has it.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.relaying import told_by
from douane.runtime.store import keys
from douane.runtime.store.ports import Reader
from douane.simulator.messages import forged
from douane.simulator.messages.declarations import COFFEE, Cover, declaration
from douane.simulator.messages.forged import Papers
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.ledger import Delivered
from douane.simulator.union.network import Host
from douane.simulator.union.parties import Correspondent
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.identifiers import Country, Mrn, Procedure
from douane.vocabulary.provision import NAMES_A_DAY, Chosen
from douane.vocabulary.time import Instant

GUEST, PRESENT, DISMISSED = "IT", "LU", "BE"
SERVICE, LODGING, LEARN = "transit", "transit.lodge_declaration", "provision.learn"
HOUR: Final = 3_600_000_000
DAY: Final = 24 * HOUR
SERVED: Final = 15 * DAY
"""So long before the beginning the dismissed host was chosen; the present one a day later. A clock that is set back by
days must undo no choice: who serves follows from it."""
WAITS: Final = 840.0
"""Seconds for which, at the least, nothing reaches a former host only because nobody else said that he has it."""
SOON: Final = 600.0
"""Within which the present host has what is for him, whatever strikes meanwhile."""
NOISE: Final = 6
"""Names that the dismissed host tells in a round beside the others."""


def history(beginning: int) -> tuple[Chosen, ...]:
    """Who served the guest when: the centre, for a day the dismissed host, and the present one for two weeks."""
    since = {"EU": 0, DISMISSED: beginning - SERVED, PRESENT: beginning - SERVED + DAY}
    return tuple(Chosen(Instant(at), GUEST, SERVICE, provider) for provider, at in since.items())


@dataclass(slots=True, eq=False)
class Hosting:
    """The guest's trader and both hosts, round by round. beginning: of the simulated time, in microseconds."""

    trader: Correspondent
    present: Correspondent
    dismissed: Correspondent
    guest: Correspondent
    numbers: Numbers
    chance: random.Random
    sent: Counter[str]
    closing: Callable[[], bool]
    breaks: Callable[[str], None]
    beginning: int
    clock: Callable[[], int]
    """What the centre's clock shows, in microseconds: set ahead, what waits by it waits for less; set back, it stands
    still, or stands before the present host was chosen."""
    rounds: int = 0
    told: int = 0
    believable: set[tuple[str, str]] = field(default_factory=set)
    """Names that the dismissed host may have told: of a kind that offices make, of its own time."""
    strays: dict[str, tuple[float, int]] = field(default_factory=dict)
    """When what is about no case was sent, by its identification: virtual seconds, and the centre's clock."""
    _next: str = ""
    _days: int = 0
    """How often the centre's clock showed another day than a round before."""
    _day: int = 0

    @property
    def now(self) -> float:
        """Virtual seconds."""
        return self.trader.world.loop.now

    async def run(self) -> None:
        """Rounds until the union closes; then until the last stray message came to its end."""
        while not self.closing():
            await asyncio.sleep(self.chance.expovariate(1 / 30.0))
            await self._round()
        while self.strays and self.now < max(self.strays.values())[0] + 2 * WAITS:
            await asyncio.sleep(60.0)
            await self._watch()

    def tap(self, source: str, _target: Host, what: str, behind: bool) -> None:
        """The guest's trader declares: just before it is taken, the dismissed host claims the reference."""
        if not behind and source == self.trader.id and self._next and what == f"post {self._next.partition('/')[0]}":
            self.sent["another's next LRN told"] += 1
            name = f"{self.trader.party}/{self._next.partition('/')[2]}"
            self.trader.world.network.thrust(
                self.dismissed.id, self.dismissed.host, self._telling(self.dismissed, DISMISSED, "lrn", name)
            )

    async def drain(self) -> None:
        """Take what waits for anybody here, and confirm it."""
        for each in (self.trader, self.present, self.dismissed, self.guest):
            await each.drain()
        await self._watch()

    def wrong(self, names: set[tuple[str, str]]) -> Iterator[str]:
        """What is wrong with the names that the centre believed of the dismissed host."""
        for kind, value in sorted(names - self.believable):
            yield f"the centre believed a dismissed host of {kind} {value}"
        if len(names) > (self._days + 1) * NAMES_A_DAY:
            yield f"the centre believed a dismissed host of {len(names)} names, {NAMES_A_DAY} a day are allowed"

    # --- a round

    async def _round(self) -> None:
        self.rounds += 1
        self._days += self._day != (day := self.clock() // DAY)
        self._day = day
        message = self._declaration()
        mrn, stray = self._mrn(), self._mrn()
        await self._claim(mrn, stray)
        self._next = f"{message.message_identification}/{message.transit_operation.lrn}"
        await self.trader.send(message.message_identification, p5.write(message))
        self._next = ""
        await self._reaches("a declaration", message.message_identification)
        began = min(self.now_instant, self.clock())  # nobody is told of what is yet to begin
        await self._tell(self.present, PRESENT, "mrn", mrn, began=began)
        papers = Papers(message.transit_operation.lrn, mrn, "", message)
        await self._reaches("what is about its case", await self._about(papers))
        if self.chance.random() < 0.5:
            self.strays[await self._about(replace_mrn(papers, stray))] = self.now, self.clock()
        await self._watch()

    async def _claim(self, mrn: str, stray: str) -> None:
        """The dismissed host, and the guest, tell what is not theirs to tell; then some that only prove too many."""
        own = self.beginning - SERVED + HOUR
        for what, kind, value, began in (
            ("the next MRN told", "mrn", mrn, own), ("an MRN of nobody told", "mrn", stray, own),
            ("an MRN told of after the dismissal", "mrn", self._mrn(), self.now_instant),
            ("an MRN told of before the choice", "mrn", self._mrn(), self.beginning - SERVED - HOUR),
            ("a name told that senders choose", "lrn", f"{self.trader.party}/{self.numbers.lrn()}", own),
            ("a name told of another operation", "grn", self.numbers.grn(GUEST), own),
        ):  # fmt: skip
            self.sent[what] += 1
            if kind == "mrn" and began == own:
                self.believable.add((kind, value))
            await self._tell(self.dismissed, DISMISSED, kind, value, began=began)
        self.sent["a name told by the guest of what its host serves"] += 1
        await self._tell(self.guest, GUEST, "mrn", self._mrn(), began=own)
        for _ in range(NOISE):
            self.sent["more names than anybody may"] += 1
            self.believable.add(("mrn", noise := self._mrn()))
            await self._tell(self.dismissed, DISMISSED, "mrn", noise, began=own)

    async def _tell(self, who: Correspondent, provider: str, kind: str, value: str, *, began: int) -> None:
        self.told += 1
        said = _said(provider, kind, value, began)
        await who.send(f"told.{who.id}.{self.told}", msgspec.json.encode(said), operation=LEARN, json=True)

    def _telling(self, who: Correspondent, provider: str, kind: str, value: str) -> Any:
        self.told += 1
        said = _said(provider, kind, value, self.beginning - SERVED + HOUR)
        return who.request(f"told.{who.id}.{self.told}", msgspec.json.encode(said), operation=LEARN, json=True)

    async def _about(self, papers: Papers) -> str:
        """Something about a case of the guest's; its identification."""
        made = forged.invalidation(self.numbers, papers, self.trader.party)
        message = replace(made, message_recipient=f"NTA.{GUEST}", message_identification=self.numbers.message("IT"))
        await self.trader.send(message.message_identification, p5.write(message))
        return message.message_identification

    async def _reaches(self, what: str, id: str) -> None:
        found = await self.present.take(lambda each: _is(each, id), SOON)
        if found is None and not self.closing():
            self.breaks(f"{what} of a guest did not reach its host within {SOON:.0f} s: {id}")

    def _waited(self, id: str) -> float:
        at, by_clock = self.strays[id]
        return max(self.now - at, (self.clock() - by_clock) / 1e6)

    async def _watch(self) -> None:
        """What the dismissed host has by now."""
        await self.dismissed.look(0.0)
        for each in self.dismissed.waiting:
            id = next((id for id in self.strays if _is(each, id)), "")
            if not id and b"NTA.IT" in each.body:
                self.breaks(f"a dismissed host has {each.type} {each.id} of a former guest")
            elif id and self._waited(id) < WAITS:
                self.breaks(f"a name that a dismissed host told led {each.type} to it at once")
            if id:
                self.strays.pop(id)
        self.dismissed.waiting.clear()

    @property
    def now_instant(self) -> int:
        """The present, in microseconds since 1970."""
        return self.beginning + round(self.now * 1e6)

    def _declaration(self) -> p5.CC015C:
        made = declaration(self.numbers, Cover(self.numbers.grn(GUEST)), (COFFEE,))
        holder = replace(made.holder_of_the_transit_procedure, identification_number=self.trader.party)
        return replace(made, message_sender=self.trader.party, message_recipient=f"NTA.{GUEST}",
                       holder_of_the_transit_procedure=holder)  # fmt: skip

    def _mrn(self) -> str:
        serial = f"{self.chance.randrange(36**6):012d}"
        return str(Mrn.issue(self.numbers.today().year, Country(GUEST), serial, Procedure.of_transit("0")))


def told_names(store: Reader, partitions: Sequence[int], provider: str, guest: str) -> set[tuple[str, str]]:
    """Kinds and values of the names of a guest's cases that a centre knows by a provider's word."""
    found = set()
    for partition in partitions:
        prefix = keys.alias_key(partition, UNION, told_by(provider), f"{guest} ")
        for key, _ in store.scan(prefix, keys.after(prefix), 100_000):
            kind, _, value = key[len(prefix) :].decode().partition(" ")
            found.add((kind, value))
    return found


def replace_mrn(papers: Papers, mrn: str) -> Papers:
    """The same papers under another MRN."""
    return Papers(papers.lrn, mrn, papers.grn, papers.declaration)


def _said(provider: str, kind: str, value: str, began: int) -> dict[str, Any]:
    return {"provider": provider, "administration": GUEST, "kind": kind, "value": value, "operation": LODGING,
            "began": began}  # fmt: skip


def _is(each: Delivered, id: str) -> bool:
    return each.id == id or id.encode() in each.body
