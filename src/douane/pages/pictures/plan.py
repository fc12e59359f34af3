"""A plan as bars over months: drawn on the server, every row a link, the same plan the same picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from douane.pages.languages import Words
from douane.standards.bpmn.drawing.lettering import wrap

NAMES, MONTH, HIGH, TOP, EDGE = 190, 46, 30, 30, 2
"""Pixels: of the names, of a month, of a row, above the first row, around everything."""
MOST: Final = 36
"""Months that are drawn at most; what begins later stands in the table alone."""
_TEXT: Final = '<text class="{look}" x="{x}" y="{y}">{text}</text>'
_LINE: Final = '<path class="{look}" d="M{x} {y}V{to}"/>'


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: from which to which day, what it is called in full, where it leads, and how it looks."""

    name: str
    first: dt.date
    last: dt.date
    title: str
    href: str
    look: str = ""


def plan(bars: Sequence[Bar], today: dt.date, label: str, words: Words) -> Markup:
    """The picture, from the month of the first bar or of today. Bars that begin after its last month are left out."""
    first = min((each.first for each in bars), default=today).replace(day=1)
    first = min(first, today.replace(day=1))
    last = max((each.last for each in bars), default=today)
    months = min(_months(first, last) + 1, MOST)
    shown = [each for each in bars if _months(first, each.first) < months]
    wide, high = NAMES + months * MONTH + 2 * EDGE, TOP + len(shown) * HIGH + EDGE
    parts = list(_scale(first, months, high, words))
    for row, each in enumerate(shown):
        parts.append(_row(each, first, months, TOP + row * HIGH))
    now = NAMES + _pixels(first, today)
    parts.append(Markup(_LINE).format(look="line now", x=now, y=TOP - 6, to=high))
    return Markup(
        '<svg class="pic" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>'
    ).format(wide, high, wide, high, label, Markup("").join(parts))


def _months(first: dt.date, day: dt.date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _pixels(first: dt.date, day: dt.date) -> int:
    return round((_months(first, day) + (day.day - 1) / 31) * MONTH)


def _scale(first: dt.date, months: int, high: int, words: Words) -> Iterator[Markup]:
    for number in range(months):
        month = first.month - 1 + number
        x = NAMES + number * MONTH
        if number % 3 == 0:
            text = words.month(dt.date(first.year + month // 12, month % 12 + 1, 1))
            yield Markup(_TEXT).format(look="sub start", x=x + 2, y=18, text=text)
            yield Markup(_LINE).format(look="line", x=x, y=TOP - 6, to=high)


def _row(each: Bar, first: dt.date, months: int, y: int) -> Markup:
    begin = NAMES + _pixels(first, each.first)
    end = min(NAMES + _pixels(first, each.last), NAMES + months * MONTH)
    name = wrap(each.name, NAMES - 12, 13 * 1.1, lines=1)[0]
    return Markup(
        '<a href="{}"><title>{}</title><text class="b start" x="{}" y="{}">{}</text>'
        '<rect class="box{}" x="{}" y="{}" width="{}" height="{}" rx="3"/></a>'
    ).format(
        each.href, each.title, EDGE, y + 19, name, f" {each.look}" if each.look else "", begin, y + 5,
        max(end - begin, 6), HIGH - 12,
    )  # fmt: skip
