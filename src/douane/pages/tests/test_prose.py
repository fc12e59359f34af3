"""Running text: what of Markdown is taken, what is not, and that every page of the documentation is a sound page."""

from __future__ import annotations

import gzip
import re

import pytest
from lxml import html

from douane.pages.blocks import Frame, Page, Prose
from douane.pages.drawing import draw
from douane.pages.languages import Words
from douane.pages.manual import EXPLAINING, MOST, Manual, manual
from douane.pages.prose import Ways, prose
from douane.pages.tests.linting import faults

UNDER, MODEL = "/docs", "/explore"
SMALL = Manual({
    "README": "# First\n\nSee [b](b.md#part-two), [none](../src/x.py), `CC015C` and DOU-1001.\n",
    "b": "# B\n\n## Part two\n\nWords about `CC015C` here.\n\n```\n## no heading\n| `NO-NAME` |\n```\n",
    "errors": "# Errors\n\n| Code | Meaning |\n|---|---|\n| DOU-1001 | of an identifier |\n",
    "messages": "# Messages\n\n| Message | |\n|---|---|\n| `CC015C` | declaration |\n",
    "settings": "# Settings\n\n| S |\n|---|\n| `data` |\n| `store_size` |\n",
    "decisions/0001-x": "# 0001\n\nSee [b](../b.md).\n",
})  # fmt: skip


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ('[x](https://e.example/?a="&b)', '<p><a href="https://e.example/?a=%22&amp;b">x</a></p>'),
        ("[x](elsewhere.md)", "<p>x</p>"),
        ("![a picture](x.png)", "<p>a picture</p>"),
        ("*a* **b** `<c>`", "<p><em>a</em> <strong>b</strong> <code>&lt;c&gt;</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
    ],
)  # fmt: skip
def test_text_becomes_html_and_html_stays_text(source: str, becomes: str) -> None:
    assert re.sub(r"\s*\n\s*", "", str(prose(source, Ways()).html)) == becomes


def test_a_table_has_headers_numbers_and_no_style() -> None:
    made = prose("# T\n\n| | A |\n|---|---:|\n| x | 1 |\n", Ways())
    assert made.title == "T"
    assert '<th scope="col"><span class="out">Which</span></th><th scope="col" class="num">A</th>' in made.html
    assert '<th scope="row">x</th>' in made.html
    assert '<td class="num">1</td>' in made.html
    assert "style" not in made.html


def test_two_columns_without_headings_are_facts() -> None:
    made = prose("| | |\n|---|---|\n| Task | `X-1` |\n", Ways())
    assert made.html == '<dl class="facts">\n<div><dt>Task</dt><dd><code>X-1</code></dd></div>\n</dl>\n'


def test_a_name_is_explained_in_one_place_and_links_there_from_all_others() -> None:
    first = SMALL.page("README", under=UNDER)
    assert first is not None
    assert '<a href="/docs/messages#cc015c"><code>CC015C</code></a>' in first.html
    assert '<a href="/docs/errors#dou-1001">DOU-1001</a>' in first.html
    assert '<a href="/docs/b#part-two">b</a>' in first.html
    assert ">none<" not in first.html
    place = SMALL.page("messages", under=UNDER, model=MODEL)
    assert place is not None
    assert '<tr id="cc015c"><th scope="row"><a href="/explore/type/CC015C"><code>CC015C</code></a>' in place.html
    without = SMALL.page("messages", under=UNDER)
    assert without is not None
    assert "<a " not in without.html


def test_examples_explain_nothing_and_common_words_are_no_links() -> None:
    assert set(SMALL.names) == {"CC015C", "DOU-1001", "data", "store_size"}
    made = Manual({**SMALL.sources, "c": "# C\n\n`data` and `store_size`\n"}).page("c", under=UNDER)
    assert made is not None
    assert re.findall(r'href="([^"]+)"', made.html) == ["/docs/settings#store_size"]


def test_a_search_needs_every_word_and_begins_with_what_explains_a_name() -> None:
    assert [(f.part.page, f.part.id) for f in SMALL.search("part words")] == [("b", "part-two")]
    assert SMALL.search("CC015C")[0].part.page == "messages"
    assert SMALL.search("declaration zebra") == ()
    assert SMALL.search("   ") == ()
    assert SMALL.search("x" * 10_000) == ()


def test_a_search_is_bounded() -> None:
    assert len(manual().search("a")) == MOST + 1
    assert manual().search("<script> " * 1000) == manual().search("script " * 8)


def test_a_long_page_is_shown_in_parts_and_every_name_of_it_is_found_in_its_part() -> None:
    rows = "".join(f"| `DOU-{n}` | {n * 7919 % 10007} {n * 104729 % 10009} |\n" for n in range(1000, 3000))
    table = f"| Code | Meaning |\n|---|---|\n{rows}"
    long = f"# Errors\n\nSee [the last](#last-ones).\n\n## All\n\n{table}\n## Last ones\n\nx\n"
    made = Manual({"errors": long, "a-2": "# A\n", "b": "# B\n\nDOU-1000 [x](errors.md#last-ones) DOU-2999\n"})
    parts = [name for name in made.sources if name.startswith("errors")]
    assert len(parts) > 2
    assert {made.whole(name) for name in parts} == {"errors"}
    assert made.whole("a-2") == "a-2"
    links = re.findall(r'href="([^"]+)"', str((made.page("b", under=UNDER) or prose("", Ways())).html))
    last = f"{UNDER}/{parts[-1]}"
    assert links[:2] == [f"{UNDER}/errors#dou-1000", f"{last}#last-ones"]
    assert re.fullmatch(f"{UNDER}/errors-[0-9]#dou-2999", links[2])
    shown = [made.page(name, under=UNDER) for name in parts]
    assert f'<a href="{last}#last-ones">the last</a>' in str(shown[0] and shown[0].html)
    codes = [code for page in shown if page for code in re.findall(r'<tr id="dou-(\d+)">', page.html)]
    assert codes == [str(n) for n in range(1000, 3000)], "none is lost, none stands twice"
    for page in shown:
        assert page is not None
        assert page.html.count(f'<a href="{UNDER}/errors') >= len(parts) - 1
        assert "<table" not in page.html or "Meaning</th>" in page.html


@pytest.mark.slow
def test_no_page_of_the_documentation_is_larger_than_a_later_visit_may_be() -> None:
    frame = 1_000  # octets of menus and footer, compressed
    sizes = {name: len(gzip.compress(whole(name).encode(), 6)) + frame for name in manual().sources}
    assert {name: size for name, size in sizes.items() if size > 15_000} == {}
    assert max(sizes.values()) > 9_000, "they were drawn with their links"


def whole(name: str) -> str:
    found = manual().page(name, under=UNDER, model=MODEL)
    assert found is not None
    return draw(Page(found.title or name, (Prose(found.html),)), Frame("Douane", "/", "/"), Words())


@pytest.mark.slow
def test_every_page_of_the_documentation_is_a_sound_page() -> None:
    wrong = {name: found for name in manual().sources if (found := faults(whole(name)))}
    assert wrong == {}


@pytest.mark.slow
def test_every_link_of_the_documentation_leads_somewhere() -> None:
    ids = {name: page.ids for name in manual().sources if (page := manual().page(name, under=UNDER, model=MODEL))}
    places = {UNDER if name == "README" else f"{UNDER}/{name}": found for name, found in ids.items()}
    astray = []
    for name in manual().sources:
        page = manual().page(name, under=UNDER, model=MODEL)
        assert page is not None
        for link in html.fragment_fromstring(f"<div>{page.html}</div>").iterfind(".//a"):
            target, _, id = link.get("href", "").partition("#")
            if not target.startswith(UNDER) and target:
                continue
            known = places.get(target, frozenset()) if target else ids[name]
            if (target and target not in places) or (id and id not in known):
                astray.append((name, link.get("href")))
    assert astray == []


def test_an_element_of_the_model_has_its_place_in_the_documentation() -> None:
    assert manual().place_of("limit", "TRA-REPLY") == "/docs/time-limits#tra-reply"
    lodge = manual().place_of("operation", "transit.lodge_declaration")
    assert re.fullmatch("/docs/services-[0-9]#transitlodge_declaration", lodge), "in a later part of a long page"
    assert manual().place_of("rule", "TRA-REPLY") == ""
    assert manual().place_of("element", "nothing") == ""


def test_every_kind_of_name_is_explained() -> None:
    kinds = {place.kind for place in manual().names.values()}
    assert kinds == set(EXPLAINING.values())
    for name in ("transit.lodge_declaration", "CC015C", "C0030", "DOU-1003", "TRA-REPLY", "data", "douane doctor"):
        assert name in manual().names
