"""Writes every generated module."""

from __future__ import annotations

from pathlib import Path

from tools.ncts.labels import LABELS
from tools.ncts.schema import read_layouts, read_schemas
from tools.ncts.shapes import Family, Shape, merge
from tools.ncts.structs import HEAD, imports, ordered, struct, tags

GROUP = """from __future__ import annotations

from msgspec import Struct

from douane.standards.ncts.phase5.generated.tags import TAGS


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A data group, part of a message: fields named for their tags, in the order of the schema.\"\"\"


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A whole message; the class is named for its root element.\"\"\"""".splitlines()


def _dictionary(name: str, values: dict[str, str]) -> list[str]:
    return [f"{name}: dict[str, str] = {{", *(f'    "{key}": "{value}",' for key, value in values.items()), "}"]


def _write(path: Path, title: str, lines: list[str]) -> None:
    path.write_text(HEAD.format(title=title) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _modules(family: Family) -> dict[str, list[Shape]]:
    modules: dict[str, list[Shape]] = {}
    for shape in family.shapes.values():
        modules.setdefault(shape.module, []).append(shape)
    return {name: ordered(modules[name]) for name in sorted(modules)}


def _package(family: Family, modules: dict[str, list[Shape]]) -> list[str]:
    roots = sorted(family.schemas.roots)
    lines = ["from __future__ import annotations", "", "from importlib import import_module"]
    lines += ["from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:"]
    for module, shapes in modules.items():
        names = ", ".join(f"{s.name} as {s.name}" for s in shapes)
        lines.append(f"    from douane.standards.ncts.phase5.generated.{module} import {names}")
    lines += ["", *_dictionary("WHERE", {n: family.shapes[n].module for n in sorted(family.shapes)}), ""]
    lines += ["MESSAGES = (", *(f'    "{root}",' for root in roots), ")", ""]
    lines += ["", "def __getattr__(name: str) -> object:", "    module = WHERE.get(name)", "    if module is None:"]
    lines += ['        raise AttributeError(f"no such group or message: {name}")']
    lines += ['    value: object = getattr(import_module(f"{__name__}.{module}"), name)']
    lines += ["    globals()[name] = value", "    return value"]
    return lines


def write_family(shared: Path, out: Path) -> int:
    """Write all modules into ``out`` and return their number."""
    family = merge(read_schemas(shared))
    layouts = {layout["code"]: layout for layout in read_layouts(shared)}
    titles = {code: f"{layout['ie']}: {LABELS[code]}" for code, layout in layouts.items()}
    names = tags(family)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.py"):
        old.unlink()
    _write(out / "tags.py", "XML tag of each field", _dictionary("TAGS", names))
    _write(out / "group.py", "The two kinds of struct that the family is made of", GROUP)
    modules = _modules(family)
    for module, shapes in modules.items():
        lines = imports(family, module, shapes)
        if any("rename" in line for shape in shapes for line in struct(shape, names, titles)):
            lines.append("from douane.standards.ncts.phase5.generated.tags import TAGS")
        for shape in shapes:
            lines += ["", "", *struct(shape, names, titles)]
        _write(out / f"{module}.py", f"Structs of {module}", lines)
    _write(
        out / "__init__.py", "Structs and messages of NCTS phase 5, loaded when first named", _package(family, modules)
    )
    return len(modules) + 3
