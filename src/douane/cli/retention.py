"""``douane retention``: what may leave the store by rule and calendar, why the rest stays; move it."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from douane.assembly.node import make_core
from douane.assembly.ports import SystemClock
from douane.assembly.retaining import move, policy_of, preview_of
from douane.cli.node_options import add_node, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.shared_services.archiving.judging import MAY
from douane.shared_services.archiving.moving import Summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ways."""
    describe(parser, "douane retention preview --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="preview|run", required=True)
    look = ways.add_parser("preview", help="say what would move now and why the rest stays; the node may be running")
    describe(look, "douane retention preview --policy retention.toml")
    run = ways.add_parser("run", help="move it (the node is stopped; a running one does it every retention_hours)")
    describe(run, "douane retention run")
    for each in (look, run):
        each.add_argument(
            "--policy", type=Path, help="rules and legal holds (default: retention.toml of the data folder)"
        )
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Look or move."""
    settings = settings_of(arguments)
    policy = policy_of(settings, arguments.policy)
    if arguments.way == "preview":
        return _say(arguments, preview_of(store_reader_of(arguments), policy, SystemClock()))
    core = make_core(settings, ended=_raise)
    try:
        return _say(arguments, asyncio.run(move(settings, core.node, core.store, core.clock, policy)))
    finally:
        core.close()


def _say(arguments: argparse.Namespace, summary: Summary) -> int:
    stay = {why: n for why, n in sorted(summary.verdicts.items()) if why != MAY}
    word = "moved" if arguments.way == "run" else "may_move"
    if arguments.json:
        print_json({word: summary.moved, "stay": stay, "segments": summary.segments})
        return 0
    print(
        table([(word.replace("_", " "), str(summary.moved)), *((f"stays: {why}", str(n)) for why, n in stay.items())])
    )
    for name, rows in summary.segments.items():
        print(f"segment {name}: {rows} messages")
    return 0


def _raise(problem: BaseException) -> None:
    raise problem
