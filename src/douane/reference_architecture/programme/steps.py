"""Gradual implementation: administrations by services in dated steps, and what live edges show of them.

The plan is data; the fact is not. A step is done where an administration is live and its live edge says so; who says of
a step that it is done without such an edge is shown as not done. A step whose prerequisite is not planned before it is
refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.model.architecture import Stage, Step
from douane.reference_architecture.landscape import Column, Held, Holding

NEEDS: Final[Mapping[Stage, Stage]] = {
    Stage.WRAPPED: Stage.LEGACY, Stage.OWN: Stage.SERVICE, Stage.CENTRAL: Stage.SERVICE, Stage.SHARED: Stage.SERVICE,
    Stage.PHASE_6: Stage.PHASE_5, Stage.PARALLEL: Stage.OPENS, Stage.CLOSES: Stage.PARALLEL,
}  # fmt: skip
"""What must be there before a stage."""
_HELD: Final = {Stage.OWN: Held.OWN, Stage.CENTRAL: Held.CENTRAL, Stage.SHARED: Held.SHARED}
_SERVED: Final = frozenset(_HELD.values())


@dataclass(frozen=True, slots=True)
class Fact:
    """A step with what is seen of it. because: the live edge, or that there is none. holds_up: who waits for it."""

    step: Step
    done: bool
    because: str
    late: bool = False
    holds_up: tuple[str, ...] = ()


def faults(plan: Iterable[Step]) -> tuple[str, ...]:
    """What the steps of one service at one administration say against each other, each as what to do about it."""
    by_stage = {each.stage: each for each in plan}
    found = []
    for stage, step in by_stage.items():
        needed = NEEDS.get(stage)
        if needed is not None and needed not in by_stage:
            found.append(f"{stage.value} needs {needed.value} before it: plan that for {step.day} or earlier first.")
        elif needed is not None and by_stage[needed].day > step.day:
            found.append(
                f"{stage.value} on {step.day} comes before {needed.value} on {by_stage[needed].day}: plan it for "
                f"{by_stage[needed].day} or later."
            )
        if (stage is Stage.SHARED) is not bool(step.of):
            what = "Say whose system is shared" if stage is Stage.SHARED else "Leave out whose system it is"
            found.append(f"{what}: of.")
    return tuple(found)


def facts(plan: Sequence[Step], columns: Iterable[Column], today: dt.date) -> tuple[Fact, ...]:
    """Every step with what live edges show, in the order of administrations, services and days."""
    known = {each.administration: each for each in columns}
    seen = {each: _seen(each, known.get(each.administration), today) for each in plan}
    found = []
    for step in sorted(plan, key=lambda e: (e.administration, e.service, e.day, list(Stage).index(e.stage))):
        done, because = seen[step]
        if step.said_done and not done:
            because = f"It is said to be done. {because}"
        late = not done and step.day < today
        found.append(Fact(step, done, because, late, _waiting(step, plan, seen) if late else ()))
    return tuple(found)


def _waiting(step: Step, plan: Sequence[Step], seen: Mapping[Step, tuple[bool, str]]) -> tuple[str, ...]:
    """Whose steps wait for a late one: later stages of the same way, and whoever shares its system."""
    found: dict[str, None] = {}
    waiting, reached = [step], {step}
    while waiting:
        first = waiting.pop()
        for each in plan:
            same = (each.administration, each.service) == (first.administration, first.service)
            after = same and NEEDS.get(each.stage) is first.stage
            shares = each.of == first.administration and each.service == first.service
            if (after or shares) and each not in reached and not seen[each][0]:
                reached.add(each)
                waiting.append(each)
                found[f"{each.administration}: {each.stage.value} of {each.service} on {each.day}"] = None
    return tuple(found)


def _seen(step: Step, column: Column | None, today: dt.date) -> tuple[bool, str]:
    if column is None:
        return False, f"Nothing is known of {step.administration} here."
    if column.taken is not None:
        return False, f"{step.administration} declared its systems on {column.taken}; no live edge shows it."
    holding = column.holdings.get(step.service)
    if holding is None or holding.held not in _SERVED:
        return False, f"No live edge of {step.administration} leads to {step.service}."
    return _shown(step, holding, today)


def _shown(step: Step, holding: Holding, today: dt.date) -> tuple[bool, str]:
    said = f"The live edge says {holding.held.value}"
    said += f" of {holding.of}." if holding.of else "."
    match step.stage:
        case Stage.OWN | Stage.CENTRAL | Stage.SHARED:
            return holding.held is _HELD[step.stage] and holding.of == step.of, said
        case Stage.OPENS | Stage.PARALLEL | Stage.CLOSES if step.day > today:
            return False, "Its day has not come."
        case Stage.LEGACY | Stage.WRAPPED | Stage.SERVICE | Stage.PHASE_5 | Stage.OPENS:
            return holding.operations > 0, f"{holding.operations} operations are served. {said}"
        case Stage.PHASE_6:
            return False, "No live edge tells of phase 6."
        case Stage.PARALLEL | Stage.CLOSES:
            counted = holding.volume or 0
            told = (
                f"{counted} messages passed." if holding.volume is not None else "Its messages are counted elsewhere."
            )
            return counted > 0, told


def calendar(plan: Iterable[Step], stamp: dt.datetime) -> str:
    """The plan as a calendar (RFC 5545) that every calendar program subscribes to."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Douane//Roll-out//EN"]
    for each in plan:
        end = each.day + dt.timedelta(days=1)
        uid = f"{each.administration}-{each.service}-{each.stage.name}".lower().replace("_", "-")
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}@programme.douane", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}",
            f"SUMMARY:{_escaped(f'{each.administration}: {each.stage.value} of {each.service}')}", "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join(map(_folded, [*lines, "END:VCALENDAR", ""]))


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")


def _folded(line: str) -> str:
    """A line of at most 75 octets; what is longer goes on behind a space."""
    parts, size = [""], 0
    for each in line:
        octets = len(each.encode())
        if size + octets > 74:
            parts.append("")
            size = 1
        parts[-1] += each
        size += octets
    return "\r\n ".join(parts)
