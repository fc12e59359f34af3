"""Digests over ranges of a set of entries, so that two holders compare them and name what differs.

An entry is a key and a content. Its *identity* is SHA-256 of the key; identities lie evenly, so ranges of them are
filled alike whatever the keys are. A *range* is named by up to four hexadecimal digits with which identities begin. One
of four digits is a *bucket* and holds (identity, leaf) of each of its entries, in order; one of fewer holds the digests
of the sixteen ranges below it. ``leaf`` is SHA-256 of 0x00, the length of the key (4 octets, big-endian), key and
content; the digest of a bucket is SHA-256 of 0x01 and what it holds, of a wider range of 0x02 and the same; a range
without entries has 32 zero octets. The digest of the widest range, with no digits, is the *root*: equal roots, equal
sets. One changed entry changes one digest of each width, so k differing entries are found by asking for at most 5 k
ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

DIGITS: Final = 4
"""Of a bucket: 65,536 of them hold 16 entries each where there are a million."""
SIZE: Final = 32
ROW: Final = 2 * SIZE
EMPTY: Final = bytes(SIZE)
CHILDREN: Final = "0123456789abcdef"
NO_ENTRIES: Final = EMPTY * len(CHILDREN)

Held = Callable[[str], bytes]
"""What a range holds, by its digits; empty where it holds nothing."""


def identity(key: str) -> bytes:
    """Under which 32 octets an entry of this key lies."""
    return sha256(key.encode()).digest()


def leaf(key: str, content: bytes) -> bytes:
    """The digest of an entry."""
    named = key.encode()
    return sha256(b"\0" + len(named).to_bytes(4, "big") + named + content).digest()


def bucket_of(id: bytes) -> str:
    """The digits of the bucket of an identity."""
    return id[:2].hex()


def ranges_of(bucket: str) -> tuple[str, ...]:
    """A bucket and the ranges around it, from the widest to the bucket itself."""
    return tuple(bucket[:digits] for digits in range(DIGITS + 1))


def digest_of(digits: str, held: bytes) -> bytes:
    """The digest of a range by what it holds."""
    if not held or (len(digits) < DIGITS and held == NO_ENTRIES):
        return EMPTY
    return sha256((b"\1" if len(digits) == DIGITS else b"\2") + held).digest()


def leaves_of(held: bytes) -> dict[bytes, bytes]:
    """The leaves of a bucket by identity."""
    return {held[n : n + SIZE]: held[n + SIZE : n + ROW] for n in range(0, len(held), ROW)}


def leaf_of(held: bytes, id: bytes) -> bytes | None:
    """The leaf of one identity in a bucket; None where it has none."""
    at = held.find(id)
    while at % ROW and at >= 0:  # in the middle of others
        at = held.find(id, at + 1)
    return held[at + SIZE : at + ROW] if at >= 0 else None


def bucket_with(held: bytes, changed: Mapping[bytes, bytes]) -> bytes:
    """A bucket with these leaves in place of the former; an empty leaf takes its entry out."""
    leaves = {**leaves_of(held), **changed}
    return b"".join(id + each for id, each in sorted(leaves.items()) if each)


def counted(leaves: Iterable[tuple[bytes, bytes]]) -> dict[str, bytes]:
    """What every range holds of these (identity, leaf), which come in the order of their identities."""
    found: dict[str, bytes] = {}
    bucket, rows = b"", bytearray()
    for id, each in leaves:
        if id[:2] != bucket:
            found[bucket.hex()] = bytes(rows)
            bucket, rows = id[:2], bytearray()
        rows += id
        rows += each
    found[bucket.hex()] = bytes(rows)
    found.pop("", None)
    return found | _wider({bucket: digest_of(bucket, held) for bucket, held in found.items()}, lambda _digits: b"")


def changed_ranges(held: Held, leaves: Mapping[bytes, bytes]) -> dict[str, bytes]:
    """What every range holds that is touched where leaves change (an empty one: its entry is gone), by its digits."""
    by_bucket: dict[str, dict[bytes, bytes]] = {}
    for id, each in leaves.items():
        by_bucket.setdefault(bucket_of(id), {})[id] = each
    found = {bucket: bucket_with(held(bucket), changed) for bucket, changed in by_bucket.items()}
    return found | _wider({bucket: digest_of(bucket, content) for bucket, content in found.items()}, held)


def _wider(level: dict[str, bytes], held: Held) -> dict[str, bytes]:
    """What the ranges around these buckets hold, from the digests of the buckets and what was held before."""
    found: dict[str, bytes] = {}
    for digits in range(DIGITS - 1, -1, -1):
        above: dict[str, bytearray] = {}
        for below, digest in level.items():
            wider = below[:digits]
            if wider not in above:
                above[wider] = bytearray(held(wider) or NO_ENTRIES)
            place = int(below[digits], 16) * SIZE
            above[wider][place : place + SIZE] = digest
        level = {}
        for wider, content in above.items():
            found[wider] = bytes(content) if content != NO_ENTRIES else b""
            level[wider] = digest_of(wider, found[wider])
    return found


def children(digits: str, held: bytes) -> dict[str, bytes]:
    """The digests of the ranges below a range that have entries, by their digits."""
    parts = ((digits + child, held[n * SIZE : (n + 1) * SIZE]) for n, child in enumerate(CHILDREN))
    return {below: digest for below, digest in parts if digest and digest != EMPTY}


def differing(digits: str, ours: bytes, theirs: bytes) -> Iterator[str]:
    """The ranges below a range that two holders have otherwise."""
    mine, other = children(digits, ours), children(digits, theirs)
    return (below for below in sorted(mine.keys() | other.keys()) if mine.get(below) != other.get(below))


def differing_entries(ours: bytes, theirs: bytes) -> Iterator[tuple[bytes, bool, bool]]:
    """Of a bucket that two holders have otherwise: identity, whether we hold it, whether they do."""
    mine, other = leaves_of(ours), leaves_of(theirs)
    for id in sorted(mine.keys() | other.keys()):
        if mine.get(id) != other.get(id):
            yield id, id in mine, id in other
