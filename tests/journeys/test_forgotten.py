"""What is over is gone from the store of a node by the clock, although nobody comes back to it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from douane.applications.drafts.records import Draft
from douane.runtime.catalogue.catalogue import UNION
from douane.supervision.statutory import advance
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.time import DAY
from tests.journeys.standing import Standing, identity_in, settings_in, standing

TRADER, EORI, JSON = "trader.fr.lesquin", "FR40123456700017", {"content-type": "application/json"}


def kept(node: Standing) -> list[str]:
    """The drafts of the trader that lie in the store, told or not."""

    async def look() -> list[str]:
        found, _ = node.node.core.view(UNION).find(Draft, "by_owner", EORI, limit=10)
        return [each.name for _, each in found]

    names: list[str] = node.run(look())
    return names


def becomes(node: Standing, names: list[str]) -> None:
    """Wait until the store holds these."""
    until = time.monotonic() + 30
    while kept(node) != names:
        assert time.monotonic() < until, kept(node)
        time.sleep(0.05)


def saved(node: Standing, name: str) -> None:
    """The trader saves a draft."""
    said = {"name": name, "operation": "transit.lodge_declaration", "turn": 0, "content": "{}"}
    sent = node.client("speed2", TRADER).ask("POST", "/drafts/v1/save", json.dumps(said).encode(), JSON)
    assert sent.status == 202, sent.body


def test_a_draft_that_nobody_came_back_to_is_gone_and_a_later_one_stays(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        saved(node, "0123456789abcdef")
        becomes(node, ["0123456789abcdef"])
    advance(settings_in(tmp_path), 80 * DAY)
    with standing(tmp_path, DevelopmentIdentity(tmp_path / "identity")) as node:
        assert kept(node) == ["0123456789abcdef"], "its last day has not come"
    advance(settings_in(tmp_path), 12 * DAY)
    with standing(tmp_path, DevelopmentIdentity(tmp_path / "identity")) as node:
        becomes(node, [])
        saved(node, "fedcba9876543210")
        becomes(node, ["fedcba9876543210"])
