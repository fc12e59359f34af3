"""What a timeline tells of deliveries and refusals, for people and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.core.commands import Confirm, Reported, Tried
from tests.cli.nodes import Printed, answer, said
from tests.contracts import toy

LANE = "csi_queue:XX"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A node's folder: an order whose answer was tried twice, arrived and was taken; and its change under one id."""
    (tmp_path / "store").mkdir()
    store = SqliteStore(str(tmp_path / "store" / "node.db"))
    node = toy.Node(store, router=toy.Router(lane=LANE))
    node.run(node.envelope("accounts.open", toy.Open("A", 100), id="A1"))
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10), id="M1"))
    for at, reason in ((2_000_000_000_000_001, "no connection"), (2_000_000_001_000_001, "503")):
        node.run(commands=(Tried(LANE, 1, at, reason),))
    node.run(commands=(Confirm(LANE, 1, "arrived", 2_000_000_002_000_001, "", 3),))
    node.run(commands=(Reported(1, "delivered", 2_000_000_003_000_001),))
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 11), id="M1"))
    store.close()
    return str(tmp_path)


def test_attempts_arrival_and_delivery_stand_below_their_message(capsys: Printed, folder: str) -> None:
    lines = said(capsys, "timeline", "O1", "--data", folder).splitlines()
    assert lines[0].startswith("order O1 in XX: case ")
    assert lines[1].split() == ["T1", "by", "rest,", "csi_queue"]
    at = next(n for n, line in enumerate(lines) if "Confirmed" in line)
    assert lines[at].endswith("delivered, 3 attempts")
    assert "-> T1" in lines[at]
    below = [line.split()[2:] for line in lines[at + 1 : at + 5]]
    assert below == [["tried", "no", "connection"], ["tried", "503"], ["arrived"], ["delivered"]]
    (case,) = answer(capsys, "timeline", "O1", "--data", folder)
    told = next(m for m in case["messages"] if m["what"] == "Confirmed")
    assert (told["attempts"], told["channel"], told["answers"]) == (3, "csi_queue", "")
    assert [(step["state"], step["reason"]) for step in told["reports"][:2]] == [
        ("tried", "no connection"), ("tried", "503"),
    ]  # fmt: skip


def test_a_message_and_what_was_refused_under_its_identification(capsys: Printed, folder: str) -> None:
    taken, refused = answer(capsys, "timeline", "M1", "--data", folder)
    placed = taken["messages"][0]
    assert (placed["what"], placed["platform"], placed["channel"]) == ("orders.place", "speed2", "rest")
    assert len(placed["receipt"]) == 64
    assert refused["case"] == "0"
    (change,) = refused["messages"]
    assert (change["state"], change["reason"], change["party"]) == ("refused", "code 26", "T1")
    assert "by no case: it was refused" in said(capsys, "timeline", "M1", "--data", folder)
    shown = said(capsys, "message", "show", "out:1", "--data", folder)
    assert "attempts" in shown
    assert "tried" in shown
