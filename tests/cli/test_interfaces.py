"""``douane architecture interfaces`` at a running node: counted from the calls of systems that it saw."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.nodes import Printed, answer, said
from tests.journeys.standing import Standing, identity_in, standing

QUESTION = json.dumps({"data_set": "economic_operators", "view": "full", "key": "FR1"}).encode()


def look_up(node: Standing, client: str) -> int:
    asking = node.client("ccn2", client)
    return asking.ask("POST", "/final_data/v1/look_up", QUESTION, {"content-type": "application/json"}).status


def test_systems_that_called_are_counted_and_others_are_not(tmp_path: Path, capsys: Printed) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        for client in ("de.system", "fr.system", "at.officer"):
            assert look_up(node, client) in (200, 503), client  # 503: a new node builds its registers beside
        until = ("architecture", "interfaces", "--at", node.node.url("ccn2"), "--client", "fr.system",
                 "--identity", str(node.identity.folder))  # fmt: skip
        while look_up(node, "de.system") != 200 or look_up(node, "fr.system") != 200:
            pass
        found = {each["service"]: each for each in answer(capsys, *until)["lines"]}
        assert found["final_data"]["administrations"] == ["DE", "FR"]
        assert (found["final_data"]["common"], found["final_data"]["each_with_each"]) == (3, 2)
        assert set(found["final_data"]["administrations"]) <= set(found[""]["administrations"])
        assert "each with each (n (n - 1))" in said(capsys, *until)
