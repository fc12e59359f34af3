"""A linter for pages: what a reader with a screen reader, a keyboard or another language stumbles over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml import html

MARKS = re.compile(r"<span |</span>|&(amp|lt|gt|quot|#\d+);")
NAMED = ("input", "select", "textarea")


def parsed(text: str) -> Any:
    """A page as a tree; what a path finds in it is of many types, so Any is its honest one."""
    return html.document_fromstring(text)


def faults(text: str) -> list[str]:
    """What is wrong with a page; each a sentence."""
    page = parsed(text)
    return [
        *_identifiers(page),
        *_headings(page),
        *_labels(page),
        *_tables(page),
        *_names(page),
        *_policy(page),
        *_marks(page),
    ]


def _identifiers(page: Any) -> Iterator[str]:
    ids = [each.get("id") for each in page.xpath("//*[@id]")]
    yield from (f"the id {id} stands {n} times" for id, n in Counter(ids).items() if n > 1)
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for each in page.xpath(f"//*[@{name}]"):
            yield from (f"{name} names no {id}" for id in each.get(name).split() if id not in ids)
    for each in page.xpath("//a[starts-with(@href, '#')]"):
        if each.get("href")[1:] not in ids:
            yield f"the link {each.get('href')} leads nowhere"


def _headings(page: Any) -> Iterator[str]:
    if page.get("lang") is None or not page.get("lang"):
        yield "the page names no language"
    if len(page.xpath("/html/head/title[normalize-space()]")) != 1:
        yield "the page has no title"
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} first headings"
    body = [int(each.tag[1]) for each in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    for before, after in pairwise(body):
        if after > before + 1:
            yield f"heading {after} follows heading {before}"
    for each in page.xpath("//main//h1|//main//h2|//main//h3"):
        if not each.text_content().strip():
            yield "a heading is empty"
    if len(page.xpath("//main[@id='main']")) != 1 or not page.xpath("//a[@class='skip' and @href='#main']"):
        yield "nobody can skip to the content"


def _marks(page: Any) -> Iterator[str]:
    """What was escaped twice, so that a reader sees how it is marked."""
    for text in page.xpath("//main//text()[not(ancestor::pre or ancestor::code)]"):
        if MARKS.search(text):
            yield f"{text.strip()[:60]!r} shows its marks"


def _labels(page: Any) -> Iterator[str]:
    labelled = {each.get("for") for each in page.xpath("//label[normalize-space()]")}
    for each in page.xpath("|".join(f"//{tag}" for tag in NAMED)):
        if each.get("type") != "hidden" and each.get("id") not in labelled and not each.get("aria-label"):
            yield f"the field {each.get('name')} has no label"
    for each in page.xpath("//*[@aria-invalid]"):
        if not each.get("aria-describedby"):
            yield f"the field {each.get('name')} does not say what is wrong with it"
    for each in page.xpath("//form[@method='post']"):
        if not each.xpath(".//input[@name='token']"):
            yield f"the form to {each.get('action')} has no token"


def _tables(page: Any) -> Iterator[str]:
    for table in page.xpath("//table"):
        if not table.xpath("./caption[normalize-space()]"):
            yield "a table has no caption"
        heads = table.xpath("./thead/tr/th")
        if not heads or any(each.get("scope") != "col" or not each.text_content().strip() for each in heads):
            yield "a table has a column without heading"
        for row in table.xpath("./tbody/tr"):
            if len(row.xpath("./th[@scope='row']")) != 1 or len(row) != len(heads):
                yield "a row does not fit its table"


def _names(page: Any) -> Iterator[str]:
    for each in page.xpath("//a[@href]|//button|//summary"):
        if not each.text_content().strip() and not each.get("aria-label"):
            yield f"a {each.tag} says nothing"
    for each in page.xpath("//*[local-name()='svg']"):
        named = each.get("aria-label") or each.xpath("./*[local-name()='title'][normalize-space()]")
        if each.get("aria-hidden") != "true" and not named:
            yield "a picture has no name"
    for each in page.xpath("//figure"):
        if each.getnext() is None or each.getnext().tag != "details":
            yield "a picture has no twin in words"


def _policy(page: Any) -> Iterator[str]:
    """What the content security policy of our pages would not run or show."""
    if page.xpath("//*[@style]|//style"):
        yield "a style stands in the page"
    if page.xpath("//script[not(@src)]"):
        yield "a script stands in the page"
    yield from (
        f"{name} runs a script" for each in page.iter() for name in each.attrib if re.match(r"on[a-z]+\Z", str(name))
    )


def english_in(text: str) -> list[str]:
    """Pieces of a page of another language that are marked as English."""
    page = parsed(text)
    return [each.text_content() for each in page.xpath("//body//*[@lang='en']")]
