"""Each way in which a value can be wrong is answered by what to write instead."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta, Struct

from douane.runtime.catalogue.mending import remedy_of


class Colour(enum.Enum):
    RED = "red"


class Item(Struct, frozen=True):
    code: Annotated[str, Meta(pattern=r"\A[0-9]{2}\Z")]


class Everything(Struct, frozen=True):
    text: Annotated[str, Meta(min_length=3, max_length=4)] = "abc"
    number: Annotated[int, Meta(ge=1, lt=10)] = 1
    choice: int | None = None
    day: dt.date = dt.date(2026, 1, 1)
    moment: dt.datetime | None = None
    mass: Decimal = Decimal(0)
    colour: Colour = Colour.RED
    items: Annotated[tuple[Item, ...], Meta(min_length=1)] = ()
    flag: bool = True


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b'{"text": 5}', "Write a text here, not a whole number."),
        (b'{"text": "a"}', "Write at least 3 characters here."),
        (b'{"text": "abcde"}', "Write at most 4 characters here."),
        (b'{"number": 0}', "Write at least 1 here."),
        (b'{"number": 10}', "Write at most 9 here."),
        (b'{"number": 1.5}', "Write a whole number here, not a decimal number."),
        (b'{"choice": "x"}', "Write a whole number or null here, not a text."),
        (b'{"day": "soon"}', "Write a date such as 2026-11-27 here."),
        (b'{"moment": "soon"}', "Write a date and time such as 2026-11-27T08:00:00Z here."),
        (b'{"mass": "much"}', "Write a number here."),
        (b'{"mass": []}', "Write a number here, not a list."),
        (b'{"colour": "blue"}', "Write a value of this field; blue is none."),
        (b'{"items": []}', "Write at least 1 item here."),
        (b'{"items": [{}]}', "Add the field code."),
        (b'{"items": [{"code": "x"}]}', "Write a text of the form [0-9]{2} here."),
        (b'{"flag": 1}', "Write true or false here, not a whole number."),
        (b"[]", "Write an object here, not a list."),
    ],
)
def test_a_wrong_value_is_answered_by_what_to_write(content: bytes, remedy: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(content, type=Everything)
    assert remedy_of(str(caught.value).partition(" - at ")[0]) == remedy


def test_what_has_no_sentence_of_its_own_is_said_as_it_is() -> None:
    assert remedy_of("Something new") == "Something new."
