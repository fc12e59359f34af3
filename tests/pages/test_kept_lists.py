"""A list is kept under a name, found again, forgotten; without scripts, and told to nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.chromium import AXE, NO_AXE, missing
from tests.pages.states import SMALLEST, enter
from tests.pages.test_browser import opened, wide
from tests.pages.union import Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_a_list_is_kept_found_again_and_forgotten_by_who_kept_it(browser: Any, union: Union) -> None:
    with opened(browser, viewport=SMALLEST, java_script_enabled=False) as page:
        enter(page, union, "Declarant at Lesquin", "/cases")
        assert page.get_by_text("Kept list").count() == 0, "nothing is asked, nothing is kept: nothing is said"
        page.get_by_text("Choose what is shown").click()
        page.get_by_label("State").fill("released")
        page.get_by_role("button", name="Show these").click()
        page.get_by_text("Kept lists: 0").click()
        page.get_by_label("Name of this list").fill("What is <released>")
        page.get_by_role("button", name="Keep this list").click()
        assert "state=released" in page.url
        page.goto(page.url.partition("?")[0])
        page.get_by_role("link", name="What is <released>").click()
        assert page.url.endswith("/cases?state=released")
        assert wide(page) <= 0
        here = page.url
        with opened(browser) as other:
            enter(other, union, "Trader at Wien", "/cases")
            other.goto(here)
            assert other.get_by_text("What is <released>").count() == 0
        page.get_by_text("Forget a list").click()
        page.get_by_role("button", name="Forget it").click()
        assert page.get_by_role("link", name="What is <released>").count() == 0


def test_an_architect_keeps_a_search_and_a_machine_finds_no_fault_in_it(browser: Any, union: Union) -> None:
    if not AXE.exists():
        missing(NO_AXE)
    with opened(browser) as page:
        page.add_init_script(path=AXE)
        enter(page, union, "Architect", "/explore/find?q=guarantee")
        page.wait_for_url("**/explore/find?q=guarantee")
        page.get_by_text("Kept lists: 0").click()
        page.get_by_label("Name of this list").fill("Guarantees")
        page.get_by_role("button", name="Keep this list").click()
        page.get_by_role("link", name="Guarantees", exact=True).wait_for()
        page.get_by_text("Forget a list").click()
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]] == []


def test_a_form_that_was_made_up_keeps_nothing_but_what_the_list_declares(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Declarant at Lesquin", "/cases?state=released")
        page.wait_for_url("**/cases?state=released")
        page.get_by_text("Kept lists: 0").click()
        page.get_by_label("Name of this list").fill("x")
        page.evaluate("""() => { const form = document.querySelector("form[action='/kept-lists/keep']");
            form.querySelector("[name=path]").value = '/delegations'; }""")
        page.get_by_role("button", name="Keep this list").click()
        assert "There is no such list here" in page.locator("main").inner_text()
