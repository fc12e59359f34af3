"""What it gains that a node lies on large pages: the core of one node with them and of one without, in turn.

Both are processes of their own on the first core and handle the same units (``bench.steps``), a slice each at a time.
The one without told the kernel to give it none. Where the system has none at all, there is nothing to compare.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.brief import size
from bench.node import Filler
from bench.steps import drive, started
from bench.unit_of_work import CORES
from douane.configuration.collecting import lay_together, settle

WITHOUT, WITH = "small pages", "large pages"
ROUNDS, WARM = size((40, 2.0), brief=(1, 0.1))
SHORTEST, LONGEST = size((0.3, 1.0), brief=(0.05, 0.1))
"""Seconds of a slice."""
_NONE = 41  # PR_SET_THP_DISABLE of Linux (prctl(2))
NOTE = (
    f"CPU of the core without HTTP, 64 units at once, medians of {ROUNDS} slices of each; the ratio is of neighbours."
)
Row = dict[str, Any]  # Any: figures and words


def handle(kind: str) -> None:
    """Handle units for as many seconds as each line says, and tell their CPU and what lies on large pages."""
    if kind == WITHOUT:
        ctypes.CDLL(None).prctl(_NONE, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        core = started(Path(folder))
        filler = Filler(core)
        settle()
        drive(core, filler, WARM)
        lay_together()
        print(json.dumps({"ready": kind}), flush=True)
        for line in sys.stdin:
            units, cpu, _ = drive(core, filler, float(line))
            print(json.dumps({"unit_cpu_us": cpu / units * 1e6, "units": units, "large_mb": _large_mb()}), flush=True)
        core.store.close()


def _large_mb() -> float:
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("AnonHugePages:")) / 1024


@contextlib.contextmanager
def node(kind: str) -> Iterator[subprocess.Popen[str]]:
    """Such a process, ready, as long as the block lasts."""
    command = [sys.executable, "-m", "bench.pinned", str(CORES[0]), "bench.large_pages", kind]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _told(process)
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _told(process: subprocess.Popen[str]) -> Row:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the node ended with {process.wait(10)}")
    found: Row = json.loads(line)
    return found


def run(seconds: float) -> Row:
    """Both in turn, in changing order."""
    slice_s = min(max(seconds / 10, SHORTEST), LONGEST)
    found: dict[str, list[Row]] = {WITHOUT: [], WITH: []}
    with contextlib.ExitStack() as open_until_the_end:
        nodes = {kind: open_until_the_end.enter_context(node(kind)) for kind in found}
        for number in range(ROUNDS):
            for kind in found if number % 2 else reversed(found):
                stdin = nodes[kind].stdin
                assert stdin is not None
                stdin.write(f"{slice_s}\n")
                stdin.flush()
                found[kind].append(_told(nodes[kind]))
    if not found[WITH][-1]["large_mb"]:
        return {"name": "large pages", "rows": [{"none": "this system lays no memory on large pages"}], "ratios": {}}
    rows = [
        {"case": kind, "units": sum(row["units"] for row in some), "large_pages_mb": round(some[-1]["large_mb"]),
         "unit_cpu_us": round(median(row["unit_cpu_us"] for row in some), 1)}
        for kind, some in found.items()
    ]  # fmt: skip
    pairs = [b["unit_cpu_us"] / a["unit_cpu_us"] for a, b in zip(*found.values(), strict=True)]
    ratios = {"CPU per unit: large pages / small": round(median(pairs), 3)}
    return {"name": "large pages", "rows": rows, "ratios": ratios, "notes": [NOTE]}


if __name__ == "__main__":
    handle(sys.argv[1])
