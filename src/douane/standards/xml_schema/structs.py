"""Typed structs as schema parts: what ``msgspec`` checks in JSON, XML Schema checks in XML."""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec import inspect

from douane.standards.forms.items import items_of
from douane.standards.xml_schema.expressions import xsd_pattern
from douane.standards.xml_schema.parts import Complex, Element, Facet, Simple
from douane.vocabulary.errors import DeclarationFault

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONED, _UNZONED = r".*(Z|[+\-][0-9]{2}:[0-9]{2})", r"[^Z+]*T[^Z+\-]*"


@dataclass(frozen=True, slots=True)
class Leaf:
    """How the text of an element becomes a value: ``python`` is the type of the value."""

    python: type


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a struct and the element that carries it."""

    name: str
    element: Element
    content: Leaf | Group
    many: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A struct and the complex type that carries it."""

    struct: type[msgspec.Struct]
    type: Complex
    fields: tuple[Field, ...]


@dataclass(slots=True)
class _Projection:
    qualified: bool
    done: dict[type, Group] = field(default_factory=dict)
    open: list[type] = field(default_factory=list)
    names: dict[str, type] = field(default_factory=dict)


def group_of(struct: type, *, qualified: bool = True) -> Group:
    """The group of a message type: its elements in the order of its fields, named as in JSON.

    Raises DeclarationFault for what has no place in a schema document: a union of structs, a mapping, a type that
    holds itself.
    """
    return _group(struct, _Projection(qualified))


def groups_of(structs: Mapping[str, type], *, qualified: bool = True) -> dict[str, Group]:
    """The groups of several messages of one document, which share the types that they hold."""
    made = _Projection(qualified)
    return {tag: _group(struct, made) for tag, struct in structs.items()}


def _group(struct: type, made: _Projection) -> Group:
    if struct in made.done:
        return made.done[struct]
    if struct in made.open:
        raise DeclarationFault(f"{struct.__name__} holds itself.", remedy="Name the inner one by a reference.")
    known = made.names.setdefault(struct.__name__, struct)
    if known is not struct:
        raise DeclarationFault(
            f"Two groups of one service are called {struct.__name__}: in {known.__module__} and {struct.__module__}.",
            remedy="Rename one.",
        )
    made.open.append(struct)
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise DeclarationFault(f"{struct.__name__} is no struct.", remedy="Declare messages as msgspec structs.")
    said = items_of(struct)
    fields = tuple(_field(each, struct, item.note, made) for each, item in zip(info.fields, said, strict=True))
    note = "" if struct.__doc__ is None else struct.__doc__.split("\n")[0].replace("``", "")
    name = f"{struct.__name__}Type" if made.qualified else f"{struct.__name__}PlainType"
    whole = Complex(name, tuple(f.element for f in fields), qualified=made.qualified, note=note)
    made.open.remove(struct)
    made.done[struct] = Group(struct, whole, fields)
    return made.done[struct]


@dataclass(slots=True)
class _Seen:
    """What the layers of one annotation say."""

    type: inspect.Type
    optional: bool = False


def _field(each: inspect.Field, struct: type, note: str, made: _Projection) -> Field:
    seen = _unwrapped(each.type, struct, each.encode_name)
    optional = seen.optional or not each.required
    many = isinstance(seen.type, inspect.ListType | inspect.VarTupleType)
    least, most = 0 if optional else 1, 1
    limit: int | None = most
    inner = seen
    if isinstance(seen.type, inspect.ListType | inspect.VarTupleType):
        least = 0 if optional else seen.type.min_length or 0
        limit = seen.type.max_length
        inner = _unwrapped(seen.type.item_type, struct, each.encode_name)
    if isinstance(inner.type, inspect.StructType):
        group = _group(inner.type.cls, made)
        element = Element(each.encode_name, group.type, least, limit, note)
        return Field(each.name, element, group, many, optional)
    simple, python = _simple(inner.type, struct, each.encode_name)
    return Field(each.name, Element(each.encode_name, simple, least, limit, note), Leaf(python), many, optional)


def _unwrapped(type: inspect.Type, struct: type, name: str) -> _Seen:
    """The type below its annotations and without None."""
    seen = _Seen(type)
    while True:
        if isinstance(seen.type, inspect.Metadata):
            seen.type = seen.type.type
        elif isinstance(seen.type, inspect.UnionType):
            others = [each for each in seen.type.types if not isinstance(each, inspect.NoneType)]
            if len(others) != 1:
                raise DeclarationFault(f"{struct.__name__}.{name} may be of several types.", remedy="Declare one.")
            seen.optional = seen.optional or len(others) < len(seen.type.types)
            seen.type = others[0]
        else:
            return seen


def _simple(type: inspect.Type, struct: type, name: str) -> tuple[Simple, type]:
    match type:
        case inspect.StrType():
            return Simple("string", tuple(_text_facets(type))), str
        case inspect.IntType():
            return Simple("integer", tuple(_number_facets(type))), int
        case inspect.FloatType():
            return Simple("double", tuple(_number_facets(type))), float
        case inspect.DateTimeType():
            form = () if type.tz is None else (("pattern", _ZONED if type.tz else _UNZONED),)
            return Simple("dateTime", form), dt.datetime
        case inspect.EnumType():
            values = [str(each.value) for each in type.cls]
            return Simple("string", tuple(("enumeration", value) for value in values)), type.cls
        case inspect.LiteralType() if all(isinstance(value, str) for value in type.values):
            return Simple("string", tuple(("enumeration", str(value)) for value in type.values)), str
        case _:
            known = _PLAIN.get(type.__class__)
            if known is None:
                what = type.__class__.__name__.removesuffix("Type").lower()
                raise DeclarationFault(
                    f"{struct.__name__}.{name} is a {what}, which XML Schema has no place for.",
                    remedy="Declare a text, a number, a date, a code, a struct or a tuple of one of them.",
                )
            return known


_PLAIN: dict[type, tuple[Simple, type]] = {
    inspect.BoolType: (Simple("boolean"), bool),
    inspect.DecimalType: (Simple("decimal"), decimal.Decimal),
    inspect.DateType: (Simple("date", (("pattern", _DAY),)), dt.date),
    inspect.BytesType: (Simple("base64Binary"), bytes),
}


def _text_facets(type: inspect.StrType) -> list[Facet]:
    found: list[Facet] = []
    if type.min_length is not None:
        found.append(("minLength", str(type.min_length)))
    if type.max_length is not None:
        found.append(("maxLength", str(type.max_length)))
    if type.pattern is not None:
        found.append(("pattern", xsd_pattern(type.pattern)))
    return found


def _number_facets(type: inspect.IntType | inspect.FloatType) -> list[Facet]:
    limits = (
        ("minExclusive", type.gt),
        ("minInclusive", type.ge),
        ("maxExclusive", type.lt),
        ("maxInclusive", type.le),
    )
    return [(facet, str(value)) for facet, value in limits if value is not None]
