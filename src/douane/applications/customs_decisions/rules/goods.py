"""Goods of Annex 71-02 DA, for which authorisations of special procedures hold for a shorter time.

The annex names sectors of the common organisation of the markets by the parts of Annex I to Regulation (EU)
No 1308/2013, which were *not read*: of them the table has sugar alone, as heading 1701. The codes that the annex names
itself are all here but those of products with an export refund (point 4) and of fish (points 5, 6). An officer may
always grant for less.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from douane.applications.customs_decisions.messages.words import ElementValue

SUBHEADING, NOMENCLATURE = "35 01 010 056", "35 01 010 057"
"""Harmonised System subheading and the two digits of the Combined Nomenclature that follow it."""
SENSITIVE: Final = (
    "1701", "08061090", "200961", "200969", "220421", "220429", "220430", "220710", "220720", "2401",
)  # fmt: skip
"""Headings and codes of Annex 71-02 DA, points 1 to 3."""
SPIRITS: Final = (("22084039", "22084099"), ("22089091", "22089099"))
"""Ranges of codes of point 2, both ends included."""


def commodities(given: Iterable[ElementValue]) -> tuple[str, ...]:
    """The codes of the goods of an application, of six or eight digits."""
    parts: dict[tuple[int, int], dict[str, str]] = {}
    for each in given:
        if each.element in (SUBHEADING, NOMENCLATURE):
            parts.setdefault((each.n, each.m), {})[each.element] = each.value
    return tuple(part[SUBHEADING] + part.get(NOMENCLATURE, "") for part in parts.values() if SUBHEADING in part)


def is_sensitive(code: str) -> bool:
    """Whether goods of a code are of Annex 71-02; of six digits where any of its codes is."""
    if any(code.startswith(each) or each.startswith(code) for each in SENSITIVE):
        return True
    return any(first[: len(code)] <= code <= last[: len(code)] for first, last in SPIRITS)


def any_sensitive(given: Iterable[ElementValue]) -> bool:
    """Whether an application is about goods of Annex 71-02."""
    return any(map(is_sensitive, commodities(given)))
