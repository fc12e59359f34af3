"""Looks for the seeds at which the simulation notices each mutation: ``python -m tests.simulation.search [--record]``.

Prints a line for each; ``--record`` writes ``recorded.json``, from which CI repeats them, and the table in
``docs/reliability.md``. Ends with 1 when a mutation was not noticed within ``--seeds`` seeds (200).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from douane.development.simulation.simulation import Scenario, simulate
from tests.simulation.mutations import MUTATIONS
from tests.simulation.patching import Mutation
from tools.guarding import guarded

RECORDED = Path(__file__).with_name("recorded.json")
SEEDS = 200


@dataclass(frozen=True)
class Noticed:
    """At which seed a mutation was noticed (0: at none), by what, after how many seeds and CPU seconds."""

    name: str
    seed: int
    by: str
    tried: int
    seconds: float


def scenario(seed: int, mutation: Mutation) -> Scenario:
    """What mutations are tried in: short, dense, full of faults and adversaries."""
    return Scenario(seed, hours=0.15, traders=8, pause=60.0, faults=240.0, adversaries=3600.0, turns=mutation.turns,
                    securities=mutation.securities, hosts=mutation.hosts)  # fmt: skip


def notice(mutation: Mutation, seed: int) -> str:
    """What the simulation finds broken at a seed; empty where it notices nothing."""
    with mutation.patch():
        result = simulate(scenario(seed, mutation))
    return result.broken[0] if result.broken else ""


def search(mutation: Mutation, first: int = 1, most: int = SEEDS) -> Noticed:
    """Try seeds until one notices."""
    began = time.process_time()
    for tried, seed in enumerate(range(first, first + most), 1):
        found = notice(mutation, seed)
        if found and not simulate(scenario(seed, mutation)).broken:  # it is the mutation that was noticed
            return Noticed(mutation.name, seed, found, tried, time.process_time() - began)
    return Noticed(mutation.name, 0, "", most, time.process_time() - began)


def _by_name(name: str, most: int) -> Noticed:
    return search(next(m for m in MUTATIONS if m.name == name), most=most)


def main() -> int:
    """Search all, or those whose name contains a word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    names = [m.name for m in MUTATIONS if not arguments.words or any(w in m.name for w in arguments.words)]
    found: dict[str, Noticed] = {}
    with ProcessPoolExecutor(arguments.processes) as pool:
        for done in as_completed([pool.submit(_by_name, name, arguments.seeds) for name in names]):
            each = done.result()
            found[each.name] = each
            print(f"{each.name:<50} {f'seed {each.seed}' if each.seed else 'NOT NOTICED':<12} "
                  f"{each.tried:>3} tried {each.seconds:6.1f} s  {each.by[:110]}", flush=True)  # fmt: skip
    if arguments.record:
        kept = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
        kept |= {n.name: {"seed": n.seed, "by": n.by} for n in found.values() if n.seed}
        RECORDED.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return 0 if all(each.seed for each in found.values()) else 1


if __name__ == "__main__":
    sys.exit(guarded(main))
