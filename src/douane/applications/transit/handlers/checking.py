"""What is checked of a trader's message before an office acts on it: code lists and rules, as of today."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.case import LookAtCase
from douane.applications.transit.rules.code_lists import CodeListCheck
from douane.runtime.core.work import Work
from douane.vocabulary.code_lists import CodeLists
from douane.vocabulary.errors import Fault
from douane.vocabulary.faults import shortened

_checks: dict[tuple[type, CodeLists], CodeListCheck] = {}
_SELECTED: frozenset[str] = frozenset({"CL016", "CL144", "CL244"})
"""Lists of which the built-in selection holds a few entries only; checked once more than those are loaded."""
_FEW = 10_000
_RULE: Final = "14"
"""CL180, for what tells of several rules."""


def faults_of(
    work: Work, message: Any, *, declaration: Any = None, accepted: bool | None = None, permission: Any = None
) -> tuple[Fault, ...]:
    """Every code that is in no list and every rule that is broken, as far as an answer names them.

    declaration: as it stands, for rules that compare with it. accepted: whether it has an MRN. permission: the
    unloading permission that was given.
    """
    look = work.look()
    at_case: Any = LookAtCase(look, declaration=declaration, accepted=accepted, permission=permission)
    found = _codes(message, look) + BOOK.faults(message, at_case)
    return shortened(found, len(found), f"/{type(message).__name__}", _RULE)


def _codes(message: Any, look: Any) -> tuple[Fault, ...]:
    lists: CodeLists = look.lists
    key = (type(message), lists)
    check = _checks.get(key)
    if check is None:
        available = [n for n in lists.numbers() if n not in _SELECTED or len(lists.codes(n, look.date)) > _FEW]
        check = _checks[key] = CodeListCheck(type(message), available)
    return check.faults(message, look)
