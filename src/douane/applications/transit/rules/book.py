"""The rule book of transit: every rule declared in a module below this folder, and the code lists below the rules."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, Final

from douane.applications.transit import rules
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.code_lists import CodeListCheck
from douane.applications.transit.rules.coded_items import CODED_ITEMS
from douane.author import NCTS5, CodeLists, Fault, RuleBook, below, shortened

SELECTED: Final = frozenset({"CL016", "CL144", "CL244"})
"""Lists of which the built-in selection holds a few entries only; checked once more than those are loaded."""
FEW: Final = 10_000


def whole(number: str, lists: CodeLists, on: dt.date) -> bool:
    """Whether a code list is kept, or derived from one that is, with more than a few entries of it."""
    return number in lists and (number not in SELECTED or len(lists.codes(number, on)) > FEW)


def rule_modules() -> Iterator[ModuleType]:
    """The modules beside and below this one, by name; a new module needs no entry anywhere."""
    for found in pkgutil.iter_modules(rules.__path__):
        if found.name not in {"book", "outgoing", "tests"}:
            yield from below(importlib.import_module(f"{rules.__name__}.{found.name}"))


BOOK = RuleBook.of(*rule_modules(), codes=NCTS5.codes)
"""Rules for CC007C, CC013C, CC014C, CC015C, CC044C, CC141C and CC170C."""


class _Judged:
    """Code lists and rules together, as far as an answer names what they find."""

    def __init__(self) -> None:
        self._checks: dict[tuple[type, CodeLists], CodeListCheck] = {}

    def faults(self, message: Any, case: KnownCase | None, look: Any) -> tuple[Fault, ...]:
        """Every code that is in no list and every rule that is broken."""
        found = self._codes(message, look) + BOOK.faults(message, case, look)
        return shortened(found, len(found), f"/{type(message).__name__}", NCTS5.codes.broken)

    def lists_of(self, message: type) -> Iterable[str]:
        """Lists of coded items, and what rules look up."""
        return {*CODED_ITEMS[message.__name__], *BOOK.lists_of(message)}

    def _codes(self, message: Any, look: Any) -> tuple[Fault, ...]:
        lists: CodeLists = look.lists
        key = (type(message), lists)
        check = self._checks.get(key)
        if check is None:
            named = CODED_ITEMS[type(message).__name__]
            check = self._checks[key] = CodeListCheck(type(message), [n for n in named if whole(n, lists, look.date)])
        return check.faults(message, look)


JUDGED = _Judged()
"""What the core asks before a handler of transit sees a message."""
