"""An attempt: what is tried, of which finding it is, and how its effect is judged."""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.union import Union

FAMILIES = (
    "admission", "answers", "names", "link", "trust", "partners", "fairness", "integrity", "reads", "configuration",
    "operations", "contents", "eyes", "people", "feeds", "imports",
)  # fmt: skip


FIRST, SECOND = "a7404ab", "9c21e3d2"
"""The commits that were reviewed: an attempt is open at the one whose review found it."""
NEVER = "never"
"""Instead of a commit: the attempt was not tried when the second one was reviewed, and that one holds against it."""
UNPLAYED_AT_MOST = 5
"""Attempts that may not be playable at the commit they are of, as it lacks what they go through."""


class Verdict(enum.StrEnum):
    """How an attempt ended."""

    HELD = "held"
    BROKEN = "broken"
    UNPLAYED = "could not be played"


@dataclass(frozen=True)
class Effect:
    """What an attempt did to its victim: whether it was harmed, and by what this was seen."""

    harmed: bool
    seen: str

    @property
    def verdict(self) -> Verdict:
        """What the union is worth against it."""
        return Verdict.BROKEN if self.harmed else Verdict.HELD


Play = Callable[[Union], Effect]


@dataclass(frozen=True)
class Attempt:
    """An attempt of a family. findings: where the hole is described. open_at: the commit that it breaks, or ``NEVER``.

    later: the part of the plan that closes it, where that has not landed; it is played all the same, and told when it
    is closed.
    """

    name: str
    family: str
    findings: tuple[str, ...]
    play: Play
    later: str = ""
    open_at: str = FIRST

    @property
    def says(self) -> str:
        """What is tried, in a sentence."""
        return (self.play.__doc__ or "").strip().partition("\n")[0]


REGISTRY: dict[str, Attempt] = {}


def attempt(*findings: str, later: str = "", open_at: str = FIRST) -> Callable[[Play], Play]:
    """Register an attempt under the name of its function and the family of its module."""

    def register(play: Play) -> Play:
        name, family = play.__name__.replace("_", "-"), play.__module__.rpartition(".")[2]
        if name in REGISTRY:
            raise ValueError(f"there are two attempts {name}")
        REGISTRY[name] = Attempt(name, family, findings, play, later, open_at)
        return play

    return register


def attempts() -> tuple[Attempt, ...]:
    """All attempts, by family and then as they stand in its module."""
    for family in FAMILIES:
        importlib.import_module(f"tests.hostile.attempts.{family}")
    return tuple(sorted(REGISTRY.values(), key=lambda each: FAMILIES.index(each.family)))
