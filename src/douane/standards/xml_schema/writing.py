"""Schema documents as text: the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from douane.standards.xml.writing import attribute, text
from douane.standards.xml_schema.parts import Complex, Element, Schema, Simple
from douane.vocabulary.errors import DeclarationFault

XSD = "http://www.w3.org/2001/XMLSchema"
Named = dict[str, Simple | Complex]


def schema_text(schema: Schema) -> str:
    """The ``xs:schema`` element of a document, indented, without an XML declaration.

    Raises DeclarationFault where two different types would share a name.
    """
    named: Named = {}
    for root in schema.roots:
        _collect(root.type, named)
    head = f"<xs:schema xmlns:xs={quoted(XSD)} xmlns:t={quoted(schema.namespace)}"
    head += f" targetNamespace={quoted(schema.namespace)}"
    lines = [head + ' elementFormDefault="qualified" attributeFormDefault="unqualified">']
    lines += _note(schema.note, 1)
    for root in schema.roots:
        lines += _element(root, 1, qualified=True)
    for name in sorted(named):
        one = named[name]
        lines += _complex(one, 1) if isinstance(one, Complex) else _simple(one, 1, name)
    return "\n".join([*lines, "</xs:schema>"])


def _collect(type: Simple | Complex, named: Named) -> None:
    if isinstance(type, Simple) and isinstance(type.base, Simple):
        _collect(type.base, named)
    if type.name:
        known = named.get(type.name)
        if known is type:
            return
        if known is not None and known != type:
            raise DeclarationFault(f"Two types of one schema are called {type.name}.", remedy="Rename one.")
        named[type.name] = type
    if isinstance(type, Complex):
        for each in type.elements:
            _collect(each.type, named)
        for extra in type.attributes:
            _collect(extra.type, named)


def _note(note: str, depth: int) -> Iterator[str]:
    if note:
        pad = "  " * depth
        yield f"{pad}<xs:annotation><xs:documentation>{text(note)}</xs:documentation></xs:annotation>"


def _element(one: Element, depth: int, *, qualified: bool) -> Iterator[str]:
    pad = "  " * depth
    head = f"<xs:element name={quoted(one.tag)}"
    reference = _reference(one.type)
    head += f" type={quoted(reference)}" if reference else ""
    if depth > 1:
        head += f' minOccurs="{one.least}"' if one.least != 1 else ""
        head += f' maxOccurs="{"unbounded" if one.most is None else one.most}"' if one.most != 1 else ""
        head += "" if qualified else ' form="unqualified"'
    inside = list(_note(one.note, depth + 1))
    if not reference:
        inside += _complex(one.type, depth + 1) if isinstance(one.type, Complex) else _simple(one.type, depth + 1)
    if not inside:
        yield f"{pad}{head}/>"
        return
    yield f"{pad}{head}>"
    yield from inside
    yield f"{pad}</xs:element>"


def _reference(type: Simple | Complex) -> str:
    if type.name:
        return f"t:{type.name}"
    if isinstance(type, Simple) and isinstance(type.base, str) and not type.facets:
        return f"xs:{type.base}"
    return ""


def _simple(one: Simple, depth: int, name: str = "") -> Iterator[str]:
    pad = "  " * depth
    yield f"{pad}<xs:simpleType{f' name={quoted(name)}' if name else ''}>"
    nested = isinstance(one.base, Simple) and not _reference(one.base)
    base = "" if nested else f" base={quoted(_base(one))}"
    yield f"{pad}  <xs:restriction{base}>"
    if nested and isinstance(one.base, Simple):
        yield from _simple(one.base, depth + 2)
    for facet, value in one.facets:
        yield f"{pad}    <xs:{facet} value={quoted(value)}/>"
    yield f"{pad}  </xs:restriction>"
    yield f"{pad}</xs:simpleType>"


def _base(one: Simple) -> str:
    return f"xs:{one.base}" if isinstance(one.base, str) else _reference(one.base)


def quoted(value: str) -> str:
    """An attribute value with its quotes; white space in it survives the parser."""
    return f'"{attribute(value)}"'


def _complex(one: Complex, depth: int) -> Iterator[str]:
    pad = "  " * depth
    yield f"{pad}<xs:complexType{f' name={quoted(one.name)}' if one.name else ''}>"
    yield from _note(one.note, depth + 1)
    yield f"{pad}  <xs:sequence>"
    for each in one.elements:
        yield from _element(each, depth + 2, qualified=one.qualified)
    yield f"{pad}  </xs:sequence>"
    for extra in one.attributes:
        reference = _reference(extra.type)
        yield f'{pad}  <xs:attribute name={quoted(extra.name)} type={quoted(reference)} use="optional"/>'
    yield f"{pad}</xs:complexType>"


def document(content: str) -> bytes:
    """A schema or service description as a file: with the XML declaration, in UTF-8, signs beyond ASCII by number."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode("ascii", "xmlcharrefreplace")
