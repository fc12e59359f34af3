"""A document as a stream of elements and text, behind the same checks as a tree, so that its reader can stop early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from douane.standards.xml.reading import Limits, check_bytes, malformed, not_well_formed, too_many


class Target(Protocol):
    """What is told of a document, in its order. Whatever it raises ends the reading."""

    def start(self, tag: str, attributes: list[str], line: int) -> None:
        """An element begins. Names are written ``{namespace}name``; attributes are names and values in turn."""

    def end(self) -> None:
        """The element that began last and is open ends."""

    def text(self, text: str) -> None:
        """Characters inside the element that is open, in one piece or several."""


@dataclass(frozen=True, slots=True)
class Events:
    """A document and what it may use. Comments and processing instructions are passed over."""

    data: bytes
    limits: Limits

    def run(self, target: Target) -> None:
        """Tell the whole document. Raises NotWellFormed or TooLarge with a place, and what the target raises."""
        check_bytes(self.data, self.limits)
        parser = expat.ParserCreate("utf-8", "}")
        parser.ordered_attributes = True
        parser.buffer_text = True
        bounds = _Bounds(parser, self.limits)

        def start(name: str, attributes: list[str]) -> None:
            bounds.began(len(attributes) // 2)
            if attributes:
                attributes[::2] = [_named(each) for each in attributes[::2]]
            target.start("{" + name if "}" in name else name, attributes, parser.CurrentLineNumber)

        def end(_name: str) -> None:
            bounds.depth -= 1
            target.end()

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = target.text
        parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = bounds.declared, bounds.undeclared
        parser.StartDoctypeDeclHandler = bounds.refuse_dtd
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            malformed(self.data, error)


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


class _Bounds:
    """Counts what a document uses, and ends it at the first cap passed."""

    def __init__(self, parser: expat.XMLParserType, limits: Limits) -> None:
        self.parser, self.limits = parser, limits
        self.depth = self.elements = self.scope = 0

    def began(self, attributes: int) -> None:
        """An element with so many attributes."""
        self.depth += 1
        self.elements += 1 + attributes
        if self.depth > self.limits.depth:
            self._end("levels", self.limits.depth)
        if self.elements > self.limits.elements:
            self._end("elements and attributes", self.limits.elements)
        if attributes > self.limits.attributes:
            self._end("attributes of one element", self.limits.attributes)

    def declared(self, _prefix: str | None, _uri: str) -> None:
        """A namespace begins to be in scope."""
        self.scope += 1
        if self.scope > self.limits.scope:
            self._end("namespaces in scope", self.limits.scope)

    def undeclared(self, _prefix: str | None) -> None:
        """It is no more."""
        self.scope -= 1

    def refuse_dtd(self, _name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        """No document has one."""
        not_well_formed("The document has a DTD.", "Leave out the DTD.", line=self.parser.CurrentLineNumber, column=1)

    def _end(self, what: str, most: int) -> None:
        too_many(what, most, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
