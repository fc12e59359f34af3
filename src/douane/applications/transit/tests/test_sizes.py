"""Sizes in the notation of the published layouts, and the table of the transitional period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.sizes import rules_of, unfit
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.applications.transit.rules.transitional.table import ROWS, RULES
from douane.applications.transit.tests import base_declarations as declarations
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.code_lists import SmallLook
from douane.standards.ncts.phase5 import CC015C

LAST = dt.date(2025, 1, 21)
ACROSS = {"B1877", "B1896", "B1922", "B1966"}
"""Those that compare several places, and are no rows."""


@pytest.mark.parametrize(
    ("form", "value", "fitting"),
    [
        ("an..9", "A" * 9, True),
        ("an..9", "A" * 10, False),
        ("an4", "A1B2", True),
        ("an4", "A1B", False),
        ("an4", "A1B23", False),
        ("n..5", 99_999, True),
        ("n..5", 100_000, False),
        ("n..11,3", Decimal("99999999.999"), True),
        ("n..11,3", Decimal("1.0001"), False),
        ("n..11,3", Decimal(12345678901), True),
        ("n..11,3", Decimal(123456789012), False),
        ("n..11,3", Decimal("1E+11"), False),
        ("n..11,3", Decimal("0.001"), True),
        ("n..11,3", Decimal("120.500000"), True),
        ("n..11,3", Decimal(0), True),
        ("2x", ("a", "b"), True),
        ("2x", ("a", "b", "c"), False),
        ("0x", ("a",), False),
        ("!99", "30", True),
        ("!99", "99", False),
    ],
)
def test_what_fits_a_format(form: str, value: Any, fitting: bool) -> None:
    assert unfit(form)(value) is not fitting


def test_the_table_is_one_source_of_its_rules() -> None:
    ended = {rule.id: rule for rule in BOOK.rules if rule.until is TRANSITION_END}
    assert {rule.id for rule in RULES} == {rule for rule, *_ in ROWS} == ended.keys() - ACROSS
    assert all(ended[rule.id] is rule and rule.after is None for rule in RULES)
    assert len(ended) == 41
    assert len(ROWS) == len(set(ROWS)) > 100


@pytest.mark.parametrize(("day", "broken"), [(LAST, True), (LAST + dt.timedelta(1), False)])
def test_a_size_holds_until_the_last_day_of_the_transition(day: dt.date, broken: bool) -> None:
    message = edits.packaging(declarations.normal(), shipping_marks="M" * 43)
    found = [f for f in BOOK.faults(message, None, SmallLook(date=day)) if f.rule == "E1105"]
    assert [(f.pointer.rpartition("/")[2], f.code) for f in found] == ([("shippingMarks", "50")] if broken else [])


def test_a_path_that_a_message_does_not_have_is_refused_at_start() -> None:
    with pytest.raises(KeyError, match="shippingMark"):
        rules_of(
            [("E1", "Consignment/shippingMark", "an..3", "-")], {"E1": "Shorten."}, lambda _: (CC015C,),
            until=TRANSITION_END, module=__name__,
        )  # fmt: skip


def test_an_access_code_is_not_repeated() -> None:
    message = edits.guarantee_reference(declarations.normal(), access_code="A1B")
    (fault,) = [f for f in BOOK.faults(message, None, SmallLook(date=LAST)) if f.rule == "E1118"]
    assert fault.value == ""


@pytest.mark.parametrize("day", [LAST, LAST + dt.timedelta(1)])
def test_a_row_with_a_condition_ends_with_the_transition_too(day: dt.date) -> None:
    message = edits.consignment(declarations.old_with_security(), place_of_loading=None)
    found = [f.pointer for f in BOOK.faults(message, None, SmallLook(date=day)) if f.rule == "B1893"]
    assert found == (["/CC015C/Consignment/PlaceOfLoading"] if day == LAST else [])
