"""Conditions of rows: what is stated elsewhere in the same group, above it, or in any of several groups."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.transit.rules.applicability import holds, lists_of
from douane.applications.transit.tests import base_declarations as declarations
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.code_lists import DURING
from douane.standards.ncts.phase5 import CC015C

MESSAGE = declarations.several()
HOUSE = "Consignment/HouseConsignment"
ITEM = f"{HOUSE}/ConsignmentItem"


def judged(condition: str, message: Any = MESSAGE, way: str = "") -> bool:
    """Whether a condition holds for a row about the last house and item on its way."""
    tags = way.split("/") if way else []
    groups: list[Any] = [message]
    for tag in tags:
        group = getattr(groups[-1], {"Consignment": "consignment", "HouseConsignment": "house_consignment",
                                     "ConsignmentItem": "consignment_item"}[tag])  # fmt: skip
        groups.append(group[-1] if isinstance(group, tuple) else group)
    found = holds(condition, CC015C, tags)
    assert found is not None
    return found(groups, DURING)


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        ("TransitOperation/LRN", True),
        ("!TransitOperation/LRN", False),
        ("TransitOperation/specificCircumstanceIndicator", False),
        ("TransitOperation/declarationType=T1,T", True),
        ("TransitOperation/declarationType!=T1,T", False),
        ("TransitOperation/specificCircumstanceIndicator!=XXX", True),
        ("TransitOperation/reducedDatasetIndicator=1", False),
        ("TransitOperation/reducedDatasetIndicator!=1", True),
        ("CustomsOfficeOfDeparture/referenceNumber:2@CL010", True),
        ("CustomsOfficeOfDeparture/referenceNumber:2!@CL010", False),
        ("TransitOperation/specificCircumstanceIndicator!@CL010", True),
        (f"{ITEM}/Commodity/descriptionOfGoods", True),
        (f"{ITEM}/Consignee", False),
        ("TransitOperation/LRN&TransitOperation/TIRCarnetNumber", False),
        ("TransitOperation/LRN&!TransitOperation/TIRCarnetNumber", True),
    ],
)
def test_a_term_says_what_it_asks(condition: str, true: bool) -> None:
    assert judged(condition) is true


def test_a_path_that_goes_the_way_of_the_row_means_the_same_group_else_any() -> None:
    message = edits.item(MESSAGE, reference_number_ucr="UCR-1")  # the first item of the first house
    assert judged(f"{ITEM}/referenceNumberUCR", message)
    assert not judged(f"{ITEM}/referenceNumberUCR", message, ITEM), "the last item of the last house has none"
    assert judged("Consignment/countryOfDestination", message, ITEM) is judged("Consignment/countryOfDestination")


def test_what_is_no_path_or_no_term_is_refused_at_start() -> None:
    with pytest.raises(KeyError, match="referenceNumberOCR"):
        holds("Consignment/referenceNumberOCR", CC015C, [])
    with pytest.raises(AssertionError):
        holds("Consignment/referenceNumberUCR>5", CC015C, [])
    assert holds("-", CC015C, []) is None


def test_the_lists_that_a_condition_needs_are_known() -> None:
    assert lists_of("TransitOperation/LRN&A/b:2!@CL010&A/c@CL505") == ("CL010", "CL505")
    assert lists_of("-") == ()
