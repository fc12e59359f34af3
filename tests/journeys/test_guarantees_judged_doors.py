"""A public body that is none, at the doors: a trader's word releases nothing, an officer of departure decides."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from json import dumps
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.standing import Client, Standing, identity_in, standing

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_text()
TRADER, OFFICER, ELSEWHERE = "trader.fr.lesquin", "fr.officer", "de.officer"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
PUBLIC_BODY = (
    "<Guarantee><sequenceNumber>1</sequenceNumber><guaranteeType>8</guaranteeType>"
    "<otherGuaranteeReference>PUBLICBODY</otherGuaranteeReference></Guarantee>"
)
JUDGE = "/transit/v1/judge_guarantee"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("guarantees")
    with standing(folder, identity_in(folder)) as made:
        yield made


def test_row_16_at_the_doors_an_officer_of_departure_alone_releases_a_public_body(node: Standing) -> None:
    trader, officer = node.client("speed2", TRADER), node.client("ccn2", OFFICER)
    text = re.sub(r"<Guarantee>.*</Guarantee>", PUBLIC_BODY, DECLARATION, count=1, flags=re.DOTALL)
    assert trader.ask("POST", "/v1/messages", text.encode(), XML).status == 202
    assert becomes(lambda: types(trader)[-1:] == ["CC028C"])
    (mrn,) = re.findall(r"<MRN>(\w+)</MRN>", bodies(trader)[-1])

    decision = dumps({"mrn": mrn, "accepted": True, "proof": "Statute of the port authority."}).encode()
    assert trader.ask("POST", JUDGE, decision, JSON).status in (403, 404)
    other = node.client("ccn2", ELSEWHERE)
    assert other.ask("POST", JUDGE, decision, JSON).status in (202, 403)
    assert officer.ask("POST", JUDGE, dumps({"mrn": mrn, "accepted": True}).encode(), JSON).status == 202
    assert becomes(lambda: "'13'" in "".join(bodies(officer)).replace('"', "'"))
    assert types(trader)[-1] == "CC028C"

    assert officer.ask("POST", JUDGE, decision, JSON).status == 202
    assert becomes(lambda: types(trader)[-1:] == ["CC029C"])


def items(client: Client) -> list[dict[str, Any]]:
    """What waits for a client, oldest first."""
    found: list[dict[str, Any]] = client.ask("GET", "/v1/inbox").json["items"]
    return found


def types(client: Client) -> list[str]:
    """The types of what waits for a client."""
    return [each["type"] for each in items(client)]


def bodies(client: Client) -> list[str]:
    """What waits for a client, as it stands."""
    return [str(each["body"]) for each in items(client)]


def becomes(seen: Callable[[], bool]) -> bool:
    """Whether something is seen within ten seconds."""
    for _ in range(100):
        if seen():
            return True
        time.sleep(0.1)
    return False
