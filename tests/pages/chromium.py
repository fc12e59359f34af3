"""A real browser for tests: Chromium as the system has it, one for a session, a context for each test.

Without it tests are skipped with one line, or fail where ``CI`` is set. Hosts below ``localhost`` are resolved by the
browser itself, whatever the system's resolver says of them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

MISSING: Final = "No Chromium on this machine: install the package chromium to run tests in a browser"
NO_AXE: Final = "No axe-core in build/axe: run tools/axe.sh to check accessibility by machine"
AXE: Final = Path(__file__).parents[2] / "build" / "axe" / "axe.min.js"
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP *.localhost 127.0.0.1")


def missing(text: str) -> None:
    """Skip, or fail where everything must be there."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(text)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser as long as the block lasts; of Playwright's types only what is used is known here."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
