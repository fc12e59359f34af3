"""A fourth node appears and goes: real processes that announce themselves at the centre over CCN2."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.configuration.settings import PagesAt
from douane.simulator.nations import NationalSettings, nations
from tests.journeys.standing import Standing, identity_in, standing
from tests.pages.union import GENEROUS, JSON, OFFICER, TRADER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
LONGEST = 30.0


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("announced")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield node


def there(centre: Standing) -> dict[str, Any]:
    """The nodes that an officer at the centre is told of, by administration."""
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/nodes", b"{}", JSON)
    assert answer.status == 200, answer.body
    return {each["administration"]: each for each in answer.json["nodes"]}


def within(seconds: float, what: Any) -> float:
    """How long it takes until something is so; it must not take longer."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def test_a_fourth_node_appears_with_what_it_provides_and_goes(centre: Standing, tmp_path: Path) -> None:
    own = there(centre)["EU"]
    assert own["alike"]
    assert own["host"]
    settings = NationalSettings(
        "DE", tmp_path / "de", centre.node.url("ccn2"), centre.identity.folder.resolve(), {"ccn2": 0}, 1
    )

    async def play() -> None:
        async with nations([settings]):
            within(LONGEST, lambda: "DE" in there(centre))
            node = there(centre)["DE"]
            assert (node["instance"], node["version"], node["alike"]) == ("de", own["version"], True)
            provided = {each["name"] for each in node["services"]}
            assert "transit" in provided
            assert "reference_data" not in provided, "what is kept once for the Union is the centre's"
            at = centre.client("ccn2", OFFICER).ask(
                "POST", "/architecture/v1/show", json.dumps({"id": "service:transit"}).encode(), JSON
            )
            assert {each["administration"] for each in at.json["nodes"]} == {"EU", "DE"}
        assert within(LONGEST, lambda: "DE" not in there(centre)) < 5.0, "a node that is told to end says so"

    import asyncio

    asyncio.run(play())


def test_a_node_is_announced_at_ccn2_by_a_system_alone(centre: Standing) -> None:
    said = {"here": {"instance": "x", "host": "h", "version": "1", "contracts": "", "services": []}}
    body = json.dumps(said).encode()
    assert centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/nodes", body, JSON).status == 403
    assert centre.client("speed2", TRADER).ask("POST", "/architecture/v1/nodes", body, JSON).status == 404
    assert centre.client("ccn2", "be.system").ask("POST", "/architecture/v1/nodes", body, JSON).status == 200
    assert set(there(centre)) == {"BE", "EU"}
