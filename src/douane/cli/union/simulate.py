"""``douane simulate``: the whole union in one thread under faults, from a seed.

Doors, core, lanes and the SQLite store as they run everywhere, on a virtual clock, a network and disks that fail. The
same seed does the same to the bit. What fails is shown with the faults and traders that it needs.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from douane.cli.output import add_json, describe, print_json
from douane.configuration.collecting import settle
from douane.development.simulation.shortening import TRIES, shorten
from douane.development.simulation.simulation import Result, Scenario, scenario_of, simulate
from douane.vocabulary.errors import DeclarationFault

LINES = 60
"""How much of the trace of a failing run is printed."""
_NUMBERS = re.compile(r"\A\d+(,\d+)*\Z")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane simulate --seed 7 --hours 24",
        codes="exit codes: 0 every promise held; 1 one was broken; 2 the call cannot be understood",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="everything follows from it (1)")
    parser.add_argument("--hours", type=float, default=0.25, help="simulated hours until the faults end (0.25)")
    parser.add_argument("--traders", type=int, help="how many traders take part (12, or 80 from six hours on)")
    parser.add_argument("--faults", type=float, help="faults an hour (120, or 10 from six hours on)")
    parser.add_argument(
        "--adversaries", type=float, help="their strikes an hour (3600, or 250 from six hours on); 0: none"
    )
    parser.add_argument("--only", help="numbers of the traders that take part, as a shortened run names them")
    parser.add_argument("--keep", help="numbers of the faults that strike, as a shortened run names them; - for none")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="write the whole trace into a file")
    parser.add_argument(
        "--tries", type=int, default=TRIES, help=f"runs spent on shortening a failure ({TRIES}); 0: none"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Simulate; 0 if nothing was broken."""
    if sys.flags.hash_randomization:  # sets of strings must be walked in one order: once more, with a fixed hash
        again = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())", *sys.argv[1:]]
        os.execvp("env", ["env", "PYTHONHASHSEED=0", *again])  # noqa: S606, S607 - this program again, without a shell
    settle()
    result = simulate(_scenario(arguments))
    if arguments.trace is not None:
        arguments.trace.write_text("\n".join(result.trace.lines) + "\n")
    if not arguments.json:
        _tell(result)
    if not result.sound and arguments.tries:
        result = shorten(result, tries=arguments.tries)
        if not arguments.json:
            _explain(result)
    if arguments.json:
        print_json(_facts(result))
    return 0 if result.sound else 1


def _scenario(arguments: argparse.Namespace) -> Scenario:
    made = scenario_of(arguments.seed, arguments.hours, traders=arguments.traders, faults=arguments.faults,
                       adversaries=arguments.adversaries)  # fmt: skip
    if arguments.only:
        made = replace(made, only=_numbers(arguments.only))
    if arguments.keep:
        kept = frozenset() if arguments.keep == "-" else _numbers(arguments.keep)
        made = replace(made, keep=kept)
    return made


def _numbers(text: str) -> frozenset[int]:
    if not _NUMBERS.match(text):
        raise DeclarationFault(f"{text!r} is no list of numbers.", remedy="Write them as 1,2,3.")
    return frozenset(map(int, text.split(",")))


def _tell(result: Result) -> None:
    counts = dict(result.counts)
    print(f"seed {result.scenario.seed}, {result.scenario.hours:g} simulated hours: "
          f"{'every promise held' if result.sound else 'BROKEN'}")  # fmt: skip
    width = max(map(len, counts))
    for name, count in counts.items():
        print(f"  {name:<{width}}  {count:>9,}")
    print(f"  {'trace':<{width}}  {result.digest}")
    for each in result.broken[:20]:
        print(f"  broken: {each}")


def _explain(result: Result) -> None:
    """A failing run after it was shortened: how to see it again, which faults it needs, the end of its trace."""
    print(f"\nshortened to {len(result.struck)} faults and {len(result.taking)} traders; again with")
    print(f"  {_command(result)}")
    for number in result.struck:
        print(f"  fault {number:>3}: {result.events[number]}")
    for each in result.broken[:20]:
        print(f"  broken: {each}")
    print("the end of its trace:")
    for line in list(result.trace.lines)[-LINES:]:
        print(f"  {line}")


def _command(result: Result) -> str:
    scenario = result.scenario
    only = ",".join(map(str, result.taking))
    keep = ",".join(map(str, result.struck)) or "-"
    return (
        f"douane simulate --seed {scenario.seed} --hours {scenario.hours:g} --traders {scenario.traders} "
        f"--faults {scenario.faults:g} --adversaries {scenario.adversaries:g} --only {only} --keep {keep} --tries 0"
    )


def _facts(result: Result) -> dict[str, Any]:
    return {
        "seed": result.scenario.seed, "hours": result.scenario.hours, "sound": result.sound, "digest": result.digest,
        "counts": result.counts, "broken": result.broken, "command": _command(result),
        "faults": [str(result.events[number]) for number in result.struck],
    }  # fmt: skip
