"""A registered exporter on pages: applied for box by box, registered, kept up to date, ended; nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from tests.circles.test_pages import Pages
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.test_customs_decisions import OFFICER, People, told

TRADER, STRANGER = "trader.fr.lesquin", "trader.de.rhein"
FORM = {
    "own_reference": "pages-1", "name": "Lesquin SA", "street_and_number": "1 rue du Port", "post_code": "59000",
    "town": "Lille", "activity": "producer", "goods": "Woven fabrics", "headings": "5208, 5209", "undertakes": "true",
    "signed_by": "Anne Petit", "signed_on": "2026-01-05", "publish": "false",
}  # fmt: skip


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("exporters")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


def test_an_exporter_applies_is_registered_keeps_it_up_to_date_and_ends_it(node: Standing) -> None:
    people = People(node)
    assert people.sees(TRADER, "/exporters")[0] == 200
    assert "IA 2015/2447 art. 86(4)" in people.sees(TRADER, "/exporters/apply")[1]
    status, body = people.does(TRADER, "/exporters/apply", "apply", own_reference="pages-0", name="Lesquin SA")
    assert status == 422
    for said in ("Give name and full address of the exporter.", "Describe the goods that qualify.",
                 "Give the undertakings."):  # fmt: skip
        assert said in body, "each at its box"
    assert 'value="Lesquin SA"' in body, "what was typed stays"
    assert people.does(TRADER, "/exporters/apply", "apply", **{**FORM, "headings": "X"})[0] == 422
    people.did(TRADER, "/exporters/apply", "apply", **FORM)
    reference = told(node, TRADER, "RexReceived")["reference"]

    at = f"/exporters/registration/{reference}"
    assert people.comes(OFFICER, "/exporters", reference), "at the desk of his authority"
    assert people.sees(STRANGER, at)[0] == 404
    assert people.does(TRADER, at, "decide", registered="true", reasons="")[0] in (403, 404, 422)
    assert people.does(OFFICER, at, "decide", registered="false", reasons="")[0] == 422, "a refusal says why"
    people.did(OFFICER, at, "decide", registered="true", reasons="")
    number = told(node, TRADER, "RexRegistered")["number"]
    at = f"/exporters/registration/{number}"
    assert "Woven fabrics" in people.sees(TRADER, at)[1]
    assert people.does(OFFICER, at, "modify", **FORM)[0] in (403, 404, 422), "the exporter's own"

    check = f"/checks/exporter?number={number}"
    assert "Woven fabrics" not in people.sees(STRANGER, check)[1], "he did not agree to publication"
    changed = {name: value for name, value in FORM.items() if name != "own_reference"}
    assert people.does(TRADER, at, "modify", **{**changed, "goods": ""})[0] == 422
    people.did(TRADER, at, "modify", **{**changed, "publish": "true"})
    assert people.comes(STRANGER, check, "Woven fabrics"), "the public look-up stays, and says what he agreed to"

    people.did(TRADER, at, "ask-revocation", reasons="We export no more")
    assert people.comes(OFFICER, at, "We export no more")
    people.did(OFFICER, at, "revoke", ground="c", reasons="At the exporter's wish")
    assert told(node, TRADER, "RexRevocationNotified")["ground"] == "IA 2015/2447 art. 89(3)(c)"
    assert people.does(OFFICER, at, "revoke", ground="c", reasons="Again")[0] == 422, "it is revoked"
    people.did(TRADER, at, "inform")
    assert people.does(TRADER, at, "inform")[0] == 422, "he said it once"
    people.did(OFFICER, at, "cancel-revocation", reasons="It was an error")
    assert people.comes(TRADER, at, "registered")
    assert people.does(STRANGER, at, "ask-revocation", reasons="Theirs")[0] == 404
    assert Pages(node).ask("GET", people.cookie(TRADER)[0], at).status in (303, 401, 403, 404), (
        "nobody without an identity"
    )
