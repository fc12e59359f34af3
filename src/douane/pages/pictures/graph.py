"""A graph in columns, drawn on the server: the same graph is the same picture, and every box is a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from douane.standards.bpmn.drawing.lettering import wrap

WIDE, GAP, HIGH, PITCH, TOP, EDGE = 208, 84, 44, 54, 34, 2
"""Pixels: of a box, between columns, of a box, from row to row, above the first row, around everything."""
SWEEPS: Final = 6
_NAME, _SUB = 13.0, 12.0
_BOX: Final = '<rect class="box{look}" x="{x}" y="{y}" width="{wide}" height="{high}" rx="4"/>'
_TEXT: Final = '<text class="{look}" x="{x}" y="{y}">{text}</text>'
_FLOW: Final = '<path class="line" d="M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"/>'


@dataclass(frozen=True, slots=True)
class Box:
    """A node: what stands in it, a second line, where it leads. ``look``: a class beside ``box``; empty for none."""

    id: str
    name: str
    sub: str = ""
    href: str = ""
    look: str = ""


def graph(
    columns: Sequence[Sequence[Box]], lines: Sequence[tuple[str, str]], heads: Sequence[str], label: str
) -> Markup:
    """The picture. ``lines``: from a box of one column to a box of the next. ``heads``: what each column holds."""
    placed = _ordered([list(column) for column in columns if column], lines)
    rows = max((len(column) for column in placed), default=0)
    high = TOP + rows * PITCH + EDGE
    wide = len(placed) * (WIDE + GAP) - GAP + 2 * EDGE
    at = _places(placed, rows)
    parts = [_flow(at[source], at[target]) for source, target in lines if source in at and target in at]
    said = [head for head, column in zip(heads, columns, strict=True) if column]
    for number, (column, head) in enumerate(zip(placed, said, strict=True)):
        middle = EDGE + number * (WIDE + GAP) + WIDE // 2
        parts.append(Markup(_TEXT).format(look="b", x=middle, y=18, text=head))
        parts += [_box(each, *at[each.id]) for each in column]
    return Markup(
        '<svg class="pic" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>'
    ).format(wide, high, wide, high, label, Markup("").join(parts))


def _ordered(columns: list[list[Box]], lines: Sequence[tuple[str, str]]) -> list[list[Box]]:
    """Each column in the order in which its lines cross least: by the mean place of its neighbours, there and back."""
    near: dict[str, list[str]] = {}
    for source, target in lines:
        near.setdefault(source, []).append(target)
        near.setdefault(target, []).append(source)
    for sweep in range(SWEEPS):
        numbers = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        for number in numbers:
            beside = columns[number - 1 if sweep % 2 == 0 else number + 1]
            place = {box.id: row for row, box in enumerate(beside)}
            own = {box.id: row for row, box in enumerate(columns[number])}
            columns[number].sort(key=lambda box: (_mean(near.get(box.id, ()), place, own[box.id]), own[box.id]))
    return columns


def _mean(ids: Sequence[str], place: Mapping[str, int], own: int) -> float:
    known = [place[id] for id in ids if id in place]
    return sum(known) / len(known) if known else float(own)


def _places(columns: Sequence[Sequence[Box]], rows: int) -> dict[str, tuple[int, int]]:
    """Where each box stands: columns side by side, each in the middle of the height."""
    found = {}
    for number, column in enumerate(columns):
        above = TOP + (rows - len(column)) * PITCH // 2
        for row, box in enumerate(column):
            found[box.id] = EDGE + number * (WIDE + GAP), above + row * PITCH
    return found


def _box(box: Box, x: int, y: int) -> Markup:
    name = wrap(box.name, WIDE - 16, _NAME * 1.2, lines=1 if box.sub else 2)
    sub = wrap(box.sub, WIDE - 16, _SUB, lines=1) if box.sub else []
    middle, first = x + WIDE // 2, y + (27 if len(name) + len(sub) == 1 else 18)
    parts = [Markup(_BOX).format(look=f" {box.look}" if box.look else "", x=x, y=y, wide=WIDE, high=HIGH)]
    texts = [("b", each) for each in name] + [("sub", each) for each in sub]
    parts += [
        Markup(_TEXT).format(look=look, x=middle, y=first + 17 * row, text=each)
        for row, (look, each) in enumerate(texts)
    ]
    drawn = Markup("").join(parts)
    whole = Markup("<title>{}</title>").format(f"{box.name}: {box.sub}" if box.sub else box.name)
    if not box.href:
        return Markup("<g>{}{}</g>").format(whole, drawn)
    return Markup('<a href="{}">{}{}</a>').format(box.href, whole, drawn)


def _flow(source: tuple[int, int], target: tuple[int, int]) -> Markup:
    x, y = source[0] + WIDE, source[1] + HIGH // 2
    to_x, to_y = target[0], target[1] + HIGH // 2
    return Markup(_FLOW).format(x=x, y=y, middle=(x + to_x) // 2, to_x=to_x, to_y=to_y)
