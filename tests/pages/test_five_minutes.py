"""The first five minutes of a newcomer as one way: one address typed, few clicks, wide, narrow and without scripts.

From the start page to a movement, a copy of it that is refused at a field, corrected and released, the other side
played, the reason of what stands there, and what breaks if that changes. "Break something" is left out: it needs nodes
in processes of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.pages.states import NARROW
from tests.pages.test_browser import again, opened
from tests.pages.test_filing import COUNTRY
from tests.pages.union import Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
MOST_CLICKS = 25


@dataclass
class Newcomer:
    """Somebody who clicks on what he reads, and types into no address bar after the first time."""

    page: Any
    clicks: int = 0

    def link(self, name: str) -> None:
        self._click(self.page.locator("main").get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self._click(self.page.get_by_role("button", name=name).first)

    def _click(self, place: Any) -> None:
        self.clicks += 1
        place.click()

    def reads(self, heading: str) -> None:
        self.page.get_by_role("heading", name=heading).first.wait_for()

    def declares(self, country: str) -> None:
        """Fill in the last country of the route, and send."""
        self.link("Route")
        self.page.locator(f"[id='f-{COUNTRY}']").fill(country)
        self.button("Save for later")
        self.link("Check and send")
        self.button("Send it to customs")


@pytest.mark.parametrize(
    "options", [{}, {"viewport": NARROW}, {"java_script_enabled": False}], ids=["wide", "narrow", "without scripts"]
)
def test_a_newcomer_goes_from_the_start_page_to_what_breaks(
    browser: Any, union: Union, options: dict[str, Any]
) -> None:
    with opened(browser, **options) as page:
        newcomer = Newcomer(page)
        page.goto(f"{union.start}/")
        newcomer.button("Declarant at Lesquin")
        newcomer.link(union.mrn)
        assert page.locator("svg.bpmn .bpmn-now").count() == 1
        newcomer.reads("What can happen next")
        newcomer.button("Copy as new declaration")
        newcomer.reads("What to fill in")
        newcomer.declares("ZZ")
        newcomer.reads("It was refused")
        newcomer.button("Correct and send again")
        newcomer.declares("AT")
        newcomer.reads("It was received")
        again(page, "released")
        newcomer._click(page.locator("main").get_by_role("link").first)
        newcomer.link("Play the other side")
        newcomer.button("Officer at Weil am Rhein")
        page.get_by_role("textbox", name="Office of transit").first.fill("DE004055")
        newcomer.button("Record the passage")
        page.get_by_text("It is recorded.").wait_for()
        newcomer._click(page.locator("main a[href^='/explore/']").first)
        newcomer.link("What breaks if this changes?")
        assert page.locator("section[aria-labelledby=h-touched] tbody th a").count() > 0
        assert newcomer.clicks <= MOST_CLICKS
