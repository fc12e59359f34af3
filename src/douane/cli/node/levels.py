"""``douane levels``: what each service promised, what its parts let it promise, and what was measured in a month."""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
from pathlib import Path
from typing import Any

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.continuity.levels import Measured
from douane.supervision.level_report import month_of, signed, year_of

_WHOLE = 100.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane levels --month 2026-11 --data douane-data",
        codes="exit codes: 0 every promise that was measured is kept; 1 one is not; 2 no such node or month",
    )  # fmt: skip
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--month", default="", help="year and month (default: this one so far)")
    period.add_argument("--year", default="", help="a year, its months added up as far as it has gone")
    parser.add_argument("--sign", type=Path, metavar="FILE", help="write the report there, signed by the log's key")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the month."""
    settings, now = settings_of(arguments), dt.datetime.now(dt.UTC)
    month = arguments.month or f"{now:%Y-%m}"
    found = year_of(settings, arguments.year, now) if arguments.year else month_of(settings, month, now)
    if arguments.sign is not None:
        arguments.sign.write_text(signed(settings, arguments.year or month, found), encoding="utf-8")
    if arguments.json:
        print_json([facts(each) for each in found])
    else:
        period = arguments.year or f"{calendar.month_name[int(month[5:])]} {month[:4]}"
        print(f"{period}, minutes; unknown is not up")
        print(table([_HEAD, *(_row(each) for each in found)]))
    return 1 if any(each.left < 0 for each in found) else 0


_HEAD = ("service", "door", "for", "promised", "of parts", "measured", "24x7", "covered", "bad", "planned", "left")


def _row(each: Measured) -> tuple[str, ...]:
    parts = f"{each.inherited:.2%}" + (" <" if each.exceeds_its_parts else "")
    return (
        each.service, each.platform, each.administration or "all", f"{each.level.value} %", parts,
        _share(each.agreed), _share(each.round_the_clock), f"{each.coverage:.1%}", str(each.bad), str(each.planned),
        f"{each.left:.1f}",
    )  # fmt: skip


def _share(share: float | None) -> str:
    return "unknown" if share is None else f"{share:.3%}"


def facts(each: Measured) -> dict[str, Any]:
    """The same for programs."""
    return {
        "service": each.service, "door": each.platform, "administration": each.administration,
        "promised": each.level.value / _WHOLE, "of_parts": each.inherited, "exceeds_its_parts": each.exceeds_its_parts,
        "agreed": each.agreed, "round_the_clock": each.round_the_clock, "coverage": each.coverage, "good": each.good,
        "bad": each.bad, "planned": each.planned, "unknown": each.unknown, "allowance": each.allowance,
        "left": each.left,
        "incidents": [{"begin": one.begin * 60, "end": one.end * 60, "cause": one.cause} for one in each.incidents],
    }  # fmt: skip
