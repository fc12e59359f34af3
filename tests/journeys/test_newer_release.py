"""A node with one worker meets what a later release wrote: it ends and says so; nothing is set aside, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.releases import FIELD, INDEX, release
from tests.journeys.supervised import JSON, OFFICER, ROOT, Supervised, accepted, supervised
from tests.journeys.test_processes import TRADER

EXAMPLES = ROOT / "docs" / "examples"
XML = {"content-type": "application/xml"}
READ_ON = "Start the release that wrote it, or a later one."


def register(node: Supervised) -> int:
    """The status of registering the guarantee of the examples."""
    body = (EXAMPLES / "guarantee.json").read_bytes()
    return node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", body, JSON).status


def lodge(node: Supervised) -> int:
    """The status of lodging the declaration that uses it."""
    return (
        node.client("speed2", TRADER)
        .ask("POST", "/v1/messages", (EXAMPLES / "declaration.xml").read_bytes(), XML)
        .status
    )


def test_a_node_that_meets_a_record_of_a_later_release_ends_and_says_which(tmp_path: Path) -> None:
    later = release(tmp_path / "later", FIELD)
    with supervised(tmp_path, release=later) as node:
        assert register(node) == 202
    receipts = 0
    for _ in range(2):
        with supervised(tmp_path) as node:
            receipts += lodge(node) == 202  # where it was accepted in a tick before the one that met the guarantee
            assert node.process.wait(40) == 1
        said = "\n".join(node.said)
        assert "Guarantee was stored at version 2; this release knows up to 1." in said
        assert READ_ON in said
    assert len(accepted(tmp_path)) == 1 + bool(receipts)
    with supervised(tmp_path, release=later) as node:
        assert lodge(node) == 202
        items: list[Any] = []
        trader, cursor = node.client("speed2", TRADER), ""
        while len(items) < 3:
            page = trader.ask("GET", f"/v1/inbox?wait=10&after={cursor}").json
            items, cursor = items + page["items"], page["after"]
        assert [each["type"] for each in items] == ["CC928C", "CC028C", "CC029C"]
    assert set(accepted(tmp_path).values()) == {1}


def test_a_node_does_not_start_where_a_later_release_began_an_index(tmp_path: Path) -> None:
    with supervised(tmp_path, release=release(tmp_path / "later", INDEX)):
        pass
    refused = pytest.raises(AssertionError, match=f"has an index that this release does not know.*{READ_ON}")
    with refused, supervised(tmp_path, "--processes", "2"):
        pass
