"""Every published rule stands on one side: executable, or not executable with a reason; the page says so."""

from __future__ import annotations

import re

import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.official import NAMED_BY, OFFICIAL, WITHOUT_TECHNICAL_TEXT
from tools import rule_coverage

DECLARED = rule_coverage.executable()
WHY = rule_coverage.reasons()


def test_the_published_ids_are_as_many_as_the_source_counts() -> None:
    assert len(OFFICIAL) == 255
    assert len(OFFICIAL - WITHOUT_TECHNICAL_TEXT) == 186


def test_executable_and_not_executable_are_all_and_do_not_overlap() -> None:
    assert set(DECLARED) | set(WHY) == OFFICIAL
    assert not set(DECLARED) & set(WHY)


def test_enough_is_executable() -> None:
    assert len(DECLARED) >= 150
    assert sum(number[0] in "CR" for number in DECLARED) >= 105


@pytest.mark.parametrize("number", sorted(DECLARED))
def test_a_rule_is_evaluated_on_exactly_the_messages_that_name_it(number: str) -> None:
    evaluated = {message.__name__ for rule in DECLARED[number] for message in rule.messages}
    assert evaluated == {message for message, ids in NAMED_BY.items() if number in ids}


def test_a_remedy_is_one_short_sentence_or_two() -> None:
    for rule in BOOK.rules:
        assert 20 <= len(rule.text) <= 220, rule.id
        assert re.fullmatch(r"[A-Z].*\.", rule.text), rule.id


def test_the_page_is_current() -> None:
    assert rule_coverage.PAGE.read_text(encoding="utf-8") == rule_coverage.page()
