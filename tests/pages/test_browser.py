"""The pages in Chromium: a newcomer's first way, wide, narrow and without scripts; live parts; what a machine finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from douane.model.circles import Platform
from douane.portal.start import WAYS, WayIn
from douane.simulator.chapters import TRANSIT
from douane.simulator.exchanges import Outcome
from douane.simulator.report.page import Union as Report
from douane.simulator.report.page import render
from tests.pages.chromium import AXE, NO_AXE, missing
from tests.pages.states import NARROW, SMALLEST, STATES, WIDE, enter, shown
from tests.pages.union import TRADER, Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


REFUSED = ("ERR_INTERNET_DISCONNECTED", "401", "404", "421", "422")
"""Statuses of refusals that tests ask for; the console tells them too."""
OF_OTHERS = ("https://id.", "https://saml.")
"""Where foreign providers are, on the shape of production."""


@contextmanager
def opened(browser: Any, **options: Any) -> Iterator[Any]:
    """A page in a context of its own; whatever its console says fails the test."""
    context = browser.new_context(**{"viewport": WIDE, **options})
    page = context.new_page()
    said: list[str] = []

    def heard(message: Any) -> None:
        theirs = message.location["url"].startswith(OF_OTHERS) or page.url.startswith(OF_OTHERS)
        if message.type in ("error", "warning") and not theirs:  # a provider's page may want fonts from anywhere
            said.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        yield page
        wrong = [each for each in said if not any(status in each for status in REFUSED)]
        assert wrong == [], wrong
    finally:
        context.close()


def wide(page: Any) -> int:
    """Pixels by which a page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


@pytest.mark.parametrize(
    "options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=["wide", "narrow", "without scripts"]
)
def test_a_newcomer_finds_his_movement_and_plays_the_other_side(
    browser: Any, union: Union, options: dict[str, Any]
) -> None:
    with opened(browser, **options) as page:
        page.goto(f"{union.start}/")  # the one address that is typed
        page.get_by_role("button", name="Declarant at Lesquin").click()
        assert page.url.startswith("http://portal.localhost:")
        assert "once=" not in page.url
        page.get_by_role("link", name=union.mrn).click()
        assert page.get_by_role("heading", level=1).inner_text() == union.mrn
        assert page.locator(".state .tag").first.inner_text() == "released"
        assert page.locator("svg.bpmn .bpmn-now").count() == 1, "the token is where the case stands"
        for twin in page.get_by_text("The same in words").all():  # of the procedure, and of that which it called
            twin.click()
        assert any("Until the goods arrive" in each for each in page.locator("details li.now").all_inner_texts())
        page.get_by_role("link", name="Play the other side").click()
        page.get_by_role("button", name="Officer at Lesquin").click()
        assert page.url == f"http://desk.localhost:{page.url.rpartition(':')[2].partition('/')[0]}/cases/{union.mrn}"
        assert page.get_by_text("competent authority").count() == 1
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("heading", name="A customs union that you can run yourself").wait_for()
        page.go_back()
        page.reload()
        assert "Sign in to see this page" in page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(
    "options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=["wide", "narrow", "without scripts"]
)
def test_the_other_side_is_played_passage_and_control_are_recorded_and_the_trader_sees_it(
    browser: Any, union: Union, options: dict[str, Any]
) -> None:
    mrn, scripts = union.released(), options.get("java_script_enabled", True)
    with opened(browser, **options) as trader, opened(browser, **options) as page:
        enter(trader, union, "Declarant at Lesquin", f"/cases/{mrn}")
        assert trader.get_by_role("link", name="Play the other side").count() == union.show, "nobody plays what counts"
        enter(page, union, "Officer at Weil am Rhein", f"/cases/{mrn}")
        assert page.get_by_role("textbox", name="Office of transit").first.input_value() == "DE004055"
        page.get_by_role("textbox", name="Office of transit").first.fill("Weil am Rhein")
        page.get_by_role("button", name="Record the passage").click()
        assert page.get_by_role("heading", name="There is a problem").is_visible()
        if scripts:
            assert page.evaluate("document.activeElement.id") == "errors", "the summary has the focus"
        assert page.title().startswith("Error:")
        said = page.get_by_role("alert").get_by_role("link")
        assert "Two letters, then six letters or digits" in said.inner_text(), "no expression, but words"
        said.click()
        assert page.get_by_role("textbox", name="Office of transit").first.get_attribute("aria-invalid") == "true"
        page.get_by_role("textbox", name="Office of transit").first.fill("DE004055")
        page.get_by_role("button", name="Record the passage").click()
        page.get_by_text("It is recorded.").wait_for()
        assert page.locator(".state .tag").first.inner_text() == "passed"
        assert page.get_by_role("button", name="Record the passage").count() == 0
        enter(page, union, "Officer at Wien", f"/cases/{mrn}")
        assert page.get_by_role("button", name="Record the control results").count() == 0, "nothing has arrived"
        union.arrive(mrn)
        if not scripts:
            again(page, "Record the control results")
        page.get_by_role("link", name="Record the control results").click(timeout=15_000)
        page.get_by_role("combobox", name="Result of the control").select_option("A1")
        page.get_by_role("button", name="Record the control results").click()
        page.get_by_text("It is recorded.").wait_for()
        if scripts:
            trader.locator(".state .tag", has_text="discharged").wait_for(timeout=15_000)
        else:
            again(trader, "discharged")


def again(page: Any, text: str) -> None:
    """Load a page until it shows a text."""
    for _ in range(40):
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"{text!r} is not shown")


def test_a_case_is_found_by_its_reference_and_a_refused_one_says_how_to_mend_it(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin")
        page.get_by_label("Find a reference").fill(f" {union.mrn} ")
        page.get_by_role("button", name="Find").click()
        page.wait_for_url(f"**/cases/{union.mrn}")
        page.goto(page.url.replace(union.mrn, union.refused) + "?country=FR")
        row = page.locator("section[aria-labelledby=h-faults] tbody tr").first
        assert "/CC015C" in row.inner_text()
        assert all(cell.inner_text().strip() for cell in row.locator("td").all()[:1])
        page.get_by_label("Find a reference").fill("26FR0000000000000")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases/26FR0000000000000")
        assert page.get_by_role("heading", level=1).inner_text() == "There is no such page"


def test_what_happens_appears_without_loading_the_page_again(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin")
        page.get_by_role("link", name="Cases", exact=True).click()
        page.wait_for_url("**/cases")
        page.evaluate("window.loaded = 'once'")
        union.lodge()
        page.get_by_text(f"QS-{union.lodged:07d}").first.wait_for(timeout=15_000)
        assert page.evaluate("window.loaded") == "once"


@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.name)
def test_each_way_in_lands_on_work(browser: Any, union: Union, way: WayIn) -> None:
    """As somebody who may do it: on the page itself, not on an overview or a refusal."""
    with opened(browser) as page:
        page.goto(f"{union.start}/")
        with page.expect_navigation(wait_until="load"):
            page.locator(f"button[name='way'][value='{way.name}']").click()
        assert page.url.partition("/")[2].partition("/")[2].partition("/")[2] == way.path[1:]
        assert page.get_by_role("heading", level=1).count() == 1
        assert not page.title().startswith("Error")
        assert page.locator("main :is(a, button)").count() > 0


def test_the_report_of_a_run_has_no_error_in_the_console(browser: Any, union: Union) -> None:
    pages = union.node.node.pages
    assert pages is not None
    pages.moving.written = lambda name: page_of_a_report().encode() if name == "index.html" else None
    said: list[str] = []
    try:
        with opened(browser) as page:
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{union.start}/report")
            page.get_by_role("heading", level=1).wait_for()
            assert page.url.endswith("/report/index.html")
    finally:
        pages.moving.written = lambda _name: None
    assert said == []


def page_of_a_report() -> str:
    """The first page of a report of a journey."""
    outcome = Outcome("01-movement", TRANSIT, "From Lesquin to Wien", "A story", started=1, ended=2)
    return render([outcome], Report(0, 1, [], "FR", ("DE",), 1))


def test_the_clock_of_the_union_is_set_a_day_ahead(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        page.goto(f"{union.start}/")
        before = page.locator(".strip .clock b").inner_text()
        page.get_by_role("button", name="Set it a day ahead").click()
        for _ in range(40):
            page.wait_for_timeout(250)
            page.reload()
            if page.locator(".strip .clock b").inner_text()[:3] != before[:3]:
                return
        raise AssertionError("the clock stands still")


def test_an_entrance_is_spent_and_the_way_back_shows_nothing(browser: Any, union: Union) -> None:
    pages = union.node.node.pages
    assert pages is not None
    url = f"{pages.url('portal')}/enter?once={pages.sessions.invite(TRADER, Platform.SPEED2)}"
    with opened(browser) as page:
        page.goto(url)
        assert page.url.endswith("/overview")
    with opened(browser) as other:
        other.goto(url)
        assert "Sign in to see this page" in other.content()


FIRST_BYTES, LATER_BYTES = 60 * 1024, 15 * 1024
"""What a page may weigh as it is sent: at a first visit with all that it is drawn with, and later."""


@pytest.mark.parametrize("state", STATES)
def test_a_machine_finds_no_fault_of_access(browser: Any, union: Union, state: str) -> None:
    if not AXE.exists():
        missing(NO_AXE)
    for scheme in ("light", "dark"):
        with opened(browser, color_scheme=scheme) as page:
            page.add_init_script(path=AXE)
            shown(page, union, state)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            faults = [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]]
            assert faults == []


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_light_and_nothing_in_it_is_wider_than_the_smallest_window(
    browser: Any, union: Union, state: str
) -> None:
    """First visit: with all that it is drawn with. Later one: the page alone, since browsers keep the rest."""
    script = """() => { const page = performance.getEntriesByType('navigation')[0].encodedBodySize,
        parts = performance.getEntriesByType('resource').filter(e => e.name.includes('/assets/'));
        return [page, parts.reduce((sum, e) => sum + e.encodedBodySize, page)] }"""
    with opened(browser, viewport=SMALLEST) as page:
        shown(page, union, state)
        assert wide(page) <= 0
        page.wait_for_load_state("load")
        later, first = page.evaluate(script)
        assert 0 < later < LATER_BYTES
        assert later + 10_000 < first < FIRST_BYTES


@pytest.mark.parametrize("state", ["start", "cases", "case", "refused"])
def test_nothing_stands_out_of_its_card(browser: Any, union: Union, state: str) -> None:
    script = """() => [...document.querySelectorAll('.card table, .card dl, .card form')].filter(e =>
        e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right).map(e => e.outerHTML)"""
    for viewport in (WIDE, NARROW):
        with opened(browser, viewport=viewport) as page:
            shown(page, union, state)
            assert page.evaluate(script) == []


@pytest.mark.parametrize("state", ["start", "case"])
def test_whoever_has_only_a_keyboard_reaches_everything_and_sees_where_he_is(
    browser: Any, union: Union, state: str
) -> None:
    """Each place the tab key leads to is seen, not behind something else, and marked."""
    script = """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
        const hit = document.elementFromPoint(r.x + r.width / 2, r.y + Math.min(r.height / 2, 20));
        return {name: e.tagName, text: (e.innerText || e.getAttribute('aria-label') || e.name || '').slice(0, 40),
                seen: !hit || e.contains(hit) || hit.contains(e), outline: s.outlineStyle, wide: r.width} }"""
    with opened(browser) as page:
        shown(page, union, state)
        places = []
        for _ in range(80):
            page.keyboard.press("Tab")
            place = page.evaluate(script)
            if place["name"] == "BODY":
                break
            places.append(place)
        assert places[0]["text"] == "Skip to the content"
        assert len(places) > 8
        assert [each for each in places if not each["seen"] or each["outline"] == "none"] == []


def test_the_labels_of_the_circles_stand_inside_their_boxes_and_apart(browser: Any, union: Union) -> None:
    script = """() => { const svg = document.querySelector('svg.pic[viewBox="0 0 512 312"]');
        const boxes = [...svg.querySelectorAll('rect')].map(e => e.getBBox());
        const texts = [...svg.querySelectorAll('text')].map(e => ({t: e.textContent, b: e.getBBox()}));
        const inside = t => boxes.some(b => t.b.x >= b.x && t.b.x + t.b.width <= b.x + b.width &&
            t.b.y >= b.y && t.b.y + t.b.height <= b.y + b.height);
        const meet = (a, b) => a.b.x < b.b.x + b.b.width && b.b.x < a.b.x + a.b.width &&
            a.b.y < b.b.y + b.b.height && b.b.y < a.b.y + a.b.height;
        return [texts.filter(t => !inside(t)).map(t => t.t),
                texts.flatMap((a, i) => texts.slice(i + 1).filter(b => meet(a, b)).map(b => [a.t, b.t]))] }"""
    for language in ("en", "fr", "de"):
        with opened(browser, locale=language) as page:
            page.goto(f"{union.start}/")
            assert page.evaluate(script) == [[], []], language


def test_a_first_visit_is_light_and_a_later_one_lighter(browser: Any, union: Union) -> None:
    script = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, each) => sum + each.transferSize, 0)"""
    with opened(browser) as page:
        page.goto(f"{union.first}/")
        page.wait_for_load_state("load")
        assert 10_000 < page.evaluate(script) < 60 * 1024
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        page.reload()
        page.wait_for_load_state("load")
        assert 0 < page.evaluate(script) < 15 * 1024


def test_pages_of_the_other_languages_are_whole(browser: Any, union: Union) -> None:
    with opened(browser, locale="fr") as page:
        enter(page, union, "Déclarant à Lesquin", f"/cases/{union.mrn}")
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.locator(".state .tag").first.inner_text() == "mainlevée donnée"
        page.get_by_role("link", name="Langue").click()
        page.get_by_role("link", name="Deutsch").click()
        assert page.locator(".state .tag").first.inner_text() == "überlassen"
        assert page.url.endswith(f"/cases/{union.mrn}")
