"""One declaration in many messages: the same groups return under other types, with a little more or less in them.

``recast`` makes a value of another type from the fields of the same name. Groups whose type is the same in both are
shared, not copied; what the target does not have is left out. How two types meet is worked out once a pair.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec
from msgspec.structs import fields

from douane.standards.ncts.phase5 import Address02

T = TypeVar("T", bound=msgspec.Struct)
_ASSUMED: dict[str, object] = {"container_indicator": False}


class _Missing(Exception):
    """A group lacks what the target demands; where the group is optional it is left out."""


class _Field(NamedTuple):
    """A field of the target that has to be looked at: it may be lacking, or is another type on each side."""

    name: str
    required: bool
    present: bool
    group: type[msgspec.Struct] | None
    many: bool


class _Plan(NamedTuple):
    """How two types meet: the fields that pass as they are, read all at once, and those to look at."""

    names: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]
    fields: tuple[_Field, ...]


def recast(value: msgspec.Struct, target: type[T], **given: Any) -> T:
    """A ``target`` with the fields of ``value`` and those given. Raises ValueError where something is lacking."""
    try:
        return _make(value, target, given)
    except _Missing as problem:
        raise ValueError(f"{type(value).__name__} has no {problem} for {target.__name__}") from None


def _make(value: msgspec.Struct, target: type[T], given: dict[str, Any]) -> T:
    plan = _plan(type(value), target)
    made = dict(zip(plan.names, plan.read(value), strict=False))
    made.update(given)
    for name, required, present, group, many in plan.fields:
        if name in made:
            continue
        found = getattr(value, name) if present else None
        if found is None or found == ():
            if required:
                made[name] = _stand_in(value, name)
        elif group is None:
            made[name] = found
        elif many:
            made[name] = tuple([one for each in found if (one := _one(each, group)) is not None])
        else:
            one = _one(found, group)
            if one is not None:
                made[name] = one
            elif required:
                raise _Missing(name)
    return target(**made)


def _one(value: msgspec.Struct, group: type[msgspec.Struct]) -> msgspec.Struct | None:
    if type(value) is group:
        return value
    try:
        # most groups fit as they are, and msgspec meets them field by field in C
        return msgspec.convert(value, group, from_attributes=True)
    except msgspec.ValidationError:
        pass
    try:
        return _make(value, group, {})
    except _Missing:
        return None


def _stand_in(value: msgspec.Struct, name: str) -> object:
    """What a message between offices demands and a trader may leave to the EORI register: until a register is asked,
    the number itself stands for name and address."""
    if name in _ASSUMED:
        return _ASSUMED[name]
    number: str | None = getattr(value, "identification_number", None)
    if number and name == "name":
        return number
    if number and name == "address":
        return Address02(street_and_number=number, postcode="0", city=number[:2], country=number[:2])
    raise _Missing(name)


@functools.cache
def _plan(source: type[msgspec.Struct], target: type[msgspec.Struct]) -> _Plan:
    known = {each.name: each for each in fields(source)}
    as_they_are, looked_at = [], []
    for each in fields(target):
        own = known.get(each.name)
        if own is None and not each.required:
            continue
        group, many = _meeting(own.type if own else None, each.type)
        if own is not None and group is None and (own.required if each.required else each.default in (None, ())):
            as_they_are.append(each.name)  # never lacking, or lacking on both sides alike
        else:
            looked_at.append(_Field(each.name, each.required, own is not None, group, many))
    names = as_they_are or ["__class__"]
    # attrgetter gives a tuple for two names and more: the repeated last one is never looked at
    return _Plan(tuple(as_they_are), attrgetter(*names, names[-1]), tuple(looked_at))


def _meeting(given: Any, wanted: Any) -> tuple[type[msgspec.Struct] | None, bool]:
    """The group to make, and whether there are many; none where both sides hold the same one."""
    group = _group(wanted)
    return (None, False) if given is not None and _group(given) == group else group


def _group(kind: Any) -> tuple[type[msgspec.Struct] | None, bool]:
    """The struct inside a field's type and whether there are many of it."""
    if get_origin(kind) is tuple:
        return _group(get_args(kind)[0])[0], True
    found = [a for a in get_args(kind) or (kind,) if isinstance(a, type) and issubclass(a, msgspec.Struct)]
    return (found[0], False) if found else (None, False)
