"""The union that the tests of pages look at: a released movement, a refused one, and the addresses of the pages."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from douane.assembly.pages.proving import invitation
from douane.assembly.pages.sites import SITES
from douane.portal.start import Persona
from douane.simulator.messages.later import arrival
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5
from douane.trust.persons import NATIONAL
from tests.journeys.standing import Standing

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
TRADER, CONSIGNEE, OFFICER = "trader.fr.lesquin", "trader.at.wien", "fr.officer"


@dataclass
class Union:
    """A node with pages. ``mrn``: of the movement that was released; ``refused``: the number of the refused case."""

    node: Standing
    mrn: str = ""
    refused: str = ""
    lodged: int = field(default=0)

    @property
    def show(self) -> bool:
        """Whether it is one for development: with a start page, and an identity provider of its own."""
        return True

    @property
    def start(self) -> str:
        """The start page of a show."""
        return self.site("start")

    @property
    def first(self) -> str:
        """The address at which whoever knows nothing else begins."""
        return self.start

    def site(self, name: str) -> str:
        """The address of a site."""
        assert self.node.node.pages is not None
        return self.node.node.pages.url(name)

    def proves(self, page: Any, account: str) -> None:
        """Say at the provider of his country, to which he was led, who he is."""
        page.locator(f"button[value='{account}']").click()

    def enter(self, page: Any, client: str, to: str = "/") -> None:
        """Come in by a button of the start page."""
        page.goto(f"{self.start}/" + (f"?go={quote(to)}" if to != "/" else ""))
        with page.expect_navigation(wait_until="load"):  # two redirects lead there
            page.locator(f"button[value='{client}']").click()

    def prepare(self) -> None:
        """Let something happen, and open the pages to the officers of the other administrations, as the union does."""
        pages = self.node.node.pages
        assert pages is not None
        for each in NATIONAL:
            pages.moving.elsewhere[each.client] = each, partial(self.link, each)
        officer = self.node.client("ccn2", OFFICER)
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        self.mrn = self.released()
        self.refused = self.lodge(DECLARATION.replace(b"<country>AT</country>", b"<country>ZZ</country>", 1))

    def link(self, persona: Persona, to: str) -> str:
        """The address that lets somebody in once."""
        pages = self.node.node.pages
        assert pages is not None
        return invitation(pages.sessions, pages.url(SITES[persona.platform]), persona.client, persona.platform, to)

    def arrive(self, mrn: str) -> None:
        """The consignee at Wien presents the goods, once they are expected there."""
        notice = phase5.write(arrival(Numbers(lambda: time.time_ns() // 1000, secrets.token_bytes), mrn))
        answer = self.node.client("speed2", CONSIGNEE).ask("POST", "/v1/messages", notice, XML)
        assert answer.status == 202, answer.body

    def released(self) -> str:
        """Lodge a declaration; the MRN of its movement once the goods are released."""
        number = self.lodge()
        question = json.dumps({"reference": number, "country": "FR"}).encode()
        for _ in range(100):
            found = self.node.client("speed2", TRADER).ask("POST", "/case_files/v1/show", question, JSON)
            if found.status == 200 and found.json["line"]["state"] == "released":
                reference: str = found.json["line"]["reference"]
                return reference
            time.sleep(0.1)
        raise AssertionError("the goods are not released")

    def lodge(self, body: bytes = DECLARATION) -> str:
        """Lodge a declaration under a reference of its own; the number of its case."""
        self.lodged += 1
        number = f"QS-{self.lodged:07d}".encode()
        changed = body.replace(b"<LRN>QS-0000001</LRN>", b"<LRN>" + number + b"</LRN>")
        begin, end = b"<messageIdentification>", b"</messageIdentification>"
        head, _, rest = changed.partition(begin)
        changed = head + begin + number + end + rest.partition(end)[2]
        answer = self.node.client("speed2", TRADER).ask("POST", "/v1/messages", changed, XML)
        assert answer.status == 202, answer.body
        found: str = answer.json["case"]
        return found
