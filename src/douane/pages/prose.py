"""Running text from Markdown: headings, paragraphs, lists, tables and examples, as HTML that the kit's rules hold for.

HTML in a source is text. Every link is asked of ``Ways``: one that leads nowhere stays as words. A wide table or
example scrolls by itself, and can be reached by keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_OUTSIDE: Final = ("https://", "http://", "mailto:")
_NAME: Final = re.compile(r"[A-Za-z][\w.]*(?:-[\w.]+)*")
_MARKED: Final = re.compile(r"\d|\.\w|-[A-Z]")
"""What tells a name from a word of running text: a figure, a part after a full stop, a part in capitals."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where links and names of a page lead; an empty address where nowhere.

    to: of the target of a link. name: of a name that stands in the text. outward: of a name where it is explained.
    """

    to: Callable[[str], str] = lambda _target: ""
    name: Callable[[str], str] = lambda _name: ""
    outward: Callable[[str], str] = lambda _name: ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text: its title, the rest as HTML, the headings of its parts (level, id, text), ids that something can name."""

    title: str
    html: Markup
    headings: tuple[tuple[int, str, str], ...]
    ids: frozenset[str]


@dataclass(slots=True)
class _State:
    """What one rendering knows. names: whether its headings and rows explain names."""

    ways: Ways
    explains: bool
    ids: dict[str, None] = field(default_factory=dict)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    tables: int = 0

    def id(self, text: str) -> str:
        """An id for a place, as its text says; with a number where the text stands there twice."""
        wanted = slug(text) or "part"
        made, number = wanted, 0
        while made in self.ids:
            number += 1
            made = f"{wanted}-{number}"
        self.ids[made] = None
        return made


def prose(source: str, ways: Ways, *, explains: bool = False) -> Prose:
    """A text as HTML. explains: names in its headings and in the first cells of its tables are explained there."""
    tokens = _parser().parse(source)
    title, rest = _titled(tokens)
    state = _State(ways, explains)
    html = Markup("").join(_blocks(rest, state))
    return Prose(title, html, tuple(state.headings), frozenset(state.ids))


def slug(text: str) -> str:
    """The id of a heading, as forges make it; a name keeps its full stops."""
    return re.sub(r"[^\w. -]", "", text.strip().lower()).strip(".").replace(" ", "-")


def heading_id(text: str) -> str:
    """The id that a forge gives to a heading, which links name."""
    return re.sub(r"[^\w -]", "", text.strip().lower()).replace(" ", "-")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _titled(tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """The first heading, and what follows it."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _words(tokens[1]), tokens[3:]
    return "", tokens


def _words(token: Token) -> str:
    """The text of a line without its marks."""
    return "".join(each.content for each in token.children or () if each.type in ("text", "code_inline"))


def _blocks(tokens: Sequence[Token], state: _State) -> Iterator[Markup]:
    n = 0
    while n < len(tokens):
        token = tokens[n]
        match token.type:
            case "heading_open":
                yield _heading(token, tokens[n + 1], state)
            case "table_open":
                end = next(at for at in range(n, len(tokens)) if tokens[at].type == "table_close")
                yield _table(tokens[n:end], state)
                n = end
            case "inline":
                explained = state.explains and tokens[n - 1].type == "heading_open"
                yield _inline(token.children or (), state, outward=explained)
            case "fence" | "code_block":
                yield Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(token.content)
            case "hr":
                yield Markup("<hr>\n")
            case _:
                yield _tag(token) if not token.hidden else Markup("")
        n += 1


def _tag(token: Token) -> Markup:
    return Markup("<{}{}>").format("/" if token.nesting < 0 else "", token.tag)


def _heading(token: Token, line: Token, state: _State) -> Markup:
    text = _words(line)
    id = state.id(heading_id(text))
    state.headings.append((int(token.tag[1]), id, text))
    return Markup('<{} id="{}">').format(token.tag, id)


def _table(tokens: Sequence[Token], state: _State) -> Markup:
    """A table; one of two columns without headings is a list of facts."""
    rows: list[list[tuple[Token, bool]]] = []
    for n, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append((tokens[n + 1], "right" in str(token.attrs.get("style", ""))))
    head, *body = rows
    if len(head) == 2 and not any(_words(cell) for cell, _ in head):
        facts = (
            Markup("<div><dt>{}</dt><dd>{}</dd></div>\n").format(*(_inline(c.children or (), state) for c, _ in row))
            for row in body
        )
        return Markup('<dl class="facts">\n{}</dl>\n').format(Markup("").join(facts))
    state.tables += 1
    heads = (_cell(cell, "th", "col", number, state, what="Which") for cell, number in head)
    name = f"{state.headings[-1][2]}, " if state.headings else ""
    return Markup(
        '<div class="scroll" tabindex="0" role="group" aria-label="{name}table {number}"><table class="dense">\n'
        '<caption class="out">{name}table {number}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>'
        "</table></div>\n"
    ).format(
        name=name, number=state.tables, heads=Markup("").join(heads), rows=Markup("").join(_rows(body, state))
    )  # fmt: skip


def _rows(rows: Sequence[Sequence[tuple[Token, bool]]], state: _State) -> Iterator[Markup]:
    """The rows of a table; one that explains a name can be linked to."""
    for first, *others in rows:
        name, opened = _words(first[0]), Markup("<tr>")
        if state.explains and name and slug(name) not in state.ids:
            opened = Markup('<tr id="{}">').format(state.id(name))
        cells = [_cell(first[0], "th", "row", first[1], state, what="–", outward=state.explains)]
        cells += [_cell(cell, "td", "", number, state) for cell, number in others]
        yield Markup("{}{}</tr>\n").format(opened, Markup("").join(cells))


def _cell(
    cell: Token, tag: str, scope: str, number: bool, state: _State, *, what: str = "", outward: bool = False
) -> Markup:
    """A cell. what: said to who cannot see that a heading is empty."""
    shown = _inline(cell.children or (), state, outward=outward)
    if not shown and what:
        shown = Markup('<span class="out">{}</span>').format(what)
    looks = Markup(' scope="{}"').format(scope) if scope else Markup("")
    looks += Markup(' class="num"') if number else Markup("")
    return Markup("<{tag}{looks}>{shown}</{tag}>").format(tag=tag, looks=looks, shown=shown)


def _inline(tokens: Sequence[Token], state: _State, *, outward: bool = False) -> Markup:
    made: list[Markup] = []
    open_links: list[bool] = []
    for token in tokens:
        match token.type:
            case "text":
                way = state.ways.outward if outward else state.ways.name
                made.append(escape(token.content) if open_links else _named(token.content, way))
            case "code_inline":
                made.append(_code(token.content, state, inside=bool(open_links), outward=outward))
            case "softbreak":
                made.append(Markup("\n"))
            case "hardbreak":
                made.append(Markup("<br>"))
            case "image":
                made.append(escape(token.content))
            case "link_open":
                address = _address(str(token.attrs.get("href", "")), state.ways)
                open_links.append(bool(address))
                made.append(Markup('<a href="{}">').format(address) if address else Markup(""))
            case "link_close":
                made.append(Markup("</a>") if open_links.pop() else Markup(""))
            case _:
                made.append(_tag(token) if token.tag else escape(token.content))
    return Markup("").join(made)


def _address(target: str, ways: Ways) -> str:
    return target if target.startswith(_OUTSIDE) else ways.to(target)


def _code(text: str, state: _State, *, inside: bool, outward: bool) -> Markup:
    shown = Markup("<code>{}</code>").format(text)
    if inside:
        return shown
    address = state.ways.outward(text) if outward else state.ways.name(text)
    return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown


def _named(text: str, way: Callable[[str], str]) -> Markup:
    """Running text, with names that are explained somewhere as links."""
    made: list[Markup] = []
    at = 0
    for found in _NAME.finditer(text):
        name = found[0].rstrip(".")
        address = way(name) if _MARKED.search(name) else ""
        if address:
            made += [escape(text[at : found.start()]), Markup('<a href="{}">{}</a>').format(address, name)]
            at = found.start() + len(name)
    return Markup("").join([*made, escape(text[at:])])
