"""Why some published R and B rules are not evaluated, or not as rules of their own. Shown on the coverage page."""

from __future__ import annotations

from collections.abc import Mapping


def _dating(*rules: str) -> str:
    return f"dating of {' and '.join(rules)}: suspends it during the transitional period"


NOT_EXECUTABLE: Mapping[str, str] = {
    "B1000": "guidance: allows the MRN of an export at an item during the transitional period, forbids nothing",
    "B1804": _dating("C0710"),
    "B1811": _dating("R0076"),
    "B1813": _dating("R0003", "R0006"),
    "B1814": _dating("R3061"),
    "B1815": _dating("R0473"),
    "B1819": _dating("R0219"),
    "B1832": _dating("R0106"),
    "B1833": _dating("C0511"),
    "B1834": _dating("C0153"),
    "B1860": _dating("R0221"),
    "B1862": _dating("R0223"),
    "B1904": _dating("R0005"),
    "B1919": _dating("R0220"),
    "B1964": _dating("R0364"),
    "R0008": "needs the message that is answered; these messages of traders answer none",
    "R0060": "needs the TARIC nomenclature, which is no code list",
    "R0100": "tells customs which language to write in; leaves nothing to refuse",
    "R0102": "kept by the schema: the decision is a truth value",
    "R0352": "needs the register of authorisations",
}
"""Rule id to reason."""
