"""The Merkle tree of RFC 6962 (SHA-256): hashing, a frontier that grows, and the checking of proofs.

A leaf hash is SHA-256(0x00 || record), a node hash SHA-256(0x01 || left || right); the prefixes keep a node from being
passed off as a leaf. A tree of n leaves splits at the largest power of two below n.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from douane.vocabulary.errors import ProofFailed

HASH_BYTES = 32
TILE_HEIGHT = 8
"""Levels of the tree in one tile: a full tile holds 2**8 hashes."""
MAX_SIZE = (1 << 63) - 1
"""Greatest tree size: what a signed 64-bit position can count."""
EMPTY_ROOT = sha256(b"").digest()


class Nodes(NamedTuple):
    """Consecutive hashes that became final at one tile level: level 0 holds leaves, level l roots of 256**l leaves."""

    level: int
    start: int
    hashes: Sequence[bytes]


class Frontier(NamedTuple):
    """All that is needed to go on growing a tree: its size and the roots of its perfect subtrees, largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append_many(self, leaf_hashes: Sequence[bytes]) -> tuple[Frontier, tuple[Nodes, ...]]:
        """The frontier after these leaves, and the nodes that became final at each tile level, level 0 first."""
        if not leaf_hashes:
            return self, ()
        size = self.size + len(leaf_hashes)
        if size > MAX_SIZE:
            raise ProofFailed("The tree is full.")
        peaks = list(self.hashes)
        kept: list[bytes] = []
        final = [Nodes(0, self.size, leaf_hashes)]
        row: Sequence[bytes] = leaf_hashes
        height = 0
        while row:
            if self.size >> height & 1:
                row = [peaks.pop(), *row]
            if len(row) & 1:
                kept.append(row[-1])
            pairs = iter(row)
            row = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
            height += 1
            if row and not height % TILE_HEIGHT:
                final.append(Nodes(height // TILE_HEIGHT, self.size >> height, row))
        return Frontier(size, (*peaks, *reversed(kept))), tuple(final)

    def root(self) -> bytes:
        """The root hash of the tree."""
        return fold(self.hashes) if self.hashes else EMPTY_ROOT


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root above perfect subtrees given left to right, each larger than the next."""
    root = peaks[-1]
    for left in reversed(peaks[:-1]):
        root = sha256(b"\x01" + left + root).digest()
    return root


def leaf_hash(record: bytes) -> bytes:
    """The hash of a record as a leaf."""
    return sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root of a perfect subtree over 2**k hashes."""
    row = hashes
    while len(row) > 1:
        pairs = iter(row)
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return row[0]


def split(count: int) -> int:
    """The largest power of two below ``count`` (at least 2): where RFC 6962 splits a tree."""
    return 1 << (count - 1).bit_length() - 1


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, from the beginning."""
    return Frontier().append_many(tuple(leaf_hashes))[0].root()


def check_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the leaf hash stands at ``index`` of the tree with this size and root; raises ProofFailed."""
    if not 0 <= index < size <= MAX_SIZE:
        raise ProofFailed(f"Leaf {index} cannot be in a tree of {size} leaves.")
    _check_hashes((leaf, root, *proof))
    if len(proof) != (expected := inclusion_length(index, size)):
        raise ProofFailed(f"The inclusion proof has {len(proof)} hashes; leaf {index} of {size} needs {expected}.")
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if found != root:
        raise ProofFailed("The inclusion proof leads to another root.")


def inclusion_length(index: int, size: int) -> int:
    """How many hashes the inclusion proof of a leaf has."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def check_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of the new size only added leaves to the tree of the old size; raises ProofFailed."""
    if not 0 <= old_size <= new_size <= MAX_SIZE:
        raise ProofFailed(f"A tree of {new_size} leaves cannot continue a tree of {old_size} leaves.")
    _check_hashes((old_root, new_root, *proof))
    if old_size in {0, new_size}:
        _check_trivial(old_size, old_root, new_size, new_root, proof)
        return
    path = [old_root, *proof] if not old_size & (old_size - 1) else list(proof)
    if not path:
        raise ProofFailed("The consistency proof is empty.")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if not last:
            raise ProofFailed("The consistency proof is too long.")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last or old != old_root or new != new_root:
        raise ProofFailed("The consistency proof does not join the two roots: the history was rewritten.")


def _check_trivial(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise ProofFailed("The consistency proof must be empty here.")
    if old_size == new_size and old_root != new_root:
        raise ProofFailed("Two roots for the same size: the log was forked.")
    if (old_size == 0 and old_root != EMPTY_ROOT) or (new_size == 0 and new_root != EMPTY_ROOT):
        raise ProofFailed("The root of an empty tree is wrong.")


def _check_hashes(hashes: Iterable[bytes]) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofFailed("A hash does not have 32 bytes.")
