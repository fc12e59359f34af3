"""What a schema document is made of: simple and complex types, elements, and the document itself, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

Facet = tuple[str, str]
"""Local name and value: ``("maxLength", "17")``. Patterns beside each other are alternatives, as in XML Schema."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A restriction of a built-in type (its local name: ``token``) or of another restriction.

    ``name`` is empty for a type that stands inside its element. Restrictions of restrictions carry expressions that
    must hold together.
    """

    base: Simple | str
    facets: tuple[Facet, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An optional attribute."""

    name: str
    type: Simple


@dataclass(frozen=True, slots=True)
class Element:
    """An element in a sequence, or the root of a message. ``most`` is None where there is no limit."""

    tag: str
    type: Simple | Complex
    least: int = 1
    most: int | None = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Complex:
    """A sequence of elements. ``qualified`` says whether they carry the namespace of the document."""

    name: str
    elements: tuple[Element, ...]
    attributes: tuple[Attribute, ...] = ()
    qualified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema document: one namespace and the messages in it."""

    namespace: str
    roots: tuple[Element, ...]
    note: str = ""
