"""An item of a message as a value, and the items of our own types, read off their annotations.

One description: OpenAPI, XML Schema and screens say what stands here and nothing else. What depends on a day, a
reader's language or the rules in force is no part of it; ``model.form`` adds that.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from msgspec import inspect

from douane.vocabulary.errors import DeclarationFault


class Content(enum.Enum):
    """What an item holds, whatever carries it."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    NUMBER = "number"  # inexact: nothing of law is one
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    OCTETS = "octets"
    GROUP = "group"
    ANYTHING = "anything"  # a JSON value that the type says nothing of


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a message. Items stand in the order in which a message carries them.

    path: JSON pointer without positions, from the message (``/items/description``). least, most: how often it occurs;
    most is None where there is no limit. element: number of the EU customs data model, if it has one. format: as data
    annexes write it (``an..35``). code_list: whose codes it holds (``CL231``). values: the closed list, where the type
    itself has one. shortest, longest: characters of a text; low, high: limits of a number. patterns: whole texts, all
    of which must match. conditions: ids of rules on it. confidential: commercial or personal, not for every reader.
    """

    path: str
    tag: str
    content: Content
    label: str
    help: str = ""
    least: int = 1
    most: int | None = 1
    element: str = ""
    format: str = ""
    code_list: str = ""
    values: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    shortest: int = 0
    longest: int = 0
    low: int | float | None = None
    high: int | float | None = None
    conditions: tuple[str, ...] = ()
    confidential: bool = False
    items: tuple[Item, ...] = ()

    @property
    def note(self) -> str:
        """What a schema says of it to its reader."""
        label = self.label if self.label != words(self.tag) else ""  # the tag says that already
        said = [label, f"data element {self.element}" if self.element else ""]
        said += [f"codes of {self.code_list}" if self.code_list else "", "confidential" if self.confidential else ""]
        return "; ".join(each for each in said if each)


def everything(items: tuple[Item, ...]) -> Iterator[Item]:
    """All items, each group before what is in it."""
    for each in items:
        yield each
        yield from everything(each.items)


def words(name: str) -> str:
    """A name as words: ``customsOfficeOfDeparture``, ``customs_office_of_departure``: Customs office of departure."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).replace("_", " ").split()
    text = " ".join(part if part.isupper() and len(part) > 1 else part.lower() for part in parts)
    return text[:1].upper() + text[1:]


@cache
def items_of(struct: type) -> tuple[Item, ...]:
    """The items of one of our own types. Raises DeclarationFault for a type that no form can show."""
    return _items(struct, "", ())


def _items(struct: type, path: str, around: tuple[type, ...]) -> tuple[Item, ...]:
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise DeclarationFault(f"{struct.__name__} is no struct.", remedy="Declare messages as msgspec structs.")
    if struct in around:
        raise DeclarationFault(f"{struct.__name__} holds itself.", remedy="Name the inner one by a reference.")
    return tuple(_field(each, path, (*around, struct)) for each in info.fields)


def _field(field: inspect.Field, path: str, around: tuple[type, ...]) -> Item:
    layers = _Layers()
    inner = layers.peel(field.type)
    least, most = int(field.required and not layers.optional), 1
    limit: int | None = most
    if isinstance(inner, inspect.ListType | inspect.VarTupleType | inspect.SetType | inspect.FrozenSetType):
        least, limit = (inner.min_length or 0) if least else 0, inner.max_length
        inner = layers.peel(inner.item_type)
    name, facts = field.encode_name, layers.facts
    item = Item(
        path=f"{path}/{name}", tag=name, content=Content.ANYTHING, label=layers.title or words(name), help=layers.help,
        least=least, most=limit, element=str(facts.get("element", "")), format=str(facts.get("format", "")),
        code_list=str(facts.get("code_list", "")), confidential=bool(facts.get("confidential", False)),
    )  # fmt: skip
    return _filled(item, inner, around)


class _Layers:
    """What the layers of an annotation say, the outer ones first."""

    def __init__(self) -> None:
        self.title = self.help = ""
        self.optional = False
        self.facts: dict[str, Any] = {}  # Any: an annotation may say whatever it likes

    def peel(self, type: inspect.Type) -> inspect.Type:
        """The type below its annotations and without None."""
        while True:
            if isinstance(type, inspect.Metadata):
                said = type.extra_json_schema or {}
                self.title = self.title or str(said.get("title", ""))
                self.help = self.help or str(said.get("description", ""))
                self.facts = {**(type.extra or {}), **self.facts}
                type = type.type
            elif isinstance(type, inspect.UnionType):
                others = tuple(each for each in type.types if not isinstance(each, inspect.NoneType))
                self.optional = self.optional or len(others) < len(type.types)
                if len(others) != 1:
                    return inspect.AnyType()
                type = others[0]
            else:
                return type


_PLAIN: dict[type, Content] = {
    inspect.BoolType: Content.FLAG,
    inspect.DecimalType: Content.DECIMAL,
    inspect.DateType: Content.DATE,
    inspect.DateTimeType: Content.MOMENT,
    inspect.BytesType: Content.OCTETS,
}


def _filled(item: Item, type: inspect.Type, around: tuple[type, ...]) -> Item:
    """The item with what the type below says of its content."""
    match type:
        case inspect.StructType():
            return replace(item, content=Content.GROUP, items=_items(type.cls, item.path, around))
        case inspect.StrType():
            patterns = (type.pattern,) if type.pattern else ()
            shortest, longest = type.min_length or 0, type.max_length or 0
            return replace(item, content=Content.TEXT, patterns=patterns, shortest=shortest, longest=longest)
        case inspect.IntType() | inspect.FloatType():
            content = Content.INTEGER if isinstance(type, inspect.IntType) else Content.NUMBER
            return replace(item, content=content, low=type.ge, high=type.le)
        case inspect.EnumType():
            return replace(item, content=Content.TEXT, values=tuple(str(each.value) for each in type.cls))
        case inspect.LiteralType():
            return replace(item, content=Content.TEXT, values=tuple(str(value) for value in type.values))
        case _:
            return replace(item, content=_PLAIN.get(type.__class__, Content.ANYTHING))


__all__ = ["Content", "Item", "everything", "items_of", "words"]
