"""What EDIFACT segments and fixed-width records have in common: one row a group, with its code, level and items.

The message itself is the row of level 0, a group inside it has level 1, and so on; each group is followed by the groups
inside it, in the order of the layout. The items of a group are the columns of its row, in the same order. So the level
alone says which group a row belongs to, and nothing of the structure is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple, Protocol

from msgspec import Struct

from douane.standards.edifact.repertoires import Repertoire
from douane.standards.ncts.binding.collecting import MISSING, OUT_OF_PLACE, TOO_MANY
from douane.standards.ncts.binding.kinds import CHARACTER, Base, Kind, Wrong, written
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.legacy.codes import CODES, ROOT
from douane.standards.ncts.phase5.catalogue import family
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.vocabulary.errors import Fault, NotValid
from douane.vocabulary.faults import NAMED, Faults

KEPT: Final = frozenset(
    {
        "messageSender", "messageRecipient", "messageIdentification", "correlationIdentifier", "MRN", "LRN", "GRN",
        "referenceNumber", "identificationNumber",
    }
)  # fmt: skip
"""Items that identify: they are never replaced by what is only like them."""
PHASE: Final = "PhaseID"
_PHASE_KIND = Kind(Base.COLLAPSED, "|".join(map(re.escape, CODECS.phases)), values=CODECS.phases)
_FORMAT = re.compile(r"[an]{1,2}(?:\.\.)?([0-9]+)(,[0-9]+)?")
_WIDTHS = {Base.DATE: 8, Base.MOMENT: 14, Base.FLAG: 1}


class Column(NamedTuple):
    """An item in its row. ``width``: the most characters that it has there."""

    leaf: Leaf
    width: int


class Group(NamedTuple):
    """A row to be written. ``values``: one for each column, empty where there is none."""

    code: str
    level: int
    pointer: str
    columns: tuple[Column, ...]
    values: tuple[str, ...]


class Place(NamedTuple):
    """A group of a layout as a row. ``least`` and ``most``: how often it stands in the group around it."""

    code: str
    level: int
    least: int
    most: int
    path: str
    columns: tuple[Column, ...]


class Loss(NamedTuple):
    """A value that could not be written as it is, and what was written in its place."""

    pointer: str
    value: str
    written: str


class Rows(Protocol):
    """Rows as a form has them; each is asked for its values once its place in the message is known."""

    def heads(self) -> Sequence[tuple[str, int]]:
        """Code and level of each row."""

    def values(self, row: int, columns: Sequence[Column]) -> Sequence[str]:
        """The values of a row, in the words of XML."""

    def place(self, row: int, column: int | None, columns: Sequence[Column]) -> tuple[int, int]:
        """Where a column (from 0), or the row, stands in what its sender wrote: line and column, from 1; 0 if none."""


def compact(kind: Kind, text: str) -> str:
    """A value without the punctuation of dates and times."""
    if kind.base in (Base.DATE, Base.MOMENT):
        return text.replace("-", "").replace(":", "").replace("T", "")
    return text


def expanded(kind: Kind, text: str) -> str:
    """The reverse of ``compact``; what is no date stays as it is, for its reader to refuse."""
    if kind.base is Base.DATE and len(text) == 8:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if kind.base is Base.MOMENT and len(text) == 14:
        return f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}"
    return text


def groups(message: Message) -> Iterator[Group]:
    """The rows of a message."""
    name = type(message).__name__
    yield from _groups(message, name, CODECS.codec(name).layout, ROOT, 0, f"/{name}", f"/{name}")


def places(name: str) -> Iterator[Place]:
    """The rows that a type of message may have, in their order. Raises UnknownMessageType."""
    yield from _places(name, CODECS.codec(name).layout, Place(ROOT, 0, 1, 1, f"/{name}", ()))


def _places(name: str, layout: Layout, place: Place) -> Iterator[Place]:
    yield place._replace(columns=_columns(name, place.path, layout))
    for item in layout.items:
        if isinstance(item, Inner):
            inner = Place(CODES[item.tag], place.level + 1, item.least, item.most, f"{place.path}/{item.tag}", ())
            yield from _places(name, item.layout, inner)


def _groups(
    value: Struct, name: str, layout: Layout, code: str, level: int, path: str, pointer: str
) -> Iterator[Group]:
    columns = columns_of(name, path)
    texts = tuple(_text(getattr(value, each.leaf.name), each.leaf.kind) for each in columns)
    yield Group(code, level, pointer, columns, texts)
    for item in layout.items:
        if isinstance(item, Inner):
            found = getattr(value, item.name)
            single = item.most == 1
            for place, one in enumerate((found,) if single and found is not None else found or (), 1):
                inside = f"{pointer}/{item.tag}" + ("" if single else f"[{place}]")
                yield from _groups(one, name, item.layout, CODES[item.tag], level + 1, f"{path}/{item.tag}", inside)


def _text(value: Any, kind: Kind) -> str:
    return "" if value is None else compact(kind, written(value))


def columns_of(name: str, path: str) -> tuple[Column, ...]:
    """The columns of a group; those of the message itself begin with its phase."""
    return _tables(name)[path]


@cache
def _tables(name: str) -> dict[str, tuple[Column, ...]]:
    return {each.path: each.columns for each in places(name)}


def _columns(name: str, path: str, layout: Layout) -> tuple[Column, ...]:
    formats = _formats(name)
    own = [Column(each, _width(formats[f"{path}/{each.tag}"], each.kind)) for each in layout.items
           if isinstance(each, Leaf)]  # fmt: skip
    phase = [Column(Leaf(PHASE, "phase_id", False, _PHASE_KIND), 7)] if path.count("/") == 1 else []
    return (*phase, *own)


@cache
def _formats(name: str) -> dict[str, str]:
    found = next(each for each in family() if each.code == name)
    return {each.pointer: each.format for each in found.fields}


def _width(form: str, kind: Kind) -> int:
    parsed = _FORMAT.fullmatch(form)
    if kind.base in _WIDTHS or parsed is None:
        return _WIDTHS[kind.base]
    return int(parsed[1]) + (1 if parsed[2] else 0)


def fitted(group: Group, repertoire: Repertoire) -> tuple[tuple[str, ...], list[Loss], list[Fault]]:
    """The values of a row in a repertoire, what was replaced, and what cannot be replaced."""
    values, losses, faults = list(group.values), [], []
    for n, (value, column) in enumerate(zip(group.values, group.columns, strict=True)):
        fit = repertoire.fitted(value)
        if fit == value:
            continue
        pointer = f"{group.pointer}/{column.leaf.tag}"
        if column.leaf.tag in KEPT or isinstance(column.leaf.kind.read(fit), Wrong):
            remedy = f"Write it in characters of {repertoire.name}, or agree on another repertoire."
            faults.append(Fault(pointer, CHARACTER, remedy, value=value))
        else:
            values[n] = fit
            losses.append(Loss(pointer, value, fit))
    return tuple(values), losses, faults


def read(name: str, rows: Rows) -> Message:
    """The message in rows. Raises NotValid with every fault, in the place that its sender wrote; UnknownMessageType."""
    layout = CODECS.codec(name).layout
    reading = _Reading(name, rows, rows.heads())
    message = reading.whole(layout)
    if reading.faults.count or not isinstance(message, Message):
        text = reading.faults.said(f"The {name} breaks its layout")
        raise NotValid(text, remedy="Mend each place named.", faults=reading.faults.named())
    return message


@dataclass(slots=True)
class _Reading:
    """One pass over the rows of one message."""

    name: str
    rows: Rows
    heads: Sequence[tuple[str, int]]
    at: int = 0
    faults: Faults = field(default_factory=Faults)

    def whole(self, layout: Layout) -> Struct | None:
        """The message, or None."""
        if not self.heads or self.heads[0] != (ROOT, 0):
            self._add(f"/{self.name}", MISSING, f"Begin with {ROOT}, level 0.", 0)
            return None
        found = self._group(layout, 0, f"/{self.name}", f"/{self.name}")
        while self.at < len(self.heads):
            self._add(f"/{self.name}", OUT_OF_PLACE, "Leave it out: the message has one row of level 0.", self.at)
            self.at += 1
        return found

    def _add(
        self, pointer: str, code: str, remedy: str, row: int, column: int | None = None,
        columns: Sequence[Column] = (), value: str = "",
    ) -> None:  # fmt: skip
        line, place = self.rows.place(row, column, columns) if self.faults.count < NAMED else (0, 0)
        self.faults.add(pointer, code, remedy, value=value, line=line, column=place)

    def _group(self, layout: Layout, level: int, path: str, pointer: str) -> Struct | None:
        """The group whose row is next, with those inside it."""
        before, row = self.faults.count, self.at
        self.at += 1
        own = self._items(row, columns_of(self.name, path), pointer)
        inner = {CODES[each.tag]: n for n, each in enumerate(layout.items) if isinstance(each, Inner)}
        found: dict[int, list[Struct | None]] = {}
        place = 0
        while self.at < len(self.heads) and self.heads[self.at][1] > level:
            code, deeper = self.heads[self.at]
            here = inner.get(code)
            if here is None or deeper != level + 1:
                self._foreign(code, level, pointer)
                continue
            item = layout.items[here]
            assert isinstance(item, Inner)
            several = found.setdefault(here, [])
            inside = f"{pointer}/{item.tag}" + (f"[{len(several) + 1}]" if item.most > 1 or several else "")
            if len(several) == item.most:
                self._add(inside, TOO_MANY, f"Give it at most {item.most} time{'s' * (item.most > 1)}.", self.at)
            if here < place:
                behind = CODES[layout.items[place].tag]
                self._add(inside, OUT_OF_PLACE, f"Put it before {behind}.", self.at)
            place = max(place, here)
            several.append(self._group(item.layout, level + 1, f"{path}/{item.tag}", inside))
        for n, item in enumerate(layout.items):
            if isinstance(item, Inner) and item.least and n not in found:
                self._add(f"{pointer}/{item.tag}", MISSING, f"Give {CODES[item.tag]} ({item.tag}).", row)
        if self.faults.count > before:
            return None
        for n, several in found.items():
            item = layout.items[n]
            own[item.name] = several[0] if item.most == 1 else tuple(several)
        return layout.struct(**own)

    def _items(self, row: int, columns: tuple[Column, ...], pointer: str) -> dict[str, Any]:
        own: dict[str, Any] = {}
        values = self.rows.values(row, columns)
        for n, column in enumerate(columns):
            leaf, value = column.leaf, values[n] if n < len(values) else ""
            if value:
                read = leaf.kind.read(value)
                if isinstance(read, Wrong):
                    self._add(f"{pointer}/{leaf.tag}", read.code, read.remedy, row, n, columns, value)
                own[leaf.name] = read
            elif leaf.required:
                self._add(f"{pointer}/{leaf.tag}", MISSING, f"Give {leaf.tag}.", row, n, columns)
        for n in range(len(columns), len(values)):
            if values[n]:
                self._add(pointer, OUT_OF_PLACE, "Leave it out: there is no such item.", row, n, columns, values[n])
        return own

    def _foreign(self, code: str, level: int, pointer: str) -> None:
        """Name a row that has no place here, and pass over what is inside it."""
        deeper = self.heads[self.at][1]
        self._add(f"{pointer}/{code}", OUT_OF_PLACE, f"Leave it out: level {level + 1} has no {code} here.", self.at)
        self.at += 1
        while self.at < len(self.heads) and self.heads[self.at][1] > deeper:
            self.at += 1
