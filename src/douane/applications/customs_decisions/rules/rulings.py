"""Which data elements make a ruling (DA Annex A, group 42), and what its grant must state. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from douane.applications.authorisations.contract import Condition

SUBHEADING: Final = "35 01 010 056"
CODE: Final = (SUBHEADING, "35 01 010 057", "35 01 010 058")
"""The nomenclature code in its parts, in their order."""
JUSTIFICATION: Final = "42 04 000 009"
KEYWORD: Final = ("38 09 000 262",)
_GOODS: Final = {
    "35 01 020 321": "appearance", "35 01 020 322": "use", "35 01 020 323": "composition",
    "35 01 020 324": "ingredients",
}  # fmt: skip
"""The parts of the description that are published; the confidential part is 42 03 and stays with the authority."""


def goods_by(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The description of the goods by its parts."""
    return {_GOODS[element]: value for element, value in given if element in _GOODS}


def lacking(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """What the grant of a ruling must state and does not: data elements of the decision (Annex A, status A+)."""
    stated = {each.element for each in conditions if each.value}
    return tuple(each for each in (SUBHEADING, JUSTIFICATION, *KEYWORD) if each not in stated)
