"""Whom doors refused, as the operator sees it: by door, channel and status, wherever the doors are."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.journeys.supervised import JSON, Supervised, supervised

TRADER, SECRET, NOBODY = "trader.de.rhein", "a-guess-at-a-secret", "somebody.nobody.knows"
FORM = {"content-type": "application/x-www-form-urlencoded"}
SOAP = {"content-type": "text/xml", "soapaction": '""'}
Refused = dict[tuple[str, str, str], float]


def refused(node: Supervised) -> Refused:
    """What the operator's door shows, by platform, channel and status."""
    page = node.client("operations", "operator").ask("GET", "/metrics").body.decode()
    return {
        (sample.labels["platform"], sample.labels["channel"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "douane_refused_answers_total"
    }


def guess(node: Supervised, client: str) -> int:
    """Show a wrong secret; what UUM&DS answers."""
    basic = base64.b64encode(f"{client}:{SECRET}".encode()).decode()
    body = urlencode({"grant_type": "client_credentials"}).encode()
    answer = node.client("uumds", TRADER).ask("POST", "/token", body, FORM | {"authorization": f"Basic {basic}"})
    return answer.status


@pytest.mark.parametrize("processes", [1, 2])
def test_every_door_counts_whom_it_refuses_and_a_wrong_secret_names_the_client(tmp_path: Path, processes: int) -> None:
    with supervised(tmp_path, "--processes", str(processes)) as node:
        trader, officer = node.client("speed2", TRADER), node.client("ccn2", "fr.officer")
        assert [trader.ask("GET", "/v1/inbox/77/nowhere").status for _ in range(3)] == [404] * 3
        assert trader.ask("POST", "/v1/messages", b"{}", JSON).status == 422
        assert node.client("ccn2", TRADER).ask("GET", "/v1/inbox").status == 403
        assert officer.ask("POST", "/transit/v1", b"<no/>", SOAP).status >= 400
        assert trader.ask("GET", "/v1/inbox").status == 200
        assert [guess(node, TRADER), guess(node, NOBODY)] == [401, 401]
        assert node.client("operations", TRADER).ask("GET", "/metrics").status == 403
        node.until(lambda: refused(node).get(("uumds", "uumds", "401")) == 2)
        found = refused(node)
        assert found["speed2", "rest", "404"] == 3
        assert found["speed2", "rest", "422"] == 1
        assert found["ccn2", "rest", "403"] == 1
        assert found["operations", "operations", "403"] == 1
        assert sum(number for (_, channel, _), number in found.items() if channel == "soap") == 1
        assert not [labels for labels in found if labels[2].startswith("2")]
        assert trader.ask("GET", "/v1/inbox/77/nowhere").status == 404
        if processes > 1:  # what a door had counted is not lost with it
            node.until(lambda: refused(node)["speed2", "rest", "404"] == 4)
            before = node.kill("door-1")
            node.until(lambda: node.pids.get("door-1", before) != before)
            node.until(lambda: trader.ask("GET", "/v1/inbox").status == 200)
        assert trader.ask("GET", "/v1/inbox/77/nowhere").status == 404
        node.until(lambda: refused(node)["speed2", "rest", "404"] == 5)
        assert node.stop() == 0
    logged = "".join(log.read_text() for log in (tmp_path / "data").glob("*.log"))
    lines = [json.loads(line) for line in logged.splitlines()]
    ended = [each["part"] for each in lines if each["event"] == "process.ended"]
    assert ended == (["door-1"] if processes > 1 else [])
    told = [(each["client"], each["level"]) for each in lines if each["event"] == "secret.wrong"]
    assert told == [(TRADER, "error"), ("other", "error")]
    assert SECRET not in logged
    assert NOBODY not in logged
