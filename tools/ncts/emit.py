"""Writes every generated module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tools.ncts import codec
from tools.ncts.facts import facts_source
from tools.ncts.kinds import name_kinds, source
from tools.ncts.labels import LABELS
from tools.ncts.naming import GENERATED
from tools.ncts.schema import Phase, read_layouts, read_schemas
from tools.ncts.shapes import Family, Shape, merge
from tools.ncts.structs import HEAD, module_source, ordered, tags

GROUP = """from __future__ import annotations

from msgspec import Struct

from <generated>.tags import TAGS


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A data group, part of a message: fields named for their tags, in the order of the schema.\"\"\"


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    \"\"\"A whole message; the class is named for its root element.\"\"\"

    phase_id: str | None = None""".splitlines()


def _dictionary(name: str, values: dict[str, str]) -> list[str]:
    entries = [f'"{key}": "{value}",' for key, value in values.items()]
    return [f"{name}: dict[str, str] = {{", *packed(entries), "}"]


def packed(entries: list[str]) -> list[str]:
    """Entries joined to lines of usual width."""
    lines: list[str] = []
    for entry in entries:
        if not lines or len(lines[-1]) + len(entry) > 118:
            lines.append("   ")
        lines[-1] += " " + entry
    return lines


@dataclass(frozen=True)
class Files:
    """Where the modules of a family go, and the package that they make."""

    folder: Path
    package: str

    def write(self, name: str, title: str, lines: list[str]) -> None:
        """Write one module."""
        text = HEAD.format(title=title) + "\n" + "\n".join(lines) + "\n"
        (self.folder / name).write_text(text.replace(GENERATED, self.package), encoding="utf-8")


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
        lines.append(f"    from {GENERATED}.{module} import {names}")
    lines += ["", *_dictionary("WHERE", {n: family.shapes[n].module for n in sorted(family.shapes)}), ""]
    phases = tuple(dict.fromkeys(phase.strip() for phase in family.schemas.phases))
    lines += [f"PHASES: tuple[str, ...] = {phases!r}", ""]
    lines += ["MESSAGES = (", *packed([f'"{root}",' for root in roots]), ")", ""]
    lines += ["", "def __getattr__(name: str) -> object:", "    module = WHERE.get(name)", "    if module is None:"]
    lines += ['        raise AttributeError(f"no such group or message: {name}")']
    lines += ['    value: object = getattr(import_module(f"{__name__}.{module}"), name)']
    lines += ["    globals()[name] = value", "    return value"]
    return lines


def _codecs(family: Family, out: Files) -> int:
    used = {e.simple for kinds in family.schemas.complex.values() for e in kinds if e.simple}
    kinds = name_kinds(family.schemas, used)
    plans = codec.plan(family, kinds)
    where = {shape.name: shape.module for shape in family.shapes.values()}
    constants = sorted({(name, source(simple)) for simple, name in kinds.items()})
    lines = ["from douane.standards.ncts.binding.kinds import Base, Kind", ""]
    out.write("codec/kinds.py", "Kinds of value", [*lines, *(f"{name} = {text}" for name, text in constants)])
    modules: dict[str, list[codec.Plan]] = {}
    for one in plans.by_constant.values():  # inner layouts come first
        modules.setdefault(one.module, []).append(one)
    readers = codec.needed(plans)
    for module, found in modules.items():
        lines = codec.module_source(found, plans, readers, where)
        out.write(f"codec/{module}.py", f"Layouts and readers of {module}", lines)
    out.write("codec/__init__.py", "Layouts and readers, one module per group", [])
    return len(modules) + 2


def write_family(phase: Phase, shared: Path, folder: Path) -> int:
    """Write all modules of a phase into ``folder`` and return their number."""
    out = Files(folder, phase.package)
    family = merge(read_schemas(phase, shared))
    layouts = [layout for layout in read_layouts(phase, shared) if layout["code"] in family.schemas.roots]
    titles = {layout["code"]: f"{layout['ie']}: {LABELS[layout['code']]}" for layout in layouts}
    names = tags(family) | {"phase_id": "PhaseID"}
    for each in (folder, folder / "codec"):
        each.mkdir(parents=True, exist_ok=True)
        for old in each.glob("*.py"):
            old.unlink()
    out.write("tags.py", "XML tag of each field", _dictionary("TAGS", names))
    out.write("group.py", "The two kinds of struct that the family is made of", GROUP)
    out.write("facts.py", "Facts of each message from the published layouts", facts_source(layouts))
    modules = _modules(family)
    for module, shapes in modules.items():
        lines = module_source(family, module, shapes, names, titles)
        out.write(f"{module}.py", f"Structs and writers of {module}", lines)
    out.write("__init__.py", "Structs and messages, loaded when first named", _package(family, modules))
    return len(modules) + 4 + _codecs(family, out)
