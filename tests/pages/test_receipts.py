"""The receipt on pages: printed, its pack downloaded, and told to nobody else."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.pages.states import SMALLEST, enter, shown
from tests.pages.test_browser import opened, wide
from tests.pages.union import Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_a_trader_keeps_the_pack_of_his_declaration_without_scripts(browser: Any, union: Union, tmp_path: Path) -> None:
    with opened(browser, viewport=SMALLEST, java_script_enabled=False, accept_downloads=True) as page:
        shown(page, union, "receipt")
        assert wide(page) <= 0
        assert "SHA-256 of the message" in page.locator("main").inner_text()
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Download the evidence pack").click()
        path = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(path)
        assert path.suffix == ".zip"
        with zipfile.ZipFile(path) as pack:
            assert {"verify.py", "message/body", "log/evidence.json", "answer/receipt.json"} <= set(pack.namelist())
        here = page.url
    with opened(browser) as other:
        enter(other, union, "Trader at Wien", "/")
        other.goto(here)
        assert "Download the evidence pack" not in other.locator("main").inner_text()
        other.goto(here.replace("/receipts/", "/evidence/"))
        assert "No message of yours" in other.locator("main").inner_text()


def test_an_officer_of_the_case_has_it_too(browser: Any, union: Union) -> None:
    with opened(browser) as page:
        enter(page, union, "Officer at Lesquin", f"/cases/{union.mrn}")
        page.locator("a[href*='/receipts/']").first.click()
        page.get_by_role("link", name="Download the evidence pack").wait_for()
