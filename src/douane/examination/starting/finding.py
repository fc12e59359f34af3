"""What a check finds, and the check itself: one function with an id that stays."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from douane.configuration.settings import NodeSettings
from douane.vocabulary.errors import DouaneError


class Level(enum.StrEnum):
    """How bad it is."""

    WARNING = "warning"  # the node starts; somebody should look
    FAULT = "fault"  # the node does not start, or cannot do what it is for


class Said(NamedTuple):
    """What is wrong, and the sentence that mends it."""

    level: Level
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at. id: ``what.aspect``; programs rely on it."""

    id: str
    look: Callable[[NodeSettings], Iterable[Said]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check said."""

    check: str
    level: Level
    text: str
    remedy: str


def fault(text: str, remedy: str) -> Said:
    """What keeps the node from starting, or from its work."""
    return Said(Level.FAULT, text, remedy)


def warning(text: str, remedy: str) -> Said:
    """What somebody should look at."""
    return Said(Level.WARNING, text, remedy)


def made(checks: Iterable[Check], settings: NodeSettings) -> Iterator[Finding]:
    """What checks say; what one raises is a fault too, since the start would raise it."""
    for check in checks:
        try:
            yield from (Finding(check.id, *said) for said in check.look(settings))
        except Exception as problem:  # noqa: BLE001 - files can be wrong in more ways than anybody lists; all are told
            yield raised(check.id, problem)


def raised(check: str, problem: Exception) -> Finding:
    """A fault out of what a check raised."""
    text, remedy = f"{type(problem).__name__}: {problem}", ""
    match problem:
        case DouaneError():
            text, remedy = problem.text, problem.remedy
        case OSError() if problem.filename is not None:
            text, remedy = f"{problem.filename}: {problem.strerror}.", "Mend the file or its rights."
    return Finding(check, Level.FAULT, text, remedy or "Put right what is named there, or take it from a backup.")
