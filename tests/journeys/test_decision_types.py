"""Types of decision in the explorer: everything that is declared of each, with ways to what it hangs together with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.rules.explaining import explained
from douane.assembly.pages.sites import HOSTS
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.circles.test_pages import Pages
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("types")
    with standing(folder, identity_in(folder), pages=PagesAt(), limits=GENEROUS) as made:
        yield made


def test_whoever_reads_finds_every_fact_of_every_type_with_its_way(node: Standing) -> None:
    pages, desk = Pages(node), HOSTS["desk"]
    cookie = pages.session("fr.officer", Platform.CCN2)
    seen = pages.ask("GET", desk, "/explore/decisions", cookie=cookie)
    assert (seen.status, faults(seen.body)) == (200, [])
    beside = pages.ask("GET", desk, "/explore/overlays", cookie=cookie)
    assert (beside.status, faults(beside.body)) == (200, []), "a page with a name stands before those of a kind"
    for type in DecisionType:
        assert f'href="/explore/decisions/{type}"' in seen.body
    ways = set[str]()
    for name in ("AEOF", "BTI", "CGU", "CCL", "IPO", "ACR"):
        page = pages.ask("GET", desk, f"/explore/decisions/{name}", cookie=cookie)
        assert (page.status, faults(page.body)) == (200, []), name
        told, text = explained(DecisionType(name)), unescape(page.body)
        for each in told.elements:
            assert each.element in text, each.element
        for said in (told.legal, told.validity, *told.criteria, *(each.limit for each in told.limits)):
            assert said in text, said
        ways |= set(re.findall(r'href="(/explore/(?:limit|process|operation|type|service)/[^"]+)"', page.body))
    assert any("DEC-DECISION-AEO" in each for each in ways)
    for way in sorted(ways):
        assert pages.ask("GET", desk, unescape(way), cookie=cookie).status == 200, way
    found = pages.ask("GET", desk, "/explore/find?q=UCC+art.+95", cookie=cookie)
    assert found.status == 200, "the way of an article leads to what rests on it"


def test_the_law_is_told_to_who_has_not_signed_in_and_nonsense_is_not_there(node: Standing) -> None:
    pages, portal = Pages(node), HOSTS["portal"]
    seen = pages.ask("GET", portal, "/explore/decisions/CGU")
    assert (seen.status, faults(seen.body)) == (200, [])
    assert "DEC-DECISION" in seen.body
    assert pages.ask("GET", portal, "/explore/decisions/XYZ").status in (400, 404, 422)
