"""Writing a model in the Open Exchange format: one element, relationship or definition a line, in a stable order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from douane.standards.archimate.document import Definition, Document, Element, Property, Relationship, Text
from douane.standards.archimate.reading import NAMESPACE
from douane.standards.xml.writing import text as escaped

SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd"
_SPACE = re.compile(r"\{(.*)\}(.*)")


def write(document: Document) -> bytes:
    """The file of a model, in the order that the schema demands."""
    return ("\n".join(_lines(document)) + "\n").encode()


def _lines(document: Document) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    version = f' version="{_quoted(document.version)}"' if document.version else ""
    yield (
        f'<model xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" identifier="{_quoted(document.id)}"{version}>'
    )
    yield _texts("name", document.names) + _texts("documentation", document.documentation)
    yield from document.foreign
    if document.properties:
        yield _properties(document.properties)
    if document.metadata:
        yield document.metadata
    yield from _part("elements", map(_element, document.elements), always=True)
    yield from _part("relationships", map(_relationship, document.relationships))
    yield from document.organizations
    yield from _part("propertyDefinitions", map(_definition, document.definitions))
    if document.views:
        yield document.views
    yield "</model>"


def _part(name: str, lines: Iterable[str], *, always: bool = False) -> Iterator[str]:
    held = list(lines)
    if held or always:
        yield f"<{name}>"
        yield from held
        yield f"</{name}>"


def _element(each: Element) -> str:
    content = _texts("name", each.names) + _texts("documentation", each.documentation) + _properties(each.properties)
    return (
        f'<element identifier="{_quoted(each.id)}" xsi:type="{each.concept}"{_others(each.other)}>{content}</element>'
    )


def _relationship(each: Relationship) -> str:
    content = _texts("name", each.names) + _texts("documentation", each.documentation) + _properties(each.properties)
    head = f'<relationship identifier="{_quoted(each.id)}" source="{_quoted(each.source)}" '
    return (
        f'{head}target="{_quoted(each.target)}" xsi:type="{each.relation.value}"{_others(each.other)}>{content}'
        "</relationship>"
    )


def _definition(each: Definition) -> str:
    head = f'<propertyDefinition identifier="{_quoted(each.id)}" type="{each.type}">'
    return f"{head}{_texts('name', each.names)}</propertyDefinition>"


def _properties(properties: tuple[Property, ...]) -> str:
    if not properties:
        return ""
    held = "".join(
        f'<property propertyDefinitionRef="{_quoted(each.definition)}">{_texts("value", each.values)}</property>'
        for each in properties
    )
    return f"<properties>{held}</properties>"


def _texts(name: str, texts: Iterable[Text]) -> str:
    return "".join(f"<{name}{_language(each.language)}>{escaped(each.value)}</{name}>" for each in texts)


def _language(language: str) -> str:
    return f' xml:lang="{_quoted(language)}"' if language else ""


def _others(pairs: Iterable[tuple[str, str]]) -> str:
    said = []
    for number, (name, value) in enumerate(pairs):
        foreign = _SPACE.match(name)
        if foreign is None:
            said.append(f' {name}="{_quoted(value)}"')
        else:
            said.append(f' xmlns:n{number}="{_quoted(foreign[1])}" n{number}:{foreign[2]}="{_quoted(value)}"')
    return "".join(said)


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
