"""Typed structs as XML Schema: what JSON refuses, XML refuses; what one writes, the other reads."""

from __future__ import annotations

import datetime as dt
import enum
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import Meta

from douane.standards.xml_schema.binding import MOST_ELEMENTS, Binding
from douane.standards.xml_schema.parts import Element, Schema
from douane.standards.xml_schema.structs import group_of, groups_of
from douane.standards.xml_schema.writing import schema_text
from douane.vocabulary.errors import DeclarationFault, NotValid, OurFault, TooLarge, UnknownMessageType
from douane.vocabulary.faults import COUNTED, NAMED

SPACE = "https://douane.example/test"


class Colour(enum.Enum):
    GREEN = "green"
    RED = "red"


class Item(msgspec.Struct, frozen=True):
    """A goods item."""

    number: Annotated[int, Meta(ge=1, le=999)]
    code: Annotated[str, Meta(pattern=r"\A[0-9]{6,10}\Z", title="Commodity code", extra={"element": "18 09 000 000"})]
    mass: Decimal | None = None


class Order(msgspec.Struct, frozen=True):
    """An order, with a field of every kind."""

    name: Annotated[str, Meta(min_length=1, max_length=8)]
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=3)]
    colour: Colour
    on: dt.date
    at: dt.datetime
    sure: bool
    share: Annotated[float, Meta(gt=0, lt=1)]
    seal: bytes
    way: Literal["air", "sea"] = "sea"
    tags: tuple[Annotated[str, Meta(max_length=3)], ...] = ()
    first: Item | None = None


def bound(*types: type, qualified: bool = True) -> Binding:
    groups = groups_of({t.__name__.lower(): t for t in types}, qualified=qualified)
    return Binding(Schema(SPACE, tuple(Element(tag, g.type) for tag, g in groups.items())), groups)


ORDER = Order(
    "n", (Item(1, "123456"), Item(2, "1234567", Decimal("0.50"))), Colour.RED, dt.date(2026, 11, 2),
    dt.datetime(2026, 11, 2, 3, 4, 5, tzinfo=dt.UTC), True, 0.25, b"\0\1", "air", ("a", ""),
    Item(3, "999999"),
)  # fmt: skip


@pytest.mark.parametrize("qualified", [True, False])
def test_what_is_written_is_read_again(qualified: bool) -> None:
    binding = bound(Order, qualified=qualified)
    text = binding.write("order", ORDER)
    assert binding.read(etree.fromstring(text)) == ORDER
    assert (f"<{'m:' * (not qualified)}order " in text, "<name>n</name>" in text) == (True, True)


def test_optional_items_may_stay_away() -> None:
    binding = bound(Item)
    assert binding.read(etree.fromstring(binding.write("item", Item(1, "123456")))) == Item(1, "123456")


def test_the_schema_says_what_the_annotations_say() -> None:
    text = schema_text(Schema(SPACE, (Element("order", group_of(Order).type),)))
    assert '<xs:element name="items" type="t:ItemType" maxOccurs="3"/>' in text
    assert '<xs:element name="first" type="t:ItemType" minOccurs="0"/>' in text
    assert "<xs:documentation>Commodity code; data element 18 09 000 000</xs:documentation>" in text
    assert '<xs:pattern value="[0-9]{6,10}"/>' in text
    assert '<xs:enumeration value="green"/>' in text
    assert '<xs:element name="tags" minOccurs="0" maxOccurs="unbounded">' in text
    assert text == schema_text(Schema(SPACE, (Element("order", group_of(Order).type),)))


@pytest.mark.parametrize(
    ("old", "new", "code", "pointer"),
    [
        ("<name>n<", "<name><", "40", "/order/name"),
        ("<name>n<", "<name>123456789<", "39", "/order/name"),
        ("<number>2<", "<number>0<", "54", "/order/items[2]/number"),
        ("<number>2<", "<number>1000<", "55", "/order/items[2]/number"),
        ("<number>2<", "<number>x<", "50", "/order/items[2]/number"),
        ("<code>123456<", "<code>12345<", "51", "/order/items[1]/code"),
        (">red<", ">blue<", "12", "/order/colour"),
        ("<colour>red</colour>", "", "15", "/order/on"),
        ("<code>123456</code>", "", "13", "/order/items[1]/code"),
        ("<name>", "<nom>x</nom><name>", "15", "/order/nom"),
        ("<items>", "x<items>", "18", "/order"),
        (">2026-11-02<", ">2026-11-02Z<", "51", "/order/on"),
        (">2026-11-02<", ">2026-02-30<", "50", "/order/on"),
        ("<name>", '<name a="1">', "15", "/order/name"),
    ],
)
def test_a_fault_is_named_with_place_and_remedy(old: str, new: str, code: str, pointer: str) -> None:
    binding = bound(Order)
    text = binding.write("order", ORDER)
    assert old in text
    with pytest.raises(NotValid) as caught:
        binding.read(etree.fromstring(text.replace(old, new, 1)))
    found = caught.value.faults[0]
    assert (found.code, found.pointer) == (code, pointer)
    assert found.remedy.endswith(".")
    assert SPACE not in found.remedy


def test_faults_at_several_places_are_all_named() -> None:
    binding = bound(Order)
    text = (
        binding.write("order", ORDER).replace(">red<", ">blue<").replace("<name>n<", "<name><").replace(">true<", ">?<")
    )
    with pytest.raises(NotValid) as caught:
        binding.read(etree.fromstring(text))
    assert [f.pointer for f in caught.value.faults] == ["/order/name", "/order/colour", "/order/sure"]


def test_a_message_inside_another_document_is_judged_by_itself() -> None:
    binding = bound(Item)
    for prefix in ("", "p:"):
        mark = f"xmlns{':p' if prefix else ''}"
        number, code = f"<{prefix}number>1</{prefix}number>", f"<{prefix}code>x</{prefix}code>"
        text = f'<a><b/>\n<{prefix}item {mark}="{SPACE}">{number}\n{code}<c/></{prefix}item></a>'
        with pytest.raises(NotValid) as caught:
            binding.read(etree.fromstring(text)[1])
        assert [(f.code, f.pointer, f.line) for f in caught.value.faults] == [
            ("51", "/item/code", 3),
            ("15", "/item/c", 3),
        ]
        assert "[0-9]{6,10}" in caught.value.faults[0].remedy


def test_what_no_schema_can_say_is_still_refused() -> None:
    class Late(msgspec.Struct, frozen=True):
        at: dt.datetime

        def __post_init__(self) -> None:
            if self.at.year > 2100:
                raise ValueError("too late")

    binding = bound(Late)
    for text in ("2200-01-01T00:00:00Z", "99999-01-01T00:00:00Z"):
        with pytest.raises(NotValid):
            binding.read(etree.fromstring(f'<late xmlns="{SPACE}"><at>{text}</at></late>'))


def test_another_root_is_unknown() -> None:
    with pytest.raises(UnknownMessageType):
        bound(Item).read(etree.fromstring("<item/>"))


def test_what_xml_cannot_carry_is_not_written() -> None:
    with pytest.raises(OurFault):
        bound(Item).write("item", Item(1, "a\0"))


class Holder(msgspec.Struct):
    inner: Holder | None = None


class Mapping(msgspec.Struct):
    facts: dict[str, str]


class Either(msgspec.Struct):
    value: int | str


class Unsayable(msgspec.Struct):
    text: Annotated[str, Meta(pattern=r"\A(?=a)b\Z")]


@pytest.mark.parametrize("struct", [Holder, Mapping, Either, Unsayable, int], ids=lambda t: t.__name__)
def test_what_has_no_place_in_a_schema_is_refused_at_the_start(struct: type) -> None:
    with pytest.raises(DeclarationFault):
        group_of(struct)


def test_two_groups_of_one_name_are_refused() -> None:
    other = msgspec.defstruct("Item", [("x", int)])
    with pytest.raises(DeclarationFault):
        groups_of({"a": Item, "b": other})


class Sample(msgspec.Struct, frozen=True):
    text: Annotated[str, Meta(min_length=2, max_length=5)]
    code: Annotated[str, Meta(pattern=r"\A[A-Z]{2}([0-9]|x|\.)*\Z")]
    loose: Annotated[str, Meta(pattern=r"a+b")]
    whole: Annotated[int, Meta(ge=-5, lt=5)]
    sure: bool


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=7)


@settings(max_examples=300, deadline=None)
@given(
    TEXT, st.one_of(TEXT, st.from_regex(r"\A[A-Z]{1,3}[0-9x.]{0,3}\Z")), st.text("abc", max_size=5), st.integers(-7, 7),
    st.booleans(),
)  # fmt: skip
def test_xml_and_json_refuse_the_same(text: str, code: str, loose: str, whole: int, sure: bool) -> None:
    binding = bound(Sample)
    given_ = {"text": text, "code": code, "loose": loose, "whole": whole, "sure": sure}
    try:
        wanted: Any = msgspec.convert(given_, Sample)
    except msgspec.ValidationError:
        wanted = None
    node = etree.fromstring(binding.write("sample", Sample(**given_)))  # type: ignore[arg-type]
    if wanted is None:
        with pytest.raises(NotValid):
            binding.read(node)
    else:
        assert binding.read(node) == wanted


def test_threads_that_read_at_once_find_their_own_faults() -> None:
    """libxml2 keeps what it finds in the schema: two validations of one schema object would mix theirs up."""
    binding = bound(Order)
    good = etree.fromstring(binding.write("order", ORDER))
    wrong = [etree.fromstring(binding.write("order", ORDER).replace(">air<", f">way{n}<")) for n in range(8)]

    def judged(n: int) -> bool:
        for _ in range(40):
            assert binding.read(good) == ORDER
            with pytest.raises(NotValid) as caught:
                binding.read(wrong[n])
            assert {(each.pointer, each.value) for each in caught.value.faults} == {("/order/way", f"way{n}")}
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(judged, range(8)))


def test_a_hundred_faults_of_a_schema_are_named_and_the_rest_is_counted() -> None:
    class Many(msgspec.Struct, frozen=True):
        numbers: tuple[Annotated[int, Meta(ge=1)], ...] = ()

    binding = bound(Many)
    for count in (1, NAMED, NAMED + 1, COUNTED - 1, 5 * COUNTED):
        inner = "<numbers>0</numbers>" * count
        with pytest.raises(NotValid) as caught:
            binding.read(etree.fromstring(f'<many xmlns="{SPACE}">{inner}</many>'))
        found = caught.value.faults
        assert len(found) == min(count, NAMED)
        assert [each.pointer for each in found[:2]] == ["/many/numbers[1]", "/many/numbers[2]"][:count] or count == 1
        if count > NAMED:
            left = "901 places or more" if count >= COUNTED else f"{count - NAMED + 1} more places"
            assert left in found[-1].remedy


def test_a_message_of_too_many_elements_is_not_judged() -> None:
    binding = bound(Order)
    for count in (MOST_ELEMENTS, MOST_ELEMENTS + 1):
        root = etree.fromstring(f'<order xmlns="{SPACE}">{"<name>n</name>" * count}</order>')
        with pytest.raises(TooLarge if count > MOST_ELEMENTS else NotValid):
            binding.read(root)
