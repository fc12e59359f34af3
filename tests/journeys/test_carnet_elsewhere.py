"""A TIR carnet that another node keeps: nothing is released before its register answers, or an officer saw by what it
is covered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.guarantees.messages import CarnetStanding
from douane.applications.transit.messages import GuaranteeDecision
from douane.applications.transit.tests.base_declarations import TRADER
from douane.runtime.store.envelope import SentRow
from douane.vocabulary.errors import NotFound
from douane.vocabulary.known import NO, YES, Why, not_known
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tests.journeys.registered import ASSOCIATION, carnet
from tests.journeys.test_cover_elsewhere import MINUTE, Offices, carry, saying
from tests.journeys.test_favour_elsewhere import notices
from tests.journeys.test_tir import by

ACCEPTED = ["CC928C", "CC028C", "RegisterNotice"]
HELD = carnet()


class Nodes(Offices):
    """France, where goods are declared, and the system that keeps its guarantees and carnets."""

    def __init__(self, *stated: Any) -> None:
        self.here = Office(kept=frozenset({"FR", "DE", "AT", "EU"}), apart=frozenset({"guarantees"}))
        self.there = Office(kept=frozenset({"FR"}), clock=self.here.clock)
        for each in stated:
            self.there.give(each, "fr.officer")
        self.carried: set[tuple[str, str]] = set()

    def lodged(self) -> Movement:
        return Movement(by(TRADER), self.here, number=2)

    def questions(self) -> list[SentRow]:
        return self.waiting(self.here, "NTA.FR", "CarnetQuestion")

    def ask(self, question: SentRow) -> SentRow:
        self.carried.add((question.type, question.id))
        carry(self.there, question, "FR", "FR", "guarantees.ask_carnet")
        (answer,) = self.waiting(self.there, "NTA.FR", "CarnetStanding")
        self.carried.add((answer.type, answer.id))
        return answer

    def told(self, answer: SentRow, by: str = "FR", id: str = "") -> Any:
        return carry(self.here, answer, by, by, "CarnetStanding", id=id)


def open_tasks(movement: Movement) -> list[str]:
    return [each.title for each in movement.tasks if each.node == "judge_guarantee" and not each.done]


def test_goods_under_a_carnet_that_cannot_be_asked_for_wait_and_go_on_by_themselves() -> None:
    nodes = Nodes(HELD)
    movement = nodes.lodged()
    assert movement.told == ACCEPTED
    (notice,) = notices(nodes.here)
    assert (notice.claim, notice.reference, notice.known.whom) == ("TIR", "XB75123456", "FR")
    nodes.here.wait(3 * 24 * 60 * MINUTE)
    assert (movement.told, movement.case.state) == (ACCEPTED, "accepted")
    nodes.told(nodes.ask(nodes.questions()[-1]))
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC029C"]
    assert (movement.case.association, movement.case.liable) == (ASSOCIATION, Decimal(100_000))
    assert open_tasks(movement) == []


@pytest.mark.parametrize(
    "stated",
    [
        (), (carnet(holder="DE1234567890123"),), (carnet(tir_holder="FRA/053/1"),),
        (carnet(valid_to=dt.date(2026, 1, 31)),),
    ],
    ids=["nobody stands for it", "another's", "another holder's", "no more"],
)  # fmt: skip
def test_a_carnet_that_does_not_cover_releases_nothing(stated: tuple[Any, ...]) -> None:
    nodes = Nodes(*stated)
    movement = nodes.lodged()
    nodes.answered()
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC051C"]
    assert (notices(nodes.here)[-1].known, movement.case.state) == (NO, "not released")


def test_an_officer_says_by_what_document_it_is_covered() -> None:
    nodes = Nodes()
    movement = nodes.lodged()
    (task,) = open_tasks(movement)
    assert "an association stands for carnet XB75123456 is not known since" in task
    movement.decided(GuaranteeDecision(mrn=movement.mrn, accepted=True))
    assert movement.told == ACCEPTED, "he says what he saw"
    movement.decided(GuaranteeDecision(mrn=movement.mrn, accepted=True, proof="Carnet, and a call to the association"))
    assert movement.told[-1] == "CC029C"


def test_an_officer_who_does_not_find_that_it_covers_releases_nothing() -> None:
    nodes = Nodes(HELD)
    movement = nodes.lodged()
    movement.decided(GuaranteeDecision(mrn=movement.mrn, accepted=False, remarks="The carnet is torn."))
    assert movement.told == [*ACCEPTED, "CC051C"]
    nodes.answered()
    assert (movement.told[-1], movement.case.state) == ("RegisterNotice", "not released")


@pytest.mark.parametrize(
    "said",
    [
        CarnetStanding(carnet="XC98765432", known=YES, tir_holder="FRA/053/26041", holder=TRADER,
                       association=ASSOCIATION, valid_to=dt.date(2027, 6, 30)),
        CarnetStanding(carnet="XC98765432", known=NO),
        CarnetStanding(carnet="XB75123456", known=not_known("FR", Why.UNREACHABLE), tir_holder="FRA/053/26041",
                       holder=TRADER),
    ],
    ids=["yes to another", "no to another", "not known, and covered nevertheless"],
)  # fmt: skip
def test_a_register_that_says_something_else_covers_nothing(said: CarnetStanding) -> None:
    nodes = Nodes(HELD)
    movement = nodes.lodged()
    nodes.told(saying(nodes.ask(nodes.questions()[0]), said))
    assert (movement.told, nodes.questions()) == (ACCEPTED, [])
    nodes.here.wait(16 * MINUTE)
    nodes.answered()
    assert movement.told[-1] == "CC029C"


def test_an_answer_of_another_and_one_to_nothing_are_not_taken() -> None:
    nodes = Nodes(HELD)
    movement = nodes.lodged()
    answer = nodes.ask(nodes.questions()[0])
    assert isinstance(nodes.told(answer, by="BE", id="of BE"), NotFound)
    assert isinstance(nodes.told(replace(answer, correlation="invented"), id="invented"), NotFound)
    assert movement.told == ACCEPTED
