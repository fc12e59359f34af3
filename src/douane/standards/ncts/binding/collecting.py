"""The collecting reader: judges a parsed message and names every fault, or gives the struct.

It is the one engine of refusal: the fast reader only accepts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from douane.standards.ncts.binding.kinds import Wrong
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.vocabulary.errors import Fault

if TYPE_CHECKING:
    from lxml.etree import _Element
    from msgspec import Struct

MOST_FAULTS = 9999  # a CC917C carries no more
MISSING, OUT_OF_PLACE, OTHER, TOO_MANY = "13", "15", "18", "35"
_SCHEMA_HINTS = (
    "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
    "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
)
_BLANK = " \t\r\n"


@dataclass(slots=True)
class Reading:
    """One pass over one message."""

    phases: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def message(self, root: _Element, layout: Layout) -> Struct | None:
        """The message, or None with its faults collected."""
        own: dict[str, object] = {"phase_id": None}
        for name, value in root.attrib.items():
            if name == "PhaseID":
                own["phase_id"] = " ".join(str(value).split())
                if own["phase_id"] not in self.phases:
                    remedy = f"Give one of: {', '.join(self.phases)}."
                    self._add(f"/{layout.tag}/@PhaseID", "12", remedy, root, str(value))
            elif name not in _SCHEMA_HINTS:
                self._add(
                    f"/{layout.tag}", OUT_OF_PLACE, f"Leave out the attribute {_local(str(name))}.", root, str(value)
                )
        found = self._group(root, layout, f"/{layout.tag}", own)
        return None if self.faults else found

    @property
    def full(self) -> bool:
        """Whether no more faults are taken."""
        return len(self.faults) >= MOST_FAULTS

    def _add(self, pointer: str, code: str, remedy: str, node: _Element, value: str = "") -> None:
        if not self.full:
            self.faults.append(Fault(pointer, code, remedy, value=value, line=_line(node)))

    def _group(self, node: _Element, layout: Layout, pointer: str, own: dict[str, Any]) -> Struct | None:
        before, place, ordered = len(self.faults), 0, True
        lists: dict[int, list[Any]] = {}
        self._no_text(node.text, node, pointer)
        for child in node:
            if child.tail:
                self._no_text(child.tail, child, pointer)
            here = layout.index.get(str(child.tag))
            if here is None:
                after = place in lists and layout.items[place].most == 1
                self._foreign(child, layout, place + after, pointer)
                continue
            item = layout.items[here]
            values = lists.setdefault(here, [])
            path = f"{pointer}/{item.tag}"
            if values or item.most > 1:
                path += f"[{len(values) + 1}]"
            if len(values) == item.most:  # named once, however many follow
                self._add(path, TOO_MANY, f"Give it at most {item.most} time{'s' * (item.most > 1)}.", child)
            ordered = ordered and here >= place
            place = max(place, here)
            values.append(self._item(child, item, path))
            if self.full:
                return None
        if not ordered:
            self._misplaced(node, layout, pointer)
        self._absent(node, layout, pointer, lists)
        if len(self.faults) > before:
            return None
        for here, values in lists.items():
            item = layout.items[here]
            own[item.name] = tuple(values) if item.most > 1 else values[0]
        return layout.struct(**own)

    def _misplaced(self, node: _Element, layout: Layout, pointer: str) -> None:
        """Name the fewest children whose moving would restore the order."""
        known = [child for child in node if child.tag in layout.index]
        places = [layout.index[str(child.tag)] for child in known]
        kept = _longest_ordered(places)
        order = [places[at] for at in kept]
        stays = set(kept)
        counts: dict[int, int] = {}
        for at, (child, here) in enumerate(zip(known, places, strict=True)):
            counts[here] = counts.get(here, 0) + 1
            if at in stays:
                continue
            if self.full:
                return
            item = layout.items[here]
            mark = f"[{counts[here]}]" if item.most > 1 or counts[here] > 1 else ""
            later = bisect_right(order, here)
            end = f"Put it at the end of {layout.tag}."
            remedy = f"Put it before {layout.items[order[later]].tag}." if later < len(order) else end
            self._add(f"{pointer}/{item.tag}{mark}", OUT_OF_PLACE, remedy, child)

    def _foreign(self, child: _Element, layout: Layout, place: int, pointer: str) -> None:
        remedy = f"Leave it out: {_expected(layout, place)}."
        self._add(f"{pointer}/{_local(str(child.tag))}", OUT_OF_PLACE, remedy, child)

    def _item(self, node: _Element, item: Leaf | Inner, pointer: str) -> object:
        if node.keys():
            for name, value in node.attrib.items():
                if name not in _SCHEMA_HINTS:
                    self._add(pointer, OUT_OF_PLACE, f"Leave out the attribute {_local(str(name))}.", node, str(value))
        if isinstance(item, Inner):
            return self._group(node, item.layout, pointer, {})
        for child in node if len(node) else ():
            self._add(f"{pointer}/{_local(str(child.tag))}", OUT_OF_PLACE, "Give a value without elements.", child)
        if len(node):
            return None
        raw = node.text or ""
        found = item.kind.read(raw)
        if isinstance(found, Wrong):
            self._add(pointer, found.code, found.remedy, node, raw)
        return found

    def _no_text(self, text: str | None, node: _Element, pointer: str) -> None:
        if text and text.strip(_BLANK):
            self._add(pointer, OTHER, "Leave out the text between the elements.", node, text.strip())

    def _absent(self, node: _Element, layout: Layout, pointer: str, lists: dict[int, list[Any]]) -> None:
        for here, item in enumerate(layout.items):
            if item.least and here not in lists:
                after = next((layout.items[i].tag for i in range(here - 1, -1, -1) if i in lists), "")
                where = f"after {after}" if after else "first"
                self._add(f"{pointer}/{item.tag}", MISSING, f"Give {item.tag}, {where} in {layout.tag}.", node)


def _longest_ordered(places: list[int]) -> list[int]:
    """Positions of a longest selection of ``places`` that never falls, in order."""
    tops: list[int] = []  # place at the end of the best stretch of each length
    ends: list[int] = []  # its position
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_right(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    kept: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return kept[::-1]


def _line(node: _Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 0


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _expected(layout: Layout, place: int) -> str:
    wanted = [item.tag for item in layout.items[place : place + 8]]
    return f"{layout.tag} may go on with {', '.join(wanted)}" if wanted else f"{layout.tag} ends here"
