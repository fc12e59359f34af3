"""Tables of sizes: how long an item may be and how often a group may stand, in the notation of the published layouts.

``an..35`` at most 35 characters, ``an4`` exactly 4, ``n..5`` at most 5 digits, ``n..11,3`` at most 11 digits of which 3
decimals, ``9x`` at most nine times, ``0x`` not at all. ``A+B`` counts several groups together. A table becomes rules,
one for each id, which read a message along the paths of their rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

import msgspec

from douane.applications.transit.rules.places import Found
from douane.model.rules import LegalDate, Rule, transitional

_FORMAT: Final = re.compile(r"(?P<kind>an|n)(?P<most>\.\.)?(?P<size>\d+)(?:,(?P<decimals>\d+))?|(?P<times>\d+)x")
Row = tuple[str, str, str]
"""Rule, path below the root element, format."""
_Place = tuple["_Place | None", str, int]
"""Place above, tag, position among repetitions (0 for what does not repeat). Pointers are built for misfits only."""
_Found = list[tuple[_Place, Any]]
"""Place and value of what does not fit."""


def unfit(form: str) -> Callable[[Any], bool]:
    """Whether a value does not fit a format; never asked of what is absent."""
    said = _FORMAT.fullmatch(form)
    assert said is not None, form
    if said["times"] is not None:
        times = int(said["times"])
        return (lambda group: len(group) > times) if times else (lambda _present: True)
    size, decimals = int(said["size"]), int(said["decimals"] or 0)
    if said["kind"] == "an":
        return (lambda text: len(text) > size) if said["most"] else (lambda text: len(text) != size)
    if not decimals:
        return lambda number: number >= 10**size
    simple, smallest = Decimal(10) ** (size - decimals), Decimal(1).scaleb(-decimals)
    return lambda number: (number >= simple or number % smallest) and _too_precise(number, size, decimals)


def _too_precise(number: Decimal, size: int, decimals: int) -> bool:
    """Whether a number does not fit so many digits, of which at most so many decimals."""
    _, digits, exponent = number.normalize().as_tuple()
    after = max(0, -int(exponent))
    return after > decimals or max(0, len(digits) + int(exponent)) + after > size


@dataclass(slots=True)
class _Step:
    """A group on the way to what a rule checks: its own items, and the groups below it, each with how it is read."""

    below: dict[str, tuple[Callable[[Any], Any], _Step]] = field(default_factory=dict)
    items: list[tuple[Callable[[Any], Any], str, str, Callable[[Any], bool]]] = field(default_factory=list)
    sums: list[tuple[Callable[[Any], Any], Callable[[Any], bool]]] = field(default_factory=list)


def _walk(step: _Step, group: Any, place: _Place, found: _Found) -> None:
    """Collect what does not fit in a group and below it."""
    for read, tag, form, wrong in step.items:
        value = read(group)
        if value and wrong(value):
            found.extend(_misfits(place, tag, form, value))
    for read, wrong in step.sums:
        together = [each for several in read(group) for each in several or ()]
        if wrong(together):
            found.append((place, len(together)))
    for tag, (read, below) in step.below.items():
        inner = read(group)
        if isinstance(inner, tuple):
            for n, each in enumerate(inner, 1):
                _walk(below, each, (place, tag, n), found)
        elif inner is not None:
            _walk(below, inner, (place, tag, 0), found)


def _misfits(place: _Place, tag: str, form: str, value: Any) -> Iterator[tuple[_Place, Any]]:
    """A group too often is named where it is one too many, one that may not stand at all each time, an item once."""
    if not isinstance(value, tuple):
        yield (place, tag, 0), value if isinstance(value, str | int | Decimal) else ""
    elif form == "0x":
        yield from (((place, tag, n), "") for n in range(1, len(value) + 1))
    else:
        yield (place, tag, int(form[:-1]) + 1), len(value)


def _pointer(place: _Place) -> str:
    above, tag, position = place
    own = f"/{tag}[{position}]" if position else f"/{tag}"
    return own if above is None else _pointer(above) + own


def _way(message: type, rows: Sequence[Row]) -> _Step:
    """The steps through a message type that the paths of these rows need."""
    whole = _Step()
    for _, path, form in rows:
        *groups, last = path.split("/")
        step, struct = whole, message
        for tag in groups:
            name, struct = _field(struct, tag)
            step = step.below.setdefault(tag, (attrgetter(name), _Step()))[1]
        names = [_field(struct, tag)[0] for tag in last.split("+")]
        if len(names) > 1:
            step.sums.append((attrgetter(*names), unfit(form)))
        else:
            step.items.append((attrgetter(names[0]), last, form, unfit(form)))
    return whole


def _field(struct: type, tag: str) -> tuple[str, Any]:
    """The attribute of an element, and the struct that it holds; KeyError where the type has no such element."""
    found = next((f for f in msgspec.structs.fields(struct) if f.encode_name == tag), None)
    if found is None:
        raise KeyError(f"{struct.__name__} has no {tag}")
    kinds = [found.type, *getattr(found.type, "__args__", ())]
    return found.name, next((k for k in kinds if isinstance(k, type) and issubclass(k, msgspec.Struct)), None)


def _predicate(
    id: str, rows: Sequence[Row], messages: Sequence[type], secret: frozenset[str]
) -> Callable[..., Found]:  # fmt: skip
    ways = {message: _way(message, rows) for message in messages}

    def judge(m: Any, *_: object) -> Found:
        found: _Found = []
        _walk(ways[type(m)], m, (None, type(m).__name__, 0), found)
        return (transitional(_pointer(place), "" if place[1] in secret else value) for place, value in found)

    judge.__name__ = id.lower()
    return judge


def rules_of(
    rows: Sequence[Row], texts: Mapping[str, str], messages: Sequence[type], *, until: LegalDate,
    module: str, secret: frozenset[str] = frozenset(),
) -> tuple[Rule, ...]:  # fmt: skip
    """The rules of a table. texts: how to mend a violation, by rule. secret: tags whose value no answer repeats.

    module: where the table stands, as reports name it. Raises KeyError for a path that a message type does not have.
    """
    made = []
    for id in dict.fromkeys(rule for rule, _, _ in rows):
        predicate = _predicate(id, tuple(row for row in rows if row[0] == id), messages, secret)
        predicate.__module__ = module
        made.append(Rule(id, texts[id], tuple(messages), predicate, until=until))
    return tuple(made)
