"""A trader whose agreement names a webhook: what is pushed, signed, counted, missed, and found in the inbox."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.channels.webhook.signing import Signed, verify
from douane.configuration.partners import webhook_key
from douane.configuration.ports import SystemIds
from tests.journeys.standing import Standing, identity_in, standing

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
TRADER, OFFICER = "trader.fr.lesquin", "fr.officer"


class Receiver:
    """The trader's address: keeps what comes, answers as it is told, message by message."""

    def __init__(self) -> None:
        self.received: list[tuple[Signed, bytes]] = []
        self.answers: Callable[[int], int] = lambda number: 204
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.received.append((Signed("POST", f"http://{headers['host']}{self.path}", headers), body))
                self.send_response(outer.answers(len(outer.received)))
                self.send_header("location", "http://127.0.0.1:1/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    def wait(self, number: int) -> list[tuple[Signed, bytes]]:
        end = time.monotonic() + 30
        while len(self.received) < number:
            assert time.monotonic() < end, f"only {len(self.received)} of {number} webhooks came"
            time.sleep(0.02)
        return self.received

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def node(receiver: Receiver, tmp_path: Path) -> Iterator[Standing]:
    identity = identity_in(tmp_path)
    client = identity.load_register().client(TRADER)
    assert client is not None
    (tmp_path / "partners.toml").write_text(f"""
[[partner]]
party = "{client.eori}"
title = "Lesquin"
basis = "consent"
protocol = "webhook"
address = "{receiver.url}"
networks = ["127.0.0.0/8"]
sends = ["CC015C"]
""")
    with standing(tmp_path, identity) as made:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert made.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield made


def lodge(node: Standing) -> None:
    assert node.client("speed2", TRADER).ask("POST", "/v1/messages", DECLARATION, XML).status == 202


def types(received: list[tuple[Signed, bytes]]) -> list[str]:
    return [request.headers["douane-type"] for request, _ in received]


def test_answers_are_pushed_in_order_signed_and_counted(node: Standing, receiver: Receiver, tmp_path: Path) -> None:
    lodge(node)
    received = receiver.wait(3)
    assert types(received) == ["CC928C", "CC028C", "CC029C"]
    assert [request.headers["douane-sequence"] for request, _ in received] == ["1", "2", "3"]
    key = webhook_key(tmp_path, SystemIds().random)
    for request, body in received:
        verify(request, body, {key.id: key.public})
    items = node.client("speed2", TRADER).ask("GET", "/v1/inbox").json["items"]
    assert [item["type"] for item in items] == types(received)


def test_a_message_that_the_partner_refused_is_a_gap_that_the_inbox_fills(node: Standing, receiver: Receiver) -> None:
    receiver.answers = lambda number: 422 if number == 2 else 204
    lodge(node)
    taken = [r.headers["douane-sequence"] for n, (r, _) in enumerate(receiver.wait(3), 1) if n != 2]
    assert taken == ["1", "3"]
    trader = node.client("speed2", TRADER)
    missed = trader.ask("GET", "/v1/inbox").json["items"][1]
    assert missed["type"] == "CC028C"
    assert trader.ask("POST", f"/v1/inbox/{missed['id']}/ack").status == 204
    assert len(trader.ask("GET", "/v1/inbox").json["items"]) == 2


@pytest.mark.parametrize("status", [503, 302])
def test_what_was_not_taken_is_tried_again_and_no_redirect_is_followed(
    node: Standing, receiver: Receiver, status: int
) -> None:
    receiver.answers = lambda number: status if number == 1 else 204
    lodge(node)
    received = receiver.wait(4)
    assert types(received) == ["CC928C", "CC928C", "CC028C", "CC029C"]
    assert received[0][1] == received[1][1]


def test_another_agreement_holds_without_a_restart_and_one_that_cannot_be_read_changes_nothing(
    node: Standing, receiver: Receiver, tmp_path: Path
) -> None:
    """The address moves; the core and the door both go by the file as it is now."""
    second, path, log = Receiver(), tmp_path / "partners.toml", tmp_path / "node.log"
    try:
        whole = path.read_text()
        path.write_text("[[partner]\n")
        until(lambda: log.read_text().count("node.failed") == 1)  # once for the door and the core
        path.write_text(whole.replace(receiver.url, second.url).replace('"CC015C"', '"CC015C", "CC014C"'))
        until(lambda: sends(node, b"CC014C") != 403)
        lodge(node)
        assert types(second.wait(3)) == ["CC928C", "CC028C", "CC029C"]
        assert receiver.received == []
    finally:
        second.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def sends(node: Standing, kind: bytes) -> int:
    body = DECLARATION.replace(b"CC015C", kind)
    return node.client("speed2", TRADER).ask("POST", "/v1/messages", body, XML).status


def test_the_agreement_limits_what_the_partner_sends(node: Standing) -> None:
    lodge(node)
    other = DECLARATION.replace(b"CC015C", b"CC014C")
    refused = node.client("speed2", TRADER).ask("POST", "/transit/v1/request_invalidation", other, XML)
    assert refused.status == 403
    assert "does not cover CC014C" in refused.json["detail"]
