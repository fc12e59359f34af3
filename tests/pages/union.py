"""The union that the tests of pages look at: a released movement, a refused one, and the addresses of the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from douane.shared_services.web.fair_use import Allowance
from tests.journeys.standing import Standing

GENEROUS = Allowance(connections_per_second=100_000, strangers_per_second=100_000, requests_per_second=100_000)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
TRADER, OFFICER = "trader.fr.lesquin", "fr.officer"


@dataclass
class Union:
    """A node with pages. ``mrn``: of the movement that was released; ``refused``: the number of the refused case."""

    node: Standing
    mrn: str = ""
    refused: str = ""
    lodged: int = field(default=0)

    @property
    def start(self) -> str:
        """The start page."""
        assert self.node.node.pages is not None
        return self.node.node.pages.url("start")

    def prepare(self) -> None:
        """Let something happen."""
        officer = self.node.client("ccn2", OFFICER)
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        self.lodge()
        items = self.node.client("speed2", TRADER).ask("GET", "/v1/inbox?wait=10").json["items"]
        body = next(each["body"] for each in items if each["type"] == "CC028C")
        self.mrn = body.partition("<MRN>")[2].partition("</MRN>")[0]
        self.refused = self.lodge(DECLARATION.replace(b"<country>AT</country>", b"<country>ZZ</country>", 1))

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
