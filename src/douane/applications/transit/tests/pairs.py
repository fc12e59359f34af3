"""A rule's two cases: a message that keeps it and one that breaks it, with the places that the refusal must name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from douane.applications.transit import tests
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests.code_lists import AFTER
from douane.author import Look


@dataclass(frozen=True, slots=True)
class Pair:
    """``places`` are (pointer below the root element, CL180 code) in the order of the refusal."""

    rule: str
    kept: object
    broken: object
    places: tuple[tuple[str, str], ...]
    look: Look = field(default=AFTER)
    case: KnownCase | None = None

    @property
    def name(self) -> str:
        """Rule, message type and first place, for the test report."""
        return f"{self.rule}-{type(self.broken).__name__}-{self.places[0][0].rpartition('/')[2]}"


def pair(
    rule: str, kept: object, broken: object, *places: tuple[str, str], look: Look = AFTER,
    case: KnownCase | None = None,
) -> Pair:  # fmt: skip
    """A pair, with its places as arguments."""
    return Pair(rule, kept, broken, places, look, case)


def pairs() -> Iterator[Pair]:
    """The pairs of every module ``pairs_...`` beside this one."""
    for found in sorted(pkgutil.iter_modules(tests.__path__), key=lambda m: m.name):
        if found.name.startswith("pairs_"):
            yield from importlib.import_module(f"{tests.__name__}.{found.name}").PAIRS
