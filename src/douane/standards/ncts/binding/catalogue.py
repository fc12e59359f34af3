"""The catalogue of a message family: what each type is for, and format, code list and rules of each item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal, cast

from douane.standards.ncts.binding.codecs import Codecs, M
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.source import UNPUBLISHED, Facts

Domain = Literal["common", "external", "national"]


@dataclass(frozen=True, slots=True)
class Field:
    """A group or item of a message, as the published layout has it.

    pointer: path from the root. status: R required, O optional, D dependent on a condition. format and code_list are
    empty for groups and where the layout names none.
    """

    pointer: str
    tag: str
    group: bool
    status: str
    most: int
    format: str
    code_list: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class MessageType(Generic[M]):
    """One type of message, with what is published of it."""

    code: str
    facts: Facts
    codecs: Codecs[M]

    @property
    def root(self) -> str:
        """The local name of the root element."""
        return self.code

    @property
    def ie(self) -> str:
        """The number of the information exchange: ``IE015``."""
        return self.facts.ie

    @property
    def symbolic_name(self) -> str:
        """Its name in the specifications: ``E_DEC_DAT``."""
        return self.facts.symbolic_name

    @property
    def label(self) -> str:
        """What it is for, in a few words."""
        return self.facts.label

    @property
    def domain(self) -> Domain:
        """Between whom it passes."""
        return cast("Domain", self.facts.domain)

    @property
    def official(self) -> bool:
        """Whether its schema is an official one; else it is derived from the layout."""
        return self.facts.official

    @property
    def struct(self) -> type[M]:
        """The struct, loaded now."""
        return self.codecs.codec(self.code).struct

    @property
    def rules(self) -> tuple[str, ...]:
        """Rules on the message as a whole."""
        return _ids(self.facts.rules)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All groups and items that are published, each group followed by its items."""
        return tuple(_fields(self.codecs.codec(self.code).layout, f"/{self.code}"))


def _fields(layout: Layout, path: str) -> Iterator[Field]:
    published = [item for item in layout.items if item.status != UNPUBLISHED]
    for item in published:
        if isinstance(item, Leaf):
            rules = _ids(item.rules)
            yield Field(f"{path}/{item.tag}", item.tag, False, item.status, 1, item.form, item.code_list, rules)
    for item in published:
        if isinstance(item, Inner):
            here = f"{path}/{item.tag}"
            yield Field(here, item.tag, True, item.status, item.published, "", "", _ids(item.rules))
            yield from _fields(item.layout, here)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def catalogue(codecs: Codecs[M]) -> tuple[MessageType[M], ...]:
    """All message types of a family, by code."""
    return tuple(MessageType(code, codecs.source.messages[code], codecs) for code in codecs.messages)
