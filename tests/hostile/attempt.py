"""An attempt: what is tried, of which finding it is, and how its effect is judged."""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.union import Union

FAMILIES = (
    "admission", "answers", "names", "link", "trust", "partners", "fairness", "integrity", "reads", "configuration",
    "operations",
)  # fmt: skip


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
    """An attempt of a family. findings: where the hole is described. later: the part of the plan that closes it, where
    that has not landed; it is played all the same, and told when it is closed."""

    name: str
    family: str
    findings: tuple[str, ...]
    play: Play
    later: str = ""

    @property
    def says(self) -> str:
        """What is tried, in a sentence."""
        return (self.play.__doc__ or "").strip().partition("\n")[0]


REGISTRY: dict[str, Attempt] = {}


def attempt(*findings: str, later: str = "") -> Callable[[Play], Play]:
    """Register an attempt under the name of its function and the family of its module."""

    def register(play: Play) -> Play:
        name, family = play.__name__.replace("_", "-"), play.__module__.rpartition(".")[2]
        if name in REGISTRY:
            raise ValueError(f"there are two attempts {name}")
        REGISTRY[name] = Attempt(name, family, findings, play, later)
        return play

    return register


def attempts() -> tuple[Attempt, ...]:
    """All attempts, by family and then as they stand in its module."""
    for family in FAMILIES:
        importlib.import_module(f"tests.hostile.attempts.{family}")
    return tuple(sorted(REGISTRY.values(), key=lambda each: FAMILIES.index(each.family)))
