"""A generated architecture of any size: for the checks of the model and for the benchmark."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import msgspec

from douane.model.architecture import (
    Capability,
    Deadline,
    Goal,
    Instance,
    ProcessLevel,
    Project,
    Requirement,
    Task,
)
from douane.model.build import ProcessUse, Sources, StepUse
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Kind, Level, Operation, Service, Status, derived

ACTORS = [Actor(f"actor {kind.value}", kind, "somebody") for kind in ActorKind]


def generated(services: int = 500, operations: int = 3_000, seed: int = 1) -> Sources:
    """Sources of a union with so many services and operations; over 10,000 nodes at the default size."""
    dice = random.Random(seed)
    types: list[Any] = [
        msgspec.defstruct(
            f"Message{n}",
            [(f"element{dice.randrange(2_500)}", str) for _ in range(1)] + [(f"own{n}_{k}", str, "") for k in range(2)],
            frozen=True,
        )
        for n in range(operations)
    ]
    sources = Sources()
    sources.elements += [_project(), Instance("i", "ccn2", "FR", ())]
    sources.elements += [Goal(f"goal{n}", "a goal") for n in range(10)]
    sources.elements += [Capability(f"capability{n}", "a capability", (f"goal{n % 10}",)) for n in range(50)]
    sources.elements += [
        ProcessLevel(f"level{n}", 3, "a process", realises=(f"capability{n % 50}",)) for n in range(200)
    ]
    sources.elements += [Task("planned", "a task", "level0", Status.PLANNED)]
    sources.elements += [Task(f"T{n}", "a task", f"level{n % 200}") for n in range(operations)]
    sources.elements += [Requirement(f"R{n}", "a requirement", (f"tests/test_{n % 300}.py",)) for n in range(1_500)]
    for s in range(services):
        made = tuple(
            Operation(
                f"op{n}", Kind.COMMAND, types[n], (types[dice.randrange(operations)],), (dice.choice(ACTORS),), f"T{n}",
                "does something", f"service{s}", legal=(f"art. {n % 200}",), requirements=(f"R{n % 1500}",),
            )
            for n in range(s, operations, services)
        )  # fmt: skip
        sources.services.append(
            Service(
                f"service{s}",
                "A service",
                "owner",
                Level.GOLD,
                ("law",),
                "",
                made,
                realises=(f"capability{s % 50}",),
                agreed=derived("a test"),
            )
        )
        called = [f"service{c}.op{c}" for c in dice.sample(range(services), 3)]
        steps = tuple(StepUse(f"step{k}", "service", operation) for k, operation in enumerate(called))
        sources.processes.append(ProcessUse(f"process{s}", f"service{s}", f"p{s}.bpmn", "0", steps))
    return sources


def _project() -> Project:
    deadline = Deadline(dt.date(2027, 1, 1), "art. 1")
    return Project("p", "a project", ("goal:goal1",), deadline=deadline, tasks=("planned",))
