"""Wrong access codes are told to operators, each of them, with the case of the guarantee and never with the code."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_workers import with_lrn

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
WRONG, TIMES = "Q9Z8", 3


def lines_of(node: Standing, event: str) -> list[dict[str, str]]:
    """What the log of a node says of an event."""
    logged = (node.node.core.settings.data / "node.log").read_text().splitlines()
    return [line for line in map(json.loads, logged) if line["event"] == event]


def until_told(node: Standing, count: int) -> list[dict[str, str]]:
    """The lines about wrong codes, once there are so many."""
    end = time.monotonic() + 30
    while len(found := lines_of(node, "code.wrong")) < count:
        assert time.monotonic() < end, f"{len(found)} of {count} are told"
        time.sleep(0.1)
    return found


def test_each_wrong_code_is_a_line_and_a_figure_for_operators(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        officer, trader = node.client("ccn2", "fr.officer"), node.client("speed2", "trader.fr.lesquin")
        register, declaration = ((EXAMPLES / name).read_bytes() for name in ("guarantee.json", "declaration.xml"))
        kind = {"content-type": "application/json"}
        assert officer.ask("POST", "/guarantees/v1/register", register, kind).status == 202
        for n in range(TIMES):
            wrong = with_lrn(declaration, f"CODES{n:04}").replace(b"<accessCode>A1B2", b"<accessCode>Q9Z8")
            assert trader.ask("POST", "/v1/messages", wrong, {"content-type": "application/xml"}).status == 202
        told = until_told(node, TIMES)
        assert {(each["level"], each["operation"]) for each in told} == {("warning", "guarantees.use")}
        assert len({each["case"] for each in told}) == 1
        right = with_lrn(declaration, "CODES9999")
        assert trader.ask("POST", "/v1/messages", right, {"content-type": "application/xml"}).status == 202
        shown = node.client("operations", "operator").ask("GET", "/metrics").body.decode()
        assert f'douane_events_total{{event="code.wrong"}} {TIMES}' in shown
        assert WRONG not in (node.node.core.settings.data / "node.log").read_text()
