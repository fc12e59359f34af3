"""A model in the exchange format as values: elements, relationships, and what is carried along without being read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from douane.standards.archimate.language import Relation

SPECIALIZATION = "specialization"
"""The definition that names an element's own kind within its concept: tools read it under this identifier."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language (``xml:lang``); an empty language where none is said."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of property. type: string, boolean, currency, date, time or number."""

    id: str
    names: tuple[Text, ...]
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Property:
    """A value of a kind of property, in as many languages as it has."""

    definition: str
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a concept. other: attributes that are not read (name, value)."""

    id: str
    concept: str
    names: tuple[Text, ...]
    documentation: tuple[Text, ...] = ()
    properties: tuple[Property, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship; its ends are elements or relationships. other: ``accessType``, ``modifier``, ``isDirected``."""

    id: str
    relation: Relation
    source: str
    target: str
    names: tuple[Text, ...] = ()
    documentation: tuple[Text, ...] = ()
    properties: tuple[Property, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


Listed: TypeAlias = "Element | Relationship"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole model.

    foreign, metadata, organizations, views: XML that is carried along as it is (canonical, one text per element);
    what it refers to is checked.
    """

    id: str
    names: tuple[Text, ...]
    documentation: tuple[Text, ...] = ()
    properties: tuple[Property, ...] = ()
    elements: tuple[Element, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    definitions: tuple[Definition, ...] = ()
    foreign: tuple[str, ...] = ()
    metadata: str = ""
    organizations: tuple[str, ...] = ()
    views: str = ""
    version: str = ""

    @property
    def listed(self) -> list[Listed]:
        """Every element and every relationship."""
        return [*self.elements, *self.relationships]


def said(texts: tuple[Text, ...], language: str = "en") -> str:
    """A text in a language; else the first one, else nothing."""
    return next((each.value for each in texts if each.language == language), texts[0].value if texts else "")
