"""Merges complex types: equal fields give one struct, equal fields and constraints give one layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tools.ncts.naming import base_of, variant_of
from tools.ncts.schema import Element, Schemas, Simple

Key = tuple[object, ...]
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
    shared: bool = False  # the other phase has the same

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
    keys: dict[Key, str] = field(default_factory=dict)  # what a struct holds -> its name
    other: Family | None = None

    def closure(self, kind: str) -> set[str]:
        """Names of the complex types reachable from one."""
        found = {kind}
        for element in self.schemas.complex[kind]:
            if element.group:
                found |= self.closure(element.group)
        return found


def _shape_key(kind: str, schemas: Schemas, seen: dict[str, Key]) -> Key:
    if kind not in seen:
        fields: list[object] = []
        for e in schemas.complex[kind]:
            inner = value_type(e.simple) if e.simple else _shape_key(e.group, schemas, seen)
            fields.append((e.tag, e.least > 0, e.most > 1, inner))
        seen[kind] = (base_of(kind), *fields)
    return seen[kind]


def _names(groups: dict[Key, list[str]]) -> dict[Key, str]:
    count = Counter(base_of(kinds[0]) for kinds in groups.values())
    names = {}
    for key, kinds in groups.items():
        base = base_of(kinds[0])
        custom, _, digits = variant_of(kinds[0])
        names[key] = base if count[base] == 1 else ("Custom" if custom else "") + base + digits
    if len(set(names.values())) != len(names):
        raise ValueError("two structs would share a name")
    return names


def _names_after(groups: dict[Key, list[str]], schemas: Schemas, other: Family) -> dict[Key, str]:
    """Names in a phase that another came before: those of the same there, or of what stands there in the same place."""
    there = _places(other.schemas)
    replaced: dict[str, Counter[str]] = {}
    for path, kind in _places(schemas).items():
        replaced.setdefault(kind, Counter())[other.shape_of.get(there.get(path, ""), "")] += 1
    names = {key: other.keys[key] for key in groups if key in other.keys}
    alone = _names(groups)
    for key, kinds in groups.items():
        if key not in names:
            found = sum((replaced[kind] for kind in kinds), Counter[str]())
            candidates = [name for name, _ in found.most_common() if name] + [alone[key]]
            names[key] = next(name for name in candidates if name not in names.values())
    return names


def _places(schemas: Schemas) -> dict[str, str]:
    """The complex type at each place in each message."""
    found: dict[str, str] = {}

    def walk(kind: str, path: str) -> None:
        found[path] = kind
        for element in schemas.complex[kind]:
            if element.group:
                walk(element.group, f"{path}/{element.tag}")

    for root, kind in schemas.roots.items():
        walk(kind, root)
    return found


def merge(schemas: Schemas, other: Family | None = None) -> Family:
    """Merge the complex types that the messages reach. ``other``: the phase whose structs this one shares."""
    family = Family(schemas, {}, {}, other=other)
    users: dict[str, set[str]] = {}
    for tag, kind in schemas.roots.items():
        for reached in family.closure(kind):
            users.setdefault(reached, set()).add(tag)
    seen: dict[str, Key] = {}
    groups: dict[Key, list[str]] = {}
    for kind in sorted(users, key=lambda k: (base_of(k), variant_of(k))):
        groups.setdefault(_shape_key(kind, schemas, seen), []).append(kind)
    names = family.keys = _names_after(groups, schemas, other) if other else _names(groups)
    family.shape_of = {kind: names[key] for key, kinds in groups.items() for kind in kinds}
    for key, kinds in groups.items():
        messages = set().union(*(users[kind] for kind in kinds))
        fields = [
            (e, value_type(e.simple) if e.simple else family.shape_of[e.group]) for e in schemas.complex[kinds[0]]
        ]
        shape = Shape(names[key], base_of(kinds[0]), kinds, fields, messages)
        shape.shared = other is not None and not shape.root and key in other.keys
        family.shapes[names[key]] = shape
    return family
