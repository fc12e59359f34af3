"""What the ways share by which somebody decides from when on: their arguments, what is asked, what is told."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from douane.cli.asking import add_way, answered
from douane.cli.output import add_json, describe, print_json, table
from douane.model.needs import Need

CODES: Final = "exit codes: 0 done; 1 refused, the reasons stand above; 2 not possible now"


def way(
    ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, example: str
) -> argparse.ArgumentParser:
    """One more way, asked at a node."""
    made = ways.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    describe(made, example, codes=CODES)
    add_way(made)
    add_json(made)
    return made


def add_since(parser: argparse.ArgumentParser) -> None:
    """From when on."""
    parser.add_argument("--since", type=instant, required=True, metavar="INSTANT", help="with its offset from UTC")


def add_decision(parser: argparse.ArgumentParser) -> None:
    """By whom, and why."""
    parser.add_argument("--decided-by", required=True, metavar="WHO", help="who decided it, by office and name")
    parser.add_argument("--reason", required=True, help="why")


def decided(arguments: argparse.Namespace) -> dict[str, object]:
    """What was decided of what, from when on, by whom and why."""
    return {"of": arguments.of, "since": arguments.since, "decided_by": arguments.decided_by,
            "reason": arguments.reason}  # fmt: skip


def instant(text: str) -> dt.datetime:
    """An instant of the command line."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant; write 2027-03-01T00:00:00+01:00") from None
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset from UTC; write 2027-03-01T00:00:00+01:00")
    return found


def written(at: int) -> str:
    """Microseconds since 1970, for people."""
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC).isoformat(timespec="seconds")


def consumers(found: Mapping[str, Any]) -> str:
    """Who was seen to call what would change."""
    return ", ".join(f"{each['consumer']} {each['operation']} ({each['calls']})" for each in found["consumers"])


def print_facts(facts: Mapping[str, str]) -> None:
    """What a preview found, by name."""
    print(table([(name, value or "none") for name, value in facts.items()]))


def print_faults(found: Mapping[str, Any]) -> int:
    """Why it would be refused; the exit code."""
    for each in found["faults"]:
        print(f"Would be refused: {each}")
    return 1 if found["faults"] else 0


def told(
    arguments: argparse.Namespace, need: Need, said: Mapping[str, object], answers: tuple[str, ...],
    sentence: Callable[[str, Mapping[str, Any]], str],
) -> int:  # fmt: skip
    """Send a message and tell what was answered, refused or, by a sentence of its type and content, done."""
    kind, content = asyncio.run(answered(arguments, need, said, answers))
    refused = kind.endswith("Refused")
    if arguments.json:
        print_json({"answer": kind, **content})
    elif refused:
        print("Refused.\n" + "\n".join(f"  {each}" for each in content["reasons"]))
    else:
        print(sentence(kind, content))
    return 1 if refused else 0
