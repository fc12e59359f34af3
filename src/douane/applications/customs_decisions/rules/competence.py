"""Who decides, what bars an application, and what several data elements say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from douane.applications.customs_decisions.messages.applying import DecisionApplication
from douane.applications.customs_decisions.messages.words import DecisionType, ElementFault, ElementValue
from douane.applications.customs_decisions.rules.types import TYPES, Competent

ACCOUNTS: Final = "34 03 010 020"
"""The country of the place where the main accounts are held or accessible."""
VALIDITY, VALID_IN = "31 04 000 008", "31 04 010 020"
ALL, CERTAIN, ONE = "1", "2", "3"
DEPARTURE, DESTINATION = "34 15 000 301", "34 14 000 301"
PROCEDURE: Final = "46 02 000 257"
TRANSIT: Final = "80"
EXISTING, POTENTIAL, TOTAL, LEVEL = "46 02 040 295", "46 02 050 295", "46 01 000 295", "46 04 000 291"
_EXISTING_MUST = frozenset(["01", "07", "40", "42", "43", "45", "61", "63", "68"])
_EXISTING_NEVER = frozenset(["51", "80", "XR", "XS", "XU", "XX"])
_POTENTIAL_MUST = frozenset(["44", "46", "48", "51", "53", "80", "XR", "XS", "XU", "XX"])
_POTENTIAL_NEVER = _EXISTING_MUST
_NOTES: Final = "DA 2015/2446 Annex A, Title II"


@dataclass(frozen=True, slots=True)
class Ended:
    """A decision of the same applicant and type that ended. article: by which; on: its last instant, microseconds."""

    decision: str
    article: str
    by_obligation: bool
    at: int


def values(given: Iterable[ElementValue], number: str) -> tuple[str, ...]:
    """Every value of a data element."""
    return tuple(each.value for each in given if each.element == number)


def member_states(given: Iterable[ElementValue], type: DecisionType, authority: str) -> tuple[str, ...]:
    """The Member States in which an application wants its decision to hold; none where in all."""
    if TYPES[type].one_state:
        return (authority,)
    return tuple(dict.fromkeys(values(given, VALID_IN)))


def incompetent(m: DecisionApplication) -> Iterator[ElementFault]:
    """Why the authority that the application names cannot decide on it (UCC art. 22(1), and what the type says)."""
    facts, country = TYPES[m.type], m.office[:2]
    match facts.competent:
        case Competent.ACCOUNTS:
            found = values(m.elements, ACCOUNTS)
            if found and country not in found:
                yield ElementFault(
                    ACCOUNTS, f"The authority of {found[0]} decides, where the main accounts are held; lodge it there.",
                    facts.competent_by, found[0],
                )  # fmt: skip
        case Competent.BEGINS:
            yield from _elsewhere(m, DEPARTURE, country)
        case Competent.ENDS:
            yield from _elsewhere(m, DESTINATION, country)
        case Competent.LOADED | Competent.ANY:
            pass  # no data element says where goods are first loaded; the officer judges it


def _elsewhere(m: DecisionApplication, element: str, country: str) -> Iterator[ElementFault]:
    for each in values(m.elements, element):
        if each[:2] != country:
            yield ElementFault(
                element, f"{country} decides on operations of its own offices; apply for this one in {each[:2]}.",
                TYPES[m.type].competent_by, each,
            )  # fmt: skip


def contradictions(m: DecisionApplication) -> Iterator[ElementFault]:
    """What several data elements say together and cannot."""
    yield from _validity(m)
    if m.type is DecisionType.CGU:
        yield from _guarantee(m.elements)


def _validity(m: DecisionApplication) -> Iterator[ElementFault]:
    code, named = (values(m.elements, VALIDITY) or ("",))[0], values(m.elements, VALID_IN)
    wanted = {ALL: not named, CERTAIN: len(named) > 1, ONE: len(named) == 1}
    if code and not wanted.get(code, True):
        yield ElementFault(VALID_IN, "Name no Member State for code 1, several for 2, one for 3.", _NOTES, code)
    if TYPES[m.type].one_state and code and (code != ONE or named != (m.office[:2],)):
        yield ElementFault(
            VALIDITY, f"{m.type} holds in the Member State that grants it: code 3 with {m.office[:2]}.", _NOTES, code
        )
    if m.type is DecisionType.CGU and TRANSIT in values(m.elements, PROCEDURE) and code and code != ALL:
        yield ElementFault(VALIDITY, "A guarantee for transit holds in all Member States: code 1.", _NOTES, code)


def _guarantee(given: Iterable[ElementValue]) -> Iterator[ElementFault]:
    """The arithmetic of a comprehensive guarantee: amounts by procedure, their sum, a level for each kind of debt."""
    rows: Mapping[int, dict[str, str]] = defaultdict(dict)
    given = tuple(given)
    for each in given:
        if each.element in (PROCEDURE, EXISTING, POTENTIAL):
            rows[each.n][each.element] = each.value
    for n, row in sorted(rows.items()):
        procedure = row.get(PROCEDURE, "")
        for element, must, never in (
            (EXISTING, _EXISTING_MUST, _EXISTING_NEVER), (POTENTIAL, _POTENTIAL_MUST, _POTENTIAL_NEVER),
        ):  # fmt: skip
            if procedure in must and element not in row:
                yield ElementFault(element, f"Procedure {procedure} (occurrence {n}) needs this amount.", _NOTES)
            if procedure in never and element in row:
                yield ElementFault(element, f"Procedure {procedure} (occurrence {n}) has no such amount.", _NOTES,
                                   row[element])  # fmt: skip
    amounts = [_amount(row[e]) for row in rows.values() for e in (EXISTING, POTENTIAL) if e in row]
    total = values(given, TOTAL)
    if total and amounts and _amount(total[0]) != sum(amounts):
        yield ElementFault(TOTAL, f"The amounts by procedure are {sum(amounts)} together.", _NOTES, total[0])
    levels = "".join(each[:1] for each in values(given, LEVEL))
    for letter, element in (("A", EXISTING), ("B", POTENTIAL)):
        if any(element in row for row in rows.values()) and letter not in levels:
            yield ElementFault(LEVEL, f"Give a level {letter}... for the debts of {element}.", _NOTES)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal(0)  # its form is told elsewhere
