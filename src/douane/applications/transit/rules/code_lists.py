"""Code lists as a layer below the rules: every coded item holds a code of its list on the decisive date.

A check is built once per message type and set of loaded lists. A function compiled for the message type says whether
every code fits, which is so in almost every message; where one does not, a walk finds all that do not. A list that is
not loaded is not checked; ``unchecked`` names these, so that an operator sees what is missing.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

import msgspec

from douane.applications.transit.rules.coded_items import CODED_ITEMS
from douane.author import COUNTED, NCTS5, REMEMBERED, Fault, Look, LookAsOf
from douane.standards import written

NOT_IN_LIST = NCTS5.codes.unlisted

_Place = tuple["_Place | None", str, int]
"""Place above, tag, and position among repetitions (0 for a group that does not repeat)."""
_Misfit = tuple[_Place, str, str, str]
"""Place, tag, code list and code."""
_Has = Callable[[str, str | None], bool]
_Fits = Callable[[object], bool]
"""Whether every code of a message is in its list."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A coded item (``code_list`` is set) or a group below that holds some (``below`` is set)."""

    name: str
    tag: str
    code_list: str = ""
    below: _Plan | None = None
    repeated: bool = False
    only: _Part | None = None
    """The one coded item of a group that holds nothing else to check, such as a document: most groups are like that."""


class _Plan:
    """What to read of a group, all at once: most parts of most groups are absent, and cost next to nothing."""

    __slots__ = ("parts", "read")

    def __init__(self, parts: list[_Part]) -> None:
        self.parts = tuple(parts)
        names = [each.name for each in parts] or ["__class__"]
        # attrgetter gives a tuple for two names and more: the repeated last one is never looked at
        self.read = attrgetter(*names, names[-1])


def _group_type(annotation: object) -> tuple[type, bool] | None:
    """The struct that a field holds and whether it repeats; None for an item."""
    if typing.get_origin(annotation) is tuple:
        inner: object = typing.get_args(annotation)[0]
        repeated = True
    else:
        union = typing.get_origin(annotation) in {types.UnionType, typing.Union}
        inner = typing.get_args(annotation)[0] if union else annotation
        repeated = False
    return (inner, repeated) if isinstance(inner, type) and issubclass(inner, msgspec.Struct) else None


def _only(plan: _Plan) -> _Part | None:
    """The one coded item of a plan that holds nothing else."""
    first = plan.parts[0]
    return first if len(plan.parts) == 1 and first.below is None and "." not in first.name else None


def _plan(struct: type, lists: dict[str, str], above: str = "") -> _Plan:
    """The plan of a struct; ``lists`` holds code lists by path. Truth values (CL027) were settled in reading."""
    parts = []
    for field in msgspec.structs.fields(struct):
        path = above + field.encode_name
        found = _group_type(field.type)
        if found is not None:
            below = _plan(found[0], lists, f"{path}/")
            if field.required and not found[1]:  # always there once: read its parts with those of this group
                tag, name = field.encode_name, field.name
                parts += [replace(part, name=f"{name}.{part.name}", tag=f"{tag}/{part.tag}") for part in below.parts]
            elif below.parts:
                parts.append(_Part(field.name, field.encode_name, "", below, found[1], _only(below)))
        elif path in lists and field.type not in {bool, bool | None}:
            parts.append(_Part(field.name, field.encode_name, lists[path]))
    return _Plan(parts)


@functools.cache
def _whole_plan(message: type, lists: tuple[str, ...]) -> _Plan:
    """The plan of a message type for these lists, shared by all nodes of a process."""
    named = CODED_ITEMS[message.__name__]
    return _plan(message, {path: each for each in lists for path in named[each]})


@functools.cache
def _fitting(message: type, lists: tuple[str, ...]) -> Callable[..., _Fits]:
    """Makes the function that says whether a message fits, from the codes of these lists in their order.

    It is written from the plan, whose names are those of declared fields: nothing of a message becomes code.
    """
    names = {each: f"codes{n}" for n, each in enumerate(lists)}
    lines = [f"def made({', '.join(names.values())}):", " def fits(at0):"]
    lines += [*_tests(_whole_plan(message, lists), 0, "  ", names), "  return True", " return fits"]
    return written.function(f"codes of {message.__name__}", lines, {})


def _tests(plan: _Plan, depth: int, margin: str, names: dict[str, str]) -> Iterator[str]:
    """The lines that judge a group, which stands in a variable named by its depth."""
    for part in plan.parts:
        here, below = f"at{depth}.{part.name}", f"at{depth + 1}"
        if part.below is None:
            yield f"{margin}code = {here}"
            yield f"{margin}if code and code not in {names[part.code_list]}: return False"
            continue
        if part.repeated:
            yield f"{margin}for {below} in {here}:"
        else:
            yield f"{margin}{below} = {here}"
            yield f"{margin}if {below} is not None:"
        yield from _tests(part.below, depth + 1, f"{margin} ", names)


def _walk(plan: _Plan, group: object, place: _Place, has: _Has, found: list[_Misfit]) -> None:
    """Collect what does not fit. Pointers are built later, for misfits only."""
    for part, value in zip(plan.parts, plan.read(group), strict=False):
        if not value:
            continue
        below, only = part.below, part.only
        if below is None:
            if not has(part.code_list, value):
                found.append((place, part.tag, part.code_list, value))
        elif only is not None:
            for position, each in enumerate(value, 1) if part.repeated else ((0, value),):
                code = getattr(each, only.name)
                if code is not None and not has(only.code_list, code):
                    found.append(((place, part.tag, position), only.tag, only.code_list, code))
        elif part.repeated:
            for position, each in enumerate(value, 1):
                _walk(below, each, (place, part.tag, position), has, found)
        else:
            _walk(below, value, (place, part.tag, 0), has, found)


def _pointer(place: _Place) -> str:
    above, tag, position = place
    own = f"/{tag}[{position}]" if position else f"/{tag}"
    return own if above is None else _pointer(above) + own


class CodeListCheck:
    """The check of one message type against the lists that are loaded."""

    __slots__ = ("_fits", "_message", "_name", "_plan", "lists")

    def __init__(self, message: type, available: Container[str]) -> None:
        """Raises KeyError for a message type whose coded items are not known."""
        self.lists: tuple[str, ...] = tuple(sorted(each for each in CODED_ITEMS[message.__name__] if each in available))
        self._name = message.__name__
        self._plan = _whole_plan(message, self.lists)
        self._message = message
        self._fits: dict[Look, _Fits] = {}

    def faults(self, message: object, look: Look) -> tuple[Fault, ...]:
        """Every code that its list does not hold on the decisive date; a thousand at most."""
        if isinstance(look, LookAsOf) and self._fit(look)(message):
            return ()
        found: list[_Misfit] = []
        _walk(self._plan, message, (None, self._name, 0), look.has, found)
        return tuple(self._faults(found[:COUNTED], look)) if found else ()

    def _fit(self, look: LookAsOf) -> _Fits:
        found = self._fits.get(look)
        if found is None:
            if len(self._fits) >= REMEMBERED:
                self._fits.clear()
            codes = [look.codes(each) for each in self.lists]
            found = self._fits[look] = _fitting(self._message, self.lists)(*codes)
        return found

    def _faults(self, found: list[_Misfit], look: Look) -> Iterator[Fault]:
        for place, tag, code_list, code in found:
            remedy = f"Choose a code that list {code_list} holds on {look.date:%Y-%m-%d}."
            yield Fault(f"{_pointer(place)}/{tag}", NOT_IN_LIST, remedy, value=code)


def unchecked(message: type, available: Container[str]) -> tuple[str, ...]:
    """The lists that a message type names and that are not loaded, in order."""
    return tuple(sorted(each for each in CODED_ITEMS[message.__name__] if each not in available))
