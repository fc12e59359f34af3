"""``douane timeline REFERENCE``: every message of a movement or other case, by which channel, what became of it."""

from __future__ import annotations

import argparse

import msgspec

from douane.cli.node_options import add_node, cases_of, clock_text, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.shared_services.auditing.cases import Case
from douane.shared_services.auditing.happenings import Happening
from douane.supervision.operating.reading import note_command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane timeline 26FR005350000001J9 --data douane-data")
    parser.add_argument("reference", help="an MRN, LRN, GRN, message identification or place (1f, out:1f)")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the timelines of all cases of this node that the reference leads to."""
    found = cases_of(arguments).timelines(arguments.reference)
    note_command(settings_of(arguments), "timeline", arguments.reference)
    if arguments.json:
        print_json([case_facts(case) for case in found])
        return 0
    for case in found:
        number = f": case {case.subject:x}" if case.subject else " by no case: it was refused"
        print(f"{case.known_as} {arguments.reference} in {case.administration or 'EU'}{number}")
        for party, channels in case.parties().items():
            print(f"  {party} by {', '.join(channels)}")
        print(table([line for each in case.happenings for line in _lines(each)], indent="  "))
    return 0


def case_facts(case: Case) -> dict[str, object]:
    """A case for programs."""
    return {
        "case": f"{case.subject:x}",
        "administration": case.administration,
        "known_as": case.known_as,
        "parties": case.parties(),
        "messages": [happening_facts(each) for each in case.happenings],
    }


def happening_facts(each: Happening) -> dict[str, object]:
    """A message of a case for programs; times as microseconds since 1970 (UTC)."""
    facts: dict[str, object] = msgspec.to_builtins(each)
    reports = [{"state": step.state, "at": step.at, "reason": step.reason} for step in each.reports]
    return facts | {"position": each.place, "subject": f"{each.subject:x}", "reports": reports}


def _lines(each: Happening) -> list[tuple[str, ...]]:
    """The message; below it what was reported about it, where that is more than its state."""
    arrow = {"in": "<-", "out": "->"}.get(each.direction, "  ")
    state = f"{each.state}: {each.reason}" if each.reason else each.state
    channel = f"{each.platform} {each.channel}".strip()
    first = clock_text(each.time), each.place, each.what, f"{arrow} {each.party}", channel, each.id, state
    if len(each.reports) < 2 and each.attempts < 2:
        return [first]
    below = [(clock_text(s.at), "", f"  {s.state}", "", "", "", s.reason) for s in each.reports]
    counted = f"{state}, {each.attempts} attempts" if each.attempts > 1 else state
    return [(*first[:-1], counted), *below]
