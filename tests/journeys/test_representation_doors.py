"""A representative at the real door of traders: refused, empowered by the holder, and refused again when he is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from json import dumps
from pathlib import Path

import pytest

from tests.journeys.standing import Client, Standing, identity_in, standing

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
TRADER, EORI = "trader.fr.lesquin", "FR40123456700017"
REPRESENTATIVE, AGENT = "representative.be", "BE0123456789"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("representation")
    with standing(folder, identity_in(folder)) as made:
        yield made


def test_a_representative_declares_in_his_own_name_once_he_is_empowered(node: Standing) -> None:
    trader, agent = node.client("speed2", TRADER), node.client("speed2", REPRESENTATIVE)
    power = {"administration": "FR", "principal": EORI, "representative": AGENT, "valid_from": "2026-01-01"}
    own = dumps(power | {"kind": "direct"}).encode()
    assert agent.ask("POST", "/representation/v1/empower", own, JSON).status == 403
    assert agent.ask("POST", "/v1/messages", declared("R1"), XML).status == 202
    assert told(agent, "R1") == ["CC056C"]

    assert trader.ask("POST", "/representation/v1/empower", own, JSON).status == 202
    assert becomes(lambda: held(agent, power))
    assert agent.ask("POST", "/v1/messages", declared("R2"), XML).status == 202
    assert told(agent, "R2")[0] == "CC928C"

    assert trader.ask("POST", "/representation/v1/withdraw", dumps(power).encode(), JSON).status == 202
    assert becomes(lambda: not held(agent, power))
    assert agent.ask("POST", "/v1/messages", declared("R3"), XML).status == 202
    assert told(agent, "R3") == ["CC056C"]


def declared(own_id: str) -> bytes:
    """The example declaration, lodged by the agent as representative of the trader."""
    named = f"<Representative><identificationNumber>{AGENT}</identificationNumber><status>2</status></Representative>"
    text = DECLARATION.decode().replace(f"<messageSender>{EORI}", f"<messageSender>{AGENT}")
    text = text.replace("QUICKSTART-1", own_id).replace("QS-0000001", f"QS-{own_id}")
    return text.replace("<Guarantee>", f"{named}<Guarantee>", 1).encode()


def held(client: Client, power: dict[str, str]) -> bool:
    """Whether the register says that the agent may act today."""
    question = {name: value for name, value in power.items() if name != "valid_from"}
    asked = client.ask("POST", "/representation/v1/check", dumps(question).encode(), JSON)
    return bool(asked.json["known"] == {"says": "yes"})


def told(client: Client, own_id: str) -> list[str]:
    """The types of what answered a message of the client, once something did."""
    found: list[str] = []

    def answered() -> bool:
        items = client.ask("GET", "/v1/inbox").json["items"]
        found[:] = [item["type"] for item in items if item.get("answers") == own_id]
        return bool(found)

    assert becomes(answered)
    return found


def becomes(seen: Callable[[], bool]) -> bool:
    """Whether something is seen within ten seconds."""
    for _ in range(100):
        if seen():
            return True
        time.sleep(0.1)
    return False
