"""The first half of a layered layout: which column a node stands in, and in what order the columns are filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

SWEEPS: Final = 12


@dataclass(slots=True, eq=False)
class Item:
    """Something that takes room in a column: a node, the passage of a long flow, or the way down from a border event.

    x, y: the centre. up and down: the room it needs above and below, labels included.
    """

    id: str
    width: float
    height: float
    up: float
    down: float
    gateway: bool = False
    passage: bool = False
    host: Item | None = None  # the activity under which the way down of a border event begins
    layer: int = 0
    x: float = 0.0
    y: float = 0.0
    before: list[Item] = field(default_factory=list)
    after: list[Item] = field(default_factory=list)
    drops: list[Item] = field(default_factory=list)

    @property
    def left(self) -> float:
        """The left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The right side."""
        return self.x + self.width / 2


@dataclass(slots=True, eq=False)
class Link:
    """A flow between two items; ``chain`` runs from source to target through every column between."""

    id: str
    source: Item
    target: Item
    label: str = ""
    border: str = ""  # the boundary event it leaves from
    back: bool = False
    chain: list[Item] = field(default_factory=list)


def arrange(items: Sequence[Item], links: Sequence[Link]) -> list[list[Item]]:
    """The columns, left to right, each from top to bottom. Sets layers, back links and chains."""
    layered(items, links)
    columns: list[list[Item]] = [[] for _ in range(1 + max((item.layer for item in items), default=0))]
    for link in links:
        if link.back:
            link.chain = [link.source, link.target]
        else:
            _thread(link)
    _fill(columns, items, links)
    _sort(columns)
    return columns


def layered(items: Sequence[Item], links: Sequence[Link]) -> None:
    """Set the layer of each item and which links lead back."""
    _mark_back(items, links)
    _number(items, links)


def _mark_back(items: Sequence[Item], links: Sequence[Link]) -> None:
    """Depth first in the order of the file: a flow to a node still open leads back."""
    out: dict[Item, list[Link]] = {item: [] for item in items}
    entered = set()
    for link in links:
        out[link.source].append(link)
        entered.add(link.target)
    state: dict[Item, int] = {}
    for root in [*(item for item in items if item not in entered), *items]:
        if root in state:
            continue
        state[root] = 1
        path = [(root, iter(out[root]))]
        while path:
            item, rest = path[-1]
            step = next(rest, None)
            if step is None:
                state[item] = 2
                path.pop()
            elif state.get(step.target) == 1:
                step.back = True
            elif step.target not in state:
                state[step.target] = 1
                path.append((step.target, iter(out[step.target])))


def _number(items: Sequence[Item], links: Sequence[Link]) -> None:
    forward = [link for link in links if not link.back]
    for _ in items:
        moved = False
        for link in forward:
            if link.target.layer <= link.source.layer:
                link.target.layer = link.source.layer + 1
                moved = True
        if not moved:
            return


def _thread(link: Link) -> None:
    chain = [link.source]
    if link.border:
        drop = Item(f"{link.id}@", 0, 0, 10, 10, passage=True, host=link.source, layer=link.source.layer)
        link.source.drops.append(drop)
        chain.append(drop)
    chain.extend(
        Item(f"{link.id}@{layer}", 0, 0, 8, 8, passage=True, layer=layer)
        for layer in range(link.source.layer + 1, link.target.layer)
    )
    chain.append(link.target)
    link.chain = chain
    for a, b in pairwise(chain[1:] if link.border else chain):
        a.after.append(b)
        b.before.append(a)


def _fill(columns: list[list[Item]], items: Sequence[Item], links: Sequence[Link]) -> None:
    """A first order: along each way to its end before the next branch begins."""
    seen: set[Item] = set()

    def visit(item: Item) -> None:
        stack = [item]
        while stack:
            one = stack.pop()
            if one in seen:
                continue
            seen.add(one)
            columns[one.layer].append(one)
            stack.extend(reversed([*one.after, *one.drops]))

    for item in items:
        if not item.before and item.host is None:
            visit(item)
    for item in [*items, *(one for link in links for one in link.chain)]:
        visit(item)


def _sort(columns: list[list[Item]]) -> None:
    best, fewest = [list(column) for column in columns], _crossings(columns)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            _reorder(column, columns, forward=forward)
        crossings = _crossings(columns)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    for column, order in zip(columns, best, strict=True):
        column[:] = order
        _under_hosts(column)


def _reorder(column: list[Item], columns: list[list[Item]], *, forward: bool) -> None:
    rank = {item: place for other in columns for place, item in enumerate(other)}
    weight: dict[Item, float] = {}
    for place, item in enumerate(column):
        near = item.before if forward else [*item.after, *(one for drop in item.drops for one in drop.after)]
        weight[item] = sum(rank[one] for one in near) / len(near) if near else float(place)
    column.sort(key=lambda item: weight[item.host or item])
    _under_hosts(column)


def _under_hosts(column: list[Item]) -> None:
    """The ways down from border events begin right under their activity."""
    order: list[Item] = []
    for item in column:
        if item.host is None:
            order.append(item)
            order.extend(item.drops)
    column[:] = order


def _crossings(columns: Iterable[list[Item]]) -> int:
    total = 0
    columns = list(columns)
    for left, right in pairwise(columns):
        rank = {item: place for place, item in enumerate(right)}
        ends = [sorted(rank[one] for one in item.after) for item in left]
        flat = [end for group in ends for end in group]
        total += sum(1 for i, a in enumerate(flat) for b in flat[i + 1 :] if a > b)
    return total
