"""The crawl: every address and id that one person sees is tried as everybody else and as nobody; no answer holds what
was sown for the first one."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import DECLARATION, EXAMPLES, JSON, XML
from tests.pages.visitor import Visitor
from tests.rights.faults import everybody_of_a_party_sees_all
from tests.rights.scene import CLIENTS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HREF = re.compile(r'href="(/[^"#]*)')
ID = re.compile(r"\b[0-9]{2}[A-Z]{2}[A-Z0-9]{13}[0-9]\b|\b[0-9a-f]{16}\b")
MOST = 40
"""Pages of one person that are opened."""
ELSEWHERE = ("/docs", "/assets", "/language", "/leave", "/explore", "/help", "/privacy", "/checks")
"""What is the same for everybody, or ends a session."""
SITES = {"portal": Platform.SPEED2, "desk": Platform.CCN2, "centre": Platform.CDCO}
SEES = (("trader.fr.lesquin", "portal"), ("fr.officer", "desk"))
"""Whose the movement is: its holder, and an officer of departure."""
OTHERS = (
    ("trader.at.linz", "portal"), ("trader.de.rhein", "portal"), ("newcomer.fr", "portal"), ("trainee.fr", "desk"),
    ("it.officer", "desk"), ("commission.officer", "centre"), ("", "portal"), ("", "desk"), ("", "centre"),
)  # fmt: skip
DOORS = {"portal": "speed2", "desk": "ccn2", "centre": "cdco"}


@dataclass
class Sown:
    """What stands in one movement and nowhere else, and where people meet it."""

    node: Standing
    words: tuple[str, ...]
    paths: dict[str, None] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)
    met: int = 0

    def visitor(self, client: str, site: str) -> tuple[Visitor, str]:
        """A browser of a client at a site, and the site's address."""
        pages = self.node.node.pages
        assert pages is not None
        visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
        if client:
            sessions, platform = pages.sessions, SITES[site]
            name = sessions.enter(platform, sessions.invite(client, platform)).name
            visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
        return visitor, url

    def holds(self, text: str) -> bool:
        return any(word in unescape(text) for word in self.words)

    def crawl(self, client: str, site: str) -> None:
        """Follow every link of a person, and remember each address and id."""
        visitor, url = self.visitor(client, site)
        found = {"/cases": None, "/tasks": None, "/messages": None, "/delegations": None}
        for number, path in enumerate(iter_growing(found)):
            if number == MOST:
                break
            seen = visitor.get(url + path)
            self.met += self.holds(seen.body)
            self.ids |= dict.fromkeys(ID.findall(seen.text))
            links = (unescape(each) for each in HREF.findall(seen.body))
            found |= {each: None for each in links if not each.startswith(ELSEWHERE)}
        self.paths |= found


def iter_growing(found: dict[str, None]) -> Iterator[str]:
    """The keys of what grows meanwhile."""
    done: set[str] = set()
    while left := [each for each in found if each not in done]:
        done.add(left[0])
        yield left[0]


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sown]:
    folder = tmp_path_factory.mktemp("crawl")
    with standing(folder, identity_in(folder, CLIENTS), pages=PagesAt(port=0), limits=GENEROUS) as node:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert node.client("ccn2", "fr.officer").ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        mark = secrets.token_hex(4).upper()
        words = (f"CN-{mark}", f"Canary {mark}")
        text = DECLARATION.replace(b"QS-0000001", words[0].encode()).replace(b"Roasted coffee", words[1].encode())
        trader = node.client("speed2", "trader.fr.lesquin")
        assert trader.ask("POST", "/v1/messages", text, XML).status == 202
        assert trader.ask("GET", "/v1/inbox?wait=20").json["items"]
        made = Sown(node, words)
        for client, site in SEES:
            made.crawl(client, site)
        yield made


def test_the_movement_is_met_by_those_whose_it_is(sown: Sown) -> None:
    assert sown.met >= 4
    assert len(sown.paths) >= 10
    assert len(sown.ids) >= 2


@pytest.mark.parametrize(("client", "site"), OTHERS)
def test_nobody_else_meets_it_at_any_address(sown: Sown, client: str, site: str) -> None:
    visitor, url = sown.visitor(client, site)
    paths = [*sown.paths, *(f"{each}{'&' if '?' in each else '?'}format=json" for each in sown.paths)]
    for path in paths:
        seen = visitor.ask("GET", url + path)
        assert not sown.holds(seen.body), (client, site, path, seen.status)


@pytest.mark.parametrize(("client", "site"), [each for each in OTHERS if each[0] or each[1] == "portal"])
def test_nobody_else_learns_of_it_by_an_id_at_a_door(sown: Sown, client: str, site: str) -> None:
    door = sown.node.client(DOORS[site], client)
    for id in sown.ids:
        for operation, said in (
            ("case_files/v1/show", {"reference": id, "country": "FR"}), ("transit/v1/find_movement", {"mrn": id}),
            ("transit/v1/movement_file", {"mrn": id[:18]}), ("case_files/v1/my_messages", {"country": "FR"}),
        ):  # fmt: skip
            answer = door.ask("POST", f"/{operation}", json.dumps(said).encode(), JSON)
            assert not sown.holds(answer.body.decode()), (client, operation, id)
    for number in range(1, 60):
        answer = door.ask("GET", f"/v1/messages/{number:x}")
        assert not sown.holds(answer.body.decode()), (client, number)
    assert not sown.holds(door.ask("GET", "/v1/inbox?limit=500").body.decode())


def test_the_crawl_notices_who_sees_too_much(sown: Sown) -> None:
    visitor, url = sown.visitor("newcomer.fr", "portal")
    with everybody_of_a_party_sees_all():
        assert any(sown.holds(visitor.ask("GET", url + path).body) for path in sown.paths)
