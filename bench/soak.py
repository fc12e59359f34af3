"""Does a node stay as it is? ``python -m bench.soak [--minutes 10] [--share 0.8]``: load, and its size all along.

Without a share the load is full. With one the node is driven at that part of what it does under full load, each unit
begun when it is due whatever the last one took; rate, p99 of receipts and of answers and CPU a unit of the last fifth
then stand beside those of the fifth after the warm-up. The first fifth is warm-up: caches fill until they reach their
bounds. Exit code 1 when the size grew by more than a tenth after that, or when anything went wrong under the load.
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


def soak(minutes: float, share: float) -> Row:
    """Drive a node for so long, at full load or at a share of what it does then; what came of it."""
    samples: list[tuple[float, int]] = []
    stop, slices = threading.Event(), list[Row]()
    with folder() as place:
        _, tokens = prepare_identity(place)
        with Server("bench.node", str(place), "plain") as server:
            ceiling, every = 0.0, 0.0
            if share < 1:
                load(server, plan(server.port, tokens, SLICE), place, counts=True)  # what is made at first use is made
                ceiling = load(server, plan(server.port, tokens, SLICE), place, counts=True)["units_per_s"]
                every = len(tokens) / (share * ceiling)
                print(f"the ceiling: {ceiling:,.1f} units/s", flush=True)
            watcher = threading.Thread(target=watch, args=(server.process.pid, samples, stop))
            watcher.start()
            end = time.monotonic() + minutes * 60
            while (left := end - time.monotonic()) > 1:
                work = plan(server.port, tokens, min(SLICE, left)) | {"every": every}
                slices.append(row := load(server, work, place, counts=True))
                print(
                    f"{row['units_per_s']:>8,.1f} units/s, receipt p99 {row['receipt_p99_ms']} ms, final p99"
                    f" {row['final_p99_ms']} ms, {row['unit_cpu_us']} us of CPU a unit,"
                    f" {resident(server.process.pid) / 1e6:,.0f} MB resident",
                    flush=True,
                )
            stop.set()
            watcher.join()
    errors = sum(row["errors"] + row["parked"] for row in slices)
    units = sum(row["units"] for row in slices)
    found = judged(samples, minutes * 60) | {"units": units, "errors": errors}
    return found if share == 1 else {"ceiling": ceiling} | found | even(slices)


def judged(samples: list[tuple[float, int]], seconds: float) -> Row:
    """Growth from the fifth after the warm-up to the last fifth, by medians."""
    fifth = seconds / 5
    early = median(size for at, size in samples if fifth <= at < 2 * fifth)
    late = median(size for at, size in samples if at >= 4 * fifth)
    return {
        "early_mb": round(early / 1e6, 1), "late_mb": round(late / 1e6, 1), "growth": round(late / early - 1, 3),
    }  # fmt: skip


def even(slices: list[Row]) -> Row:
    """The last fifth of the slices beside the fifth after the warm-up, by medians: how much each figure changed."""
    fifth = max(1, len(slices) // 5)
    found = Row()
    for figure in ("units_per_s", "receipt_p99_ms", "final_p99_ms", "unit_cpu_us"):
        early, late = (
            median(row[figure] for row in some) for some in (slices[fifth : 2 * fifth] or slices, slices[-fifth:])
        )
        found[figure] = [early, late, round(late / early - 1, 3)]
    return found


def main() -> int:
    """Soak, print, judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--share", type=float, default=1.0, help="of the load that it can carry (default: all of it)")
    os.umask(PRIVATE)
    wanted = parser.parse_args()
    found = soak(wanted.minutes, wanted.share)
    print(json.dumps(found))
    return int(found["growth"] > ALLOWED or found["errors"] > 0)


if __name__ == "__main__":
    sys.exit(guarded(main))
