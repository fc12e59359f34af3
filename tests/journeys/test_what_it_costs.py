"""Whoever asks much is refused by what it cost, at the doors and on pages; everybody else is served as before."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from douane.applications.architecture.handlers.finding import KEPT
from douane.assembly.pages.proving import invitation
from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind, Platform
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.visible import public_part
from douane.shared_services.web.fair_use import Allowance, Limit
from douane.trust.demo import DemoClient
from tests.journeys.standing import Standing, identity_in, standing, trust
from tests.pages.visitor import Visitor

TRADER, OTHER = "trader.fr.lesquin", "trader.de.rhein"
JSON = {"content-type": "application/json"}
MOST_ASKED = 400
OFTEN = 100_000
LITTLE = Allowance(
    work_ms_per_second=1,
    stranger_work_ms_per_second=1,
    connections_per_second=OFTEN,
    strangers_per_second=OFTEN,
    requests_per_second=OFTEN,
)
"""So little that a question is owed for many seconds, on the busiest machine too; everybody has a first one. Nobody is
refused for how often he asks."""
PATIENT = "trader.patient"
READS = {
    "trader.describes": "/openapi.json",
    "trader.speaks.soap": "/transit/v1?wsdl",
    "trader.checks.xml": "/transit/v1?xsd=family1",
    "trader.polls": "/v1/inbox?limit=500",
}
"""Traders of these tests alone, each with what he reads again and again."""
OPENED: list[http.client.HTTPSConnection] = []


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("costs")
    clients = [
        DemoClient(who, ActorKind.TRADER, "AT", f"ATEOS20000{number:05}")
        for number, who in enumerate((PATIENT, *READS), 67_890)
    ]
    with standing(folder, identity_in(folder, clients), pages=PagesAt(port=0), limits=LITTLE) as found:
        yield found


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """Nothing stays open behind a test."""
    yield
    while OPENED:
        OPENED.pop().close()


def questions() -> Iterator[bytes]:
    """One after the other, each about something else, so that none is answered from what is kept."""
    public = public_part(installed_model())
    for kind in NodeKind:
        for each in public.of(kind):
            yield json.dumps({"id": each.id}).encode()


class Connection:
    """A kept connection from an address of its own, with a certificate or without."""

    def __init__(self, node: Standing, address: str, who: str = "") -> None:
        files = node.identity.client(who) if who else None
        context = trust(node.identity, files.certificate, files.key) if files else trust(node.identity)
        port = int(node.node.url("speed2").rpartition(":")[2])
        self._http = http.client.HTTPSConnection("localhost", port, context=context, source_address=(address, 0))

        OPENED.append(self._http)

    def ask(self, body: bytes) -> tuple[int, str]:
        """Ask what a change touches; the status, and how long to wait."""
        self._http.request("POST", "/architecture/v1/impact", body, JSON)
        answer = self._http.getresponse()
        answer.read()
        return answer.status, answer.getheader("retry-after", "")


def spent(asker: Connection) -> tuple[int, str]:
    """Ask until it is refused; how often it was answered, and how long it is told to wait."""
    for count, question in zip(range(MOST_ASKED), questions(), strict=False):
        status, wait = asker.ask(question)
        if status != 200:
            assert status == 429
            return count, wait
    raise AssertionError("nobody counts what questions cost")


def test_strangers_are_refused_by_cost_each_for_himself_and_who_is_known_is_not(node: Standing) -> None:
    KEPT.forget()
    answered, wait = spent(Connection(node, "127.0.0.71"))
    assert answered >= 1
    assert int(wait) >= 1
    assert Connection(node, "127.0.0.72").ask(next(questions()))[0] == 200, "another stranger"
    assert Connection(node, "127.0.0.71", OTHER).ask(next(questions()))[0] == 200, "somebody known, from there"
    assert node.node.telemetry.uses["speed2"].refused[Limit.WORK] >= 1


def test_a_trader_is_refused_by_cost_over_all_his_connections_and_others_are_served(node: Standing) -> None:
    KEPT.forget()
    spent(Connection(node, "127.0.0.73", TRADER))
    assert Connection(node, "127.0.0.74", TRADER).ask(next(questions()))[0] == 429, "another connection of his"
    assert Connection(node, "127.0.0.73", OTHER).ask(next(questions()))[0] == 200


@pytest.mark.parametrize(("who", "path"), READS.items())
def test_what_is_read_at_a_door_is_charged_whatever_address_it_is_asked_for(
    node: Standing, who: str, path: str
) -> None:
    """Nobody but the asker himself is refused; the name of the host is his to choose, so no two calls are alike."""
    trader = node.client("speed2", who)
    statuses = list[int]()
    while len(statuses) < MOST_ASKED and 429 not in statuses:
        statuses.append(trader.ask("GET", path, headers={"host": f"{len(statuses)}.example"}).status)
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert node.client("speed2", PATIENT).ask("GET", "/v1/inbox").status == 200


def test_a_page_costs_what_it_takes_to_draw_it(node: Standing) -> None:
    """Pages of one trader, until he is refused by a page that says how long; another trader sees his own."""
    pages = node.node.pages
    assert pages is not None
    address = f"{pages.url('portal')}/cases"

    def enter(browser: Visitor, who: str) -> int:
        return browser.get(invitation(pages.sessions, pages.url("portal"), who, Platform.SPEED2, "/")).status

    mine = Visitor(pages.port)
    enter(mine, "trader.at.wien")
    seen = next(each for each in (mine.ask("GET", address) for _ in range(MOST_ASKED)) if each.status != 200)
    assert seen.status == 429
    assert int(seen.headers["retry-after"]) >= 1
    assert enter(Visitor(pages.port), "trader.at.linz") == 200


class Browser:
    """Somebody who is not signed in and asks for pages from an address of his own."""

    def __init__(self, node: Standing, address: str) -> None:
        assert node.node.pages is not None
        self._pages, self._address, self.said = node.node.pages, address, ""

    def ask(self, site: str, path: str, form: dict[str, str] | None = None) -> int:
        """The status of an answer; what it says is kept in ``said``."""
        asking = http.client.HTTPConnection("127.0.0.1", self._pages.port, source_address=(self._address, 0))
        host = urlsplit(self._pages.url(site)).netloc
        with contextlib.closing(asking):
            if form is None:
                asking.request("GET", path, headers={"host": host})
            else:
                said = {"host": host, "content-type": "application/x-www-form-urlencoded"}
                asking.request("POST", path, urlencode(form), said)
            answer = asking.getresponse()
            self.said = answer.read().decode()
            return answer.status

    def until_refused(self, site: str, path: str, form: dict[str, str] | None = None) -> int:
        """How often he was answered until he was refused by cost."""
        for count in range(MOST_ASKED):
            if self.ask(site, path, form) == 429 and "(work)" in self.said:
                return count
        raise AssertionError(f"nobody counts what {path} of {site} costs")


ANSWER = base64.b64encode(b"<Response>" + b"<a b='c'>y</a>" * 6_000 + b"</Response>").decode()
NO_TICKET = f"/enter?once=EU{'A' * 43}"
STRANGERS = [
    ("signin", "/", None),
    ("signin", "/help", None),
    ("signin", "/saml", None),
    ("signin", "/saml/answer", {"SAMLResponse": ANSWER}),
    ("console", "/lanes", None),
    ("console", "/sign-in", None),
    ("portal", NO_TICKET, None),
    ("console", NO_TICKET, None),
]


@pytest.mark.parametrize(("number", "asked"), list(enumerate(STRANGERS, 101)))
def test_pages_of_signing_in_and_of_operators_are_charged_to_strangers_by_address(
    node: Standing, number: int, asked: tuple[str, str, dict[str, str] | None]
) -> None:
    """Somebody who comes from another address is let in meanwhile, and an operator works on at the address itself."""
    greedy = Browser(node, f"127.0.0.{number}")
    assert greedy.until_refused(*asked) >= 1
    assert Browser(node, f"127.0.1.{number}").ask("signin", "/") == 200
    assert greedy.ask(asked[0], "/assets/none") == 404, "what costs nothing is not counted"


def test_an_operator_who_is_signed_in_is_not_limited(node: Standing) -> None:
    """He asks three times as often as somebody at the same pages whom the node does not know."""
    pages = node.node.pages
    assert pages is not None
    most = Browser(node, "127.0.0.99").until_refused("console", "/lanes")
    operator = Visitor(pages.port)
    came_in = invitation(pages.sessions, pages.url("console"), "operator", Platform.OPERATIONS, "/lanes")
    assert operator.get(came_in).status == 200
    statuses = {operator.ask("GET", f"{pages.url('console')}/lanes").status for _ in range(3 * most)}
    assert statuses == {200}
