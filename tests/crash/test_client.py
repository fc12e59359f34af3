"""A load client looks for a movement on every page of a list: a quick machine makes more than one page holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from crash.cases import case_of
from crash.client import Connection, Plan, Trader
from crash.ledger import Ledger
from crash.messages import Message, case_name

PAGES = {"": (["26FR1"], "a"), "a": (["26FR2"], "b"), "b": (["26FR3"], "")}


class Door:
    """Answers a list page by page, and keeps which pages were asked for."""

    def __init__(self, busy_at: str = "none") -> None:
        self.asked: list[str] = []
        self._busy_at = busy_at

    def ask(self, method: str, path: str, body: bytes, type: str) -> tuple[int, bytes]:
        after = json.loads(body).get("after", "")
        self.asked.append(after)
        if after == self._busy_at:
            return 503, b""
        names, following = PAGES[after]
        return 200, json.dumps({"cases": names, "after": following}).encode()


def arrival() -> Message:
    """The first message after a release that an office must expect."""
    for number in range(1_000):
        for message in case_of(case_name(0, number)).messages:
            if message.type == "CC007C":
                return message
    raise AssertionError("no case arrives")


@pytest.mark.parametrize(
    ("mrn", "busy_at", "known", "asked"),
    [
        ("26FR1", "none", True, [""]),
        ("26FR3", "none", True, ["", "a", "b"]),
        ("26FR4", "none", False, ["", "a", "b"]),
        ("26FR3", "a", False, ["", "a"]),
    ],
)
def test_a_movement_is_looked_for_on_every_page(
    tmp_path: Path, mrn: str, busy_at: str, known: bool, asked: list[str]
) -> None:
    door = Door(busy_at)
    plan = Plan("localhost", 0, 0, "", {}, {}, "", seed=1, pause=0.0)
    trader = Trader(0, cast("Connection", door), {}, Ledger(tmp_path / "ledger"), plan)
    assert trader._known(arrival(), mrn) is known
    assert door.asked == asked
