"""Goods that follow an export declaration are released by an officer alone, who says what shows that they may leave."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.transit.messages import ControlDecision, FileQuery
from douane.applications.transit.rules.exported import UNASKED, exports
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.pages.languages import COMPLETE, Words
from douane.standards.ncts import phase5 as p5
from tests.callers import officer
from tests.journeys.movements import Movement, risky
from tests.journeys.office import BEHAVIOUR
from tests.journeys.test_tir import by

EXPORT = "25FRE53500000147A1"
CONTROLLED = ["CC928C", "CC028C", "CC060C"]
SHOWN = "Export accompanying document seen; marks and numbers agree."


def exported(declaration: p5.CC015C | None = None) -> p5.CC015C:
    """The declaration, whose house consignment follows an export declaration."""
    named = p5.PreviousDocument06(sequence_number=1, type="N830", reference_number=EXPORT)
    return edits.house(declaration or normal(), previous_document=(named,))


def decided(movement: Movement, *, whose: str = "fr.officer", **decision: Any) -> list[Any]:
    """An officer decides about the control; what he is told."""
    before = len(movement.office.sent(whose))
    movement.decided(ControlDecision(mrn=movement.mrn, **{"satisfactory": True, **decision}), whose)
    return movement.office.sent(whose)[before:]


@pytest.mark.parametrize("declaration", [normal(), by(TRADER)], ids=["T1", "TIR"])
def test_nothing_is_released_before_an_officer_has_seen_what_shows_the_export(declaration: p5.CC015C) -> None:
    movement = Movement(exported(declaration))
    assert movement.told == CONTROLLED
    (task,) = movement.tasks
    assert (task.node, task.office) == ("control_goods", "FR005350")
    assert task.title == f"Control the goods of {movement.mrn}, exported under {EXPORT}"
    assert UNASKED in task.risk
    (control,) = movement.office.sent(TRADER)[-1].type_of_controls
    assert control.type == "10"
    assert decided(movement, remarks=SHOWN) == []
    assert movement.told == [*CONTROLLED, "CC029C"]


@pytest.mark.parametrize("remarks", ["", "  "])
def test_a_release_names_what_shows_the_export(remarks: str) -> None:
    movement = Movement(exported())
    (refused,) = decided(movement, remarks=remarks)
    assert (refused.code, "UCC art. 188, 267(4)" in refused.reason) == ("13", True)
    assert (movement.told, movement.case.state) == (CONTROLLED, "under control")


def test_a_refusal_needs_no_such_word_and_gives_the_guarantee_back() -> None:
    movement = Movement(exported())
    assert decided(movement, satisfactory=False) == []
    assert movement.told == [*CONTROLLED, "CC051C"]
    assert movement.account.reserved == 0


@pytest.mark.parametrize("stranger", ["at.officer", "de.officer", TRADER])
def test_nobody_else_releases_them(stranger: str) -> None:
    movement = Movement(exported())
    decided(movement, whose=stranger, remarks=SHOWN)
    assert movement.case.state == "under control"
    assert "CC029C" not in movement.told
    assert [each.done for each in movement.tasks] == [False]


def test_other_reasons_for_a_control_stay_beside_it() -> None:
    alone, both = Movement(risky()), Movement(exported(risky()))
    (task,) = both.tasks
    assert task.risk == (*alone.case.risk, UNASKED)
    assert set(both.case.controls) == {*alone.case.controls, "10"}


def test_the_officer_reads_in_the_file_why_he_is_asked() -> None:
    movement = Movement(exported())
    view = movement.office.view("FR", officer("fr.officer", "FR"), ("customs officer of departure",))
    assert BEHAVIOUR.queries["transit.movement_file"].answer(view, FileQuery(movement.mrn)).risk[-1] == UNASKED


@pytest.mark.parametrize("language", COMPLETE)
def test_he_reads_it_in_his_language(language: str) -> None:
    assert language == "en" or Words(language).knows(UNASKED)


def test_goods_without_export_go_as_before() -> None:
    assert Movement().told == ["CC928C", "CC028C", "CC029C"]


def test_the_export_is_found_at_every_level_and_each_declaration_once() -> None:
    above = p5.PreviousDocument06(sequence_number=1, type="N830", reference_number="A")
    other = p5.PreviousDocument06(sequence_number=2, type="N821", reference_number="C")
    below = p5.PreviousDocument03(sequence_number=1, type="N830", reference_number="B")
    made = edits.consignment(edits.item(exported(), previous_document=(below, below)), previous_document=(above, other))
    assert exports(made) == ("A", EXPORT, "B")
    assert exports(normal()) == ()
