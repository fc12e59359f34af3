"""The collecting reader: judges a message while it is parsed and names every fault, or gives the struct.

It is the one engine of refusal: the fast reader only accepts. No tree is built. What a message can hold is bounded by
its layout as it comes: what has no place there, or stands there too often, is passed over unread, and reading stops at
a thousand of either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from douane.standards.ncts.binding.kinds import TOO_LONG, Wrong
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.ordering import longest_ordered
from douane.standards.xml.events import Events
from douane.vocabulary.faults import Faults

if TYPE_CHECKING:
    from msgspec import Struct

MISSING, OUT_OF_PLACE, OTHER, TOO_MANY = "13", "15", "18", "35"
STRAY: Final = 1_000
"""Elements without a place in their layout after which reading stops."""
LONGEST: Final = 64 * 1024
"""Characters of a value that are looked at: a hundred times what any item takes, white space included."""
_SCHEMA_HINTS = (
    "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
    "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
)
_BLANK = " \t\r\n"


class _Enough(Exception):
    """Nothing more needs to be read."""


@dataclass(slots=True)
class _Group:
    """A group that is being read. ``before``: how many faults there were. ``last``: the line of what came last."""

    layout: Layout
    pointer: str
    own: dict[str, Any]
    before: int
    line: int
    last: int
    place: int = 0
    ordered: bool = True
    lists: dict[int, list[Any]] = field(default_factory=dict)
    came: list[tuple[int, int]] = field(default_factory=list)  # place and line of each known child, in order
    spoken: bool = False  # whether text after the last child was named already


@dataclass(slots=True)
class _Value:
    """An item that is being read: in which group, after how many of its kind there."""

    item: Leaf
    above: _Group
    count: int
    line: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    broken: bool = False

    @property
    def pointer(self) -> str:
        """Where it stands; few are ever asked."""
        return _path(self.above, self.item, self.count)


def _path(above: _Group, item: Leaf | Inner, count: int) -> str:
    return f"{above.pointer}/{item.tag}" + (f"[{count + 1}]" if count or item.most > 1 else "")


class Reading:
    """One pass over one message. ``choose``: the layout of a root, or an error for one that is not known."""

    def __init__(self, phases: tuple[str, ...], choose: Callable[[str], Layout]) -> None:
        self.phases, self.faults = phases, Faults()
        self._choose = choose
        self._open: list[_Group | _Value] = []
        self._skipped = self._stray = self._items = 0
        self._made: Struct | None = None

    def message(self, events: Events) -> Struct | None:
        """The message, or None with its faults collected. Raises NotWellFormed, TooLarge, what ``choose`` raises."""
        try:
            events.run(self)
        except _Enough:
            return None
        return None if self.faults.count else self._made

    # --- what the parser tells

    def start(self, tag: str, attributes: list[str], line: int) -> None:
        """An element begins: its tag and attributes as ``{namespace}name``."""
        if self._skipped:
            self._pass_over()
        elif not self._open:
            self._root(tag, attributes, line)
        else:
            above = self._open[-1]
            if isinstance(above, _Value):
                above.broken = True
                self._add(f"{above.pointer}/{_local(tag)}", OUT_OF_PLACE, "Give a value without elements.", line)
                self._pass_over()
            else:
                self._child(above, tag, attributes, line)

    def end(self) -> None:
        """The element that began last and is open ends."""
        if self._skipped:
            self._skipped -= 1
            return
        done = self._open.pop()
        if not self._open:
            assert isinstance(done, _Group)
            self._made = self._struct(done)
            return
        above = self._open[-1]
        assert isinstance(above, _Group)
        made = self._value(done) if isinstance(done, _Value) else self._struct(done)
        above.lists[above.came[-1][0]].append(made)

    def text(self, text: str) -> None:
        """Characters inside the element that is open, in one piece or several."""
        if self._skipped or not self._open:
            return
        above = self._open[-1]
        if isinstance(above, _Value):
            if above.length <= LONGEST:
                above.parts.append(text)
                above.length += len(text)
        elif not above.spoken and text.strip(_BLANK):
            above.spoken = True
            self._add(above.pointer, OTHER, "Leave out the text between the elements.", above.last, text.strip())

    # --- groups

    def _root(self, tag: str, attributes: list[str], line: int) -> None:
        layout = self._choose(tag)
        pointer = self.faults.whole = f"/{layout.tag}"
        own: dict[str, Any] = {"phase_id": None}
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name == "PhaseID":
                own["phase_id"] = " ".join(value.split())
                if own["phase_id"] not in self.phases:
                    self._add(f"{pointer}/@PhaseID", "12", f"Give one of: {', '.join(self.phases)}.", line, value)
            elif name not in _SCHEMA_HINTS:
                self._add(pointer, OUT_OF_PLACE, f"Leave out the attribute {_local(name)}.", line, value)
        self._open.append(_Group(layout, pointer, own, 0, line, line))

    def _child(self, above: _Group, tag: str, attributes: list[str], line: int) -> None:
        above.last, above.spoken = line, False
        here = above.layout.index.get(tag)
        if here is None:
            after = above.place in above.lists and above.layout.items[above.place].most == 1
            remedy = f"Leave it out: {_expected(above.layout, above.place + after)}."
            self._add(f"{above.pointer}/{_local(tag)}", OUT_OF_PLACE, remedy, line)
            self._pass_over()
            return
        item = above.layout.items[here]
        values = above.lists.get(here)
        if values is None:
            values = above.lists[here] = []
        count, most = len(values), 1 if type(item) is Leaf else item.most
        if count > most:  # named at the first one beyond
            self._pass_over()
            return
        if count == most:
            remedy = f"Give it at most {most} time{'s' * (most > 1)}."
            self._add(_path(above, item, count), TOO_MANY, remedy, line)
        if here < above.place:
            above.ordered = False
        else:
            above.place = here
        above.came.append((here, line))
        if attributes:
            self._without(attributes, _path(above, item, count), line)
        if isinstance(item, Leaf):
            self._open.append(_Value(item, above, count, line))
        else:
            if item.layout.goods:
                self._count_goods(item.layout.goods, line)
            path = _path(above, item, count)
            self._open.append(_Group(item.layout, path, {}, self.faults.count, line, line))

    def _without(self, attributes: list[str], path: str, line: int) -> None:
        """No element below the root has attributes, hints to a schema apart."""
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name not in _SCHEMA_HINTS:
                self._add(path, OUT_OF_PLACE, f"Leave out the attribute {_local(name)}.", line, value)

    def _count_goods(self, most: int, line: int) -> None:
        """Goods items of a declaration are numbered through, so that there are no more than numbers."""
        self._items += 1
        if self._items > most:
            self._add(self.faults.whole, TOO_MANY, f"Declare at most {most} goods items at once.", line)
            raise _Enough

    def _struct(self, done: _Group) -> Struct | None:
        if not done.ordered:
            self._misplaced(done)
        for here, item in enumerate(done.layout.items):
            if item.least and here not in done.lists:
                after = next((done.layout.items[i].tag for i in range(here - 1, -1, -1) if i in done.lists), "")
                where = f"after {after}" if after else "first"
                remedy = f"Give {item.tag}, {where} in {done.layout.tag}."
                self._add(f"{done.pointer}/{item.tag}", MISSING, remedy, done.line)
        if self.faults.count > done.before:
            return None
        for here, values in done.lists.items():
            item = done.layout.items[here]
            done.own[item.name] = tuple(values) if item.most > 1 else values[0]
        return done.layout.struct(**done.own)

    def _misplaced(self, done: _Group) -> None:
        """Name the fewest children whose moving would restore the order."""
        places = [here for here, _ in done.came]
        kept = longest_ordered(places)
        order = [places[at] for at in kept]
        stays = set(kept)
        counts: dict[int, int] = {}
        for at, (here, line) in enumerate(done.came):
            counts[here] = counts.get(here, 0) + 1
            if at in stays:
                continue
            item = done.layout.items[here]
            mark = f"[{counts[here]}]" if item.most > 1 or counts[here] > 1 else ""
            later = bisect_right(order, here)
            end = f"Put it at the end of {done.layout.tag}."
            remedy = f"Put it before {done.layout.items[order[later]].tag}." if later < len(order) else end
            self._add(f"{done.pointer}/{item.tag}{mark}", OUT_OF_PLACE, remedy, line)

    # --- values

    def _value(self, done: _Value) -> object:
        if done.broken:
            return None
        raw = "".join(done.parts)
        if done.length > LONGEST:
            self._add(done.pointer, TOO_LONG, done.item.kind.expected(), done.line, raw)
            return None
        found = done.item.kind.read(raw)
        if isinstance(found, Wrong):
            self._add(done.pointer, found.code, found.remedy, done.line, raw)
        return found

    # --- bounds

    def _add(self, pointer: str, code: str, remedy: str, line: int, value: str = "") -> None:
        self.faults.add(pointer, code, remedy, value=value, line=line)
        if self.faults.full:
            raise _Enough

    def _pass_over(self) -> None:
        """Do not look at an element, nor at what is inside it."""
        self._skipped += 1
        self._stray += 1
        if self._stray > STRAY:
            remedy = f"Leave out what has no place here: reading stopped at {STRAY} such elements."
            self.faults.add(self.faults.whole, TOO_MANY, remedy)
            raise _Enough


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _expected(layout: Layout, place: int) -> str:
    wanted = [item.tag for item in layout.items[place : place + 8]]
    return f"{layout.tag} may go on with {', '.join(wanted)}" if wanted else f"{layout.tag} ends here"
