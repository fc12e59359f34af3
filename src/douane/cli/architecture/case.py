"""``douane case``: an own system in each administration, against one at the centre, against shared ones."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from douane.cli.node_options import add_node, reader_of
from douane.cli.output import add_json, describe, print_json, wrapped
from douane.configuration import discovery
from douane.configuration.measuring import Counted, counted_by_service, measured_cpu
from douane.model.architecture import Prices, Usage
from douane.reference_architecture.programme.case import Case, Verdict, case_of, central_services, read_prices
from douane.vocabulary.errors import NotValid


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    codes = "exit codes: 0 every case is positive; 1 one is open, negative or missing; 2 a file cannot be read"
    describe(parser, "douane case transit --prices prices.toml --bench all.json --data douane-data", codes=codes)
    parser.add_argument("service", nargs="?", default="", help="a service (default: all that the Commission owns)")
    parser.add_argument("--prices", type=Path, required=True, metavar="FILE", help="what things cost (TOML)")
    parser.add_argument("--bench", type=Path, required=True, metavar="FILE", help="a report of make bench: CPU time")
    parser.add_argument("--administrations", type=int, default=27, metavar="N", help="how many use it (default: 27)")
    parser.add_argument("--hosts", type=int, default=3, metavar="N", help="how many would share theirs (default: 3)")
    parser.add_argument("--statement", type=Path, metavar="FILE",
                        help="write what a project officer sends to programme.state_case; of one service")  # fmt: skip
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each case with its range and its assumptions."""
    model = discovery.installed_model()
    prices, cpu = read_prices(arguments.prices.read_bytes()), measured_cpu(arguments.bench.read_bytes())
    counted = counted_by_service(reader_of(arguments))
    names = [arguments.service] if arguments.service else list(central_services(model))
    found = [
        case_of(model, name, _usage(counted.get(name), cpu), prices, administrations=arguments.administrations,
                hosts=arguments.hosts)
        for name in names
    ]  # fmt: skip
    if arguments.statement is not None:
        _write(arguments, _usage(counted.get(arguments.service), cpu), prices)
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


def _write(arguments: argparse.Namespace, usage: Usage | None, prices: Prices) -> None:
    """The case as a message: what was measured and what it costs. The node works out itself what follows."""
    if usage is None:
        raise NotValid("There is no case to state.", remedy="Name one service that this node has measured.")
    said = {"service": arguments.service, "administrations": arguments.administrations, "hosts": arguments.hosts,
            "usage": usage, "prices": prices}  # fmt: skip
    arguments.statement.write_bytes(msgspec.json.format(msgspec.json.encode(said)))


def _usage(counted: Counted | None, cpu: tuple[float, float]) -> Usage | None:
    if counted is None:
        return None
    return Usage(counted.messages, counted.octets, len(counted.administrations), counted.days, cpu)


def _print(each: Case, currency: str, years: int) -> None:
    print(f"{each.service}: {each.verdict.value}, over {years} years")
    for name, (least, most) in each.costs.items():
        print(f"  {name:<24} {least:>16,.0f} to {most:>16,.0f} {currency}")
    for text in each.assumptions:
        print(wrapped(text, indent="    "))
