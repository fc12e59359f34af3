"""What is said to a project by whoever is answerable for it: a score, or another day for one of its gates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.programme.messages.telling import DelayLine, Name
from douane.author import BEST, Criterion, Gate

Reason = Annotated[str, Meta(min_length=1, max_length=500, title="Reason")]


class ScoreGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A score by one criterion, from now on. Without a value, what is declared or derived counts again."""

    project: Name
    criterion: Annotated[Criterion, Meta(title="Criterion")]
    reason: Reason
    value: Annotated[Annotated[int, Meta(ge=0, le=BEST)] | None, Meta(title="Score, 0 to 4")] = None


class GateMoved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another day for a gate, from now on."""

    project: Name
    gate: Annotated[Gate, Meta(title="Gate")]
    day: Annotated[dt.date, Meta(title="Day")]
    reason: Reason


class ScoreKept(msgspec.Struct, frozen=True):
    """The score counts from now on. place: of the project in the order; 0 for one that is built."""

    project: str
    criterion: Criterion
    value: int
    place: int


class GateKept(msgspec.Struct, frozen=True):
    """The day holds from now on. delayed: whom it holds up, with the deadlines that are missed by it."""

    project: str
    gate: Gate
    day: dt.date
    delayed: tuple[DelayLine, ...] = ()


class ProjectNotChanged(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend."""

    project: str
    reasons: tuple[str, ...]
