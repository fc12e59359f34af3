"""A small look for the tests of the rules: real codes, few of each, so that a test shows what a rule asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

COMMUNITY = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "XI",
    ]
)
PARTNERS = frozenset(["CH", "GB", "IS", "MK", "NO", "RS", "TR", "UA"])

LISTS: Mapping[str, frozenset[str]] = {
    "CL009": COMMUNITY | PARTNERS | {"AD", "LI", "SM"},
    "CL010": COMMUNITY,
    "CL019": frozenset("123456"),
    "CL048": frozenset({"CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "NOK", "PLN", "SEK"}),
    "CL076": frozenset("0123459"),
    "CL112": PARTNERS,
    "CL147": COMMUNITY | {"AD", "CH", "LI", "NO", "SM"},
    "CL178": frozenset({"C612", "C620", "N822", "N825"}),
    "CL181": frozenset({"VG", "VL", "VO", "VQ", "VR", "VS", "VY"}),
    "CL182": frozenset({"NE", "NF", "NG"}),
    "CL190": frozenset({"IE", "LU", "NL"}),
    "CL198": frozenset({"IE", "LU"}),
    "CL228": frozenset({"N830"}),
    "CL229": frozenset("012345 89AR".replace(" ", "")),
    "CL230": frozenset("01234589AR") - {"9"},
    "CL234": frozenset({"C651", "C658"}),
    "CL251": frozenset("0123458 9ABJR".replace(" ", "")),
    "CL286": frozenset("01249"),
    "CL385": frozenset({"CC906C"}),
    "CL505": frozenset({"AE", "HK", "IE", "KR", "QA"}),
    "CL553": COMMUNITY,
    "CL610": frozenset({"CC004C", "CC009C", "CC028C", "CC056C", "CC057C", "CC060C", "CC917C", "CC928C"}),
}

OFFICES: Mapping[str, frozenset[str]] = {
    "FR005350": frozenset({"DEP", "DES", "EXP", "EXT", "GUA"}),
    "DE004055": frozenset({"DEP", "DES", "ENT", "EXT", "TRA"}),
    "AT100000": frozenset({"DEP", "DES", "GUA"}),
    "CH001251": frozenset({"DEP", "DES", "TRA"}),
    "CH003701": frozenset({"DEP", "DES", "TRA"}),
    "NO012801": frozenset({"DEP", "DES", "TRA"}),
    "IT262103": frozenset({"DEP", "DES", "EXT"}),
    "GB000060": frozenset({"DEP", "DES", "TRA"}),
}


@dataclass(frozen=True, slots=True)
class SmallLook:
    """A ``Look`` over a few lists."""

    date: dt.date = dt.date(2025, 6, 2)
    lists: Mapping[str, frozenset[str]] = field(default_factory=lambda: LISTS)
    offices: Mapping[str, frozenset[str]] = field(default_factory=lambda: OFFICES)

    def legal_date(self, name: str) -> dt.date:
        """The end of the transition, the one date of the law that the tests know."""
        return {"TPendDate": dt.date(2025, 1, 21)}[name]

    def has(self, code_list: str, code: str | None) -> bool:
        """Raises KeyError for a list that the tests do not know: a rule must name the lists it asks."""
        return code in self.lists[code_list]

    def office_has(self, office: str | None, role: str) -> bool:
        """Whether the office is known and has the role."""
        return office is not None and role in self.offices.get(office, frozenset())


AFTER = SmallLook()
"""After the transitional period."""

DURING = SmallLook(date=dt.date(2025, 1, 15))
"""During the transitional period."""
