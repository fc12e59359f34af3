"""What is kept over what is declared: scores that roles gave, and days to which gates were moved.

The declaration is the beginning; what is kept takes its place from the day on which it was said. Neither can say that
something is reached. A day before what it needs is refused; a later one is taken, and whom it holds up is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from douane.model.architecture import Gate, Project, Score
from douane.reference_architecture.programme.sequence import Delayed, check_scores, named, slip
from douane.vocabulary.errors import NotValid

Kept = tuple[tuple[Score, ...], Mapping[Gate, dt.date]]
"""Of one project: the scores that count, and the days that hold."""


def overlaid(projects: Sequence[Project], kept: Mapping[str, Kept]) -> tuple[Project, ...]:
    """The projects as they are with what is kept of them. What is kept of a project that is gone is left out."""
    return tuple(_overlaid(each, *kept[each.name]) if each.name in kept else each for each in projects)


def _overlaid(project: Project, scores: tuple[Score, ...], gates: Mapping[Gate, dt.date]) -> Project:
    given = {each.criterion for each in scores}
    days = dict(project.gates) | dict(gates)
    return replace(
        project,
        scores=(*(each for each in project.scores if each.criterion not in given), *scores),
        gates=tuple((gate, days[gate]) for gate in Gate if gate in days),
    )


def with_day(projects: Sequence[Project], name: str, gate: Gate, day: dt.date) -> tuple[Project, ...]:
    """The projects with another day for a gate of one. Raises NotFound, and NotValid for one before what it needs."""
    project = named(projects, name)
    order, days = list(Gate), dict(project.gates)
    for other, planned in days.items():
        before, after = order.index(other) < order.index(gate), order.index(other) > order.index(gate)
        if (before and planned > day) or (after and planned < day):
            side, way = ("before", "earlier") if before else ("after", "later")
            raise NotValid(
                f"{gate.value} on {day} does not fit {other.value} on {planned}, which comes {side} it.",
                remedy=f"Name a day not {way} than {planned}, or move {other.value} first.",
            )
    if gate is Gate.WINDOW:
        for needed in project.after:
            opens = named(projects, needed).opens
            if opens is not None and day < opens:
                raise NotValid(
                    f"{project.name} waits for {needed}, which opens on {opens}.", remedy=f"Name {opens} or later."
                )
    changed = _overlaid(project, (), {gate: day})
    return tuple(changed if each.name == project.name else each for each in projects)


def judged(projects: Sequence[Project], name: str, score: Score) -> tuple[Project, ...]:
    """The projects with a score of one as it counts from now on. Raises NotFound and NotValid (no reason, no role)."""
    project = named(projects, name)
    found = tuple(
        _overlaid(each, (score,), {}) if each.name == project.name else each for each in projects
    )  # fmt: skip
    check_scores(found)
    return found


def slipped(
    declared: Sequence[Project], now: Sequence[Project], name: str, *, there: Collection[str]
) -> tuple[Delayed, ...]:
    """Whom the window of a project holds up by being later than it was declared; itself first. Empty where it is not.

    there: projects that are built. Others stand where they stand now: one that was moved behind it is held up no more.
    """
    before, after = named(declared, name).opens, named(now, name).opens
    if before is None or after is None or after <= before:
        return ()
    back = tuple(_overlaid(each, (), {Gate.WINDOW: before}) if each.name == name else each for each in now)
    return slip(back, name, after, there=there)


def held_by(projects: Sequence[Project], project: Project) -> Project | None:
    """The project whose window opens last of those that one waits for, where that is after its own."""
    needed = [each for each in projects if each.name in project.after and each.opens is not None]
    last = max(needed, key=lambda each: each.opens or dt.date.min, default=None)
    if last is None or project.opens is None or last.opens is None or last.opens <= project.opens:
        return None
    return last
