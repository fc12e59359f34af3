"""Every fault of a JSON body, each with its JSON pointer. msgspec ends at the first, so each part is asked about alone.

A part that is as it should be costs one conversion; only what is wrong is looked into, a member or an item at a time.
Its bounds are those of any body (``standards/json/bounds.py``): no more values than a message can have.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, Final, NewType, Union, get_args, get_origin

import msgspec

from douane.runtime.catalogue.mending import remedy_of
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import Fault

WRONG: Final = PLATFORM.wrong
_ITEMS: Final = 1024
"""Items that are asked about at once: a long list costs little where most of it is right."""
_FIRST: Final = re.compile(r"`\$\.v\[([0-9]+)\]")
_LISTS: Final = (list, tuple, set, frozenset)


def faults_of(body: bytes, message: type) -> Iterator[Fault]:
    """What is wrong with a body within bounds by the type of its message, in the order of the type.

    Raises what msgspec does.
    """
    return _faults(msgspec.json.decode(body), message, "")


def _faults(value: Any, kind: Any, pointer: str) -> Iterator[Fault]:
    problem = _problem(value, kind)
    if problem is None:
        return
    found = False
    for fault in _inside(value, kind, pointer):
        found = True
        yield fault
    if not found:
        said, _, place = str(problem).partition(" - at ")
        yield Fault(pointer + json_pointer(place).removeprefix("/v"), WRONG, remedy_of(said))


def _inside(value: Any, kind: Any, pointer: str) -> Iterator[Fault]:
    """The faults of a value's own bounds, members and items; nothing where it is none of these that is wrong."""
    plain, meta = _plain(kind)
    origin = get_origin(plain) or plain
    if origin in (Union, types.UnionType):
        fitting = [each for each in get_args(plain) if _holds(_plain(each)[0], value)]
        if len(fitting) == 1:
            yield from _inside(value, fitting[0], pointer)
    elif _is_struct(origin) and isinstance(value, dict):
        yield from _members(value, plain, pointer)
    elif origin is dict and isinstance(value, dict) and get_args(plain):
        yield from _bounds(value, dict[str, Any], meta, pointer)
        yield from _entries(value, get_args(plain)[1], pointer)
    elif origin in _LISTS and isinstance(value, list) and (item := _item(plain)) is not None:
        yield from _bounds(value, list[Any], meta, pointer)
        yield from _items(value, item, pointer)


def _items(value: list[Any], item: Any, pointer: str) -> Iterator[Fault]:
    at = 0
    while at < len(value):
        some = value[at : at + _ITEMS]
        problem = _problem(some, list[item])
        if problem is None:
            at += len(some)
            continue
        first = _FIRST.search(str(problem))
        at += int(first[1]) if first is not None else 0
        yield from _faults(value[at], item, f"{pointer}/{at}")
        at += 1


def _entries(value: dict[str, Any], kind: Any, pointer: str) -> Iterator[Fault]:
    entries = iter(value.items())
    while some := dict(islice(entries, _ITEMS)):
        if _problem(some, dict[str, kind]) is not None:
            for key, each in some.items():
                yield from _faults(each, kind, f"{pointer}/{_escaped(key)}")


def _members(value: dict[str, Any], struct: Any, pointer: str) -> Iterator[Fault]:
    fields = msgspec.structs.fields(struct)
    for field in fields:
        if field.encode_name in value:
            yield from _faults(value[field.encode_name], field.type, f"{pointer}/{_escaped(field.encode_name)}")
        elif field.required:
            yield Fault(pointer, WRONG, f"Add the field {field.encode_name}.")
    config = (get_origin(struct) or struct).__struct_config__
    if config.forbid_unknown_fields:
        known = {field.encode_name for field in fields} | {config.tag_field}
        unknown = [name for name in value if name not in known]
        yield from (Fault(f"{pointer}/{_escaped(name)}", WRONG, "Leave this field out.") for name in unknown)


def _bounds(value: Any, kind: Any, meta: tuple[msgspec.Meta, ...], pointer: str) -> Iterator[Fault]:
    for each in meta:
        problem = _problem(value, Annotated[kind, each])
        if problem is not None:
            yield Fault(pointer, WRONG, remedy_of(str(problem).partition(" - at ")[0]))


def _problem(value: Any, kind: Any) -> msgspec.ValidationError | None:
    try:
        msgspec.convert({"v": value}, _holder(kind))
    except msgspec.ValidationError as problem:
        return problem
    return None


@lru_cache(1024)
def _holder(kind: Any) -> type[msgspec.Struct]:
    """A message with one value of a type: msgspec keeps what it finds out about messages, and about nothing else."""
    return msgspec.defstruct("Holder", [("v", kind)])


def _plain(kind: Any) -> tuple[Any, tuple[msgspec.Meta, ...]]:
    """A type without what is said about it, and the bounds that are."""
    meta: tuple[msgspec.Meta, ...] = ()
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            meta += tuple(each for each in more if isinstance(each, msgspec.Meta))
        elif isinstance(kind, NewType):
            kind = kind.__supertype__
        else:
            return kind, meta


def _holds(kind: Any, value: Any) -> bool:
    """Whether a value of this JSON form may be one of the type: which member of a union is meant."""
    origin = get_origin(kind) or kind
    if isinstance(value, dict):
        return _is_struct(origin) or origin is dict
    return isinstance(value, list) and origin in _LISTS


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _item(kind: Any) -> Any:
    """The type of every item; None where items differ or may be anything."""
    found = get_args(kind)
    if get_origin(kind) is tuple:
        return found[0] if len(found) == 2 and found[1] is Ellipsis else None
    return found[0] if found else None


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def json_pointer(place: str) -> str:
    """msgspec's ``$.items[0].mass`` as a JSON pointer."""
    path = place.strip("`").removeprefix("$")
    return path.replace(".", "/").replace("[", "/").replace("]", "")
