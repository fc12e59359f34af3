"""Orthogonal ways for the flows of a layered layout, and the x of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from douane.standards.bpmn.drawing.diagram import Bounds, Point
from douane.standards.bpmn.drawing.layers import Item, Link
from douane.standards.bpmn.drawing.lettering import LINE, width, wrap

SPACE: Final = 36.0  # between columns, at least
TRACK: Final = 12.0  # between two upright pieces in one gap, and between two ways back
LABEL: Final = 96.0
SIZE: Final = 11.0


@dataclass(slots=True)
class Uprights:
    """What already runs up and down through the middle of a column."""

    taken: list[tuple[int, float, float, Item]] = field(default_factory=list)

    def free(self, columns: Sequence[list[Item]], item: Item, y: float) -> bool:
        """Whether nothing stands, and nobody else runs, between the item and the height y in its column."""
        low, high = min(item.y, y), max(item.y, y)
        for other in columns[item.layer]:
            top, bottom = other.y - other.height / 2, other.y + other.height / 2
            if other is not item and not other.passage and bottom > low - 4 and top < high + 4:
                return False
        return all(
            layer != item.layer or owner is item or bottom < low or top > high
            for layer, top, bottom, owner in self.taken
        )

    def take(self, item: Item, y: float) -> None:
        """Note the piece."""
        self.taken.append((item.layer, min(item.y, y), max(item.y, y), item))


class Router:
    """Decides how each flow leaves and enters, places the columns, then draws."""

    def __init__(self, columns: Sequence[list[Item]], links: Sequence[Link], ports: dict[str, float]) -> None:
        self.columns, self.links, self.ports = columns, links, ports
        self.uprights = Uprights()
        self.out: set[Link] = set()  # leaves its gateway up or down
        self.into: set[Link] = set()  # enters its gateway from above or below
        self.track: dict[tuple[int, Item, Item], int] = {}
        self.lanes: list[tuple[float, float, float]] = []  # ways back: y, from x, to x
        self.points: dict[Link, list[Point]] = {}
        self.labels: dict[Link, Bounds] = {}
        self._ends()
        self._columns(self._tracks())

    # --- decisions --------------------------------------------------------------------------------------------------

    def _ends(self) -> None:
        for link in self.links:
            if link.back or link.border:
                continue
            source, then = link.chain[0], link.chain[1]
            if source.gateway and abs(then.y - source.y) > 1 and self.uprights.free(self.columns, source, then.y):
                self.out.add(link)
                self.uprights.take(source, then.y)
        for link in self.links:
            if link.back or (link in self.out and len(link.chain) == 2):
                continue
            last, target = link.chain[-2], link.chain[-1]
            leaves_there = any(
                one in self.out and (one.chain[1].y > target.y) == (last.y > target.y)
                for one in self.links
                if one.source is target
            )
            if (
                target.gateway
                and abs(last.y - target.y) > 1
                and not leaves_there
                and self.uprights.free(self.columns, target, last.y)
            ):
                self.into.add(link)
                self.uprights.take(target, last.y)

    def _steps(self, link: Link) -> list[tuple[Item, Item]]:
        """The pairs between which the flow changes height in a gap."""
        chain = link.chain[1:] if link.border else link.chain
        pairs = list(pairwise(chain))
        if link in self.out:
            pairs = pairs[1:]
        if link in self.into:
            pairs = pairs[:-1]
        return [(a, b) for a, b in pairs if abs(a.y - b.y) > 1]

    def _tracks(self) -> list[int]:
        """How many tracks each gap needs; flows into one target, or out of one source, share a track."""
        gaps: list[dict[Item, list[tuple[Item, Item]]]] = [{} for _ in self.columns]
        for link in self.links:
            if link.back:
                continue
            for a, b in self._steps(link):
                shared = b if not b.passage and len(b.before) > 1 else a
                gaps[a.layer].setdefault(shared, []).append((a, b))
        counts: list[int] = []
        for gap, groups in enumerate(gaps):
            order = sorted(groups.items(), key=lambda group: _order(group[1]))
            used: list[list[tuple[float, float]]] = []
            for _, pairs in order:
                low = min(min(a.y, b.y) for a, b in pairs)
                high = max(max(a.y, b.y) for a, b in pairs)
                place = next(
                    (i for i, lane in enumerate(used) if all(h < low - 4 or l > high + 4 for l, h in lane)), len(used)
                )
                if place == len(used):
                    used.append([])
                used[place].append((low, high))
                for a, b in pairs:
                    self.track[gap, a, b] = place
            counts.append(len(used))
        self.counts = counts
        return counts

    def _columns(self, counts: Sequence[int]) -> None:
        x = 0.0
        for layer, column in enumerate(self.columns):
            broad = max((item.width for item in column), default=0.0)
            for item in column:
                item.x = x + broad / 2
            x += broad + max(SPACE, 28.0 + TRACK * counts[layer], self._lettering(layer, broad))

    def _lettering(self, layer: int, broad: float) -> float:
        """The room that labels of flows leaving this column need."""
        need = 0.0
        for link in self.links:
            if link.label and not link.back and link.source.layer == layer:
                text = max(width(row, SIZE) for row in wrap(link.label, LABEL, SIZE))
                start = 0.0 if link in self.out else link.source.width / 2
                need = max(need, text + 22.0 - (broad / 2 - start))
        return need

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Fill ``points`` and ``labels``."""
        for link in self.links:
            if not link.back:
                self._forward(link)
        for link in sorted(
            (one for one in self.links if one.back), key=lambda one: one.source.layer - one.target.layer
        ):
            self._backward(link)

    def _gap(self, a: Item, b: Item) -> float:
        """The x of the track on which a flow changes height after column a; the tracks lie before the next column."""
        right = max(item.right for item in self.columns[a.layer])
        left = min(item.left for item in self.columns[a.layer + 1])
        count = self.counts[a.layer]
        step = min(TRACK, (left - right - 16.0) / max(1, count))
        return left - 16.0 - step * (count - 1 - self.track[a.layer, a, b])

    def _forward(self, link: Link) -> None:
        chain = link.chain
        points = []
        if link.border:
            x = link.source.left + self.ports[link.border] * link.source.width
            points += [Point(x, link.source.y + link.source.height / 2 + 18), Point(x, chain[1].y)]
            chain = chain[1:]
        elif link in self.out:
            points += [Point(link.source.x, _side(link.source, chain[1].y)), Point(link.source.x, chain[1].y)]
        else:
            points.append(Point(link.source.right, link.source.y))
        steps = set(self._steps(link))
        for a, b in pairwise(chain):
            if (a, b) in steps:
                x = self._gap(a, b)
                points += [Point(x, a.y), Point(x, b.y)]
        if link in self.into:
            points += [Point(link.target.x, chain[-2].y), Point(link.target.x, _side(link.target, chain[-2].y))]
        else:
            points.append(Point(link.target.left, link.target.y))
        self._finish(link, points)

    def _backward(self, link: Link) -> None:
        source, target = link.source, link.target
        inside = [item for column in self.columns[target.layer : source.layer + 1] for item in column]
        below = max(item.y + item.down for item in inside) + 14.0
        above = min(item.y - item.up for item in inside) - 14.0
        down = bool(link.border) or self._cost(link, below) <= self._cost(link, above)
        low, high = target.x - target.width / 2 - 30.0, source.x + source.width / 2 + 30.0
        y = below if down else above
        while any(abs(y - lane) < TRACK and start < high and low < end for lane, start, end in self.lanes):
            y += TRACK if down else -TRACK
        self.lanes.append((y, low, high))
        points: list[Point] = []
        if link.border:
            x = source.left + self.ports[link.border] * source.width
            points += [Point(x, source.y + source.height / 2 + 18), Point(x, y)]
        elif self._clear(source, y):
            points += [Point(source.x, _side(source, y)), Point(source.x, y)]
        else:
            x = max(item.right for item in self.columns[source.layer]) + 9.0
            points += [Point(source.right, source.y), Point(x, source.y), Point(x, y)]
        if self._clear(target, y) and not (y > target.y and target.drops):
            points += [Point(target.x, y), Point(target.x, _side(target, y))]
            self.uprights.take(target, y)
        else:
            x = min(item.left for item in self.columns[target.layer]) - 9.0
            points += [Point(x, y), Point(x, target.y), Point(target.left, target.y)]
        self._finish(link, points)

    def _clear(self, item: Item, y: float) -> bool:
        edge = _side(item, y)
        used = any(
            abs(point.x - item.x) < 1 and abs(point.y - edge) < 1
            for points in self.points.values()
            for point in (points[0], points[-1])
        )
        return not used and self.uprights.free(self.columns, item, y)

    def _cost(self, link: Link, y: float) -> float:
        ends = (link.source, link.target)
        under_events = 60.0 if y > link.target.y and link.target.drops else 0.0
        return under_events + sum(abs(item.y - y) + (0.0 if self._clear(item, y) else 200.0) for item in ends)

    def _finish(self, link: Link, points: list[Point]) -> None:
        self.points[link] = points = _simple(points)
        if link.label:
            self.labels[link] = _label(link, points)


def _order(pairs: list[tuple[Item, Item]]) -> tuple[int, float]:
    """Tracks from left to right so that few flows cross: what falls from below first, what rises from the top."""
    a, b = pairs[0]
    return (0, -max(one.y for one, _ in pairs)) if b.y > a.y else (1, min(one.y for one, _ in pairs))


def _side(item: Item, y: float) -> float:
    """The upper or lower end of the item, whichever looks towards y."""
    return item.y + item.height / 2 if y > item.y else item.y - item.height / 2


def _simple(points: Sequence[Point]) -> list[Point]:
    """Without repeated points and points on a straight line."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1].x - point.x) < 0.01 and abs(kept[-1].y - point.y) < 0.01:
            continue
        if len(kept) > 1:
            a, b = kept[-2], kept[-1]
            if (abs(a.x - b.x) < 0.01 and abs(b.x - point.x) < 0.01) or (
                abs(a.y - b.y) < 0.01 and abs(b.y - point.y) < 0.01
            ):
                kept.pop()
        kept.append(point)
    return kept


def _label(link: Link, points: Sequence[Point]) -> Bounds:
    """Above the first level piece that has room for it, beginning near the source."""
    rows = wrap(link.label, LABEL, SIZE)
    wide = max(width(row, SIZE) for row in rows) + 4.0
    high = len(rows) * SIZE * LINE
    for a, b in pairwise(points):
        if abs(a.y - b.y) < 0.01 and abs(a.x - b.x) > 16.0:
            start = a.x + 5.0 if b.x > a.x else a.x - 5.0 - wide
            return Bounds(start, a.y - high - 3.0, wide, high)
    a, b = points[0], points[1]
    return Bounds(a.x + 5.0, (a.y + b.y - high) / 2, wide, high)
