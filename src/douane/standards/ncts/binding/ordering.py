"""Order among siblings: which of them have to move so that the others stand as they should."""

from __future__ import annotations

from bisect import bisect_right


def longest_ordered(places: list[int]) -> list[int]:
    """Positions of a longest selection of ``places`` that never falls, in order."""
    tops: list[int] = []  # place at the end of the best stretch of each length
    ends: list[int] = []  # its position
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_right(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    kept: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return kept[::-1]
