"""From the values of ``blocks`` to HTML: the only place that knows the templates."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from douane.pages.assets import addresses, assets
from douane.pages.blocks import Block, Frame, Inline, Link, Live, Page, Ref, Small, Tag, Time
from douane.pages.languages import LANGUAGES, Words

TABS_IN_A_ROW: Final = 8
"""Headings of the main menu that stand in a row; more of them stand behind one."""


def draw(page: Page, frame: Frame, words: Words) -> str:
    """A whole page."""
    text = _template("page.html").render(
        page=page, frame=frame, words=words, say=words.say, plain=words.plain, languages=LANGUAGES, zone=words.zone,
        assets=addresses(), tabs_in_a_row=TABS_IN_A_ROW,
    )  # fmt: skip
    below, query = page.keeps
    return _kept(text, below, query) if query else text


def draw_alone(page: Page, words: Words, more: str = "") -> str:
    """A page as one file that is whole in itself: with its own style, without scripts and without a way elsewhere.

    more: style of what only this page draws.
    """
    found = assets()[addresses()["douane"]].content.decode() + more
    style = Markup(found.replace("</", "<\\/"))  # noqa: S704 - our own style sheet
    return _template("alone.html").render(
        page=page, frame=Frame("", "", ""), words=words, say=words.say, plain=words.plain, style=style
    )


def _kept(text: str, below: str, query: str) -> str:
    """The same page, whose links below an address carry a query on; those that say of it themselves do not."""
    name = f"{query.partition('=')[0]}="

    def link(match: re.Match[str]) -> str:
        path, said, part = match[1], match[2] or "", match[3]
        if name in said:
            return match[0]
        return f'href="{path}{said}{"&amp;" if said else "?"}{escape(query)}{part}"'

    return re.sub(rf'href="({re.escape(below)}(?:/[^"?#]*)?)(\?[^"#]*)?((?:#[^"]*)?)"', link, text)


def draw_part(live: Live, frame: Frame, words: Words) -> str:
    """A live part alone, as its page holds it."""
    module: Any = _template("blocks.html").make_module({"frame": frame, "words": words, "say": words.say})
    return str(module.block(live))


def seen(live: Live, frame: Frame, words: Words) -> str:
    """A short name for what a live part shows, so that nothing is sent again that has not changed."""
    module: Any = _template("blocks.html").make_module({"frame": frame, "words": words, "say": words.say})
    return hashlib.sha256(str(module.blocks(live.blocks)).encode()).hexdigest()[:16]


def draw_saved(text: str, turn: int, words: Words) -> str:
    """What a form that saves itself is told: that it was, and how often by now."""
    module: Any = _template("blocks.html").make_module({"words": words, "say": words.say})
    return str(module.saved(text, turn))


def prepare() -> None:
    """Compile every template before anybody comes, or a stranger who comes first is charged more than his share."""
    for name in _environment().list_templates():
        _template(name)


@cache
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("douane.pages"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["inline"] = inline
    made.globals["seen"] = seen
    return made


def inline(value: Inline) -> Markup:
    """What stands in a line, as HTML."""
    match value:
        case Tag(word, tone, big, category):
            looks = " ".join(
                part for part in ("tag", tone.value, "big" if big else "", category and f"kind {category}") if part
            )
            return Markup('<span class="{}">{}</span>').format(looks, word)
        case Ref(text, href):
            shown = Markup('<span class="ref">{}</span>').format(text)
            return Markup('<a href="{}">{}</a>').format(href, shown) if href else shown
        case Link(text, href, button, media):
            look = Markup(' class="{}"').format(button) if button else Markup("")
            type_ = Markup(' type="{}"').format(media) if media else Markup("")
            return Markup('<a{} href="{}"{}>{}</a>').format(look, href, type_, text)
        case Small(text):
            return Markup("<small>{}</small>").format(inline(text))
        case Time(shown, iso):
            return Markup('<time datetime="{}">{}</time>').format(iso, shown)
        case tuple():
            return Markup("").join(inline(each) for each in value)
        case _:
            return escape(value)


__all__ = ["Block", "draw", "draw_alone", "draw_part", "draw_saved", "inline", "prepare"]
