"""Translations between versions: exact both ways, for whatever has a way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.standards.content_schema.translation import Constant, Move, Translation
from douane.vocabulary.errors import DeclarationFault, NotValid

TO_V2 = Translation(
    (Move("/eori", "/holder/id"), Move("/name", "/holder/name"), Move("/a/b", "/b")), (Constant("/currency", "EUR"),)
)
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
NAMES = st.sampled_from(["eori", "name", "holder", "id", "currency", "a", "b", "x/y"])
VALUES = st.dictionaries(
    NAMES, st.recursive(LEAVES, lambda inner: st.dictionaries(NAMES, inner, max_size=4), max_leaves=8), max_size=6
)


def test_moves_and_constants() -> None:
    old = {"eori": "DE1", "name": "Rhein", "amount": 5}
    new = {"holder": {"id": "DE1", "name": "Rhein"}, "amount": 5, "currency": "EUR"}
    assert TO_V2.forth(old) == new
    assert TO_V2.back(new) == old


def test_what_the_earlier_version_cannot_say_is_refused_with_its_place() -> None:
    with pytest.raises(NotValid) as refused:
        TO_V2.back({"holder": {"id": "DE1"}, "currency": "SEK"})
    assert [f.pointer for f in refused.value.faults] == ["/currency"]
    with pytest.raises(NotValid):
        TO_V2.forth({"eori": "DE1", "holder": {"id": "taken"}})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES)
def test_every_message_with_a_way_comes_back_exactly(value: dict[str, Any]) -> None:
    for there, back in ((TO_V2.forth, TO_V2.back), (TO_V2.back, TO_V2.forth)):
        try:
            found = there(value)
        except NotValid:
            continue
        assert back(found) == value


@pytest.mark.parametrize("moves", [
    (Move("/a", "/x"), Move("/a/b", "/y")), (Move("/a", "/x"), Move("/b", "/x")), (Move("a", "/x"),),
    (Move("/", "/x"),),
])  # fmt: skip
def test_a_translation_without_a_way_back_is_refused(moves: tuple[Move, ...]) -> None:
    with pytest.raises(DeclarationFault):
        Translation(moves)
