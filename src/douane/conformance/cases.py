"""Cases of a partner bench and what came of them, as values; a plan runs in bounded time and ends in findings."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from douane.vocabulary.errors import DouaneError

LEAST: Final = 1.0
"""Seconds that a case needs at least; with less left it is not begun."""


class Verdict(enum.Enum):
    """What a case says of the partner."""

    RIGHT = "right"
    REMARK = "remark"  # allowed, but worth knowing
    WRONG = "wrong"
    OPEN = "open"  # not decided: time ran out, or the partner sent nothing


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is tried. ``expected``: what a right partner does; ``source``: where that stands."""

    id: str
    title: str
    expected: str
    source: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was seen, what it means, and what the partner should do about it."""

    verdict: Verdict
    seen: str
    remedy: str = ""


def right(seen: str) -> Judged:
    """As it should be."""
    return Judged(Verdict.RIGHT, seen)


def remark(seen: str, remedy: str) -> Judged:
    """Allowed, but worth knowing."""
    return Judged(Verdict.REMARK, seen, remedy)


def wrong(seen: str, remedy: str) -> Judged:
    """Against the specification."""
    return Judged(Verdict.WRONG, seen, remedy)


def undecided(seen: str, remedy: str) -> Judged:
    """Nothing can be said."""
    return Judged(Verdict.OPEN, seen, remedy)


@dataclass(frozen=True, slots=True)
class Finding:
    """A case with its verdict. ``seconds``: how long it took."""

    case: Case
    judged: Judged
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A case and what tries it. ``aside``: it mostly waits, so it runs beside the others."""

    case: Case
    work: Callable[[], Awaitable[Judged]]
    aside: bool = False


async def run(trials: Sequence[Trial], seconds: float) -> list[Finding]:
    """Run a plan in at most so many seconds; findings in the order of the plan.

    Trials run one after the other, those ``aside`` beside them. What a trial raises of our own error tree is the
    partner's doing: no connection, or an answer that cannot be read.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    beside = {t.case.id: asyncio.create_task(_one(t, end)) for t in trials if t.aside}
    try:
        found = {t.case.id: await _one(t, end) for t in trials if not t.aside}
        found |= {id: await task for id, task in beside.items()}
    finally:
        for task in beside.values():
            task.cancel()
    return [found[t.case.id] for t in trials]


async def _one(trial: Trial, end: float) -> Finding:
    loop = asyncio.get_running_loop()
    began = loop.time()
    if end - began < LEAST:
        return Finding(trial.case, undecided("No time was left.", "Allow more time, or name cases."))
    try:
        async with asyncio.timeout_at(end):
            judged = await trial.work()
    except TimeoutError:
        judged = wrong("Time ran out before the partner had answered.", "Answer, or close, within the time limit.")
    except DouaneError as problem:
        judged = wrong(problem.text, problem.remedy or "See that the partner's system is up and reachable.")
    shown = Judged(judged.verdict, _printable(judged.seen), _printable(judged.remedy))
    return Finding(trial.case, shown, loop.time() - began)


def _printable(text: str) -> str:
    """What a partner said, without signs that a terminal or an XML file would take for something else."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
