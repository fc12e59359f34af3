"""What is stored is not changed unawares: each record, nested values included, has the form that its version says."""

from __future__ import annotations

import enum
import json

import pytest

from douane.runtime.store.records import RecordKind, Value
from tests.architecture.record_shapes import KEPT, change, name, product_kinds, shape

SHAPES: dict[str, dict[str, list[str]]] = json.loads(KEPT.read_text())
RECORD = "then run `python -m tests.architecture.record_shapes` and commit what it writes"


@pytest.mark.parametrize("kind", product_kinds(), ids=name)
def test_a_record_is_stored_as_its_version_says(kind: RecordKind) -> None:
    kept = SHAPES.get(name(kind), {}).get(str(kind.stored.version))
    assert kept is not None, f"{name(kind)} has no form at version {kind.stored.version}: {RECORD}."
    found = change(kind.type, kept)
    assert not found, (
        f"{name(kind)} is stored otherwise than its version {kind.stored.version} says: {found}. A release that runs"
        f" beside this one would misread it or drop what is new. In @record, raise `version` and give in `upgrades`"
        f" what makes the fields of the version before into these; {RECORD}."
    )
    assert shape(kind.type) == kept, f"{name(kind)} has new fields with defaults at its end: {RECORD}."


def test_no_record_that_was_stored_is_forgotten() -> None:
    assert set(SHAPES) == {name(kind) for kind in product_kinds()}


class Colour(enum.Enum):
    RED = "red"


class MoreColours(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Inner(Value, frozen=True):
    amount: int
    colour: Colour = Colour.RED


class GrownInner(Value, frozen=True):
    amount: int
    colour: Colour = Colour.RED
    note: str = ""


class Outer(Value, frozen=True):
    name: str
    lines: tuple[Inner, ...] = ()


class NestedGrown(Value, frozen=True):
    name: str
    lines: tuple[GrownInner, ...] = ()


class OtherInner(Value, frozen=True):
    amount: int
    colour: MoreColours = MoreColours.RED


class ValueGrown(Value, frozen=True):
    name: str
    lines: tuple[OtherInner, ...] = ()


class EndGrown(Value, frozen=True):
    name: str
    lines: tuple[Inner, ...] = ()
    last: Inner | None = None


class EndDemanded(Value, frozen=True, kw_only=True):
    name: str
    lines: tuple[Inner, ...] = ()
    last: str


class Shrunk(Value, frozen=True):
    name: str


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (Outer, ""),
        (EndGrown, ""),
        (NestedGrown, "`nothing` became `lines*.note: str`"),
        (ValueGrown, "`lines*.colour: one of red` became `lines*.colour: one of red blue`"),
        (EndDemanded, "`nothing` became `last: str`"),
        (Shrunk, "`lines*: array` became `nothing`"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_only_a_field_at_the_end_with_a_default_needs_no_new_version(changed: type[Value], says: str) -> None:
    assert change(changed, shape(Outer)) == says
