"""Long pages of the documentation in parts, so that each is fetched within the budget of a page.

A source is cut before a heading, else between rows of a table, whose heading then stands in both parts. Each part is a
page of its own, and leads to the others.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

LARGEST: Final = 8_000
"""Octets of a source as it is compressed: what is drawn of it, with its links, is half as much again."""
_MARKS: Final = re.compile(r"[`*|]|\]\([^)]*\)|\[")
_EARLY: Final = 0.75
"""A part may end before a heading when it is so full."""


@dataclass(slots=True)
class _Part:
    """A part as it is made. heads: what is said again at its beginning: a heading, that of a table."""

    heads: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    size: int = 0

    def begins(self) -> str:
        """What its first heading or row is about."""
        first = next((_said(line) for line in self.lines if line.startswith(("#", "|"))), "")
        return first or _said(next(iter(self.lines), ""))


def parted(sources: Mapping[str, str]) -> dict[str, str]:
    """Sources by page, the long ones in parts: ``services``, ``services-2``, ..."""
    found: dict[str, str] = {}
    for name, source in sources.items():
        found |= _parted(name, source)
    return found


def of_part(name: str, sources: Mapping[str, str]) -> str:
    """The page that a part is of; a page that is none is itself."""
    whole, _, number = name.rpartition("-")
    return (
        whole if number.isdecimal() and whole in sources and sources[name].startswith(_titled(sources[whole])) else name
    )


def _titled(source: str) -> str:
    return source.partition("\n")[0].partition(", part ")[0] + ", part "


def _parted(name: str, source: str) -> dict[str, str]:
    number = -(-len(zlib.compress(source.encode())) // LARGEST)
    title, _, text = source.partition("\n")
    parts = list(_cut(text, len(text) / number)) if number > 1 and title.startswith("# ") else []
    if len(parts) < 2:
        return {name: source}
    names = [name, *(f"{name}-{n}" for n in range(2, len(parts) + 1))]
    found = {}
    for n, (own, part) in enumerate(zip(names, parts, strict=True)):
        ways = (
            f"* {_way(n == at, other, at, each)}" for at, (other, each) in enumerate(zip(names, parts, strict=True))
        )
        lines = (f"{title}, part {n + 1} of {len(parts)}", "", *ways, "", *part.heads, *part.lines, "")
        found[own] = "\n".join(lines)
    return found


def _way(here: bool, name: str, at: int, part: _Part) -> str:
    """The way to a part, by what it begins with."""
    said = f"Part {at + 1}, from {part.begins()}" if at else "Part 1"
    return f"**{said}**" if here else f"[{said}]({name.rpartition('/')[2]}.md)"


def _cut(text: str, size: float) -> Iterator[_Part]:
    """The parts of a text of about so many letters each."""
    part, section, table, inside = _Part(), "", list[str](), False
    for line in text.splitlines():
        row = not inside and line.startswith("|")
        if not inside and _ends(line, part.size / size, section=section, rows=len(table) if row else 0):
            yield part
            part = _Part(heads=_again(line, section, table))
        inside = inside != line.startswith("```")
        if not row:
            table.clear()
        elif len(table) < 2:
            table.append(line)
        if line.startswith("## "):
            section = line
        part.lines.append(line)
        part.size += len(line) + 1
    yield part


def _ends(line: str, full: float, *, section: str, rows: int) -> bool:
    """Whether a part that is so full ends before a line. rows: lines of its table's heading that stand before."""
    if line.startswith("## ") or (line.startswith("### ") and section):
        return full >= _EARLY
    return full >= 1 and rows >= 2


def _again(line: str, section: str, table: list[str]) -> list[str]:
    """What the next part says again before a line, to be understood alone."""
    if line.startswith("## "):
        return []
    heads = [section, ""] if section else []
    return heads + (list(table) if line.startswith("|") else [])


def _said(line: str) -> str:
    return _MARKS.sub("", line.lstrip("# ").strip("| ").partition("|")[0]).strip()
