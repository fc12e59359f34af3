"""When a row of a table of formats applies: what a message says elsewhere, as one line of terms.

A term is a path below the root element and, mostly, what is asked of it: ``P`` it is stated, ``!P`` it is not,
``P=a,b`` it is one of these, ``P!=a,b`` none of these, ``P@CL010`` it is in the code list, ``P!@CL010`` it is not;
``P:2`` looks at its first two characters, the country of an office. Terms joined by ``&`` must all hold; ``-`` is no
condition. What is not stated is none of anything.

A path is followed from the group that it shares with the path of the row: that of the same house consignment, item or
means. Where it leaves that way and meets groups that repeat, any of them will do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

import msgspec

from douane.author import Look

_TERM: Final = re.compile(
    r"(?P<absent>!)?(?P<path>[\w/]+)(?::(?P<first>\d))?(?:(?P<not>!)?(?P<how>=|@)(?P<values>[\w,]+))?"
)
Holds = Callable[[Sequence[Any], Look], bool]
"""Whether a condition holds, of the groups on the way to what the row is about, from the message down."""


def field_of(struct: type, tag: str) -> tuple[str, Any]:
    """The attribute of an element, and the struct that it holds; KeyError where the type has no such element."""
    found = _fields_of(struct)
    if tag not in found:
        raise KeyError(f"{struct.__name__} has no {tag}")
    return found[tag]


@functools.cache
def _fields_of(struct: type) -> dict[str, tuple[str, Any]]:
    """By element; made once for a type, since its annotations are read anew each time that they are asked for."""
    found = {}
    for field in msgspec.structs.fields(struct):
        kinds = [field.type, *getattr(field.type, "__args__", ())]
        held = next((k for k in kinds if isinstance(k, type) and issubclass(k, msgspec.Struct)), None)
        found[field.encode_name] = (field.name, held)
    return found


def lists_of(condition: str) -> tuple[str, ...]:
    """The code lists that a condition looks at."""
    terms = (_TERM.fullmatch(each) for each in condition.split("&"))
    return tuple(said["values"] for said in terms if said is not None and said["how"] == "@")


def holds(condition: str, message: type, way: Sequence[str]) -> Holds | None:
    """What asks whether a condition holds for a row whose groups have these tags; None where it has none.

    Raises KeyError where a message has no such path, and AssertionError where a term cannot be read.
    """
    if condition == "-":
        return None
    terms = [_term(each, message, way) for each in condition.split("&")]
    return lambda groups, look: all(each(groups, look) for each in terms)


def _term(text: str, message: type, way: Sequence[str]) -> Holds:
    said = _TERM.fullmatch(text)
    assert said is not None, text
    tags = said["path"].split("/")
    shared = 0
    while shared < min(len(way), len(tags) - 1) and way[shared] == tags[shared]:
        shared += 1
    read = _reader(message, tags, shared)
    first = int(said["first"]) if said["first"] else None
    values, positive = frozenset((said["values"] or "").split(",")), not said["not"]

    def stated(groups: Sequence[Any], _look: Look) -> bool:
        return any(True for _ in read(groups[shared])) is not bool(said["absent"])

    def one_of(groups: Sequence[Any], _look: Look) -> bool:
        return any(_text(each)[:first] in values for each in read(groups[shared])) is positive

    def listed(groups: Sequence[Any], look: Look) -> bool:
        return any(look.has(said["values"], _text(each)[:first]) for each in read(groups[shared])) is positive

    return {None: stated, "=": one_of, "@": listed}[said["how"]]


def _text(value: Any) -> str:
    """A value as messages write it; flags are 0 and 1."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _reader(message: type, tags: Sequence[str], shared: int) -> Callable[[Any], Iterator[Any]]:
    """Everything that is stated at a path, from the group where it leaves the way of the row."""
    struct: Any = message
    names = []
    for tag in tags:
        name, struct = field_of(struct, tag)
        names.append(name)
    steps = [attrgetter(name) for name in names[shared:]]

    def read(group: Any, depth: int = 0) -> Iterator[Any]:
        if depth == len(steps):
            yield group
            return
        found = steps[depth](group)
        for each in found if isinstance(found, tuple) else (found,):
            if each is not None:
                yield from read(each, depth + 1)

    return read
