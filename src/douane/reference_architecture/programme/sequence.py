"""In which order projects are built: by the five criteria of the strategy, and never before what they need.

People judge the business case and the clarity of the solution. Complexity follows from the size of the scope,
dependencies from the projects that must be there before, readiness from what of its services runs at a declared level.
A derived score is overridden with a reason, which is shown. Each place in the order says why it is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from douane.model.architecture import BEST, JUDGED, Criterion, Project, Score
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind
from douane.reference_architecture.programme.scope import Scope, scope_of_project
from douane.vocabulary.errors import NotFound, NotValid

SIZES: Final = (5, 10, 16, 24)
"""So much to build at most scores 4, 3, 2, 1 of feasibility; more scores 0 (our figures)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A project with what it scores. overridden: criteria whose derived score somebody replaced."""

    project: Project
    scope: Scope
    scores: Mapping[Criterion, Score]
    overridden: frozenset[Criterion] = frozenset()

    @property
    def total(self) -> int:
        """The sum of its scores."""
        return sum(each.value for each in self.scores.values())


@dataclass(frozen=True, slots=True)
class Place:
    """A project in the order. because: why it stands after the one before it; empty for the first."""

    number: int
    judgement: Judgement
    because: str = ""


@dataclass(frozen=True, slots=True)
class Delayed:
    """A project that a slip holds up. days: by how many. misses: its legal deadline, where that is passed by it."""

    project: Project
    days: int
    opens: dt.date
    misses: str = ""


def built(model: ApplicationModel, project: Project) -> bool:
    """Whether everything that it brings is there."""
    return not scope_of_project(model, project).absent


def names_of_built(model: ApplicationModel, projects: Iterable[Project]) -> frozenset[str]:
    """The projects of which everything is there."""
    return frozenset(each.name for each in projects if built(model, each))


def sequence(model: ApplicationModel, projects: Sequence[Project], today: dt.date) -> tuple[Place, ...]:
    """Projects that are not built, in their order. Raises NotValid for a cycle and a score without reason."""
    check_scores(projects)
    open_ = {each.name: each for each in projects if not built(model, each)}
    refuse_cycles(projects)
    judged = {name: judge(model, each, open_, today) for name, each in open_.items()}
    order: list[Judgement] = []
    while len(order) < len(judged):
        done = {each.project.name for each in order}
        free = [each for name, each in judged.items() if name not in done and not _waits_for(each, open_, done)]
        order.append(min(free, key=_rank))
    places = []
    for number, each in enumerate(order, 1):
        because = sentence(order[number - 2], each) if number > 1 else ""
        places.append(Place(number, each, because))
    return tuple(places)


def _waits_for(each: Judgement, open_: Mapping[str, Project], done: set[str]) -> list[str]:
    return [name for name in each.project.after if name in open_ and name not in done]


def _rank(each: Judgement) -> tuple[int, dt.date, str]:
    deadline = each.project.deadline
    return -each.total, deadline.day if deadline is not None else dt.date.max, each.project.name


def sentence(first: Judgement, second: Judgement) -> str:
    """Why one stands before the other."""
    one, other = first.project, second.project
    said = f"{one.name} before {other.name} because"
    if one.name in other.after:
        return f"{said} {other.name} needs it."
    if first.total > second.total:
        better = [
            f"{each.value} {first.scores[each].value} against {second.scores[each].value}" for each in Criterion
            if first.scores[each].value > second.scores[each].value
        ]  # fmt: skip
        return f"{said} it scores {first.total} and the other {second.total}: {'; '.join(better)}."
    if first.total < second.total:
        waits = ", ".join(other.after)
        return f"{said} the other, which scores {second.total}, waits for {waits}."
    if one.deadline is not None and other.deadline is not None and one.deadline.day != other.deadline.day:
        return (
            f"{said} both score {first.total} and its deadline is earlier: {one.deadline.day} ({one.deadline.article})."
        )
    return f"{said} both score {first.total} and its name comes first."


def judge(model: ApplicationModel, project: Project, open_: Mapping[str, Project], today: dt.date) -> Judgement:
    """What a project scores: as people judged it, and as the model shows it."""
    scope = scope_of_project(model, project)
    given = {each.criterion: each for each in project.scores}
    derived = {each.criterion: each for each in _derived(model, project, scope, open_, today)}
    absent = (Score(each, 0, "nobody", today, "Nobody has judged it.") for each in JUDGED if each not in given)
    scores = derived | given | {each.criterion: each for each in absent}
    return Judgement(project, scope, {each: scores[each] for each in Criterion}, frozenset(derived) & frozenset(given))


def _derived(
    model: ApplicationModel, project: Project, scope: Scope, open_: Mapping[str, Project], today: dt.date
) -> Iterable[Score]:
    value = sum(scope.size <= most for most in SIZES)
    yield _score(Criterion.FEASIBILITY, value, today, f"{scope.size} elements are to be built.")
    waits = [name for name in project.after if name in open_]
    said = f"It waits for {', '.join(waits)}." if waits else "Everything that it needs is there."
    yield _score(Criterion.DEPENDENCIES, max(BEST - 2 * len(waits), 0), today, said)
    services = services_of(model, scope)
    ready = [each for each in services if runs(model, each)]
    value = BEST * len(ready) // len(services) if services else 0
    said = f"{len(ready)} of {len(services)} services that it rests on are offered at a declared level."
    yield _score(Criterion.READINESS, value, today, said if services else "It rests on no service that is there.")


def _score(criterion: Criterion, value: int, today: dt.date, reason: str) -> Score:
    return Score(criterion, value, "derived from the model", today, reason)


def services_of(model: ApplicationModel, scope: Scope) -> tuple[str, ...]:
    """The services that offer what of a scope is there already."""
    there = {each.id for each in scope.present.get(NodeKind.OPERATION, ())}
    return tuple(sorted({e.source for id in there for e in model.into(id) if e.kind is EdgeKind.OFFERS}))


def runs(model: ApplicationModel, service: str) -> bool:
    """Whether a service can be run, at a declared level: whether it offers an operation that is there."""
    offered = (model.node(each.target).status for each in model.out(service) if each.kind is EdgeKind.OFFERS)
    return "offered" in offered and any(each.kind is EdgeKind.AT_LEVEL for each in model.out(service))


def refuse_cycles(projects: Iterable[Project]) -> None:
    """Raises NotValid for projects that wait for each other, and names them; NotFound for one that nobody declared."""
    known = {each.name: each for each in projects}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = (*way[way.index(name) :], name)
            raise NotValid(
                f"These projects wait for each other: {' after '.join(circle)}.",
                remedy="Take one of them out of after.",
            )
        if name in done:
            return
        for other in known[name].after:
            if other not in known:
                raise NotFound(f"{name} waits for {other!r}, which is no project.", remedy="Name a declared project.")
            visit(other, (*way, name))
        done.add(name)

    for each in known:
        visit(each, ())


def check_scores(projects: Iterable[Project]) -> None:
    """Raises NotValid for a score outside 0 to 4, or without role or reason."""
    for project in projects:
        for each in project.scores:
            place = f"{project.name}, {each.criterion.value}"
            if not 0 <= each.value <= BEST:
                raise NotValid(f"{place}: {each.value} is no score.", remedy=f"Give 0 to {BEST}.")
            if not each.reason.strip():
                raise NotValid(f"{place}: the score has no reason.", remedy="Say why in a sentence.")
            if not each.by.strip():
                raise NotValid(f"{place}: nobody gave the score.", remedy="Name the role that judged.")


def with_score(projects: Sequence[Project], name: str, score: Score) -> tuple[Project, ...]:
    """The projects with another score of one of them. Raises NotFound and NotValid."""
    project = named(projects, name)
    kept = tuple(each for each in project.scores if each.criterion is not score.criterion)
    found = _with(projects, replace(project, scores=(*kept, score)))
    check_scores(found)
    return found


def with_dependency(projects: Sequence[Project], name: str, needs: str) -> tuple[Project, ...]:
    """The projects where one waits for another one. Raises NotFound, and NotValid for a cycle."""
    project = named(projects, name)
    after = tuple(dict.fromkeys((*project.after, named(projects, needs).name)))
    found = _with(projects, replace(project, after=after))
    refuse_cycles(found)
    return found


def _with(projects: Sequence[Project], changed: Project) -> tuple[Project, ...]:
    return tuple(changed if each.name == changed.name else each for each in projects)


def named(projects: Iterable[Project], name: str) -> Project:
    """A project by its name, in any case. Raises NotFound."""
    known = {each.name.lower(): each for each in projects}
    found = known.get(name.lower())
    if found is None:
        like = sorted(each.name for key, each in known.items() if set(name.lower().split()) & set(key.split()))
        hint = f"Perhaps {', '.join(like)}." if like else "douane project list names them."
        raise NotFound(f"There is no project {name!r}.", remedy=hint)
    return found


def slip(
    projects: Sequence[Project], name: str, to: dt.date, *, there: Collection[str] = frozenset()
) -> tuple[Delayed, ...]:
    """Whom it holds up if the window of a project opens later: itself first, then who waits for it, at any depth.

    A project opens no earlier than those that it waits for. there: projects that are built, which nothing holds up any
    more. Raises NotFound, and NotValid for a project without a
    planned window and for a day that is no later.
    """
    project = named(projects, name)
    refuse_cycles(projects)
    opens = {each.name: each.opens for each in projects}
    before = opens[project.name]
    if before is None:
        raise NotValid(f"{project.name} has no planned window.", remedy="Plan one first.")
    if to <= before:
        raise NotValid(f"{to} is not later than {before}, which is planned.", remedy="Name a later day.")
    moved = {project.name: to}
    waiting = [project.name]
    while waiting:
        first = waiting.pop(0)
        for each in projects:
            planned = moved.get(each.name, each.opens)
            if each.name not in there and first in each.after and planned is not None and planned < moved[first]:
                moved[each.name] = moved[first]
                waiting.append(each.name)
    found = [_delayed(each, moved[each.name]) for each in projects if each.name in moved]
    return tuple(sorted(found, key=lambda each: (each.project.name != project.name, each.opens, each.project.name)))


def _delayed(project: Project, opens: dt.date) -> Delayed:
    planned = project.opens or opens
    deadline = project.deadline
    missed = ""
    if deadline is not None and planned <= deadline.day < opens:
        missed = f"{deadline.day} ({deadline.article})"
    elif deadline is not None and deadline.day < planned:
        missed = f"{deadline.day} ({deadline.article}), which was missed before"
    return Delayed(project, (opens - planned).days, opens, missed)
