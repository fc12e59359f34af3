"""Answers computed from the model of what is installed; the same for everybody who may ask."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from douane.applications.programme.contract import Programme
from douane.applications.programme.handlers.judging import files, kept_of, told_delays, told_history
from douane.applications.programme.messages.telling import (
    GateLine,
    PartCount,
    PlaceLine,
    ProcessLine,
    ProjectLine,
    ProjectQuery,
    ProjectShown,
    Roadmap,
    RoadmapQuery,
    ScopeLine,
    ScoreLine,
    SpecificationQuery,
    SpecificationShown,
    StepLine,
    SystemLine,
)
from douane.applications.programme.records import ProjectFile
from douane.author import Gate, NotFound, NotValid, Project
from douane.author.run import View, answers
from douane.model.graph import Node, NodeKind
from douane.reference_architecture.installed import installed_model, installed_projects, installed_systems
from douane.reference_architecture.programme import sequence as orders
from douane.reference_architecture.programme.coverage import Progress, Standing, coverage, gates, progress
from douane.reference_architecture.programme.keeping import held_by, overlaid, slipped
from douane.reference_architecture.programme.specification import specification


@answers(Programme.roadmap)
def roadmap(view: View, question: RoadmapQuery) -> Roadmap:
    """The road as it is today."""
    del question
    return _roadmap(view.today(), kept_of(view))


@functools.lru_cache(2)
def _roadmap(today: dt.date, kept: tuple[ProjectFile, ...] = ()) -> Roadmap:
    """Kept for the day and what was said: what is installed does not change while a node runs."""
    model, projects = installed_model(), overlaid(installed_projects(), files(kept))
    places = orders.sequence(model, projects, today)
    covered = coverage(model, installed_systems(), projects, today)
    return Roadmap(
        today, tuple(_line(progress(model, each, today), projects) for each in projects),
        tuple(
            PlaceLine(each.number, each.judgement.project.name, each.judgement.total, tuple(_scores(each.judgement)),
                      each.because)
            for each in places
        ),
        tuple(
            SystemLine(each.system.name, each.system.title, each.system.law, each.standing.value,
                       tuple(project.name for project in each.projects), tuple(node.name for node in each.missing))
            for each in covered
        ),
        tuple(ProcessLine(each.name, each.status) for each in sorted(model.of(NodeKind.PROCESS), key=lambda e: e.name)),
        model.hash,
    )  # fmt: skip


def _line(each: Progress, projects: tuple[Project, ...]) -> ProjectLine:
    project, deadline, planned = each.project, each.project.deadline, dict(each.project.gates)
    holds = held_by(projects, project) if each.standing is not Standing.BUILT else None
    return ProjectLine(
        project.name, project.text, each.standing.value, len(each.scope.tasks), each.there, project.owner,
        deadline.day if deadline is not None else None, deadline.article if deadline is not None else "", each.late,
        planned.get(Gate.FUNCTIONAL), planned.get(Gate.WINDOW), holds.name if holds is not None else "",
        holds.opens if holds is not None else None,
    )  # fmt: skip


def _scores(judged: orders.Judgement) -> Iterable[ScoreLine]:
    for each in judged.scores.values():
        yield ScoreLine(each.criterion.value, each.value, each.by, each.on, each.reason,
                        each.criterion in judged.overridden)  # fmt: skip


@answers(Programme.project)
def project(view: View, question: ProjectQuery) -> ProjectShown:
    """One project. Of a day that makes no sense for a slip it says why, and shows the rest."""
    model, today, kept = installed_model(), view.today(), kept_of(view)
    projects = overlaid(installed_projects(), files(kept))
    chosen = orders.named(projects, question.name)
    there = orders.names_of_built(model, projects)
    open_ = {each.name: each for each in projects if each.name not in there}
    judged = orders.judge(model, chosen, open_, today)
    delayed, refused = slipped(installed_projects(), projects, chosen.name, there=there), ""
    if question.slip_to is not None:
        try:
            delayed = orders.slip(projects, chosen.name, question.slip_to, there=there)
        except NotValid as problem:
            delayed = ()
            refused = f"{problem.text} {problem.remedy}"
    scope = judged.scope
    return ProjectShown(
        _line(progress(model, chosen, today), projects), chosen.goals, scope.administrations, chosen.after,
        tuple(GateLine(each.gate.value, each.passed, each.because, each.planned) for each in gates(model, chosen)),
        tuple(_scores(judged)), judged.total, _elements(scope.tasks),
        tuple(line for nodes in scope.absent.values() for line in _elements(nodes)), scope.tests,
        tuple(PartCount(kind.value, len(nodes)) for kind, nodes in scope.present.items()),
        told_delays(delayed), refused, told_history(next((each for each in kept if each.project == chosen.name), None)),
    )  # fmt: skip


@answers(Programme.specify)
def specify(view: View, question: SpecificationQuery) -> SpecificationShown:
    """The specification of a process of this release, or of one that is planned. Raises NotFound."""
    del view
    try:
        found = specification(installed_model(), question.process)
    except NotFound as problem:
        raise NotFound(problem.text, remedy="Begin at the list of processes.") from problem
    facts = dict(found.process.facts)
    steps = tuple(
        StepLine(each.node.title, each.role, each.articles, tuple(node.name for node in each.calls))
        for each in found.steps
    )
    return SpecificationShown(
        found.process.name, found.process.title, facts.get("file", ""), facts.get("hash", ""),
        facts.get("parties", ""), steps, _elements(found.tasks), _elements(found.operations),
        _elements(found.requirements), _elements(found.messages), _elements(found.rules), _elements(found.limits),
    )  # fmt: skip


def _elements(nodes: Iterable[Node]) -> tuple[ScopeLine, ...]:
    return tuple(ScopeLine(each.id, each.title) for each in nodes)
