"""How flows run in a drawing with lanes down the page: through channels between rows and gutters beside tracks.

A route is a list of stops, each an x and a y by number; which piece of a channel or gutter it gets is decided for all
routes together, so that no two lie on each other, and then rows, tracks and stops get their coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from douane.standards.bpmn.collaboration import MessageFlow
from douane.standards.bpmn.drawing.layers import Link
from douane.standards.bpmn.drawing.swim_grid import EVENT, Cell, Grid, Strip, lettering

OUT, LETTERS, IN = 0, 1, 2
"""The parts of a channel from top to bottom: what leaves the row above, messages, what enters the row below."""
APART: Final = 5.0
PORT: Final = 14.0  # inside the rim of a boundary event on the same side


@dataclass(frozen=True, slots=True)
class Stop:
    """One corner. across: a node or strip, or a gutter by number; down: a node, or a part of a channel by number."""

    across: Cell | Strip | int
    down: Cell | tuple[int, int]
    dx: float = 0.0
    dy: float = 0.0
    key: str = ""
    """Whose piece of the channel it is; a piece of a gutter is its route's."""


@dataclass(slots=True)
class Route:
    """The way of a flow, and its name."""

    id: str
    stops: list[Stop]
    label: str = ""


@dataclass(slots=True)
class Pieces:
    """What runs in one channel part or gutter: from where to where, for each key."""

    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    needs: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def take(self, key: str, *ends: int, need: float = 0.0) -> None:
        """Extend the piece of a key over these positions."""
        low, high = self.spans.get(key, (ends[0], ends[0]))
        self.spans[key] = min(low, *ends), max(high, *ends)
        self.needs[key] = max(self.needs.get(key, 0.0), need)

    def settle(self) -> int:
        """Give each piece a place where it touches no other; how many places there are."""
        used: list[list[tuple[int, int]]] = []
        for key, (low, high) in sorted(self.spans.items(), key=lambda one: (one[1][0] - one[1][1], one[1], one[0])):
            free = (n for n, taken in enumerate(used) if all(h < low or l > high for l, h in taken))
            place = next(free, len(used))
            if place == len(used):
                used.append([])
            used[place].append((low, high))
            self.places[key] = place
        return len(used)


class Router:
    """Chooses the way of every flow, and notes what runs where."""

    def __init__(self, grid: Grid, flows: tuple[MessageFlow, ...]) -> None:
        self.grid = grid
        self.routes: list[Route] = []
        self.channels: dict[tuple[int, int], Pieces] = {
            (row, part): Pieces() for row in range(grid.rows + 1) for part in (OUT, LETTERS, IN)
        }
        self.gutters: dict[int, Pieces] = {place: Pieces() for place in grid.gutters}
        self.corners: set[tuple[int, int]] = set()  # rows and gutters into which a gateway sends by its corner
        self.straight = {link.id for link in grid.links if self._is_straight(link)}
        for link in grid.links:
            self._note(Route(link.id, self._sequence(link), link.label))
        for flow in flows:
            stops = self._message(flow)
            if stops:
                self._note(Route(flow.id, stops, flow.name))

    # --- sequence flows ---------------------------------------------------------------------------------------------

    def _is_straight(self, link: Link) -> bool:
        source, target = self._ends(link)
        between = range(source.row + 1, target.row)
        track = source.track
        return (
            not link.border and target.row > source.row and track is target.track and track is not None
            and not any(row in track.cells for row in between)
        )  # fmt: skip

    def _ends(self, link: Link) -> tuple[Cell, Cell]:
        return self.grid.cells[link.source.id], self.grid.cells[link.target.id]

    def _sequence(self, link: Link) -> list[Stop]:
        source, target = self._ends(link)
        last = Stop(target, target, dy=-target.height / 2)
        if link.id in self.straight:
            return [Stop(source, source, dy=source.height / 2), last]
        right = target.at > source.at or (target.at == source.at and not self._used(source, right=True))
        if source.is_gateway and not link.border and not self._used(source, right=right) and self._forks(source):
            self.corners.add((source.row, source.at + 1 if right else source.at - 1))
            return self._by_corner(link, right=right)
        dx, dy = self._port(link, source, target)
        start = Stop(source, source, dx, dy)
        into = (target.row, IN)
        key = f"in {target.id}"
        if target.row == source.row + 1:
            if dx:
                return [start, Stop(source, into, dx, key=key), Stop(target, into, key=key), last]
            above = target.track.cells.get(source.row) if target.track is not None else None
            if above is None or above.width > 100:
                out = (target.row, OUT)
                return [start, Stop(source, out, key=link.id), Stop(target, out, key=link.id), last]
        out = (source.row + 1, OUT)
        gutter = self._gutter(source.at, target.at)
        return [
            start, Stop(source, out, dx, key=link.id), Stop(gutter, out, key=link.id),
            Stop(gutter, into, key=key), Stop(target, into, key=key), last,
        ]  # fmt: skip

    def _used(self, cell: Cell, *, right: bool) -> bool:
        """Whether something leaves by a side of a gateway, or faces what would, from the next track."""
        return (cell.row, cell.at + 1 if right else cell.at - 1) in self.corners

    def _forks(self, cell: Cell) -> bool:
        return sum(1 for link in self.grid.links if link.source.id == cell.id) > 1

    def _by_corner(self, link: Link, *, right: bool) -> list[Stop]:
        """Out of a gateway by its left or right corner: level to the track of the target where nothing stands there."""
        source, target = self._ends(link)
        start = Stop(source, source, dx=source.width / 2 if right else -source.width / 2)
        last = Stop(target, target, dy=-target.height / 2)
        tracks = [track for way in self.grid.ways for track in way.tracks]
        low, high = sorted((source.at, target.at))
        beside = [track for track in tracks if low <= track.place <= high and track is not source.track]
        down = range(source.row, target.row)
        if target.at != source.at and target.row > source.row and not any(
            source.row in track.cells or (track is target.track and any(row in track.cells for row in down))
            for track in beside
        ):  # fmt: skip
            return [start, Stop(target, source), last]
        gutter = source.at + 1 if right else source.at - 1
        into, key = (target.row, IN), f"in {target.id}"
        return [
            start, Stop(gutter, source), Stop(gutter, into, key=key), Stop(target, into, key=key), last,
        ]  # fmt: skip

    def _port(self, link: Link, source: Cell, target: Cell) -> tuple[float, float]:
        """Where on the lower side it leaves: a boundary event, beside the middle of a task, else the middle."""
        if link.border:
            return source.borders[link.border], source.height / 2 + EVENT / 2
        aside = PORT if target.at > source.at else -PORT
        return (0.0 if source.width < 100 else aside), source.height / 2

    def _gutter(self, source: int, target: int) -> int:
        """The gutter with the shortest way that few others use."""
        near = {source - 1, source + 1, target - 1, target + 1}
        return min(near, key=lambda g: (abs(g - source) + abs(g - target) + len(self.gutters[g].spans), g))

    # --- message flows ----------------------------------------------------------------------------------------------

    def _message(self, flow: MessageFlow) -> list[Stop]:
        """From side to side; level where nothing stands between, else through the channel above the row."""
        source, target = self._place(flow.source), self._place(flow.target)
        if isinstance(source, Cell) and isinstance(target, Cell):
            return self._between(flow.id, source, target)
        if isinstance(source, Cell) and isinstance(target, Strip):
            return self._to_strip(flow.id, source, target)
        if isinstance(source, Strip) and isinstance(target, Cell):
            return self._to_strip(flow.id, target, source)[::-1]
        if isinstance(source, Strip) and isinstance(target, Strip):
            return [Stop(source, (0, LETTERS), key=flow.id), Stop(target, (0, LETTERS), key=flow.id)]
        return []

    def _place(self, id: str) -> Cell | Strip | None:
        cell = self.grid.cells.get(id)
        host = next((one for one in self.grid.cells.values() if id in one.borders), None)
        return cell or host or next((one for one in self.grid.strips if one.pool.id == id), None)

    def _to_strip(self, key: str, cell: Cell, strip: Strip) -> list[Stop]:
        right = strip.place > cell.at
        start = self._side(key, cell, right=right)
        if self._clear(cell, strip.place):
            return [start, Stop(strip, cell, dy=start.dy)]
        gutter, above = cell.at + 1 if right else cell.at - 1, (cell.row, LETTERS)
        return [
            start, Stop(gutter, cell, dy=start.dy), Stop(gutter, above, key=key), Stop(strip, above, key=key),
        ]  # fmt: skip

    def _between(self, key: str, source: Cell, target: Cell) -> list[Stop]:
        right = target.at > source.at
        start, end = self._side(key, source, right=right), self._side(key, target, right=not right)
        first, last = source.at + 1 if right else source.at - 1, target.at - 1 if right else target.at + 1
        above = (target.row, LETTERS)
        return [
            start, Stop(first, source, dy=start.dy), Stop(first, above, key=key),
            Stop(last, above, key=key), Stop(last, target, dy=end.dy), end,
        ]  # fmt: skip

    def _side(self, key: str, cell: Cell, *, right: bool) -> Stop:
        """Its place on the side of a node; on the rim of an event."""
        letters = cell.letters[right]
        dy = (letters.index(key) - (len(letters) - 1) / 2) * _pitch(cell, len(letters))
        dy += APART if right else -APART  # what faces it in the next track leaves at another height
        half = cell.width / 2
        dx = (half * half - dy * dy) ** 0.5 if cell.element.local.endswith("Event") else half
        return Stop(cell, cell, dx if right else -dx, dy)

    def _clear(self, cell: Cell, place: int) -> bool:
        low, high = sorted((cell.at, place))
        tracks = (track for way in self.grid.ways for track in way.tracks)
        return not any(low < one.place < high and cell.row in one.cells for one in tracks)

    # --- what runs where --------------------------------------------------------------------------------------------

    def _note(self, route: Route) -> None:
        self.routes.append(route)
        for here, there in zip(route.stops, route.stops[1:], strict=False):
            if isinstance(here.down, tuple) and here.down == there.down:
                need = lettering(route.label, 104.0)[1] + 6.0 if here.down[1] == LETTERS and route.label else 0.0
                self.channels[here.down].take(here.key, _across(here), _across(there), need=need)
            elif isinstance(here.across, int) and here.across == there.across:
                self.gutters[here.across].take(route.id, _down(here), _down(there))


def _pitch(cell: Cell, count: int) -> float:
    return min(30.0, (cell.height - 12.0 - 2 * APART) / max(1, count - 1))


def _across(stop: Stop) -> int:
    if isinstance(stop.across, int):
        return stop.across
    return stop.across.at if isinstance(stop.across, Cell) else stop.across.place


def _down(stop: Stop) -> int:
    """Rows and parts of channels from top to bottom: channel 0 with its three parts, row 0, channel 1 ..."""
    return 4 * stop.down.row + 3 if isinstance(stop.down, Cell) else 4 * stop.down[0] + stop.down[1]
