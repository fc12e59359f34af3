"""Statutory time set ahead while a node runs: a declaration lapses, and nothing of the machine's has moved."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from douane.configuration.settings import PagesAt
from douane.pages.languages import Words
from douane.standards.ncts import phase5
from tests.cli.nodes import Printed, answer, said
from tests.journeys.standing import Client, Standing, identity_in, standing
from tests.pages.visitor import Visitor

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
TRADER = "trader.fr.lesquin"
FORM = {"content-type": "application/x-www-form-urlencoded"}
MACHINE = "messages, sessions and figures go by the machine's clock:"
GRANT = urlencode({"grant_type": "client_credentials", "resource": "speed2"}).encode()


def prelodged() -> bytes:
    """The example of the documents, lodged before its goods are there."""
    lodged = phase5.read(DECLARATION)
    assert isinstance(lodged, phase5.CC015C)
    consignment = replace(
        lodged.consignment, container_indicator=None, transport_equipment=(), departure_transport_means=(),
        location_of_goods=None, place_of_loading=None,
    )  # fmt: skip
    operation = replace(lodged.transit_operation, additional_declaration_type="D", limit_date=None, lrn="CLOCK-1")
    made = replace(lodged, transit_operation=operation, consignment=consignment, message_identification="CLOCK1")
    return bytes(phase5.write(made))


def strip(node: Standing) -> str:
    """What the top of a page says of clocks, to anybody."""
    pages = node.node.pages
    assert pages is not None
    text = Visitor(pages.port).ask("GET", pages.url("portal") + "/explore").text
    return text[text.index("Union clock") :][:300]


def told(trader: Client, name: str, *, seconds: float = 30) -> bool:
    """Whether a trader is told something within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = trader.ask("GET", "/v1/inbox").body.decode()
        if name in found:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.slow
def test_set_ahead_a_declaration_lapses_and_certificates_and_tokens_hold(tmp_path: Path, capsys: Printed) -> None:
    with standing(tmp_path, identity_in(tmp_path), pages=PagesAt(port=0)) as node:
        assert MACHINE not in strip(node), "one clock: nothing is said of two"
        trader = node.client("speed2", TRADER)
        token = json.loads(node.client("uumds", TRADER).ask("POST", "/token", GRANT, FORM).body)["access_token"]
        sent = trader.ask("POST", "/v1/messages", prelodged(), {"content-type": "application/xml"})
        assert sent.status == 202, sent.body
        assert told(trader, "CC928C")
        (case,) = answer(capsys, "clock", "explain", "CLOCK-1", "--data", str(tmp_path))
        (limit,) = case["limits"]
        assert (limit["limit"], limit["state"]) == ("TRA-PRESENTATION", "runs")
        assert "days ahead" in said(capsys, "clock", "advance", "--days", "45", "--data", str(tmp_path))
        assert told(trader, "CC056C"), "the limit has ended"
        union, machine = strip(node).split(MACHINE)
        today = dt.datetime.now(dt.UTC).date()
        assert Words().day(today + dt.timedelta(45)) in union, "each page says which of both clocks shows what"
        assert Words().day(today) in machine
        (case,) = answer(capsys, "clock", "explain", "CLOCK-1", "--data", str(tmp_path))
        assert [each["state"] for each in case["limits"]] == ["over"]
        bearer = {"authorization": f"Bearer {token}"}
        assert trader.ask("GET", "/v1/inbox", headers=bearer).status == 200, "a token of before the advance holds"
        assert node.client("ccn2", "fr.officer").ask("GET", "/v1/inbox").status == 200
