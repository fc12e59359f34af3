"""Where things stand in a drawing with lanes down the page: a row for each layer, tracks side by side in a lane.

Between two rows lies a channel, beside each track a gutter: flows run there and so never through a node. Positions
across the page are numbered from left to right (strips of closed pools, gutters, tracks) before any has its x.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.standards.bpmn.collaboration import Collaboration, Lane, Pool, is_node
from douane.standards.bpmn.document import Element
from douane.standards.bpmn.drawing.fold import Sheet, extent
from douane.standards.bpmn.drawing.layers import Item, Link, layered
from douane.standards.bpmn.drawing.lettering import LINE, width, wrap

SIZE: Final = 11.0
TASK: Final = (120.0, 72.0)
EVENT: Final = 36.0
GATEWAY: Final = 46.0
PADDING: Final = 26.0
TITLE: Final = 26.0
NAME: Final = 80.0
LETTER: Final = 30.0  # how far apart messages meet one side of a node


@dataclass(slots=True, eq=False)
class Cell:
    """A node in the grid. left, right, up, down: the room it needs from its centre, names included."""

    element: Element
    width: float
    height: float
    row: int = 0
    track: Track | None = None
    left: float = 0.0
    right: float = 0.0
    up: float = 0.0
    down: float = 0.0
    x: float = 0.0
    y: float = 0.0
    inner: Sheet | None = None
    borders: dict[str, float] = field(default_factory=dict)
    """Boundary events on its lower side, by id: how far from the middle."""
    letters: dict[bool, list[str]] = field(default_factory=dict)
    """Message flows by side (True: right), in the order from top to bottom."""

    @property
    def id(self) -> str:
        """The id of the node."""
        return self.element.id

    @property
    def at(self) -> int:
        """The place of its track across the page."""
        assert self.track is not None
        return self.track.place

    @property
    def is_gateway(self) -> bool:
        """Whether flows may leave by its corners."""
        return self.element.local.endswith("Gateway")


@dataclass(slots=True, eq=False)
class Track:
    """A column of nodes, with the gutter on either side of it."""

    place: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)
    x: float = 0.0


@dataclass(slots=True, eq=False)
class Strip:
    """A closed pool: a narrow strip down the page."""

    pool: Pool
    place: int = 0
    x: float = 0.0


@dataclass(slots=True, eq=False)
class Way:
    """A lane as it is drawn, or an open pool without lanes."""

    pool: Pool
    lane: Lane | None
    tracks: list[Track] = field(default_factory=list)
    first: int = 0
    x: float = 0.0
    width: float = 0.0


@dataclass(slots=True)
class Grid:
    """Everything placed by number: cells by id, ways and strips from left to right, flows within pools."""

    cells: dict[str, Cell]
    ways: list[Way]
    strips: list[Strip]
    links: list[Link]
    rows: int
    places: int
    gutters: frozenset[int]


def grid(found: Collaboration, by_id: dict[str, Element], inside: Callable[[Element], Sheet | None]) -> Grid:
    """The grid of a collaboration. inside: the drawing within an open sub-process, None for any other node."""
    cells: dict[str, Cell] = {}
    links: list[Link] = []
    ways: list[Way] = []
    for pool in (one for one in found.pools if one.nodes):
        links += _process(by_id[pool.process], cells, inside)
        ways += _ways(pool, cells, links)
    opened = [n for n, pool in enumerate(found.pools) if pool.nodes]
    strips = [Strip(pool) for pool in found.pools if not pool.nodes]
    before = [one for one in strips if found.pools.index(one.pool) < (opened or [0])[0]]
    place, gutters = 0, set()
    for strip in before:
        strip.place, place = place, place + 1
    for way in ways:
        way.first = place
        for track in way.tracks:
            gutters.add(place)
            track.place, place = place + 1, place + 2
        gutters.add(place)
        place += 1
    for strip in strips:
        if strip not in before:
            strip.place, place = place, place + 1
    rows = 1 + max((cell.row for cell in cells.values()), default=0)
    return Grid(cells, ways, strips, links, rows, place, frozenset(gutters))


def _process(process: Element, cells: dict[str, Cell], inside: Callable[[Element], Sheet | None]) -> list[Link]:
    """Cells of the nodes of a process, with their rows; its flows, by the nodes between which they run."""
    nodes = [one for one in process.model_elements() if is_node(one.local)]
    hosts = {one.id: one.get("attachedToRef") for one in nodes if one.local == "boundaryEvent"}
    items: dict[str, Item] = {}
    for node in nodes:
        if node.id not in hosts:
            cells[node.id] = _cell(node, inside(node))
            items[node.id] = Item(node.id, 0, 0, 0, 0)
    for event, host in hosts.items():
        if host in items:
            cells[host].borders[event] = 0.0
    found = []
    for flow in process.model_elements("sequenceFlow"):
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        host = hosts.get(source, source)
        if host in items and target in items:
            found.append(Link(flow.id, items[host], items[target], flow.name, source if source in hosts else ""))
    layered(list(items.values()), found)
    for item in items.values():
        cells[item.id].row = item.layer
    return found


def _cell(node: Element, inner: Sheet | None) -> Cell:
    if inner is not None:
        size = extent(inner)
        return Cell(node, size.width + 2 * PADDING, size.height + 2 * PADDING + TITLE, inner=inner)
    if node.local.endswith("Gateway"):
        return Cell(node, GATEWAY, GATEWAY)
    if node.local.endswith("Event"):
        return Cell(node, EVENT, EVENT)
    return Cell(node, *TASK)


def _ways(pool: Pool, cells: dict[str, Cell], links: Sequence[Link]) -> list[Way]:
    """The lanes of an open pool with their nodes in tracks; what stands in none gets a way of its own."""
    ways = [Way(pool, lane) for lane in pool.lanes]
    of = {node: way for way in ways for node in (way.lane.nodes if way.lane else ())}
    rest = [id for id in pool.nodes if id in cells and id not in of]
    if rest or not ways:
        ways.append(Way(pool, None))
        of.update(dict.fromkeys(rest, ways[-1]))
    order = {id: n for n, id in enumerate(pool.nodes)}
    for cell in sorted((cells[id] for id in pool.nodes if id in cells), key=lambda one: (one.row, order[one.id])):
        way = of[cell.id]
        _enter(cell, way, _wish(cell, way, cells, links))
    for way in ways:
        way.tracks = way.tracks or [Track()]
    return ways


def _wish(cell: Cell, way: Way, cells: dict[str, Cell], links: Sequence[Link]) -> int:
    """The track under what the main way comes from, beside it for any other way."""
    wishes: list[tuple[bool, int]] = []
    for link in links:
        source = cells.get(link.source.id)
        if link.target.id == cell.id and not link.back and source is not None and source.track in way.tracks:
            first = next((one for one in links if one.source is link.source and not one.border), None)
            beside = first is not link
            wishes.append((beside, way.tracks.index(source.track) + beside))
    return min(wishes)[1] if wishes else 0


def _enter(cell: Cell, way: Way, wish: int) -> None:
    """Into the free track that is nearest to the wish, to the right first."""
    count = len(way.tracks) + 1
    place = min(
        (n for n in range(count) if n == len(way.tracks) or cell.row not in way.tracks[n].cells),
        key=lambda n: (abs(n - wish), n < wish),
    )
    if place == len(way.tracks):
        way.tracks.append(Track())
    way.tracks[place].cells[cell.row] = cell
    cell.track = way.tracks[place]


def lettering(name: str, room: float = NAME) -> tuple[float, float]:
    """Width and height of a name in lines."""
    rows = wrap(name, room, SIZE)
    return max((width(row, SIZE) for row in rows), default=0.0) + 2.0, len(rows) * SIZE * LINE
