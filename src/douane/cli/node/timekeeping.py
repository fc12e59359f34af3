"""``douane timekeeping``: let a log go on after the clock of its machine went back, by two operators who signed in."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal

from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json
from douane.cli.proposing import say
from douane.configuration.settings import NodeSettings
from douane.identity.operators import USER, Doer
from douane.operation import timekeeping
from douane.supervision.operating.declared import GO_BACK


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """To propose it, and to open the console in which two agree."""
    describe(parser, "douane timekeeping open --config douane.toml")
    ways = parser.add_subparsers(dest="way", metavar="propose|open", required=True)
    first = ways.add_parser(
        "propose", help="propose that the clock goes back, in the name of an operator; no core runs"
    )
    describe(first, "douane timekeeping propose --reason 'the battery was changed' --as eu.anna.berg")
    first.add_argument("--reason", required=True, help="why the clock was wrong, in your words: kept in the leaf")
    add_person(first)
    add_json(first)
    second = ways.add_parser("open", help="open the console alone, until two operators agreed in it; the node stands")
    describe(second, "douane timekeeping open --config douane.toml",
             codes="exit codes: 0 two agreed, start the node; 1 it was told to stop before; 2 it cannot be opened, the"
             " reason stands above")  # fmt: skip
    for each in (first, second):
        add_node(each)


def run(arguments: argparse.Namespace) -> int:
    """Propose it, or open the console."""
    settings = settings_of(arguments)
    if arguments.way == "open":
        return asyncio.run(_open(settings))
    doer = Doer(user=f"{USER}{os.getuid()}", named=arguments.account)
    made = timekeeping.propose(settings, arguments.reason, doer)
    if arguments.json:
        print_json({"state": made.state, "digest": made.digest, "drawn": list(made.drawn)})
    else:
        say(GO_BACK, made)
    return 0


async def _open(settings: NodeSettings) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    agreed = await timekeeping.open_console(settings, stop, _told)
    print("Two operators agreed: start the node." if agreed else "Nobody agreed yet.", flush=True)
    return 0 if agreed else 1


def _told(address: str) -> None:
    print(f"Sign in at {address}/sign-in, propose it and agree under Second person. Ctrl-C ends it.", flush=True)
