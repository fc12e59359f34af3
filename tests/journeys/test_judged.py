"""A node that sends what breaks a published rule raises the alarm, and carries the message all the same."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.handlers import replies
from douane.configuration.settings import PagesAt
from douane.standards.ncts import phase5 as p5
from douane.supervision.judging import OF
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import Union

right = replies.release
RIGHT = 'douane_judged_messages_total{outcome="right"}'


def numbered_wrongly(work: Any, case: Any) -> p5.CC029C:
    """A release whose houses are numbered from 7 (R0987 numbers them from 1)."""
    sent = right(work, case)
    houses = tuple(replace(each, sequence_number=n) for n, each in enumerate(sent.consignment.house_consignment, 7))
    return replace(sent, consignment=replace(sent.consignment, house_consignment=houses))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Standing]:
    with standing(tmp_path, identity_in(tmp_path), pages=PagesAt(port=0), limits=GENEROUS, judged=OF) as made:
        yield made


def metrics(node: Standing) -> str:
    return node.client("operations", "operator").ask("GET", "/metrics").body.decode()


def until(node: Standing, text: str, least: float) -> str:
    """The metrics, once a figure is at least so much."""
    for _ in range(200):
        page = metrics(node)
        figure = page.partition(f"\n{text} ")[2].split(maxsplit=1)
        if figure and float(figure[0]) >= least:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{text} is not {least}")


def told(folder: Path) -> list[dict[str, Any]]:
    lines = map(json.loads, (folder / "node.log").read_text().splitlines())
    return [each for each in lines if each["event"] == "message.breaks_rule"]


def release_in_the_inbox(node: Standing) -> Any:
    client = node.client("speed2", "trader.fr.lesquin")
    for _ in range(100):
        items = client.ask("GET", "/v1/inbox?wait=1&limit=100").json["items"]
        if found := [each for each in items if each["type"] == "CC029C"]:
            return found[0]
    raise AssertionError("nothing was released")


def test_a_message_that_breaks_a_rule_is_told_and_carried(
    node: Standing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "release", numbered_wrongly)
    union = Union(node)
    union.prepare()
    until(node, 'douane_rule_broken_seconds{code="R0987",operation="CC029C"}', 1e9)
    assert "<sequenceNumber>7</sequenceNumber>" in release_in_the_inbox(node)["body"], "it was carried all the same"
    (line, *_) = told(tmp_path)
    assert (line["operation"], line["code"], line["level"]) == ("CC029C", "R0987", "error")
    assert "remedy" in line
    assert union.mrn not in json.dumps(line), "it says which message, not whose"


def test_right_messages_are_judged_and_raise_nothing(node: Standing, tmp_path: Path) -> None:
    Union(node).prepare()
    release_in_the_inbox(node)
    page = until(node, RIGHT, 5)  # IE928, IE028, IE029 to the holder; IE001, IE050 within the node
    assert "douane_rule_broken_seconds{" not in page
    assert told(tmp_path) == []
