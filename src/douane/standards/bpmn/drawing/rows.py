"""The second half of a layered layout: heights. Straight ways first, then everything near to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low
from typing import Final

from douane.standards.bpmn.drawing.layers import Item, Link

GAP: Final = 26.0
PASSES: Final = 24

Pair = tuple[Item, Item]


def settle(columns: Sequence[list[Item]], links: Sequence[Link]) -> None:
    """Give every item its y, so that the chosen pairs lie on one line and nothing overlaps."""
    blocks = _blocks(columns, _aligned(columns, links))
    of = {item: number for number, block in enumerate(blocks) for item in block}
    above, below = _constraints(columns, of)
    y = _stack(blocks, above)
    near = _neighbours(columns, of)
    for step in range(PASSES):
        order = range(len(blocks)) if step % 2 else reversed(range(len(blocks)))
        for number in order:
            if near[number]:
                wish = median_low(y[other] for other in near[number])
                low = max((y[other] + room for other, room in above[number].items()), default=-1e9)
                high = min((y[other] - room for other, room in below[number].items()), default=1e9)
                y[number] = min(max(wish, low), high) if low <= high else y[number]
    for item, number in of.items():
        item.y = y[number]


def _room(upper: Item, lower: Item) -> float:
    gap = 6.0 if upper.passage and lower.passage else GAP / 2 if upper.passage or lower.passage else GAP
    return upper.down + lower.up + gap


def _aligned(columns: Sequence[list[Item]], links: Sequence[Link]) -> list[Pair]:
    """Pairs in neighbouring columns to be put on one line: each item once to either side, and no two crossing."""
    weight = _weights(links)
    chosen: list[Pair] = []
    for left, right in pairwise(columns):
        rank_left = {item: place for place, item in enumerate(left)}
        rank = {item: place for place, item in enumerate(right)}
        pairs = [(a, b) for a in left for b in a.after]
        pairs.sort(key=lambda pair: (-weight.get(pair, 0), rank_left[pair[0]], rank[pair[1]]))
        taken: list[tuple[int, int]] = []
        for a, b in pairs:
            here = rank_left[a], rank[b]
            if all((here[0] < o[0] and here[1] < o[1]) or (here[0] > o[0] and here[1] > o[1]) for o in taken):
                taken.append(here)
                chosen.append((a, b))
    return chosen


def _weights(links: Sequence[Link]) -> dict[Pair, int]:
    """The main way (the first flow out of each node) is straightest, then long passages, then single ways."""
    weight: dict[Pair, int] = {}
    main = _main_way(links)
    for link in links:
        if link.back:
            continue
        chain = link.chain[1:] if link.border else link.chain
        for pair in pairwise(chain):
            a, b = pair
            value = 8 if a.passage and b.passage else 3 if a.passage or b.passage else 4
            if not link.border and len(a.after) == 1 and len(b.before) == 1:
                value = max(value, 6)
            weight[pair] = 10 if link in main else value
    return weight


def _main_way(links: Sequence[Link]) -> set[Link]:
    first: dict[Item, Link] = {}
    targets = {link.target for link in links if not link.back}
    for link in links:
        if not link.back and not link.border:
            first.setdefault(link.source, link)
    begin = next((link.source for link in links if link.source not in targets), None)
    way: set[Link] = set()
    while begin is not None and begin in first and first[begin] not in way:
        way.add(first[begin])
        begin = first[begin].target
    return way


def _blocks(columns: Sequence[list[Item]], pairs: Sequence[Pair]) -> list[list[Item]]:
    following = dict(pairs)
    led = {b for _, b in pairs}
    blocks: list[list[Item]] = []
    for column in columns:
        for item in column:
            if item not in led:
                block = [item]
                while block[-1] in following:
                    block.append(following[block[-1]])
                blocks.append(block)
    return blocks


Rooms = list[dict[int, float]]


def _constraints(columns: Sequence[list[Item]], of: dict[Item, int]) -> tuple[Rooms, Rooms]:
    count = 1 + max(of.values(), default=-1)
    above: Rooms = [{} for _ in range(count)]
    below: Rooms = [{} for _ in range(count)]
    for column in columns:
        for upper, lower in pairwise(column):
            room = _room(upper, lower)
            a, b = of[upper], of[lower]
            above[b][a] = max(above[b].get(a, 0.0), room)
            below[a][b] = max(below[a].get(b, 0.0), room)
    return above, below


def _stack(blocks: Sequence[list[Item]], above: Rooms) -> list[float]:
    """As far up as the constraints let each block go; pairs do not cross, so the constraints form no circle."""
    y = [0.0] * len(blocks)
    for _ in blocks:
        moved = False
        for number, rooms in enumerate(above):
            low = max((y[other] + room for other, room in rooms.items()), default=0.0)
            if y[number] < low:
                y[number], moved = low, True
        if not moved:
            break
    return y


def _neighbours(columns: Sequence[list[Item]], of: dict[Item, int]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(1 + max(of.values(), default=-1))]
    for column in columns:
        for item in column:
            pairs = [(item, other) for other in item.after]
            if item.host is not None:
                pairs.append((item.host, item))
            for a, b in pairs:
                if of[a] != of[b]:
                    near[of[a]].append(of[b])
                    near[of[b]].append(of[a])
    return near
