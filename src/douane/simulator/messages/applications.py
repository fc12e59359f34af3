"""Applications for decisions, as their applicants fill them in: data elements of Annex A by number."""

from __future__ import annotations

from collections.abc import Iterable
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


ANTWERP: Final = "BE101000"
_INWARD: Final = {
    "31 04 000 008": "2",  # valid in those Member States that are named
    "32 04 000 223": "0", "33 06 000 016": "Luc Martin", "33 06 000 076": "luc.martin@example.org",
    "34 03 010 019": "1 rue du Port", "34 03 010 020": "FR", "34 03 010 021": "59000", "34 03 010 022": "Lille",
    "34 04 010 020": "FR", "34 09 010 046": "V", "34 09 020 001": "FR005350", "34 10 000 301": ANTWERP,
    "34 11 000 301": "FR005350", "34 12 000 301": "FR005350", "34 17 000 213": "0", "34 17 000 008": "1",
    "34 17 000 245": "6", "35 01 010 056": "870323", "35 01 020 009": "Car bodies", "35 07 020 254": "Cars",
    "36 04 000 002": "1", "37 05 000 298": "FR", "37 05 000 244": "Assembly", "38 01 000 009": "General ledger",
    "38 02 000 009": "Stock records", "38 06 000 260": "1", "38 07 000 012": "EUR", "38 07 000 071": "90000",
    "38 08 000 213": "0", "38 12 000 213": "1", "38 13 000 008": "2", "57 01 000 213": "0", "57 02 000 213": "0",
}  # fmt: skip
_OPERATOR: Final = {
    "32 04 000 223": "0", "33 05 000 016": "Anne Petit", "33 06 000 016": "Luc Martin", "33 07 010 016": "Jeanne Roux",
    "34 03 010 020": "FR", "38 12 000 213": "1", "44 01 000 244": "SAS", "44 02 000 207": "20010401",
    "44 03 000 008": "IM", "44 04 010 020": "FR", "44 05 000 301": "FR005350", "44 07 000 213": "1",
    "44 09 000 016": "Archive", "44 11 000 287": "4941", "44 12 000 288": "3", "44 13 000 016": "Post",
}  # fmt: skip
_STORAGE: Final = {
    "31 04 000 008": "1", "32 04 000 223": "0", "33 06 000 016": "Luc Martin", "34 03 010 019": "Kade 1",
    "34 03 010 020": "NL", "34 04 000 016": "Stock records, Rotterdam", "34 12 000 301": "NL000510",
    "35 01 020 009": "Machine parts", "37 05 000 244": "Storage before import", "38 01 000 009": "General ledger",
    "38 02 000 009": "Stock records", "38 06 000 001": "26NL0000010000001", "38 07 000 012": "EUR",
    "38 11 000 009": "None", "38 12 000 213": "1", "49 01 000 020": "NL",
}  # fmt: skip
_TARIFF: Final = {
    "32 04 010 224": "Data sheet", "33 06 000 016": "Luc Martin", "34 03 010 020": "FR",
    "35 01 020 321": "Shirts of cotton, grey, knitted", "37 01 000 213": "1", "38 04 000 213": "0",
    "42 02 000 008": "CN",
}  # fmt: skip
_VALUE: Final = {
    "31 04 000 008": "1", "32 04 000 223": "0", "33 05 000 016": "Anne Petit", "33 06 000 016": "Luc Martin",
    "33 07 010 016": "Jeanne Roux", "34 03 010 019": "1 rue du Port", "34 03 010 020": "FR",
    "34 04 000 016": "Stock records, Lille", "35 01 010 056": "870323", "38 12 000 213": "1",
    "45 01 000 009": "Royalties that are not known at import",
}  # fmt: skip


def application(
    type: str, own_reference: str, applicant: str, office: str, states: Iterable[str] = ()
) -> dict[str, Any]:
    """An application of one of the types that journeys apply for. states: where the decision is to hold."""
    filled = {"IPO": _INWARD, "AEOF": _OPERATOR, "TST": _STORAGE, "BTI": _TARIFF, "CVA": _VALUE}[type]
    elements: list[dict[str, Any]] = [{"element": number, "value": value} for number, value in filled.items()]
    elements += [{"element": "31 04 010 020", "value": each, "m": m} for m, each in enumerate(states, start=1)]
    return {
        "own_reference": own_reference, "type": type, "applicant": applicant, "office": office, "elements": elements
    }  # fmt: skip


def comprehensive_guarantee(own_reference: str, applicant: str, office: str) -> dict[str, Any]:
    """The whole application."""
    elements = [{"element": number, "value": value} for number, value in _COMPREHENSIVE_GUARANTEE.items()]
    return {
        "own_reference": own_reference, "type": "CGU", "applicant": applicant, "office": office, "elements": elements
    }  # fmt: skip
