"""Diagram interchange as values: shapes with bounds, edges with waypoints, labels; in the units of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from douane.standards.bpmn.document import DC, DD, DI, Comment, Document, Element, Instruction
from douane.vocabulary.errors import NotValid

_INDENT: Final = "  "


class Point(msgspec.Struct, frozen=True):
    """A place on the plane; y grows downwards."""

    x: float
    y: float


class Bounds(msgspec.Struct, frozen=True):
    """A rectangle by its upper left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The centre."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)


class Shape(msgspec.Struct, frozen=True):
    """The drawing of a node. None means that the file does not say."""

    id: str
    element: str
    bounds: Bounds
    label: Bounds | None = None
    expanded: bool | None = None
    horizontal: bool | None = None
    marker: bool | None = None


class Edge(msgspec.Struct, frozen=True):
    """The drawing of a flow or association."""

    id: str
    element: str
    waypoints: tuple[Point, ...]
    label: Bounds | None = None


class Diagram(msgspec.Struct, frozen=True):
    """One drawing; ``plane`` is the id of the process or collaboration it shows."""

    id: str
    name: str
    plane: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


def diagrams(document: Document) -> tuple[Diagram, ...]:
    """The drawings of a model, in order. Raises NotValid where a coordinate is not a number."""
    return tuple(_diagram(element) for element in document.root.elements() if element.tag == f"{{{DI}}}BPMNDiagram")


def with_diagram(document: Document, diagram: Diagram) -> Document:
    """The model with this drawing instead of all it had; everything else stays as it was, to the white space."""
    root = document.root
    kept: list[Element | Comment | Instruction] = [
        child for child in root.children if not (isinstance(child, Element) and child.tag == f"{{{DI}}}BPMNDiagram")
    ]
    indent = "\n" + _INDENT
    if kept:
        kept[-1] = msgspec.structs.replace(kept[-1], tail=indent)
    drawn = _indented(_written(diagram), 1, "\n")
    text = root.text if kept else indent
    return msgspec.structs.replace(document, root=msgspec.structs.replace(root, children=(*kept, drawn), text=text))


def whole(value: float) -> str:
    """A coordinate as a picture writes it: nobody sees less than a point, and half of a page are coordinates."""
    return f"{round(value)}"


def tenths(value: float) -> str:
    """A size within a sign or of letters: there a tenth of a point is seen."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def number(value: float) -> str:
    """A coordinate without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _reference(text: str) -> str:
    return text.rpartition(":")[2]


def _diagram(element: Element) -> Diagram:
    plane = next((one for one in element.elements() if one.tag == f"{{{DI}}}BPMNPlane"), None)
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for child in plane.elements() if plane is not None else ():
        if child.tag == f"{{{DI}}}BPMNShape":
            shapes.append(_shape(child))
        elif child.tag == f"{{{DI}}}BPMNEdge":
            edges.append(_edge(child))
    return Diagram(
        element.id, element.name, _reference(plane.get("bpmnElement")) if plane else "", tuple(shapes), tuple(edges)
    )


def _shape(element: Element) -> Shape:
    bounds = _bounds(element)
    if bounds is None:
        raise NotValid(f"Shape {element.id} (line {element.line}) has no bounds.")
    return Shape(
        element.id,
        _reference(element.get("bpmnElement")),
        bounds,
        _label(element),
        _flag(element, "isExpanded"),
        _flag(element, "isHorizontal"),
        _flag(element, "isMarkerVisible"),
    )


def _edge(element: Element) -> Edge:
    points = tuple(
        Point(_number(one, "x"), _number(one, "y")) for one in element.elements() if one.tag == f"{{{DD}}}waypoint"
    )
    return Edge(element.id, _reference(element.get("bpmnElement")), points, _label(element))


def _label(element: Element) -> Bounds | None:
    for child in element.elements():
        if child.tag == f"{{{DI}}}BPMNLabel":
            return _bounds(child)
    return None


def _bounds(element: Element) -> Bounds | None:
    for child in element.elements():
        if child.tag == f"{{{DC}}}Bounds":
            return Bounds(*(_number(child, side) for side in ("x", "y", "width", "height")))
    return None


def _number(element: Element, name: str) -> float:
    try:
        value = float(element.get(name))
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:
        raise NotValid(f"{element.local} on line {element.line} has {name}={element.get(name)!r}; a number is needed.")
    return value


def _flag(element: Element, name: str) -> bool | None:
    return element.get(name) in {"true", "1"} if element.has(name) else None


def _written(diagram: Diagram) -> Element:
    parts = (*(_written_shape(shape) for shape in diagram.shapes), *(_written_edge(edge) for edge in diagram.edges))
    plane = Element(f"{{{DI}}}BPMNPlane", (("id", f"{diagram.id}_plane"), ("bpmnElement", diagram.plane)), parts)
    attributes = (("id", diagram.id), *((("name", diagram.name),) if diagram.name else ()))
    return Element(f"{{{DI}}}BPMNDiagram", attributes, (plane,), namespaces=(("bpmndi", DI), ("dc", DC), ("di", DD)))


def _written_shape(shape: Shape) -> Element:
    flags = (("isExpanded", shape.expanded), ("isHorizontal", shape.horizontal), ("isMarkerVisible", shape.marker))
    attributes = (
        ("id", shape.id),
        ("bpmnElement", shape.element),
        *((name, "true" if value else "false") for name, value in flags if value is not None),
    )
    return Element(f"{{{DI}}}BPMNShape", attributes, (_written_bounds(shape.bounds), *_written_label(shape.label)))


def _written_edge(edge: Edge) -> Element:
    points = tuple(Element(f"{{{DD}}}waypoint", (("x", number(p.x)), ("y", number(p.y)))) for p in edge.waypoints)
    return Element(
        f"{{{DI}}}BPMNEdge", (("id", edge.id), ("bpmnElement", edge.element)), (*points, *_written_label(edge.label))
    )


def _written_label(label: Bounds | None) -> Iterator[Element]:
    if label is not None:
        yield Element(f"{{{DI}}}BPMNLabel", (), (_written_bounds(label),))


def _written_bounds(bounds: Bounds) -> Element:
    sides = (("x", bounds.x), ("y", bounds.y), ("width", bounds.width), ("height", bounds.height))
    return Element(f"{{{DC}}}Bounds", tuple((name, number(value)) for name, value in sides))


def _indented(element: Element, depth: int, tail: str) -> Element:
    """The element with line breaks inside, two blanks a level."""
    inner = [child for child in element.children if isinstance(child, Element)]
    if not inner:
        return msgspec.structs.replace(element, tail=tail)
    deeper = "\n" + _INDENT * (depth + 1)
    last = "\n" + _INDENT * depth
    children = tuple(_indented(one, depth + 1, last if one is inner[-1] else deeper) for one in inner)
    return msgspec.structs.replace(element, children=children, text=deeper, tail=tail)
