"""Writes the struct types of a message family."""

from __future__ import annotations

from tools.ncts.naming import OTHER, snake
from tools.ncts.schema import Element
from tools.ncts.shapes import Family, Shape

GROUPS = """

class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A data group, part of a message: fields named for their tags, in the order of the schema.\"\"\"


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A whole message; the class is named for its root element.\"\"\"

    phase_id: str | None = None""".splitlines()


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


def module_source(family: Family, titles: dict[str, str]) -> list[str]:
    """The lines of the module of structs; what another phase has as well comes from there."""
    names = tags(family)
    known = tags(family.other) if family.other else {}
    merged = known | names | {"phase_id": "PhaseID"}
    own = {name: tag for name, tag in merged.items() if known.get(name) != tag}
    lines = ["from __future__ import annotations", "", "import datetime", "from decimal import Decimal", ""]
    lines += ["from msgspec import Struct", ""]
    if family.other:
        shared = sorted(shape.name for shape in family.shapes.values() if shape.shared)
        lines += [f"from {OTHER} import TAGS as _TAGS", f"from {OTHER} import ("]
        lines += [*packed([f"{name} as {name}," for name in shared]), ")", ""]
    opening = "{**_TAGS," if family.other else "{"
    lines += [f"TAGS: dict[str, str] = {opening}", *packed([f'"{k}": "{own[k]}",' for k in sorted(own)]), "}"]
    lines += ['"""The XML tag of each field."""', *GROUPS]
    for shape in ordered([shape for shape in family.shapes.values() if not shape.shared]):
        lines += ["", "", *struct(shape, merged, titles)]
    return lines


def packed(entries: list[str]) -> list[str]:
    """Entries joined to lines of usual width."""
    lines: list[str] = []
    for entry in entries:
        if not lines or len(lines[-1]) + len(entry) > 118:
            lines.append("   ")
        lines[-1] += " " + entry
    return lines
