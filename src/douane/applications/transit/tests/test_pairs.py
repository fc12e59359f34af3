"""Every condition and technical constraint is kept by one message and broken by another, at the right places."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests.base_messages import remarks, unloading_permission
from douane.applications.transit.tests.code_lists import AFTER, DURING
from douane.applications.transit.tests.pairs import Pair, pairs
from douane.author import Fault, Look, Rule

PAIRS = tuple(pairs())


def faults_of(rule: str, message: object, pair: Pair) -> list[Fault]:
    assert any(r.id == rule for r in BOOK.rules_for(type(message)))
    return [f for f in BOOK.faults(message, pair.case, pair.look) if f.rule == rule]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.name)
def test_the_kept_message_is_accepted(pair: Pair) -> None:
    assert faults_of(pair.rule, pair.kept, pair) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.name)
def test_the_broken_message_is_refused_at_its_places(pair: Pair) -> None:
    faults = faults_of(pair.rule, pair.broken, pair)
    root = f"/{type(pair.broken).__name__}"
    assert [(f.pointer, f.code) for f in faults] == [(f"{root}/{place}", code) for place, code in pair.places]
    assert all(f.remedy.endswith(".") for f in faults)


@pytest.mark.parametrize("rule", [r for r in BOOK.rules if r.id[0] in "CES"], ids=lambda r: r.predicate.__name__)
def test_no_rule_is_without_a_pair(rule: Rule) -> None:
    assert any(p.rule == rule.id and type(p.broken) in rule.messages for p in PAIRS)


@pytest.mark.parametrize("rule", [r for r in BOOK.rules if r.legal_dates], ids=lambda r: r.predicate.__name__)
def test_a_dated_rule_is_silent_outside_its_time(rule: Rule) -> None:
    assert not rule.applies(DURING if rule.after else AFTER)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p.case is not None], ids=lambda p: p.name)
def test_a_rule_that_needs_the_case_blames_nobody_without_it(pair: Pair) -> None:
    faults = [f for f in BOOK.faults(pair.broken, None, AFTER) if f.rule == pair.rule]
    # Two numbers for one movement are wrong in every case; the other rules need the earlier message.
    assert not faults or pair.rule == "C0467"


def test_a_permission_without_goods_speaks_of_no_seal() -> None:
    case = KnownCase(permission=replace(unloading_permission(), consignment=None))
    assert [f.code for f in BOOK.faults(remarks(), case, AFTER) if f.rule == "C0440"] == ["15"]


class Asked:
    """A look that notes which lists a rule asks."""

    def __init__(self, look: Look) -> None:
        self.date, self.legal_date, self.office_has = look.date, look.legal_date, look.office_has
        self.look, self.lists = look, set[str]()

    def has(self, code_list: str, code: str | None) -> bool:
        self.lists.add(code_list)
        return self.look.has(code_list, code)


@pytest.mark.parametrize("rule", [r for r in BOOK.rules if r.id[0] in "CE"], ids=lambda r: r.predicate.__name__)
def test_a_rule_names_the_lists_that_it_asks(rule: Rule) -> None:
    asked = set[str]()
    for pair in PAIRS:
        for message in (pair.kept, pair.broken):
            if pair.rule == rule.id and type(message) in rule.messages:
                look = Asked(pair.look)
                tuple(rule.predicate(message, pair.case, look))
                asked |= look.lists
    assert asked == set(rule.lists)
