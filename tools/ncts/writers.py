"""Writes the functions that turn structs into XML."""

from __future__ import annotations

from tools.ncts.naming import snake
from tools.ncts.schema import Element
from tools.ncts.shapes import Shape


def writing(kind: str, name: str) -> str:
    """The expression inside an f-string that writes a value."""
    return {
        "str": f"text({name})",
        "int": name,
        "bool": f"{name}:d",
        "Decimal": f"{name}:f",
        "date": f"{name}.isoformat()",
        "datetime": f'{name}.isoformat(timespec="seconds")',
    }[kind]


def function(shape: Shape) -> str:
    """Name of the function that writes a struct's content."""
    return f"write_{snake(shape.name)}"


def writer_source(shape: Shape, shapes: dict[str, Shape]) -> list[str]:
    """The lines of one writer: required items are joined to one expression; of the others only those present cost."""
    remembered = ["@remembered"] if is_remembered(shape) else []
    lines = [*remembered, f"def {function(shape)}(v: {shape.name}) -> str:"]
    pending, started = "", False
    for number, (element, kind) in enumerate(shape.fields):
        place = f"v.{snake(element.tag)}"
        if element.most == 1 and element.least:
            pending += _piece(element, kind, place, shapes)
            continue
        if pending or not started:
            lines.append(f"    out {'+=' if started else '='} f'{pending}'" if pending else "    out = ''")
            pending, started = "", True
        name = f"v{number}"
        piece = _piece(element, kind, name, shapes)
        if element.most > 1:
            lines.append(f"    for {name} in {place}: out += f'{piece}'")
        else:
            lines.append(f"    if ({name} := {place}) is not None: out += f'{piece}'")
    if not started:
        return [*lines, f"    return f'{pending}'"]
    return [*lines, f"    return out + f'{pending}'" if pending else "    return out"]


def _piece(element: Element, kind: str, place: str, shapes: dict[str, Shape]) -> str:
    inside = f"{function(shapes[kind])}({place})" if kind in shapes else writing(kind, place)
    return f"<{element.tag}>{{{inside}}}</{element.tag}>"


def is_remembered(shape: Shape) -> bool:
    """Whether the last text of a group is kept: whole consignments, which go out in several messages at once."""
    return shape.name.removeprefix("Custom").startswith("Consignment") and "Item" not in shape.name


def uses_text(lines: list[str]) -> bool:
    """Whether these lines call the escaping function."""
    return any("{text(" in line for line in lines)
