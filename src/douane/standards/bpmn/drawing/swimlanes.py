"""A drawing for a collaboration that was written as text: pools and lanes side by side, the procedure down the page.

Lanes stand upright because a page is long and not wide: a procedure of forty steps stays legible. Pools without a
process are strips at the sides, in the order of the file; messages to and from them leave a node at its side, and the
procedure leaves it below, so what is said and what is done are told apart at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

import msgspec

from douane.standards.bpmn.collaboration import Collaboration, MessageFlow, Pool, is_node
from douane.standards.bpmn.document import Element
from douane.standards.bpmn.drawing.diagram import Bounds, Diagram, Edge, Point, Shape
from douane.standards.bpmn.drawing.fold import Sheet, extent, moved
from douane.standards.bpmn.drawing.swim_grid import EVENT, PADDING, TASK, TITLE, Cell, Grid, Strip, grid, lettering
from douane.standards.bpmn.drawing.swim_routes import IN, LETTERS, OUT, Route, Router, Stop

HEAD: Final = 50.0
"""The band at the top of a pool or lane that holds its name."""
STRIP: Final = 66.0
GAP: Final = 100.0  # between pools, at most: the names of messages stand there
ASIDE: Final = 10.0  # what the name of a message has beside it in that gap
BORDER: Final = 36.0  # from the middle of a node to its first boundary event, and between two of them with short names
TRACE: Final = 8.5  # between two flows in one channel or gutter
EDGE: Final = 4.0
ARROW: Final = 16.0
_MARGIN: Final = 20.0


def swimlanes(found: Collaboration, by_id: dict[str, Element], is_open: Callable[[Element], bool]) -> Diagram:
    """The drawing. is_open: whether a node is a sub-process that is drawn with its inside, which runs down, too."""
    plane = found.id or found.pools[0].process
    sheet = _sheet(found, by_id, is_open, _MARGIN)
    return Diagram(f"{plane}_diagram", found.name or by_id[plane].name, plane, sheet.shapes, sheet.edges)


def _sheet(found: Collaboration, by_id: dict[str, Element], is_open: Callable[[Element], bool], margin: float) -> Sheet:
    made = grid(found, by_id, lambda node: _inside(node, by_id, is_open) if is_open(node) else None)
    _letter(made, found.flows)
    for cell in made.cells.values():
        _border(cell, by_id)
    drawing = _Drawing(made, Router(made, found.flows), by_id)
    sheet = Sheet(tuple(drawing.shapes()), tuple(drawing.edges()))
    whole = extent(sheet)
    return moved(sheet, margin - whole.x, margin - whole.y)


def _inside(node: Element, by_id: dict[str, Element], is_open: Callable[[Element], bool]) -> Sheet:
    """What stands in a sub-process, drawn like a pool without lanes and frame."""
    nodes = tuple(one.id for one in node.model_elements() if is_node(one.local))
    return _sheet(Collaboration("", node.name, (Pool("", node.name, node.id, (), nodes),)), by_id, is_open, 0.0)


def _letter(made: Grid, flows: tuple[MessageFlow, ...]) -> None:
    """On which side of a node each of its messages leaves or enters; a node with many is higher."""
    for cell in made.cells.values():
        cell.letters = {False: [], True: []}
        names = (cell.id, *cell.borders)
        for flow in flows:
            for mine, other in ((flow.source, flow.target), (flow.target, flow.source)):
                if mine in names:
                    cell.letters[_place(made, other) > cell.at].append(flow.id)
        if cell.height >= TASK[1]:
            cell.height = max(cell.height, 30.0 * max(map(len, cell.letters.values())) + 22.0)


def _border(cell: Cell, by_id: dict[str, Element]) -> None:
    """Boundary events stand on both sides of the middle, each as far from the last as the name between them needs."""
    if not cell.borders:
        return
    events = list(cell.borders)
    right = (len(events) + 1) // 2
    for side, sign in ((events[:right], 1.0), (events[right:], -1.0)):
        aside = BORDER
        for event in sorted(side, key=lambda one: _border_lettering(by_id[one])[0]):  # the widest name stands outside
            cell.borders[event] = sign * aside
            aside += max(EVENT + 8.0, _border_lettering(by_id[event])[0] + 10.0)
    if cell.inner is None:
        cell.height = max(cell.height, TASK[1] + EVENT / 2)  # its name stands above them
        cell.width = max(cell.width, 2 * (max(map(abs, cell.borders.values())) + EVENT / 2 + 6.0))


def _border_lettering(event: Element) -> tuple[float, float]:
    return lettering(event.name, 78.0)


def _place(made: Grid, id: str) -> int:
    for cell in made.cells.values():
        if id == cell.id or id in cell.borders:
            return cell.at
    return next((strip.place for strip in made.strips if strip.pool.id == id), -1)


class _Drawing:
    """Coordinates for everything that the grid and the router placed by number."""

    def __init__(self, made: Grid, router: Router, by_id: dict[str, Element]) -> None:
        self.grid, self.router, self.by_id = made, router, by_id
        self.labels: dict[str, Bounds] = {}  # of nodes, from their centre
        self.flow_labels: dict[str, Bounds] = {}
        self.below: dict[tuple[str, bool], list[Bounds]] = {}  # names left and right of the way down from a node
        for cell in made.cells.values():
            cell.left = cell.right = cell.width / 2
            cell.up = cell.down = cell.height / 2
        for route in sorted(router.routes, key=lambda one: one.id in router.straight):
            self._flow_name(route)
        for cell in made.cells.values():
            self._node_name(cell)
            for event, dx in cell.borders.items():
                self._border_name(cell, event, dx)
        self.top: dict[tuple[int, int], float] = {}
        self.heights: dict[tuple[int, int], list[float]] = {}
        self.gutter: dict[int, float] = {}
        self.bottom = self._rows()
        self._columns()

    # --- names and the room they need -------------------------------------------------------------------------------

    def _room(self, cell: Cell, box: Bounds) -> None:
        """Let a cell be as large as a box about its centre needs."""
        cell.left, cell.right = max(cell.left, -box.x), max(cell.right, box.right)
        cell.up, cell.down = max(cell.up, -box.y), max(cell.down, box.bottom)

    def _flow_name(self, route: Route) -> None:
        """Over the corner by which it leaves a gateway, else beside its way down; of a message see ``_letter_name``."""
        start = route.stops[0]
        element = self.by_id[route.id]
        if not route.label or element.local != "sequenceFlow" or not isinstance(start.across, Cell):
            return
        wide, high = lettering(route.label)
        if start.dy == 0:
            x = start.dx + 5.0 if start.dx > 0 else start.dx - 5.0 - wide
            box = Bounds(x, -high - 3.0, wide, high)
            self._room(start.across, Bounds(x - 6.0, box.y, wide + 12.0, high))
        elif start.dy == start.across.height / 2:
            right = self._turns(route, start.across)
            y = max([box.bottom for box in self.below.get((start.across.id, right), ())], default=start.dy) + 2.0
            box = Bounds(start.dx + 5.0 if right else start.dx - 5.0 - wide, y, wide, high)
            self.below.setdefault((start.across.id, right), []).append(box)
            self._room(start.across, box)
        else:
            return  # of a boundary event, which has its own name there
        self.flow_labels[route.id] = box

    def _turns(self, route: Route, source: Cell) -> bool:
        """Whether a way down turns right; one that goes straight on has its name where no other name is."""
        target = route.stops[-1].across
        if isinstance(target, Cell) and target.at != source.at:
            return target.at > source.at
        return (source.id, True) not in self.below

    def _node_name(self, cell: Cell) -> None:
        wide, high = lettering(cell.element.name)
        if not high or cell.width >= TASK[0]:
            return
        if cell.is_gateway:
            level = max((-box.y for id, box in self.flow_labels.items() if self._leaves(id, cell)), default=0.0)
            box = Bounds(7.0, -max(cell.height / 2, level) - 3.0 - high, wide, high)
        else:
            right = not cell.letters[True] or bool(cell.letters[False])
            over = bool(cell.letters[right])
            x = cell.width / 2 + 5.0
            box = Bounds(x if right else -x - wide, -high - 4.0 if over else -high / 2, wide, high)
        self.labels[cell.id] = box
        self._room(cell, box)

    def _leaves(self, flow: str, cell: Cell) -> bool:
        return self.by_id[flow].get("sourceRef") == cell.id and self.flow_labels[flow].y < 0

    def _border_name(self, cell: Cell, event: str, dx: float) -> None:
        wide, high = _border_lettering(self.by_id[event])
        low = cell.height / 2 + EVENT / 2
        box = Bounds(dx + 5.0 if dx > 0 else dx - 5.0 - wide, low + 1.0, wide, high)
        self._room(cell, Bounds(dx - EVENT / 2, low - EVENT, EVENT, EVENT))
        if high:
            self.labels[event] = box
            self._room(cell, box)

    # --- rows and columns -------------------------------------------------------------------------------------------

    def _rows(self) -> float:
        """Set the y of rows and of the parts of channels; the lower end of everything."""
        y = 0.0
        for row in range(self.grid.rows + 1):
            for part in (OUT, LETTERS, IN):
                pieces = self.router.channels[row, part]
                heights = [TRACE] * pieces.settle()
                for key, place in pieces.places.items():
                    heights[place] = max(heights[place], pieces.needs[key])
                self.top[row, part], self.heights[row, part] = y + EDGE * (part == OUT), heights
                y = self.top[row, part] + sum(heights)
            y += ARROW
            cells = [cell for cell in self.grid.cells.values() if cell.row == row]
            middle = y + max((cell.up for cell in cells), default=0.0)
            for cell in cells:
                cell.y = middle
            y = middle + max((cell.down for cell in cells), default=0.0)
        return y

    def _gap(self) -> float:
        """How far apart pools stand: as the widest name of a message needs."""
        names = [route.label for route in self.router.routes if self.by_id[route.id].local == "messageFlow"]
        return max((lettering(name, GAP - ASIDE)[0] + ASIDE for name in names), default=GAP)

    def _columns(self) -> None:
        """Set the x of strips, gutters and tracks, and the sides of lanes."""
        x, last, gap = 0.0, None, self._gap()
        strips = {strip.place: strip for strip in self.grid.strips}
        for place in range(self.grid.places):
            if place in strips:
                x += gap if place else 0.0
                strips[place].x, x, last = x, x + STRIP, None
                continue
            way = next((one for one in self.grid.ways if one.first == place), None)
            if way is not None:
                x += gap if place and way.pool is not last else 0.0
                way.x, last = x, way.pool
            if place in self.grid.gutters:
                count = self.router.gutters[place].settle()
                self.gutter[place], x = x + EDGE, x + EDGE + max(TRACE * count, EDGE)
            else:
                track = next(t for w in self.grid.ways for t in w.tracks if t.place == place)
                cells = track.cells.values()
                track.x = x + max((cell.left for cell in cells), default=TASK[0] / 2)
                for cell in cells:
                    cell.x = track.x
                x = track.x + max((cell.right for cell in cells), default=TASK[0] / 2)
            owner = next(w for w in reversed(self.grid.ways) if w.first <= place)
            owner.width = x - owner.x

    # --- the drawing ------------------------------------------------------------------------------------------------

    def shapes(self) -> Iterator[Shape]:
        """Pools, lanes and nodes."""
        pools = {way.pool.id: way.pool for way in self.grid.ways}
        laned = any(way.lane for way in self.grid.ways)
        named = any(pools)
        top = -HEAD * (named + laned)
        for id in pools:
            if id:
                ways = [way for way in self.grid.ways if way.pool.id == id]
                yield _frame(id, ways[0].x, top, ways[-1].x + ways[-1].width, self.bottom + EDGE)
        for strip in self.grid.strips:
            yield _frame(strip.pool.id, strip.x, top, strip.x + STRIP, self.bottom + EDGE)
        for way in self.grid.ways:
            if way.lane:
                yield _frame(way.lane.id, way.x, top + HEAD * named, way.x + way.width, self.bottom + EDGE)
        for cell in self.grid.cells.values():
            yield from self._node(cell)

    def _node(self, cell: Cell) -> Iterator[Shape]:
        box = Bounds(cell.x - cell.width / 2, cell.y - cell.height / 2, cell.width, cell.height)
        marker = True if cell.element.local == "exclusiveGateway" else None
        yield Shape(f"{cell.id}_shape", cell.id, box, self._label(cell.id, cell), True if cell.inner else None,
                    None, marker)  # fmt: skip
        for event, dx in cell.borders.items():
            rim = Bounds(cell.x + dx - EVENT / 2, box.bottom - EVENT / 2, EVENT, EVENT)
            yield Shape(f"{event}_shape", event, rim, self._label(event, cell))
        if cell.inner is not None:
            yield from moved(cell.inner, box.x + PADDING, box.y + PADDING + TITLE).shapes

    def _label(self, id: str, cell: Cell) -> Bounds | None:
        box = self.labels.get(id)
        return None if box is None else msgspec.structs.replace(box, x=box.x + cell.x, y=box.y + cell.y)

    def edges(self) -> Iterator[Edge]:
        """Flows of the procedure, messages, and what runs inside open sub-processes."""
        for route in self.router.routes:
            points = _simple([self._point(route, n) for n in range(len(route.stops))])
            yield Edge(f"{route.id}_edge", route.id, tuple(points), self._edge_name(route, points))
        for cell in self.grid.cells.values():
            if cell.inner is not None:
                x, y = cell.x - cell.width / 2 + PADDING, cell.y - cell.height / 2 + PADDING + TITLE
                yield from moved(cell.inner, x, y).edges

    def _point(self, route: Route, n: int) -> Point:
        stop = route.stops[n]
        if isinstance(stop.down, Cell):
            y = stop.down.y + stop.dy
        else:
            pieces, heights = self.router.channels[stop.down], self.heights[stop.down]
            y = self.top[stop.down] + sum(heights[: pieces.places[stop.key] + 1])
        if isinstance(stop.across, Cell):
            return Point(stop.across.x + stop.dx, y)
        if isinstance(stop.across, Strip):
            return Point(self._rim(stop.across, route.stops[n - 1 if n else 1]), y)
        return Point(self.gutter[stop.across] + TRACE * self.router.gutters[stop.across].places[route.id], y)

    def _rim(self, strip: Strip, next_to: Stop) -> float:
        other = next_to.across
        place = other if isinstance(other, int) else other.at if isinstance(other, Cell) else other.place
        return strip.x + STRIP if place > strip.place else strip.x

    def _edge_name(self, route: Route, points: list[Point]) -> Bounds | None:
        """The name of a message stands in the gap beside the pool that it comes from or goes to."""
        start = route.stops[0].across
        box = self.flow_labels.get(route.id)
        if box is not None and isinstance(start, Cell):
            return msgspec.structs.replace(box, x=box.x + start.x, y=box.y + start.y)
        if not route.label or self.by_id[route.id].local != "messageFlow":
            return None
        wide, high = lettering(route.label, GAP - ASIDE)
        a, b = (points[0], points[1]) if isinstance(start, Strip) else (points[-1], points[-2])
        if not isinstance(route.stops[0].across, Strip) and not isinstance(route.stops[-1].across, Strip):
            a, b = self._open_gap(points)
        return Bounds(a.x + 6.0 if b.x > a.x else a.x - 6.0 - wide, a.y - high - 2.0, wide, high)

    def _open_gap(self, points: list[Point]) -> tuple[Point, Point]:
        """Where a message between two open pools leaves the one on the left."""
        low, high = min(points[0].x, points[-1].x), max(points[0].x, points[-1].x)
        level = max(pairwise(points), key=lambda pair: abs(pair[0].x - pair[1].x))[0].y
        ends = [way.x + way.width for way in self.grid.ways if low < way.x + way.width < high]
        starts = [way.x for way in self.grid.ways]
        x = next((end for end in ends if end not in starts), low)
        return Point(x, level), Point(x + self._gap(), level)


def _frame(id: str, left: float, top: float, right: float, bottom: float) -> Shape:
    return Shape(f"{id}_shape", id, Bounds(left, top, right - left, bottom - top), horizontal=False)


def _simple(points: list[Point]) -> list[Point]:
    """Without points on a straight line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1].x - point.x) < 0.01 and abs(kept[-1].y - point.y) < 0.01:
            continue
        if len(kept) > 1:
            a, b = kept[-2], kept[-1]
            level = abs(a.y - b.y) < 0.01 and abs(b.y - point.y) < 0.01
            upright = abs(a.x - b.x) < 0.01 and abs(b.x - point.x) < 0.01
            if level or upright:
                kept.pop()
        kept.append(point)
    return kept
