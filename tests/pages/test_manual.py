"""The documentation on every shell, in process: pages, links, search, the glossary, and what a stranger gets."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from douane.channels.browser.visits import Answer, Site, View, Visit
from douane.pages.blocks import Frame, Page
from douane.pages.catalogue import terms
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.manual import UNDER
from douane.pages.tests.linting import faults
from douane.portal.about import ABOUT
from douane.vocabulary.errors import NotFound

SITE = Site("start", lambda words: words.plain("Customs union platform"), ABOUT)


async def _answer(view: View, visit: Visit) -> Answer:
    return await view.show(visit)


def shown(path: str, query: Mapping[str, str] | None = None, language: str = "en") -> str:
    """A page as its visitor gets it."""
    for view in SITE.views:
        found = view.match(path)
        if found is not None and view.route.method == "GET":
            visit = Visit(SITE, Words(language), None, "", path, path=found, query=query or {})
            page: Answer = asyncio.run(_answer(view, visit))
            assert isinstance(page, Page)
            return draw(page, Frame("Start", "/", path), Words(language))
    raise AssertionError(path)


@pytest.mark.parametrize("language", [*COMPLETE, "mt"])
@pytest.mark.parametrize("path", ["", "/settings", "/services-2", "/glossary", "/decisions/0097-pages"])
def test_pages_are_sound_in_every_language(path: str, language: str) -> None:
    text = shown(UNDER + path, language=language)
    assert faults(text) == []
    assert ("written in English" in text) == (language == "mt")


def test_the_first_page_leads_to_the_others_and_the_footer_to_it() -> None:
    text = shown(UNDER)
    assert '<a href="/docs/settings">Settings</a>' in text
    assert '<a href="/docs">Documentation</a>' in text


def test_a_search_shows_parts_or_says_what_to_do() -> None:
    found = shown(UNDER, {"find": "TRA-REPLY"})
    assert '<a href="/docs/time-limits#tra-reply">TRA-REPLY</a>' in found
    nothing = shown(UNDER, {"find": "zebra <script>"})
    assert "No part holds all of these words" in nothing
    assert "<script>" not in nothing.partition("<main")[2]
    assert 'value="zebra &lt;script&gt;"' in nothing
    assert faults(nothing) == faults(found) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "terms, not the vocabulary of the model"), ("de", "Begriffe, nicht das Vokabular des Modells"),
     ("fr", "termes, non le vocabulaire du modèle")],
)  # fmt: skip
def test_the_glossary_says_what_it_is_not(language: str, said: str) -> None:
    assert f"{len(terms())} {said}" in shown(f"{UNDER}/glossary", language=language)


def test_the_glossary_has_house_words_and_the_words_of_the_law() -> None:
    text = shown(f"{UNDER}/glossary")
    for word in ("door", "lane", "leaf", "circle of trust", "Abgangszollstelle", "UCC Article 5(35)"):
        assert word in text


@pytest.mark.parametrize("name", ["nothing", "..", "README", "decisions", "settings.md", "%2e%2e"])
def test_what_is_no_page_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        shown(f"{UNDER}/{name}")
