"""Import and export: what cannot be is refused at its place; what can goes the one way of clearance (rows 37 and 38 of
the review of procedures against the law)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.clearance.contract import EXPORT, IMPORT, PROCEDURES, Procedure
from douane.applications.clearance.messages import GoodsItem, ImportRefused
from douane.applications.risk_analysis.handlers import PUBLISHED
from tests.journeys.office import Office
from tests.journeys.test_one_risk_analysis import TRADER, exported, imported, strict_tables

SENSIBLE: dict[str, Callable[[], Any]] = {IMPORT.word: imported, EXPORT.word: exported}


def refused(message: Any) -> list[tuple[str, str]]:
    """Where a declaration is refused, and by which code; nothing else is answered."""
    office = Office()
    office.give(message, message.declarant)
    (found,) = office.sent(message.declarant)
    assert type(found).__name__.endswith("Refused"), found
    assert found.reasons == tuple(f"{each.pointer} {each.remedy}" for each in found.faults)
    assert all(each.remedy for each in found.faults)
    assert office.view("FR").resolve("lrn", f"{message.declarant}/{message.lrn}") is None, "nothing is kept of it"
    return [(each.pointer, each.code) for each in found.faults]


def with_item(message: Any, **changed: Any) -> Any:
    first: GoodsItem = message.items[0]
    return replace(message, items=(replace(first, **changed), *message.items[1:]))


def test_row_37_goods_that_do_not_exist_for_nowhere_from_nobody_are_refused_everywhere_at_once() -> None:
    message = with_item(imported(), commodity="000000", gross_mass=Decimal(-5), value=Decimal(-100))
    message = replace(message, country_of_destination="US")
    assert refused(message) == [
        ("/country_of_destination", "14"), ("/items/0/commodity", "12"), ("/items/0/gross_mass", "12"),
        ("/items/0/value", "12"),
    ]  # fmt: skip
    assert refused(replace(imported(), declarant="XX0")) == [("/declarant", "14")]


def test_row_38_goods_that_stay_in_the_union_are_not_exported() -> None:
    office = Office()
    office.give(replace(exported(), country_of_destination="DE"), TRADER)
    (found,) = office.sent(TRADER)
    (fault,) = found.faults
    assert (fault.pointer, fault.code, fault.value) == ("/country_of_destination", "14", "DE")
    assert "UCC art. 269" in fault.remedy
    assert refused(replace(exported(), country_of_dispatch="US")) == [("/country_of_dispatch", "14")]


@pytest.mark.parametrize("own", PROCEDURES, ids=lambda own: own.word)
@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"commodity": "847131"}, [("/items/0/commodity", "12")]),
        ({"commodity": "9999999999"}, [("/items/0/commodity", "12")]),
        ({"gross_mass": Decimal(0)}, [("/items/0/gross_mass", "12")]),
        ({"value": Decimal("-0.01")}, [("/items/0/value", "12")]),
        ({"description": "  "}, [("/items/0/description", "13")]),
        ({"origin": "ZZ"}, [("/items/0/origin", "12")]),
    ],
)
def test_each_item_is_goods_that_can_exist(own: Procedure, changed: dict[str, Any], faults: list[Any]) -> None:
    message = SENSIBLE[own.word]()
    assert refused(with_item(message, **changed)) == faults
    second = replace(message, items=(message.items[0], replace(message.items[0], **changed)))
    assert refused(second) == [(pointer.replace("/0/", "/1/"), code) for pointer, code in faults]


@pytest.mark.parametrize("own", PROCEDURES, ids=lambda own: own.word)
@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"office": "FRXXXXXX"}, "/office"), ({"country_of_dispatch": "ZZ"}, "/country_of_dispatch"),
        ({"country_of_destination": "ZZ"}, "/country_of_destination"), ({"transport_mode": "6"}, "/transport_mode"),
    ],
)  # fmt: skip
def test_offices_countries_and_modes_are_those_of_their_lists(
    own: Procedure, changed: dict[str, Any], pointer: str
) -> None:
    assert refused(replace(SENSIBLE[own.word](), **changed)) == [(pointer, "12")]


@pytest.mark.parametrize("own", PROCEDURES, ids=lambda own: own.word)
def test_what_is_mended_is_accepted_under_the_same_reference(own: Procedure) -> None:
    office, message = Office(), SENSIBLE[own.word]()
    office.give(with_item(message, gross_mass=Decimal(-5)), TRADER)
    office.give(message, TRADER)
    assert office.names(TRADER) == [each.__name__ for each in (own.refused, own.accepted, own.released)]


@pytest.mark.parametrize("own", PROCEDURES, ids=lambda own: own.word)
def test_both_procedures_go_one_way(own: Procedure) -> None:
    PUBLISHED.publish(strict_tables())
    try:
        office = Office()
        office.give(SENSIBLE[own.word](), TRADER)
        mrn = office.sent(TRADER)[0].mrn
        assert mrn[16] == own.letter.value
        for satisfactory in (True, False):
            office.give(own.control(mrn=mrn, satisfactory=satisfactory), "fr.officer", administration="FR")
        told = [each.__name__ for each in (own.accepted, own.controlled, own.released)]
        assert office.names(TRADER) == told, "a second result changes nothing"
        (late,) = office.sent("fr.officer")
        assert type(late) is own.not_recorded
    finally:
        PUBLISHED.publish(None)


def test_a_refusal_of_the_last_release_is_read_without_its_faults() -> None:
    assert ImportRefused("L", ("/office x",)).faults == ()
