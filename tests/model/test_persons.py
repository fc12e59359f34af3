"""How many persons answer for each act: every act stands in a row with its reason; those of two nobody does alone."""

from __future__ import annotations

import pytest

from douane.cli.architecture.model import acts
from douane.model.checks import unanswered_acts
from douane.model.discovery import persons
from douane.supervision.operating.declared import ACTS, PERSONS, by_two
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.four_eyes import table

ROW = '[[act]]\nacts = ["a"]\npersons = 2\nwhy = "Nobody could take it back again."\nsource = "UCC art. 1"\n'


def test_every_act_of_officers_and_operators_stands_in_a_row() -> None:
    assert acts() == ()
    assert len(persons()) == 74
    assert PERSONS.keys() == ACTS.keys()


def test_an_act_without_a_row_and_a_row_without_an_act_are_findings() -> None:
    found = list(unanswered_acts(["a.new", "a.known"], ["a.known", "a.gone"], "Add it."))
    assert [(each.id, each.element) for each in found] == [("M030", "act:a.new"), ("M030", "act:a.gone")]
    with pytest.raises(DeclarationFault, match=r"answer for node\.burn"):
        by_two("node.burn")


WRONG = (
    ROW + ROW, ROW.replace("2", "3"), ROW.replace("Nobody could take it back again.", ""),
    ROW.replace("source", "note"), "[[act",
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_row_says_one_or_two_and_why(wrong: str) -> None:
    with pytest.raises(DeclarationFault):
        table(wrong, "a file")
