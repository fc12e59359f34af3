"""``douane monitoring``: what Prometheus and Grafana watch nodes by, made from this release."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.output import describe
from douane.configuration import discovery
from douane.shared_services.monitoring.rules import RUNBOOKS, dashboard, openslo, rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three ways to ask."""
    describe(parser, "douane monitoring rules -o douane.rules.yml")
    ways = parser.add_subparsers(dest="way", metavar="rules|dashboard|openslo", required=True)
    made = ways.add_parser("rules", help="alerts and recorded series for Prometheus")
    describe(made, "douane monitoring rules -o douane.rules.yml")
    made.add_argument("--runbooks", default=RUNBOOKS, help="address of the runbooks that alerts lead to")
    drawn = ways.add_parser("dashboard", help="a dashboard for Grafana")
    describe(drawn, "douane monitoring dashboard -o douane.dashboard.json")
    promised = ways.add_parser("openslo", help="what each service promises at each door, as OpenSLO v1")
    describe(promised, "douane monitoring openslo -o douane.slo.yaml")
    for each in (made, drawn, promised):
        each.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Write what is asked for."""
    services = discovery.services()
    match arguments.way:
        case "rules":
            text = rules(services, runbooks=arguments.runbooks)
        case "dashboard":
            text = dashboard(services)
        case _:
            text = openslo(services)
    if arguments.output is None:
        print(text, end="")
    else:
        arguments.output.write_text(text, encoding="utf-8")
        print(f"{arguments.output}: written")
    return 0
