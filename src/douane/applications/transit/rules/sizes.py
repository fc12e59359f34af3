"""Tables of sizes: how long an item may be and how often a group may stand, in the notation of the published layouts.

``an..35`` at most 35 characters, ``an4`` exactly 4, ``n..5`` at most 5 digits, ``n..11,3`` at most 11 digits of which 3
decimals, ``9x`` at most nine times, ``0x`` not at all, ``R`` at least once, ``!99`` anything but 99. ``A+B`` counts
several groups together. A row may have a condition (``applicability``). A table becomes rules, one for each id, which
read a message along the paths of their rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from douane.applications.transit.rules.applicability import Holds, field_of, holds, lists_of
from douane.applications.transit.rules.places import Found
from douane.author import LegalDate, Look, Rule, transitional

_FORMAT: Final = re.compile(
    r"(?P<kind>an|n)(?P<most>\.\.)?(?P<size>\d+)(?:,(?P<decimals>\d+))?|(?P<times>\d+)x|!(?P<other>\w+)"
)
REQUIRED: Final = "R"
Row = tuple[str, str, str, str]
"""Rule, path below the root element, format, condition."""
_Place = tuple["_Place | None", str, int]
"""Place above, tag, position among repetitions (0 for what does not repeat). Pointers are built for misfits only."""
_Found = list[tuple[_Place, Any]]
"""Place and value of what does not fit."""


def unfit(form: str) -> Callable[[Any], bool]:
    """Whether a value does not fit a format; never asked of what is absent, nor of what is required."""
    said = _FORMAT.fullmatch(form)
    assert said is not None, form
    if said["other"] is not None:
        return lambda text: text == said["other"]
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


@dataclass(frozen=True, slots=True)
class _Item:
    """What a row says of an element of a group. wrong: whether a stated value does not fit; None where one must be."""

    read: Callable[[Any], Any]
    tag: str
    form: str
    wrong: Callable[[Any], bool] | None
    holds: Holds | None

    def misfits(self, groups: tuple[Any, ...], look: Look) -> Any:
        """What does not fit in the last of these groups, empty text for what is missing; None where all is well."""
        value = self.read(groups[-1])
        absent = value is None or value == ()
        misfit = absent if self.wrong is None else not absent and self.wrong(value)
        if not misfit or (self.holds is not None and not self.holds(groups, look)):
            return None
        return "" if absent else value


@dataclass(slots=True)
class _Step:
    """A group on the way to what a rule checks: its own items, and the groups below it, each with how it is read."""

    below: dict[str, tuple[Callable[[Any], Any], _Step]] = field(default_factory=dict)
    items: list[_Item] = field(default_factory=list)
    sums: list[tuple[Callable[[Any], Any], Callable[[Any], bool]]] = field(default_factory=list)


def _walk(step: _Step, groups: tuple[Any, ...], place: _Place, look: Look, found: _Found) -> None:
    """Collect what does not fit in a group, the last of those on the way to it, and below it."""
    group = groups[-1]
    for item in step.items:
        value = item.misfits(groups, look)
        if value is not None:
            found.extend(_misfits(place, item.tag, item.form, value))
    for read, wrong in step.sums:
        together = [each for several in read(group) for each in several or ()]
        if wrong(together):
            found.append((place, len(together)))
    for tag, (read, below) in step.below.items():
        inner = read(group)
        if isinstance(inner, tuple):
            for n, each in enumerate(inner, 1):
                _walk(below, (*groups, each), (place, tag, n), look, found)
        elif inner is not None:
            _walk(below, (*groups, inner), (place, tag, 0), look, found)


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
    for _, path, form, condition in rows:
        *groups, last = path.split("/")
        step, struct = whole, message
        for tag in groups:
            name, struct = field_of(struct, tag)
            step = step.below.setdefault(tag, (attrgetter(name), _Step()))[1]
        names = [field_of(struct, tag)[0] for tag in last.split("+")]
        applies = holds(condition, message, groups)
        if len(names) > 1:
            assert applies is None, "what is counted together has no condition"
            step.sums.append((attrgetter(*names), unfit(form)))
        else:
            wrong = None if form == REQUIRED else unfit(form)
            step.items.append(_Item(attrgetter(names[0]), last, form, wrong, applies))
    return whole


def _predicate(
    id: str, rows: Sequence[Row], messages: Sequence[type], secret: frozenset[str]
) -> Callable[..., Found]:  # fmt: skip
    ways = {message: _way(message, rows) for message in messages}

    def judge(m: Any, _: object, look: Look) -> Found:
        found: _Found = []
        _walk(ways[type(m)], (m,), (None, type(m).__name__, 0), look, found)
        return (transitional(_pointer(place), "" if place[1] in secret else value) for place, value in found)

    judge.__name__ = id.lower()
    return judge


def rules_of(
    rows: Sequence[Row], texts: Mapping[str, str], messages: Callable[[str], tuple[type, ...]], *, until: LegalDate,
    module: str, secret: frozenset[str] = frozenset(),
) -> tuple[Rule, ...]:  # fmt: skip
    """The rules of a table. texts: how to mend a violation, by rule. messages: the types that a rule is for. secret:
    tags whose value no answer repeats.

    module: where the table stands, as reports name it. Raises KeyError for a path that a message type does not have.
    """
    made = []
    for id in dict.fromkeys(rule for rule, *_ in rows):
        own = tuple(row for row in rows if row[0] == id)
        predicate = _predicate(id, own, messages(id), secret)
        predicate.__module__ = module
        lists = dict.fromkeys(each for row in own for each in lists_of(row[3]))
        made.append(Rule(id, texts[id], messages(id), predicate, tuple(lists), until=until))
    return tuple(made)
