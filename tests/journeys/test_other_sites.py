"""A page of another site in the browser of somebody whose certificate the doors know: it gets nothing done.

A browser sends the certificate with whatever a page asks for. What a page can send without asking first (CORS) is a
GET, or a POST without a body or of ``text/plain`` and forms; a page that asks first is told nothing by these doors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from douane.assembly.surface import surface
from douane.configuration.discovery import services
from douane.runtime.catalogue.catalogue import Catalogue
from douane.shared_services.web.fair_use import Allowance
from tests.journeys.standing import Answer, Standing, identity_in, standing

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
WHO = {
    "speed2": "trader.fr.lesquin",
    "ccn2": "fr.system",
    "cdco": "commission.system",
    "uumds": "trader.fr.lesquin",
    "operations": "operator",
}
FOREIGN = [
    {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "https://localhost:1", "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site"},
]
XML, PLAIN = {"content-type": "application/xml"}, {"content-type": "text/plain"}
WEB = ("rest", "soap", "as4", "http")
WRITING = sorted({
    (platform.value, route.path) for platform, routes in surface(Catalogue(services())).items()
    for route in routes if route.method == "POST" and platform.value in WHO and route.channel in WEB
})  # fmt: skip
OFTEN = 1 << 20
ANY_RATE = Allowance(strangers_per_second=OFTEN, requests_per_second=OFTEN, connections_per_second=OFTEN,
                     work_ms_per_second=OFTEN, stranger_work_ms_per_second=OFTEN,
                     all_strangers_work_ms_per_second=OFTEN)  # fmt: skip


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("sites")
    with standing(folder, identity_in(folder), limits=ANY_RATE) as running:
        yield running


def post(node: Standing, platform: str, path: str, body: bytes, head: dict[str, str]) -> Answer:
    return node.client(platform, WHO[platform]).ask("POST", path, body, head)


def accepted(node: Standing) -> int:
    return node.node.core.node.counters.accepted


def test_there_are_addresses_at_every_door_that_takes_something() -> None:
    assert {platform for platform, _ in WRITING} == {"speed2", "ccn2", "cdco", "uumds"}


@pytest.mark.parametrize("head", FOREIGN, ids=lambda head: "+".join(head.values()))
def test_no_door_takes_anything_from_a_page_of_another_site(node: Standing, head: dict[str, str]) -> None:
    before = accepted(node)
    for platform, path in WRITING:
        answer = post(node, platform, re.sub(r"\{\w+\}", "0", path), b"", head)
        assert (answer.status, b"DOU-1104" in answer.body) == (403, True), (platform, path)
    assert post(node, "speed2", "/v1/messages", DECLARATION, XML | head).status == 403
    assert accepted(node) == before


def test_a_page_of_another_site_acknowledges_nothing(node: Standing) -> None:
    trader = node.client("speed2", WHO["speed2"])
    assert trader.ask("POST", "/v1/messages", DECLARATION, XML).status == 202
    item = trader.ask("GET", "/v1/inbox?wait=20").json["items"][0]["id"]
    for head in FOREIGN:
        assert trader.ask("POST", f"/v1/inbox/{item}/ack", b"", head).status == 403
    assert trader.ask("GET", "/v1/inbox").json["items"][0]["id"] == item
    assert trader.ask("POST", f"/v1/inbox/{item}/ack").status == 204


@pytest.mark.parametrize(
    "media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "", "text/html"]
)
def test_what_a_page_can_send_without_asking_first_is_no_message(node: Standing, media: str) -> None:
    before, head = accepted(node), {"message-id": "forged"} | ({"content-type": media} if media else {})
    for platform, path in WRITING:
        if platform == "uumds" or "ack" in path or path == "/as4":
            continue
        answer = post(node, platform, re.sub(r"\{\w+\}", "0", path), DECLARATION, head)
        assert answer.status in {403, 404, 415}, (platform, path, answer.body)
    assert post(node, "speed2", "/v1/messages", DECLARATION, head).status == 415
    assert accepted(node) == before


def test_a_program_and_a_page_of_the_door_itself_are_heard(node: Standing) -> None:
    host = node.node.url("speed2").removeprefix("https://").replace("127.0.0.1", "localhost")
    for head in ({}, {"sec-fetch-site": "none"}, {"origin": "https://x", "sec-fetch-site": "same-origin"}):
        assert post(node, "speed2", "/v1/messages", b"<x/>", XML | head).status == 422
    own = {"host": host, "origin": f"https://{host}"}
    assert post(node, "speed2", "/v1/messages", b"<x/>", XML | own).status == 422
    assert post(node, "speed2", "/v1/messages", b"<x/>", XML | own | {"origin": f"http://{host}"}).status == 403


def test_a_door_does_not_tell_a_page_that_it_may_ask(node: Standing) -> None:
    asking = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for platform, path in WRITING:
        client = node.client(platform, WHO[platform])
        answer = client.ask("OPTIONS", re.sub(r"\{\w+\}", "0", path), b"", asking)
        assert answer.status in {401, 403, 404, 405}, (platform, path)


def test_a_parameter_that_stands_twice_is_refused(node: Standing) -> None:
    trader = node.client("speed2", WHO["speed2"])
    for path in ("/v1/inbox?limit=1&limit=2", "/v1/inbox?after=&after=", "/services?limit=1&limit=1"):
        answer = trader.ask("GET", path)
        assert (answer.status, answer.json["code"]) == (400, "DOU-1007"), path
    assert b"DOU-1007" in trader.ask("GET", "/transit/v1?wsdl&wsdl").body
    twice = "/v1/messages?type=CC015C&type=CC013C"
    assert trader.ask("POST", twice, DECLARATION, XML).status == 400
