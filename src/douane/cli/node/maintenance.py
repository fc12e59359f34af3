"""``douane maintenance``: services that rest; begin, say anew, end; the notices that partners are told."""

from __future__ import annotations

import argparse
import datetime as dt
import secrets

from douane.cli.node_options import add_node, add_person, clock_text, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.settings import NodeSettings
from douane.model.circles import Circle
from douane.operation.intervening import have_done
from douane.runtime.door.resting import Rest
from douane.supervision.operating.declared import ACTS, REST, WORK
from douane.supervision.operating.maintenance import asked_for, holding
from douane.supervision.operating.outcome import Asked
from douane.vocabulary.errors import BadRequest

_CIRCLES = [each.value for each in Circle if each is not Circle.INTERNAL]
_CODES = "exit codes: 0 it is done; 2 there is no such service, nothing rests, or nobody can do it now"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three ways to ask."""
    describe(parser, "douane maintenance list")
    ways = parser.add_subparsers(dest="way", metavar="list|begin|end", required=True)
    listed = ways.add_parser("list", help="services that rest: for whom, until when, why, and what partners are told")
    describe(listed, "douane maintenance list", codes="exit codes: 0 everything works; 1 something rests; 2 no node")
    begin = ways.add_parser("begin", help=ACTS[REST].title)
    describe(begin, "douane maintenance begin transit --circle untrusted --minutes 30 --reason 'new rules'",
             codes=_CODES)  # fmt: skip
    until = begin.add_mutually_exclusive_group(required=True)
    until.add_argument("--until", metavar="TIME", help="by when it will be over, as 2026-11-28T15:30Z")
    until.add_argument("--minutes", type=int, help="for how long")
    end = ways.add_parser("end", help=ACTS[WORK].title)
    describe(end, "douane maintenance end transit --circle untrusted --reason 'done'", codes=_CODES)
    for each in (begin, end):
        each.add_argument("service", metavar="SERVICE", help="as docs/services.md names it")
        each.add_argument("--circle", choices=_CIRCLES, default="", help="for whom (default: for everybody)")
        each.add_argument("--reason", required=True, help="why, kept with the act")
        add_person(each)
    for each in (listed, begin, end):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of the three."""
    settings = settings_of(arguments)
    if arguments.way == "list":
        return _list(
            holding(settings.data, store_reader_of(arguments), range(settings.partitions)), as_json=arguments.json
        )
    named = f"{arguments.service}@{arguments.circle}" if arguments.circle else arguments.service
    on = asked_for(arguments.service, arguments.circle, _until(arguments)) if arguments.way == "begin" else named
    act = REST if arguments.way == "begin" else WORK
    (outcome,) = have_done(settings, [Asked(act, secrets.token_hex(16), on, arguments.reason)], arguments.account)
    rest = next(
        (
            each
            for each in holding(settings.data, store_reader_of(arguments), range(settings.partitions))
            if each.name == named
        ),
        None,
    )
    if arguments.json:
        print_json({"on": named, "state": outcome.state, "notices": dict(rest.notices) if rest is not None else {}})
    else:
        print(f"{named}  {outcome.state}")
        for language, text in rest.notices if rest is not None else ():
            print(f"{language}: {text}")
    return 0


def _resting(arguments: argparse.Namespace, settings: NodeSettings) -> tuple[Rest, ...]:
    return holding(settings.data, store_reader_of(arguments), range(settings.partitions))


def _until(arguments: argparse.Namespace) -> dt.datetime:
    if arguments.minutes is not None:
        return dt.datetime.now(dt.UTC) + dt.timedelta(minutes=arguments.minutes)
    try:
        found = dt.datetime.fromisoformat(arguments.until)
    except ValueError as problem:
        raise BadRequest(f"{arguments.until!r} is no time.", remedy="Write it as 2026-11-28T15:30Z.") from problem
    if found.tzinfo is None:
        raise BadRequest(f"{arguments.until} has no zone.", remedy="End it in Z for UTC.")
    return found


def _list(rests: tuple[Rest, ...], *, as_json: bool) -> int:
    if as_json:
        print_json([
            {"service": each.service, "circle": each.circle.value if each.circle is not None else "",
             "since": each.begun, "until": each.until, "late": _late(each), "reason": each.reason, "by": each.by,
             "notices": dict(each.notices)}
            for each in rests
        ])  # fmt: skip
    elif rests:
        print(table([_row(each) for each in rests]))
    else:
        print("Nothing rests for maintenance.")
    return 1 if rests else 0


def _late(rest: Rest) -> bool:
    return rest.until / 1e6 <= dt.datetime.now(dt.UTC).timestamp()


def _row(each: Rest) -> tuple[str, ...]:
    late = " (late)" if _late(each) else ""
    return (each.name, f"since {clock_text(each.begun)}", f"until {clock_text(each.until)}{late}",
            f"{each.by}: {each.reason}")  # fmt: skip
