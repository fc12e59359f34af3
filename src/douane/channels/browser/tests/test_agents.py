"""Names of browsers: the usual ones, and one that nobody knows."""

from __future__ import annotations

import pytest

from douane.channels.browser.agents import LONGEST, browser_and_system

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/156.0 Safari/537.36", ("Chrome", "Linux")),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/156.0 Safari/537.36 Edg/156.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0", ("Firefox", "Windows")),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) {WEBKIT} Version/19.0 Safari/605.1", ("Safari", "macOS")),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) {WEBKIT} CriOS/156.0 Mobile Safari/604.1", ("Chrome", "iOS")),
        (f"Mozilla/5.0 (Linux; Android 16) {WEBKIT} Chrome/156.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Telephone/2", ("Telephone/2", "")),
        ("x" * 200, ("x" * LONGEST, "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_and_its_system_have_names(agent: str, named: tuple[str, str]) -> None:
    assert browser_and_system(agent) == named
