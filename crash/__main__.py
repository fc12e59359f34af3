"""``python -m crash``: real faults on real processes, and a ledger. Exit code 0 only if nothing was lost, doubled,
overtaken or broken, and everything drained."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from crash.campaign import Campaign, Shape, clear, identity_for
from crash.report import Totals, text
from crash.volumes import flush_rate

PER_CAMPAIGN = 250
FOLDER = Path("build/crash")


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="crash", description=__doc__)
    made.add_argument("--kills", type=int, default=400, help="processes to kill (default: 400)")
    made.add_argument("--seed", type=int, default=1, help="of the schedule of faults")
    made.add_argument("--json", action="store_true", help="the ledger as JSON")
    made.add_argument("--keep", action="store_true", help="keep stores and ledgers")
    return made


def main() -> int:
    """Run campaigns until everything asked for has happened; print the ledger."""
    arguments = parser().parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=FOLDER)).resolve()
    totals, shape = Totals(), Shape(0, 0)
    identity = identity_for(folder, shape.clients * shape.traders)
    left, number = arguments.kills, 0
    while left > 0 and totals.clean:
        kills = min(PER_CAMPAIGN, left)
        totals.flush_rates.append(flush_rate(folder))
        outcome = Campaign(folder / f"{number}", Shape(kills, arguments.seed + number), identity).run()
        totals.add(outcome)
        if not outcome.findings and not arguments.keep:
            clear(folder / f"{number}")
        left, number = left - kills, number + 1
    facts = totals.facts()
    print(json.dumps(facts, indent=1) if arguments.json else text(facts))
    if totals.clean and not arguments.keep:
        clear(folder)
    else:
        print(f"kept: {folder}", file=sys.stderr)
    return 0 if totals.clean else 1


if __name__ == "__main__":
    sys.exit(main())
