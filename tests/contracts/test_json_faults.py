"""All faults of a JSON body at once, each at its place: against the decoder, and for faults that were put in."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import itertools
import json
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, NewType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct

from douane.applications.transit.tests.base_declarations import normal
from douane.channels.rest.openapi import request_example
from douane.configuration.discovery import services
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.catalogue.faults import faults_of
from douane.runtime.store.origin import Media
from douane.standards.ncts import phase5
from douane.vocabulary.errors import DouaneError, Fault, NotValid, NotWellFormed, TooLarge
from douane.vocabulary.faults import COUNTED, NAMED

Code = NewType("Code", str)


class Colour(enum.Enum):
    RED = "red"


class Box(Struct, frozen=True, rename="camel"):
    code: Annotated[str, Meta(pattern=r"\A[0-9]{2}\Z")]
    gross_mass: Decimal = Decimal(0)
    seals: Annotated[tuple[Annotated[str, Meta(max_length=3)], ...], Meta(max_length=4)] = ()


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last is before the first")


class Load(Struct, frozen=True):
    name: Annotated[str, Meta(min_length=2, max_length=5)]
    count: Annotated[int, Meta(ge=1, lt=1000)]
    boxes: Annotated[tuple[Box, ...], Meta(min_length=1)]
    by_name: dict[str, Box]
    span: Span
    moment: dt.datetime
    day: dt.date | None = None
    colour: Colour = Colour.RED
    spare: Box | None = None
    notes: Annotated[list[str] | None, Meta(description="What else there is.")] = None
    code: Code | None = None
    flag: bool = False
    anything: Any = None


VALID: dict[str, Any] = {
    "name": "load", "count": 3, "moment": "2026-11-27T08:00:00Z", "day": "2026-11-27", "colour": "red", "flag": True,
    "boxes": [{"code": "12", "grossMass": 1.5, "seals": ["a", "b"]}, {"code": "34"}],
    "by_name": {"a/b~c": {"code": "56"}, "d": {"code": "78", "seals": []}},
    "span": {"first": 1, "last": 2}, "spare": {"code": "90"}, "notes": ["x", "y"], "code": "c", "anything": {"a": [1]},
}  # fmt: skip


def judged(value: Any, message: type = Load) -> list[Fault]:
    return list(faults_of(msgspec.json.encode(value), message))


def test_what_is_right_has_no_faults() -> None:
    msgspec.json.decode(msgspec.json.encode(VALID), type=Load)
    assert judged(VALID) == []


Place = tuple[str | int, ...]
Mutation = tuple[Place, str, Callable[[Any], None]]


def at(value: Any, place: Place) -> Any:
    for each in place:
        value = value[each]
    return value


def changed(place: Place, new: Any) -> Mutation:
    """Write a value somewhere; the pointer of the fault that it makes."""

    def change(value: Any) -> None:
        at(value, place[:-1])[place[-1]] = copy.deepcopy(new)

    pointer = "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in place)
    return place, pointer, change


def removed(place: Place) -> Mutation:
    def change(value: Any) -> None:
        del at(value, place[:-1])[place[-1]]

    return place, "".join(f"/{each}" for each in place[:-1]), change


MUTATIONS = [
    changed(("name",), 5), changed(("name",), "a"), changed(("name",), "abcdef"), removed(("name",)),
    changed(("name",), None),
    changed(("count",), 0), changed(("count",), 1000), changed(("count",), "3"), changed(("count",), 1.5),
    removed(("count",)),
    changed(("moment",), "soon"), changed(("moment",), 7), removed(("moment",)), changed(("day",), "2026-02-30"),
    changed(("colour",), "blue"), changed(("flag",), 1), changed(("code",), {}), changed(("boxes", 0), []),
    changed(("boxes", 0, "code"), "x"), removed(("boxes", 1, "code")), changed(("boxes", 0, "grossMass"), "much"),
    changed(("boxes", 0, "seals", 1), "long"), changed(("boxes", 0, "seals", 0), 0), changed(("boxes", 1), "box"),
    changed(("by_name", "a/b~c", "code"), 7), changed(("by_name", "d"), 3), changed(("by_name", "d", "seals"), {}),
    changed(("span", "first"), None), removed(("span", "last")), changed(("span", "more"), 1),
    changed(("spare", "code"), ""),
    changed(("spare",), 4), changed(("notes", 1), 2), changed(("notes",), "x"), changed(("notes", 0), None),
]  # fmt: skip


def apart(places: list[Place]) -> bool:
    """Whether none of them lies in another one."""
    return all(a[: len(b)] != b and b[: len(a)] != a for a, b in itertools.combinations(places, 2))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=12, unique_by=id))
def test_n_faults_that_do_not_touch_each_other_are_n_faults_at_their_pointers(mutations: list[Any]) -> None:
    kept: list[Any] = []
    for each in mutations:
        if apart([place for place, _, _ in (*kept, each)]):
            kept.append(each)
    value = copy.deepcopy(VALID)
    for _, _, change in kept:
        change(value)
    found = judged(value)
    assert sorted(each.pointer for each in found) == sorted(pointer for _, pointer, _ in kept)
    assert all(each.code == "50" and each.remedy for each in found)
    assert len(set(found)) == len(found)


def test_bounds_of_a_list_and_faults_of_its_items_are_told_together() -> None:
    value = copy.deepcopy(VALID)
    value["boxes"][0]["seals"] = ["a", "long", "b", 4, "c"]
    assert [(each.pointer, each.remedy) for each in judged(value)] == [
        ("/boxes/0/seals", "Write at most 4 items here."), ("/boxes/0/seals/1", "Write at most 3 characters here."),
        ("/boxes/0/seals/3", "Write a text here, not a whole number."),
    ]  # fmt: skip


def test_a_value_that_contradicts_itself_is_told_where_its_members_are_right() -> None:
    (found,) = judged(VALID | {"span": {"first": 3, "last": 2}})
    assert (found.pointer, found.remedy) == ("/span", "the last is before the first.")
    assert [each.pointer for each in judged(VALID | {"span": {"first": "3", "last": 2}})] == ["/span/first"]


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "a", "12", "red", "2026-11-27", "2026-11-27T08:00:00Z", "1.5"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["code", "grossMass", "seals", "x"]), inner),
    max_leaves=8,
)  # fmt: skip


def decoded(body: bytes) -> str:
    try:
        msgspec.json.decode(body, type=Load)
    except msgspec.ValidationError as problem:
        return str(problem)
    return ""


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(VALID)), ANY, max_size=4))
def test_it_finds_faults_where_the_decoder_does_and_nowhere_else(changes: dict[str, Any]) -> None:
    body = msgspec.json.encode(VALID | changes)
    assert bool(list(faults_of(body, Load))) == bool(decoded(body))


CATALOGUE = Catalogue(services())


def messages() -> list[type]:
    return sorted({each.request for each in CATALOGUE.operations.values()}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_every_message_of_the_product_names_every_field_that_it_lacks(message: type) -> None:
    fields = msgspec.structs.fields(message)
    needed = [each.encode_name for each in fields if each.required]
    if needed:
        with pytest.raises(NotValid) as caught:
            CATALOGUE.read_json(message, b"{}")
        said = "Give {}." if CATALOGUE.family(message) else "Add the field {}."
        assert [each.remedy for each in caught.value.faults] == [said.format(name) for name in needed]
    wrong: dict[str, Any] = {each.encode_name: [[[]]] for each in fields}
    if not wrong:
        return
    with pytest.raises(NotValid) as caught:
        CATALOGUE.read_json(message, msgspec.json.encode(wrong))
    pointers = {each.pointer.split("/")[1] for each in caught.value.faults}
    free = {each.encode_name for each in fields if each.type is Any}
    assert pointers == wrong.keys() - free


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [("LRN", "L" * 40, "39"), ("declarationType", "T1 AND MORE", "39"), ("security", "x", "53"), ("fee", "1", "15")],
)
def test_a_published_message_in_json_is_judged_by_its_layout(place: str, value: str, code: str) -> None:
    declared = json.loads(phase5.to_json(normal()))["CC015C"]
    assert CATALOGUE.read_json(phase5.CC015C, json.dumps(declared).encode()) == normal()
    declared["TransitOperation"][place] = value
    with pytest.raises(NotValid) as caught:
        CATALOGUE.read_json(phase5.CC015C, json.dumps(declared).encode())
    assert [(each.pointer, each.code) for each in caught.value.faults] == [(f"/TransitOperation/{place}", code)]


def test_what_a_former_release_took_in_json_is_read_again() -> None:
    declared = json.loads(phase5.to_json(normal()))["CC015C"]
    declared["TransitOperation"]["LRN"] = "L" * 40
    found = CATALOGUE.decode("transit.lodge_declaration", "CC015C", Media.JSON, json.dumps(declared).encode())
    assert found.transit_operation.lrn == "L" * 40


def refused(body: bytes) -> DouaneError:
    with pytest.raises((NotValid, NotWellFormed, TooLarge)) as caught:
        CATALOGUE.read_json(Load, body)
    return caught.value


def test_at_most_a_hundred_are_named_and_the_last_one_says_how_many_are_left_out() -> None:
    for count, left in ((NAMED, ""), (NAMED + 1, "2 more places"), (COUNTED - 1, "900 more places"),
                        (COUNTED, "901 places or more"), (50_000, "901 places or more")):  # fmt: skip
        problem = refused(msgspec.json.encode(VALID | {"notes": [1] * count}))
        named = [each.pointer for each in problem.faults]
        assert named == [f"/notes/{n}" for n in range(NAMED - bool(left))] + [""] * bool(left)
        assert not left or f": {left} are left out" in problem.faults[-1].remedy


def test_what_is_wrong_behind_a_long_list_is_found() -> None:
    value = copy.deepcopy(VALID)
    value["notes"] = ["x"] * 70_000
    for number in (0, 255, 256, 69_999):
        value["notes"][number] = 0
    assert [each.pointer for each in judged(value)] == [f"/notes/{n}" for n in (0, 255, 256, 69_999)]


def test_a_body_that_is_no_document_behind_its_first_fault_is_no_document() -> None:
    assert isinstance(refused(b'{"name": 5, "count": '), NotWellFormed)
    assert isinstance(refused(b'{"name": 5, "x": ' + b"[" * 60), NotWellFormed)
    assert isinstance(refused(b'{"name": 5, "x": ' + b"[" * 50_000), TooLarge)


def test_a_member_that_stands_twice_is_judged_as_the_decoder_does() -> None:
    body = msgspec.json.encode(VALID)[:-1] + b', "name": 5, "name": "good"}'
    assert [each.pointer for each in refused(body).faults] == ["/name"]


@pytest.mark.parametrize("seed", range(20))
def test_members_in_any_order_give_the_same_faults(seed: int) -> None:
    rng = random.Random(seed)
    wrong = VALID | {"name": 1, "count": "x", "boxes": [], "span": {}}
    names = list(wrong)
    rng.shuffle(names)
    assert judged({name: wrong[name] for name in names}) == judged(wrong)


def test_a_body_with_more_values_than_any_message_has_is_not_looked_into() -> None:
    """A look at all of them would cost a door seconds, and a hundred megabytes."""
    hostile = [[1] * 4_000_000, [[]] * 2_600_000, [{}] * 2_600_000]
    for each in hostile:
        problem = refused(msgspec.json.encode(VALID | {"notes": each, "spare": {}})[: 8 * 1024 * 1024])
        assert isinstance(problem, TooLarge)


def test_the_largest_declaration_is_looked_into() -> None:
    """1,999 items, each with some forty values."""
    boxes = [{"code": "12", "grossMass": 1, "seals": ["a"] * 4, **{f"x{n}": n for n in range(30)}}] * 1_999
    value = VALID | {"boxes": [*boxes, {}], "name": 1}
    assert [each.pointer for each in judged(value)] == ["/name", f"/boxes/{len(boxes)}"]


@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_the_example_of_every_message_is_valid(message: type) -> None:
    """What OpenAPI shows of it; of a published one by its layout."""
    CATALOGUE.read_json(message, msgspec.json.encode(request_example(message, CATALOGUE.family(message))))
