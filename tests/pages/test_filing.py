"""Filling in and sending in a browser: for another, refused at a field, corrected, released; also without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.pages.chromium import AXE, NO_AXE, missing
from tests.pages.states import NARROW, SMALLEST, enter
from tests.pages.test_browser import opened, wide
from tests.pages.union import Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
PRINCIPAL, REPRESENTATIVE = "FR40123456700017", "BE0123456789"
COUNTRY = "Consignment/CountryOfRoutingOfConsignment/3/country"


def copied(page: Any, union: Union) -> str:
    """A draft with what was declared before; its address."""
    page.get_by_role("button", name="Copy as new declaration").click()
    page.get_by_role("heading", name="What to fill in").wait_for()
    found: str = page.url
    return found


@pytest.mark.parametrize(
    "options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=["wide", "narrow", "without scripts"]
)
def test_a_declaration_is_copied_refused_at_its_field_corrected_and_released(
    browser: Any, union: Union, options: dict[str, Any]
) -> None:
    with opened(browser, **options) as page:
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        refused_corrected_released(page, union)


def refused_corrected_released(page: Any, union: Union) -> None:
    """From the page of a released movement: copy it, make it wrong, be refused at the field, correct, be released."""
    copied(page, union)
    page.get_by_role("link", name="Route").click()
    page.locator(f"[id='f-{COUNTRY}']").fill("ZZ")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="Places", level=1).wait_for()
    page.go_back()
    assert page.locator(f"[id='f-{COUNTRY}']").input_value() == "ZZ"
    page.goto(re.sub(r"/route.*", "/check", page.url))
    page.get_by_role("button", name="Send it to customs").click()
    page.get_by_role("heading", name="It was refused").wait_for()
    assert page.locator("section[aria-labelledby=h-faults] tbody tr").count() == 1
    page.get_by_role("button", name="Correct and send again").click()
    page.get_by_text("To be mended").wait_for()
    page.get_by_role("link", name="Route").click()
    alert = page.get_by_role("alert")
    assert alert.get_by_role("link").count() == 1
    alert.get_by_role("link").click()
    assert page.locator(f"[id='f-{COUNTRY}']").get_attribute("aria-invalid") == "true"
    page.locator(f"[id='f-{COUNTRY}']").fill("AT")
    page.get_by_role("button", name="Save for later").click()
    page.get_by_role("link", name="Check and send").click()
    page.get_by_role("button", name="Send it to customs").click()
    page.get_by_role("heading", name="It was received").wait_for()
    for _ in range(40):
        if page.get_by_text("released").count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError("the goods are not released")


def test_a_representative_signs_in_acts_for_another_is_refused_corrects_and_lodges(browser: Any, union: Union) -> None:
    signin, portal = (union.start.replace("localhost", f"{each}.localhost") for each in ("signin", "portal"))
    with opened(browser) as anne, opened(browser) as sofie:
        enter(anne, union, "Declarant at Lesquin", "/delegations")
        anne.get_by_text("Give a delegation").first.click()
        anne.get_by_label("Who may act").fill(REPRESENTATIVE)
        anne.get_by_role("button", name="Give a delegation").click()
        anne.get_by_text("waits for acceptance").wait_for()
        sofie.goto(f"{signin}/?anew=yes")
        sofie.locator("form[action='/begin'] [name=country]").select_option("BE")
        sofie.locator("form[action='/begin'] [name=actor]").select_option("economic operator")
        sofie.locator("form[action='/begin'] button").click()
        sofie.locator("button[value='be.sofie.peeters']").click()
        sofie.wait_for_url(f"{portal}/**")
        sofie.goto(f"{portal}/delegations/{PRINCIPAL}/{REPRESENTATIVE}")
        sofie.get_by_role("button", name="Accept the delegation").click()
        sofie.get_by_text("holds").wait_for()
        sofie.goto(signin)
        sofie.locator(f"form:has(input[name=acting_for][value='{PRINCIPAL}']) button").first.click()
        sofie.wait_for_url(f"{portal}/**")
        assert PRINCIPAL in sofie.locator(".strip").inner_text()
        sofie.goto(f"{portal}/cases/{union.mrn}")
        refused_corrected_released(sofie, union)
        anne.goto(f"{portal}/declare")
        row = anne.locator("section[aria-labelledby=h-drafts] tbody tr").first
        assert "be.sofie.peeters" in row.inner_text(), "the principal sees who did it"


def test_a_page_saves_itself_and_the_next_save_goes_on_from_there(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        draft = copied(page, union)
        page.goto(f"{draft}/route")
        page.locator(f"[id='f-{COUNTRY}']").fill("HU")
        page.keyboard.press("Tab")
        page.get_by_text("Saved", exact=False).first.wait_for()
        page.locator("[id='f-Consignment/countryOfDispatch']").fill("DE")
        page.keyboard.press("Tab")
        page.locator("#saved [name=turn][value='3']").wait_for(state="attached")
        page.get_by_role("button", name="Save for later").click()
        page.get_by_role("heading", name="What to fill in").wait_for()
        page.goto(f"{draft}/route")
        assert page.locator(f"[id='f-{COUNTRY}']").input_value() == "HU"
        assert page.locator("[id='f-Consignment/countryOfDispatch']").input_value() == "DE"


PAGES = ("", "/declaration", "/route?faults=shown", "/items", "/items/0.0", "/items/sheet", "/check")


def test_a_machine_finds_no_fault_of_access_in_what_is_filled_in(browser: Any, union: Union) -> None:
    if not AXE.exists():
        missing(NO_AXE)
    with opened(browser) as page:
        page.add_init_script(path=AXE)
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        draft = copied(page, union)
        page.goto(f"{draft}/route")
        page.locator(f"[id='f-{COUNTRY}']").fill("Austria")
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        faults = [("faulty", each) for each in _axe(page)]
        page.get_by_role("link", name="Overview").click()
        faults += [("overview", each) for each in _axe(page)]
        page.get_by_role("link", name="Declare", exact=True).first.click()
        faults += [("declare", each) for each in _axe(page)]
        for path in PAGES:
            page.goto(draft + path)
            faults += [(path, each) for each in _axe(page)]
            page.set_viewport_size(SMALLEST)
            assert wide(page) <= 0, path
            page.set_viewport_size({"width": 1280, "height": 800})
        assert faults == []


def _axe(page: Any) -> list[tuple[str, str]]:
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]]
