"""What a message says, line by line as its form has it, and in which lines two versions of it differ.

A line is one value at its place, with what people call it. Repeated groups are counted from 1. Order is that of the
form, so two versions are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from douane.standards.forms.items import Content, Item

BETWEEN: Final = " › "


@dataclass(frozen=True, slots=True)
class Line:
    """A value: its pointer with positions, the names of the groups that it stands in and its own, and itself."""

    pointer: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that two versions have otherwise; empty where one of them does not have it."""

    pointer: str
    label: str
    before: str
    now: str


def lines(items: tuple[Item, ...], content: Mapping[str, Any], at: str = "", within: str = "") -> Iterator[Line]:
    """Every value of a message in JSON (tags as keys). What the form does not know is left out."""
    for item in items:
        given = content.get(item.tag)
        if given is None or given == []:
            continue
        several = given if isinstance(given, list) else [given]
        for number, one in enumerate(several, 1):
            counted = item.most != 1
            pointer = f"{at}/{item.tag}" + (f"[{number}]" if counted else "")
            label = within + item.label + (f" {number}" if counted else "")
            if item.content is Content.GROUP and isinstance(one, Mapping):
                yield from lines(item.items, one, pointer, label + BETWEEN)
            else:
                yield Line(pointer, label, _shown(one))


def differences(before: tuple[Line, ...], now: tuple[Line, ...]) -> tuple[Difference, ...]:
    """What changed from one version to the next, in the order of the later one; what is gone stands last."""
    earlier = {each.pointer: each for each in before}
    found = [
        Difference(each.pointer, each.label, was, each.value)
        for each in now if (was := earlier[each.pointer].value if each.pointer in earlier else "") != each.value
    ]  # fmt: skip
    left = {each.pointer for each in now}
    return (
        *found,
        *(Difference(each.pointer, each.label, each.value, "") for each in before if each.pointer not in left),
    )


def _shown(value: object) -> str:
    """A value as people read it; of a flag its digit."""
    return str(int(value)) if isinstance(value, bool) else str(value)
