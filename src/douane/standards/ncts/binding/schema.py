"""A message family's layouts as XML Schema: what we publish is computed from what we read by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from douane.standards.ncts.binding.kinds import Base, Kind
from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.xml_schema.expressions import xsd_whole
from douane.standards.xml_schema.parts import Attribute, Complex, Element, Facet, Schema, Simple

_BUILT_IN = {
    Base.TEXT: "normalizedString",
    Base.COLLAPSED: "token",
    Base.FLAG: "token",
    Base.INTEGER: "integer",
    Base.DECIMAL: "decimal",
    Base.DATE: "date",
    Base.MOMENT: "dateTime",
}
_FORM = {Base.DATE: "[0-9]{4}-[0-9]{2}-[0-9]{2}", Base.MOMENT: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"}


def schema_of(
    layouts: Iterable[Layout], *, namespace: str, phases: tuple[str, ...], names: Mapping[Kind, str], note: str = ""
) -> Schema:
    """The schema document of these messages; ``names`` gives the kinds of value the names they are known by."""
    made = _Projection(names)
    phase = Simple("token", tuple(("enumeration", each) for each in phases), "PhaseID")
    roots = []
    for layout in layouts:
        content = made.group(layout)
        whole = Complex(content.name, content.elements, (Attribute("PhaseID", phase),), content.qualified)
        roots.append(Element(layout.tag, whole))
    return Schema(namespace, tuple(roots), note)


def simple_of(kind: Kind, name: str = "") -> Simple:
    """A kind of value as a simple type: expressions that must hold together become restrictions of restrictions."""
    inner: Simple | str = _BUILT_IN[kind.base]
    for pattern in kind.patterns[:-1]:
        inner = Simple(inner, (("pattern", xsd_whole(pattern)),))
    facets: list[Facet] = [("enumeration", value) for value in kind.values]
    if not kind.values:
        facets += _limits(kind)
    if kind.patterns:
        facets.append(("pattern", xsd_whole(kind.patterns[-1])))
    elif kind.base in _FORM:
        facets.append(("pattern", _FORM[kind.base]))
    return Simple(inner, tuple(facets), name)


def _limits(kind: Kind) -> Iterable[Facet]:
    if kind.base is Base.INTEGER:
        return ("minInclusive", str(kind.least)), ("maxInclusive", str(kind.most))
    if kind.base is Base.DECIMAL:
        return ("totalDigits", str(kind.most)), ("fractionDigits", str(kind.least))
    found = [("minLength", str(kind.least))] if kind.least else []
    return [*found, ("maxLength", str(kind.most))] if kind.most else found


class _Projection:
    """Types of one document: each layout and each kind once, under a name of its own."""

    def __init__(self, names: Mapping[Kind, str]) -> None:
        self._names = names
        self._simple: dict[Kind, Simple] = {}
        self._groups: dict[Layout, Complex] = {}
        self._alike: dict[tuple[object, ...], Complex] = {}
        self._taken: dict[str, int] = {}

    def group(self, layout: Layout) -> Complex:
        """The complex type of a layout; its elements carry no namespace, as in the published schemas."""
        known = self._groups.get(layout)
        if known is None:
            elements = tuple(
                Element(item.tag, self._value(item.kind), item.least)
                if isinstance(item, Leaf)
                else Element(item.tag, self.group(item.layout), item.least, item.most)
                for item in layout.items
            )
            known = self._groups[layout] = self._complex(layout, elements)
        return known

    def _complex(self, layout: Layout, elements: tuple[Element, ...]) -> Complex:
        """One type for layouts that only code lists or rules tell apart."""
        key = (layout.tag, *((each.tag, each.least, each.most, id(each.type)) for each in elements))
        known = self._alike.get(key)
        if known is None:
            known = self._alike[key] = Complex(self._name(layout), elements, qualified=False)
        return known

    def _value(self, kind: Kind) -> Simple:
        made = self._simple.get(kind)
        if made is None:
            made = self._simple[kind] = simple_of(kind, self._names[kind])
        return made

    def _name(self, layout: Layout) -> str:
        count = self._taken[layout.tag] = self._taken.get(layout.tag, 0) + 1
        return f"{layout.tag}Type{count:02}" if count > 1 else f"{layout.tag}Type"
