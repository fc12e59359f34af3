"""What a party makes a node keep, and what its questions cost, is bounded whichever process of a door it comes to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.shared_services.web.fair_use import Limit
from tests.journeys.standing import GENEROUS, Answer, Client, Standing, identity_in, standing
from tests.journeys.supervised import JSON, Supervised, supervised

TRADER, OTHER = "trader.fr.lesquin", "trader.de.rhein"
DRAFTS = 3
SHARE, LARGE = 600_000, 100_000
"""Octets of a day, and of a draft."""
BY_ANY = 24
"""Connections that are spread over two processes: that all come to one of them is one case in eight million."""


def saved(client: Client, name: str, content: str = "{}", turn: int = 0) -> Answer:
    body = {"name": name, "operation": "transit.lodge_declaration", "turn": turn, "content": content}
    return client.ask("POST", "/drafts/v1/save", json.dumps(body).encode(), JSON)


def listed(client: Client) -> int:
    return len(client.ask("POST", "/drafts/v1/mine", b"{}", JSON).json["drafts"])


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("kept")
    with standing(folder, identity_in(folder), limits=GENEROUS, drafts=DRAFTS) as found:
        yield found


def test_a_party_has_so_many_drafts_and_discarding_one_gives_its_place_back(node: Standing) -> None:
    trader, other = node.client("speed2", TRADER), node.client("speed2", OTHER)
    assert [saved(trader, f"number-{n}").status for n in range(DRAFTS)] == [202] * DRAFTS
    refused = saved(trader, "one-too-many")
    assert (refused.status, refused.json["code"]) == (429, "DOU-1009")
    assert "discard drafts" in refused.json["remedy"]
    assert listed(trader) == DRAFTS
    assert saved(trader, "number-0", '{"a":"b"}', turn=1).status == 202, "what is there is saved on"
    assert saved(other, "of-somebody-else").status == 202
    assert node.node.telemetry.uses["speed2"].refused[Limit.KEPT] == 1
    gone = json.dumps({"name": "number-1", "turn": 1}).encode()
    assert trader.ask("POST", "/drafts/v1/discard", gone, JSON).status == 202
    assert saved(trader, "in-its-place").status == 202
    assert saved(trader, "one-too-many").status == 429


def by_any(node: Supervised, name: str, number: int) -> Answer:
    """A large draft over a connection of its own, which whichever process takes."""
    return saved(node.client("speed2", name), f"number-{number:02}", json.dumps({"a": "b" * LARGE}))


def test_octets_of_a_day_are_counted_over_all_processes_and_beyond_a_restart(tmp_path: Path) -> None:
    more: dict[str, Any] = {"messages_a_day_bytes": SHARE, "limits": {"connections_per_second": 1000}}
    with supervised(tmp_path, "--processes", "3", **more) as node:
        answers = [by_any(node, TRADER, number) for number in range(BY_ANY)]
        statuses = [each.status for each in answers]
        assert statuses == sorted(statuses), "who was refused is refused at each process"
        assert 1 <= statuses.count(202) <= SHARE // LARGE
        assert answers[-1].status == 429
        assert answers[-1].json["code"] == "DOU-1009"
        assert "of today" in answers[-1].json["detail"]
        trader = node.client("speed2", TRADER)
        assert trader.ask("GET", "/v1/inbox").status == 200, "who may send no more is answered"
        assert by_any(node, OTHER, 0).status == 202
        assert '"outcome":"kept"' in (tmp_path / "data" / "node.log").read_text()
    with supervised(tmp_path, "--processes", "3", **more) as node:
        assert by_any(node, TRADER, BY_ANY).status == 429
        assert by_any(node, OTHER, 1).status == 202


def impact(node: Supervised, name: str) -> int:
    """The status of a dear question over a connection of its own, which whichever process takes."""
    body = json.dumps({"id": "goal:built once, used by all"}).encode()
    return node.client("speed2", name).ask("POST", "/architecture/v1/impact", body, JSON).status


def test_what_questions_cost_is_counted_over_all_processes(tmp_path: Path) -> None:
    """So little may be spent that one dear question is owed for many seconds, at whichever process it was asked."""
    limits = {"work_ms_per_second": 1, "connections_per_second": 1000}
    with supervised(tmp_path, "--processes", "3", limits=limits) as node:
        statuses = [impact(node, TRADER) for _ in range(BY_ANY)]
        assert statuses == sorted(statuses)
        assert (statuses[0], statuses[-1]) == (200, 429)
        assert impact(node, OTHER) == 200
