"""What is told of each type of decision is what its tables declare, whole, and is told to everybody."""

from __future__ import annotations

import pytest

from douane.applications.customs_decisions.messages.explaining import TypeQuery
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.rules.conditions import CONDITIONS
from douane.applications.customs_decisions.rules.elements import annex_a, asked_of
from douane.applications.customs_decisions.rules.explaining import explained
from douane.applications.customs_decisions.rules.types import TYPES
from douane.author import PUBLIC
from douane.testing.office import Office


@pytest.mark.parametrize("type", list(DecisionType))
def test_every_data_element_of_its_column_is_told_with_its_conditions(type: DecisionType) -> None:
    told = explained(type)
    column = {number for number, each in annex_a().items() if each.cells.get(TYPES[type].column)}
    assert {each.element for each in told.elements} == column
    assert {each.number for each, _ in asked_of(type)} <= column
    for each in told.elements:
        assert len(each.conditions) == len(each.footnotes)
        assert each.status in "ABC"
        assert each.most > 0


@pytest.mark.parametrize("type", list(DecisionType))
def test_what_the_law_says_is_told_with_its_articles(type: DecisionType) -> None:
    told = explained(type)
    assert told.legal
    assert told.competent_by
    assert len({each.limit for each in told.limits}) == len(told.limits)
    assert "DEC-ACCEPTANCE" in {each.limit for each in told.limits}
    assert ("DEC-HEARING" in {each.limit for each in told.limits}) is not bool(told.no_hearing)
    assert all(each.article for each in told.limits)
    assert all(each.article for each in (*told.rests_on, *told.relied_on))
    assert all(each.article for each in told.consulted)


def test_what_rests_on_what_is_told_from_both_ends() -> None:
    from_below = {
        (str(type), on) for type in DecisionType for each in explained(type).rests_on for on in each.types
    }  # fmt: skip
    from_above = {
        (below, str(type)) for type in DecisionType for each in explained(type).relied_on for below in each.types
    }  # fmt: skip
    assert from_below == from_above
    assert ("ACR", "CGU") in from_below


def test_every_footnote_of_annex_a_has_its_condition() -> None:
    used = {
        number for each in annex_a().values() for cells in each.cells.values() for cell in cells
        for number in cell.footnotes
    }  # fmt: skip
    assert used <= CONDITIONS.keys()


def test_the_law_is_told_to_everybody() -> None:
    told = Office("EU", "FR").ask(TypeQuery(DecisionType.IPO), by=PUBLIC)
    assert {"DEC-DECISION-SPECIAL", "DEC-DRAFT-ANSWER"} <= {each.limit for each in told.limits}
    assert [each.effect for each in told.rests_on] == ["must be suspended"]
