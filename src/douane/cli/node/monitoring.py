"""``douane monitoring``: what Prometheus and Grafana watch nodes by, made from this release."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.output import describe
from douane.configuration import discovery
from douane.shared_services.monitoring.rules import RUNBOOKS, dashboard, rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ways to ask."""
    describe(parser, "douane monitoring rules -o douane.rules.yml")
    ways = parser.add_subparsers(dest="way", metavar="rules|dashboard", required=True)
    made = ways.add_parser("rules", help="alerts and recorded series for Prometheus")
    describe(made, "douane monitoring rules -o douane.rules.yml")
    made.add_argument("--runbooks", default=RUNBOOKS, help="address of the runbooks that alerts lead to")
    drawn = ways.add_parser("dashboard", help="a dashboard for Grafana")
    describe(drawn, "douane monitoring dashboard -o douane.dashboard.json")
    for each in (made, drawn):
        each.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Write what is asked for."""
    services = discovery.services()
    text = rules(services, runbooks=arguments.runbooks) if arguments.way == "rules" else dashboard(services)
    if arguments.output is None:
        print(text, end="")
    else:
        arguments.output.write_text(text, encoding="utf-8")
        print(f"{arguments.output}: written")
    return 0
