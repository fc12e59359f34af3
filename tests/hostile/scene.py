"""What lawful parties have done before somebody attacks: guarantees, declarations, movements on the road."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.hostile import messages
from tests.hostile.party import CannotBePlayed, Party
from tests.hostile.union import Node, Shape, Union, wait_for


def all_roles(data: Path) -> None:
    """Give every administration's system the role in which it uses guarantees: clients of former releases lack it."""
    register = data / "identity/clients.toml"
    text, given, role = register.read_text(), 'roles = ["administration",', '"administration of departure",'
    if role not in text:
        register.write_text(text.replace(given, f"{given}{role}"))


MAIN = Shape("main", {"elsewhere": ["BE"]}, prepare=all_roles, linked=True)
"""The whole union in one node, with a port for doors elsewhere; Belgium keeps its guarantees itself."""


@dataclass
class Scene:
    """A node and who is at its doors. n: a number that no other scene has."""

    node: Node
    n: int
    parties: dict[tuple[str, str], Party] = field(default_factory=dict)

    def at(self, who: str, door: str) -> Party:
        """Somebody at a door."""
        key = who, door
        if key not in self.parties:
            self.parties[key] = self.node.party(who, door)
        return self.parties[key]

    @property
    def holder(self) -> Party:
        """The French trader whose movements are attacked."""
        return self.at("trader.fr.lesquin", "speed2")

    @property
    def stranger(self) -> Party:
        """A German trader who has no part in them."""
        return self.at("trader.de.rhein", "speed2")

    def system(self, country: str) -> Party:
        """The system of an administration."""
        return self.at(f"{country.lower()}.system", "ccn2")

    def officer(self, country: str) -> Party:
        """An officer of an administration."""
        return self.at(f"{country.lower()}.officer", "ccn2")

    def id(self, text: str) -> str:
        """A message identification of this scene."""
        return f"H{self.n}-{text}"

    @property
    def lrn(self) -> str:
        """The local reference number of this scene's declaration."""
        return f"HOSTILE{self.n:07d}"

    @property
    def grn(self) -> str:
        """The French guarantee of this scene."""
        return messages.grn("FR", self.n)

    def guarantee(self, limit: str = "100000.00") -> str:
        """A registered guarantee."""
        content = messages.registration(self.grn, limit=limit)
        answer = self.officer("FR").order("guarantees", "register", content, self.id("G"))
        if answer.status_code != 202:
            raise CannotBePlayed(f"no guarantee is registered: {answer.status_code} {answer.text[:100]}")
        self.officer("FR").needs("GuaranteeRegistered", self.grn)
        return self.grn

    def account(self, grn: str = "") -> dict[str, Any]:
        """What is in use of a guarantee."""
        answer = self.officer("FR").order("guarantees", "show", {"grn": grn or self.grn})
        if answer.status_code != 200:
            raise CannotBePlayed(f"the guarantee is not shown: {answer.text[:100]}")
        facts: dict[str, Any] = answer.json()
        return facts

    def reserved(self, grn: str = "") -> Decimal:
        """How much of it is reserved."""
        return Decimal(str(self.account(grn)["reserved"]))

    def lodge(self, text: str = "", by: Party | None = None) -> str:
        """Lodge a declaration; its text."""
        text = text or messages.declaration(self.lrn, self.id("D"), grn=self.grn)
        answer = (by or self.holder).send(text)
        if answer.status_code != 202:
            raise CannotBePlayed(f"the declaration is refused: {answer.status_code} {answer.text[:200]}")
        return text

    def accepted(self) -> str:
        """The MRN of the declaration that was lodged, once it has one."""
        return mrn_in(self.holder.needs("CC928C", self.id("D")).body + self.holder.needs("CC028C", self.id("D")).body)

    def released(self) -> str:
        """A movement of the holder that is on the road, 4,500 EUR reserved; its MRN."""
        self.guarantee()
        self.lodge()
        return mrn_in(self.holder.needs("CC029C", self.id("D")).body)

    def waiting(self) -> tuple[str, str, str]:
        """A movement that waits for Belgium to answer for its guarantee: MRN, GRN, identification of the question."""
        theirs = messages.grn("BE", self.n)
        self.lodge(messages.declaration(self.lrn, self.id("D"), grn=theirs))
        mrn = mrn_in(self.holder.needs("CC028C", self.id("D")).body)
        asked = self.system("BE").needs("CD203C", mrn)
        return mrn, theirs, asked.message or _element(asked.body, "messageIdentification")

    def state(self, mrn: str, by: Party | None = None) -> str:
        """Where a movement stands, as its holder is told; empty where nobody is."""
        answer = (by or self.holder).order("transit", "find_movement", {"mrn": mrn})
        return str(answer.json()["state"]) if answer.status_code == 200 else ""

    def becomes(self, mrn: str, *states: str, seconds: float = 4.0) -> str:
        """The state that a movement has once it is one of these, or after so long."""
        wait_for(lambda: self.state(mrn) in states, seconds)
        return self.state(mrn)

    def settled(self) -> None:
        """Wait until the node has handled all it took so far: somebody else's message was answered."""
        note = self.id(f"S{len(self.at('trader.at.wien', 'speed2').items)}")
        asker = self.at("trader.at.wien", "speed2")
        asker.send(messages.invalidation(note, sender=messages.CONSIGNEE, lrn="NOTHING", holder=messages.CONSIGNEE))
        asker.needs("CC056C", note)


def scene(union: Union, shape: Shape = MAIN) -> Scene:
    """A fresh scene in the running union."""
    return Scene(union.node(shape), union.number())


def mrn_in(body: str) -> str:
    """The MRN that a message names."""
    found = re.search(r"<MRN>([0-9A-Z]{18})</MRN>", body)
    if found is None:
        raise CannotBePlayed("a message names no MRN")
    return found[1]


def _element(body: str, name: str) -> str:
    found = re.search(f"<{name}>([^<]+)</{name}>", body)
    return found[1] if found else ""
