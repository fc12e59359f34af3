"""A digest of a set of entries that is carried on by addition: a change costs two hashes, however large the set is.

An entry is a key and a value. Its *number* is SHAKE-128 of the length of the key (2 octets, big-endian), key and value,
read as a big-endian number of 4,032 bits, three whole blocks of that function; the *sum* of a set is the sum of its
numbers modulo 2^4032. An entry that comes is added, one that goes is subtracted, so the order in which a set came about
leaves no trace. Whoever chooses many contents finds two sets of one sum in about 2^(2 * sqrt(4032)) = 2^127 steps
(Wagner); with the 256 bits of a usual hash it would be 2^32 (decisions 0285, 0288).
"""

from __future__ import annotations

from hashlib import shake_128
from typing import Final

OCTETS: Final = 3 * 168
"""Of a number: a fourth block would cost one permutation more for each entry, and adds less than one bit."""
MODULUS: Final = 1 << 8 * OCTETS


def number(key: bytes, value: bytes) -> int:
    """The number of an entry."""
    octets = b"".join((len(key).to_bytes(2, "big"), key, value))
    return int.from_bytes(shake_128(octets).digest(OCTETS), "big")


def written(total: int) -> bytes:
    """A sum as it is kept."""
    return (total % MODULUS).to_bytes(OCTETS, "big")


def read(octets: bytes) -> int:
    """A sum as it was kept."""
    return int.from_bytes(octets, "big")
