"""Two contracts of one query side by side, served by one handler; what is on its way out says so, and then is gone."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.channels.rest.binding import Rest
from douane.channels.rest.tests.test_binding import TRADER, Desk, Gate
from douane.model.circles import Platform
from douane.model.declare import Earlier, Ending, Level, Status, When, Who, command, query, service
from douane.runtime.catalogue.behaviour import Behaviour, answers, serves, through
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.door.door import Door
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.standards.content_schema.translation import Constant, Move, Translation
from douane.vocabulary.errors import DeclarationFault, NotValid

END = Ending(dt.date(2026, 1, 1), dt.date(2027, 12, 31), successor="weigh_v2")


class Weigh(msgspec.Struct, frozen=True):
    number: str


class Weight(msgspec.Struct, frozen=True):
    mass: int


class Person(msgspec.Struct, frozen=True):
    id: str


class WeighV2(msgspec.Struct, frozen=True):
    parcel: Person
    scale: str


class WeightV2(msgspec.Struct, frozen=True):
    grams: int
    unit: str


TO_V2 = Earlier(
    request=Translation((Move("/number", "/parcel/id"),), (Constant("/scale", "hall"),)),
    answer=Translation((Move("/mass", "/grams"),), (Constant("/unit", "g"),)),
)


@service("scales", title="Scales", owner="tests", level=Level.BRONZE)
class Scales:
    """Scales of a test."""

    @query(
        Weigh, Weight, task="S-1", who=Who(by=(TRADER,)), when=When(status=Status.DEPRECATED, ending=END), earlier=TO_V2
    )
    def weigh(self) -> None:
        """Weigh a parcel, as it was asked first."""

    @query(WeighV2, WeightV2, task="S-1", who=Who(by=(TRADER,)))
    def weigh_v2(self) -> None:
        """Weigh a parcel."""

    @command(Weight, task="S-2", who=Who(by=(TRADER,)), when=When(status=Status.RETIRED, ending=END))
    def note(self) -> None:
        """Note a weight."""


@answers(Scales.weigh_v2)
@serves(Scales.weigh)
def weigh(_view: Any, question: WeighV2) -> WeightV2:
    return WeightV2(len(question.parcel.id), "g" if question.scale == "hall" else "kg")


def behaviour() -> Behaviour:
    module = ModuleType(__name__)
    vars(module).update(weigh=weigh)
    return Behaviour.of([module])


class Weighing(Desk):
    """A door whose core has the one handler."""

    def __post_init__(self) -> None:
        declared = Scales.__service__  # type: ignore[attr-defined] # set by @service
        catalogue, made = Catalogue([declared]), behaviour()
        assert made.check(declared.operations) == []
        core = CoreEnd(
            catalogue, self._submit, Inbox(self.shelf, [0]), self._changed,
            lambda asked: made.queries[asked.operation].answer(None, asked.request), self._acknowledge, self,
            lambda *_: None,
        )  # fmt: skip
        link = DirectLink(Platform.SPEED2, core)
        self.application = Rest(
            Door(Platform.SPEED2, gate=Gate(), catalogue=catalogue, link=link, clock=self)
        ).application()


def test_both_contracts_are_served_by_one_handler() -> None:
    desk = Weighing()
    status, later, head = desk.ask("POST", "/scales/v1/weigh_v2", b'{"parcel":{"id":"P123"},"scale":"yard"}')
    assert (status, later, "deprecation" in head) == (200, {"grams": 4, "unit": "kg"}, False)
    status, earlier, head = desk.ask("POST", "/scales/v1/weigh", b'{"number":"P123"}')
    assert (status, earlier) == (200, {"mass": 4})
    assert head["deprecation"] == "@1767225600"
    assert head["sunset"] == "Fri, 31 Dec 2027 00:00:00 GMT"
    assert head["link"] == '</scales/v1/weigh_v2>; rel="successor-version"'


def test_openapi_marks_what_is_deprecated() -> None:
    _, found, _ = Weighing().ask("GET", "/openapi.json")
    assert found["paths"]["/scales/v1/weigh"]["post"]["deprecated"] is True
    assert found["paths"]["/scales/v1/weigh_v2"]["post"]["deprecated"] is False


@pytest.mark.parametrize("target", ["/scales/v1/note", "/v1/messages?type=Weight"])
def test_what_is_retired_is_refused_with_its_successor(target: str) -> None:
    desk = Weighing()
    status, problem, _ = desk.ask("POST", target, b'{"mass":5}')
    assert (status, problem["code"], problem["remedy"]) == (410, "DOU-1206", "Call scales.weigh_v2.")
    assert desk.arrivals == []


@given(st.text(max_size=30))
def test_the_translation_of_a_question_is_exact(number: str) -> None:
    asked = msgspec.to_builtins(Weigh(number))
    assert TO_V2.request.back(TO_V2.request.forth(asked)) == asked


def test_an_answer_that_the_earlier_contract_cannot_say_is_refused() -> None:
    later = behaviour().queries["scales.weigh_v2"]
    in_kilograms = type(later)(later.operation, lambda _view, _question: WeightV2(1, "kg"))
    with pytest.raises(NotValid):
        through(Scales.weigh, in_kilograms).answer(None, Weigh("P1"))


def test_a_query_without_a_translation_is_served_by_no_other() -> None:
    with pytest.raises(DeclarationFault):
        serves(Scales.weigh_v2)
