"""What an architect thinks in: goals, capabilities, process levels, tasks, requirements, projects, instances.

Declared as values in an application's ``contract.py`` (or a package of its own) and found by discovery, like services.
"""

from __future__ import annotations

from dataclasses import dataclass

from douane.model.declare import Status
from douane.model.programme import PlannedOperation, PlannedProcess, Project


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


Element = Goal | Capability | ProcessLevel | Task | Requirement | Project | Instance | PlannedOperation | PlannedProcess
"""Everything an architect declares."""
