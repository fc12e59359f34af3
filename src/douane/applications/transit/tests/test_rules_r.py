"""Every R rule: messages that it accepts, messages that it refuses, and where."""

from __future__ import annotations

import msgspec
import pytest

from douane.applications.transit.rules.published import equipment as rules_equipment
from douane.applications.transit.rules.published import goods as rules_goods
from douane.applications.transit.rules.published import guarantee as rules_guarantee
from douane.applications.transit.rules.published import identifiers as rules_identifiers
from douane.applications.transit.rules.published import levels as rules_levels
from douane.applications.transit.rules.published import offices as rules_offices
from douane.applications.transit.rules.published import packages as rules_packages
from douane.applications.transit.rules.published import sequence as rules_sequence
from douane.applications.transit.rules.published import transport as rules_transport
from douane.applications.transit.rules.published import unloading as rules_unloading
from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    ARRIVAL,
    DECLARATION,
    IN_TRANSITION,
    INVALIDATION,
    NOW,
    PRESENTATION,
    REMARKS,
    edit,
)
from douane.applications.transit.tests.r_cases import Case, check, covered, declared, found
from douane.applications.transit.tests.r_cases_goods import OF_GOODS
from douane.applications.transit.tests.r_cases_numbers import OF_NUMBERS
from douane.applications.transit.tests.r_cases_way import WAY
from douane.author import RuleBook

BOOK = RuleBook.of(
    rules_equipment,
    rules_goods,
    rules_guarantee,
    rules_identifiers,
    rules_levels,
    rules_offices,
    rules_packages,
    rules_sequence,
    rules_transport,
    rules_unloading,
)
CASES = [*WAY, *OF_GOODS, *OF_NUMBERS]
SUSPENDED = {"R0003", "R0005", "R0006", "R0219", "R0220", "R0221", "R0223", "R0364", "R0601", "R3061"}
"""Rules that do not hold during the transition, in any message."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_accepts_and_refuses(case: Case) -> None:
    check(BOOK, case)


def test_every_rule_has_a_case_for_every_kind_of_message() -> None:
    assert declared(BOOK) - covered(CASES) == set()


def test_every_case_is_of_a_declared_rule() -> None:
    assert {case.rule for case in CASES} <= {rule.id for rule in BOOK.rules}


@pytest.mark.parametrize(
    "message", [DECLARATION, AMENDMENT, PRESENTATION, INVALIDATION, ARRIVAL, REMARKS], ids=lambda m: type(m).__name__
)
def test_the_ground_of_the_cases_breaks_no_rule(message: msgspec.Struct) -> None:
    assert BOOK.faults(message, None, NOW) == ()
    assert BOOK.faults(message, None, IN_TRANSITION) == ()


def test_every_fault_says_how_to_mend_it_and_which_rule_it_breaks() -> None:
    for case in CASES:
        for fault in BOOK.faults(edit(case.ground, **case.refused), None, case.look):
            assert fault.remedy.endswith(".")
            assert fault.rule


@pytest.mark.parametrize("case", [case for case in CASES if case.rule in SUSPENDED], ids=str)
def test_rules_that_the_transition_suspends(case: Case) -> None:
    assert found(BOOK, case.rule, edit(case.ground, **case.refused), IN_TRANSITION) == []


@pytest.mark.parametrize("rule", ["R0076", "R0106", "R0855"])
def test_rules_suspended_for_declarations_hold_for_presentations(rule: str) -> None:
    for case in (case for case in CASES if case.rule == rule):
        faults = found(BOOK, rule, edit(case.ground, **case.refused), IN_TRANSITION)
        assert bool(faults) is (case.ground not in (DECLARATION, AMENDMENT))
