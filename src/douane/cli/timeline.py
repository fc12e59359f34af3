"""``douane timeline REFERENCE``: every message of a movement or other case, in order, with its state."""

from __future__ import annotations

import argparse

import msgspec

from douane.assembly.cases import Case, Happening
from douane.cli.node_options import add_node, cases_of, clock_text
from douane.cli.output import add_json, describe, print_json, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane timeline 26FR005350000001J9 --data douane-data")
    parser.add_argument("reference", help="an MRN, LRN, GRN, message identification or place (1f, out:1f)")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the timelines of all cases of this node that the reference leads to."""
    found = cases_of(arguments).timelines(arguments.reference)
    if arguments.json:
        print_json([case_facts(case) for case in found])
        return 0
    for case in found:
        print(f"{case.known_as} {arguments.reference} in {case.administration or 'EU'}: case {case.subject:x}")
        print(table([_row(each) for each in case.happenings], indent="  "))
    return 0


def case_facts(case: Case) -> dict[str, object]:
    """A case for programs."""
    return {
        "case": f"{case.subject:x}",
        "administration": case.administration,
        "known_as": case.known_as,
        "messages": [happening_facts(each) for each in case.happenings],
    }


def happening_facts(each: Happening) -> dict[str, object]:
    """A message of a case for programs; times as microseconds since 1970 (UTC)."""
    facts: dict[str, object] = msgspec.to_builtins(each)
    return facts | {"position": each.place, "subject": f"{each.subject:x}"}


def _row(each: Happening) -> tuple[str, ...]:
    arrow = {"in": "<-", "out": "->"}.get(each.direction, "  ")
    state = f"{each.state}: {each.reason}" if each.reason else each.state
    return clock_text(each.time), each.place, each.what, f"{arrow} {each.party}", each.id, state
