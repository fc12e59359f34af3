"""What the catalogue of services says of a door, a node answers there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from douane.model.circles import Platform
from douane.model.discovery import services
from douane.reference_architecture.exchange.open_catalogues import LOOK_UP, dcat_ap
from douane.reference_architecture.installed import installed_model
from tests.journeys.standing import identity_in, standing

JSON = {"content-type": "application/json"}


def test_addresses_of_the_catalogue_answer(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        door = node.node.url("speed2")
        turtle = dcat_ap(
            installed_model(), services(), base="https://id.example/", translations=lambda _text: {},
            doors={Platform.SPEED2: door},
        ).decode()  # fmt: skip
        trader = node.client("speed2", "trader.fr.lesquin")
        named = set(re.findall(rf"dcat:endpointURL <{re.escape(door)}/(\w+)/v1>", turtle))
        paths = json.loads(trader.ask("GET", "/openapi.json").body)["paths"]
        served = {each.split("/")[1] for each in paths if each.split("/")[2] == "v1"}
        assert "transit" in named
        assert served <= named, "what a trader is offered stands in the catalogue"
        for each in sorted(served):
            assert trader.ask("GET", f"/{each}/v1?wsdl").status == 200, each
        assert f"dcat:accessURL <{door}/{LOOK_UP}>" in turtle
        asked = trader.ask("POST", f"/{LOOK_UP}", b'{"number":"CL141","code":"FR005350"}', JSON)
        assert asked.status == 200, asked.body
