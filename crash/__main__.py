"""``python -m crash``: real faults on real processes, and a ledger. Exit code 0 only if nothing was lost, doubled,
overtaken or broken, and everything drained."""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from crash.campaign import Campaign, Load, identity_for
from crash.cuts import cut
from crash.database import Database
from crash.nemesis import Schedule
from crash.report import Totals, text, write_page
from crash.volumes import enter_namespace, flush_rate, try_out, why_not
from douane.cli.main import PRIVATE
from tools.guarding import guarded

PER_CAMPAIGN, PER_SERIES = 200, 50
FOLDER = Path("build/crash")
PAGE = Path("docs/reliability.md")


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="crash", description=__doc__)
    made.add_argument("--kills", type=int, default=400, help="processes to kill (default: 400)")
    made.add_argument("--cuts", type=int, default=100, help="power cuts in process (default: 100)")
    made.add_argument("--fills", type=int, default=6, help="how often a volume fills up; needs root (default: 6)")
    made.add_argument("--file-system-cuts", type=int, default=6, help="power cuts of a volume; needs root (default: 6)")
    made.add_argument(
        "--processes", type=int, default=0,
        help="over how many processes the node is spread, pages on top (default: 1, or two more than workers)",
    )  # fmt: skip
    made.add_argument(
        "--pages", type=int, default=2, help="how many more serve pages to persons, where it is spread (default: 2)"
    )
    made.add_argument("--postgresql", action="store_true", help="a private PostgreSQL server, killed too, not SQLite")
    made.add_argument("--files", action="store_true", help="a SQLite file for each partition")
    made.add_argument(
        "--partitions", type=int, default=0,
        help="into how many parts the store is divided (default: 1, or two for each worker)",
    )  # fmt: skip
    made.add_argument(
        "--workers",
        type=int,
        default=1,
        help="how many share them by leases, with --postgresql or --files (default: 1)",
    )
    made.add_argument("--minutes", type=float, default=math.inf, help="begin no campaign after so many (default: all)")
    made.add_argument("--seed", type=int, default=1, help="of the schedule of faults")
    made.add_argument("--folder", type=Path, default=FOLDER, help=f"where stores and ledgers lie (default: {FOLDER})")
    made.add_argument("--write", action="store_true", help=f"write the ledger into {PAGE}")
    made.add_argument("--json", action="store_true", help="the ledger as JSON")
    made.add_argument("--keep", action="store_true", help="keep stores and ledgers")
    return made


def run(arguments: argparse.Namespace, folder: Path) -> Totals:
    """Campaigns and series until everything asked for has happened, or something went wrong."""
    totals, load = Totals(), load_of(arguments)
    for number in range(-(-arguments.cuts // PER_SERIES)):
        totals.add_cuts(cut(arguments.seed + number, min(PER_SERIES, arguments.cuts - number * PER_SERIES)))
    volumes = not arguments.postgresql and (arguments.fills > 0 or arguments.file_system_cuts > 0)
    reason = volumes and (why_not() or enter_namespace() or try_out(folder))
    if reason:
        totals.notes.append(f"no full volumes and no power cuts of a file system: {reason}")
    identity = identity_for(folder, load.clients * load.traders, development=load.processes == 1 or not load.pages)
    database = Database.begin() if arguments.postgresql else None
    campaigns, stop = -(-arguments.kills // PER_CAMPAIGN), Stop(arguments.minutes)
    for number in range(campaigns):
        if not totals.clean:
            break
        if why := stop.why():
            totals.notes.append(f"{why} after {number} of {campaigns} campaigns of {PER_CAMPAIGN} kills")
            break
        totals.flush_rates.append(flush_rate(folder))
        schedule = Schedule(
            min(PER_CAMPAIGN, arguments.kills - number * PER_CAMPAIGN), arguments.seed + number,
            share(arguments.fills, number, campaigns), share(arguments.file_system_cuts, number, campaigns),
        )  # fmt: skip
        campaign = Campaign(folder / f"{number}", schedule, load, identity, volumes=volumes and not reason,
                            database=database)  # fmt: skip
        outcome = campaign.run()
        totals.add(outcome)
        campaign.end(keep=arguments.keep or bool(outcome.findings))
        print(f"campaign {number + 1} of {campaigns}: {totals.so_far()}", file=sys.stderr, flush=True)
    return totals


def load_of(arguments: argparse.Namespace) -> Load:
    """What the node is spread over. Workers that share a store are processes, as doors are."""
    workers = arguments.workers
    return Load(
        processes=arguments.processes or (workers + 2 if workers > 1 else 1),
        partitions=arguments.partitions or (2 * workers if workers > 1 else 1),
        workers=workers, files=arguments.files, pages=arguments.pages,
    )  # fmt: skip


class Stop:
    """Whether to begin another campaign: not when the time is over, nor once SIGUSR1 came.

    The campaign that runs comes to its end first, and the ledger is printed. SIGTERM and an interrupt end everything at
    once (``tools.guarding``).
    """

    def __init__(self, minutes: float) -> None:
        self._until, self._told = time.monotonic() + 60 * minutes, False
        signal.signal(signal.SIGUSR1, self._hear)

    def _hear(self, *_: object) -> None:
        self._told = True
        print("stopping after this campaign", file=sys.stderr, flush=True)

    def why(self) -> str:
        """Why no more; empty to go on."""
        return "told to stop" if self._told else "the time was over" if time.monotonic() > self._until else ""


def share(total: int, part: int, parts: int) -> int:
    """How many of a total fall to one of so many parts."""
    return total * (part + 1) // parts - total * part // parts


def main() -> int:
    """Run what the command line asks for."""
    os.umask(PRIVATE)
    arguments = parser().parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=arguments.folder)).resolve()
    return guarded(lambda: told(arguments, folder), [folder])


def told(arguments: argparse.Namespace, folder: Path) -> int:
    """Run, and print the ledger."""
    totals = run(arguments, folder)
    facts = totals.facts()
    print(json.dumps(facts, indent=1) if arguments.json else text(facts))
    if arguments.write:
        write_page(PAGE, facts, " ".join(sys.argv[1:]))
    if totals.findings or arguments.keep:
        print(f"kept: {folder}", file=sys.stderr)
    return 0 if totals.clean else 1


if __name__ == "__main__":
    sys.exit(main())
