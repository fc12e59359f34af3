"""A national system's list of functions, set against the model: what has a counterpart, is unique, or others have too.

The list is CSV with a heading line: ``function``, ``description``, and where they are known ``service`` (its
counterpart by name), ``elements`` (data elements of its messages), ``articles``; values in a cell stand apart by ``;``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from douane.model.graph import ApplicationModel, Node, NodeKind
from douane.reference_architecture.landscape import Column, Function, Held, functions
from douane.reference_architecture.tables import fault, refuse, rows, several
from douane.vocabulary.errors import Fault

COLUMNS: Final = ("function", "description", "service", "elements", "articles")
ALIKE: Final = 0.3
"""From which part of common data elements on a function counts as a counterpart (our figure)."""
BY_WORDS: Final = "the words "
"""How a reason begins that two words in common are alone."""
_WORD: Final = re.compile(r"[a-z]{4,}")
_COMMON: Final = frozenset(
    [
        "with",
        "that",
        "this",
        "from",
        "into",
        "their",
        "which",
        "they",
        "each",
        "and",
        "for",
        "the",
        "customs",
        "goods",
        "message",
        "data",
    ]
)


class Verdict(enum.StrEnum):
    """How a function of a list stands to the model."""

    COUNTERPART = "counterpart"
    SHARED = "could be shared"
    UNIQUE = "unique"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list."""

    line: int
    function: str
    description: str
    service: str = ""
    elements: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """A function with its verdict. fits: its counterpart in the model, or the administrations that have one too.

    because: what they have in common.
    """

    listed: Listed
    verdict: Verdict
    fits: tuple[str, ...] = ()
    because: str = ""


def read_functions(data: bytes) -> tuple[Listed, ...]:
    """The functions of a list. Raises NotValid with the line of each fault; nothing of a list that has one is taken."""
    found: list[Listed] = []
    names: set[str] = set()
    faults: list[Fault] = []
    for line, cells in rows(data, COLUMNS):
        name = cells["function"]
        if not name:
            faults.append(fault(line, "F05", "Name the function."))
        elif name in names:
            faults.append(fault(line, "F06", "Name each function once.", name))
        names.add(name)
        elements, articles = several(cells["elements"]), several(cells["articles"])
        found.append(Listed(line, name, cells["description"], cells["service"], elements, articles))
    refuse(faults)
    return tuple(found)


def judged(model: ApplicationModel, listed: Iterable[Listed], columns: Sequence[Column] = ()) -> tuple[Judged, ...]:
    """Each function of a list with its verdict. columns: what other administrations declared."""
    known = functions(model)
    words = {each.id: _words(f"{each.name} {each.title}") for each in _comparable(model)}
    return tuple(_judge(each, known, words, columns) for each in listed)


def _comparable(model: ApplicationModel) -> list[Node]:
    kinds = (NodeKind.SERVICE, NodeKind.OPERATION, NodeKind.TASK, NodeKind.CAPABILITY)
    return [node for kind in kinds for node in model.of(kind)]


def _judge(
    listed: Listed, known: Sequence[Function], words: dict[str, frozenset[str]], columns: Sequence[Column]
) -> Judged:
    named = (
        next((each for each in known if listed.service in (each.name, each.title)), None) if listed.service else None
    )
    if named is not None:
        return Judged(listed, Verdict.COUNTERPART, (f"service:{named.name}",), "named in the list")
    if listed.elements:
        best = max(known, key=lambda each: _share(listed.elements, each.elements), default=None)
        if best is not None and _share(listed.elements, best.elements) >= ALIKE:
            common = len(listed.elements & best.elements)
            return Judged(listed, Verdict.COUNTERPART, (f"service:{best.name}",),
                          f"{common} of {len(listed.elements)} data elements")  # fmt: skip
    said = _words(f"{listed.function} {listed.description}")
    fits = sorted(((len(said & each), id) for id, each in words.items()), key=lambda pair: (-pair[0], pair[1]))
    if fits and fits[0][0] >= 2:
        told = " ".join(sorted(said & words[fits[0][1]]))
        return Judged(listed, Verdict.COUNTERPART, (fits[0][1],), f"{BY_WORDS}{told}")
    others = tuple(
        column.administration for column in columns
        if (held := column.holdings.get(listed.function)) is not None and held.held in (Held.OWN, Held.MARKET)
    )  # fmt: skip
    if others:
        return Judged(listed, Verdict.SHARED, others, "they declare the same function")
    return Judged(listed, Verdict.UNIQUE)


def _share(own: frozenset[str], other: frozenset[str]) -> float:
    """How much of what is asked for the other holds."""
    return len(own & other) / len(own) if own else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower().replace("_", " "))) - _COMMON
