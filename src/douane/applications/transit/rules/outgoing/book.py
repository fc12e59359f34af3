"""The book of what the product sends: codes, rules of its own and rules that declarations have as well.

It judges what was sent, never what is about to be: a message that breaks a rule is our fault, and its receiver may
still read it. In tests every message of an office is judged, in production a sample (decision 0161).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import msgspec

from douane.applications.transit.rules.book import BOOK, whole
from douane.applications.transit.rules.outgoing import consignments, groups, letters, numbers, offices
from douane.applications.transit.rules.outgoing.shared import SHARED
from douane.author import Fault, Look, Rule, RuleBook
from douane.standards.ncts.phase5 import CC007C, CC015C, check, family

PARTLY_KNOWN: Final = frozenset({"CL107", "CL174"})
"""Lists that are not published to traders, and of which only some codes are known here."""
_DECLARED: Final = (CC015C, CC007C)
"""The messages of traders whose rules are shared, in the order in which they are looked for."""


def named(message: str) -> frozenset[str]:
    """The ids of all rules that the layout of a message names."""
    return frozenset(rule for field in _published(message).fields for rule in field.rules)


@functools.cache
def _published(message: str) -> Any:
    return next(each for each in family() if each.code == message)


def _shared() -> Iterator[Rule]:
    """The rules of declarations and arrivals, for the messages of the table."""
    for message, ids in SHARED.items():
        for id in sorted(ids):
            found = (rule for kind in _DECLARED for rule in BOOK.rules_for(kind) if rule.id == id)
            yield replace(next(found), messages=(message,))


OWN: Final = RuleBook.of(consignments, groups, letters, numbers, offices)
"""Rules of messages that are sent; alone asked of one that refuses, or goes on, without goods."""
RETURNED: Final = tuple(_shared())
"""Rules of declarations and arrivals, for the messages in which their groups return."""
OUTGOING: Final = RuleBook([*RETURNED, *OWN.rules])
"""The same, with what declarations have as well."""


@functools.cache
def _lists(message: str) -> dict[str, str]:
    """Code list by pointer."""
    return {each.pointer: each.code_list for each in _published(message).fields if each.code_list}


@functools.cache
def _parts(group: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.encode_name) for each in msgspec.structs.fields(group))


def names() -> frozenset[str]:
    """What ``broken`` may name: rules, code lists, and the types of messages."""
    lists = {each.code_list for message in family() for each in message.fields if each.code_list}
    return frozenset({*(rule.id for rule in OUTGOING.rules), *lists, *(each.code for each in family())})


def broken(message: Any, look: Callable[[dt.date], Look], today: dt.date) -> tuple[Fault, ...]:
    """What is wrong with a message that was sent today, its layout included: by the lists of the day on which the
    declaration was accepted, where it names it (UCC art. 172(2))."""
    accepted = getattr(getattr(message, "transit_operation", None), "declaration_acceptance_date", None)
    return (*check(message), *faults_of(message, look(accepted or today)))


def faults_of(message: Any, look: Look) -> tuple[Fault, ...]:
    """What is wrong with a message that was sent."""
    name = type(message).__name__
    book = OWN if getattr(message, "consignment", message) is None else OUTGOING
    return (*_walk(message, name, f"/{name}", f"/{name}", look), *book.faults(message, None, look))


def _walk(group: Any, message: str, pointer: str, place: str, look: Look) -> Iterator[Fault]:
    """Codes that no list holds. pointer: without, place: with the numbers of repetitions."""
    for name, tag in _parts(group.__class__):
        value, at = getattr(group, name), f"{pointer}/{tag}"
        if isinstance(value, msgspec.Struct):
            yield from _walk(value, message, at, f"{place}/{tag}", look)
        elif isinstance(value, tuple):
            for n, each in enumerate(value, 1):
                yield from _walk(each, message, at, f"{place}/{tag}[{n}]", look)
        elif isinstance(value, str):
            number = _lists(message).get(at, "")
            if number and _judged(number, look) and not look.has(number, value):
                yield Fault(f"{place}/{tag}", "12", f"Choose a code of {number}.", rule=number, value=value)


def _judged(number: str, look: Look) -> bool:
    return number not in PARTLY_KNOWN and whole(number, look.lists, look.date)  # type: ignore[attr-defined]  # (every look of the product has its lists)
