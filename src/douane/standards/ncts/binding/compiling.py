"""Compiles readers and writers from layouts, when a type is first read or written.

A layout says everything; what is made of it is ordinary Python, one function a group: for reading, an expression for
each run of items and a call for each group that repeats; for writing, one text joined of its parts. What a function
calls is made when it is first called, so that a rare group of a large message costs nothing until one comes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from douane.standards import written
from douane.standards.ncts.binding.kinds import Base
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Unusual, body, many, run
from douane.standards.ncts.binding.writing import remembered, text
from douane.standards.written import Made

_READ = {
    Base.FLAG: '{0} == "1"',
    Base.INTEGER: "int({0})",
    Base.DECIMAL: "Decimal({0})",
    Base.DATE: "date.fromisoformat({0})",
    Base.MOMENT: "datetime.fromisoformat({0})",
}
_WRITE = {
    Base.FLAG: "{0}:d",
    Base.INTEGER: "{0}",
    Base.DECIMAL: "{0}:f",
    Base.DATE: "{0}.isoformat()",
    Base.MOMENT: '{0}.isoformat(timespec="seconds")',
}
_REMEMBERED = "Consignment"
"""The group whose last text is kept: whole consignments go out in several messages at once."""
_writers: dict[type[Struct], Made] = {}


class _Function:
    """A function that is being written: its lines, and what its names stand for."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "Unusual": Unusual, "many": many, "text": text, "Decimal": Decimal,
            "date": dt.date, "datetime": dt.datetime,
        }  # fmt: skip

    def name(self, value: object, kind: str) -> str:
        """A name for a value."""
        name = f"{kind}{len(self.names)}"
        self.names[name] = value
        return name

    def late(self, make: Callable[[], Made], kind: str) -> str:
        """A name for a function that is made when it is first called."""
        name = self.name(None, kind)

        def first(*arguments: object) -> object:
            made = self.names[name] = make()
            return made(*arguments)

        self.names[name] = first
        return name

    def made(self, head: str) -> Made:
        """The function, compiled. Its text comes of our layouts alone; nothing of a message ever becomes code."""
        return written.function(self.title, [f"def {head}:", *(f"    {each}" for each in self.lines)], self.names)


@cache
def reader(layout: Layout) -> Made:
    """Reads a group: ``(text, starts, at) -> (struct, at)``. Raises Unusual, or ValueError for dates that are none."""
    return _Reader(layout, root=False).build("read(text, starts, at)")


@cache
def root_reader(layout: Layout) -> Made:
    """Reads the inside of a message: ``(text, starts, at, phase) -> (struct, at)``. Raises like ``reader``."""
    return _Reader(layout, root=True).build("read(text, starts, at, phase)")


def writer(layout: Layout) -> Made:
    """Writes the inside of a group; layouts of one struct write alike, whatever else tells them apart."""
    known = _writers.get(layout.struct)
    if known is None:
        made = _write(layout)
        known = _writers[layout.struct] = remembered(made) if layout.tag == _REMEMBERED else made
    return known


class _Reader:
    """Writes the reader of one layout. Values are captured by the expressions of runs and named ``v0``, ``v1``, ..."""

    def __init__(self, layout: Layout, *, root: bool) -> None:
        self.layout, self.root = layout, root
        self.function = _Function(f"reader of {layout.tag}")
        self.values: list[str] = [""] * len(layout.items)
        self.captures = 0

    def build(self, head: str) -> Made:
        """The function."""
        items, lines = self.layout.items, self.function.lines
        start, guarded = 0, self._guarded()
        for place, item in enumerate(items):
            if not _apart(item):
                continue
            if place > start or (start == 0 and not self.root):
                self._run(start, place)
            start = place + 1
            if place == guarded:  # most of the last groups are absent: the end tag says so of all of them at once
                lines += [self._absent(at) for at in range(place, len(items)) if _apart(items[at])]
                lines.append('if not starts("</", at):')
            assert isinstance(item, Inner)
            self._group(item, place, inside=place >= guarded)
        if start < len(items) or not self.root:
            self._run(start, len(items))
        arguments = [f"{item.name}={value}" for item, value in zip(items, self.values, strict=True)]
        arguments += ["phase_id=phase"] if self.root else []
        lines.append(f"return {self.function.name(self.layout.struct, 'S')}({', '.join(arguments)}), at")
        return self.function.made(head)

    def _guarded(self) -> int:
        """Where a row of three or more optional groups begins that ends the struct, but for what its last run reads."""
        items = self.layout.items
        ends = max((n for n, item in enumerate(items) if _apart(item)), default=-1) + 1
        begins = ends
        while begins and _apart(items[begins - 1]) and not items[begins - 1].least:
            begins -= 1
        last_run_may_be_empty = not any(item.least for item in items[ends:])
        return begins if ends - begins >= 3 and last_run_may_be_empty and not self.root else len(items)

    def _absent(self, place: int) -> str:
        """The line that says that a group is absent, until it is found."""
        return f"g{place} = {'()' if self.layout.items[place].most > 1 else 'None'}"

    def _run(self, start: int, stop: int) -> None:
        layout, match = self.layout, body if self.root else run
        matcher = self.function.late(lambda: match(layout, start, stop), "run")
        names: list[str] = []
        for place in range(start, stop):
            self.values[place] = self._value(layout.items[place], names)
        lines = self.function.lines
        lines += [f"found = {matcher}(text, at)", "if found is None: raise Unusual"]
        if len(names) == 1:
            lines.append(f"{names[0]} = found[1]")
        elif names:
            lines.append(f"{', '.join(names)} = found.groups()")
        lines.append("at = found.end()")

    def _capture(self, names: list[str]) -> str:
        names.append(f"v{self.captures}")
        self.captures += 1
        return names[-1]

    def _value(self, item: Leaf | Inner, names: list[str]) -> str:
        """The expression of an item's value; a group inside the run is there if its mark, or what it must have, is."""
        if isinstance(item, Leaf):
            return _converted(item, self._capture(names))
        inner = item.layout.items
        needed = any(isinstance(each, Leaf) and each.required for each in inner)
        mark = "" if item.least or needed else self._capture(names)
        arguments = []
        for each in inner:
            before = len(names)
            arguments.append(f"{each.name}={self._value(each, names)}")
            if not mark and not item.least and isinstance(each, Leaf) and each.required:
                mark = names[before]
        made = f"{self.function.name(item.layout.struct, 'S')}({', '.join(arguments)})"
        return made if item.least else f"None if {mark} is None else {made}"

    def _group(self, item: Inner, place: int, *, inside: bool) -> None:
        layout, variable, opening = item.layout, f"g{place}", f'"<{item.tag}>"'
        read = self.function.late(lambda: reader(layout), "read")
        self.values[place] = variable
        many = f"many({read}, {opening}, {item.most}, text, starts, at)"
        call = f"{variable}, at = {many if item.most > 1 else f'{read}(text, starts, at)'}"
        if item.least:
            self.function.lines.append(call)
            return
        if not inside:
            self.function.lines.append(self._absent(place))
        self.function.lines.append(f"{'    ' * inside}if starts({opening}, at): {call}")


def _apart(item: Leaf | Inner) -> bool:
    """Whether a reader of its own reads the item: a group that repeats, or holds one that does."""
    return isinstance(item, Inner) and not (item.most == 1 and item.layout.flat)


def _converted(item: Leaf, name: str) -> str:
    call = _READ.get(item.kind.base)
    if call is None:
        return name
    return call.format(name) if item.required else f"None if {name} is None else {call.format(name)}"


def _write(layout: Layout) -> Made:
    """Required items are joined to one expression; of the others only those present cost."""
    function = _Function(f"writer of {layout.tag}")
    lines, pending, started = function.lines, "", False
    for place, item in enumerate(layout.items):
        if item.most == 1 and item.least:
            pending += _piece(item, f"v.{item.name}", function)
            continue
        if pending or not started:
            lines.append(f"out {'+=' if started else '='} f'{pending}'")
            pending, started = "", True
        piece = _piece(item, f"v{place}", function)
        if item.most > 1:
            lines.append(f"for v{place} in v.{item.name}: out += f'{piece}'")
        else:
            lines.append(f"if (v{place} := v.{item.name}) is not None: out += f'{piece}'")
    last = f"f'{pending}'"
    lines.append(f"return {last if not started else f'out + {last}' if pending else 'out'}")
    return function.made("write(v)")


def _piece(item: Leaf | Inner, value: str, function: _Function) -> str:
    if isinstance(item, Leaf):
        inside = _WRITE.get(item.kind.base, "text({0})").format(value)
    else:
        layout = item.layout
        inside = f"{function.late(lambda: writer(layout), 'write')}({value})"
    return f"<{item.tag}>{{{inside}}}</{item.tag}>"
