"""``douane partner test``: play the counterpart of a partner, with faults, and say what it did right and wrong."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.conformance import national
from douane.conformance.cases import Case
from douane.conformance.report import FORMATS, facts, text
from douane.development.bench import national as national_bench
from douane.development.bench import partner as bench
from douane.vocabulary.errors import DeclarationFault

EXIT = "exit codes: 0 nothing was wrong; 1 something was, or nothing could be decided; 2 the call cannot be understood"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane partner test FR40123456700017 --listen 127.0.0.1:9443 --report test.html", codes=EXIT)
    parser.add_argument("party", help="EORI number or client id, as its agreement names it")
    parser.add_argument("--list", action="store_true", help="say which cases there are, and try nothing")
    parser.add_argument("--case", action="append", default=[], help="try this case only; may be given again")
    parser.add_argument("--direction", choices=bench.DIRECTIONS, default="", help="try one direction (default: both)")
    parser.add_argument("--protocol", choices=bench.PROTOCOLS, default="", help="instead of that of the agreement")
    parser.add_argument(
        "--to", default="", metavar="URL", help="the partner's test endpoint, instead of the agreed one"
    )
    parser.add_argument(
        "--listen", metavar="HOST:PORT", help="where the partner sends its messages to; port 0: a free one"
    )
    parser.add_argument("--plain", action="store_true", help="listen without TLS")
    parser.add_argument("--sample", type=Path, metavar="FILE", help="a message to send (XML; default: a CC928C)")
    parser.add_argument(
        "--interface", choices=("partner", "national"), default="partner",
        help="national: a member state's trader interface, driven as a trader does; PARTY is then its name",
    )  # fmt: skip
    for name, what in (("client", "certificate"), ("key", "key"), ("roots", "trusted roots")):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"the trader's {what} (PEM), by REST and SOAP")
    parser.add_argument("--seconds", type=float, default=600, help="the whole test takes at most so long (600)")
    parser.add_argument("--patience", type=float, default=60, help="so long an answer may take, in seconds (60)")
    parser.add_argument(
        "--quiet",
        type=float,
        default=None,
        help="so long a settled message is watched for further attempts (30), a national interface for answers (3)",
    )
    parser.add_argument("--seed", type=int, help="identifications follow from it (default: a new one, which is said)")
    parser.add_argument(
        "--report", type=Path, action="append", default=[], metavar="FILE",
        help=f"write the report there too: {', '.join(sorted(FORMATS))} (.xml: JUnit); may be given again",
    )  # fmt: skip
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    settings = settings_of(arguments)
    wanted = bench.Wanted(
        arguments.party, arguments.protocol, arguments.to, _address(arguments.listen), arguments.plain,
        arguments.direction, tuple(arguments.case), arguments.seconds, _quiet(arguments, 30.0),
        arguments.patience,
        arguments.sample, arguments.seed,
    )  # fmt: skip
    unknown = [each for each in arguments.report if each.suffix not in FORMATS]
    if unknown:
        raise DeclarationFault(f"{unknown[0]} has no known ending.", remedy=f"Use {', '.join(sorted(FORMATS))}.")
    nation = arguments.interface == "national"
    if arguments.list:
        _list(national.cases() if nation else bench.cases(settings, wanted), as_json=arguments.json)
        return 0
    if nation:
        report = asyncio.run(national_bench.try_national(settings, _national(arguments)))
    else:
        report = asyncio.run(bench.try_partner(settings, wanted, lambda line: print(line, file=sys.stderr, flush=True)))
    for each in arguments.report:
        each.write_text(FORMATS[each.suffix](report))
    if arguments.json:
        print_json(facts(report))
    else:
        print(text(report))
    return 0 if report.passed else 1


def _quiet(arguments: argparse.Namespace, usual: float) -> float:
    """For how many seconds one watches what should not come."""
    return usual if arguments.quiet is None else float(arguments.quiet)


def _national(arguments: argparse.Namespace) -> national_bench.WantedNational:
    protocol = arguments.protocol or "rest"
    if protocol not in national_bench.PROTOCOLS:
        known = " or ".join(national_bench.PROTOCOLS)
        raise DeclarationFault(f"A national interface is not driven by {protocol}.", remedy=f"Use {known}.")
    return national_bench.WantedNational(
        name=arguments.party, protocol=protocol, to=arguments.to, sample=arguments.sample, client=arguments.client,
        key=arguments.key, roots=arguments.roots, cases=tuple(arguments.case), seconds=arguments.seconds,
        patience=arguments.patience, quiet=_quiet(arguments, 3.0), seed=arguments.seed,
    )  # fmt: skip


def _list(cases: list[Case], *, as_json: bool) -> None:
    if as_json:
        print_json([{"id": c.id, "title": c.title, "expected": c.expected, "source": c.source} for c in cases])
        return
    print(
        table([("case", "what happens", "expected", "source"), *((c.id, c.title, c.expected, c.source) for c in cases)])
    )


def _address(value: str | None) -> tuple[str, int] | None:
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit():
        raise DeclarationFault(f"{value[:60]!r} is no place to listen at.", remedy="Write HOST:PORT.")
    return host.strip("[]"), int(port)
