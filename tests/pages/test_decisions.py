"""A trader and an officer decide in a browser, with and without scripts: form, grant, receipt, letter."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.customs_decisions.tests.samples import CGU
from tests.pages.states import NARROW, WIDE, enter
from tests.pages.union import Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def opened(page: Any, title: str) -> Any:
    """The form of an act, in the part that is opened for it."""
    part = page.locator("details", has=page.locator("summary", has_text=title))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part.locator("form")


def sent(page: Any, form: Any, button: str) -> None:
    """Press the button of a form, and wait until what came of it is told."""
    form.get_by_role("button", name=button).click()
    page.wait_for_url("**done=*")


def applied(page: Any, union: Union, own: str) -> str:
    """A guarantee that is applied for on the page; the reference of its case."""
    enter(page, union, "Declarant at Lesquin", "/decisions")
    page.get_by_role("link", name="Comprehensive guarantee", exact=True).click()
    form = opened(page, "Lodge the application")
    form.get_by_label("The applicant's own reference").fill(own)
    form.get_by_label("Customs office", exact=True).fill("FR005350")
    for number, value in CGU.items():
        field = form.locator(f"[name^='e{number.replace(' ', '_')}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    sent(page, form, "Lodge the application")
    page.goto(page.url.partition("/decisions")[0] + "/cases")
    case = page.locator("a[href*='/cases/FRCGUA']").first
    return str(case.get_attribute("href")).partition("/cases/")[2].partition("?")[0]


def received(page: Any, reference: str) -> None:
    """The holder confirms the act that was sent last."""
    page.goto(f"{page.url.partition('://')[0]}://{page.url.split('/')[2]}/applications/{reference}")
    sent(page, opened(page, "Confirm the receipt"), "Confirm the receipt")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_guarantee_is_applied_for_and_granted(browser: Any, union: Union, scripts: bool) -> None:
    trading = browser.new_context(viewport=NARROW, java_script_enabled=scripts).new_page()
    enter(trading, union, "Declarant at Lesquin", "/decisions")
    trading.get_by_role("link", name="Comprehensive guarantee", exact=True).click()
    form = opened(trading, "Lodge the application")
    form.get_by_label("The applicant's own reference").fill(f"browser-{scripts}")
    form.get_by_label("Customs office", exact=True).fill("FR005350")
    form.get_by_role("button", name="Lodge the application").click()
    trading.get_by_role("alert").wait_for()
    assert "46 01" in trading.get_by_role("alert").inner_text(), "what is missing is told above"
    form = opened(trading, "Lodge the application")
    for number, value in CGU.items():
        field = form.locator(f"[name^='e{number.replace(' ', '_')}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name="Lodge the application").click()
    trading.wait_for_url("**done=*")

    trading.goto(trading.url.partition("/decisions")[0] + "/cases")
    case = trading.locator("a[href*='/cases/FRCGUA']").first
    reference = str(case.get_attribute("href")).partition("/cases/")[2].partition("?")[0]

    deciding = browser.new_context(viewport=WIDE, java_script_enabled=scripts).new_page()
    enter(deciding, union, "Officer at Lesquin", f"/decisions/{reference}")
    form = opened(deciding, "Judge the acceptance")
    form.get_by_label("Accepted").select_option("true")
    form.get_by_role("button", name="Judge the acceptance").click()
    deciding.wait_for_url("**done=*")
    form = opened(deciding, "Decide on the application")
    form.get_by_label("Granted").select_option("true")
    form.get_by_label("Conditions of the decision").fill("46 04 000 291 BD")
    form.get_by_role("button", name="Decide on the application").click()
    deciding.wait_for_url("**done=*")

    trading.goto(trading.url.partition("/cases")[0] + f"/applications/{reference}")
    opened(trading, "Confirm the receipt").get_by_role("button", name="Confirm the receipt").click()
    trading.wait_for_url("**done=*")
    trading.get_by_role("link", name="1", exact=True).click()
    assert "Condition 46 04 000 291: BD" in trading.locator("main").inner_text()
    for each in (trading, deciding):
        each.context.close()


def test_an_authorisation_waits_for_formalities_until_its_officer_says_that_they_were_completed(
    browser: Any, union: Union
) -> None:
    trading = browser.new_context(viewport=NARROW).new_page()
    deciding = browser.new_context(viewport=WIDE).new_page()
    reference = applied(trading, union, "formalities")
    enter(deciding, union, "Officer at Lesquin", f"/decisions/{reference}")
    form = opened(deciding, "Judge the acceptance")
    form.get_by_label("Accepted").select_option("true")
    sent(deciding, form, "Judge the acceptance")
    form = opened(deciding, "Decide on the application")
    form.get_by_label("Granted").select_option("true")
    form.get_by_label("Conditions of the decision").fill("46 04 000 291 BD")
    form.get_by_label("Formalities to be completed first").fill("The guarantee is lodged")
    sent(deciding, form, "Decide on the application")
    received(trading, reference)
    assert "granted, not yet in effect" in trading.locator("main").inner_text()
    assert "when this was completed: The guarantee is lodged" in trading.locator("main").inner_text()
    deciding.goto(deciding.url.partition("?")[0])
    form = opened(deciding, "Act on the decision")
    form.get_by_label("Act", exact=True).select_option("commence")
    form.get_by_label("Ground", exact=True).select_option("formalities")
    form.get_by_label("Reasons").fill("The deed came")
    sent(deciding, form, "Act on the decision")
    received(trading, reference)
    assert "in force" in trading.locator("main").inner_text()
    for each in (trading, deciding):
        each.context.close()
