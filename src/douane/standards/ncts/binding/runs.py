"""The fast reader: expressions that match, check and extract a run of items in one step.

A run is a stretch of a group without repeated groups. Its expression accepts only the usual written form of XML:
no comments, attributes or entities below the root, white space only between elements. Whatever it does not accept is
read again by the collecting reader, which alone refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf

SPACE = r"[ \t\r\n]*+"
T = TypeVar("T")
Starts = Callable[[str, int], bool]
Match = Callable[[str, int], re.Match[str] | None]
Reader = Callable[[str, Starts, int], tuple[T, int]]


class Unusual(Exception):
    """The text is not in the usual form, or not valid."""


def run(layout: Layout, start: int, stop: int) -> Match:
    """The matcher of the items from ``start`` up to ``stop``, with the group's own tags where it begins or ends."""
    opening = f"<{layout.tag}>{SPACE}" if start == 0 else ""
    closing = f"</{layout.tag}>{SPACE}" if stop == len(layout.items) else ""
    return _matcher(opening + "".join(map(_piece, layout.items[start:stop])) + closing)


def body(layout: Layout, start: int, stop: int) -> Match:
    """Like ``run`` for the root, whose tags the caller reads."""
    return _matcher("".join(map(_piece, layout.items[start:stop])))


@cache
def _matcher(expression: str) -> Match:
    """Layouts that differ in code lists or rules alone share their expressions, which cost more than all the rest."""
    return re.compile(expression).match


def _piece(item: Leaf | Inner) -> str:
    if isinstance(item, Leaf):
        text = f"<{item.tag}>({item.kind.fast})</{item.tag}>{SPACE}"
        return text if item.required else f"(?:{text})?"
    inside = "".join(map(_piece, item.layout.items))
    if item.least:
        return f"<{item.tag}>{SPACE}{inside}</{item.tag}>{SPACE}"
    mark = "" if any(isinstance(i, Leaf) and i.required for i in item.layout.items) else "()"
    return f"(?:<{item.tag}>{SPACE}{mark}{inside}</{item.tag}>{SPACE})?"


def many(read: Reader[T], opening: str, most: int, text: str, starts: Starts, at: int) -> tuple[tuple[T, ...], int]:
    """Read a group that stands here, and those after it with the same tag."""
    value, at = read(text, starts, at)
    if not starts(opening, at):
        return (value,), at
    found = [value]
    while starts(opening, at):
        value, at = read(text, starts, at)
        found.append(value)
    if len(found) > most:
        raise Unusual
    return tuple(found), at
