"""An application for a comprehensive guarantee, as its applicant fills it in: data elements of Annex A by number."""

from __future__ import annotations

from typing import Any, Final

_COMPREHENSIVE_GUARANTEE: Final = {
    "31 04 000 008": "1",  # valid in all Member States: it is used in transit
    "32 04 000 223": "0",
    "33 05 000 016": "Anne Petit",
    "33 06 000 016": "Luc Martin",
    "33 06 000 076": "luc.martin@example.org",
    "33 07 010 016": "Jeanne Roux",
    "34 03 010 019": "1 rue du Port",
    "34 03 010 020": "FR",
    "34 03 010 021": "59000",
    "34 03 010 022": "Lille",
    "34 04 010 020": "FR",
    "38 01 000 009": "General ledger",
    "38 02 000 009": "Stock records",
    "38 12 000 213": "1",
    "46 01 000 295": "40000.00",
    "46 01 000 296": "EUR",
    "46 01 000 297": "Transit by road",
    "46 02 000 257": "80",  # transit
    "46 02 050 295": "40000.00",  # debts that may be incurred
    "46 02 050 296": "EUR",
    "46 03 000 299": "1",
    "46 04 000 291": "BD",  # a level of 0 %
}


def comprehensive_guarantee(own_reference: str, applicant: str, office: str) -> dict[str, Any]:
    """The whole application."""
    elements = [{"element": number, "value": value} for number, value in _COMPREHENSIVE_GUARANTEE.items()]
    return {
        "own_reference": own_reference, "type": "CGU", "applicant": applicant, "office": office, "elements": elements
    }  # fmt: skip
