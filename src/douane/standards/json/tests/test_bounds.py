"""The bounds of JSON hold for every document, however its signs are spread over texts."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.standards.json.bounds import Limits, check, decode
from douane.vocabulary.errors import TooLarge

TEXTS = st.text(alphabet='a,[]{}"\\:é\n', max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def used(value: Any) -> tuple[int, int]:
    """Levels, and upper bound of values: items, members, and one for each container."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        return 0, 0
    below = [used(each) for each in inner]
    return 1 + max((d for d, _ in below), default=0), 1 + max(len(inner) - 1, 0) + sum(v for _, v in below)


def refused(data: bytes, limits: Limits) -> bool:
    try:
        check(data, limits)
    except TooLarge as problem:
        return bool(problem.faults[0].remedy)
    return False


@given(VALUES, st.sampled_from([None, 2]))
@settings(max_examples=150, deadline=None)
def test_the_caps_are_exact(value: Any, indent: int | None) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=False).encode()
    depth, values = used(value)
    assert not refused(data, Limits(depth=max(depth, 1), values=values + 2))
    assert refused(data, Limits(depth=depth - 1, values=10_000)) == (depth > 0)
    assert refused(data, Limits(values=max(values, 1))) == (values > 0)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 2_000_000,
        b"[]," * 1_000_000,
        b"{" + b'"":0,' * 700_000,
        b"[" + b'"",' * 1_000_000,
        b'{"a":' * 600_000,
        b"[" + b"1," * 1_500_000,
        b"9" * 9_000_000,
    ],
)
def test_what_costs_more_than_it_weighs_is_refused(data: bytes) -> None:
    assert refused(data, Limits())


@pytest.mark.parametrize("data", [b"", b"]" * 1000, b'"' * 999, b'"\\', b",", b'{"a": "' + b"[,{" * 900_000 + b'"}'])
def test_what_is_no_json_or_only_text_is_left_to_the_reader(data: bytes) -> None:
    assert not refused(data, Limits())


@pytest.mark.parametrize(
    "octets",
    [
        b'{"a":' * 200_000 + b"1" + b"}" * 200_000, b"[" * 200_000, b"[" * 65 + b"]" * 65,
        b"[0" + b",0" * 120_000 + b"]",
        b"", b"{", b'"\xff"', b'"\\ud800"', b"1" * 5_000, b"1e999", b"nul",
    ],
    ids=lambda octets: repr(octets[:12]),
)  # fmt: skip
def test_what_is_beyond_the_bounds_ends_like_what_is_no_json(octets: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(octets)


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_what_is_within_is_read_as_any_parser_does(value: Any) -> None:
    octets = json.dumps(value).encode()
    assert decode(octets) == json.loads(octets)
