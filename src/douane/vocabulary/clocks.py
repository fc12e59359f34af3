"""The clock by which an answer tells an instant: that of the law, or that of the machine.

In operation the two show the same. In development the statutory clock may be set ahead (``vocabulary.statutory``), and
an instant then means nothing to whoever does not know its clock. Limits, effects and acts of customs go by the
statutory clock; messages, sessions, figures and what a node knew go by the machine's. On the wire nothing differs:
these are types for whoever writes an answer, and a sentence in the schemas for whoever reads one.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Final, NewType

from msgspec import Meta, inspect

from douane.vocabulary.time import Instant, moment

EXTRA: Final = "clock"
"""Under which name the type of an instant says its clock."""


class Clock(enum.StrEnum):
    """Which clock an instant is read off."""

    STATUTORY = "statutory"
    MACHINE = "machine"


_LAW: Final = Meta(description="By the statutory clock.", extra={EXTRA: Clock.STATUTORY})
_NODE: Final = Meta(description="By the clock of the machine.", extra={EXTRA: Clock.MACHINE})

Statutory = NewType("Statutory", Annotated[dt.datetime, _LAW])
"""An instant of the law, as a date and time: when something begins, ends, is due, was decided or signed."""
Machine = NewType("Machine", Annotated[dt.datetime, _NODE])
"""An instant of the machine, as a date and time: when something was received, sent, counted or known."""
MachineMicros = Annotated[int, _NODE]
"""An instant of the machine in microseconds since 1970; 0 where it did not happen."""


def statutory(at: int) -> Statutory:
    """The date and time of an instant of the law (microseconds since 1970)."""
    return Statutory(moment(Instant(at)))


def machine(at: int) -> Machine:
    """The date and time of an instant of the machine (microseconds since 1970)."""
    return Machine(moment(Instant(at)))


@cache
def bare(message: type) -> tuple[str, ...]:
    """The instants of a message type that say no clock, at any depth: ``CaseLine.opened``. Whole numbers are seen as
    instants where they are named like one (``at``, ``saved_at``)."""
    return tuple(dict.fromkeys(_bare(inspect.type_info(message), "", "", set())))


def _bare(of: inspect.Type, owner: str, name: str, seen: set[type]) -> Iterator[str]:
    match of:
        case inspect.Metadata():
            if EXTRA not in (of.extra or {}):
                yield from _bare(of.type, owner, name, seen)
        case inspect.DateTimeType():
            yield f"{owner}.{name}"
        case inspect.IntType() if name == "at" or name.endswith("_at"):
            yield f"{owner}.{name}"
        case inspect.StructType() | inspect.DataclassType() | inspect.NamedTupleType() if of.cls not in seen:
            seen.add(of.cls)
            for each in of.fields:
                yield from _bare(each.type, of.cls.__name__, each.name, seen)
        case inspect.UnionType():
            for one in of.types:
                yield from _bare(one, owner, name, seen)
        case inspect.TupleType():
            for one in of.item_types:
                yield from _bare(one, owner, name, seen)
        case inspect.CollectionType():
            yield from _bare(of.item_type, owner, name, seen)
        case inspect.DictType():
            yield from _bare(of.value_type, owner, name, seen)
        case _:
            return
