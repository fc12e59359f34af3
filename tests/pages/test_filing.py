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
    signin, portal = union.site("signin"), union.site("portal")
    with opened(browser) as anne, opened(browser) as sofie:
        enter(anne, union, "Declarant at Lesquin", "/delegations")
        proven(anne, union, "fr.anne.martin")
        anne.get_by_text("Give a delegation").first.click()
        anne.get_by_label("Who may act").fill(REPRESENTATIVE)
        anne.get_by_role("button", name="Give a delegation").click()
        anne.get_by_text("waits for acceptance").wait_for()
        sofie.goto(f"{signin}/?anew=yes")
        sofie.locator("form[action='/begin'] [name=country]").select_option("BE")
        sofie.locator("form[action='/begin'] [name=actor]").select_option("economic operator")
        sofie.locator("form[action='/begin'] button").click()
        union.proves(sofie, "be.sofie.peeters")
        sofie.wait_for_url(f"{portal}/**")
        sofie.goto(f"{portal}/delegations/{PRINCIPAL}/{REPRESENTATIVE}")
        proven(sofie, union, "be.sofie.peeters")
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


def proven(page: Any, union: Union, account: str) -> None:
    """Prove anew who one is where a page asks for it: not every provider says when it last did."""
    link = page.get_by_role("link", name="Prove who you are")
    if link.count():
        link.first.click()
        union.proves(page, account)


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


WHERE = """() => { const e = document.activeElement;
    return [e.id, (e.innerText || e.getAttribute('aria-label') || e.value || '').trim()]; }"""


def tabbed(page: Any, to: str) -> None:
    """Go by the tab key until what has the focus is called so, or has this id."""
    page.locator("h1").first.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if to in page.evaluate(WHERE):
            return
    raise AssertionError(f"the tab key does not lead to {to!r}")


def entered(page: Any, to: str, then: str) -> None:
    """Follow a link or press a button by the keyboard; ``then``: the heading that appears."""
    tabbed(page, to)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=then, exact=True).first.wait_for()


def test_a_declaration_is_copied_refused_at_its_field_corrected_and_sent_by_keyboard_alone(
    browser: Any, union: Union
) -> None:  # fmt: skip
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        entered(page, "Copy as new declaration", "What to fill in")
        entered(page, "Route", "Route")
        tabbed(page, f"f-{COUNTRY}")
        page.keyboard.type("ZZ")
        entered(page, "Save for later", "What to fill in")
        entered(page, "Check and send", "Check and send")
        entered(page, "Send it to customs", "It was refused")
        entered(page, "Correct and send again", "What to fill in")
        entered(page, "Route", "Route")
        tabbed(page, f"f-{COUNTRY}")
        page.keyboard.type("AT")
        entered(page, "Save for later", "What to fill in")
        entered(page, "Check and send", "Check and send")
        entered(page, "Send it to customs", "It was received")


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without"])
def test_a_file_is_added_one_that_lies_is_told_at_its_field_and_a_lost_connection_is_said(
    browser: Any, union: Union, scripts: bool
) -> None:  # fmt: skip
    with opened(browser, java_script_enabled=scripts) as page:
        enter(page, union, "Declarant at Lesquin", f"/cases/{union.mrn}")
        draft = copied(page, union)
        page.goto(f"{draft}/attachments")
        lie = {"name": "invoice.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" + b"x" * 50}
        page.locator("input[type=file]").set_input_files(files=lie)
        page.get_by_role("button", name="Add the file").click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        assert "says that it is something else" in page.locator("main").inner_text()
        page.goto(f"{draft}/attachments")
        true = {"name": "invoice.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"x" * 3_000_000}
        if scripts:
            page.locator("input[type=file]").set_input_files(files=true)
            page.context.set_offline(True)
            page.get_by_role("button", name="Add the file").click()
            page.get_by_text("The connection was lost.", exact=False).wait_for()
            page.context.set_offline(False)
            assert page.locator("progress").is_hidden()
            page.evaluate("""() => new MutationObserver(() => sessionStorage.setItem("far", "told"))
                .observe(document.querySelector("progress"), {attributes: true})""")
        page.locator("input[type=file]").set_input_files(files=true)
        page.get_by_role("button", name="Add the file").click()
        page.get_by_role("cell", name="application/pdf").wait_for()
        assert "3000008" in page.locator("main").inner_text()
        assert not scripts or page.evaluate("sessionStorage.getItem('far')") == "told", "how far it is was shown"


PAGES = (
    "", "/declaration", "/route?faults=shown", "/items", "/items/0.0", "/items/sheet", "/check", "/attachments",
    "/parties?one=", "/route?one=", "/items/0.0?one=",
)  # fmt: skip


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
