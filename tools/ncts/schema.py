"""Reads the schemas and the layouts of a phase of NCTS into plain values."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
UNBOUNDED = 10**9


@dataclass(frozen=True)
class Phase:
    """A phase of NCTS: where its schemas and layouts lie below ``../shared``, and the package that is made of them."""

    package: str
    official: str
    layouts: str
    types: tuple[str, ...]
    derived: str = ""
    after: int = 0
    """The phase that it is told as a difference from; 0 for none."""


PHASES = {
    5: Phase(
        "douane.standards.ncts.phase5.generated", "data/ncts/xsd-p5-51.8.6", "data/ncts/layouts-p5.json.xz",
        ("ctypes.xsd", "include-files/custom_ctypes.xsd"), "data/ncts/xsd-p5-derived",
    ),
    6: Phase(
        "douane.standards.ncts.phase6.generated", "data/ncts/xsd-p6-60.4.16", "data/ncts/layouts-p6.json.xz",
        ("ctypes.xsd", "ermis-types.xsd"), after=5,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Simple:
    """A resolved simple type: built-in base and its restrictions, outermost first."""

    base: str
    steps: tuple[tuple[tuple[str, str], ...], ...]  # one tuple of facets per restriction; patterns of one step are "or"


@dataclass(frozen=True)
class Element:
    """One particle of a sequence: a leaf (simple) or a group (name of a complex type)."""

    tag: str
    least: int
    most: int
    simple: Simple | None
    group: str


@dataclass
class Schemas:
    """All simple and complex types by name, the roots and the header group."""

    simple: dict[str, Simple] = field(default_factory=dict)
    complex: dict[str, tuple[Element, ...]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    official: dict[str, bool] = field(default_factory=dict)
    header: tuple[Element, ...] = ()
    phases: tuple[str, ...] = ()


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return parent.iterchildren("*")  # neither comments nor processing instructions


def _only(parent: etree._Element, tag: str) -> etree._Element:
    found = parent.find(XS + tag)
    if found is None:
        raise ValueError(f"line {parent.sourceline} of {parent.base}: not without a {tag}")
    return found


def _told(node: etree._Element, name: str) -> str:
    value = node.get(name)
    if value is None:
        raise ValueError(f"line {node.sourceline} of {node.base}: not without a {name}")
    return value


def _raw_simple(root: etree._Element) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    for node in root.iterchildren(XS + "simpleType"):
        restriction = _only(node, "restriction")
        facets = (f for f in _elements(restriction) if f.tag != XS + "annotation")
        named = tuple((f.tag.removeprefix(XS), _told(f, "value")) for f in facets)
        yield _told(node, "name"), _told(restriction, "base"), named


def _resolve(name: str, raw: dict[str, tuple[str, tuple[tuple[str, str], ...]]]) -> Simple:
    if name.startswith("xs:"):
        return Simple(name, ())
    base, facets = raw[name]
    inner = _resolve(base, raw)
    return Simple(inner.base, (*inner.steps, facets) if facets else inner.steps)


def _particle(node: etree._Element, schemas: Schemas) -> Element:
    most = node.get("maxOccurs", "1")
    kind = _told(node, "type")
    simple = schemas.simple.get(kind)
    count = UNBOUNDED if most == "unbounded" else int(most)
    return Element(_told(node, "name"), int(node.get("minOccurs", "1")), count, simple, "" if simple else kind)


def _sequence(node: etree._Element, schemas: Schemas) -> tuple[Element, ...]:
    holder = node
    found: list[Element] = []
    extension = node.find(f"{XS}complexContent/{XS}extension")
    if extension is not None:
        found.extend(schemas.complex[_told(extension, "base")])
        holder = extension
    for child in _elements(_only(holder, "sequence")):
        if child.tag == XS + "group":
            found.extend(schemas.header)
        elif child.tag == XS + "element":
            found.append(_particle(child, schemas))
        elif child.tag != XS + "annotation":
            raise ValueError(f"not foreseen in a sequence: {child.tag}")
    return tuple(found)


def read_schemas(phase: Phase, shared: Path) -> Schemas:
    """Read the official schema set of a phase under ``shared``, and the derived one where there is one."""
    official = shared / phase.official
    derived = sorted((shared / phase.derived).glob("c[cd]*.xsd")) if phase.derived else []
    schemas = Schemas()
    raw: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
    for name in ("stypes.xsd", "htypes.xsd", "tcl.xsd", *phase.types):
        raw.update({n: (base, facets) for n, base, facets in _raw_simple(etree.parse(official / name).getroot())})
    schemas.simple = {name: _resolve(name, raw) for name in raw}
    schemas.header = _sequence(_only(etree.parse(official / "htypes.xsd").getroot(), "group"), schemas)
    for path in [*(official / name for name in phase.types), *sorted(official.glob("c[cd]*.xsd")), *derived]:
        root = etree.parse(path).getroot()
        for node in root.iterchildren(XS + "complexType"):
            if path.name != "doc.xsd":
                schemas.complex[_told(node, "name")] = _sequence(node, schemas)
        for node in root.iterchildren(XS + "element"):
            schemas.roots[_told(node, "name")] = _told(node, "type")
            schemas.official[_told(node, "name")] = path.parent == official
    schemas.phases = tuple(value for _, value in schemas.simple["phaseIDtype"].steps[0])
    schemas.roots = {tag: kind for tag, kind in schemas.roots.items() if kind.startswith(tag)}
    return schemas


def read_layouts(phase: Phase, shared: Path) -> list[dict[str, Any]]:
    """The published layouts of a phase, one dictionary a message."""
    with lzma.open(shared / phase.layouts) as stream:
        messages: list[dict[str, Any]] = json.load(stream)["messages"]
    return sorted(messages, key=lambda message: message["code"])
