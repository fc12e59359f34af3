"""Workers that share a store, on files and on PostgreSQL, in processes: killed, frozen beyond their lease, drained."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cli.nodes import a_list
from tests.journeys.standing import identity_in
from tests.journeys.supervised import JSON, OFFICER, ROOT, Load, supervised
from tests.journeys.supervised import accepted as accepted_in
from tests.journeys.test_operator import PUBLISHER
from tests.journeys.test_processes import TRADER, back, more, running
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]


@pytest.fixture(params=["files", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store that processes can share."""
    return f"files:{tmp_path / 'shared'}" if request.param == "files" else str(request.getfixturevalue("database"))


EXAMPLES = ROOT / "docs" / "examples"
BEYOND_THE_LEASE = 8.0
SIZES = ("--processes", "4", "--workers", "2")


@pytest.mark.slow
def test_whatever_becomes_of_a_worker_every_message_takes_effect_once(tmp_path: Path, shared: str) -> None:
    with supervised(tmp_path, *SIZES, store=shared, partitions=4) as node:
        assert set(node.pids) == {"supervisor", "worker-0", "worker-1", "door-1", "door-2", "operations"}
        load = Load(node)
        load.begin()
        more(load, 10)
        for name in ("worker-0", "worker-1", "door-1"):
            back(node, name, node.kill(name))
            more(load, 10)
        frozen = node.kill("worker-1", signal.SIGSTOP)
        try:
            if shared.startswith("files:"):  # stopped in the midst of a commit it keeps the lock of that file
                time.sleep(BEYOND_THE_LEASE)
            else:
                more(load, 60)  # its partitions have gone to the other one, or these would not come through
        finally:
            os.kill(frozen, signal.SIGCONT)
        more(load, 20)
        load.end()
        assert load.faults == []
        pids = node.pids
        assert pids["worker-1"] == frozen  # it lost partitions, not its life
        assert node.stop() == 0
        assert not any(running(pid) for pid in pids.values())
    found = accepted_in(tmp_path, shared)
    assert {own for own, times in found.items() if times != 1} == set()
    assert set(found) == set(load.held)


def test_a_movement_over_two_workers(tmp_path: Path, shared: str) -> None:
    """Declaration, guarantee and risk analysis lie in whatever partitions their names belong to."""
    with supervised(tmp_path, "--workers", "2", store=shared, partitions=8) as node:
        guarantee = json.loads((EXAMPLES / "guarantee.json").read_bytes())
        officer, trader = node.client("ccn2", OFFICER), node.client("speed2", TRADER)
        assert officer.ask("POST", "/guarantees/v1/register", json.dumps(guarantee).encode(), JSON).status == 202
        body = (EXAMPLES / "declaration.xml").read_bytes()
        assert trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"}).status == 202
        items: list[Any] = []
        cursor = ""
        while len(items) < 3:
            page = trader.ask("GET", f"/v1/inbox?wait=10&after={cursor}").json
            items, cursor = items + page["items"], page["after"]
        assert [each["type"] for each in items] == ["CC928C", "CC028C", "CC029C"]
        for each in items:
            assert trader.ask("POST", f"/v1/inbox/{each['id']}/ack").status == 204
        assert trader.ask("GET", "/v1/inbox").json["items"] == []


def test_a_list_that_one_worker_publishes_is_what_every_worker_judges_by(tmp_path: Path, shared: str) -> None:
    """The published list knows no declaration of type T: cases of both workers are refused by it, soon after."""
    identity_in(tmp_path, (PUBLISHER,))
    with supervised(tmp_path, "--workers", "2", store=shared, partitions=8) as node:
        trader, publisher = node.client("speed2", TRADER), node.client("ccn2", PUBLISHER.id)
        template, sent = (EXAMPLES / "declaration.xml").read_bytes(), iter(range(1, 1000))

        def answers(wanted: int) -> set[str]:
            """What so many new declarations are answered first."""
            places = []
            for _ in range(wanted):
                body = with_lrn(template, f"LIST{next(sent):06}")
                answer = trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"})
                assert answer.status == 202, answer.body
                places.append(answer.json["receipt"])
            found: set[str] = set()
            for place in places:
                node.until(lambda place=place: bool(told(place)), 30)  # type: ignore[misc] # one place each
                found |= set(told(place)[:1])
            return found

        def told(place: str) -> list[str]:
            return [each["type"] for each in trader.ask("GET", f"/v1/messages/{place}").json["answers"]]

        assert "CC056C" not in answers(16)
        published = publisher.ask(
            "POST", "/reference_data/v1/publish", msgspec.json.encode(a_list("CL231", "TIR")), JSON
        )
        assert published.status == 202
        node.until(lambda: answers(16) == {"CC056C"}, 30)


def with_lrn(body: bytes, lrn: str) -> bytes:
    """A declaration under another reference, in another message."""
    for name in (b"LRN", b"messageIdentification"):
        head, _, rest = body.partition(b"<" + name + b">")
        body = head + b"<" + name + b">" + lrn.encode() + b"</" + name + b">" + rest.partition(b"</" + name + b">")[2]
    return body
