"""Which of some numbers make up a sum: the subset that does is found by the sum alone.

Numbers of 4,032 bits that a hash chose (``sums``) have one subset of a given sum, if any: a second one would be a
collision. Of few numbers every subset is tried, by halves (Horowitz and Sahni); of many those that differ in at most
three places from a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import Final

FEW: Final = 28
"""Numbers of which every subset is tried: 2^14 sums of each half."""
MANY: Final = 2_000
"""Numbers of which every three are tried."""


def making(numbers: Sequence[int], total: int, modulus: int, guess: Collection[int] = ()) -> frozenset[int] | None:
    """The places of the numbers whose sum is ``total``; None where none was found. guess: places that are likely."""
    likely = frozenset(guess)
    signed = [-each if place in likely else each for place, each in enumerate(numbers)]
    left = (total - sum(numbers[place] for place in likely)) % modulus
    found = _every(signed, left, modulus) if len(signed) <= FEW else _nearby(signed, left, modulus)
    return None if found is None else likely ^ frozenset(found)


def _every(numbers: Sequence[int], total: int, modulus: int) -> tuple[int, ...] | None:
    half = len(numbers) // 2
    first = dict(_sums(numbers, range(half), modulus))
    for value, places in _sums(numbers, range(half, len(numbers)), modulus):
        other = first.get((total - value) % modulus)
        if other is not None:
            return other + places
    return None


def _sums(numbers: Sequence[int], places: range, modulus: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The sum of each subset of these places."""
    found: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for place in places:
        found += [((value + numbers[place]) % modulus, (*taken, place)) for value, taken in found]
    return iter(found)


def _nearby(numbers: Sequence[int], total: int, modulus: int) -> tuple[int, ...] | None:
    """At most three places of this sum."""
    if not total:
        return ()
    places = {each % modulus: place for place, each in enumerate(numbers)}
    if (one := places.get(total)) is not None:
        return (one,)
    for size in (1, 2) if len(numbers) <= MANY else (1,):
        for taken in combinations(range(len(numbers)), size):
            last = places.get((total - sum(numbers[place] for place in taken)) % modulus)
            if last is not None and last not in taken:
                return (*taken, last)
    return None
