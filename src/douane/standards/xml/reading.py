"""Hardened reading of XML bytes.

Refused: a DTD or entity declaration, any encoding but UTF-8, and whatever passes the caps. The caps that libxml2
does not know (attributes, namespaces, elements) are counted by a streaming parser before a tree is built; bytes that
cannot reach them, by a count of their signs, skip that pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NoReturn
from xml.parsers import expat

from lxml import etree

from douane.vocabulary.errors import Fault, NotWellFormed, TooLarge

if TYPE_CHECKING:
    from lxml.etree import _Element

MALFORMED = "52"  # CL030: malformed XML
OTHER = "18"  # CL030: any other fault

_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_TAG = re.compile(rb"<(?:[^<>\"']++|\"[^\"<]*+\"?+|'[^'<]*+'?+)*+")
LONGEST_TAG: Final = 64 * 1024
"""Octets of one tag, which parsers hold whole, each attribute by itself."""
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"L\x6f\xa7\x94")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may use at most.

    elements: with all their attributes, since a tree has a node for either. attributes: per element, namespace
    declarations included. scope: namespace declarations in scope anywhere.
    """

    size: int = 4 * 1024 * 1024
    depth: int = 64
    elements: int = 80_000
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
        not_well_formed("The bytes are not UTF-8.", "Send the document in UTF-8.", line=line, column=column)


def read_tree(data: bytes, limits: Limits, *, keep_comments: bool = False) -> _Element:
    """The root element of a document that keeps all rules.

    Comments and processing instructions are dropped unless ``keep_comments`` (signatures cover them).
    Raises NotWellFormed or TooLarge, with one fault that says where.
    """
    check_bytes(data, limits)
    if _may_pass(data, limits):
        _Count(limits, comments=keep_comments).run(data)
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
        _ill_formed(error)
    if root.getroottree().docinfo.internalDTD is not None:
        not_well_formed("The document has a DTD.", "Leave out the DTD.")
    if _deeper(limits.depth)(root):  # libxml2 itself ends at 256 levels
        too_many("levels", limits.depth, 0, 0)
    return root


def not_well_formed(text: str, remedy: str, *, line: int = 0, column: int = 0) -> NoReturn:
    """Refuse a document at a place."""
    fault = Fault("/", MALFORMED, remedy, line=line, column=column)
    raise NotWellFormed(text, remedy=remedy, faults=(fault,))


def malformed(data: bytes, found: expat.ExpatError) -> NoReturn:
    """Refuse what a streaming parser found no document, in the words of the tree's parser: one fault, one sentence."""
    nothing: Any = _Nothing()  # the stubs ask for handlers of events that nobody wants to hear of
    parser = etree.XMLParser(target=nothing, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _ill_formed(error)
    reason = expat.ErrorString(found.code) or "it cannot be read"
    remedy = f"Mend the XML here: {reason}."
    not_well_formed("The document is not well-formed.", remedy, line=found.lineno, column=found.offset + 1)


def _ill_formed(error: etree.XMLSyntaxError) -> NoReturn:
    line, column = error.position
    remedy = f"Mend the XML here: {error.msg.partition(', line ')[0]}."
    not_well_formed("The document is not well-formed.", remedy, line=line, column=column)


class _Nothing:
    """What a document is parsed into that is only to be judged."""

    def close(self) -> None:
        """Nothing was kept."""


def too_many(what: str, most: int, line: int, column: int) -> NoReturn:
    """Refuse a document at the place where it passes a cap."""
    remedy = f"Use at most {most} {what}."
    raise TooLarge(f"Too many {what}.", remedy=remedy, faults=(Fault("/", OTHER, remedy, line=line, column=column),))


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raise NotWellFormed or TooLarge for what no parser needs to see: another encoding, a DTD, a giant tag."""
    if not data or data.isspace():
        not_well_formed("There is no document.", "Send an XML document.", line=1, column=1)
    if data.startswith(_OTHER_MARKS):
        not_well_formed("The document is not in UTF-8.", "Send the document in UTF-8.", line=1, column=1)
    declared = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].upper() not in (b"UTF-8", b"UTF8"):
        not_well_formed("The document names another encoding.", "Send and declare UTF-8.", line=1, column=1)
    read_text(data, limits)
    at = max(data.find(each) for each in _FORBIDDEN)
    if at >= 0:
        line, column = data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
        not_well_formed("The document declares a DTD or an entity.", "Leave it out.", line=line, column=column)

    begin = _giant_tag(data)
    if begin is not None:
        line, column = data.count(b"\n", 0, begin) + 1, begin - data.rfind(b"\n", 0, begin)
        too_many("octets of one tag", LONGEST_TAG, line, column)


def _giant_tag(data: bytes) -> int | None:
    """Where a tag begins that is longer than any may be: only a stretch without ``<`` can hold it."""
    step = LONGEST_TAG // 2
    at = 0
    while at + step <= len(data):
        if data.find(b"<", at, at + step) >= 0:
            at += step
            continue
        begin, end = data.rfind(b"<", 0, at), data.find(b"<", at)
        most = begin + LONGEST_TAG + 1  # no more of it needs to be looked at
        tag = _TAG.match(data, begin, most) if begin >= 0 and data[begin + 1 : begin + 2] not in (b"!", b"?") else None
        if tag is not None and tag.end() == most:
            return begin
        at = end if end >= 0 else len(data)
    return None


def _may_pass(data: bytes, limits: Limits) -> bool:
    """Whether a cap could be passed at all: attributes have a ``=``, declarations ``xmlns``, elements a ``<``."""
    signs = data.count(b"=")
    return (
        signs > limits.attributes or data.count(b"xmlns") > limits.scope or signs + data.count(b"<") > limits.elements
    )


@lru_cache(maxsize=16)
def _deeper(depth: int) -> etree.XPath:
    return etree.XPath("boolean(/*" + "/*" * depth + ")")


class _Count:
    """Counts a document's elements, attributes and namespaces and stops at the first cap passed.

    comments: whether comments and instructions count as elements, since the tree will hold them.
    """

    def __init__(self, limits: Limits, *, comments: bool = False) -> None:
        self.limits = limits
        self.elements = self.scope = 0
        self.declared: list[int] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        if comments:
            self.parser.CommentHandler = lambda _text: self._one_more()
            self.parser.ProcessingInstructionHandler = lambda _target, _data: self._one_more()

    def run(self, data: bytes) -> None:
        """Raises TooLarge; a fault of form is left to the tree parser, which names it better."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError:
            return

    def _start(self, name: str, attributes: list[str]) -> None:
        del name
        limits = self.limits
        self.elements += 1 + len(attributes) // 2
        declared = sum(1 for key in attributes[::2] if key == "xmlns" or key.startswith("xmlns:"))
        self.scope += declared
        self.declared.append(declared)
        for what, count, most in (
            ("elements and attributes", self.elements, limits.elements),
            ("attributes of one element", len(attributes) // 2, limits.attributes),
            ("namespaces in scope", self.scope, limits.scope),
        ):
            if count > most:
                too_many(what, most, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _one_more(self) -> None:
        self.elements += 1
        if self.elements > self.limits.elements:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            too_many("elements and attributes", self.limits.elements, line, column)

    def _end(self, name: str) -> None:
        del name
        self.scope -= self.declared.pop()
