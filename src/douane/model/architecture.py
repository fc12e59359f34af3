"""What an architect thinks in: goals, capabilities, process levels, tasks, requirements, projects, steps, instances.

Declared as values in an application's ``contract.py`` (or a package of its own) and found by discovery, like services.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Annotated

import msgspec

from douane.model.declare import Status


@dataclass(frozen=True, slots=True)
class Goal:
    """What the union wants to reach; ``source`` names where it is stated."""

    name: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Capability:
    """Something an administration must be able to do, whatever system does it. ``serves`` names goals."""

    name: str
    text: str
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessLevel:
    """A business process at a level of the process model (1 area ... 4 task flow); ``within`` names the one above."""

    name: str
    level: int
    text: str
    within: str = ""
    realises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A business task: what an operation fulfils. ``within`` names a process level.

    legal: articles. role: who does it. fulfilled_by: platforms and components that do it, where no operation does.
    """

    name: str
    text: str
    within: str
    status: Status = Status.OFFERED
    legal: tuple[str, ...] = ()
    role: str = ""
    fulfilled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that must hold, and the tests that show it (pytest node ids or files)."""

    name: str
    text: str
    tests: tuple[str, ...]
    legal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A running installation, as opposed to the logical service: where, whose, and which services it provides."""

    name: str
    platform: str
    administration: str
    services: tuple[str, ...]
    address: str = ""


class Gate(enum.StrEnum):
    """The gates of a project in the order in which it passes them (PM2)."""

    CASE = "business case"
    FUNCTIONAL = "functional specification"
    TECHNICAL = "technical specification"
    CONFORMANCE = "conformance"
    WINDOW = "deployment window"


class Criterion(enum.StrEnum):
    """The criteria by which the strategy puts projects into an order."""

    CASE = "business case"
    FEASIBILITY = "feasibility and complexity"
    CLARITY = "clarity of the business solution"
    DEPENDENCIES = "dependencies"
    READINESS = "infrastructure readiness"


JUDGED = (Criterion.CASE, Criterion.CLARITY)
"""Criteria that people judge; the others are derived, and overridden only with a reason."""
BEST = 4
"""The best score of a criterion; the worst is 0."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be there, and the article that says so."""

    day: dt.date
    article: str


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody in a role gave a project by a criterion, when and why."""

    criterion: Criterion
    value: int
    by: str
    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Project:
    """Work that brings or changes something: which elements, for which goals and tasks, by when, whose it is.

    changes: elements by their ids. tasks: business tasks by their names; of each one project only. owner: a role.
    administrations: those that take part; empty for all. gates: the days that are planned. after: projects that must be
    there before. systems: those of the list of the strategy that it builds.
    """

    name: str
    text: str
    changes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    deadline: Deadline | None = None
    tasks: tuple[str, ...] = ()
    owner: str = ""
    administrations: tuple[str, ...] = ()
    gates: tuple[tuple[Gate, dt.date], ...] = ()
    after: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    systems: tuple[str, ...] = ()

    @property
    def opens(self) -> dt.date | None:
        """The day on which its deployment window is planned to open."""
        return dict(self.gates).get(Gate.WINDOW)


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    """An operation that a project brings and nobody has built: for which task, and what it exchanges and calls.

    takes, answers: message types, each as its name and, after a space, what it is. calls: operations by their qualified
    names. by: the role that will call it.
    """

    name: str
    text: str
    task: str
    takes: str
    answers: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class PlannedProcess:
    """A procedure that a project brings: the operations it will call, planned ones among them."""

    name: str
    text: str
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A system or platform of the list of the strategy: what it is, where the law defines it, who may touch it."""

    name: str
    title: str
    law: str
    touched_by: str


class Stage(enum.StrEnum):
    """A stage of the way of a system into the union: its form, whose it is, its phase, its window."""

    LEGACY = "legacy"
    WRAPPED = "wrapped"
    SERVICE = "service"
    OWN = "own"
    CENTRAL = "central"
    SHARED = "shared"
    PHASE_5 = "phase 5"
    PHASE_6 = "phase 6"
    OPENS = "window opens"
    PARALLEL = "parallel"
    CLOSES = "window closes"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of one service at one administration, planned for a day.

    of: the administration whose system is shared. said_done: whether its planner says that it is done.
    """

    administration: str
    service: str
    stage: Stage
    day: dt.date
    of: str = ""
    said_done: bool = False


Element = Goal | Capability | ProcessLevel | Task | Requirement | Project | Instance | PlannedOperation | PlannedProcess
"""Everything an architect declares."""


Amount = Annotated[float, msgspec.Meta(ge=0, le=1e12)]
Range = Annotated[tuple[Amount, ...], msgspec.Meta(min_length=2, max_length=2)]
"""The least and the most."""


class Prices(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What things cost, each as the least and the most. by: the role that answers for it; on which grounds.

    build: of one operation. run: of one operation in one installation a year. installation: of its machines a year.
    connect: one administration to somebody else's service. years: for which the case is made.
    """

    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}\\Z")]
    by: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    grounds: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    years: Annotated[int, msgspec.Meta(ge=1, le=50)]
    build: Range
    run: Range
    installation: Range
    connect: Range
    cpu_hour: Range
    gigabyte_year: Range


class Usage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was measured of a service, in so many days. cpu_us: of one message, the least and the most."""

    messages: Annotated[int, msgspec.Meta(ge=0, le=10**15)]
    octets: Annotated[int, msgspec.Meta(ge=0, le=10**18)]
    administrations: Annotated[int, msgspec.Meta(ge=0, le=300)]
    days: Annotated[float, msgspec.Meta(ge=1, le=100_000)]
    cpu_us: Range
