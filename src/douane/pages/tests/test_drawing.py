"""Every part in every state: complete, labelled, escaped, and nothing in it that the policy of the pages forbids."""

from __future__ import annotations

from importlib import resources

import pytest

from douane.pages import blocks
from douane.pages.blocks import Live, Page, Text
from douane.pages.drawing import _environment, _template, draw, draw_part, prepare, seen
from douane.pages.languages import COMPLETE, LANGUAGES, Words
from douane.pages.tests.linting import english_in, faults, parsed
from douane.pages.tests.specimen import FRAME, HOSTILE, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_fault_in_any_language(language: str) -> None:
    words = Words(language)
    assert faults(draw(page(words), FRAME, words)) == []


def test_what_others_wrote_is_escaped_everywhere() -> None:
    text = draw(page(Words()), FRAME, Words())
    assert HOSTILE not in text
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)") == 7
    assert parsed(text).xpath("//script/@src") == ["/assets/htmx.a0abb04f2f45.min.js"]


def test_the_faults_of_a_form_stand_above_it_and_at_their_fields() -> None:
    tree = parsed(draw(page(Words()), FRAME, Words()))
    (summary,) = tree.xpath("//div[@class='errors']")
    assert summary.get("autofocus") is not None
    assert [each.get("href") for each in summary.xpath(".//a")] == ["#f-mrn", "#f-lrn"]
    field = tree.get_element_by_id("f-mrn")
    assert field.get("aria-invalid") == "true"
    assert field.value == HOSTILE, "what was given is kept"
    assert "Give an MRN" in tree.get_element_by_id("e-mrn").text_content()
    assert tree.xpath("//title")[0].text.startswith("Error:")


def test_a_text_of_several_lines_keeps_its_first_one() -> None:
    tree = parsed(draw(page(Words()), FRAME, Words()))
    assert tree.get_element_by_id("f-body").text.lstrip("\r").endswith("\n<CC015C/>")


def test_a_live_part_is_drawn_alone_as_in_its_page_and_named_by_what_it_shows() -> None:
    one, other = (Live("now", "/live", (Text(text),)) for text in ("moving", "there"))
    assert draw_part(one, FRAME, Words()).strip() in draw(Page("x", (one,)), FRAME, Words())
    assert seen(one, FRAME, Words()) == seen(one, FRAME, Words()) != seen(other, FRAME, Words())


def test_a_language_without_catalogue_says_so_and_is_marked_as_english() -> None:
    text = draw(page(Words("mt")), FRAME, Words("mt"))
    assert '<html lang="en">' in text
    assert "This page is not translated into" in english_in(text)[0]


@pytest.mark.parametrize("language", COMPLETE)
def test_the_kit_itself_says_nothing_in_english_but_on_an_english_page(language: str) -> None:
    assert english_in(draw(page(Words(language)), FRAME, Words(language))) == (["English"] if language == "en" else [])


BAD: dict[str, str] = {
    "the id a stands 2 times": "<p id='a'><b id='a'>",
    "a style stands in the page": "<p style='x'>",
    "a script stands in the page": "<script>1</script>",
    "onclick runs a script": "<p onclick='x'>",
    "the field x has no label": "<input name='x'>",
    "the link #x leads nowhere": "<a href='#x'>x</a>",
    "a table has no caption": "<table><thead><tr><th scope='col'>x</table>",
    "a table has a column without heading": "<table><caption>x</caption><thead><tr><th></table>",
    "a row does not fit its table": "<table><thead><tr><th scope='col'>x<tbody><tr><td></table>",
    "heading 3 follows heading 1": "<h3>x</h3>",
    "a heading is empty": "<h2></h2>",
    "a a says nothing": "<a href='/x'></a>",
    "a picture has no name": "<svg></svg>",
    "a picture has no twin in words": "<figure></figure>",
    "the form to /x has no token": "<form method='post' action='/x'></form>",
}


@pytest.mark.parametrize("fault", BAD)
def test_the_linter_finds(fault: str) -> None:
    text = draw(Page("x", (Text("HERE"),)), FRAME, Words())
    assert faults(text) == []
    assert fault in faults(text.replace("<p>HERE</p>", BAD[fault]))


def test_every_kind_of_part_is_one_that_the_templates_draw() -> None:
    known = resources.files("douane.pages").joinpath("templates", "blocks.html").read_text(encoding="utf-8")
    classes = [each for each in vars(blocks).values() if isinstance(each, type)]
    kinds = [found.default for each in classes if (found := getattr(each, "__dataclass_fields__", {}).get("kind"))]
    assert len(kinds) > 10
    assert [kind for kind in kinds if f'b.kind == "{kind}"' not in known] == []


def test_nobody_who_comes_compiles_a_template() -> None:
    _template.cache_clear()
    prepare()
    assert _template.cache_info().currsize == len(_environment().list_templates())
