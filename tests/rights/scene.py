"""What the table of rights is played on: one node, a movement that is released, one under control, and who may try."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from douane.identity.sessions import Person
from douane.model.circles import ActorKind, Platform
from douane.trust.demo import DemoClient
from tests.journeys.standing import Answer, Standing
from tests.pages.union import DECLARATION, JSON, XML, Union
from tests.pages.visitor import Seen, Visitor

HOLDER_EORI, FIRM = "FR40123456700017", "DE1234567890123"
DELEGATE = "de.karl.braun"
"""A person of a firm at Duisburg."""
RIFLES = DECLARATION.replace(b"090121", b"930330").replace(
    b"Roasted coffee, not decaffeinated", b"Sporting rifles, bolt action"
)
_numbers = count(1)


@dataclass(frozen=True)
class Who:
    """Somebody who tries: a client at a door, or a person at the pages of one. Empty client: shows nothing."""

    client: str
    door: str
    person: Person | None = None


HOLDER = Who("trader.fr.lesquin", "speed2")
STRANGER = Who("trader.at.linz", "speed2")
COLLEAGUE = Who("newcomer.fr", "speed2")
"""An employee of the holder to whom no role was given."""
CHIEF = Who("chief.fr", "speed2")
"""An employee of the holder with the role for inboxes."""
REPRESENTATIVE = Who("trader.de.rhein", "speed2")
"""A trader whom the holder has not empowered."""
OFFICER = Who("fr.officer", "ccn2")
TRAINEE = Who("trainee.fr", "ccn2")
"""An officer of the same administration without any role."""
SECOND = Who("second.fr", "ccn2")
HERE = Who("here.fr", "ccn2")
"""An officer of the office of departure, and of no other one."""
NEIGHBOUR = Who("neighbour.fr", "ccn2")
"""An officer in the same role at another office of the same administration."""
UNPLACED = Who("unplaced.fr", "ccn2")
"""An officer in the role, of whom no office is known."""
FRONTIER, INLAND = Who("frontier.de", "ccn2"), Who("inland.de", "ccn2")
"""Officers of the office of transit of the movement, and of another one of the same administration."""
TRANSIT = Who("de.officer", "ccn2")
DESTINATION = Who("at.officer", "ccn2")
ELSEWHERE = Who("it.officer", "ccn2")
"""An officer of an administration that has nothing to do with the movement."""
SYSTEM, OTHER_SYSTEM = Who("fr.system", "ccn2"), Who("it.system", "ccn2")
COMMISSION = Who("commission.officer", "cdco")
ABROAD = Who("third.ch", "speed2")
PUBLIC = Who("", "speed2")
KARL = Who("", "portal", Person(DELEGATE, "EU", HOLDER_EORI))
"""The person of the firm, when he acts for the holder."""

KEEPER, JUNIOR = Who("keeper.fr", "speed2"), Who("junior.fr", "speed2")
"""Of another firm: who keeps its keys, and an employee without a role."""
KEPT_EORI = "FR55566677700011"

CLIENTS = (
    DemoClient("keeper.fr", ActorKind.TRADER, "FR", KEPT_EORI, roles=frozenset({"keeper of keys"})),
    DemoClient("junior.fr", ActorKind.TRADER, "FR", KEPT_EORI),
    DemoClient("newcomer.fr", ActorKind.TRADER, "FR", HOLDER_EORI),
    DemoClient("chief.fr", ActorKind.TRADER, "FR", HOLDER_EORI, roles=frozenset({"inbox"})),
    DemoClient("trainee.fr", ActorKind.OFFICER, "FR", administration="FR"),
    DemoClient("second.fr", ActorKind.OFFICER, "FR", administration="FR", roles=frozenset({
        "customs officer of departure", "customs officer of guarantee", "office.*"})),
    *(
        DemoClient(f"{name}.{code.lower()}", ActorKind.OFFICER, code, administration=code, roles=frozenset({
            "customs officer of departure", "customs officer of guarantee", "customs officer of transit", *office}),
            person=f"{code.lower()}.{name}.officer")
        for name, code, *office in (
            ("here", "FR", "office.FR005350"), ("neighbour", "FR", "office.FR001260"), ("unplaced", "FR"),
            ("frontier", "DE", "office.DE004055"), ("inland", "DE", "office.DE002301"),
        )
    ),
)  # fmt: skip


@dataclass
class Scene:
    """One playing of the table. mrn: of the released movement; held: of the one under control; receipt: of the
    declaration of the first, as its holder got it."""

    node: Standing
    union: Union
    mrn: str = ""
    held: str = ""
    receipt: str = ""
    case: str = ""
    asked: int = 0
    number: int = field(default_factory=lambda: next(_numbers))
    cookies: dict[Person, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Two movements of its own."""
        client = self.node.client("speed2", HOLDER.client)
        self.mrn = self._lodged(DECLARATION, "released")
        self.held = self._lodged(RIFLES, "under control")
        found = client.ask("POST", "/case_files/v1/show", json.dumps({"reference": self.mrn}).encode(), JSON).json
        self.case = found["line"]["case"]

    def _lodged(self, body: bytes, state: str) -> str:
        self.number = next(_numbers)
        text = body.replace(b"QS-0000001", b"RT-%07d" % self.number).replace(
            b"QUICKSTART-1", b"RIGHTS-%d" % self.number
        )
        sent = self.node.client("speed2", HOLDER.client).ask("POST", "/v1/messages", text, XML)
        assert sent.status == 202, sent.body
        if state == "released":
            self.receipt = sent.json["receipt"]
        question = {"reference": sent.json["case"], "country": "FR"}
        found = sent
        for _ in range(200):
            found = self.ask(HOLDER, "case_files.show", **question)
            if found.status == 200 and found.json["line"]["state"] == state:
                reference: str = found.json["line"]["reference"]
                return reference
            time.sleep(0.02)
        raise AssertionError(f"never {state}: {found.body[:500]!r}")

    def ask(self, who: Who, operation: str, **said: Any) -> Answer:
        """A question or a message in JSON at the address of an operation."""
        self.asked += 1  # the same words again are another message
        named = JSON | {"message-id": f"R{self.number}-{self.asked}"}
        address = f"/{operation.replace('.', '/v1/')}"
        return self.node.client(who.door, who.client).ask("POST", address, json.dumps(said).encode(), named)

    def answers(self, who: Who, sent: Answer) -> set[str]:
        """What a message was answered by, once it is handled; nothing where it was not even taken."""
        if sent.status != 202:
            return set()
        client = self.node.client(who.door, who.client)
        for _ in range(200):
            found = client.ask("GET", f"/v1/messages/{sent.json['receipt']}")
            if found.status == 200 and found.json["state"] != "waiting":
                return {each["type"] for each in found.json["answers"]}
            time.sleep(0.02)
        raise AssertionError("never handled")

    def page(self, who: Who, path: str) -> Seen:
        """A page, as a person who is signed in sees it."""
        pages = self.node.node.pages
        assert pages is not None
        assert who.person is not None
        name = self.cookies.get(who.person) or self.node.signed_in(Platform.SPEED2, who.person)
        self.cookies[who.person] = name
        visitor = Visitor(pages.port)
        url = pages.url(who.door)
        visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{who.door}": name}
        return visitor.ask("GET", url.rstrip("/") + path)
