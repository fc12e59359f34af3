"""What is sealed for a sign-in: read by every process of the node and nobody else, for one purpose, not for long."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.identity.federating.sealing import AHEAD, ANEW, LASTS, Seal, keys_at

NOW = 1_795_000_000_000_000


class Said(msgspec.Struct, frozen=True):
    """Something to seal."""

    text: str


def sealing(now: Callable[[], int], random: Callable[[int], bytes] = os.urandom) -> Seal:
    """A seal of one process that has its key."""
    made = Seal.alone(now=now, random=random)
    asyncio.run(made.ready())
    return made


class Node:
    """A node with any number of processes of pages."""

    def __init__(self) -> None:
        self.now = NOW

    async def keys(self) -> Sequence[bytes]:
        return keys_at(hashlib.sha256(b"node").digest(), self.now)

    def process(self) -> Seal:
        made = Seal(self.keys, now=lambda: self.now, random=os.urandom)
        asyncio.run(made.ready())
        return made


def test_another_process_reads_it_and_each_takes_it_once() -> None:
    node = Node()
    one, other = node.process(), node.process()
    sealed = one.seal("flow", Said("x"))
    assert other.open("flow", sealed, Said) == Said("x")
    assert other.take("flow", sealed, Said) == Said("x")
    assert other.take("flow", sealed, Said) is None
    assert "x" not in sealed.partition("_")[0]


def test_it_is_of_one_kind_and_of_one_node() -> None:
    one = Node().process()
    sealed = one.seal("flow", Said("x"))
    assert one.open("word", sealed, Said) is None
    assert sealing(lambda: NOW).open("flow", sealed, Said) is None


def test_a_key_is_old_after_two_hours() -> None:
    node = Node()
    one = node.process()
    sealed = one.seal("flow", Said("x"))
    node.now += LASTS
    asyncio.run(one.ready())
    assert one.open("flow", sealed, Said) == Said("x")
    node.now += LASTS
    asyncio.run(one.ready())
    assert one.open("flow", sealed, Said) is None


@pytest.mark.parametrize("before", [1, ANEW // 2, ANEW - 1])
def test_across_the_hour_each_process_reads_what_the_other_one_sealed(before: int) -> None:
    """One asked for the keys shortly before the full hour and does not ask again for a minute; the other one after."""
    node = Node()
    node.now = (NOW // LASTS + 1) * LASTS - before
    early = node.process()
    for later in (0, ANEW - before - 1, ANEW - 1):
        node.now = (NOW // LASTS + 1) * LASTS + later
        late = node.process()
        asyncio.run(early.ready())
        sealed, back = late.seal("flow", Said("x")), early.seal("flow", Said("y"))
        assert early.take("flow", sealed, Said) == Said("x"), later
        assert late.take("flow", back, Said) == Said("y"), later


def test_no_key_of_a_later_hour_is_given_long_before_it() -> None:
    """Whoever reads the memory of a page process does not seal for hours to come."""
    secret, hour = hashlib.sha256(b"node").digest(), NOW // LASTS * LASTS
    following = keys_at(secret, hour + LASTS)[0]
    given = [following in keys_at(secret, hour + LASTS - before) for before in (LASTS, AHEAD + 1, AHEAD, 1)]
    assert given == [False, False, True, True]


@given(st.data())
def test_what_was_changed_anywhere_is_none(data: st.DataObject) -> None:
    one = Node().process()
    sealed = one.seal("flow", Said("some text"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("ABCXYZabcxyz0189-_=+/. "))
    changed = sealed[:place] + letter + sealed[place + 1 :]
    assert changed == sealed or one.open("flow", changed, Said) is None


@pytest.mark.parametrize("text", ["", "_", "x", "_" + "A" * 10, "_" + "A" * 5_000, "../x", "\ud800", "_é"])
def test_what_nobody_sealed_is_none(text: str) -> None:
    assert Node().process().open("flow", text, Said) is None


def test_no_second_spelling_of_a_seal_is_taken() -> None:
    one = Node().process()
    sealed = one.seal("flow", Said("x" * 3))
    assert one.take("flow", sealed, Said) is not None
    for other in (sealed + "=", sealed + "==", sealed + "\n", " " + sealed, sealed[1:]):
        assert one.take("flow", other, Said) is None
