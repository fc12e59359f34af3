"""Questions about the programme, and what is told of projects, their order and their scope."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(min_length=1, max_length=200, title="Name of a project or process")]


class RoadmapQuery(msgspec.Struct, frozen=True):
    """Which projects are there, how far, and in which order are those built that are not?"""


class ProjectLine(msgspec.Struct, frozen=True):
    """A project. standing: built, built in part, planned. tasks, fulfilled: how many. late: its deadline is over.

    specified, opens: the days planned for its functional specification and its deployment window. held_by: the project
    that it waits for and that opens later, on the day held_until.
    """

    name: str
    text: str
    standing: str
    tasks: int
    fulfilled: int
    owner: str
    deadline: dt.date | None = None
    article: str = ""
    late: bool = False
    specified: dt.date | None = None
    opens: dt.date | None = None
    held_by: str = ""
    held_until: dt.date | None = None


class ScoreLine(msgspec.Struct, frozen=True):
    """A score by a criterion, with who gave it, when and why. overridden: it takes the place of a derived one."""

    criterion: str
    value: int
    by: str
    on: dt.date
    reason: str
    overridden: bool = False


class PlaceLine(msgspec.Struct, frozen=True):
    """A place in the order. because: why it comes after the one before it; empty for the first."""

    number: int
    project: str
    total: int
    scores: tuple[ScoreLine, ...]
    because: str = ""


class SystemLine(msgspec.Struct, frozen=True):
    """A system of the strategy's list. standing: as of a project, or absent. missing: tasks that nobody fulfils."""

    system: str
    title: str
    law: str
    standing: str
    projects: tuple[str, ...]
    missing: tuple[str, ...]


class ProcessLine(msgspec.Struct, frozen=True):
    """A process of which there is a functional specification. state: offered or planned."""

    name: str
    state: str


class Roadmap(msgspec.Struct, frozen=True):
    """The programme: every project, the order of those that are not built, and the list that it is measured by."""

    today: dt.date
    projects: tuple[ProjectLine, ...]
    order: tuple[PlaceLine, ...]
    systems: tuple[SystemLine, ...]
    processes: tuple[ProcessLine, ...]
    model: str


class ProjectQuery(msgspec.Struct, frozen=True):
    """What is a project, what must it build, which gates has it passed? slip_to: and whom would that day hold up?"""

    name: Name
    slip_to: Annotated[dt.date | None, Meta(title="The day on which its window would open")] = None


class GateLine(msgspec.Struct, frozen=True):
    """A gate. planned: the day, if any. passed: what the model shows, because of what stands there."""

    gate: str
    passed: bool
    because: str
    planned: dt.date | None = None


class ScopeLine(msgspec.Struct, frozen=True):
    """An element of a scope. id: ``kind:name``."""

    id: str
    title: str


class DelayLine(msgspec.Struct, frozen=True):
    """A project that a slip holds up. misses: the legal deadline that is missed by it."""

    project: str
    days: int
    opens: dt.date
    administrations: tuple[str, ...]
    misses: str = ""


class PartCount(msgspec.Struct, frozen=True):
    """How many elements of a kind are there."""

    kind: str
    number: int


class KeptLine(msgspec.Struct, frozen=True):
    """Something that was said to a project. what: criterion or gate; said: the score or the day, as text."""

    on: dt.date
    by: str
    what: str
    said: str
    reason: str


class ProjectShown(msgspec.Struct, frozen=True):
    """A project with everything that is known of it. refused: why the day of a slip makes no sense.

    delayed: whom the slip holds up that is asked about; else the one that happened, since the window is later than it
    was declared. history: what roles said to it, the last first.
    """

    line: ProjectLine
    goals: tuple[str, ...]
    administrations: tuple[str, ...]
    after: tuple[str, ...]
    gates: tuple[GateLine, ...]
    scores: tuple[ScoreLine, ...]
    total: int
    tasks: tuple[ScopeLine, ...]
    absent: tuple[ScopeLine, ...]
    tests: tuple[str, ...]
    present: tuple[PartCount, ...]
    delayed: tuple[DelayLine, ...] = ()
    refused: str = ""
    history: tuple[KeptLine, ...] = ()


class SpecificationQuery(msgspec.Struct, frozen=True):
    """What does a process do, for whom, by which law?"""

    process: Name


class StepLine(msgspec.Struct, frozen=True):
    """A task of a process: who does it, by which articles, and what is behind it."""

    title: str
    role: str
    articles: tuple[str, ...]
    calls: tuple[str, ...]


class SpecificationShown(msgspec.Struct, frozen=True):
    """The functional specification of a process, as the model has it. outcomes: of the tests of its requirements."""

    process: str
    title: str
    file: str
    version: str
    parties: str
    steps: tuple[StepLine, ...]
    tasks: tuple[ScopeLine, ...]
    operations: tuple[ScopeLine, ...]
    requirements: tuple[ScopeLine, ...]
    messages: tuple[ScopeLine, ...]
    rules: tuple[ScopeLine, ...]
    limits: tuple[ScopeLine, ...]
