"""Digests over ranges: kept change by change they say what counting anew says, and they lead to what differs."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.replication import tree
from douane.standards.replication.tree import SIZE

Content = dict[str, bytes]


class Holder:
    """A set of entries with its ranges, changed as a store would change them."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def change(self, changed: dict[str, bytes | None]) -> None:
        leaves = {tree.identity(k): tree.leaf(k, c) if c is not None else b"" for k, c in changed.items()}
        for digits, content in tree.changed_ranges(lambda d: self.held.get(d, b""), leaves).items():
            self.held[digits] = content

    @property
    def root(self) -> bytes:
        return tree.digest_of("", self.held.get("", b""))


def differences(ours: Holder, theirs: Holder) -> tuple[set[bytes], int]:
    """Identities that differ, and how many ranges were asked for."""
    found, asked, open_ = set(), 0, [""] if ours.root != theirs.root else []
    while open_:
        digits = open_.pop()
        asked += 1
        mine, other = ours.held.get(digits, b""), theirs.held.get(digits, b"")
        if len(digits) < tree.DIGITS:
            open_ += tree.differing(digits, mine, other)
        else:
            found |= {id for id, _, _ in tree.differing_entries(mine, other)}
    return found, asked


def entries(count: int) -> dict[str, bytes | None]:
    return {f"FR{n:09}": b'{"n":%d}' % n for n in range(count)}


def test_the_digests_are_those_that_the_text_describes() -> None:
    """Computed by hand, so that whoever writes a client of his own finds the same."""
    holder = Holder()
    holder.change({"FR1": b"{}"})
    id, leaf = hashlib.sha256(b"FR1").digest(), hashlib.sha256(b"\0\0\0\0\3FR1{}").digest()
    digest = hashlib.sha256(b"\1" + id + leaf).digest()
    for digit in reversed(id[:2].hex()):
        row = bytearray(16 * 32)
        row[int(digit, 16) * 32 : int(digit, 16) * 32 + 32] = digest
        digest = hashlib.sha256(b"\2" + row).digest()
    assert holder.root == digest


def test_nothing_held_has_the_empty_root_however_it_came_to_that() -> None:
    holder = Holder()
    assert holder.root == tree.EMPTY
    holder.change(entries(50))
    holder.change(dict.fromkeys(entries(50)))
    assert holder.root == tree.EMPTY
    assert not any(holder.held.values())


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_changes_ends_with_the_same_digests(seed: int) -> None:
    chance = random.Random(seed)
    kept, grown = Content(), Holder()
    for _ in range(60):
        changed: dict[str, bytes | None] = {}
        for _ in range(chance.randrange(1, 9)):
            key = f"K{chance.randrange(80)}"
            changed[key] = None if chance.random() < 0.3 else chance.randbytes(chance.randrange(9))
        grown.change(changed)
        kept |= {k: c for k, c in changed.items() if c is not None}
        for key in [k for k, c in changed.items() if c is None]:
            kept.pop(key, None)
    anew = Holder()
    anew.change(dict(kept))
    assert grown.root == anew.root
    assert {d: h for d, h in grown.held.items() if h} == anew.held


@pytest.mark.parametrize("differ", [1, 3, 20])
def test_what_differs_is_found_with_questions_that_grow_with_it_alone(differ: int) -> None:
    ours, theirs = Holder(), Holder()
    ours.change(entries(5_000))
    theirs.change(entries(5_000))
    changed = {f"FR{n * 41:09}": b"changed" if n % 3 else None for n in range(differ)}
    ours.change(changed)
    found, asked = differences(ours, theirs)
    assert found == {tree.identity(key) for key in changed}
    assert asked <= 5 * differ


def test_a_key_and_a_content_cannot_exchange_octets() -> None:
    assert tree.leaf("FR1", b"2") != tree.leaf("FR12", b"")


@given(st.dictionaries(st.integers(0, 300), st.integers(0, 255), max_size=20), st.integers(0, 300))
def test_the_leaf_of_one_identity_is_the_one_among_all(rows: dict[int, int], wanted: int) -> None:
    """Identities that are alike in bytes, so that one stands in the middle of others, too."""
    made = {number.to_bytes(SIZE, "big"): bytes([each]) * SIZE for number, each in rows.items()}
    held = b"".join(id + leaf for id, leaf in sorted(made.items()))
    id = wanted.to_bytes(SIZE, "big")
    assert tree.leaf_of(held, id) == tree.leaves_of(held).get(id)
