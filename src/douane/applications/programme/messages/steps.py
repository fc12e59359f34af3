"""Steps by which a service comes into an administration: as it plans them, and what is told of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import Stage

Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration")]
Turn = Annotated[
    int, Meta(ge=0, title="Turn", description="How often it was said here before: the same may be said again later.")
]
ServiceName = Annotated[str, Meta(pattern=r"\A[a-z0-9_]{1,60}\Z", title="Service")]


class PlannedStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stage and its day. of: whose system is shared. said_done: whether its planner says that it is done."""

    stage: Stage
    day: dt.date
    of: Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="Whose system is shared")] = ""
    said_done: bool = False


class RollOutPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an administration brings a service in: every step of it. It takes the place of what was planned before."""

    administration: Country
    service: ServiceName
    steps: Annotated[tuple[PlannedStep, ...], Meta(max_length=11)]
    turn: Turn = 0


class RollOutKept(msgspec.Struct, frozen=True):
    """The plan holds from now on."""

    administration: str
    service: str
    steps: int


class RollOutRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend."""

    administration: str
    service: str
    reasons: tuple[str, ...]


class PassedOn(msgspec.Struct, frozen=True):
    """What an officer entered was passed on to the centre in the name of his administration; what it says of it comes
    to the inbox of that administration."""

    to: str


class RollOutQuery(msgspec.Struct, frozen=True):
    """Which steps are planned, by administration and service?"""


class RollOutLine(msgspec.Struct, frozen=True):
    """A way of one service into one administration. declared: whether it is what the product declares. turn: how often
    it was planned."""

    administration: str
    service: str
    steps: tuple[PlannedStep, ...]
    declared: bool = False
    turn: int = 0


class RollOut(msgspec.Struct, frozen=True):
    """Every way that is planned. services: those that can be planned."""

    lines: tuple[RollOutLine, ...]
    services: tuple[str, ...] = ()
