"""Adversaries of a simulated union: strangers with an account of their own who go for the cases of others.

Each knows what such a party can know - the papers that go with the goods, the own inbox - or guesses. They strike at
random moments, and right in front of or right behind what a lawful party sends, so that both stand in one tick. They
judge nothing: what must hold whatever they do is checked elsewhere.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec

from douane.simulator.messages import forged
from douane.simulator.messages.declarations import TRANSIT_IN
from douane.simulator.messages.forged import Papers
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.network import Host, Network
from douane.simulator.union.parties import Correspondent
from douane.simulator.union.scripts import Movement
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import BadIdentifier, SenderFault
from douane.vocabulary.identifiers import Country, Mrn, Procedure, base36

NEWEST: Final = 2
"""Movements of each trader whose papers lie about."""
KEPT: Final = 50
"""So much is kept of what was read in others' boxes."""
BESIDE: Final = 0.12
"""Of the calls that somebody on the line sees, those that he puts something beside."""
DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True, eq=False)
class Scene:
    """What adversaries share: papers that lie about, and what a captured door read in the boxes of its circle."""

    movements: Callable[[], Iterable[Sequence[Movement]]]
    numbers: Numbers
    chance: random.Random
    network: Network
    closing: Callable[[], bool]
    sent: Counter[str] = field(default_factory=Counter)
    questions: list[p5.CD203C] = field(default_factory=list)
    """Questions about guarantees that were read on their way to whom they were for."""
    announced: list[Any] = field(default_factory=list)
    """Announced arrivals and passages (IE001, IE050), the same."""

    eager: Callable[[], None] = lambda: None
    """What happens as soon as a question was read."""

    def overheard(self, message: Any) -> None:
        """Something was read in another's box."""
        kept = self.questions if isinstance(message, p5.CD203C) else self.announced
        kept.append(message)
        del kept[:-KEPT]
        if kept is self.questions:
            self.eager()

    def papers(self) -> Papers | None:
        """Those of a recent movement."""
        lying = [each for trader in self.movements() for each in trader[-NEWEST:] if each.content is not None]
        return self.chance.choice(lying).papers if lying else None

    def printed(self) -> Papers | None:
        """The same with an MRN: the movement's own, or as a guess that of the one after it."""
        papers = self.papers()
        if papers is not None and papers.mrn and self.chance.random() < 0.2:
            return _guessed(papers)
        return papers if papers is not None and papers.mrn else None

    def own_mrn(self, country: str) -> str:
        """The MRN of a movement of one's own country, which is nobody's business here."""
        serial = "".join(self.chance.choice(DIGITS) for _ in range(12))
        return str(Mrn.issue(self.numbers.today().year, Country(country), serial, Procedure.of_transit("0")))


Forged = tuple[str, bytes, dict[str, Any]]
"""An own identification, a body, and how it is sent."""
Attack = Callable[[Scene, str], Any]
"""(scene, the sender's name) -> a message, or None where there is nothing to attack."""


class Striking(Protocol):
    """Somebody who strikes."""

    def strike(self) -> Any:
        """Do something unlawful, and wait for what comes of it."""

    def beside(self, target: Host) -> None:
        """Have something unlawful taken at once."""

    async def drain(self) -> None:
        """Empty the own boxes."""


@dataclass(slots=True, eq=False)
class Stranger:
    """A trader, an administration's system or an officer with a proof of his own, at a door where he may enter."""

    self_: Correspondent
    scene: Scene
    attacks: Mapping[str, Attack]
    orders: int = 0
    mine: list[str] = field(default_factory=list)

    async def strike(self) -> None:
        """Send something, ask something, or send once more what was sent before."""
        chance = self.scene.chance
        if self.mine and chance.random() < 0.1:
            await self.self_.repeat(chance.choice(self.mine))
            return
        made = self._made(chance.choice(list(self.attacks)))
        if made is not None:
            own_id, body, how = made
            await self.self_.send(own_id, body, **how)
            self.mine.append(own_id)

    def beside(self, target: Host) -> None:
        """Have something taken by a host at once."""
        if target is self.self_.host:
            self.thrust(self.scene.chance.choice(list(self.attacks)))

    def thrust(self, name: str) -> None:
        """Have an attack taken at once."""
        made = self._made(name)
        if made is not None:
            own_id, body, how = made
            self.scene.network.thrust(self.self_.id, self.self_.host, self.self_.request(own_id, body, **how))

    async def drain(self) -> None:
        """Take what waits."""
        await self.self_.drain()

    def _made(self, name: str) -> Forged | None:
        message = self.attacks[name](self.scene, self.self_.party)
        if message is None:
            return None
        self.scene.sent[name] += 1
        if isinstance(message, tuple):  # an officer's operation and its content
            self.orders += 1
            operation, content = message
            return (
                f"{self.self_.id}.{self.orders}",
                msgspec.json.encode(content),
                {"operation": operation, "json": True},
            )
        return message.message_identification, p5.write(message), {}


@dataclass(slots=True, eq=False)
class Spy:
    """Somebody whom lawful papers name: he asks where another's movement stands, and takes from others' inboxes."""

    self_: Correspondent
    scene: Scene
    breaks: Callable[[str], None]

    async def strike(self) -> None:
        """Ask about a movement of somebody else."""
        papers = self.scene.papers()
        if papers is None:
            return
        self.scene.sent["a query about another's movement"] += 1
        named = {"mrn": papers.mrn} if papers.mrn else {"lrn": papers.lrn, "office": "FR005350"}
        try:
            view = await self.self_.ask("transit.find_movement", msgspec.json.encode(named))
        except SenderFault:
            return
        self.breaks(f"{self.self_.party} was shown movement {view.mrn or view.lrn} of {papers.holder}")

    def beside(self, target: Host) -> None:
        """Asks only for itself."""

    async def drain(self) -> None:
        """Nothing is sent to it."""


@dataclass(slots=True, eq=False)
class Company:
    """All adversaries of a union: they strike at a rate, and beside what passes on the line."""

    members: Sequence[Striking]
    waiting: Sequence[Correspondent]
    """Who waits for a moment of his own, and is told what came of it."""
    scene: Scene
    seconds: float
    """Between two strikes, on average."""
    hosts: frozenset[str]
    asides: Sequence[Callable[[str, str, bool], None]] = ()
    """What else watches the line: told the source, what it posts, and whether that was taken already."""
    insiders: Sequence[Stranger] = ()
    """Those of whom something is asked, and who say something else before their own system answers."""
    listening: Sequence[Callable[[], Coroutine[Any, Any, None]]] = ()
    """Those who read along in the boxes of others."""

    async def run(self) -> None:
        """Strike until the union closes, then empty the boxes."""
        chance = self.scene.chance
        listening = [asyncio.get_running_loop().create_task(each()) for each in self.listening]
        while not self.scene.closing():
            await asyncio.sleep(chance.expovariate(1 / self.seconds))
            await chance.choice(self.members).strike()
        for each in listening:
            each.cancel()
        await self.drain()

    async def drain(self) -> None:
        """Empty every box."""
        for member in self.members:
            await member.drain()
        for each in self.waiting:
            await each.drain()

    def tap(self, source: str, target: Host, what: str, behind: bool) -> None:
        """Somebody posts something: now and then one of us gets in just before it, or comes right behind."""
        chance = self.scene.chance
        if not what.startswith("post") or target.name not in self.hosts:
            return
        for each in self.asides:
            each(source, what, behind)
        if chance.random() < BESIDE:
            chance.choice(self.members).beside(target)

    def seize(self) -> None:
        """A question was read on its way: before it is answered by whom it was put to, others answer it."""
        for each in (*self.members, *self.insiders):
            if isinstance(each, Stranger):
                names = [name for name in each.attacks if name.startswith("a stolen question")]
                if names:
                    each.thrust(self.scene.chance.choice(names))


@dataclass(slots=True, eq=False)
class Dismissed:
    """An administration that an amendment takes from the route: right behind it, it still reports a passage."""

    self_: Correspondent
    scene: Scene

    def aside(self, _source: str, what: str, behind: bool) -> None:
        """The amendment was taken: in the same tick, one comes from who had a part in the movement until now."""
        lying = (m for trader in self.scene.movements() for m in trader[-1:] if m.dismissing and m.mrn)
        left = next((each for each in lying if what == f"post {each.dismissing}"), None) if behind else None
        if left is not None:
            self.scene.sent["passage told by who was taken from the route"] += 1
            _thrust(self.scene, self.self_, forged.passage(self.scene.numbers, left.papers, self.self_.party))


@dataclass(slots=True, eq=False)
class Poisoner:
    """A trader who knows an arrival that no rule of joining survives: he sends it just before the consignee's."""

    self_: Correspondent
    scene: Scene

    def aside(self, source: str, what: str, behind: bool) -> None:
        """A consignee notifies an arrival: just before, so does he."""
        number = source.removeprefix("consignee.")
        if behind or number == source or not what.startswith("post WN") or self.scene.closing():
            return
        of_trader = list(self.scene.movements())[int(number)]
        if of_trader and of_trader[-1].mrn and self.scene.chance.random() < 0.5:
            self.scene.sent["arrival that no rule of joining survives"] += 1
            made = forged.arrival(self.scene.numbers, of_trader[-1].papers, self.self_.party)
            _thrust(self.scene, self.self_, made)


def _thrust(scene: Scene, by: Correspondent, message: Any) -> None:
    request = by.request(message.message_identification, p5.write(message))
    scene.network.thrust(by.id, by.host, request)


# --- what they send ---------------------------------------------------------------------------------------------------


def _with(make: Callable[[Numbers, Papers, str], Any], *, printed: bool = True) -> Attack:
    """An attack by a message that is made of papers."""

    def attack(scene: Scene, sender: str) -> Any:
        papers = scene.printed() if printed else scene.papers()
        return make(scene.numbers, papers, sender) if papers is not None else None

    return attack


def _replayed(scene: Scene, _sender: str) -> Any:
    papers = scene.papers()
    return papers.declaration if papers is not None else None


def _by_lrn(numbers: Numbers, papers: Papers, sender: str) -> Any:
    return forged.invalidation(numbers, papers, sender, by_lrn=True)


def _answering_itself(scene: Scene, sender: str) -> Any:
    """A trader's message that says it answers the question of somebody else."""
    papers = scene.printed()
    if papers is None or not scene.questions:
        return None
    made = forged.invalidation(scene.numbers, papers, sender)
    asked = scene.chance.choice(scene.questions[-NEWEST:])
    return msgspec.structs.replace(made, correlation_identifier=asked.message_identification)


AS_A_TRADER: Final[Mapping[str, Attack]] = {
    "invalidation of another's movement": _with(forged.invalidation),
    "invalidation by another's LRN": _with(_by_lrn, printed=False),
    "amendment of another's movement": _with(forged.amendment),
    "declaration in another's name": _with(forged.second_declaration, printed=False),
    "another's declaration replayed": _replayed,
    "another's goods unloaded": _with(forged.remarks),
    "another's goods presented": _with(forged.arrival),
    "another's goods received": _with(forged.receipt),
    "declaration on another's guarantee": _with(forged.on_behalf, printed=False),
    "another's enquiry answered": _with(forged.whereabouts),
    "a stolen question answered by a trader": _answering_itself,
}


def _squatted(kind: type, recipient: str) -> Attack:
    def attack(scene: Scene, sender: str) -> Any:
        papers = scene.printed()
        known = [each for each in scene.announced if isinstance(each, kind)]
        if papers is None or not known:
            return None
        return forged.announced(scene.numbers, scene.chance.choice(known[-NEWEST:]), papers, sender, recipient)

    return attack


def _of_guarantee(make: Callable[[Numbers, Papers, str, str], Any], *, own: bool) -> Attack:
    """``own``: for a movement of the own country, which it may ask for; else for the one that holds the amount."""

    def attack(scene: Scene, sender: str) -> Any:
        papers = scene.printed()
        if papers is None:
            return None
        mrn = scene.own_mrn(sender.removeprefix("NTA.")) if own else papers.mrn
        return make(scene.numbers, papers, mrn, sender)

    return attack


def answered(covered: bool) -> Attack:
    """A question that was put to somebody else is answered."""

    def attack(scene: Scene, sender: str) -> Any:
        if not scene.questions:
            return None
        return forged.guarantee_answer(
            scene.numbers, scene.chance.choice(scene.questions[-NEWEST:]), sender, covered=covered
        )

    return attack


def _answered_otherwise(scene: Scene, sender: str) -> Any:
    """Another type of message that says it answers a question which was put to somebody."""
    if not scene.questions:
        return None
    asked = scene.chance.choice(scene.questions[-NEWEST:])
    papers = next((each for each in [scene.printed()] if each is not None), None)
    if papers is None:
        return None
    made = forged.results(scene.numbers, papers, sender)
    operation = msgspec.structs.replace(made.transit_operation, mrn=asked.transit_operation.mrn)
    return msgspec.structs.replace(
        made, transit_operation=operation, correlation_identifier=asked.message_identification
    )


AS_AN_ADMINISTRATION: Final[Mapping[str, Attack]] = {
    "arrival told by who is not destination": _with(forged.advice),
    "results told by who is not destination": _with(forged.results),
    "enquiry answered by who was not asked": _with(forged.answered_enquiry),
    "movement cancelled by who is not departure": _with(forged.cancelled),
    "arrival announced for another's MRN": _squatted(p5.CD001C, "NTA.AT"),
    "arrival announced elsewhere for another's MRN": _squatted(p5.CD001C, "NTA.ES"),
    "passage announced for another's MRN": _squatted(p5.CD050C, "NTA.DE"),
    "guarantee used for another's movement": _of_guarantee(forged.use, own=False),
    "guarantee used with a guessed access code": _of_guarantee(forged.use, own=True),
    "another's use of a guarantee given back": _of_guarantee(forged.given_back, own=False),
    "a use given back that never was": _of_guarantee(forged.given_back, own=True),
    "another's movement credited": _of_guarantee(forged.credit, own=False),
    "a movement credited that never was": _of_guarantee(forged.credit, own=True),
    "a stolen question answered": answered(covered=True),
    "a stolen question refused": answered(covered=False),
    "a stolen question answered by another type": _answered_otherwise,
}
ASKED: Final[Mapping[str, Attack]] = {"a stolen question answered by another type": _answered_otherwise}
OFF_THE_ROUTE: Final[Mapping[str, Attack]] = {
    **AS_AN_ADMINISTRATION, "passage told by who is not on the route": _with(forged.passage),
}  # fmt: skip


def _ordered(operation: str, **content: Any) -> Attack:
    def attack(scene: Scene, _sender: str) -> Any:
        papers = scene.printed()
        return (operation, {"mrn": papers.mrn, **content}) if papers is not None else None

    return attack


def _registered(scene: Scene, _sender: str) -> Any:
    """Somebody else's guarantee registered anew, with another limit."""
    papers = scene.papers()
    if papers is None:
        return None
    content = {"grn": papers.grn, "type": "1", "holder": papers.holder, "access_code": forged.WRONG_CODE, "limit": "1",
               "valid_from": "2026-01-01"}  # fmt: skip
    return "guarantees.register", content


AS_AN_OFFICER: Final[Mapping[str, Attack]] = {
    "control decided by an officer of elsewhere": _ordered("transit.decide_control", satisfactory=True),
    "invalidated by an officer of elsewhere": _ordered("transit.invalidate_by_office", justification="So be it."),
    "enquiry closed by an officer of elsewhere": _ordered("transit.close_enquiry", discharged=True),
    "proof accepted by an officer of elsewhere": _ordered(
        "transit.accept_proof", proof="certified by customs at destination", document="X-1"
    ),
    "enquiry begun by an officer of elsewhere": _ordered("transit.begin_enquiry", grounds="So be it."),
    "payment recorded by an officer of elsewhere": _ordered("transit.record_payment", amount="812.50", paid_by="me"),
    "inspected by an officer of elsewhere": _ordered("transit.record_inspection", code="A1"),
    "passage recorded by an officer of elsewhere": _ordered(
        "transit.record_passage", office=TRANSIT_IN, passed_on="2026-11-27"
    ),
    "guarantee registered anew by an officer of elsewhere": _registered,
}


def _guessed(papers: Papers) -> Papers | None:
    """The papers of the movement after this one, whose MRN nobody has seen yet."""
    mrn = _next(papers.mrn)
    return Papers(papers.lrn, mrn, papers.grn, papers.declaration) if mrn else None


def _next(mrn: str) -> str:
    try:
        number = int(mrn[12:16], 36) + 1
        return str(Mrn.issue(2000 + int(mrn[:2]), Country(mrn[2:4]), mrn[4:12] + base36(number, 4), Procedure(mrn[16])))
    except (BadIdentifier, ValueError):
        return ""
