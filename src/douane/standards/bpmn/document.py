"""A BPMN 2.0 model as frozen values: read from bytes, written to bytes, nothing lost between.

Every element, attribute, comment, namespace prefix and piece of text is kept, also those of foreign extensions, because
a model belongs to whoever drew it: a tool that drops what it does not understand is not used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, cast

import msgspec
from lxml import etree

from douane.standards.xml.reading import Limits, read_tree
from douane.vocabulary.errors import NotWellFormed, TooLarge, UnknownMessageType

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DD: Final = "http://www.omg.org/spec/DD/20100524/DI"
LIMITS: Final = Limits(size=8_000_000, depth=200, elements=200_000, attributes=200, scope=200)

# a published model declares ISO-8859-1, tools on Windows windows-1252: one octet is one character, without states
_ENCODINGS: Final = ("UTF-8", "US-ASCII", "ISO-8859-1", "WINDOWS-1252")
_SAVE: Final = "Save it as UTF-8; US-ASCII, ISO-8859-1 and windows-1252 are read, too."
_DECLARATION: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^>]{0,200}?(?:encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,100}?)?\?>)?"
)


class Comment(msgspec.Struct, frozen=True):
    """An XML comment and the text that follows it."""

    text: str
    tail: str = ""


class Instruction(msgspec.Struct, frozen=True):
    """A processing instruction and the text that follows it."""

    target: str
    text: str = ""
    tail: str = ""


class Element(msgspec.Struct, frozen=True):
    """One XML element: tag and attribute names in Clark notation, ``namespaces`` the prefixes declared here."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | Comment | Instruction, ...] = ()
    text: str = ""
    tail: str = ""
    namespaces: tuple[tuple[str, str], ...] = ()
    line: int = 0

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace, empty for none."""
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @property
    def id(self) -> str:
        """The ``id`` attribute, or empty."""
        return self.get("id")

    @property
    def name(self) -> str:
        """The ``name`` attribute, or empty."""
        return self.get("name")

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        for key, value in self.attributes:
            if key == name:
                return value
        return default

    def has(self, name: str) -> bool:
        """Whether the attribute is written."""
        return any(key == name for key, _ in self.attributes)

    def elements(self) -> Iterator[Element]:
        """The child elements in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child

    def model_elements(self, *locals_: str) -> Iterator[Element]:
        """Children in the BPMN namespace, all or those with one of the given names."""
        for child in self.elements():
            if child.namespace == MODEL and (not locals_ or child.local in locals_):
                yield child

    def find(self, local: str) -> Element | None:
        """The first BPMN child of that name."""
        return next(self.model_elements(local), None)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    @property
    def documentation(self) -> tuple[str, ...]:
        """The texts of the ``documentation`` children."""
        return tuple(child.content for child in self.model_elements("documentation"))

    @property
    def extensions(self) -> tuple[Element, ...]:
        """The foreign elements inside ``extensionElements``."""
        return tuple(one for child in self.model_elements("extensionElements") for one in child.elements())

    @property
    def content(self) -> str:
        """The text of this element without that of its children, stripped."""
        return (self.text + "".join(child.tail for child in self.children)).strip()


class Document(msgspec.Struct, frozen=True):
    """A whole model. ``source`` is the name used in faults; before and after hold comments around the root."""

    root: Element
    source: str = ""
    before: tuple[Comment | Instruction, ...] = ()
    after: tuple[Comment | Instruction, ...] = ()

    def by_id(self) -> dict[str, Element]:
        """Every element that has an id; the first one wins where an id is written twice."""
        found: dict[str, Element] = {}
        for element in self.root.walk():
            if element.id:
                found.setdefault(element.id, element)
        return found

    @property
    def processes(self) -> tuple[Element, ...]:
        """The ``process`` elements in order."""
        return tuple(self.root.model_elements("process"))


def read(data: bytes, *, source: str = "") -> Document:
    """The model in ``data``. Raises NotWellFormed, TooLarge, or UnknownMessageType for another root."""
    root = _parse(data, source)
    if root.tag != f"{{{MODEL}}}definitions":
        raise UnknownMessageType(f"{source or 'The document'} is not a BPMN 2.0 model: its root is {root.tag}.")
    before = [_aside(node) for node in root.itersiblings(preceding=True)]
    after = [_aside(node) for node in root.itersiblings()]
    return Document(_element(root, {}), source, tuple(reversed(before)), tuple(after))


def write(document: Document) -> bytes:
    """The model as UTF-8 bytes with an XML declaration."""
    root = _build(document.root, None)
    for aside in document.before:
        root.addprevious(_node(aside))
    for aside in reversed(document.after):
        root.addnext(_node(aside))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _parse(data: bytes, source: str) -> etree._Element:
    name = source or "The model"
    try:
        return read_tree(_decode(data).encode(), LIMITS, keep_comments=True)
    except (NotWellFormed, TooLarge) as fault:
        raise type(fault)(f"{name}: {fault.text}", remedy=fault.remedy, faults=fault.faults) from fault


def _decode(data: bytes) -> str:
    """The text without its XML declaration, which names an encoding that is no longer true."""
    if len(data) > LIMITS.size:
        raise TooLarge(f"There are {len(data)} bytes.", remedy=f"Use at most {LIMITS.size}.")
    declared = _DECLARATION.match(data)
    encoding = (declared.group(1) or b"UTF-8").decode("ascii", "replace").upper() if declared else "UTF-8"
    if encoding not in _ENCODINGS:
        raise NotWellFormed(f"The file declares the encoding {encoding}.", remedy=_SAVE)
    try:
        return data[declared.end() if declared else 0 :].decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotWellFormed(f"The file is not {encoding}.", remedy=_SAVE) from fault


def _aside(node: etree._Element) -> Comment | Instruction:
    kind: object = node.tag
    if kind is etree.ProcessingInstruction:
        return Instruction(str(getattr(node, "target", "")), node.text or "", node.tail or "")
    return Comment(node.text or "", node.tail or "")


def _element(node: etree._Element, outer: dict[str, str]) -> Element:
    scope = {prefix or "": uri for prefix, uri in node.nsmap.items()}
    line: object = node.sourceline
    return Element(
        str(node.tag),
        tuple((str(key), str(value)) for key, value in node.attrib.items()),
        tuple(_child(child, scope) for child in node),
        node.text or "",
        node.tail or "",
        tuple((prefix, uri) for prefix, uri in scope.items() if outer.get(prefix) != uri),
        line if isinstance(line, int) else 0,
    )


def _child(node: etree._Element, scope: dict[str, str]) -> Element | Comment | Instruction:
    kind: object = node.tag  # a string for elements, a factory function for comments and instructions
    return _element(node, scope) if isinstance(kind, str) else _aside(node)


def _node(aside: Comment | Instruction) -> etree._Element:
    if isinstance(aside, Comment):
        node: etree._Element = etree.Comment(aside.text)
    else:
        node = etree.ProcessingInstruction(aside.target, aside.text)
    node.tail = aside.tail or None
    return node


def _build(element: Element, parent: etree._Element | None) -> etree._Element:
    # the stubs know no default namespace, which lxml writes for the prefix None
    prefixes = cast("dict[str, str]", {prefix or None: uri for prefix, uri in element.namespaces})
    if parent is None:
        node = etree.Element(element.tag, nsmap=prefixes)
    else:
        node = etree.SubElement(parent, element.tag, nsmap=prefixes)
    for key, value in element.attributes:
        node.set(key, value)
    node.text = element.text or None
    for child in element.children:
        if isinstance(child, Element):
            _build(child, node)
        else:
            node.append(_node(child))
    node.tail = element.tail or None
    return node
