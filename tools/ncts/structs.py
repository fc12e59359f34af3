"""Writes the struct types, one module per group of the message family."""

from __future__ import annotations

from tools.ncts.naming import GENERATED, snake
from tools.ncts.schema import Element
from tools.ncts.shapes import Family, Shape
from tools.ncts.writers import function, uses_text, writer_source

HEAD = '"""{title}. Written by tools/ncts_family.py; do not edit."""\n'


def annotation(element: Element, kind: str) -> str:
    """The annotation and default of one field."""
    kind = f"datetime.{kind}" if kind in ("date", "datetime") else kind
    if element.most > 1:
        return f"tuple[{kind}, ...]" + ("" if element.least else " = ()")
    return kind if element.least else f"{kind} | None = None"


def tags(family: Family) -> dict[str, str]:
    """Attribute name -> tag; where two tags share an attribute name, the more frequent one."""
    count: dict[tuple[str, str], int] = {}
    for shape in family.shapes.values():
        for element, _ in shape.fields:
            key = snake(element.tag), element.tag
            count[key] = count.get(key, 0) + 1
    found: dict[str, str] = {}
    for attribute, tag in sorted(count, key=lambda key: (key[0], -count[key], key[1])):
        found.setdefault(attribute, tag)
    return found


def used_by(shape: Shape) -> str:
    """A few words on the messages that hold this group."""
    messages = sorted(shape.messages)
    if len(messages) > 6:
        return f"in {len(messages)} messages"
    return "in " + ", ".join(messages)


def struct(shape: Shape, names: dict[str, str], titles: dict[str, str]) -> list[str]:
    """The lines of one struct."""
    base = "Message" if shape.root else "Group"
    own = {snake(e.tag): e.tag for e, _ in shape.fields if names[snake(e.tag)] != e.tag}
    rename = ", rename={**TAGS, **" + repr(own).replace("'", '"') + "}" if own else ""
    text = titles[shape.name] if shape.root else f"{', '.join(shape.kinds)}; {used_by(shape)}"
    lines = [f"class {shape.name}({base}, frozen=True, kw_only=True, gc=False{rename}):", f'    """{text}."""']
    lines += [f"    {snake(e.tag)}: {annotation(e, kind)}" for e, kind in shape.fields]
    return lines


def ordered(shapes: list[Shape]) -> list[Shape]:
    """Inner structs first."""
    here = {shape.name: shape for shape in shapes}
    done: dict[str, Shape] = {}

    def place(shape: Shape) -> None:
        for _, kind in shape.fields:
            if kind in here and kind not in done:
                place(here[kind])
        done[shape.name] = shape

    for shape in sorted(shapes, key=lambda s: s.name):
        if shape.name not in done:
            place(shape)
    return list(done.values())


def module_source(
    family: Family, module: str, shapes: list[Shape], names: dict[str, str], titles: dict[str, str]
) -> list[str]:
    """The lines of one module: structs and the functions that write them."""
    body: list[str] = []
    for shape in shapes:
        body += ["", *struct(shape, names, titles), "", *writer_source(shape, family.shapes)]
    lines = _imports(family, module, shapes)
    if any("rename=" in line for line in body):
        lines.append(f"from {GENERATED}.tags import TAGS")
    wanted = ["remembered"] if "@remembered" in body else []
    wanted += ["text"] if uses_text(body) else []
    if wanted:
        lines.append(f"from douane.standards.ncts.binding.writing import {', '.join(wanted)}")
    return [*lines, *body]


def _imports(family: Family, module: str, shapes: list[Shape]) -> list[str]:
    """The import lines of one module of structs."""
    kinds = {kind for shape in shapes for _, kind in shape.fields}
    lines = ["from __future__ import annotations", ""]
    dates = kinds & {"date", "datetime"}
    lines += ["import datetime"] if dates else []
    lines += ["from decimal import Decimal"] if "Decimal" in kinds else []
    lines += [""] if dates or "Decimal" in kinds else []
    bases = sorted({"Message" if shape.root else "Group" for shape in shapes})
    lines.append(f"from {GENERATED}.group import {', '.join(bases)}")
    others: dict[str, set[str]] = {}
    for kind in kinds & set(family.shapes):
        if family.shapes[kind].module != module:
            others.setdefault(family.shapes[kind].module, set()).update((kind, function(family.shapes[kind])))
    for other in sorted(others):
        lines.append(f"from {GENERATED}.{other} import {', '.join(sorted(others[other]))}")
    return lines
