"""Scores and days as roles say them: what gives no reason or comes before what it needs is refused, and nothing kept.

What was said is kept with its role, day and reason, the last word first to count; the journal has who said it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from douane.applications.programme.contract import ARCHITECT, PROJECT_OFFICER, Programme
from douane.applications.programme.messages.judging import (
    GateKept,
    GateMoved,
    ProjectNotChanged,
    ScoreGiven,
    ScoreKept,
)
from douane.applications.programme.messages.telling import DelayLine, KeptLine
from douane.applications.programme.records import GivenScore, MovedGate, ProjectFile
from douane.author import Fault, NotFound, NotValid, Project, Score
from douane.author.run import View, Work, handles
from douane.reference_architecture.installed import installed_model, installed_projects
from douane.reference_architecture.programme import sequence as orders
from douane.reference_architecture.programme.keeping import Kept, judged, overlaid, slipped, with_day
from douane.reference_architecture.programme.scope import EVERY

MOST: Final = 1_000
"""Projects of which something is kept: more than a programme has."""
LAST: Final = 100
"""What was said to a project is told so far back; the journal keeps all of it."""


def refuse(work: Work, m: ScoreGiven | GateMoved, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(ProjectNotChanged(m.project, tuple(each.remedy for each in found)))


@handles(Programme.judge, reads=(ProjectFile,), refuse=refuse)
def judge(work: Work, m: ScoreGiven) -> None:
    """Keep a score; from now on it counts in the order."""
    kept = work.get(ProjectFile) or ProjectFile(m.project)
    given = GivenScore(m.criterion, m.value, ARCHITECT.name, work.today(), m.reason)
    told = replace(kept, scores=(*kept.scores, given)[-LAST:])
    declared = installed_projects()
    try:
        project = _open(declared, m.project)
        score = Score(m.criterion, m.value or 0, given.by, given.on, m.reason)
        judged(declared, project.name, score)
    except (NotFound, NotValid) as problem:
        work.reply(ProjectNotChanged(m.project, (f"{problem.text} {problem.remedy}",)))
        return
    work.put(told)
    now = overlaid(declared, files(work.find(ProjectFile, "by_project", limit=MOST)) | files((told,)))
    places = orders.sequence(installed_model(), now, work.today())
    mine = next(each for each in places if each.judgement.project.name == m.project)
    work.reply(ScoreKept(m.project, m.criterion, mine.judgement.scores[m.criterion].value, mine.number))


@handles(Programme.move_gate, reads=(ProjectFile,), refuse=refuse)
def move_gate(work: Work, m: GateMoved) -> None:
    """Keep a day, and name whom it holds up."""
    kept = work.get(ProjectFile) or ProjectFile(m.project)
    declared = installed_projects()
    now = overlaid(declared, files(work.find(ProjectFile, "by_project", limit=MOST)))
    try:
        project = _open(declared, m.project)
        if not m.reason.strip():
            raise NotValid("The day has no reason.", remedy="Say why in a sentence.")
        moved = with_day(now, project.name, m.gate, m.day)
    except (NotFound, NotValid) as problem:
        work.reply(ProjectNotChanged(m.project, (f"{problem.text} {problem.remedy}",)))
        return
    there = orders.names_of_built(installed_model(), declared)
    said = MovedGate(m.gate, m.day, PROJECT_OFFICER.name, work.today(), m.reason)
    work.put(replace(kept, gates=(*kept.gates, said)[-LAST:]))
    work.reply(GateKept(m.project, m.gate, m.day, told_delays(slipped(declared, moved, project.name, there=there))))


def _open(projects: tuple[Project, ...], name: str) -> Project:
    """A project that is not built, by its exact name. Raises NotFound and NotValid."""
    project = orders.named(projects, name)
    if project.name != name:
        raise NotFound(f"There is no project {name!r}.", remedy=f"Write {project.name}.")
    if orders.built(installed_model(), project):
        raise NotValid(f"Everything of {name} is there.", remedy="Judge and plan what is still to be built.")
    return project


def files(kept: Iterable[ProjectFile]) -> dict[str, Kept]:
    """By project: scores and days that count."""
    found: dict[str, Kept] = {}
    for each in kept:
        last = {given.criterion: given for given in each.scores}
        scores = tuple(
            Score(given.criterion, given.value, given.by, given.on, given.reason)
            for given in last.values() if given.value is not None
        )  # fmt: skip
        found[each.project] = scores, {moved.gate: moved.day for moved in each.gates}
    return found


def kept_of(view: View) -> tuple[ProjectFile, ...]:
    """Everything that was said to projects."""
    found, _ = view.find(ProjectFile, "by_project", limit=MOST)
    return tuple(each for _, each in found)


def told_delays(found: Iterable[orders.Delayed]) -> tuple[DelayLine, ...]:
    """Whom something holds up, as it is told."""
    return tuple(
        DelayLine(each.project.name, each.days, each.opens, each.project.administrations or (EVERY,), each.misses)
        for each in found
    )


def told_history(kept: ProjectFile | None) -> tuple[KeptLine, ...]:
    """What was said to a project, the last first."""
    if kept is None:
        return ()
    scores = (
        KeptLine(each.on, each.by, each.criterion.value, "" if each.value is None else str(each.value), each.reason)
        for each in reversed(kept.scores)
    )
    days = (KeptLine(each.on, each.by, each.gate.value, f"{each.day}", each.reason) for each in reversed(kept.gates))
    return tuple(sorted((*scores, *days), key=lambda each: each.on, reverse=True))
