"""The catalogue of a message family: what each type is for, and format, code list and rules of each item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, Literal, cast

from douane.standards.ncts.binding.codecs import Codecs, M

Domain = Literal["common", "external", "national"]
_Groups = tuple[tuple[str, str, int, str, str], ...]


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
    """One type of message. ``official`` is False where the schema is derived from the layout."""

    code: str
    ie: str
    symbolic_name: str
    label: str
    domain: Domain
    official: bool
    groups: _Groups
    codecs: Codecs[M]

    @property
    def root(self) -> str:
        """The local name of the root element."""
        return self.code

    @property
    def struct(self) -> type[M]:
        """The struct, loaded now."""
        return self.codecs.codec(self.code).struct

    @property
    def rules(self) -> tuple[str, ...]:
        """Rules on the message as a whole."""
        return _ids(self.groups[0][3])

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All groups and items, each group followed by its items."""
        found: list[Field] = []
        for path, status, most, rules, items in self.groups:
            if path != "/" + self.code:
                found.append(Field(path, path.rpartition("/")[2], True, status, most, "", "", _ids(rules)))
            for item in items.split(";") if items else ():
                tag, status, form, code_list, rules = item.split("|")
                found.append(Field(f"{path}/{tag}", tag, False, status, 1, form, code_list, _ids(rules)))
        return tuple(found)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def catalogue(codecs: Codecs[M]) -> tuple[MessageType[M], ...]:
    """All message types of a family, by code."""
    facts: Any = import_module(f"{codecs.package}.facts")  # large, and only the catalogue needs it
    return tuple(
        MessageType(code, ie, symbolic, label, cast("Domain", domain), official, groups, codecs)
        for code, ie, symbolic, label, domain, official, groups in facts.MESSAGES
    )
