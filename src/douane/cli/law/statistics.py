"""``douane statistics``: the figures of an administration in a month, as reported and as counted."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from douane.cli.node_options import add_node, country, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.absences import knowing
from douane.model.needs import FIGURES
from douane.supervision.asking import ask


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane statistics DE 2026-11 --data douane-data",
        codes="exit codes: 0 report and counts agree, or nothing was reported; 1 they differ; 2 no store",
    )  # fmt: skip
    parser.add_argument("country", type=country, help="the administration (DE)")
    parser.add_argument("month", type=_month, help="the month (2026-11)")
    add_node(parser)
    add_json(parser)


def _month(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no month; write 2026-11") from problem


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    settings, month = settings_of(arguments), arguments.month
    found = ask(
        settings, store_reader_of(arguments), FIGURES, knowing(settings),
        country=arguments.country, year=month.year, month=month.month,
    )  # fmt: skip
    if arguments.json:
        print_json(found)
    elif not found.reported and not found.counted:
        print(f"Nothing was reported or counted of {found.country} in {month:%Y-%m}.")
    else:
        print(table([("what", "other", "reported", "counted", ""), *_rows(found)]))
        for each in found.warnings:
            print(f"warned: {each}")
    return 1 if found.differences else 0


def _rows(found: Any) -> list[tuple[str, ...]]:
    reported = {(each.kind, each.other): each.count for each in found.reported}
    counted = {(each.kind, each.other): each.count for each in found.counted}
    differ = {(each.kind, each.other) for each in found.differences}
    return [
        (kind, other or "-", str(reported.get((kind, other), "-")), str(counted.get((kind, other), 0)),
         "differs" if (kind, other) in differ else "")
        for kind, other in sorted(reported.keys() | counted.keys())
    ]  # fmt: skip
