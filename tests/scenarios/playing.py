"""Playing rows: each with its brakes, where it must come out right, and without each of them, where it must not."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from tests.scenarios import plays
from tests.scenarios.brakes import Brake
from tests.scenarios.row import ASKED, Look, Row, differences, planned, rows

Act = Callable[[list[Look]], None]


@dataclass(frozen=True)
class Play:
    """What happens in a row, and what holds it."""

    number: int
    act: Act
    brakes: tuple[Brake, ...]


_PLAYS: dict[int, Play] = {}


def play(number: int, *brakes: Brake) -> Callable[[Act], Act]:
    """Declare what happens in a row; a module in ``plays`` declares as many as it likes."""

    def declare(act: Act) -> Act:
        if number in _PLAYS:
            raise ValueError(f"row {number} is played already")
        _PLAYS[number] = Play(number, act, brakes)
        return act

    return declare


def found() -> dict[int, Play]:
    """Every play that a module beside declares, by number."""
    for each in pkgutil.iter_modules(plays.__path__):
        importlib.import_module(f"{plays.__name__}.{each.name}")
    return dict(sorted(_PLAYS.items()))


def kept() -> dict[int, Play]:
    """Every play of a row that must be kept: those of planned rows are left out."""
    return {number: each for number, each in found().items() if number not in planned()}


@dataclass(frozen=True)
class Outcome:
    """How a row came out: what differs with its brakes, and the brakes without which nothing differs."""

    row: Row
    differs: tuple[str, ...]
    idle: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """R right, W wrong."""
        return "W" if self.differs else "R"

    @property
    def without(self) -> str:
        """The same without a brake: W is what must come out, M that there is none."""
        return "M" if not self.row.without else "R" if self.idle else "W"

    @property
    def holds(self) -> bool:
        """Right, and by its brakes."""
        return self.verdict == "R" and self.without == "W"


def judged(row: Row, play: Play) -> Outcome:
    """Play a row, then again without each of its brakes."""
    named = tuple(each.name for each in play.brakes)
    if named != row.without:
        return Outcome(row, (f"brakes {list(named)}, expected {list(row.without)}",), ())
    idle = []
    for brake in play.brakes:
        with brake.taken_away():
            if not once(row, play):
                idle.append(brake.name)
    return Outcome(row, tuple(once(row, play)), tuple(idle))


def once(row: Row, play: Play) -> list[str]:
    """What differs from what the law expects; a play that cannot go on differs."""
    looks: list[Look] = []
    try:
        play.act(looks)
    except AssertionError as problem:
        return [*differences(row.looks[: len(looks)], tuple(looks)), f"it could not go on: {problem}"]
    return differences(row.looks, tuple(looks))


def all_outcomes() -> tuple[list[Outcome], list[int]]:
    """Every row that can be played with its outcome, and the numbers of those that cannot."""
    expected, played = rows(), kept()
    done = [judged(expected[number], played[number]) for number in sorted(expected) if number in played]
    return done, sorted({*ASKED, *expected, *played} - (expected.keys() & played.keys()))
