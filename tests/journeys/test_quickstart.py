"""What the quickstart and the page on clearance tell a reader to do, done at the running doors with their files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.standing import Standing, identity_in, standing

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML = {"content-type": "application/xml"}
JSON = {"content-type": "application/json"}
TRADER, STRANGER, OFFICER = "trader.fr.lesquin", "trader.de.rhein", "fr.officer"
FIND = "/transit/v1/find_movement"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("quickstart")
    with standing(folder, identity_in(folder)) as made:
        registered = made.client("ccn2", OFFICER).ask(
            "POST", "/guarantees/v1/register", (EXAMPLES / "guarantee.json").read_bytes(), JSON
        )
        assert registered.status == 202
        yield made


@pytest.fixture(scope="module")
def mrn(node: Standing) -> str:
    """The MRN of the movement that the declaration opens, from the trader's inbox."""
    trader = node.client("speed2", TRADER)
    assert trader.ask("POST", "/v1/messages", DECLARATION, XML).status == 202
    waits = trader.ask("GET", "/v1/inbox?wait=10").json["items"]
    items = [item for item in waits if not item["type"].startswith("Import")]
    assert [item["type"] for item in items] == ["CC928C", "CC028C", "CC029C"]
    body: str = items[1]["body"]
    return body.partition("<MRN>")[2].partition("</MRN>")[0]


def test_the_same_bytes_get_the_same_receipt_and_changed_ones_error_26(node: Standing, mrn: str) -> None:
    trader = node.client("speed2", TRADER)
    first, again = (trader.ask("POST", "/v1/messages", DECLARATION, XML) for _ in range(2))
    assert first.status == again.status == 202
    assert first.body == again.body
    changed = trader.ask("POST", "/v1/messages", DECLARATION.replace(b"coffee", b"coffea"), XML)
    assert changed.json["code"] == "DOU-1201"


def test_the_holder_and_the_office_see_where_it_stands_and_a_stranger_learns_nothing(node: Standing, mrn: str) -> None:
    question = json.dumps({"mrn": mrn}).encode()
    assert node.client("speed2", TRADER).ask("POST", FIND, question, JSON).json["state"] == "released"
    assert node.client("ccn2", OFFICER).ask("POST", FIND, question, JSON).json["mrn"] == mrn
    foreign = node.client("speed2", STRANGER).ask("POST", FIND, question, JSON)
    unknown = node.client("speed2", STRANGER).ask("POST", FIND, question.replace(b"0001", b"0009"), JSON)
    assert foreign.status == 404
    assert foreign.body == unknown.body


def test_the_holder_finds_it_by_the_reference_it_gave(node: Standing, mrn: str) -> None:
    trader = node.client("speed2", TRADER)
    lrn = DECLARATION.partition(b"<LRN>")[2].partition(b"</LRN>")[0].decode()
    question = {"lrn": lrn, "office": mrn[2:4] + "005350"}
    assert trader.ask("POST", FIND, json.dumps(question).encode(), JSON).json["mrn"] == mrn
    alone = trader.ask("POST", FIND, json.dumps({"lrn": lrn}).encode(), JSON)
    assert (alone.status, alone.json["remedy"]) == (404, "Name the office of departure with an LRN.")


def test_the_wrong_door_is_closed(node: Standing) -> None:
    assert node.client("ccn2", TRADER).ask("GET", "/v1/inbox").json["code"] == "DOU-1102"


def test_nonsense_is_refused_at_its_place_through_the_door_and_sense_is_released(node: Standing) -> None:
    client, to = node.client("speed2", TRADER), "/import_procedure/v1/declare"
    example = (EXAMPLES / "import.json").read_bytes()
    said = json.loads(example)
    item = {**said["items"][0], "commodity": "000000", "gross_mass": "-5", "value": "-100"}
    wrong = {**said, "lrn": "IMP-WRONG", "country_of_destination": "US", "items": [item]}
    nobody = {**said, "declarant": "XX0"}
    assert client.ask("POST", to, json.dumps(nobody).encode(), JSON).status == 403, "nobody declares for another"
    for body in (json.dumps(wrong).encode(), example):
        assert client.ask("POST", to, body, JSON).status == 202
    told: dict[str, Any] = {}
    for _ in range(100):
        items = client.ask("GET", "/v1/inbox?limit=100").json["items"]
        told = {each["type"]: json.loads(each["body"]) for each in items if each["type"].startswith("Import")}
        if {"ImportRefused", "ImportReleased"} <= set(told):
            break
        time.sleep(0.1)
    assert [(each["pointer"], each["code"]) for each in told["ImportRefused"]["faults"]] == [
        ("/country_of_destination", "14"), ("/items/0/commodity", "12"), ("/items/0/gross_mass", "12"),
        ("/items/0/value", "12"),
    ]  # fmt: skip
    assert told["ImportReleased"]["lrn"] == said["lrn"]
    bad = {**said, "items": [{**said["items"][0], "commodity": "1"}]}
    assert client.ask("POST", to, json.dumps(bad).encode(), JSON).status == 422
