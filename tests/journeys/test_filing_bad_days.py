"""A draft and a world that went on: a code list that lost what stands in it. Nothing typed is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec
import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind
from douane.trust.demo import DemoClient
from tests.cli.nodes import a_list
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.journeys.test_filing import Trader, copied, faults, fields, fields_of_cells
from tests.pages.union import JSON, Union

PUBLISHER = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)
ITEM = "Consignment/HouseConsignment/0/ConsignmentItem/0"
PACKAGES = f"{ITEM}/Packaging/0/typeOfPackages"


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("bad-days")
    with standing(folder, identity_in(folder, (PUBLISHER,)), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


def published(union: Union, *codes: str) -> None:
    """The list of kinds of packages (CL017) holds these from now on."""
    door = union.node.client("ccn2", PUBLISHER.id)
    sent = door.ask("POST", "/reference_data/v1/publish", msgspec.json.encode(a_list("CL017", *codes)), JSON)
    assert sent.status == 202, sent.body
    for _ in range(200):
        if door.ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"] != "waiting":
            return
        time.sleep(0.02)
    raise AssertionError("never published")


def test_a_code_list_that_changed_since_the_draft_takes_nothing_away_and_is_told_at_its_field(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    before = anne.to(f"{path}/items/0.0?faults=shown")
    assert (fields(before)[PACKAGES], faults(before)) == ("CT", [])
    published(union, "BX")
    after = anne.to(f"{path}/items/0.0")
    for _ in range(100):
        if "CT: not valid any more" in after.text:
            break
        time.sleep(0.1)
        after = anne.to(f"{path}/items/0.0")
    assert "CT: not valid any more" in after.text
    assert fields(after)[PACKAGES] == "CT", "what was typed stands there still"
    assert "CT" in fields_of_cells(anne.to(f"{path}/items/sheet")).values()
    refused = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert "It was refused" in refused.text
    anne.send(refused, f"{path}/correct")
    told = anne.to(f"{path}/items/0.0")
    assert (fields(told)[PACKAGES], len(faults(told))) == ("CT", 1), "told at its field"
    anne.fill(anne.to(f"{path}/items/0.0"), **{PACKAGES.replace("/", "__"): "BX"})
    assert faults(anne.to(f"{path}/items/0.0?faults=shown")) == []
    assert "It was received" in anne.send(anne.to(f"{path}/check"), f"{path}/send").text
