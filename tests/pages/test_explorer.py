"""The explorer in Chromium: from a goal to a datum and back by clicks, what a stranger sees of it, and the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from douane.applications.architecture.screens.naming import address
from douane.applications.architecture.tests.test_walks import CHAIN, back, pairs, way
from tests.pages.states import NARROW, SMALLEST, enter
from tests.pages.test_browser import opened, wide
from tests.pages.union import DECLARATION, TRADER, Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
FORTH = (
    ("Begin with a goal", "trade flows"), ("Is served by", "customs transit"), ("Is realised by", "transit"),
    ("Offers → takes", "CC015C"), ("Holds", "TransitOperation/declarationType [an..5 CL231]"),
)  # fmt: skip
BACK = (
    ("Appears in", "CC015C"), ("Is taken by → is offered by", "transit"), ("Realises", "customs transit"),
    ("Serves", "trade flows"),
)  # fmt: skip
WAYS = (
    (("Begin with a goal", "revenue is covered"), ("Is served by", "guarantee management"),
     ("Is realised by", "guarantees"), ("Offers", "guarantees.check"), ("Takes", "CD200C"),
     ("Is taken by", "guarantees.check"), ("Fulfils", "GUA-QRY-01")),
    (("Begin with a goal", "safe and lawful trade"), ("Is served by", "risk management"),
     ("Is realised by", "risk analysis"), ("Contains", "RSK-ASM-01"), ("Is fulfilled by", "risk_analysis.assess"),
     ("Must meet", "REQ-RSK-001")),
)  # fmt: skip


@pytest.mark.parametrize(
    "options", [{}, {"viewport": NARROW, "java_script_enabled": False}], ids=["wide", "narrow without scripts"]
)
def test_a_goal_leads_to_a_datum_and_back_and_every_click_stands_under_its_edge(
    browser: Any, union: Union, options: dict[str, Any]
) -> None:
    with opened(browser, **options) as page:
        enter(page, union, "Architect", "/explore")
        assert page.url.startswith(f"{union.site('centre')}/")
        for heading, name in (*FORTH, *BACK):
            followed(page, heading, name)
        assert wide(page) <= 0


@pytest.mark.parametrize("hops", WAYS, ids=["to a test of the guarantee", "to a rule of risk"])
def test_other_ways_lead_on_too(browser: Any, union: Union, hops: tuple[tuple[str, str], ...]) -> None:
    with opened(browser) as page:
        enter(page, union, "Architect", "/explore")
        for heading, name in hops:
            followed(page, heading, name)


@pytest.mark.parametrize("which", range(5))
def test_five_pairs_of_goal_and_datum_are_walked_both_ways_as_the_links_of_the_pages_lead(
    browser: Any, union: Union, which: int
) -> None:
    """Pairs of the two hundred that are joined by what is for one another, walked by clicks."""
    pair = [(a, b) for a, b in pairs(200) if way(a, b, CHAIN)][which * 7]
    forth = way(*pair, CHAIN)
    with opened(browser, java_script_enabled=bool(which % 2)) as page:
        enter(page, union, "Architect", address(pair[0]))
        for there, heading in (*forth, *back(pair[0], forth)):
            leave(page, heading, partial(_to, address(there)))
            assert page.url.endswith(address(there))


def leave(page: Any, heading: str, link_in: Callable[[Any], Any]) -> None:
    """Click a link under a heading. A long list is told in pages, and the longest on a page of its own."""
    card = page.locator("section", has=page.get_by_role("heading", name=heading, exact=True, level=2))
    for closed in card.locator("details:not([open]) > summary").all():
        closed.click()
    while not link_in(card).count():
        further = card.get_by_role("link", name=re.compile("^(Show all of them|Next page)$"))
        with page.expect_navigation(wait_until="load"):
            further.first.click()
    with page.expect_navigation(wait_until="load"):
        link_in(card).click()


def _to(address: str, card: Any) -> Any:
    return card.locator(f"a[href='{address}']").first


def followed(page: Any, heading: str, name: str) -> None:
    """Click a link under a heading; what it leads to is called so."""
    leave(page, heading, lambda card: card.get_by_role("link", name=name, exact=True))
    assert page.get_by_role("heading", level=1).inner_text() == name


def test_a_stranger_sees_the_public_part_and_learns_of_nothing_else(browser: Any, union: Union) -> None:
    portal = union.site("portal")
    with opened(browser, viewport=SMALLEST) as page:
        if union.show:
            page.goto(f"{union.start}/")
            page.get_by_role("link", name="From goal to datum").click()
            assert page.url == f"{portal}/explore"
        page.goto(f"{portal}/explore")
        assert "Not signed in" in page.locator(".strip").inner_text()
        page.goto(f"{portal}/explore/operation/transit.lodge_declaration")
        assert "IE015" in page.locator("main").inner_text()
        assert wide(page) <= 0
        text = page.content()
        assert "douane." not in re.sub(r"https?://\S+|/assets/\S+|douane-\w+", "", text.split("<main")[1])
        for hidden in ("table/thresholds", "operation/risk_analysis.assess", "component/douane.runtime"):
            page.goto(f"{portal}/explore/{hidden}")
            assert page.get_by_role("heading", level=1).inner_text() == "There is no such page"
        page.goto(f"{portal}/explore/find?q=risk_analysis.assess")
        assert "Nothing that you may see is called risk_analysis.assess" in page.locator("main").inner_text()
        page.goto(f"{union.site('centre')}/explore")
        assert "Sign in to see this page" in page.get_by_role("heading", level=1).inner_text()


def test_the_search_box_finds_cases_by_their_number_and_everything_else_by_its_words(
    browser: Any, union: Union
) -> None:
    with opened(browser) as page:
        page.goto(f"{union.start}/" if union.show else f"{union.site('portal')}/explore")
        page.get_by_label("Find a reference").fill("UCC 226")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="UCC art. 226", exact=True).click()
        page.get_by_role("link", name="transit", exact=True).click()
        assert page.url.endswith("/explore/service/transit")
        page.get_by_label("Find a reference").fill("zebra")
        page.keyboard.press("Enter")
        page.get_by_text("Try fewer words, a number, or begin with a goal.").wait_for()
        page.locator("main").get_by_role("link", name="Begin with a goal").click()
        assert page.url.endswith("/explore")


def test_why_beside_a_fault_a_step_and_a_limit_leads_to_its_reason(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        links = {each.get_attribute("href") for each in page.locator("main a[href^='/explore/']").all()}
        assert "/explore/operation/transit.lodge_declaration" in links
        assert "/explore/process/transit.departure" in links
        assert "/explore/type/CC029C" in links
        number = union.lodge(DECLARATION.replace(b"<grossMass>120.5<", b"<grossMass>0.5<", 1))  # R0994
        page.goto(page.url.replace(union.mrn, number) + "?country=FR")
        page.locator("section[aria-labelledby=h-faults]").wait_for(timeout=15_000)
        links |= {each.get_attribute("href") for each in page.locator("main a[href^='/explore/']").all()}
        assert any(each.startswith("/explore/rule/") for each in links), links
        dead = [each for each in links if page.evaluate("path => fetch(path).then(r => r.status)", each) != 200]
        assert dead == [], f"{TRADER} is led to pages that are not open to him"


def test_what_breaks_is_asked_before_anybody_builds_it(browser: Any, union: Union) -> None:
    with opened(browser, viewport=NARROW, java_script_enabled=False) as page:
        enter(page, union, "Architect", "/explore/operation/guarantees.use")
        page.get_by_role("link", name="What breaks if this changes?").click()
        page.get_by_label("What if it").select_option("retired")
        page.get_by_role("button", name="Work it out").click()
        touched = page.locator("section[aria-labelledby=h-touched] tbody th a").all_inner_texts()
        assert "transit.departure" in touched
        assert "CD203C" in touched
        assert len(touched) == 9
        page.get_by_role("link", name="Draw it as a graph").click()
        assert page.locator("svg.pic rect").count() == 10
        assert wide(page) <= 0
