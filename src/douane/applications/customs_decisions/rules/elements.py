"""Which data an application consists of: Annex A as a table, and everything that is missing or wrong in one go.

The law asks a class where it is mandatory (status A) and no footnote frees it. A footnote that an officer alone can
judge frees it here: the officer asks for what the circumstances warrant (Annex A, Title I, point (9)). Within a class
that is given, form and number of values are judged, and a single attribute that is mandatory.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from douane.applications.customs_decisions.messages.words import DecisionType, ElementFault, ElementValue
from douane.applications.customs_decisions.rules.codes import CODES
from douane.applications.customs_decisions.rules.types import TYPES

_PACKAGE: Final = "douane.applications.customs_decisions"
MANDATORY, WAIVABLE, CHOICE = "A", "B", "C"
DEMANDED: Final = "DA 2015/2446 Annex A"
FORMED: Final = "IA 2015/2447 Annex A"
IN_THE_MESSAGE: Final = frozenset({"31 01", "31 02", "31 03", "31 06", "31 07", "33 02", "34 02"})
"""Classes that the message says by its fields, its sender or its time: who lodges by the trader's door is authenticated
(31 02), the first application is of type 1 (31 03) and has no reference of a decision yet (31 06)."""
IF_ANY: Final = frozenset(
    {"32 01", "32 02", "32 03", "42 01", "44 06", "44 08", "44 10", "48 03", "52 02", "52 03", "53 01", "53 02"}
    | {"53 06", "53 08", "53 09"}
)  # fmt: skip
"""Classes that are mandatory where there is anything to say, by their notes (Annex A, Title II): other binding
information, proceedings, facilitations and establishments that exist, subcontractors, persons elsewhere."""
EORI_INSTEAD: Final = "33 01"
"""Name and address of the applicant: left out, since the EORI number is given."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of an element. use: both, application or decision."""

    status: str
    use: str
    footnotes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Element:
    """A data element of Annex A: class, part of one, or attribute. most: how often it may be repeated."""

    number: str
    name: str
    format: str
    most: int
    code_list: str
    cells: Mapping[str, tuple[Cell, ...]]

    @property
    def of_class(self) -> str:
        """The number of its class: ``34 03``."""
        return self.number[:5]

    @property
    def is_class(self) -> bool:
        """Whether it is a class itself."""
        return self.number.endswith("000 000")

    def asked(self, column: str) -> Cell | None:
        """What an application of a column must say of it; None where nothing."""
        return next((each for each in self.cells.get(column, ()) if each.use != "decision"), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an applicant besides the application. aeo: he is an authorised economic operator."""

    aeo: bool


_CELL: Final = re.compile(r"([ABC])((?:\[[0-9]+\])*)([*+]?)")
_USES: Final = {"": "both", "*": "application", "+": "decision"}


def _cells(columns: Mapping[str, str]) -> Mapping[str, tuple[Cell, ...]]:
    found: dict[str, tuple[Cell, ...]] = {}
    for text, named in columns.items():
        cells = tuple(
            Cell(status, _USES[use], frozenset(map(int, re.findall("[0-9]+", notes))))
            for status, notes, use in _CELL.findall(text)
        )
        found |= dict.fromkeys(named.split(), cells)
    return found


@functools.cache
def annex_a() -> Mapping[str, Element]:
    """Every data element by its number."""
    text = (resources.files(_PACKAGE) / "tables" / "annex_a.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()[1:]]
    return {
        row["element"]: Element(
            row["element"], row["name"], row.get("format", ""), row["most"], row.get("list", ""), _cells(row["columns"])
        )
        for row in rows
    }


def asked_of(type: DecisionType) -> Iterator[tuple[Element, Cell]]:
    """The data elements of an application of a type, in the order of their numbers."""
    column = TYPES[type].column
    for each in annex_a().values():
        cell = each.asked(column)
        if cell is not None:
            yield each, cell


def missing(type: DecisionType, given: Iterable[ElementValue], facts: Facts) -> Iterator[ElementFault]:
    """A fault for each class that this type demands and that is not given."""
    classes = {each.element[:5] for each in given}
    for element, cell in asked_of(type):
        if not element.is_class or element.of_class in classes | IN_THE_MESSAGE | IF_ANY:
            continue
        if cell.status == MANDATORY and not any(_freed(each, type, facts) for each in cell.footnotes):
            remedy = f"Give {element.number[:5]}, {element.name}: {type} demands it."
            yield ElementFault(element.number, remedy, DEMANDED)


def wrong(type: DecisionType, given: Iterable[ElementValue]) -> Iterator[ElementFault]:
    """A fault for each value that does not belong to the type, is not of its form, or is one too many."""
    given = tuple(given)
    column, known = TYPES[type].column, annex_a()
    for each in given:
        element = known.get(each.element)
        if element is None or not element.format or element.asked(column) is None:
            yield ElementFault(each.element, f"Leave it out: an application for {type} has no such value.", DEMANDED,
                               each.value)  # fmt: skip
        elif element.of_class in IN_THE_MESSAGE:
            yield ElementFault(each.element, "Leave it out: the message says it already.", DEMANDED, each.value)
        elif element.of_class == EORI_INSTEAD:
            yield ElementFault(
                each.element, "Leave it out: the EORI number is given.", f"{DEMANDED}, note 4", each.value
            )
        elif not well_formed(element, each.value):
            yield ElementFault(each.element, _form_of(element), FORMED, each.value)
    yield from _too_many(given, known)


def well_formed(element: Element, value: str) -> bool:
    """Whether a value has the form of its element, and is in its list where that is closed."""
    form = pattern(element.format)
    if form is not None and not form.fullmatch(value):
        return False
    if element.code_list == "1 yes, 0 no":
        return value in ("0", "1")
    codes = CODES.get(element.code_list)
    return codes is None or value in codes


@functools.cache
def pattern(format: str) -> re.Pattern[str] | None:
    """The form that ``an..70``, ``n8`` or ``n..16,2`` names; None for files and paper."""
    found = re.fullmatch(r"(an|a|n)(\.\.)?([0-9]+)(?:,([0-9]+))?", format)
    if found is None:
        return None
    kind, up_to, size, decimals = found.groups()
    if decimals:
        return re.compile(rf"(?=[0-9.]{{1,{int(size) + 1}}}\Z)[0-9]{{1,{size}}}(?:\.[0-9]{{1,{decimals}}})?")
    letters = {"an": r"[^\x00-\x1f\x7f]", "a": "[A-Za-z]", "n": "[0-9]"}[kind]
    return re.compile(f"{letters}{{{'1,' if up_to else ''}{size}}}")


def _form_of(element: Element) -> str:
    codes = CODES.get(element.code_list)
    one_of = f", one of {', '.join(sorted(codes))}" if codes else f" ({element.code_list})" if element.code_list else ""
    return f"Write {element.name} as {element.format}{one_of}."


def _too_many(given: tuple[ElementValue, ...], known: Mapping[str, Element]) -> Iterator[ElementFault]:
    """Values said twice, and classes or parts repeated more often than they may be."""
    for (number, n, m), count in Counter((each.element, each.n, each.m) for each in given).items():
        if count > 1:
            yield ElementFault(number, f"It is given {count} times as occurrence {n}, {m}; give it once.", FORMED)
    occurrences: dict[str, set[tuple[int, int]]] = {}
    for each in given:
        occurrences.setdefault(f"{each.element[:5]} 000 000", set()).add((each.n, 0))
        if each.element[6:9] != "000":
            occurrences.setdefault(f"{each.element[:9]} 000", set()).add((0, each.m))
    for number, places in occurrences.items():
        most = known[number].most if number in known else 0
        if most and len(places) > most:
            yield ElementFault(number, f"It is given {len(places)} times; {most} is the most.", FORMED)


def _freed(footnote: int, type: DecisionType, facts: Facts) -> bool:
    """Whether a footnote frees from a class. One about circumstances that only an officer can judge does."""
    match footnote:
        case 5:
            return facts.aeo
        case 8:
            return type is DecisionType.CW2
        case _:
            return True
