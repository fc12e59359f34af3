"""Workers that share a PostgreSQL store, in processes of their own: killed, frozen beyond their lease, drained."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.supervised import JSON, OFFICER, ROOT, Load, supervised
from tests.journeys.supervised import accepted as accepted_in
from tests.journeys.test_processes import TRADER, back, more, running
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

EXAMPLES = ROOT / "docs" / "examples"
SIZES = ("--processes", "4", "--workers", "2")


@pytest.mark.slow
def test_whatever_becomes_of_a_worker_every_message_takes_effect_once(tmp_path: Path, database: str) -> None:
    with supervised(tmp_path, *SIZES, store=database, partitions=4) as node:
        assert set(node.pids) == {"supervisor", "worker-0", "worker-1", "door-1", "door-2", "operations"}
        load = Load(node)
        load.begin()
        more(load, 10)
        for name in ("worker-0", "worker-1", "door-1"):
            back(node, name, node.kill(name))
            more(load, 10)
        frozen = node.kill("worker-1", signal.SIGSTOP)
        try:
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
    found = accepted_in(tmp_path, database)
    assert {own for own, times in found.items() if times != 1} == set()
    assert set(found) == set(load.held)


def test_a_movement_over_two_workers(tmp_path: Path, database: str) -> None:
    """Declaration, guarantee and risk analysis lie in whatever partitions their names belong to."""
    with supervised(tmp_path, "--workers", "2", store=database, partitions=8) as node:
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
