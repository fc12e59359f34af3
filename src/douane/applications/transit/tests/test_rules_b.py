"""Every B rule: messages that it accepts, messages that it refuses, where, and only in its time."""

from __future__ import annotations

import pytest

from douane.applications.transit.rules.transitional import across, ended, table
from douane.applications.transit.tests.r_base import IN_TRANSITION, NOW, edit
from douane.applications.transit.tests.r_cases import Case, check, covered, declared, found
from douane.applications.transit.tests.r_cases_transition import ENDED, OF_TRANSITION
from douane.author import RuleBook

BOOK = RuleBook(each for each in RuleBook.of(across, ended, table).rules if each.id.startswith("B"))


@pytest.mark.parametrize("case", OF_TRANSITION, ids=str)
def test_a_rule_accepts_and_refuses(case: Case) -> None:
    check(BOOK, case)


@pytest.mark.parametrize("case", OF_TRANSITION, ids=str)
def test_a_rule_holds_in_its_time_only(case: Case) -> None:
    other = IN_TRANSITION if case in ENDED else NOW
    assert found(BOOK, case.rule, edit(case.ground, **case.refused), other) == []


def test_every_rule_has_a_case_for_every_kind_of_message() -> None:
    assert declared(BOOK) - covered(OF_TRANSITION) == set()


def test_only_two_rules_begin_with_the_end_of_the_transition() -> None:
    assert {rule.id for rule in BOOK.rules if rule.after} == {"B2101", "B2400"}
    assert all(rule.legal_dates for rule in BOOK.rules)
