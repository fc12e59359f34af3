"""``python -m bench [NAME ...]``: every benchmark in a process of its own on one core, as tables and as JSON.

A peer that is not installed, or data that is not beside the checkout, is reported as absent. Exit codes: 0 when every
benchmark ran, 1 when one failed or took too long, 2 for a name that does not exist.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.brief import BRIEF
from bench.report import machine, page, text
from bench.sizing import sized
from douane.cli.main import PRIVATE
from tools.guarding import adopt, end_descendants, guarded

HERE = Path(__file__).parent
OUTPUT = Path("build/bench")
BRIEF_SECONDS = 0.05
TOTAL = 45 * 60.0
GROWTH_TOTAL = 4 * 3600.0
ORDER = (
    "unit_of_work",
    "enqueue",
    "runtime",
    "processes",
    "decision_tables",
    "xml_binding",
    "ncts_rules",
    "model",
    "audit",
    "as4",
    "as4_pair",
    "backlog",
)


def names() -> list[str]:
    """The modules of this folder that have a ``run``, the main one first."""
    found = [p.stem for p in HERE.glob("*.py") if re.search(r"^def run\(", p.read_text(), re.MULTILINE)]
    return sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


def perform(name: str, seconds: float, limit: float, *, growth: bool, into: Path) -> dict[str, Any]:
    """One benchmark, on the first core, within a time limit."""
    output = into / f"{name}.json"
    output.unlink(missing_ok=True)
    core = min(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "bench.pinned", str(core), "bench.single", name, str(seconds), str(output)]
    try:
        done = subprocess.run(
            [*command, *(["growth"] if growth else [])],
            check=False,
            timeout=max(limit, 1.0),
            stderr=subprocess.PIPE,
            text=True,
        )
    except subprocess.TimeoutExpired:
        return {"name": name, "rows": [{"failed": f"not done within {limit:.0f} s"}], "ratios": {}, "failed": True}
    finally:
        end_descendants()  # no server of this one disturbs the next
    if output.exists():
        found: dict[str, Any] = json.loads(output.read_text())
        return found
    last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    if "ModuleNotFoundError" in last:
        absent = {"name": name, "rows": [{"absent": last.partition(": ")[2]}], "ratios": {}}
        output.write_text(json.dumps(absent))
        return absent
    sys.stderr.write(done.stderr)
    return {"name": name, "rows": [{"failed": last}], "ratios": {}, "failed": True}


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("name", nargs="*", help="benchmarks to run (default: all)")
    parser.add_argument("--seconds", type=float, default=10.0, help="about how long each figure is measured")
    parser.add_argument("--list", action="store_true", help="say which there are")
    parser.add_argument(
        "--growth",
        action="store_true",
        help="also stores of 10 million messages, of a million cases (hours)",
    )
    parser.add_argument(
        "--brief", action="store_true", help="show that each works, with as little as that takes; figures mean nothing"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the JSON goes (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md from this run")
    parser.add_argument(
        "--again",
        action="store_true",
        help="with names and --write: the other figures stay those of the last run here, and the page says so",
    )
    return parser.parse_args()


def among(last: list[dict[str, Any]], anew: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results of the last run, with those in their places that were measured anew, and say so."""
    found = {result["name"]: {**result, "again": True} for result in anew}
    return [found.pop(result["name"], result) for result in last] + list(found.values())


def main() -> int:
    """Run what was asked for; the exit code."""
    os.umask(PRIVATE)
    adopt()
    wanted, known = parsed(), names()
    if wanted.list:
        print("\n".join(known))
        return 0
    unknown = [name for name in wanted.name if name not in known]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; known are {', '.join(known)}.", file=sys.stderr)
        return 2
    if wanted.again and not (wanted.name and (wanted.output / "all.json").exists()):
        print(f"Name what is measured again, where {wanted.output / 'all.json'} has the rest.", file=sys.stderr)
        return 2
    wanted.output.mkdir(parents=True, exist_ok=True)
    seconds = BRIEF_SECONDS if wanted.brief else wanted.seconds
    if wanted.brief:
        os.environ[BRIEF] = "yes"
    end = time.monotonic() + (GROWTH_TOTAL if wanted.growth else TOTAL)
    results = []
    for name in wanted.name or known:
        print(f"{name} ...", file=sys.stderr, flush=True)
        result = perform(name, seconds, end - time.monotonic(), growth=wanted.growth, into=wanted.output)
        print(text(result), flush=True)
        results.append(result)
    if (size := sized(results)) is not None:
        print(text(size), flush=True)
        results.append(size)
    if wanted.again:
        results = among(json.loads((wanted.output / "all.json").read_text())["results"], results)
    everything = {"machine": machine(), "seconds": seconds, "results": results}
    if wanted.again or not wanted.name:  # a run of some does not take the place of the last run of all
        (wanted.output / "all.json").write_text(json.dumps(everything, indent=1, ensure_ascii=False))
    if wanted.write:
        Path("docs/performance.md").write_text(page(results, seconds))
    return 1 if any(result.get("failed") for result in results) else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
