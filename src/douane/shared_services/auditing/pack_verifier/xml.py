"""XML as it was written: a small tree with names and prefixes, and its exclusive canonical form without comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat

from douane.shared_services.auditing.pack_verifier.report import Refused, need


class Element:
    """An element: qualified name, attributes and children in order, namespaces in scope."""

    def __init__(self, name: str, attributes: list[str], scope: dict[str, str]) -> None:
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        own = {n[6:]: v for n, v in pairs if n == "xmlns" or n.startswith("xmlns:")}
        self.name, self.scope = name, {**scope, **own} if own else scope
        self.attributes = [(n, v) for n, v in pairs if n != "xmlns" and not n.startswith("xmlns:")]
        self.children: list[Element | str] = []
        prefix, _, self.local = name.rpartition(":")
        self.space = self.scope.get(prefix, "")

    def get(self, local: str, space: str = "") -> str:
        """An attribute by namespace and local name."""
        for name, value in self.attributes:
            prefix, _, own = name.rpartition(":")
            if own == local and (self.scope.get(prefix, "") if prefix else "") == space:
                return value
        return ""

    def all(self, space: str, local: str) -> Iterator[Element]:
        """Elements of this name within, at any depth, this one included."""
        if (self.space, self.local) == (space, local):
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all(space, local)

    def one(self, space: str, local: str) -> Element:
        """The only one."""
        found = list(self.all(space, local))
        need(len(found) == 1, f"There are {len(found)} elements {local}.")
        return found[0]

    def text(self) -> str:
        """Its character data."""
        return "".join(child for child in self.children if isinstance(child, str))

    def canonical(self, prefixes: Sequence[str] = ()) -> bytes:
        """Its exclusive canonical form without comments."""
        out: list[str] = []
        self.write(out, {"": ""}, prefixes)
        return "".join(out).encode()

    def write(self, out: list[str], shown: dict[str, str], prefixes: Sequence[str]) -> None:
        """Add it to what is written; ``shown``: the namespaces that those around it declared."""
        used = {self.name.rpartition(":")[0], *(n.rpartition(":")[0] for n, _ in self.attributes if ":" in n)}
        used |= {p for each in prefixes if (p := "" if each == "#default" else each) in self.scope}
        fresh = {p: self.scope.get(p, "") for p in used if p != "xml" and shown.get(p) != self.scope.get(p, "")}
        shown = {**shown, **fresh}
        names = [f' xmlns{":" if p else ""}{p}="{_quoted(u)}"' for p, u in sorted(fresh.items())]
        attributes = sorted(self.attributes, key=lambda a: self._place(a[0]))
        out.append(f"<{self.name}" + "".join(names) + "".join(f' {n}="{_quoted(v)}"' for n, v in attributes) + ">")
        for child in self.children:
            if isinstance(child, str):
                out.append(child.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;"))
            else:
                child.write(out, shown, prefixes)
        out.append(f"</{self.name}>")

    def _place(self, name: str) -> tuple[str, str]:
        prefix, _, local = name.rpartition(":")
        if prefix == "xml":
            return "http://www.w3.org/XML/1998/namespace", local
        return (self.scope.get(prefix, "") if prefix else ""), local


def _quoted(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return value.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def parse_xml(data: bytes) -> Element:
    """The root of a document; document types and processing instructions are refused, comments fall away."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = parser.buffer_text = True
    stack: list[Element] = [Element("", [], {})]

    def start(name: str, attributes: Any) -> None:
        need(len(stack) < 256, "The document is too deep.")
        stack.append(Element(name, attributes, stack[-1].scope))
        stack[-2].children.append(stack[-1])

    def data_in(text: str) -> None:
        stack[-1].children.append(text)

    def refuse(*_: object) -> None:
        raise Refused("The document has a document type or a processing instruction.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = data_in
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    parser.Parse(data, True)
    root = stack[0].children[0]
    assert isinstance(root, Element)
    return root
