"""How far the programme is: gates that the model shows as passed, projects, and the systems of the strategy's list.

Planned days are declared; what is reached never is. A gate that somebody would call passed and that the model does not
show is shown as not passed.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from douane.model.architecture import Criterion, Gate, Project, System
from douane.model.graph import PLANNED, ApplicationModel, EdgeKind, Node, NodeKind
from douane.reference_architecture.programme.scope import Scope, scope_of_project
from douane.reference_architecture.programme.sequence import runs, services_of


class Standing(enum.StrEnum):
    """How far something is."""

    BUILT = "built"  # everything that it brings is there
    PART = "built in part"
    PLANNED = "planned"  # nothing is there, and a project brings it
    ABSENT = "absent"  # no project brings it


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate of a project. planned: the day, if any. because: what shows that it is passed or not."""

    gate: Gate
    planned: dt.date | None
    passed: bool
    because: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A project with how far it is. late: whether its legal deadline is over and something is missing."""

    project: Project
    scope: Scope
    standing: Standing
    there: int
    late: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A system of the list with the projects that bring it. missing: tasks that nobody fulfils yet."""

    system: System
    projects: tuple[Project, ...]
    standing: Standing
    missing: tuple[Node, ...] = ()


def progress(model: ApplicationModel, project: Project, today: dt.date) -> Progress:
    """How far a project is."""
    scope = scope_of_project(model, project)
    there = sum(_fulfilled(model, each) for each in scope.tasks)
    if not scope.absent:
        standing = Standing.BUILT
    else:
        standing = Standing.PART if there else Standing.PLANNED
    deadline = project.deadline
    late = standing is not Standing.BUILT and deadline is not None and deadline.day < today
    return Progress(project, scope, standing, there, late)


def coverage(
    model: ApplicationModel, systems: Iterable[System], projects: Sequence[Project], today: dt.date
) -> tuple[Covered, ...]:
    """The list of the strategy, set against the model."""
    return tuple(_covered(model, each, projects, today) for each in systems)


def _covered(model: ApplicationModel, system: System, projects: Sequence[Project], today: dt.date) -> Covered:
    mine = tuple(each for each in projects if system.name in each.systems)
    found = [progress(model, each, today) for each in mine]
    standings = {each.standing for each in found}
    if not found:
        standing = Standing.ABSENT
    elif len(standings) == 1:
        standing = found[0].standing
    else:
        standing = Standing.PART
    missing = tuple(
        node for each in found for node in each.scope.tasks if node.status == PLANNED and not _fulfilled(model, node)
    )
    return Covered(system, mine, standing, missing)


def gates(model: ApplicationModel, project: Project) -> tuple[Passed, ...]:
    """The gates of a project in their order; one is passed only where all before it are."""
    scope, planned = scope_of_project(model, project), dict(project.gates)
    found: list[Passed] = []
    for gate, open_points in _open_points(model, project, scope):
        before = not found or found[-1].passed
        because = "; ".join(open_points[:4]) or _SHOWN[gate]
        if not before and not open_points:
            because = f"{_SHOWN[gate]}, but {found[-1].gate.value} is open"
        found.append(Passed(gate, planned.get(gate), before and not open_points, because))
    return tuple(found)


_SHOWN = {
    Gate.CASE: "it is judged, with role and reason",
    Gate.FUNCTIONAL: "every task is fulfilled, or has an article and a role",
    Gate.TECHNICAL: "every task has an operation with its messages",
    Gate.CONFORMANCE: "every operation meets a requirement that a test shows",
    Gate.WINDOW: "every service of it runs at a declared level",
}


def _open_points(model: ApplicationModel, project: Project, scope: Scope) -> Iterator[tuple[Gate, list[str]]]:
    judged = any(each.criterion is Criterion.CASE for each in project.scores)
    yield Gate.CASE, [] if judged or not scope.absent else ["nobody has judged its business case"]
    yield (
        Gate.FUNCTIONAL,
        [f"{each.name} has no article or no role" for each in scope.tasks if not _specified(model, each)],
    )
    yield Gate.TECHNICAL, [f"{each.name} has no operation" for each in scope.tasks if not _fulfilled(model, each)]
    operations = scope.present.get(NodeKind.OPERATION, ())
    missing = [f"{each.name} is not built" for each in scope.absent.get(NodeKind.OPERATION, ())]
    missing += [f"{each.name} is not there" for each in scope.tasks if not _fulfilled(model, each) and not missing]
    unshown = [f"no test shows {each.name}" for each in operations if not _shown(model, each)]
    yield Gate.CONFORMANCE, missing + unshown
    still = [f"{id.partition(':')[2]} runs nowhere" for id in services_of(model, scope) if not runs(model, id)]
    yield Gate.WINDOW, still


def _fulfilled(model: ApplicationModel, task: Node) -> bool:
    """Whether something that is there does it."""
    ends = [each.source for each in model.into(task.id) if each.kind is EdgeKind.FULFILS]
    return any(id in model and model.node(id).status != PLANNED for id in ends)


def _specified(model: ApplicationModel, task: Node) -> bool:
    grounded = any(each.kind is EdgeKind.GROUNDED for each in model.out(task.id))
    return _fulfilled(model, task) or (grounded and bool(dict(task.facts).get("role")))


def _shown(model: ApplicationModel, operation: Node) -> bool:
    demanded = [each.target for each in model.out(operation.id) if each.kind is EdgeKind.DEMANDS]
    return any(each.kind is EdgeKind.SHOWN_BY for id in demanded for each in model.out(id))
