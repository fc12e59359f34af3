"""Machine instructions of a unit of work in the core, by library: a figure that no neighbour of the machine disturbs.

valgrind counts them. Two runs that differ only in their number of units are compared, so that start-up cancels out.
Timings say what a unit costs; this says what a change to it costs, to a tenth of a percent, on the busiest machine:
``python -m bench.instructions``, five minutes of CPU time. With a number it makes one such run by itself. The budget of
a tick is lifted as in ``bench.opcodes``: under valgrind a tick would end after each message, and each would be signed
and committed alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.node import FILL_AT_ONCE, Filler
from bench.report import text
from bench.steps import NO_BUDGET, arrival, started
from douane.configuration.collecting import settle
from douane.runtime.core.tick import Tick

FEW, MANY = 2 * FILL_AT_ONCE, 6 * FILL_AT_ONCE
NAMES = {
    "libpython": "Python", "apsw": "SQLite", "zstandard": "zstd", "_rust": "signatures", "libcrypto": "hashes",
    "libc.so": "C library", "msgspec": "msgspec",
}  # fmt: skip
NOTE = "valgrind does not know the processor's SHA instructions: hashes count for about four times what they cost."
Row = dict[str, Any]  # Any: a figure or a word


def work(units: int) -> None:
    """So many units, 64 at once."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        core = started(Path(folder), budget=NO_BUDGET)
        filler, owner = Filler(core), core.node.owners[0]
        settle()
        for _ in range(units // FILL_AT_ONCE):
            Tick(owner).run([arrival(core, filler) for _ in range(FILL_AT_ONCE)])
            while owner.pending:
                Tick(owner).run()
        core.store.close()


def counted(units: int) -> Counter[str]:
    """Instructions of such a run, by the file they lie in."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "counts"
        command = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={kept}"]
        environment = os.environ | {"PYTHONHASHSEED": "0"}
        subprocess.run([*command, sys.executable, "-m", "bench.instructions", str(units)], check=True, env=environment)
        return own(kept)


def own(kept: Path) -> Counter[str]:
    """Own costs by object file from callgrind's format; what a call cost stands on the line after ``calls=``."""
    found: Counter[str] = Counter()
    names: dict[str, str] = {}
    at, called = "", False
    for line in kept.open():
        if line.startswith(("ob=", "cob=")):  # whose code it is, or whom it calls; a name is spelt out once
            number, _, name = line.partition("=")[2].strip().partition(" ")
            file = names.setdefault(number, name)
            at = file if line.startswith("ob=") else at
        elif line.startswith("calls="):
            called = True
        elif re.match(r"[+*\-\d]", line):
            if not called:
                found[at] += int(line.split()[1])
            called = False
    return found


def label(file: str) -> str:
    """A library as people call it."""
    return next((name for part, name in NAMES.items() if part in Path(file).name or part in file), "others")


def table() -> list[Row]:
    """Thousands of instructions a unit, by library."""
    work(FILL_AT_ONCE)  # what is compiled at first use is compiled, and counted in neither
    few, many = counted(FEW), counted(MANY)
    found: Counter[str] = Counter()
    for file, number in many.items():
        found[label(file)] += number - few[file]
    whole = sum(found.values())
    rows: list[Row] = [
        {"library": name, "thousands_per_unit": round(number / (MANY - FEW) / 1000), "share": number / whole}
        for name, number in found.most_common()
    ]
    return [*rows, {"library": "together", "thousands_per_unit": round(whole / (MANY - FEW) / 1000), "share": 1.0}]


def main() -> int:
    """Count and print, or make one run; 2 where valgrind is missing."""
    if len(sys.argv) > 1:
        work(int(sys.argv[1]))
        return 0
    if shutil.which("valgrind") is None:
        print(
            "valgrind is missing. Install it (Debian: apt-get install valgrind), then run this again.", file=sys.stderr
        )
        return 2
    print(text({"name": "instructions", "rows": table(), "ratios": {}, "notes": [NOTE]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
