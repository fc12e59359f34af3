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
