"""Lists of a page for a spreadsheet: each table with its caption, as the page shows it, in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from douane.pages.blocks import Block, Card, Columns, Details, Inline, Link, Live, Ref, Small, Table, Tag, Time

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet."""


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table of a page, in the order in which it stands there."""
    for each in blocks:
        match each:
            case Table():
                yield each
            case Live(blocks=inner) | Card(blocks=inner) | Details(blocks=inner):
                yield from tables(inner)
            case Columns(left, right):
                yield from tables((*left, *right))


def sheet(found: Iterable[Table]) -> str:
    """Tables as CSV. Where there are several, the caption of each stands above it and an empty line after it. A value
    that begins like a formula is text."""
    listed = tuple(found)
    out = io.StringIO()
    written = csv.writer(out)
    for each in listed:
        if len(listed) > 1:
            written.writerow((value_of(each.caption),))
        written.writerow([value_of(column.title) for column in each.columns])
        written.writerows([value_of(words(cell)) for cell in row.cells] for row in each.rows)
        if len(listed) > 1:
            written.writerow(())
    return out.getvalue()


def words(value: Inline) -> str:
    """What stands in a line, without its looks; of an instant its form for programs."""
    match value:
        case Tag(word):
            return _plain(word)
        case Ref(text) | Link(text):
            return _plain(text)
        case Small(text):
            return words(text)
        case Time(iso=iso):
            return iso
        case tuple():
            return " ".join(said for each in value if (said := words(each).strip()))
        case _:
            return _plain(value)


def _plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text


def value_of(text: str) -> str:
    """A value of a sheet: one that begins like a formula as text."""
    said = _plain(text)
    return f"'{said}" if said.startswith(_FORMULA) else said
