"""Goods under export at the doors: they wait for an officer of departure, whose release names what shows the export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import dumps

import pytest

from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_guarantees_judged_doors import (
    DECLARATION,
    ELSEWHERE,
    JSON,
    JUDGE,
    OFFICER,
    PUBLIC_BODY,
    TRADER,
    XML,
    becomes,
    bodies,
    types,
)

EXPORT = (
    "<PreviousDocument><sequenceNumber>1</sequenceNumber><type>N830</type>"
    "<referenceNumber>25FRE53500000147A1</referenceNumber></PreviousDocument>"
)
DECIDE = "/transit/v1/decide_control"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("exported")
    with standing(folder, identity_in(folder)) as made:
        yield made


def test_goods_under_export_wait_for_an_officer_who_says_what_shows_that_they_may_leave(node: Standing) -> None:
    trader, officer = node.client("speed2", TRADER), node.client("ccn2", OFFICER)
    text = re.sub(r"(?s)<Guarantee>.*</Guarantee>", PUBLIC_BODY, DECLARATION, count=1)
    text = re.sub(r"(?s)(<HouseConsignment>.*?</grossMass>)", rf"\1{EXPORT}", text, count=1)
    assert trader.ask("POST", "/v1/messages", text.encode(), XML).status == 202
    assert becomes(lambda: types(trader)[-1:] == ["CC028C"]), bodies(trader)
    (mrn,) = re.findall(r"<MRN>(\w+)</MRN>", bodies(trader)[-1])
    covered = dumps({"mrn": mrn, "accepted": True, "proof": "Statute of the port authority."}).encode()
    assert officer.ask("POST", JUDGE, covered, JSON).status == 202
    assert becomes(lambda: types(trader)[-1:] == ["CC060C"]), bodies(trader)

    silent = dumps({"mrn": mrn, "satisfactory": True}).encode()
    shown = dumps({"mrn": mrn, "satisfactory": True, "remarks": "Export accompanying document seen."}).encode()
    assert trader.ask("POST", DECIDE, shown, JSON).status in (403, 404)
    assert node.client("ccn2", ELSEWHERE).ask("POST", DECIDE, shown, JSON).status in (202, 403)
    assert officer.ask("POST", DECIDE, silent, JSON).status == 202
    assert becomes(lambda: "export declaration" in "".join(bodies(officer)))
    assert types(trader)[-1] == "CC060C"

    assert officer.ask("POST", DECIDE, shown, JSON).status == 202
    assert becomes(lambda: types(trader)[-1:] == ["CC029C"])
