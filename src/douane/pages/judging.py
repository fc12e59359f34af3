"""What stands against a page as it was drawn: headings, labels, errors, style, languages; each a sentence.

Blocks draw all of that by themselves. A module goes past them by HTML of its own, and what it says past ``Words`` is
not marked as English; both show in the page alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final

from douane.pages.assets import addresses, assets

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_FIELDS: Final = frozenset(("input", "select", "textarea"))
_CODE: Final = frozenset(("pre", "code"))
_OWN: Final = frozenset(("style", "font", "link", "script", "iframe", "object", "embed", "marquee", "center", "img"))
"""Elements with a look, a script or a place of their own."""
_LOOKS: Final = frozenset(("style", "color", "bgcolor", "face", "align", "background"))
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_MARKS: Final = re.compile(r"<span |</span>|&(amp|lt|gt|quot|#\d+);")
"""Marks of HTML that stand as text: they were escaped twice."""
_CLASS: Final = re.compile(r"\.([a-z][a-z0-9-]*)")


class Drawn(HTMLParser):
    """The main part of a page, read once. Of the rest its language and its first headings alone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.firsts = 0
        self.levels: list[int] = []
        self.fields: list[Mapping[str, str]] = []
        self.named: set[str] = set()
        self.forms: list[str] = []
        self.alerts: list[Mapping[str, str]] = []
        self.looks: list[str] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._empty: int | None = None
        self._posts = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        said = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = said.get("lang", "")
        self.firsts += tag == "h1"
        if self._inside(tag):
            self._element(tag, said)
        if tag not in _VOID:
            self._open.append((tag, said.get("lang", self._open[-1][1] if self._open else "")))

    def handle_endtag(self, tag: str) -> None:
        """It ends, and whatever was left open in it."""
        if tag in {each for each, _ in self._open}:
            while self._open.pop()[0] != tag:
                pass
        if tag == "form":
            self._posts = False

    def handle_data(self, data: str) -> None:
        """A text: noted with the language that it is marked with. What stands as code has none."""
        text = " ".join(data.split())
        code = any(tag in _CODE for tag, _ in self._open)
        if text and not code and self._inside("") and self._open[-1][1] in ("", self.language):
            self.texts.append(text)

    def _inside(self, tag: str) -> bool:
        return tag == "main" or any(each == "main" for each, _ in self._open)

    def _element(self, tag: str, said: Mapping[str, str]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in _FIELDS and said.get("type") not in ("hidden", "submit", "button"):
            self.fields.append(said)
        if tag == "label" and said.get("for"):
            self.named.add(said["for"])
        if tag == "form" and said.get("method", "").lower() == "post":
            self._posts = True
            self.forms.append(said.get("action", ""))
        if tag == "input" and said.get("name") == "token" and self._posts:
            self.forms.pop()
            self._posts = False
        if said.get("role") == "alert":
            self.alerts.append(said)
        self._look(tag, said)

    def _look(self, tag: str, said: Mapping[str, str]) -> None:
        if tag in _OWN:
            self.looks.append(f"<{tag}>")
        self.looks += [f"{name}={value[:40]!r}" for name, value in said.items() if name in _LOOKS or name[:2] == "on"]
        self.looks += [f"the class {each!r}" for each in said.get("class", "").split() if each not in _classes()]


@cache
def _classes() -> frozenset[str]:
    """Every class of our style sheet, and those of scripts and parts that have no look."""
    return frozenset(_CLASS.findall(assets()[addresses()["douane"]].content.decode()))


def against(page: Drawn) -> Iterator[str]:
    """What is wrong with a page in whatever language it is."""
    if not page.language:
        yield "the page does not say in which language it is."
    if page.firsts != 1:
        yield f"the page has {page.firsts} first headings: leave the one to the portal, which draws it of the title."
    for before, after in pairwise(page.levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}: no level is left out."
    for each in page.fields:
        if each.get("id", "") not in page.named and not each.get("aria-label") and not each.get("aria-labelledby"):
            yield f"the field {each.get('name', '')!r} has no label that is tied to it."
        if each.get("aria-invalid") == "true" and not each.get("aria-describedby"):
            yield f"the field {each.get('name', '')!r} does not say what is wrong with it."
    yield from (f"the form to {each!r} posts without a token: make it of a Form." for each in page.forms)
    for text in page.texts:
        if _MARKS.search(text):
            yield f"{text[:60]!r} shows its marks: make no str of what Words says, and join it as Markup."
    if any(each.get("id") != "errors" for each in page.alerts):
        yield "what is wrong is told in another way than by the summary of errors: give faults to a Form or an Act."
    yield from (f"{each} is a look of its own: use blocks and their tokens." for each in dict.fromkeys(page.looks))


def unmarked(english: Drawn, other: Drawn, told: str) -> Iterator[str]:
    """What stays English in a page of another language and is not marked so. told: what the answer holds, which
    needs no translation. A single word may be the same in two languages."""
    ours = set(english.texts)
    for text in dict.fromkeys(other.texts):
        if text in ours and len(_WORDS.findall(text)) > 1 and text not in told:
            yield f"{text[:60]!r} stands in English, unmarked, in a page in {other.language}: say it by Words.say."
