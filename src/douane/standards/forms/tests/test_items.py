"""The items of our own types, as their annotations say them."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta, Struct

from douane.standards.forms.items import Content, everything, items_of, words
from douane.vocabulary.errors import DeclarationFault

Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country", extra={"code_list": "CL008"})]


class Mode(enum.Enum):
    SEA = "1"
    RAIL = "2"


class Line(Struct, frozen=True):
    description: Annotated[
        str, Meta(min_length=1, max_length=512, description="In trade terms", extra={"confidential": True})
    ]
    mass: Annotated[Decimal, Meta(title="Gross mass, kg", extra={"element": "18 04 000 000", "format": "n..16,6"})]
    origin: Country | None = None
    pieces: Annotated[int, Meta(ge=1, le=99999)] = 1


class Load(Struct, frozen=True, rename="camel"):
    customs_office: str
    lines: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=999, title="Goods")]
    mode: Mode = Mode.SEA
    kind: Literal["A", "B"] = "A"
    day: dt.date | None = None
    at: dt.datetime | None = None
    sealed: bool = False
    seals: tuple[str, ...] = ()
    odd: int | str = 0
    rest: Any = None


class Knot(Struct, frozen=True):
    inner: Knot | None = None


def test_items_stand_in_order_with_path_label_and_cardinality() -> None:
    load = {each.path: each for each in everything(items_of(Load))}
    assert list(load)[:6] == [
        "/customsOffice", "/lines", "/lines/description", "/lines/mass", "/lines/origin", "/lines/pieces",
    ]  # fmt: skip
    lines, mass, origin = load["/lines"], load["/lines/mass"], load["/lines/origin"]
    assert (lines.content, lines.label, lines.least, lines.most) == (Content.GROUP, "Goods", 1, 999)
    assert (mass.label, mass.element, mass.format, mass.content) == (
        "Gross mass, kg", "18 04 000 000", "n..16,6", Content.DECIMAL,
    )  # fmt: skip
    assert (origin.least, origin.code_list, origin.label, origin.patterns) == (
        0,
        "CL008",
        "Country",
        (r"\A[A-Z]{2}\Z",),
    )
    assert load["/customsOffice"].label == "Customs office"
    assert load["/seals"].most is None


def test_what_an_item_may_hold() -> None:
    load = {each.path: each for each in everything(items_of(Load))}
    described = load["/lines/description"]
    assert (described.shortest, described.longest, described.help, described.confidential) == (
        1,
        512,
        "In trade terms",
        True,
    )
    assert (load["/lines/pieces"].low, load["/lines/pieces"].high) == (1, 99999)
    assert (load["/mode"].values, load["/kind"].values) == (("1", "2"), ("A", "B"))
    assert [load[f"/{name}"].content for name in ("day", "at", "sealed", "seals", "odd", "rest")] == [
        Content.DATE, Content.MOMENT, Content.FLAG, Content.TEXT, Content.ANYTHING, Content.ANYTHING,
    ]  # fmt: skip


def test_what_no_form_can_show_is_refused() -> None:
    with pytest.raises(DeclarationFault, match="Knot holds itself"):
        items_of(Knot)
    with pytest.raises(DeclarationFault, match="int is no struct"):
        items_of(int)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("customsOfficeOfDeparture", "Customs office of departure"),
        ("country_of_dispatch", "Country of dispatch"),
        ("LRN", "LRN"),
        ("TIRCarnetNumber", "TIR carnet number"),
        ("referenceNumberUCR", "Reference number UCR"),
    ],
)
def test_a_name_as_words(name: str, said: str) -> None:
    assert words(name) == said
