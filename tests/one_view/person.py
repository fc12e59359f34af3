"""Somebody who signed in at the portal of the centre, by the start page as anybody does."""

from __future__ import annotations

import html
import json
import re
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from tests.hostile.browser import Browser, Seen
from tests.outside.door import Unexpected

PORTAL: Final = "portal.localhost"
PAGES: Final = 40
"""Pages of a list that are looked at."""


@dataclass
class Person:
    """A person of the demonstration. slowest: seconds that the slowest page took."""

    browser: Browser
    slowest: float = 0.0

    def page(self, path: str) -> Seen:
        """A page of the portal. Raises Unexpected where it is none."""
        began = time.monotonic()
        seen = self.browser.get(PORTAL, path)
        self.slowest = max(self.slowest, time.monotonic() - began)
        if seen.status != 200:
            raise Unexpected(f"{path} is answered with {seen.status}: {seen.text[:200]}")
        return seen

    def cases(self) -> list[dict[str, Any]]:
        """Every line of ``/cases``, in its order."""
        found: list[dict[str, Any]] = []
        after = ""
        for _ in range(PAGES):
            body = self.page(f"/cases?format=json{f'&after={quote(after)}' if after else ''}").body
            (asked,) = json.loads(body)["operations"]
            found += asked["answer"]["cases"]
            after = asked["answer"].get("after", "")
            if not after:
                return found
        raise Unexpected(f"the list of cases has more than {PAGES} pages")

    def line(self, name: str) -> dict[str, Any]:
        """The line of a case by one of its names. Raises Unexpected where the list has none."""
        found = [each for each in self.cases() if named(each, name)]
        if len(found) != 1:
            raise Unexpected(f"the list has {len(found)} lines for {name}")
        return found[0]

    def case(self, line: dict[str, Any]) -> Seen:
        """The page of a case that the list has."""
        return self.page(f"/cases/{line['reference']}?country={line['administration']}")

    def messages(self, line: dict[str, Any]) -> list[Seen]:
        """The page of each message of a case, oldest first."""
        ways = re.findall(rf"/cases/{line['reference']}/messages/[0-9]+[?]country=[A-Z]{{2}}", self.case(line).body)
        at = {int(way.rpartition("/")[2].partition("?")[0]): html.unescape(way) for way in ways}
        return [self.page(at[leaf]) for leaf in sorted(at)]


def signed_in(pages: int, client: str) -> Person:
    """Sign in as a person of the demonstration. Raises Unexpected where that leads elsewhere than to the portal."""
    browser = Browser(pages)
    came = browser.become(client)
    if came.host != PORTAL or came.status != 200:
        raise Unexpected(f"{client} comes to {came.host}{came.path}, {came.status}: {came.text[:200]}")
    return Person(browser)


def named(line: dict[str, Any], name: str) -> bool:
    """Whether a line is that of a case with a name."""
    return name in (line["reference"], *line["names"])


def short(line: dict[str, Any]) -> str:
    """A case and its state."""
    return f"{line['reference']} {line['state']}"
