"""Translations between phases 5 and 6 of NCTS: what fits is carried over, the rest is reported field by field.

What both phases have under the same path is carried by the layouts of both; ``MOVES`` declares what stands elsewhere
in phase 6. A report holds everything that the other phase has no place for, so that ``restore`` gives the original
back exactly: the translation loses nothing that its report does not keep.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

import msgspec
from msgspec import Struct

from douane.standards.ncts.binding.kinds import Wrong
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.messages import Messages
from douane.vocabulary.errors import Fault, NotValid

PHASE_ID: Final = {5: "NCTS5.1", 6: "NCTS6"}
Step = tuple[str, int]
"""A tag and a position from 1; position 0 for what cannot repeat."""
Path = tuple[Step, ...]
Tree = dict[str, Any]
"""A group with its tags as keys: texts, groups and lists of groups."""


class What(enum.Enum):
    """What became of a field."""

    DROPPED = "dropped"  # the other phase has no place for it
    UNFIT = "unfit"  # it has a place, but the value is not allowed there
    MOVED = "moved"  # it stands at another level
    MISSING = "missing"  # the other phase demands it, and it is not there
    ADDED = "added"  # the other phase demands it, and its value follows from the phase alone


@dataclass(frozen=True, slots=True)
class Change:
    """One field that could not simply be carried over. ``place`` is where a moved one stands now."""

    what: What
    path: Path
    value: Any = None
    remedy: str = ""
    place: Path = ()

    @property
    def pointer(self) -> str:
        """The path as a pointer from the root of the message."""
        return pointer_of(self.path)


@dataclass(frozen=True, slots=True)
class Translated:
    """A message in the other phase and what became of its fields; None where the other phase demands more."""

    message: Struct | None
    changes: tuple[Change, ...]
    phase_id: str | None = None
    """What the original said of its phase."""

    def needed(self, name: str) -> Struct:
        """The message, or NotValid with a fault for each field that the other phase demands or does not allow."""
        if self.message is not None:
            return self.message
        told = [c for c in self.changes if c.what in (What.MISSING, What.UNFIT)]
        faults = tuple(
            Fault(c.pointer, "13" if c.what is What.MISSING else "51", c.remedy, value=_shown(c.value)) for c in told
        )
        raise NotValid(f"The {name} cannot be said in the other phase.", remedy="Mend each place named.", faults=faults)


@dataclass(frozen=True, slots=True)
class Move:
    """What phase 5 says of each inner group, phase 6 says once of the group around them, where all say the same."""

    around: tuple[str, ...]
    inner: str
    tag: str


_HOUSE = ("Consignment", "HouseConsignment")
MOVES: Final = (
    Move(_HOUSE, "ConsignmentItem", "Consignee"),
    Move(_HOUSE, "ConsignmentItem", "TransportDocument"),
    Move(_HOUSE, "ConsignmentItem", "TransportCharges"),
)
"""The goods item of phase 6 has no consignee, transport document and charges of its own; the house consignment has."""


@dataclass(frozen=True, slots=True)
class Fill:
    """What a phase demands and the other never says, because it can only have one value there."""

    to: int
    path: tuple[str, ...]
    value: Any
    remedy: str


FILLS: Final = (
    Fill(5, ("CC007C", "TransitOperation", "incidentFlag"), False, "Phase 6 tells of no incidents in this message."),
)


def pointer_of(path: Path) -> str:
    """A path as a pointer: ``/CC015C/Consignment/HouseConsignment[1]``."""
    return "".join(f"/{tag}[{place}]" if place else f"/{tag}" for tag, place in path)


def translate(message: Struct, *, to: int) -> Translated:
    """A message of one phase in the other. Raises UnknownMessageType for a type that the other does not have."""
    name, source, target = type(message).__name__, _family(11 - to), _family(to)
    there = target.codecs.codec(name)
    tree = _tree(source, message)
    phase_id = tree.pop("phase_id", None) or tree.pop("PhaseID", None)
    report: list[Change] = []
    root: Path = ((name, 0),)
    if to == 6:
        _lift(tree, root, there.layout, report)
    report += _fill(tree, name, to)
    carried = _carry(tree, source.codecs.codec(name).layout, there.layout, root, report)
    broken = any(c.what is What.MISSING for c in report)
    made = None if broken else _message(target, there.struct, carried, PHASE_ID[to])
    return Translated(made, tuple(report), phase_id)


def restore(translated: Translated, *, to: int) -> Struct:
    """The original of a translation into the other phase, from the message and the report of its changes."""
    message = translated.message
    assert message is not None, "a message that could not be translated has no way back"
    name, source, target = type(message).__name__, _family(11 - to), _family(to)
    tree = _tree(source, message)
    tree.pop("phase_id", None), tree.pop("PhaseID", None)
    for change in translated.changes:
        if change.what is What.ADDED:
            _at(tree, change.path[:-1]).pop(change.path[-1][0], None)
            continue
        if change.what is What.MOVED and change.place:
            _at(tree, change.place[:-1]).pop(change.place[-1][0], None)
        tag, place = change.path[-1]
        group = _at(tree, change.path[:-1])
        if place:
            group.setdefault(tag, []).insert(place - 1, change.value)
        else:
            group[tag] = change.value
    return _message(target, target.codecs.codec(name).struct, tree, translated.phase_id)


# --- steps


@cache
def _family(phase: int) -> Messages[Any]:
    family: Messages[Any] = import_module(f"douane.standards.ncts.phase{phase}.reading").MESSAGES
    return family


def _tree(family: Messages[Any], message: Struct) -> Tree:
    whole: dict[str, Tree] = msgspec.json.decode(family.to_json(message))
    return whole[type(message).__name__]


def _message(family: Messages[Any], struct: type[Struct], tree: Tree, phase_id: str | None) -> Struct:
    marked = {**tree, "PhaseID": phase_id} if phase_id else tree
    return family.from_json(struct, msgspec.json.encode(marked))


def _carry(value: Tree, source: Layout, target: Layout, path: Path, report: list[Change]) -> Tree:
    """What of a group has a place in the other phase; the rest goes into the report."""
    out: Tree = {}
    for item in source.items:
        given = value.get(item.tag)
        if given is None or given == []:
            continue
        here = target.index.get(item.tag)
        if here is None:
            report += _dropped(given, item, path)
        else:
            carried = _item(given, item, target.items[here], path, report)
            if carried is not None and carried != []:
                out[item.tag] = carried
    for tag in value.keys() - source.index.keys():  # put here by a declared move or addition
        out[tag] = value[tag]
    for wanted in target.items:
        if wanted.least and wanted.tag not in out:
            report.append(Change(What.MISSING, (*path, (wanted.tag, 0)), remedy=f"Give {wanted.tag}."))
    return out


def _dropped(given: Any, item: Leaf | Inner, path: Path) -> Iterator[Change]:
    remedy = "The other phase has no such field."
    if isinstance(given, list):
        for place, one in enumerate(given, 1):
            yield Change(What.DROPPED, (*path, (item.tag, place)), one, remedy)
    else:
        yield Change(What.DROPPED, (*path, (item.tag, 0)), given, remedy)


def _item(given: Any, item: Leaf | Inner, there: Leaf | Inner, path: Path, report: list[Change]) -> Any:
    if isinstance(item, Leaf) or isinstance(there, Leaf):
        assert isinstance(there, Leaf)
        found = there.kind.read(_text(given))
        if isinstance(found, Wrong):
            report.append(Change(What.UNFIT, (*path, (item.tag, 0)), given, found.remedy))
            return None
        return given
    if item.most == 1:
        one = given if isinstance(given, dict) else given[0]
        return _group(one, item, there, (*path, (item.tag, 0)), report)
    kept: list[Any] = []
    for place, one in enumerate(given, 1):
        here = (*path, (item.tag, place))
        if place > there.most:
            report.append(Change(What.DROPPED, here, one, f"Give it at most {there.most} times."))
        else:
            kept.append(_carry(one, item.layout, there.layout, here, report))
    return kept


def _group(one: Tree, item: Inner, there: Inner, path: Path, report: list[Change]) -> Tree | None:
    """A single group; an optional one of which nothing fits is left out whole."""
    own: list[Change] = []
    carried = _carry(one, item.layout, there.layout, path, own)
    if not there.least and any(c.what is What.MISSING for c in own):
        missing = ", ".join(c.path[-1][0] for c in own if c.what is What.MISSING)
        report.append(Change(What.DROPPED, path, one, f"The other phase demands {missing} in it."))
        return None
    report += own
    return carried


def _fill(tree: Tree, name: str, to: int) -> Iterator[Change]:
    """Add what the other phase demands and can have one value only."""
    for fill in FILLS:
        if (fill.to, fill.path[0]) != (to, name):
            continue
        path = tuple((tag, 0) for tag in fill.path)
        group = _at(tree, path[:-1])
        if fill.path[-1] not in group:
            group[fill.path[-1]] = fill.value
            yield Change(What.ADDED, path, fill.value, fill.remedy)


def _lift(tree: Tree, root: Path, layout: Layout, report: list[Change]) -> None:
    """Apply the declared moves where the other phase has the field outside only and all inner groups agree."""
    for move in MOVES:
        around = _layout_at(layout, move.around)
        if around is None or move.tag not in around.index or _has(around, move.inner, move.tag):
            continue
        for path, group in _groups(tree, root, move.around):
            inner = group.get(move.inner) or []
            values = [one.get(move.tag) for one in inner]
            if not values or not values[0] or group.get(move.tag) or any(v != values[0] for v in values):
                continue
            where = (*path, (move.tag, 0))
            for place, one in enumerate(inner, 1):
                below = (*path, (move.inner, place))
                report += _moved(one.pop(move.tag), below, move.tag, where if place == 1 else ())
            group[move.tag] = values[0]


def _moved(value: Any, path: Path, tag: str, where: Path) -> Iterator[Change]:
    remedy = "It holds for the whole group now."
    for place, one in enumerate(value if isinstance(value, list) else [value], isinstance(value, list)):
        yield Change(What.MOVED, (*path, (tag, place)), one, remedy, where if place <= 1 else ())


def _layout_at(layout: Layout, tags: Sequence[str]) -> Layout | None:
    for tag in tags:
        here = layout.index.get(tag)
        item = None if here is None else layout.items[here]
        if not isinstance(item, Inner):
            return None
        layout = item.layout
    return layout


def _has(around: Layout, inner: str, tag: str) -> bool:
    below = _layout_at(around, (inner,))
    return below is not None and tag in below.index


def _groups(tree: Tree, path: Path, tags: Sequence[str]) -> Iterator[tuple[Path, Tree]]:
    if not tags:
        yield path, tree
        return
    found = tree.get(tags[0])
    for place, one in enumerate(found if isinstance(found, list) else [found] if found else [], 1):
        yield from _groups(one, (*path, (tags[0], place if isinstance(found, list) else 0)), tags[1:])


def _at(tree: Tree, path: Path) -> Tree:
    """The group at a path below the root, made where it was left out."""
    for tag, place in path[1:]:
        found = tree.setdefault(tag, [] if place else {})
        tree = found[place - 1] if place else found
    return tree


def _text(given: Any) -> str:
    return str(int(given)) if isinstance(given, bool) else str(given)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:120]
