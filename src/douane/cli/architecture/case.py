"""``douane case``: an own system in each administration, against one at the centre, against shared ones."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.node_options import add_node, reader_of
from douane.cli.output import add_json, describe, print_json, wrapped
from douane.configuration import discovery
from douane.configuration.measuring import Counted, counted_by_service, measured_cpu
from douane.model.graph import ApplicationModel, NodeKind
from douane.reference_architecture.programme.case import Case, Usage, Verdict, case_of, read_prices

_CENTRE = "Commission"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    codes = "exit codes: 0 every case is positive; 1 one is open, negative or missing; 2 a file cannot be read"
    describe(parser, "douane case transit --prices prices.toml --bench all.json --data douane-data", codes=codes)
    parser.add_argument("service", nargs="?", default="", help="a service (default: all that the Commission owns)")
    parser.add_argument("--prices", type=Path, required=True, metavar="FILE", help="what things cost (TOML)")
    parser.add_argument("--bench", type=Path, required=True, metavar="FILE", help="a report of make bench: CPU time")
    parser.add_argument("--administrations", type=int, default=27, metavar="N", help="how many use it (default: 27)")
    parser.add_argument("--hosts", type=int, default=3, metavar="N", help="how many would share theirs (default: 3)")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each case with its range and its assumptions."""
    model = discovery.application_model()
    prices, cpu = read_prices(arguments.prices.read_bytes()), measured_cpu(arguments.bench.read_bytes())
    counted = counted_by_service(reader_of(arguments))
    names = [arguments.service] if arguments.service else _central(model)
    found = [
        case_of(model, name, _usage(counted.get(name), cpu), prices, administrations=arguments.administrations,
                hosts=arguments.hosts)
        for name in names
    ]  # fmt: skip
    if arguments.json:
        print_json([
            {"service": e.service, "operations": e.operations, "verdict": e.verdict.value, "currency": prices.currency,
             "costs": dict(e.costs), "assumptions": e.assumptions}
            for e in found
        ])  # fmt: skip
    else:
        for each in found:
            _print(each, prices.currency, prices.years)
    return 0 if all(each.verdict is Verdict.POSITIVE for each in found) else 1


def _usage(counted: Counted | None, cpu: tuple[float, float]) -> Usage | None:
    if counted is None:
        return None
    return Usage(counted.messages, counted.octets, len(counted.administrations), counted.days, cpu)


def _central(model: ApplicationModel) -> list[str]:
    owned = (node for node in model.of(NodeKind.SERVICE) if _CENTRE in dict(node.facts).get("owner", ""))
    return sorted(node.name for node in owned)


def _print(each: Case, currency: str, years: int) -> None:
    print(f"{each.service}: {each.verdict.value}, over {years} years")
    for name, (least, most) in each.costs.items():
        print(f"  {name:<24} {least:>16,.0f} to {most:>16,.0f} {currency}")
    for text in each.assumptions:
        print(wrapped(text, indent="    "))
