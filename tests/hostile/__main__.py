"""``python -m tests.hostile``: plays every attempt against a freshly started union, and says which of them hold.

Each is judged by what it did to its victim. Exit code 0: every attempt was played and held. With ``--commit`` those
attempts that are open at that commit are played against it, built from git with an environment of its own; exit code 0
then means that every one of them breaks it, as an attempt that breaks nothing shows nothing. At most five may not be
playable there; they are named.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.hostile.attempt import FAMILIES, FIRST, SECOND, UNPLAYED_AT_MOST, Attempt, Verdict, attempts
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Tree, Union
from tools.guarding import guarded
from tools.proofs import write
from tools.trees import full_name, tree_of

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build/hostile"
TIMED = "fairness"
"""The family whose effects are times: played after the others, and alone."""
WORKERS = 3
DESCRIPTORS = 8192


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended."""

    attempt: Attempt
    verdict: Verdict
    seen: str
    seconds: float

    def facts(self) -> dict[str, object]:
        """For programs."""
        return {
            "name": self.attempt.name, "family": self.attempt.family, "findings": list(self.attempt.findings),
            "verdict": self.verdict.value, "seen": self.seen, "seconds": round(self.seconds, 1),
            "later": self.attempt.later,
        }  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    made.add_argument("--commit", help="play against this commit, and expect every attempt to break it")
    made.add_argument("--tree", type=Path, default=ROOT, help="play against another checkout with an environment")
    made.add_argument("--only", action="append", default=[], metavar="NAME", help="an attempt, or a family")
    made.add_argument("--brief", action="store_true", help="one attempt of each family that is not timed")
    made.add_argument("--record", action="store_true", help="keep a whole run that held as docs/proofs/hostile.json")
    made.add_argument("--list", action="store_true", help="name the attempts and their findings, play nothing")
    made.add_argument("--json", action="store_true", help="the outcome for programs")
    return made


def chosen(known: Sequence[Attempt], only: Sequence[str], commit: str = "") -> list[Attempt]:
    """The attempts that are asked for, of those that are open at the commit. Raises ValueError for a name of none."""
    for each in only:
        if each not in FAMILIES and all(each != one.name for one in known):
            raise ValueError(f"There is no attempt and no family {each!r}; --list names them.")
    wanted = [each for each in known if not only or each.name in only or each.family in only]
    return [each for each in wanted if each.open_at == commit] if commit else wanted


def brief(known: Sequence[Attempt]) -> list[Attempt]:
    """One attempt of each family, the latest: what is timed needs a machine of its own."""
    latest = {each.family: each for each in known if each.family != TIMED and not each.later}
    return list(latest.values())


def reviewed(commit: str) -> str:
    """By which name attempts call a commit. Raises ValueError for one at which no attempt is open."""
    for each in (FIRST, SECOND):
        if full_name(commit) == full_name(each):
            return each
    raise ValueError(f"No attempt is open at {commit}: there are those of {FIRST} and of {SECOND}.")


def runs() -> Path:
    """Where the nodes of this run have their folders."""
    return BUILD / "runs" / str(os.getpid())


def played(each: Attempt, union: Union) -> Outcome:
    """Play one attempt; whatever goes wrong beside it is told as such."""
    began = time.monotonic()
    try:
        effect = each.play(union)
        verdict, seen = effect.verdict, effect.seen
    except CannotBePlayed as reason:
        verdict, seen = Verdict.UNPLAYED, str(reason)
    except Exception as problem:  # one attempt must not keep the others from being played
        verdict, seen = Verdict.UNPLAYED, f"{type(problem).__name__}: {problem}"
    return Outcome(each, verdict, " ".join(seen.split()), time.monotonic() - began)


class Table:
    """One line for each attempt, as it ends."""

    def __init__(self, *, quiet: bool) -> None:
        self.outcomes: list[Outcome] = []
        self._quiet, self._lock = quiet, threading.Lock()

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome, and print it."""
        with self._lock:
            self.outcomes.append(outcome)
            if not self._quiet:
                print(line(outcome), flush=True)


def line(outcome: Outcome) -> str:
    """An outcome in a line."""
    if outcome.verdict is Verdict.UNPLAYED:
        return f"{outcome.verdict}: {outcome.attempt.name}: {outcome.seen}"
    later = f" (until {outcome.attempt.later})" if outcome.attempt.later else ""
    return f"{outcome.verdict:<7}{outcome.attempt.name:<46} {outcome.seen}{later}"


def play(tree: Tree, wanted: Sequence[Attempt], table: Table) -> None:
    """Play attempts: several at a time, as most of them wait; what is timed afterwards and alone."""
    waiting: SimpleQueue[Attempt] = SimpleQueue()

    def worker(number: int) -> None:
        union = Union(tree, runs() / str(number))
        try:
            with contextlib.suppress(Empty):
                while True:
                    table.add(played(waiting.get_nowait(), union))
        finally:
            union.close()

    for timed, workers in ((False, WORKERS), (True, 1)):
        for each in wanted:
            if (each.family == TIMED) is timed:
                waiting.put(each)
        with ThreadPoolExecutor(workers) as pool:
            for done in [pool.submit(worker, number + timed * WORKERS) for number in range(workers)]:
                done.result()


def judged(outcomes: Sequence[Outcome], commit: str) -> tuple[int, str]:
    """The exit code, and why, in words."""
    by = {verdict: [each for each in outcomes if each.verdict is verdict] for verdict in Verdict}
    counted = f"{len(outcomes)} attempts: " + ", ".join(f"{len(by[each])} {each}" for each in Verdict)
    if commit:
        unplayed = by[Verdict.UNPLAYED]
        missed = by[Verdict.HELD] + (unplayed if len(unplayed) > UNPLAYED_AT_MOST else [])
        if missed or not by[Verdict.BROKEN]:
            return 1, f"{counted}. {_named(missed)} did not break {commit} and so shows nothing."
        but = f" Not playable there: {_named(unplayed)}." if unplayed else ""
        return 0, f"{counted}. Every attempt that was played breaks {commit}, as it should.{but}"
    closed = [each for each in by[Verdict.HELD] if each.attempt.later]
    missed = by[Verdict.UNPLAYED] + [each for each in by[Verdict.BROKEN] if not each.attempt.later]
    if closed:
        return 1, f"{counted}. {_named(closed)} held before its part: take its mark `later` away."
    if missed or not outcomes:
        return 1, f"{counted}. {_named(missed)} missed."
    later = len(by[Verdict.BROKEN])
    return 0, f"{counted}. Everything held" + (f", but {later} that later parts close." if later else ".")


def _named(outcomes: Sequence[Outcome]) -> str:
    return ", ".join(each.attempt.name for each in outcomes) or "Nothing"


def main(arguments: Sequence[str] | None = None) -> int:
    """Play what is asked for, and judge it."""
    asked = parser().parse_args(arguments)
    try:
        wanted = chosen(attempts(), asked.only, reviewed(asked.commit) if asked.commit else "")
        if asked.brief:
            wanted = brief(wanted)
        if asked.list:
            for each in wanted:
                print(f"{each.family:<14}{each.name:<46} {each.open_at:<10}{', '.join(each.findings)}")
            return 0
        tree = Tree(tree_of(asked.commit, BUILD)) if asked.commit else Tree(asked.tree.resolve())
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, most), most))
    table, began = Table(quiet=asked.json), time.monotonic()
    play(tree, wanted, table)
    code, why = judged(table.outcomes, asked.commit or "")
    if code == 0:
        shutil.rmtree(runs(), ignore_errors=True)
    else:
        print(f"kept: {runs()}", file=sys.stderr)
    if asked.record and code == 0:
        whole = len(wanted) == len(attempts()) and not asked.commit and tree.root == ROOT
        if not whole:
            print("Only a run of every attempt against this tree is kept as a proof.", file=sys.stderr)
            return 2
        held = sum(each.verdict is Verdict.HELD for each in table.outcomes)
        write("hostile", command="python -m tests.hostile --record", seconds=time.monotonic() - began,
              verdict="held", figures={"attempts": len(wanted), "held": held})  # fmt: skip
    if asked.json:
        facts = [each.facts() for each in table.outcomes]
        print(json.dumps({"commit": asked.commit, "sound": code == 0, "why": why, "attempts": facts}, indent=1))
    else:
        print(why)
    return code


if __name__ == "__main__":
    sys.exit(guarded(main))
