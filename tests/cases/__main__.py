"""``python -m tests.cases NAME [--sabotage N]``: numbered cases, played from outside at the doors of a running node.

Each prints PASS or FAIL with what was expected and what was got. ``--sabotage N`` plays them at a node that lacks the
one rule or posting that case N is about: exit code 0 then means that exactly case N turned. ``--running FOLDER`` plays
them at the union of ``make run``, whose data are in that folder (``build/demo/centre``). Without a name: all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from douane.configuration.settings import PORTS
from tests.cases.playing import Ended, cases_of, doors_of, names, play, standing
from tools.guarding import guarded


def main(arguments: Sequence[str] | None = None) -> int:
    """Play what is asked for."""
    made = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__)
    made.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; without one, all")
    made.add_argument("--sabotage", type=int, metavar="N", help="at a node that lacks what case N is about")
    made.add_argument("--running", type=Path, metavar="FOLDER", help="at a union that runs, by its data")
    made.add_argument("--brief", action="store_true", help="all cases, and of each name the first sabotage")
    asked = made.parse_args(arguments)
    wanted = asked.names or names()
    try:
        numbers = {name: [each.number for each in cases_of(name)] for name in wanted}
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    if asked.sabotage is not None:
        if any(asked.sabotage not in known for known in numbers.values()):
            print(f"There is no case {asked.sabotage} of {', '.join(wanted)}.", file=sys.stderr)
            return 2
        return max(sabotaged(name, asked.sabotage) for name in wanted)
    if asked.running is not None:
        if not (asked.running / "identity" / "root.pem").exists():
            print(f"{asked.running} holds no data of a node that runs.", file=sys.stderr)
            return 2
        doors = doors_of(asked.running, dict(PORTS))
        return int(not told([each for name in wanted for each in play(name, doors)]))
    with standing() as doors:
        sound = told([each for name in wanted for each in play(name, doors)])
    if asked.brief and sound:
        return max(sabotaged(name, numbers[name][0]) for name in wanted)
    return int(not sound)


def told(ended: Sequence[Ended]) -> bool:
    """Print how cases ended; whether all passed."""
    for each in ended:
        print(each.line(), flush=True)
    return all(each.seen.passed for each in ended)


def sabotaged(name: str, number: int) -> int:
    """Play the cases of a name at a node that lacks what one is about; 0 where exactly that one turned."""
    with standing((name, number)) as doors:
        ended = play(name, doors)
    told(ended)
    turned = [each.case.number for each in ended if not each.seen.passed]
    print(f"{name}: without what case {number} is about, {turned or 'none'} turned")
    return int(turned != [number])


if __name__ == "__main__":
    sys.exit(guarded(main))
