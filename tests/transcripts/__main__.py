"""``python -m tests.transcripts replay|record|show``: what the doors of 9c21e3d2 answered, and whether they still do.

``replay`` gives a node of this tree, or of ``--tree``, what was given to the node of 9c21e3d2, and says by exchange
what differs. ``record`` builds the tree of 9c21e3d2 from git and writes a transcript anew: for a script that is new,
never because an answer has changed. ``show`` prints a transcript. Exit code 0: all replay; 1: something differs.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.transcripts import exchanges, wire
from tests.transcripts.exchanges import Names
from tests.transcripts.played import played
from tests.transcripts.recording import Recorder, Script
from tests.transcripts.replaying import replay
from tools.guarding import guarded
from tools.trees import tree_of

ROOT = Path(__file__).parents[2]
FORMER = "9c21e3d2"


def script(name: str) -> Script:
    """The script of a transcript. Raises ModuleNotFoundError for one that nobody wrote."""
    module = importlib.import_module(f"tests.transcripts.scripts.{name.rpartition('-')[0].replace('-', '_')}")
    found: Script = module.record
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for."""
    made = argparse.ArgumentParser(prog="python -m tests.transcripts", description=__doc__)
    made.add_argument("verb", choices=("replay", "record", "show"))
    made.add_argument("names", nargs="*", metavar="NAME", help="a transcript, as rest-xml-1; without one, all")
    made.add_argument("--tree", type=Path, default=ROOT, help="replay to another checkout with an environment")
    made.add_argument("--beside", type=Path, default=ROOT / "build", help="where the former tree is built")
    asked = made.parse_args(arguments)
    names = asked.names or [*exchanges.names(), *wire.NAMES]
    at_doors, at_queues = [each for each in names if each not in wire.NAMES], [n for n in names if n in wire.NAMES]
    if asked.verb == "show":
        for each in (each for name in at_doors for each in exchanges.load(name)):
            print(json.dumps({"given": each.given, "told": each.told}, indent=1, ensure_ascii=False))
        return 0
    if asked.verb == "record":
        record(at_doors, at_queues, tree_of(FORMER, asked.beside))
        return 0
    with tempfile.TemporaryDirectory() as issued:
        found = replay(at_doors, asked.tree.resolve(), Path(issued))
    for difference in found.open:
        print(difference.text())
    print(found.summary())
    differing = [] if asked.tree.resolve() != ROOT else list(wire.differences(at_queues))
    for line in differing:
        print(line)
    print(f"queue and folder: {len(differing)} steps of {len(at_queues)} transcripts differ")
    return int(bool(found.open or found.unused or differing))


def record(at_doors: Sequence[str], at_queues: Sequence[str], tree: Path) -> None:
    """Write transcripts anew, by a node of a tree, or within a process of it."""
    with tempfile.TemporaryDirectory() as issued:
        for name in at_doors:
            with played(tree, Path(issued)) as node:
                recorder = Recorder(node, Names())
                script(name)(recorder)
            exchanges.keep(name, recorder.kept)
            print(f"{name}: {len(recorder.kept)} exchanges")
    there = tree / wire.HERE.relative_to(ROOT)
    for name in at_queues:
        for file in (Path(wire.__file__), wire.HERE / f"{name}.json"):
            shutil.copy(file, there)
        recording = [str(tree / ".venv/bin/python"), "-m", "tests.transcripts.wire", name]
        subprocess.run(recording, cwd=tree, check=True)
        shutil.copy(there / f"{name}.json", wire.HERE)


if __name__ == "__main__":
    sys.exit(guarded(main))
