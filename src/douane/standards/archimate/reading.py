"""Reading and judging a model in the Open Exchange format. All of it is judged before any of it is returned.

What is judged beyond well-formed XML are the rules of ``Rule``: those of the published schema (order, identifiers,
references) and of the language. What is not read is carried along: properties and languages of others, metadata,
folders, views, elements of foreign namespaces.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from douane.standards.archimate.document import Definition, Document, Element, Property, Relationship, Text
from douane.standards.archimate.language import CONCEPTS, Relation, forbidden
from douane.standards.xml.reading import Limits, read_tree
from douane.vocabulary.errors import Fault, NotValid

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE: Final = "http://www.opengroup.org/xsd/archimate/3.0/"
EARLIER: Final = "http://www.opengroup.org/xsd/archimate"
XSI_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
LIMITS: Final = Limits(size=64 * 1024 * 1024, elements=4_000_000, scope=200_000)
"""What a model may use at most: a file that an architect names, not a message of a stranger."""
MOST_FAULTS: Final = 100
ORDER: Final = ("name", "documentation", "properties", "metadata", "elements", "relationships", "organizations",
                "propertyDefinitions", "views")  # fmt: skip
TYPES: Final = ("string", "boolean", "currency", "date", "time", "number")
_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
_WHOLE = re.compile(r"-?\d+\Z")
_RELATIONS: Final = frozenset(each.value for each in Relation)
_INSIDE: Final = ("name", "documentation", "properties")
_REFERENCES: Final = ("elementRef", "relationshipRef", "identifierRef", "viewRef")


class Rule(enum.Enum):
    """What a model must keep; the value is the rule's number and sentence."""

    ROOT = ("A01", "The root is model, in the namespace of ArchiMate 3.")
    ORDER = ("A02", "The parts of a model stand in the order of the schema, and no others do.")
    IDENTIFIER = ("A03", "An identifier begins with a letter and is the only one of its kind in the file.")
    CONCEPT = ("A04", "An element is of a concept of ArchiMate 3.2.")
    RELATION = ("A05", "A relationship is of a kind of ArchiMate 3.2.")
    ENDS = ("A06", "A relationship joins elements or relationships of the same file.")
    ALLOWED = ("A07", "A relationship is one that the language allows between its ends.")
    DEFINED = ("A08", "A property is of a kind that the file defines.")
    REFERENCE = ("A09", "Views and folders refer to what the file holds.")
    NAMED = ("A10", "What is listed has a name.")
    PLACED = ("A11", "A node of a view has a place and a size in whole numbers.")
    NODES_FIRST = ("A12", "The nodes of a view stand before its connections.")

    @property
    def id(self) -> str:
        """Its number."""
        return self.value[0]

    @property
    def text(self) -> str:
        """What it demands."""
        return self.value[1]


def read(data: bytes) -> Document:
    """The model that a file holds. Raises NotWellFormed, TooLarge, and NotValid with line, element and rule of each."""
    return _Reader(read_tree(data, LIMITS)).document()


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.known: dict[str, _Element] = {}

    def document(self) -> Document:
        """All of it, or every fault."""
        root = self.root
        if etree.QName(root).localname != "model" or etree.QName(root).namespace != NAMESPACE:
            text = "Export it as version 3 of the exchange format." if _space(root) == EARLIER else Rule.ROOT.text
            self.fault(root, Rule.ROOT, text)
            self.end()
        parts = self.parts()
        self.identifiers()
        definitions = tuple(self.definition(each) for each in _within(parts, "propertyDefinitions"))
        self.defined = {each.id for each in definitions}
        elements = tuple(self.element(each) for each in _within(parts, "elements"))
        concepts = {each.id: each.concept for each in elements}
        joined = [(each, self.relationship(each)) for each in _within(parts, "relationships")]
        ends = {each.id for _, each in joined if each is not None}
        for place, each in joined:
            if each is not None:
                self.ends(place, each, concepts, ends)
        views = next(iter(parts.get("views", ())), None)
        self.references(parts)
        if views is not None:
            self.views(views)
        metadata = "".join(_kept(each) for each in parts.get("metadata", ()))
        made = Document(
            root.get("identifier", ""), self.texts(root, "name"), self.texts(root, "documentation"),
            self.properties(root), elements, tuple(each for _, each in joined if each is not None), definitions,
            tuple(_kept(each) for each in parts.get("", ())), metadata,
            tuple(_kept(each) for each in parts.get("organizations", ())), _kept(views) if views is not None else "",
            root.get("version", ""),
        )  # fmt: skip
        self.end()
        return made

    def end(self) -> None:
        """Raise what was found."""
        if self.faults:
            first = self.faults[0]
            raise NotValid(
                f"The model does not fit: line {first.line}, {first.pointer}, rule {first.rule}.",
                remedy="Mend what is named; nothing was taken over.", faults=tuple(self.faults[:MOST_FAULTS]),
            )  # fmt: skip

    def fault(self, place: _Element, rule: Rule, remedy: str, value: str = "") -> None:
        """Note what breaks a rule."""
        name = etree.QName(place).localname
        id = place.get("identifier") or place.get("identifierRef") or place.get("elementRef") or ""
        pointer = f"{name} {id[:80]}".strip()
        self.faults.append(Fault(pointer, "18", remedy, rule=rule.id, value=value, line=_line(place)))

    # --- the whole

    def parts(self) -> dict[str, list[_Element]]:
        """The children of the model by their names; those of foreign namespaces under an empty one."""
        found: dict[str, list[_Element]] = {}
        last = 0
        for each in self.root:
            if _space(each) != NAMESPACE:
                found.setdefault("", []).append(each)
                continue
            name = etree.QName(each).localname
            at = ORDER.index(name) if name in ORDER else -1
            if at < last or (at == last and name in found and name not in ("name", "documentation", "organizations")):
                self.fault(each, Rule.ORDER, f"Put {name} where the schema has it: {', '.join(ORDER)}.", name)
                continue
            last = at
            found.setdefault(name, []).append(each)
        if "name" not in found:
            self.fault(self.root, Rule.NAMED, "Give the model a name.")
        return found

    def identifiers(self) -> None:
        """Every identifier once, and of the form that XML demands."""
        for each in self.root.iter(f"{{{NAMESPACE}}}*"):
            id = each.get("identifier")
            if id is None:
                continue
            if _NAME.match(id) is None:
                self.fault(each, Rule.IDENTIFIER, "Begin it with a letter, such as id-; use letters, digits, - . _", id)
            elif id in self.known:
                line = _line(self.known[id])
                self.fault(each, Rule.IDENTIFIER, f"Give it another identifier: line {line} has this one.", id)
            self.known.setdefault(id, each)

    # --- what is listed

    def element(self, place: _Element) -> Element:
        """An element."""
        concept = place.get(XSI_TYPE, "")
        if concept not in CONCEPTS:
            self.fault(place, Rule.CONCEPT, "Name a concept of ArchiMate 3.2 as xsi:type.", concept)
        self.must_have(place, named=True)
        return Element(
            place.get("identifier", ""), concept, self.texts(place, "name"), self.texts(place, "documentation"),
            self.properties(place), _other(place, ("identifier", XSI_TYPE)),
        )  # fmt: skip

    def relationship(self, place: _Element) -> Relationship | None:
        """A relationship; None for one of an unknown kind."""
        said = place.get(XSI_TYPE, "")
        self.must_have(place, named=False)
        if said not in _RELATIONS:
            self.fault(place, Rule.RELATION, f"Name one of: {', '.join(Relation)}.", said)
            return None
        return Relationship(
            place.get("identifier", ""), Relation(said), place.get("source", ""), place.get("target", ""),
            self.texts(place, "name"), self.texts(place, "documentation"), self.properties(place),
            _other(place, ("identifier", XSI_TYPE, "source", "target")),
        )  # fmt: skip

    def ends(self, place: _Element, each: Relationship, concepts: dict[str, str], others: set[str]) -> None:
        """Both ends are there, and the language lets them be joined so."""
        for what, end in (("source", each.source), ("target", each.target)):
            if (end not in concepts and end not in others) or end == each.id:
                self.fault(place, Rule.ENDS, f"Let its {what} name an element or a relationship of this file.", end)
                return
        source, target = concepts.get(each.source, ""), concepts.get(each.target, "")
        why = forbidden(each.relation, source, target)
        if why:
            text = f"{each.relation.value} from {source or 'a relationship'} to {target or 'a relationship'}: {why}."
            self.fault(place, Rule.ALLOWED, text)

    def definition(self, place: _Element) -> Definition:
        """A kind of property."""
        self.must_have(place, named=True)
        type = place.get("type", "")
        if type not in TYPES:
            self.fault(place, Rule.DEFINED, f"Name its type: {', '.join(TYPES)}.", type)
        return Definition(place.get("identifier", ""), self.texts(place, "name"), type)

    def properties(self, place: _Element) -> tuple[Property, ...]:
        """The properties of something."""
        found = []
        for each in place.findall(f"{{{NAMESPACE}}}properties/{{{NAMESPACE}}}property"):
            definition = each.get("propertyDefinitionRef", "")
            if definition not in self.defined:
                self.fault(each, Rule.DEFINED, "Define it under propertyDefinitions.", definition)
            found.append(Property(definition, self.texts(each, "value")))
        return tuple(found)

    def texts(self, place: _Element, name: str) -> tuple[Text, ...]:
        """What a thing is called or said to be, in each language."""
        return tuple(Text(each.text or "", each.get(LANG, "")) for each in place.findall(f"{{{NAMESPACE}}}{name}"))

    def must_have(self, place: _Element, *, named: bool) -> None:
        """Identifier, name where the schema demands one, and nothing that would be lost because nobody reads it."""
        for each in place:
            if _space(each) != NAMESPACE or etree.QName(each).localname not in _INSIDE:
                self.fault(each, Rule.ORDER, f"Leave it out: what is listed holds {', '.join(_INSIDE)} alone.")
        if not place.get("identifier"):
            self.fault(place, Rule.IDENTIFIER, "Give it an identifier.")
        if named and place.find(f"{{{NAMESPACE}}}name") is None:
            self.fault(place, Rule.NAMED, "Give it a name.")

    # --- what is carried along

    def references(self, parts: dict[str, list[_Element]]) -> None:
        """What folders and views name is in the file."""
        for part in (*parts.get("organizations", ()), *parts.get("views", ())):
            for each in part.iter(f"{{{NAMESPACE}}}*"):
                for name in _REFERENCES:
                    wanted = each.get(name)
                    if wanted is not None and wanted not in self.known:
                        self.fault(each, Rule.REFERENCE, f"Let {name} name something of this file.", wanted)

    def views(self, views: _Element) -> None:
        """The rules of nodes and connections."""
        for view in views.iter(f"{{{NAMESPACE}}}view"):
            inside = {each.get("identifier") for each in view.iter(f"{{{NAMESPACE}}}*")}
            connected = False
            for each in view:
                connected = connected or etree.QName(each).localname == "connection"
                if connected and etree.QName(each).localname == "node":
                    self.fault(each, Rule.NODES_FIRST, "Put the node before the connections.")
            for each in view.iter(f"{{{NAMESPACE}}}node"):
                if any(_WHOLE.match(each.get(name, "")) is None for name in "xywh"):
                    self.fault(each, Rule.PLACED, "Give it x, y, w and h.")
            for each in view.iter(f"{{{NAMESPACE}}}connection"):
                for name in ("source", "target"):
                    if each.get(name) not in inside:
                        self.fault(each, Rule.REFERENCE, f"Let {name} name a node or connection of its view.",
                                   each.get(name, ""))  # fmt: skip


def _within(parts: dict[str, list[_Element]], name: str) -> Iterator[_Element]:
    for part in parts.get(name, ()):
        yield from part


def _line(place: _Element) -> int:
    line: Any = place.sourceline  # without a type in the stubs
    return int(line or 0)


def _space(place: _Element) -> str:
    return etree.QName(place).namespace or ""


def _other(place: _Element, read: Iterable[str]) -> tuple[tuple[str, str], ...]:
    known = set(read)
    return tuple(sorted((str(name), str(value)) for name, value in place.attrib.items() if name not in known))


def _kept(place: _Element) -> str:
    """An element as it is, in canonical form, without what stands after it."""
    return etree.tostring(place, method="c14n", exclusive=True, with_tail=False).decode()
