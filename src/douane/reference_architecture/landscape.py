"""Who does what with whose system: business functions by administrations, what could be shared, what is there twice.

A business function is what a service of the model does. What an administration runs comes from its node where it is
live, else from the snapshot that it signed. What nobody declared is unknown, and is not counted as none.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from douane.model.declare import Service
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind

ALIKE: Final = 0.8
"""From which part of common data on two operations of different services are reported as duplicates (our figure)."""
UNION: Final = "EU"
LEAST: Final = 4
"""Data elements that a message must have to be compared: smaller ones are alike by chance."""


class Held(enum.StrEnum):
    """Whose system fulfils a function of an administration."""

    OWN = "own"
    CENTRAL = "central"
    SHARED = "shared"
    MARKET = "market"
    NONE = "none"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Function:
    """A business function: the service of the model that does it; operations; level that it promises; data elements."""

    name: str
    title: str
    capability: str
    operations: int
    level: str
    elements: frozenset[str]
    legal: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one administration has for a function.

    of: the administration whose system is shared. volume: messages a month; None where nobody counts them. level: that
    is reached or promised. planned: the day from which. elements, legal: data elements of its messages and articles
    that it rests on, where they are declared.
    """

    held: Held
    of: str = ""
    operations: int = 0
    volume: int | None = None
    level: str = ""
    planned: dt.date | None = None
    elements: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """An administration. live: it has a node in this union just now. taken, number: day and number of the snapshot that
    it signed; None and 0 where it is known by what this node sees of it."""

    administration: str
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    taken: dt.date | None = None
    number: int = 0
    live: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A function that could be shared, with its three factors.

    built: administrations that built or bought one. alike: how much of the data elements of their messages is common
    (0 to 1), None where fewer than two declare them. divergent: articles that not all of them rest on.
    """

    function: Function
    built: int
    alike: float | None
    divergent: int | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two operations of different services whose messages are alike, and by how many of how many data elements."""

    one: str
    other: str
    common: int
    of: int


def functions(model: ApplicationModel) -> tuple[Function, ...]:
    """The business functions of the model, by their titles."""
    return tuple(sorted((_function(model, node.id) for node in model.of(NodeKind.SERVICE)), key=lambda f: f.title))


def _function(model: ApplicationModel, id: str) -> Function:
    node, out = model.node(id), model.out(id)
    operations = [each.target for each in out if each.kind is EdgeKind.OFFERS]
    elements = frozenset(name for each in operations for name in _data(model, each))
    capability = next((each.target for each in out if each.kind is EdgeKind.REALISES), "")
    legal = {each.target for part in (id, *operations) for each in model.out(part) if each.kind is EdgeKind.GROUNDED}
    return Function(
        node.name, node.title, capability.partition(":")[2], len(operations), dict(node.facts).get("level", ""),
        elements, frozenset(each.partition(":")[2] for each in legal),
    )  # fmt: skip


def _data(model: ApplicationModel, operation: str) -> frozenset[str]:
    """The names of the data elements that an operation takes."""
    taken = next((each.target for each in model.out(operation) if each.kind is EdgeKind.TAKES), "")
    facts = dict(model.node(taken).facts) if taken in model else {}
    return frozenset(f"{facts.get('required', '')} {facts.get('optional', '')}".split())


def as_released(function: Function, held: Held, volume: int | None) -> Holding:
    """What a live administration has: this release does the function, at a node of its own or at the centre."""
    return Holding(
        held, operations=function.operations, volume=volume, level=function.level, elements=function.elements,
        legal=function.legal,
    )  # fmt: skip


def joined(columns: Iterable[Column], heard: Collection[str] = ()) -> tuple[Column, ...]:
    """One column for each administration: its newest snapshot, else what is seen of it; those that are live first.

    heard: administrations whose nodes say that they are there. Volumes that are counted here are kept in a snapshot
    that tells none.
    """
    found: dict[str, Column] = {}
    for each in columns:
        known = found.get(each.administration)
        newer, older = (each, known) if known is None or each.number > known.number else (known, each)
        found[each.administration] = newer if older is None else _with_volumes(newer, older)
    shown = (replace(each, live=each.live or each.administration in heard) for each in found.values())
    return tuple(sorted(shown, key=lambda each: not each.live))  # the rest as they came


def _with_volumes(newer: Column, older: Column) -> Column:
    seen = {name: each.volume for name, each in older.holdings.items()}
    holdings = {
        name: replace(each, volume=seen.get(name)) if each.volume is None else each
        for name, each in newer.holdings.items()
    }
    return replace(newer, holdings=holdings, live=newer.live or older.live)


def candidates(known: Iterable[Function], columns: Sequence[Column]) -> tuple[Candidate, ...]:
    """Functions that several administrations built or bought, those first of which most could be one.

    The order is that of the product of the three factors; what is not declared counts as half alike.
    """
    found = []
    for function in known:
        built = [
            holding for column in columns
            if (holding := column.holdings.get(function.name)) and holding.held in (Held.OWN, Held.MARKET)
        ]  # fmt: skip
        if len(built) > 1:
            found.append(Candidate(function, len(built), _alike(built), _divergent(built)))
    return tuple(sorted(found, key=lambda each: (-_worth(each), each.function.title)))


def _alike(built: Sequence[Holding]) -> float | None:
    told = [each.elements for each in built if each.elements]
    pairs = [len(a & b) / len(a | b) for a, b in combinations(told, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def _divergent(built: Sequence[Holding]) -> int | None:
    told = [each.legal for each in built if each.legal]
    return len(frozenset.union(*told) - frozenset.intersection(*told)) if len(told) > 1 else None


def _worth(each: Candidate) -> float:
    alike = 0.5 if each.alike is None else each.alike
    return each.built * alike / (1 + (each.divergent or 0))


def duplicates(model: ApplicationModel) -> tuple[Duplicate, ...]:
    """Operations of different services that take much the same data: the most alike first."""
    taken = {
        node.name: data for node in model.of(NodeKind.OPERATION)
        if dict(node.facts).get("kind") != "event" and len(data := _data(model, node.id)) >= LEAST
    }  # fmt: skip
    found = []
    for (one, first), (other, second) in combinations(sorted(taken.items()), 2):
        if one.partition(".")[0] == other.partition(".")[0]:
            continue
        common, every = len(first & second), len(first | second)
        if common / every >= ALIKE:
            found.append(Duplicate(one, other, common, every))
    return tuple(sorted(found, key=lambda each: (-each.common / each.of, each.one, each.other)))


def of_the_union(service: Service) -> bool:
    """Whether a service keeps its data once for the Union, whatever a message says."""
    if service.administration is None:
        return False
    try:
        return service.administration(None) == UNION
    except (AttributeError, TypeError):  # it looks at the message: each administration has its own
        return False
