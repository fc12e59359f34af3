"""``douane availability``: which administrations are out of service now, and next."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from douane.cli.node_options import add_node, country, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.absences import knowing
from douane.model.needs import OUTAGES
from douane.supervision.asking import ask


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane availability --country DE --data douane-data",
        codes="exit codes: 0 nobody is out of service; 1 somebody is; 2 no store",
    )  # fmt: skip
    parser.add_argument("--country", type=country, help="one administration only (DE)")
    parser.add_argument("--at", type=_moment, metavar="TIME", help="the moment (2026-12-01T08:00, UTC; default: now)")
    add_node(parser)
    add_json(parser)


def _moment(text: str) -> dt.datetime:
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-12-01T08:00") from problem
    return given if given.tzinfo is not None else given.replace(tzinfo=dt.UTC)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    settings = settings_of(arguments)
    found = ask(
        settings, store_reader_of(arguments), OUTAGES, knowing(settings),
        country=arguments.country or "", at=arguments.at,
    )  # fmt: skip
    if arguments.json:
        print_json(found)
    else:
        print(f"at {found.at:%Y-%m-%d %H:%M} UTC")
        for title, outages in (("now", found.now), ("next", found.next)):
            print(f"{title}: nobody" if not outages else f"{title}:")
            if outages:
                print(table([_row(each) for each in outages], indent="  "))
    return 1 if found.now else 0


def _row(outage: Any) -> tuple[str, ...]:
    end = f"{outage.end:%Y-%m-%d %H:%M}" if outage.end is not None else "unknown"
    fallback = f"fallback {outage.fallback_text}".strip() if outage.fallback else ""
    words = "; ".join(part for part in (f"reason {outage.explanation}", outage.text, fallback) if part)
    kind = outage.kind.name.lower().replace("_", " ")
    return outage.country, outage.functionality, kind, f"{outage.start:%Y-%m-%d %H:%M} to {end}", words
