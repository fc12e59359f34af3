"""A movement on the map of the union: its countries as tiles, our own layout, neighbourhood and not distance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from douane.model.parties import MEMBER_STATES
from douane.pages.blocks import Bullets, Figure
from douane.pages.languages import Words
from douane.pages.states import kind_words

_ROWS: Final = (
    "IS -- -- -- NO SE FI --",
    "IE GB -- -- DK -- -- EE",
    "XI -- BE NL DE PL LT LV",
    "-- FR LU CH AT CZ SK UA",
    "PT ES -- IT SI HU RO MD",
    "-- -- -- -- HR RS BG GE",
    "-- -- -- MT ME MK GR TR",
    "-- -- -- -- -- -- -- CY",
)
"""Member States and the countries of common transit, from west to east and from north to south."""
PLACES: Final = {
    code: (column, row)
    for row, codes in enumerate(_ROWS) for column, code in enumerate(codes.split()) if code != "--"
}  # fmt: skip
SIDE, STEP = 40, 44
_LAST: Final = STEP * 8


@dataclass(frozen=True, slots=True)
class Stop:
    """How a movement stands at a country: as which kind of case, at which office, in which state."""

    country: str
    kind: str
    office: str
    state: str
    latest: bool = False


def union_map(reference: str, stops: Sequence[Stop], words: Words) -> Figure:
    """The picture. stops: in the order of the way; those of countries that have no tile stand in the words alone."""
    label = words.plain("The movement %(reference)s on the map of the union", reference=reference)
    shown = [each for each in stops if each.country in PLACES]
    on = {each.country for each in shown}
    inside, beside = _apart(PLACES.keys() - on)
    way = [each for n, each in enumerate(shown) if n == 0 or each.country != shown[n - 1].country]
    parts = [
        Markup('<path class="tile" d="{}"/>').format(_tiles(inside)),
        Markup('<path class="tile outside" d="{}"/>').format(_tiles(beside)),
        Markup('<path class="tile on" d="{}"/>').format(_tiles(on)),
        Markup("").join(_line(one, other) for one, other in pairwise(way)),
        Markup("").join(_named(each, bold=each in on) for each in PLACES),
        Markup("").join(_dot(each) for each in shown),
    ]
    svg = Markup(
        '<svg class="pic" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(_LAST, _LAST, _LAST, _LAST, label, Markup("").join(parts))
    twin = Bullets(tuple(_said(each, words) for each in stops))
    return Figure(svg, label, (twin,), words.plain("The same in words"))


def _said(stop: Stop, words: Words) -> Markup:
    kind, state = words.model(kind_words(stop.kind)), words.model(stop.state)
    return Markup("{}, {}, {}: {}").format(stop.country, stop.office, kind, state)


def _apart(countries: Iterable[str]) -> tuple[list[str], list[str]]:
    """The Member States among countries, and the others."""
    inside = sorted(each for each in countries if each in MEMBER_STATES)
    return inside, sorted(set(countries) - set(inside))


def _tiles(countries: Iterable[str]) -> str:
    """All of them as one path: forty rectangles cost the page more than their edges do."""
    at = (PLACES[each] for each in sorted(countries))
    return "".join(f"M{1 + STEP * x} {1 + STEP * y}h{SIDE}v{SIDE}h-{SIDE}z" for x, y in at)


def _middle(country: str) -> tuple[int, int]:
    x, y = PLACES[country]
    return STEP * x + 26, STEP * y + 28


def _line(one: Stop, other: Stop) -> Markup:
    (a, b), (c, d) = _middle(one.country), _middle(other.country)
    return Markup('<path class="line" d="M{} {}L{} {}"/>').format(a, b, c, d)


def _named(country: str, *, bold: bool) -> Markup:
    x, y = PLACES[country]
    look = "b start" if bold else "sub start"
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(look, STEP * x + 5, STEP * y + 15, country)


def _dot(stop: Stop) -> Markup:
    x, y = _middle(stop.country)
    return Markup('<circle class="{}" cx="{}" cy="{}" r="6"/>').format("here" if stop.latest else "been", x, y)
