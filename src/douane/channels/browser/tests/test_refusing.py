"""Refusals as people read them."""

from __future__ import annotations

import pytest

from douane.channels.browser.refusing import refusal_page
from douane.pages.blocks import Frame
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.tests.linting import faults, parsed
from douane.vocabulary.errors import DouaneError, KeptElsewhere, Misdirected


def drawn(error: DouaneError, language: str = "en") -> str:
    words = Words(language)
    page = draw(refusal_page(error, "GET", "", words), Frame("Portal", "/", "/cases"), words)
    assert faults(page) == []
    return page


@pytest.mark.parametrize("language", COMPLETE)
def test_a_host_that_says_who_keeps_a_case_has_pages(language: str) -> None:
    kept, strange = KeptElsewhere("DE may keep it.", remedy="Ask there."), Misdirected("No pages.", remedy="Go.")
    titles = [parsed(drawn(each, language)).xpath("string(//h1)") for each in (kept, strange)]
    assert titles[0] == Words(language).plain("Not known here") != titles[1]
    assert titles[1] == Words(language).plain("This host has no pages")
    assert parsed(drawn(kept, language)).xpath("//main//a[@href='/']"), "a way on"
