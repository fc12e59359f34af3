"""``douane``: one command, thin sub-commands. Each is a module here that is imported only when it is called.

Exit codes: 0 done, 1 the answer is no (a check failed, a proof does not hold), 2 the call cannot be understood or the
node cannot start; the reason stands on standard error.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import re
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final, NoReturn

from douane.vocabulary.errors import DouaneError

GROUPS = {
    "node": {
        "run": "start a node and keep it running",
        "enter": "a link that lets a person into the pages of a node for development, once",
        "health": "whether a node that runs can work, part by part",
        "doctor": "judge the settings of a node before it runs",
        "backup": "a backup of a node, which may be running",
        "restore": "a verified backup back into a new node; release what it holds back",
        "drill": "back a node up, restore it beside, verify and measure",
        "database": "bring the schema and the roles of a PostgreSQL store up to date",
        "timekeeping": "let a log go on after the clock went back: two operators sign in and agree",
        "retention": "what may leave the store by rule and calendar; move it to the archive",
        "message": "show a message, list what is set aside, release, replay or discard it",
        "lane": "what waits for partners; pause a lane, let it go on, try it now, drop a message",
        "maintenance": "services that rest for maintenance; begin, end, and what partners are told",
        "levels": "what each service promised and what was measured in a month",
        "monitoring": "rules and a dashboard by which Prometheus and Grafana watch nodes",
        "traces": "spans of a node's messages, made from its journal, for a collector of OpenTelemetry",
        "timeline": "every message of a movement or other case, in order, with its state",
        "replica": "a replica of final data: keep it current, ask it, prove it against the centre's signed root",
    },
    "union": {
        "demo": "a customs union in a box: journeys end to end, and a report",
        "simulate": "the whole union under faults, in one thread, from a seed",
        "new": "a folder with a new application that works, and its tests",
        "form": "what a message holds as of a day: items, codes, conditions",
        "layout": "where each item of a message stands in EDIFACT and in fixed-width files",
    },
    "architecture": {
        "model": "look at the application model, check it, compare it, write it out",
        "architecture": "the model in formats of others (ArchiMate, CPSV-AP, AsyncAPI), and what comes back from them",
        "impact": "what breaks if this changes, what it rests on, which tests to rerun",
        "project": "the programme: projects, their scope and order, what a slip holds up, specifications",
        "case": "the business case of a service: own systems, one at the centre, or shared ones",
        "circles": "who may call what, by which platform",
        "provision": "whose system serves an administration: show, preview, choose, take back, offer",
        "overlay": "what an administration adds to a common procedure: judge a file, propose, approve, show",
        "services": "the registry of the bus: services, versions, providers, consumers seen",
    },
    "trust": {
        "client": "who may prove to be whom at the doors; register one by its request, or replace the register",
        "certificate": "what clients' certificates are worth; revoke one, take over a list of an authority",
        "passkey": "invite a person of a country without a provider to make a passkey, take passkeys away",
        "provider": "identity providers, by whom persons sign in; replace them",
        "operator": "who operates a node: vouchers for the first two, break the glass",
        "tokens": "the keys by which UUM&DS signs tokens; roll them over while the node runs",
        "audit": "evidence for a message, and its verification without a node",
        "partner": "agreements with the partners of SPEED2; the key of webhooks",
        "as4": "legs of the AS4 access point, P-Mode files of others, certificates that expire",
    },
    "law": {
        "law": "what rests on an article; citations that no act has",
        "clock": "when a time limit ends, by which law",
        "reference": "import published code lists and offices; look a code up",
        "decisions": "take over what is open in an older decisions portal",
        "availability": "which administrations are out of service now, and next",
        "statistics": "the figures of an administration in a month, as reported and as counted",
    },
}
"""The commands by the folder that holds them, and what each is for."""
COMMANDS = {name: text for group in GROUPS.values() for name, text in group.items()}


PRIVATE = 0o077
"""The umask of every command: what it writes is for its own user."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    before = os.umask(PRIVATE)
    try:
        return _run(argv)
    finally:
        os.umask(before)


def _run(argv: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = parser_with(arguments[:1])
    if not arguments:
        parser.print_help()
        return 2
    try:
        parsed = parser.parse_args(arguments)
        return int(_module(parsed.command).run(parsed))
    except DouaneError as error:
        explain(error)
        return 2
    except SystemExit as end:  # the parser has said what it does not understand
        return end.code if isinstance(end.code, int) else 2
    except BrokenPipeError:  # whoever read the answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a file that is not there, a folder that may not be written
        explain(error)
        return 2
    except KeyboardInterrupt:
        print("\ndouane: ended by Ctrl-C", file=sys.stderr)
        return 130


_WRONG_WORD: Final = re.compile(r"invalid choice: '?([^']*?)'? \(choose from (.*)\)")


class Guessing(argparse.ArgumentParser):
    """A parser that proposes a word for one that it does not know, of a command and of whatever has few values."""

    def error(self, message: str) -> NoReturn:
        """End with code 2 and say what is not understood; a list of forty names is no help against a slip."""
        found = _WRONG_WORD.search(message)
        if found is None:
            super().error(message)
        known = [each.strip("' ") for each in found[2].split(",")]
        near = difflib.get_close_matches(found[1], known, n=1)
        meant = f"Did you mean {near[0]!r}?" if near else f"See {self.prog} --help."
        self.exit(2, f"douane: {self.prog} knows no {found[1]!r}. {meant}\n")


def parser_with(called: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command line; only the commands called are imported and know their arguments."""
    parser = Guessing(prog="douane", description="An open, self-hostable customs union platform.")
    parser.add_argument("--version", action="version", version=f"douane {version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name in called:
            _module(name).add_arguments(sub)
    return parser


def _module(command: str) -> ModuleType:
    group = next(group for group, commands in GROUPS.items() if command in commands)
    return importlib.import_module(f"douane.cli.{group}.{command}")


def explain(error: BaseException) -> None:
    """Say on standard error what ended a command, and what to do about it."""
    if isinstance(error, OSError) and error.filename is not None:
        print(f"douane: {error.filename}: {error.strerror}.", file=sys.stderr)
        return
    if not isinstance(error, DouaneError):
        print(f"douane: {type(error).__name__}: {error}", file=sys.stderr)
        return
    print(f"douane: {error.text}", file=sys.stderr)
    for fault in error.faults[:20]:
        place = f"line {fault.line}, {fault.pointer}" if fault.line else fault.pointer or "-"
        print(f"  {place}{f' ({fault.rule})' if fault.rule else ''}: {fault.remedy}", file=sys.stderr)
    if error.remedy and error.remedy not in (fault.remedy for fault in error.faults):
        print(f"  {error.remedy}", file=sys.stderr)


def version() -> str:
    """Of the product that is installed."""
    from importlib import metadata

    try:
        return metadata.version("douane")
    except metadata.PackageNotFoundError:
        return "0.1.0 (source)"
