"""Bodies of single shapes and pieces of text as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from douane.standards.bpmn.document import Element
from douane.standards.bpmn.drawing import glyphs
from douane.standards.bpmn.drawing.diagram import Bounds, Shape, tenths
from douane.standards.bpmn.drawing.diagram import whole as n
from douane.standards.bpmn.drawing.lettering import LINE, outside, wrap

SMALL: Final = 11.0
NORMAL: Final = 12.0


def event_shape(box: Bounds, element: Element) -> Iterator[str]:
    """One ring for a start or end, two for what lies between, with its sign; dashed where it does not interrupt."""
    middle, radius = box.middle, box.width / 2
    end = " bpmn-end" if element.local == "endEvent" else ""
    dashes = (
        ' stroke-dasharray="4 3"'
        if element.get("cancelActivity") in {"false", "0"} or element.get("isInterrupting") in {"false", "0"}
        else ""
    )
    circle = f'cx="{n(middle.x)}" cy="{n(middle.y)}"'
    yield f'<circle class="bpmn-shape{end}" {circle} r="{n(radius)}"{dashes}/>'
    if element.local not in {"startEvent", "endEvent"}:
        yield f'<circle class="bpmn-sign" {circle} r="{n(radius - 3)}"{dashes}/>'
    triggers = [
        one.local.removesuffix("EventDefinition")
        for one in element.model_elements()
        if one.local.endswith("EventDefinition")
    ]
    throwing = element.local in {"endEvent", "intermediateThrowEvent"}
    yield glyphs.placed(glyphs.event(triggers, throwing=throwing), middle.x, middle.y, radius / 18)


def artefact(shape: Shape, element: Element | None, kind: str) -> Iterator[str]:
    """A text annotation, a data store or a data object, with its name."""
    box = shape.bounds
    if kind == "textAnnotation":
        note = element.find("text") if element is not None else None
        yield f'<path class="bpmn-frame" d="M{n(box.x + 10)} {n(box.y)}H{n(box.x)}V{n(box.bottom)}H{n(box.x + 10)}"/>'
        yield centred(
            note.content if note is not None else "", Bounds(box.x + 5, box.y, box.width - 5, box.height), SMALL
        )
        return
    if kind == "dataStoreReference":
        ry = min(8.0, box.height / 5)
        top = f"M{n(box.x)} {n(box.y + ry)}a{n(box.width / 2)} {n(ry)} 0 0 1 {n(box.width)} 0"
        body = f"v{n(box.height - 2 * ry)}a{n(box.width / 2)} {n(ry)} 0 0 1 {n(-box.width)} 0z"
        lid = f"M{n(box.x)} {n(box.y + ry)}a{n(box.width / 2)} {n(ry)} 0 0 0 {n(box.width)} 0"
        yield f'<path class="bpmn-shape" d="{top}{body}"/><path class="bpmn-sign" d="{lid}"/>'
    else:
        fold = min(12.0, box.width / 3)
        yield (
            f'<path class="bpmn-shape" d="M{n(box.x)} {n(box.y)}H{n(box.right - fold)}l{n(fold)} {n(fold)}'
            f'V{n(box.bottom)}H{n(box.x)}z"/>'
            f'<path class="bpmn-sign" d="M{n(box.right - fold)} {n(box.y)}v{n(fold)}h{n(fold)}"/>'
        )
    yield from caption(element.name if element is not None else "", shape.label, box)


def caption(name: str, label: Bounds | None, box: Bounds) -> Iterator[str]:
    """A name outside its shape: in its own bounds, else below."""
    if name:
        room = max(label.width, 40.0) if label is not None else 84.0
        x = label.middle.x if label is not None else box.middle.x
        y = label.y if label is not None else box.bottom + 4
        yield rows_of(wrap(name, outside(name, room, SMALL), SMALL), x, y + SMALL, SMALL, "middle")


def centred(name: str, box: Bounds, size: float = NORMAL) -> str:
    """A name in the middle of its box: smaller, then cut, when it does not fit."""
    most = max(1, int(box.height / (size * LINE)))
    rows = wrap(name, box.width, size)
    if len(rows) > most:
        size = size * 0.88
        rows = wrap(name, box.width, size, lines=max(1, int((box.height + 3) / (size * LINE))))
    y = box.middle.y - (len(rows) - 1) * size * LINE / 2 + size * 0.36
    return rows_of(rows, box.middle.x, y, size, "middle")


def headline(name: str, box: Bounds, size: float, anchor: str, *, bold: bool) -> str:
    """A name on one line at the top of its box."""
    return rows_of(wrap(name, box.width, size, lines=1), box.x, box.y + size, size, anchor, bold=bold)


def rows_of(rows: list[str], x: float, y: float, size: float, anchor: str, *, bold: bool = False) -> str:
    """Lines of text below each other; nothing for none."""
    if not rows:
        return ""
    spans = "".join(
        f'<tspan x="{n(x)}" y="{n(y + place * size * LINE)}">{safe(row)}</tspan>' for place, row in enumerate(rows)
    )
    weight = ' font-weight="600"' if bold else ""
    return f'<text class="bpmn-note" font-size="{tenths(size)}" text-anchor="{anchor}"{weight}>{spans}</text>'


def rect(box: Bounds, classes: str, radius: float, extra: str = "") -> str:
    """A rectangle with rounded corners."""
    return (
        f'<rect class="{classes}" x="{n(box.x)}" y="{n(box.y)}" width="{n(box.width)}" height="{n(box.height)}" '
        f'rx="{n(radius)}"{extra}/>'
    )


def safe(text: str) -> str:
    """Text that cannot leave its element, without characters that XML forbids."""
    return escape("".join(c for c in text if c >= " " or c in "\t\n"), {'"': "&quot;"})
