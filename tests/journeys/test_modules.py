"""The public part of the traders' portal: modules, who has a portal of his own for one, and declaring at first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.visitor import Seen, Visitor

NATIONAL = {"FR.clearance": "https://portail.example/douane", "DE.bti": "central", "AT.transit": "https://zoll.example"}
STEPS = {"before": "An EORI number", "declare": "Declare goods for transit", "after": "Nothing came?"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("modules")
    with standing(
        folder, identity_in(folder), pages=PagesAt(port=0), national_portals=NATIONAL, limits=GENEROUS
    ) as made:
        yield made


def seen(node: Standing, path: str, who: str = "", *, site: str = "portal", language: str = "en") -> Seen:
    pages = node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
    if who:
        platform = Platform.SPEED2 if site == "portal" else Platform.CCN2
        name = pages.sessions.enter(platform, pages.sessions.invite(who, platform)).name
        visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
    found = visitor.ask("GET", url + path, accept_language=language)
    assert faults(found.body) == []
    return found


def test_everybody_sees_what_the_portal_has_and_what_is_planned(node: Standing) -> None:
    found = seen(node, "/modules")
    assert found.status == 200
    for text in ("Declare goods for transit", "Your guarantees", "Look up an operator", "Apply for a decision"):
        assert text in found.text, text
    assert "Entry summary declarations and their analysis planned UCC art. 278(3), derived ICS2" in found.text
    assert "Information of special procedures planned UCC art. 278(1), derived INF" in found.text
    assert 'href="/programme/projects/ICS2"' not in found.body, "the programme is not open to him"
    assert 'href="/programme/projects/ICS2"' in seen(node, "/modules", "fr.officer", site="desk").body


def test_the_shell_leads_to_the_portal_of_an_administration_where_that_is_said(node: Standing) -> None:
    everybody = seen(node, "/modules").text
    assert "Portals of their own for this have: ES, FR, HR, PL. (EU Customs Trader Portal" in everybody, "DE: central"
    assert "Portals of their own for this have: FR." in everybody
    own = seen(node, "/modules", "trader.fr.lesquin")
    assert 'href="https://portail.example/douane"' in own.body
    assert "Its address is not known here: ask your customs authority." in own.text, "of rulings nobody told it"
    declare = seen(node, "/declare", "trader.fr.lesquin")
    assert 'href="https://portail.example/douane"' in declare.body
    assert 'action="/declare/lodge-declaration"' in declare.body
    assert "https://" not in seen(node, "/declare", "trader.de.rhein").body


@pytest.mark.parametrize(("step", "shown"), STEPS.items())
@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_who_declares_for_the_first_time_reads_three_pages(
    node: Standing, step: str, shown: str, language: str
) -> None:  # fmt: skip
    found = seen(node, f"/first/{step}", language=language)
    assert found.status == 200
    assert (shown in found.text) is (language == "en")
    assert 'lang="en"' not in found.body.partition("<main")[2].partition("</main")[0]


def test_the_pages_follow_each_other_and_there_is_no_fourth(node: Standing) -> None:
    assert 'href="/first/declare"' in seen(node, "/first").body
    assert 'href="/first/after"' in seen(node, "/first/declare").body
    assert 'href="/declare"' in seen(node, "/first/after").body
    assert seen(node, "/first/fourth").status == 404
