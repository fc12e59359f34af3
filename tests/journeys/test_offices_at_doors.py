"""An office that there is not, or that has not the role, is refused at the door of programs at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_guarantees_judged_doors import DECLARATION, TRADER, XML, becomes, bodies, types

DESTINATION = "CustomsOfficeOfDestinationDeclared"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("offices")
    with standing(folder, identity_in(folder)) as made:
        yield made


@pytest.mark.parametrize(
    ("group", "office", "other"),
    [
        (DESTINATION, "AT100000", "AT999999"),
        (DESTINATION, "AT100000", "DE003450"),
        ("CustomsOfficeOfTransitDeclared", "DE004055", "DE999999"),
    ],
    ids=["no office", "no office of destination", "no office of transit"],
)
def test_an_office_without_the_role_is_refused_by_the_door(node: Standing, group: str, office: str, other: str) -> None:
    trader, before = node.client("speed2", TRADER), len(types(node.client("speed2", TRADER)))
    text = DECLARATION.replace(f"<referenceNumber>{office}<", f"<referenceNumber>{other}<")
    assert text != DECLARATION
    text = re.sub(r"(<messageIdentification>)(.*?)<", rf"\1OF{other}<", text, count=1)
    text = re.sub(r"(<LRN>)(.*?)<", rf"\1OF{other}<", text, count=1)
    assert trader.ask("POST", "/v1/messages", text.encode(), XML).status == 202
    assert becomes(lambda: types(trader)[before:] == ["CC056C"]), bodies(trader)
    told = bodies(trader)[-1]
    assert f"/{group}" in told
    assert f"<originalAttributeValue>{other}</originalAttributeValue>" in told
