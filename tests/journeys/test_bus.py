"""The bus at the doors of a real node: two administrations, one offers, the other consumes; nobody else sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.standing import Client, Standing, identity_in, standing

JSON = {"content-type": "application/json"}
OFFER: dict[str, Any] = {
    "provider": "DE", "service": "permits", "version": 1, "title": "Permits", "level": "silver",
    "operations": [{
        "name": "check", "pattern": "request_response",
        "takes": {"form": "json", "schema": '{"type": "object", "required": ["permit"]}'},
        "answers": {"form": "json", "schema": '{"type": "object", "required": ["valid"]}'},
    }],
}  # fmt: skip
NAMED = {"provider": "DE", "service": "permits", "version": 1}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("bus")
    with standing(folder, identity_in(folder)) as made:
        yield made


def tell(client: Client, operation: str, message: dict[str, Any]) -> None:
    """Send a message about services."""
    answer = client.ask("POST", f"/service_bus/v1/{operation}", json.dumps(message).encode(), JSON)
    assert answer.status == 202, answer.body


@pytest.fixture(scope="module")
def offered(node: Standing) -> Standing:
    """Germany offers permits, the Commission approves, France may consume."""
    german, french = node.client("ccn2", "de.system"), node.client("ccn2", "fr.system")
    tell(german, "offer", OFFER)
    assert french.ask("GET", "/services/permits/v1").status == 404
    tell(node.client("cdco", "commission.officer"), "decide", {**NAMED, "approved": True, "networks": ["127.0.0.0/8"]})
    tell(french, "ask_to_consume", NAMED)
    tell(german, "permit", {**NAMED, "consumer": "FR", "permitted": True})
    return node


def test_an_offered_service_is_in_the_registry_of_ccn2_only(offered: Standing) -> None:
    for name in ("fr.system", "fr.officer", "commission.system"):
        entry = offered.client("ccn2", name).ask("GET", "/services/permits/v1").json
        assert (entry["state"], entry["providers"][0]["delivery"]) == ("offered", "collected")
        assert [(c["name"], c["state"]) for c in entry["consumers"]] == [("FR", "permitted")]
    for name in ("trader.fr.lesquin", "third.ch", "partner.dg"):
        for path in ("/services", "/services/permits/v1"):
            assert offered.client("speed2", name).ask("GET", path).status == 404
            assert offered.client("ccn2", name).ask("GET", path).status == 403
    assert offered.client("ccn2", "").ask("GET", "/services").status == 401


def test_the_registry_is_read_in_pages(offered: Standing) -> None:
    client = offered.client("ccn2", "at.system")
    names, cursor = [], ""
    while True:
        page = client.ask("GET", f"/services?limit=3&after={cursor}").json
        names += [f"{each['service']}/v{each['version']}" for each in page["services"]]
        cursor = page["after"]
        if not cursor:
            break
    assert names == sorted(set(names))
    assert {"permits/v1", "transit/v1"} <= set(names)
    for query in ("limit=0", "limit=x", "after=nowhere"):
        assert client.ask("GET", f"/services?{query}").status == 400
    for path in ("/services/permits/1", "/services/permits/v2", "/services/permits"):
        assert client.ask("GET", path).status == 404


def test_openapi_shows_the_bus_where_it_is_open(offered: Standing) -> None:
    paths = offered.client("ccn2", "fr.system").ask("GET", "/openapi.json").json["paths"]
    assert {"/services", "/services/{service}/{version}"} <= set(paths)
    paths = offered.client("speed2", "trader.fr.lesquin").ask("GET", "/openapi.json").json["paths"]
    assert not [path for path in paths if path.startswith(("/services", "/service_bus"))]
