"""Does a node's memory stay flat? ``python -m bench.soak [--minutes 10]``: full load, and the resident size all along.

The first fifth is warm-up: caches fill until they reach their bounds. Exit code 1 when the size grew by more than a
tenth after that, or when anything went wrong under the load.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from statistics import median

from bench.node import prepare_identity
from bench.unit_of_work import Row, Server, folder, load, plan
from douane.cli.main import PRIVATE
from tools.guarding import guarded

SLICE = 20.0
SAMPLE = 2.0
ALLOWED = 0.10


def resident(process: int) -> int:
    """Resident bytes of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096


def watch(process: int, samples: list[tuple[float, int]], stop: threading.Event) -> None:
    """Sample until told to stop."""
    began = time.monotonic()
    while not stop.wait(SAMPLE):
        samples.append((time.monotonic() - began, resident(process)))


def soak(minutes: float) -> Row:
    """Drive a node for so long; what its memory did."""
    samples: list[tuple[float, int]] = []
    stop = threading.Event()
    units = errors = 0
    with folder() as place:
        _, tokens = prepare_identity(place)
        with Server("bench.node", str(place), "plain") as server:
            watcher = threading.Thread(target=watch, args=(server.process.pid, samples, stop))
            watcher.start()
            end = time.monotonic() + minutes * 60
            while (left := end - time.monotonic()) > 1:
                row = load(server, plan(server.port, tokens, min(SLICE, left)), place, counts=True)
                units, errors = units + row["units"], errors + row["errors"] + row["parked"]
                print(f"{units:>9,} units, {resident(server.process.pid) / 1e6:,.0f} MB resident", flush=True)
            stop.set()
            watcher.join()
    return judged(samples, minutes * 60) | {"units": units, "errors": errors}


def judged(samples: list[tuple[float, int]], seconds: float) -> Row:
    """Growth from the fifth after the warm-up to the last fifth, by medians."""
    fifth = seconds / 5
    early = median(size for at, size in samples if fifth <= at < 2 * fifth)
    late = median(size for at, size in samples if at >= 4 * fifth)
    return {
        "early_mb": round(early / 1e6, 1), "late_mb": round(late / 1e6, 1), "growth": round(late / early - 1, 3),
    }  # fmt: skip


def main() -> int:
    """Soak, print, judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    os.umask(PRIVATE)
    found = soak(parser.parse_args().minutes)
    print(json.dumps(found))
    return int(found["growth"] > ALLOWED or found["errors"] > 0)


if __name__ == "__main__":
    sys.exit(guarded(main))
