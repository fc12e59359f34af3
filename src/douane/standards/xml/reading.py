"""Hardened reading of XML bytes.

Refused: a DTD or entity declaration, any encoding but UTF-8, and whatever passes the caps. The caps that libxml2
does not know (attributes, namespaces, elements) are counted by a streaming parser before a tree is built; bytes that
cannot reach them, by a count of their signs, skip that pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from lxml import etree

from douane.vocabulary.errors import Fault, NotWellFormed, TooLarge

if TYPE_CHECKING:
    from lxml.etree import _Element

MALFORMED = "52"  # CL030: malformed XML
OTHER = "18"  # CL030: any other fault

_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"L\x6f\xa7\x94")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may use at most.

    attributes and namespaces: per element, declarations included. scope: namespace declarations in scope anywhere.
    """

    size: int = 10_000_000
    depth: int = 64
    elements: int = 500_000
    attributes: int = 64
    scope: int = 64


def read_text(data: bytes, limits: Limits) -> str:
    """The bytes as text. Raises TooLarge above the cap of size, NotWellFormed if they are not UTF-8."""
    if len(data) > limits.size:
        raise TooLarge(f"The document has {len(data)} bytes.", remedy=f"Send at most {limits.size} bytes.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        _refuse("The bytes are not UTF-8.", "Send the document in UTF-8.", line=line, column=column)


def read_tree(data: bytes, limits: Limits, *, keep_comments: bool = False) -> _Element:
    """The root element of a document that keeps all rules.

    Comments and processing instructions are dropped unless ``keep_comments`` (signatures cover them).
    Raises NotWellFormed or TooLarge, with one fault that says where.
    """
    _check_bytes(data, limits)
    if _may_pass(data, limits):
        _Count(limits).run(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not keep_comments,
        remove_pis=not keep_comments,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = error.msg.partition(", line ")[0]
        _refuse("The document is not well-formed.", f"Mend the XML here: {reason}.", line=line, column=column)
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse("The document has a DTD.", "Leave out the DTD.")
    if _deeper(limits.depth)(root):  # libxml2 itself ends at 256 levels
        _too_large("levels", limits.depth, 0, 0)
    return root


def _refuse(text: str, remedy: str, *, line: int = 0, column: int = 0) -> NoReturn:
    fault = Fault("/", MALFORMED, remedy, line=line, column=column)
    raise NotWellFormed(text, remedy=remedy, faults=(fault,))


def _too_large(what: str, most: int, line: int, column: int) -> NoReturn:
    remedy = f"Use at most {most} {what}."
    raise TooLarge(f"Too many {what}.", remedy=remedy, faults=(Fault("/", OTHER, remedy, line=line, column=column),))


def _check_bytes(data: bytes, limits: Limits) -> None:
    if not data.strip():
        _refuse("There is no document.", "Send an XML document.", line=1, column=1)
    if data.startswith(_OTHER_MARKS):
        _refuse("The document is not in UTF-8.", "Send the document in UTF-8.", line=1, column=1)
    declared = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].upper() not in (b"UTF-8", b"UTF8"):
        _refuse("The document names another encoding.", "Send and declare UTF-8.", line=1, column=1)
    read_text(data, limits)
    found = _FORBIDDEN.search(data)
    if found:
        line = data.count(b"\n", 0, found.start()) + 1
        column = found.start() - data.rfind(b"\n", 0, found.start())
        _refuse("The document declares a DTD or an entity.", "Leave it out.", line=line, column=column)


def _may_pass(data: bytes, limits: Limits) -> bool:
    """Whether a cap could be passed at all: attributes have a ``=``, declarations ``xmlns``, elements a ``<``."""
    return (
        data.count(b"=") > limits.attributes
        or data.count(b"xmlns") > limits.scope
        or data.count(b"<") > limits.elements
    )


@lru_cache(maxsize=16)
def _deeper(depth: int) -> etree.XPath:
    return etree.XPath("boolean(/*" + "/*" * depth + ")")


class _Count:
    """Counts a document's elements, attributes and namespaces and stops at the first cap passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.elements = self.scope = 0
        self.declared: list[int] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def run(self, data: bytes) -> None:
        """Raises TooLarge; a fault of form is left to the tree parser, which names it better."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError:
            return

    def _start(self, name: str, attributes: list[str]) -> None:
        del name
        limits = self.limits
        self.elements += 1
        declared = sum(1 for key in attributes[::2] if key == "xmlns" or key.startswith("xmlns:"))
        self.scope += declared
        self.declared.append(declared)
        for what, count, most in (
            ("elements", self.elements, limits.elements),
            ("attributes of one element", len(attributes) // 2, limits.attributes),
            ("namespaces in scope", self.scope, limits.scope),
        ):
            if count > most:
                _too_large(what, most, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _end(self, name: str) -> None:
        del name
        self.scope -= self.declared.pop()
