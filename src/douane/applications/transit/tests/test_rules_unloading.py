"""Unloading remarks against the unloading permission: what was declared, what was found beyond it."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.published import unloading as rules_unloading
from douane.applications.transit.tests.r_base import NOW, REMARKS, WRITTEN, edit, group
from douane.applications.transit.tests.r_cases import found
from douane.applications.transit.tests.r_groups import HOUSE, ITEM
from douane.author import RuleBook

BOOK = RuleBook.of(rules_unloading)
SECOND = f"{HOUSE}__consignment_item__1"
AT_HOUSE = "/CC044C/Consignment/HouseConsignment[1]"


def permitted_item(number: int, within: int) -> Any:
    """An item with two packagings, as the permission shows it."""
    return group(
        "CustomConsignmentItem04",
        goods_item_number=within,
        declaration_goods_item_number=number,
        commodity=group("CustomCommodity02", description_of_goods="Ball bearings"),
        packaging=tuple(group("Packaging02", sequence_number=n, type_of_packages="CT") for n in (1, 2)),
    )


def permission(*houses: tuple[int, ...]) -> Any:
    """An unloading permission; each house is given by the numbers of its items in the declaration."""
    made = tuple(
        group(
            "CustomHouseConsignment04",
            sequence_number=h,
            gross_mass=1,
            consignment_item=tuple(permitted_item(number, n) for n, number in enumerate(numbers, 1)),
        )
        for h, numbers in enumerate(houses, 1)
    )
    return group(
        "CC043C",
        message_sender="NTA.AT",
        message_recipient="AT12345678901",
        preparation_date_and_time=WRITTEN,
        message_identification="P1",
        message_type="CC043C",
        transit_operation=group(
            "TransitOperation14", mrn="24GB000246J8NY33L7", security="0", reduced_dataset_indicator=False
        ),
        customs_office_of_destination_actual=REMARKS.customs_office_of_destination_actual,
        trader_at_destination=group("TraderAtDestination02", identification_number="AT12345678901"),
        consignment=group("CustomConsignment05", container_indicator=False, house_consignment=made),
    )


CASE = KnownCase(permission=permission((1, 2), (3,)))


def packagings(*numbers: int) -> dict[str, Any]:
    """Packagings reported for the first item."""
    return {f"{ITEM}__packaging": tuple(group("Packaging01", sequence_number=n) for n in numbers)}


def numbered(through: int, within: int) -> dict[str, Any]:
    """The numbers of the second item reported."""
    return {f"{SECOND}__declaration_goods_item_number": through, f"{SECOND}__goods_item_number": within}


@pytest.mark.parametrize(
    "changes", [{}, packagings(2), packagings(1, 3, 4), numbered(4, 3)], ids=["declared", "one", "found", "new item"]
)
def test_declared_numbers_and_the_next_ones_are_accepted(changes: dict[str, Any]) -> None:
    message = edit(REMARKS, **changes)
    assert found(BOOK, "R0054", message, NOW, CASE) == []
    assert found(BOOK, "R0055", message, NOW, CASE) == []


def test_a_number_beyond_the_next_one_is_refused_where_the_case_is_known() -> None:
    message = edit(REMARKS, **packagings(1, 4))
    place = f"{AT_HOUSE}/ConsignmentItem[1]/Packaging[2]/sequenceNumber"
    assert found(BOOK, "R0054", message, NOW, CASE) == [(place, "14")]
    assert found(BOOK, "R0054", message, NOW) == []


def test_an_item_beyond_the_next_one_is_refused_where_the_case_is_known() -> None:
    message = edit(REMARKS, **numbered(6, 5))
    at_item = f"{AT_HOUSE}/ConsignmentItem[2]"
    expected = [(f"{at_item}/declarationGoodsItemNumber", "14"), (f"{at_item}/goodsItemNumber", "14")]
    assert found(BOOK, "R0055", message, NOW, CASE) == expected
    assert found(BOOK, "R0055", message, NOW) == []


def test_a_house_consignment_beyond_the_next_one_is_refused() -> None:
    message = edit(REMARKS, **{f"{HOUSE}__sequence_number": 4})
    assert found(BOOK, "R0054", message, NOW, CASE) == [(f"{AT_HOUSE}/sequenceNumber", "14")]


def test_a_permission_without_consignment_tells_nothing() -> None:
    case = KnownCase(permission=edit(permission((1,)), consignment=None))
    assert found(BOOK, "R0054", edit(REMARKS, **packagings(1, 4)), NOW, case) == []
