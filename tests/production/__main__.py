"""``python -m tests.production --from dist/``: a release in the shape that counts, on hosts of its own.

Three hosts (a front with a proxy, a core with PostgreSQL, browser and foreign identity providers outside) are set up by
the commands of ``docs/deploy.md``. Each row is held, broken, or not played with its reason; what this machine lacks is
named, and nothing that was not played counts as passed. Exit code 0: every row that was played held, and one was. 75
(``NOT_PLAYED``): this machine lacks what it needs; 1 where the environment variable CI is set.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.production.rows import ROWS, NotPlayed, Row, Scene
from tests.production.shape import ROOT, absent, shape
from tools.briefs import NOT_PLAYED
from tools.guarding import guarded
from tools.proofs import write

HELD, BROKEN, UNPLAYED = "held", "BROKEN", "not played"


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m tests.production", description=__doc__)
    made.add_argument("--from", dest="dist", type=Path, default=ROOT / "dist", help="the release (default: dist)")
    made.add_argument("--brief", action="store_true", help="without the page journeys of the suite")
    made.add_argument("--journeys", default="", metavar="WORDS", help="of the page journeys those that pytest -k finds")
    made.add_argument("--record", action="store_true", help="keep a whole run that held as docs/proofs/production.json")
    made.add_argument("--list", action="store_true", help="name the rows, play nothing")
    return made


def played(rows: Sequence[Row], scene: Scene) -> dict[str, str]:
    """Play each in its turn, and print what came of it; the verdicts. Without a needed one the rest is not played."""
    verdicts: dict[str, str] = {}
    lost = ""
    for row in rows:
        began = time.monotonic()
        try:
            if lost:
                raise NotPlayed(f"it needs {lost}")
            verdict, seen = HELD, row.play(scene)
        except NotPlayed as reason:
            verdict, seen = UNPLAYED, str(reason)
        except Exception as problem:  # one row must not keep the others from being played
            verdict, seen = BROKEN, f"{type(problem).__name__}: {problem}"
            lost = row.name if row.needed else ""
        verdicts[row.name] = verdict
        print(f"{verdict:<11}{row.sentence} ({time.monotonic() - began:.0f} s): {seen}", flush=True)
    return verdicts


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the rows."""
    asked = parser().parse_args(arguments)
    rows = [row for row in ROWS if not (asked.brief and row.whole)]
    if asked.list:
        print("\n".join(f"{row.name:<14}{row.sentence}" for row in rows))
        return 0
    if missing := absent(asked.dist):
        print("\n".join(f"absent: {each}" for each in missing))
        print(f"{UNPLAYED}: all {len(rows)} rows, as this machine lacks what is named.")
        return 1 if os.environ.get("CI") else NOT_PLAYED
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="douane-production-")))
        made = stack.enter_context(shape(folder))
        verdicts = played(rows, Scene(made, asked.dist.resolve(), stack, asked.journeys))
    counted = {each: sum(found == each for found in verdicts.values()) for each in (HELD, BROKEN, UNPLAYED)}
    print(f"{len(rows)} rows: " + ", ".join(f"{number} {each}" for each, number in counted.items()) + ".")
    if asked.record and not counted[BROKEN] and not (asked.brief or asked.journeys):
        left = tuple(row.sentence for row in rows if verdicts[row.name] == UNPLAYED)
        write(
            "production",
            command="python -m tests.production --from dist/ --record",
            figures=counted,
            absent=left,
            seconds=time.monotonic() - began,
            verdict="held",
        )
    return int(bool(counted[BROKEN]) or not counted[HELD])


if __name__ == "__main__":
    sys.exit(guarded(main))
