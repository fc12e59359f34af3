"""Merges complex types: equal fields give one struct, equal fields and constraints give one layout."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.ncts.naming import base_of, snake, variant_of
from tools.ncts.schema import Element, Schemas, Simple

FLAG = (("enumeration", "0"), ("enumeration", "1"))
VALUES = {"xs:date": "date", "xs:dateTime": "datetime", "xs:decimal": "Decimal", "xs:integer": "int"}


def value_type(simple: Simple) -> str:
    """The Python type of a simple type's values."""
    if simple.steps and simple.steps[-1] == FLAG:
        return "bool"
    return VALUES.get(simple.base, "str")


@dataclass
class Shape:
    """One struct: the fields that several complex types share."""

    name: str
    base: str
    kinds: list[str]
    fields: list[tuple[Element, str]]  # element and the name of its type: "str" or the struct's name
    messages: set[str] = field(default_factory=set)
    module: str = ""

    @property
    def root(self) -> bool:
        """Whether this is a whole message."""
        return self.base == self.name and self.base in self.messages and len(self.base) == 6


@dataclass
class Family:
    """Everything the writers of code need."""

    schemas: Schemas
    shapes: dict[str, Shape]  # by struct name
    shape_of: dict[str, str]  # complex type -> struct name

    def closure(self, kind: str) -> set[str]:
        """Names of the complex types reachable from one."""
        found = {kind}
        for element in self.schemas.complex[kind]:
            if element.group:
                found |= self.closure(element.group)
        return found


def _shape_key(kind: str, schemas: Schemas, seen: dict[str, tuple[object, ...]]) -> tuple[object, ...]:
    if kind not in seen:
        fields: list[object] = []
        for e in schemas.complex[kind]:
            inner = value_type(e.simple) if e.simple else _shape_key(e.group, schemas, seen)
            fields.append((e.tag, e.least > 0, e.most > 1, inner))
        seen[kind] = (base_of(kind), *fields)
    return seen[kind]


def _names(groups: dict[tuple[object, ...], list[str]]) -> dict[tuple[object, ...], str]:
    count: dict[str, int] = {}
    for kinds in groups.values():
        base = base_of(kinds[0])
        count[base] = count.get(base, 0) + 1
    names = {}
    for key, kinds in groups.items():
        base = base_of(kinds[0])
        custom, _, digits = variant_of(kinds[0])
        names[key] = base if count[base] == 1 else ("Custom" if custom else "") + base + digits
    if len(set(names.values())) != len(names):
        raise ValueError("two structs would share a name")
    return names


def merge(schemas: Schemas) -> Family:
    """Merge the complex types that the messages reach."""
    family = Family(schemas, {}, {})
    users: dict[str, set[str]] = {}
    for tag, kind in schemas.roots.items():
        for reached in family.closure(kind):
            users.setdefault(reached, set()).add(tag)
    seen: dict[str, tuple[object, ...]] = {}
    groups: dict[tuple[object, ...], list[str]] = {}
    for kind in sorted(users, key=lambda k: (base_of(k), variant_of(k))):
        groups.setdefault(_shape_key(kind, schemas, seen), []).append(kind)
    names = _names(groups)
    family.shape_of = {kind: names[key] for key, kinds in groups.items() for kind in kinds}
    for key, kinds in groups.items():
        messages = set().union(*(users[kind] for kind in kinds))
        fields = [
            (e, value_type(e.simple) if e.simple else family.shape_of[e.group]) for e in schemas.complex[kinds[0]]
        ]
        family.shapes[names[key]] = Shape(names[key], base_of(kinds[0]), kinds, fields, messages)
    for shape in family.shapes.values():
        only = next(iter(shape.messages)) if len(shape.messages) == 1 else ""
        shape.module = snake(only or shape.base)
    return family
