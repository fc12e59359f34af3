"""Captured doors: somebody speaks through the link of a platform's door, past everything that the door does.

A captured door can speak as any party of its circle: that is what a circle is. So it speaks here as parties that have
no part in the movements of the run, and must get nothing by it; and it says what no door may say, which must not get
through. One of the trusted circle also reads the boxes of that circle, from which all other adversaries learn. Its link
is one between processes: it hands over octets that are no message, and beside lawful ones another message than they
are, of which nobody may ever be told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from douane.model.caller import (
    CORE,
    EVERYWHERE,
    OFFICE_OF,
    PARTY_KINDS,
    VIA_CORE,
    Caller,
    Party,
    PartyKind,
    Strength,
)
from douane.model.circles import ActorKind, Circle, Platform
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.door.link import Link, Question, Reader
from douane.runtime.store.envelope import Arrival, Envelope, ReplyTo, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.shared_services.link import translation as carried
from douane.simulator.union.adversaries import AS_A_TRADER, AS_AN_ADMINISTRATION, AS_AN_OFFICER, Attack, Scene
from douane.simulator.union.network import Host
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import DouaneError

OPERATIONS: Final[Mapping[str, str]] = {
    "CC014C": "transit.request_invalidation", "CC013C": "transit.amend_declaration",
    "CC007C": "transit.notify_arrival", "CC015C": "transit.lodge_declaration",
    "CC044C": "transit.submit_unloading_remarks",
    "CC141C": "transit.inform_on_non_arrived", "CD006C": "transit.advise_arrival",
    "CD018C": "transit.send_control_results", "CD143C": "transit.answer_enquiry", "CD010C": "transit.cancel_movement",
    "CD001C": "transit.anticipate_arrival", "CD050C": "transit.anticipate_passage", "CD203C": "guarantees.use",
    "CD204C": "guarantees.cancel_use", "CD209C": "guarantees.credit", "CD205C": "transit.receive_guarantee_result",
}  # fmt: skip
VICTIM: Final = "NTA.DE"
"""Whose box a door of the other circle tries to read."""
LISTENS: Final = ("NTA.AT", "NTA.DE", "NTA.NO")
"""Whose boxes a captured door of their own circle does read."""
WHOLE: Final = frozenset({INBOX_ROLE})
"""A door says of those for whom it speaks in which roles they are; a captured one says the most."""
LIE: Final = "26XXLIE000000000J0"
"""The movement that a message names as the door hands it over; its octets, which the core keeps, name another."""
GARBAGE: Final = (b"", b"<garbage", b"\xff\x00", b"{", b"<CC015C/>", b"[" * 10_000)
MOST: Final = 50
"""So much is kept of what was read."""


def caller(kind: ActorKind, identifier: str, *, circle: Circle | None = None, via: str = "", own: str = "") -> Caller:
    """Somebody as a captured door says that he is."""
    party = Party(PARTY_KINDS[kind], identifier)
    administration = own or (identifier if party.kind is PartyKind.ADMINISTRATION else "")
    return Caller(f"forged.{identifier}", kind, circle or kind.circle, party, administration,
                  strength=Strength.CERTIFICATE, via=via, offices=(EVERYWHERE,))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """What a door of a platform may say, and what it must not."""

    platform: Platform
    voices: tuple[Caller, ...]
    attacks: Mapping[str, Attack]
    foreign: tuple[Caller, ...]
    """Callers that nobody at this door can be."""
    masks: tuple[Caller, ...] = ()
    """Callers of the door's circle and of a kind that is not: the link refuses them, or the core gives them nothing."""


REACH: Final[Mapping[Platform, Reach]] = {
    Platform.SPEED2: Reach(
        Platform.SPEED2, tuple(caller(ActorKind.TRADER, f"IT{n:011d}") for n in range(3)), AS_A_TRADER,
        (
            caller(ActorKind.MEMBER_STATE, "FR"), caller(ActorKind.MEMBER_STATE, "FR", circle=Circle.UNTRUSTED),
            caller(ActorKind.OFFICER, "fr.officer.0", own="FR"), caller(ActorKind.SERVICE, "@"),
            caller(ActorKind.TRADER, "IT00000000000", circle=Circle.TRUSTED),
            caller(ActorKind.TRADER, "IT00000000000", via=VIA_CORE),
        ),
        (caller(ActorKind.OFFICER, "fr.mask", circle=Circle.UNTRUSTED, own="FR"),),
    ),
    Platform.CCN2: Reach(
        Platform.CCN2, tuple(caller(ActorKind.MEMBER_STATE, code) for code in ("PT", "ES", "PL")),
        AS_AN_ADMINISTRATION,
        (
            caller(ActorKind.TRADER, "FR00000000000000"), caller(ActorKind.SERVICE, "@"),
            caller(ActorKind.MEMBER_STATE, "FR", via=VIA_CORE), caller(ActorKind.MEMBER_STATE, "FR", via="DE"),
        ),
    ),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class CapturedDoor:
    """The link of a door in the wrong hands. ``host`` serves links by platform."""

    reach: Reach
    host: Host
    scene: Scene
    clock: Callable[[], int]
    breaks: Callable[[str], None]
    query: type
    """The question where a movement stands."""
    count: int = 0
    _lie: Any = None

    # --- striking

    async def strike(self) -> None:
        """Say something through the link."""
        chance = self.scene.chance
        forbidden = self._forbidden()
        if chance.random() < 0.4 and forbidden:
            what, said = chance.choice(forbidden)
            self.scene.sent[what] += 1
            if await self._gets_through(what, said):
                self.breaks(f"the link of {self.reach.platform.value} let through: {what}")
            return
        made = self._envelope(chance.choice(self.reach.voices))
        if made is not None:
            await self._gets_through("post forged", _submitting(made, self._lie))
            await self._spoil(made)

    async def _spoil(self, made: Envelope) -> None:
        """Hand the same over with octets that are no message of its kind."""
        body = GARBAGE[self.count % len(GARBAGE)]
        origin = replace(made.origin, id=f"{made.origin.id}G")
        spoilt = replace(made, origin=origin, content=replace(made.content, body=body, digest=digest_of(body)))
        self.scene.sent["octets that are no message"] += 1
        if await self._gets_through("post garbage", _submitting(spoilt)):
            self.breaks(f"the link of {self.reach.platform.value} let through octets that are no message")

    def beside(self, target: Host) -> None:
        """Have something taken at once."""
        made = self._envelope(self.scene.chance.choice(self.reach.voices)) if target.name == self.host.name else None
        if made is not None:
            source = f"captured {self.reach.platform.value}"
            self.scene.network.thrust(source, self.host, self._said(_submitting(made, self._lie)))

    async def drain(self) -> None:
        """Take what waits for those in whose name it spoke."""
        for voice in (*self.reach.voices, *self.reach.masks):
            while items := await self._collected(voice.name):
                for item in items:
                    if LIE.encode() in item.body:
                        self.breaks(f"{voice.name} is told of a movement that only a captured door named")
                    await self._asked("acknowledge", self._acknowledging(voice.name, f"{item.position:x}"))

    def _reader(self, party: str) -> Reader:
        """Whom it says to be at this inbox: one of its voices, a system, or the core itself."""
        for voice in (*self.reach.voices, *self.reach.masks):
            if voice.name == party:
                return Reader(voice, roles=WHOLE)
        if party.startswith(OFFICE_OF):
            code = party.removeprefix(OFFICE_OF)
            kind, own = ActorKind.MEMBER_STATE, Party(PartyKind.ADMINISTRATION, code)
            return Reader(Caller(party, kind, kind.circle, own, code, strength=Strength.CERTIFICATE), roles=WHOLE)
        return Reader(CORE, roles=WHOLE)

    def _acknowledging(self, party: str, item: str) -> Callable[[Link], Any]:
        return lambda link: link.acknowledge(self._reader(party), item, "rest")

    async def _collected(self, party: str) -> Sequence[Any]:
        found = await self._asked("collect", lambda link: link.collect(self._reader(party), "", MOST, 0.0))
        return found[0] if found else ()

    async def listen(self, victim: str) -> None:
        """Read along in the box of somebody of this circle, who will not know, until cancelled."""
        cursor = ""
        while True:
            page = await self._asked("collect", _listening(self._reader(victim), cursor), patience=60.0)
            if page is None:
                await asyncio.sleep(1.0)
                continue
            items, cursor = page
            for item in items:
                if item.row.type in ("CD203C", "CD001C", "CD050C"):
                    self.scene.overheard(p5.read(item.body))

    # --- what it says

    def _envelope(self, voice: Caller) -> Envelope | None:
        attacks = self.reach.attacks
        if self.reach.masks and self.scene.chance.random() < 0.2:
            voice, attacks = self.scene.chance.choice(self.reach.masks), AS_AN_OFFICER
        name = self.scene.chance.choice(list(attacks))
        message = attacks[name](self.scene, voice.name)
        if message is None:
            return None
        self.scene.sent[f"{name}, by a captured door"] += 1
        if self.reach.platform is Platform.CCN2 and self.scene.chance.random() < 0.3:
            message = replace(message, message_sender=VICTIM)  # the body says what no door has compared
        return self._of(message, voice)

    def _of(
        self, message: Any, voice: Caller, kind: RowKind = RowKind.MESSAGE, waits: ReplyTo | None = None
    ) -> Envelope:
        self.count += 1
        id = f"F{self.count:06d}{self.reach.platform.value}"
        if isinstance(message, tuple):  # an officer's operation and its content
            operation, content = message
            about = ""
            body, media, country, correlation = msgspec.json.encode(content), Media.JSON, voice.administration, ""
            self._lie = None
        else:
            message = replace(message, message_identification=id)
            operation, body, media = OPERATIONS[type(message).__name__], p5.write(message), Media.FAMILY
            country, correlation = message.message_recipient[-2:], message.correlation_identifier or ""
            about = getattr(getattr(message, "transit_operation", None), "mrn", "") or ""
            self._lie = (
                replace(message, transit_operation=replace(message.transit_operation, mrn=LIE)) if about else None
            )
        origin = Origin(voice, id, self.clock(), self.reach.platform.value, "rest", correlation)
        return Envelope(
            kind, operation, country, origin, Content(media, body, digest_of(body)), reply_to=waits, about=about
        )

    def _forbidden(self) -> list[tuple[str, Callable[[Link], Any]]]:
        """What no door may say, each with its name."""
        papers = self.scene.printed()
        if papers is None:
            return []
        attack = self.scene.chance.choice(list(self.reach.attacks.values()))
        message = attack(self.scene, self.reach.voices[0].name)
        found: list[tuple[str, Callable[[Link], Any]]] = []
        if message is not None:
            voice = self.reach.voices[0]
            inner = [(RowKind.ANSWER, ReplyTo(1, "departure", 1, 1)), (RowKind.TIMER, None), (RowKind.CARRIED, None)]
            said = [(f"a row of kind {kind.value}", self._of(message, voice, kind, waits)) for kind, waits in inner]
            said += [(f"a {each.kind.value} of the {each.circle.value} circle, via '{each.via}'",
                      self._of(message, each)) for each in self.reach.foreign]  # fmt: skip
            said += _misnamed(self._of(message, voice))
            found += [(what, _submitting(envelope)) for what, envelope in said]
        other = VICTIM if self.reach.platform is Platform.SPEED2 else "@"
        item = f"{self.scene.chance.randint(1, 400):x}"
        found += [
            (f"the inbox of {other} read", lambda link: link.collect(self._reader(other), "", 10, 0.0)),
            (f"a message of {other} acknowledged", self._acknowledging(other, item)),
            (f"a message of {other} claimed", lambda link: link.claim(self._reader(other), [item], 60)),
        ]
        for each in self.reach.voices[:1]:
            question = Question("transit.find_movement", "FR", each, frozenset(), self.query(papers.mrn))
            found.append((f"a movement of others shown to {each.name}", lambda link, q=question: link.ask(q)))  # type: ignore[misc]  # bound early
        return found

    async def _gets_through(self, what: str, said: Callable[[Link], Any]) -> bool:
        try:
            await self._call(what, said)
        except DouaneError:
            return False
        return True

    async def _asked(self, what: str, said: Callable[[Link], Any], *, patience: float = 15.0) -> Any:
        try:
            return await self._call(what, said, patience=patience)
        except DouaneError:
            return None

    async def _call(self, what: str, said: Callable[[Link], Any], *, patience: float = 15.0) -> Any:
        source = f"captured {self.reach.platform.value}"
        return await self.scene.network.call(source, self.host, what, self._said(said), patience=patience)

    def _said(self, said: Callable[[Link], Any]) -> Callable[[Any], Any]:
        async def speak(links: Any) -> Any:
            return await said(links[self.reach.platform.value])

        return speak


def _misnamed(made: Envelope) -> list[tuple[str, Envelope]]:
    """A message under other names than it has itself; only one of a family names itself."""
    if made.content.media is not Media.FAMILY:
        return []
    origin, other = made.origin, "AT" if made.administration != "AT" else "DE"
    return [
        ("a message under another identification", replace(made, origin=replace(origin, id=f"{origin.id}X"))),
        ("a message that answers another", replace(made, origin=replace(origin, correlation=f"{origin.correlation}X"))),
        ("a message about another case", replace(made, about=LIE)),
        ("a message for another administration", replace(made, administration=other)),
    ]


def _listening(victim: Reader, cursor: str) -> Callable[[Link], Any]:
    return lambda link: link.collect(victim, cursor, MOST, 45.0)


def _submitting(envelope: Envelope, lie: Any = None) -> Callable[[Link], Any]:
    """Hand an envelope over as a frame does, with another message beside it where the link takes one."""
    return lambda link: link.submit(carried.read_arrival(carried.arrival(Arrival(envelope, lie))))
