"""Whom doors refused, as the operator sees it: by door, channel and status, wherever the doors are."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from douane.shared_services.monitoring.catalogue import CATALOGUE
from tests.cli.nodes import a_list
from tests.journeys.standing import identity_in
from tests.journeys.supervised import JSON, Supervised, supervised
from tests.journeys.test_operator import PUBLISHER
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

TRADER, SECRET, NOBODY = "trader.de.rhein", "a-guess-at-a-secret", "somebody.nobody.knows"
FORM = {"content-type": "application/x-www-form-urlencoded"}
SOAP = {"content-type": "text/xml", "soapaction": '""'}
Refused = dict[tuple[str, str, str], float]


def refused(node: Supervised) -> Refused:
    """What the operator's door shows, by platform, channel and status."""
    page = node.metrics()
    return {
        (sample.labels["platform"], sample.labels["channel"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "douane_refused_answers_total"
    }


def answered(node: Supervised, *labels: str) -> float:
    """How often a door answered with a status, whichever process it was."""
    return sum(value for _, value in series(node, "douane_answers_total", platform=labels[0], channel=labels[1],
                                            status=labels[2]))  # fmt: skip


def series(node: Supervised, name: str, **labels: str) -> list[tuple[dict[str, str], float]]:
    """The samples of a series that have these labels."""
    page = node.metrics()
    families = text_string_to_metric_families(page)
    return [
        (s.labels, s.value)
        for f in families
        for s in f.samples
        if s.name == name and labels.items() <= s.labels.items()
    ]


def test_store_lists_and_keys_are_measured_and_every_metric_is_told_of(tmp_path: Path, database: str) -> None:
    """Commits, their time and the connections of a database; how old code lists and keys are."""
    identity_in(tmp_path, (PUBLISHER,))
    with supervised(tmp_path, "--processes", "2", store=database) as node:
        body = msgspec.json.encode(a_list("CL900", "A", at=1_700_000_000_000_000))
        assert node.client("ccn2", PUBLISHER.id).ask("POST", "/reference_data/v1/publish", body, JSON).status == 202
        node.until(lambda: bool(series(node, "douane_code_list_seconds", which="first")), 30)
        ((_, first),) = series(node, "douane_code_list_seconds", which="first")
        assert first == 1_700_000_000
        assert sum(value for _, value in series(node, "douane_store_commit_seconds_count")) >= 1
        assert sum(value for _, value in series(node, "douane_store_connections")) >= 1
        assert max(value for _, value in series(node, "douane_store_failures_total")) == 0
        kinds = {labels["kind"]: value for labels, value in series(node, "douane_key_seconds")}
        assert kinds.keys() >= {"audit", "tokens"}
        assert all(time.time() - 600 < value <= time.time() for value in kinds.values())
        page = node.metrics()
        told = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
        assert {each.name for each in CATALOGUE} - told == set()


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
        assert answered(node, "speed2", "rest", "200") >= 1, "good answers are counted, too"
        assert answered(node, "speed2", "rest", "404") == 3
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
