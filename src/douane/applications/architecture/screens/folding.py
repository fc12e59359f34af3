"""The graph of what a change touches: from left to right, the nearest first, folded by kind where it is too much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.applications.architecture.messages import ElementLine, ImpactShown, TouchedElement
from douane.applications.architecture.screens.naming import KINDS, address, kind_title
from douane.author.pages import Figure, Text, Words
from douane.pages.pictures.graph import Box, graph

MOST: Final = 150
"""Boxes of a graph."""
TALLEST: Final = 24
"""Boxes of one kind in one column; more are one box that says how many."""


def drawn(answer: ImpactShown, words: Words) -> Figure:
    """The graph. Every element of the list is in it, by itself or in a box that says how many of its kind it stands
    for."""
    most = TALLEST
    columns, home = _folded(answer, most, words)
    while sum(map(len, columns)) > MOST and most:
        most //= 2
        columns, home = _folded(answer, most, words)
    lines = {(home[each.source.id], home[each.line.id]) for each in answer.touched}
    heads = [words.plain("It changes"), *(words.plain("Step %(n)s", n=n) for n in range(1, len(columns)))]
    label = words.plain("Graph of what is touched, scrolls sideways")
    svg = graph(columns, sorted(lines), heads, label)
    folded = len(answer.touched) + 1 - sum(len([box for box in column if box.href]) for column in columns)
    caption = words.plain("%(number)s are folded by kind; the list names all.", number=folded) if folded else ""
    twin = Text(words.say("The list above says the same: each element, and because of what it is touched."))
    return Figure(svg, label, (twin,), words.plain("The same in words"), caption)


def _folded(answer: ImpactShown, most: int, words: Words) -> tuple[list[list[Box]], dict[str, str]]:
    """The columns, and in which box each element stands. ``most``: of one kind in one column."""
    home = {answer.line.id: answer.line.id}
    columns = [[_box(answer.line, words, "changes")]]
    for hops in range(1, max((each.hops for each in answer.touched), default=0) + 1):
        here = [each for each in answer.touched if each.hops == hops]
        columns.append(list(_column(here, most, home, hops, words)))
    return columns, home


def _column(here: list[TouchedElement], most: int, home: dict[str, str], hops: int, words: Words) -> Iterator[Box]:
    kinds: dict[str, list[ElementLine]] = {}
    for each in here:
        kinds.setdefault(each.line.kind, []).append(each.line)
    for kind, lines in kinds.items():
        if len(lines) <= max(most, 1):
            home.update({line.id: line.id for line in lines})
            yield from (_box(line, words) for line in lines)
        else:
            folded = f"{hops}:{kind}"
            home.update(dict.fromkeys((line.id for line in lines), folded))
            yield Box(folded, f"{len(lines)} {words.plain(KINDS.get(kind, (kind, kind))[1])}", words.plain("folded"))


def _box(line: ElementLine, words: Words, look: str = "") -> Box:
    short = (
        line.name.rpartition(".")[2].replace("_", " ") if line.kind in ("operation", "step", "process") else line.name
    )
    return Box(line.id, words.plain(short), kind_title(line.kind, words), address(line.id), look)
