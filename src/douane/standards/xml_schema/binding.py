"""Messages of typed structs from XML and back: the schema judges, tables convert.

A ``Binding`` holds the compiled schema of one document. libxml2 keeps the faults of a validation in the schema
object, so that each thread that reads at the same time has one of its own.
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import enum
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from douane.standards.xml.reading import too_many
from douane.standards.xml.writing import text
from douane.standards.xml_schema.judging import faults_of
from douane.standards.xml_schema.parts import Schema
from douane.standards.xml_schema.structs import Field, Group, Leaf
from douane.standards.xml_schema.writing import document, schema_text
from douane.vocabulary.errors import Fault, NotValid, UnknownMessageType
from douane.vocabulary.faults import NAMED

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ELEMENTS: Final = 20_000
"""Elements of a message: the longest of our own are lists of some hundred entries."""
_too_many = etree.XPath(f"count(.//*) > {MOST_ELEMENTS}")
Reader = Callable[["_Element"], Any]
Writer = Callable[[Any], str]


class Binding:
    """Reads and writes the messages of one schema document, by the tag of their root."""

    def __init__(self, schema: Schema, groups: Mapping[str, Group]) -> None:
        self.namespace = schema.namespace
        self._schema = document(schema_text(schema))
        self._judges = [self._judge()]  # those that nobody uses now
        self._readers = {
            f"{{{schema.namespace}}}{tag}": reader_of(group, schema.namespace) for tag, group in groups.items()
        }
        self._writers = {tag: writer_of(group) for tag, group in groups.items()}
        self._plain = {tag for tag, group in groups.items() if not group.type.qualified}

    def read(self, root: _Element) -> Any:
        """The message in an element. Raises UnknownMessageType, TooLarge, or NotValid with what the schema finds."""
        read = self._readers.get(str(root.tag))
        if read is None:
            remedy = f"Send one of the elements that the service description names in {self.namespace}."
            fault = Fault(f"/{_local(root)}", "15", remedy, value=str(root.tag))
            raise UnknownMessageType(f"No message {str(root.tag)[:120]} is taken.", remedy=remedy, faults=(fault,))
        if _too_many(root):
            too_many("elements", MOST_ELEMENTS, 0, 0)
        faults = self._faults(root)
        if faults:
            count = len(faults)
            places = f"{NAMED} places or more" if count == NAMED else f"{count} place{'s' * (count > 1)}"
            said = f"{_local(root)} breaks its schema in {places}."
            raise NotValid(said, remedy="Mend each place named.", faults=faults)
        try:
            return read(root)
        except (
            ValueError,
            ArithmeticError,
        ) as problem:  # what a schema cannot say: year 0, 24:00:00, a struct's own check
            fault = Fault(f"/{_local(root)}", "50", f"{problem}.")
            raise NotValid(f"{_local(root)} holds an impossible value.", faults=(fault,)) from problem

    def _judge(self) -> etree.XMLSchema:
        return etree.XMLSchema(etree.fromstring(self._schema))

    def _faults(self, root: _Element) -> tuple[Fault, ...]:
        try:
            judge = self._judges.pop()
        except IndexError:  # another thread has it
            judge = self._judge()
        try:
            if judge.validate(root):
                return ()
            return faults_of(judge, root) or (Fault(f"/{_local(root)}", "18", "Send what the schema describes."),)
        finally:
            self._judges.append(judge)

    def write(self, tag: str, message: Any) -> str:
        """The element ``tag`` with a message as text; the namespace is declared on it."""
        body = self._writers[tag](message)
        if tag in self._plain:
            return f'<m:{tag} xmlns:m="{self.namespace}">{body}</m:{tag}>'
        return f'<{tag} xmlns="{self.namespace}">{body}</{tag}>'


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


# --- reading


def reader_of(group: Group, namespace: str) -> Reader:
    """The function that makes a struct from an element that the schema has accepted."""
    space = f"{{{namespace}}}" if group.type.qualified else ""
    table = {
        f"{space}{field.element.tag}": (field.name, _item_reader(field, namespace), field.many)
        for field in group.fields
    }
    return partial(_read_group, group.struct, table, tuple(f.name for f in group.fields if f.many and not f.optional))


def _read_group(
    struct: type, table: Mapping[str, tuple[str, Reader, bool]], lists: Iterable[str], node: _Element
) -> Any:
    found: dict[str, Any] = {}
    for child in node:
        name, read, many = table[child.tag]  # elements only: the parser dropped comments
        if many:
            found.setdefault(name, []).append(read(child))
        else:
            found[name] = read(child)
    for name, value in found.items():
        if type(value) is list:
            found[name] = tuple(value)
    for name in lists:
        found.setdefault(name, ())
    return struct(**found)


def _item_reader(field: Field, namespace: str) -> Reader:
    if isinstance(field.content, Leaf):
        return _leaf_reader(field.content.python)
    return reader_of(field.content, namespace)


def _leaf_reader(python: type) -> Reader:
    if issubclass(python, enum.Enum):
        members = {str(each.value): each for each in python}
        return lambda node: members[node.text or ""]
    return _READERS[python]


_READERS: dict[type, Reader] = {
    str: lambda node: node.text or "",
    int: lambda node: int(node.text or ""),
    float: lambda node: float((node.text or "").strip().replace("INF", "inf")),
    bool: lambda node: (node.text or "").strip() in ("true", "1"),
    decimal.Decimal: lambda node: decimal.Decimal((node.text or "").strip()),
    dt.date: lambda node: dt.date.fromisoformat((node.text or "").strip()),
    dt.datetime: lambda node: dt.datetime.fromisoformat((node.text or "").strip()),
    bytes: lambda node: base64.b64decode(node.text or ""),
}

# --- writing


def writer_of(group: Group) -> Writer:
    """The function that writes the content of a struct; optional items that hold their default None are left out."""
    return partial(_write_group, tuple((f.name, f.element.tag, f.many, _item_writer(f)) for f in group.fields))


def _write_group(items: Iterable[tuple[str, str, bool, Writer]], value: Any) -> str:
    out: list[str] = []
    for name, tag, many, write in items:
        found = getattr(value, name)
        if found is None:
            continue
        if many:
            out += [f"<{tag}>{write(each)}</{tag}>" for each in found]
        else:
            out.append(f"<{tag}>{write(found)}</{tag}>")
    return "".join(out)


def _item_writer(field: Field) -> Writer:
    if isinstance(field.content, Leaf):
        python = field.content.python
        return _enumerated if issubclass(python, enum.Enum) else _WRITERS[python]
    return writer_of(field.content)


def _enumerated(value: enum.Enum) -> str:
    return text(str(value.value))


def _moment(value: dt.datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


_WRITERS: dict[type, Writer] = {
    str: text,
    int: str,
    float: lambda value: repr(value).replace("inf", "INF").replace("nan", "NaN"),
    bool: lambda value: "true" if value else "false",
    decimal.Decimal: lambda value: format(value, "f"),
    dt.date: lambda value: value.isoformat(),
    dt.datetime: _moment,
    bytes: lambda value: base64.b64encode(value).decode(),
}
