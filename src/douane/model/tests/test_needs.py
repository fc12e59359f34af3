"""Needs of the platform: what fills one must be able to, and one operation of a node does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Who, command, query, service
from douane.model.needs import Need, Supply, supplied
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import DeclarationFault, NotFound

SYSTEM = Actor("", ActorKind.MEMBER_STATE)
WEIGHT = Need("weighbridge", "Tells what a lorry weighs", asks=("lorry",), gives=("kilograms",))
REPORT = Need("report of a weighbridge", "Takes what one says", asks=("kilograms",), query=False)


class Question(msgspec.Struct, frozen=True):
    """What does it weigh?"""

    lorry: str


class Weight(msgspec.Struct, frozen=True):
    """So much."""

    kilograms: int


def weighing(name: str) -> Any:
    """A service that fills both."""

    @service(name, title="Weighing", owner="tests", level=Level.BRONZE)
    class Weighing:
        """Weighing."""

        @query(Question, Weight, task="T", who=Who(by=(SYSTEM,)), fills=WEIGHT)
        def weigh(self) -> None:
            """Weigh."""

        @command(Weight, task="T", who=Who(by=(SYSTEM,)), fills=REPORT)
        def report(self) -> None:
            """Report."""

    return Weighing.__service__  # type: ignore[attr-defined] # set by @service


def test_the_platform_finds_what_fills_a_need_whatever_it_is_called() -> None:
    for name in ("bridges", "scales"):
        catalogue = Catalogue([weighing(name)])
        assert catalogue.filling(WEIGHT) == f"{name}.weigh"
        assert catalogue.filled(REPORT).request is Weight


def test_what_nobody_fills_is_not_there() -> None:
    empty = Catalogue([])
    assert empty.filling(WEIGHT) == ""
    with pytest.raises(NotFound, match="weighbridge"):
        empty.filled(WEIGHT)


def test_two_that_fill_the_same_are_refused() -> None:
    with pytest.raises(DeclarationFault, match=r"bridges\.weigh and scales\.weigh are both weighbridge"):
        Catalogue([weighing("bridges"), weighing("scales")])


@pytest.mark.parametrize(
    ("declare", "lacking"),
    [
        (query(Weight, Weight, task="T", who=Who(by=(SYSTEM,)), fills=WEIGHT), r"Weight\.lorry"),
        (query(Question, Question, task="T", who=Who(by=(SYSTEM,)), fills=WEIGHT), r"Question\.kilograms"),
        (command(Question, task="T", who=Who(by=(SYSTEM,)), fills=WEIGHT), "that is a query"),
        (query(Weight, Weight, task="T", who=Who(by=(SYSTEM,)), fills=REPORT), "that is a command"),
    ],
)
def test_an_operation_that_cannot_fill_it_is_refused(declare: Callable[..., Any], lacking: str) -> None:
    def weigh() -> None:
        """Weigh."""

    with pytest.raises(DeclarationFault, match=lacking):
        declare(weigh)


def test_a_function_is_bound_to_a_supply_and_stays_what_it_is() -> None:
    absent: Supply[Callable[[], int]] = Supply("absent", "How many are away")

    @supplied(absent)
    def away() -> int:
        return 3

    assert away() == 3
    assert away.__dict__["__supplies__"] is absent
