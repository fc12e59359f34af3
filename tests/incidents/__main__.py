"""Plays incidents on a node that runs, and decoys that must raise nothing: ``python -m tests.incidents [NAME ...]``.

Each incident is judged from outside: within 30 seconds it stands in the log, with cause and remedy, and in the metrics;
the cases that the node names as hit are those of the fault; then the printed runbook is done, by the commands that
stand on its page, within 60 seconds it is over, and no case is named any more. Exit code 0: so it was with each.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.incidents import alone, away, clocks, collecting, fronts, paging, people, several, volumes
from tests.incidents.scene import Incident, Missed, Scene, judged
from tools.guarding import guarded
from tools.proofs import write

BROKER = "broker away"
BRIEF = (
    "core killed", "lane held up", "older revocation list", "metrics asked by an officer",
    "certificate of a client ends at night",
)  # fmt: skip
"""What takes no minute together, and no test plays."""
Plays = Mapping[str, Callable[[Any], Incident]]
Decoys = Mapping[str, Callable[[Any], None]]


@dataclass(frozen=True)
class Stage:
    """A node, and what happens to it. why_not: why there is none here; empty where there is."""

    stands: Callable[[Path, Sequence[str]], contextlib.AbstractContextManager[Scene[Any]]]
    plays: Plays
    decoys: Decoys = field(default_factory=dict)
    why_not: Callable[[], str] = str


STAGES = (
    Stage(lambda folder, _names: several.standing_several(folder), several.INCIDENTS, several.DECOYS),
    Stage(lambda folder, names: alone.standing_alone(folder, broker=BROKER in names), alone.INCIDENTS, alone.DECOYS),
    Stage(lambda folder, _names: collecting.standing_collected(folder), collecting.INCIDENTS, collecting.DECOYS),
    Stage(lambda folder, _names: fronts.standing_front(folder), fronts.INCIDENTS),
    Stage(lambda folder, _names: paging.standing_paging(folder), paging.INCIDENTS),
    Stage(lambda folder, _names: people.standing_people(folder), people.INCIDENTS),
    Stage(lambda folder, _names: clocks.standing_clock(folder), clocks.INCIDENTS),
    Stage(lambda folder, _names: volumes.standing_full(folder), volumes.INCIDENTS, why_not=volumes.why_not),
    Stage(lambda folder, _names: away.standing_away(folder), away.INCIDENTS, why_not=away.why_not),
)
NAMES = tuple(name for stage in STAGES for name in (*stage.plays, *stage.decoys))


@dataclass
class Came:
    """What came of them: how many were played, which were missed, and which could not be played for want of what."""

    played: int = 0
    missed: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)


def play(scene: Scene[Any], name: str, stage: Stage) -> bool:
    """Play one, and print what came of it; whether it was as it should be."""
    scene.begin()
    try:
        judged(scene, stage.plays.get(name), stage.decoys.get(name))
    except Missed as problem:
        print(f"MISSED   {name}: {problem}", flush=True)
        return False
    except Exception as problem:  # what ends one, also a fault of the harness, ends no other
        traceback.print_exc()
        print(f"FAILED   {name}: {type(problem).__name__}: {problem}", flush=True)
        return False
    kind = "decoy" if name in stage.decoys else "incident"
    took = ", ".join(f"{what} {seconds} s" for what, seconds in scene.took.items())
    print(f"{kind:<8} {name}: {took or 'nothing was raised'}", flush=True)
    for step in scene.steps if name in stage.plays else ():
        print(f"         did {step}", flush=True)
    return True


def played(wanted: Sequence[str]) -> Came:
    """Play what is wanted, each on its node."""
    came = Came()
    for stage in STAGES:
        names = [name for name in (*stage.plays, *stage.decoys) if name in wanted]
        if names and (problem := stage.why_not()):
            came.absent |= dict.fromkeys(names, problem)
        elif names:
            with tempfile.TemporaryDirectory() as folder, stage.stands(Path(folder), names) as scene:
                if BROKER in names and not alone.BROKERS:
                    came.absent[BROKER] = "RabbitMQ"
                    names.remove(BROKER)
                came.missed += [name for name in names if not play(scene, name, stage)]
                came.played += len(names)
    return came


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m tests.incidents", description=__doc__)
    made.add_argument("names", nargs="*", metavar="NAME", help="incidents and decoys; all of them where none is named")
    made.add_argument("--brief", action="store_true", help="a handful that takes a minute")
    made.add_argument("--record", action="store_true", help="keep a whole run as docs/proofs/incidents.json")
    made.add_argument("--list", action="store_true", help="name them, play nothing")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Play those named, or all; 1 where one was missed, or a decoy raised something."""
    asked, began = parser().parse_args(arguments), time.monotonic()
    if unknown := sorted(set(asked.names) - set(NAMES)):
        print(f"There is no incident {', '.join(unknown)}; --list names them.", file=sys.stderr)
        return 2
    wanted = asked.names or (BRIEF if asked.brief else NAMES)
    if asked.list:
        print("\n".join(wanted))
        return 0
    came = played(wanted)
    for name, problem in came.absent.items():
        print(f"ABSENT   {name}: {problem}", flush=True)
    print(f"{len(came.missed)} of {came.played} failed; {len(came.absent)} could not be played.")
    if asked.record and not came.missed and set(wanted) == set(NAMES):
        absent = sorted(set(came.absent.values()))
        write("incidents", command="python -m tests.incidents --record", seconds=time.monotonic() - began,
              verdict="as they should be", figures={"played": came.played}, absent=absent)  # fmt: skip
    return 1 if came.missed else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
