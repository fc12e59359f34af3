"""``douane lane``: the ways to partners in which messages wait; pause one, let it go on, try it, drop a message."""

from __future__ import annotations

import argparse
import secrets

from douane.cli.node_options import add_node, add_person, clock_text, settings_of, store_reader_of, tell_unread
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.proposing import say
from douane.configuration.ports import SystemClock
from douane.operation.intervening import have_done
from douane.runtime.observing.signs import Sign
from douane.runtime.store.ports import Reader
from douane.shared_services.auditing.happenings import INBOX, place_of
from douane.shared_services.auditing.waiting import Waiting, waiting_lanes
from douane.supervision.operating.declared import ACTS, DROP, PAUSE, PUT_BACK, RESUME, RETRY, SET_ASIDE
from douane.supervision.operating.outcome import Asked
from douane.supervision.seen.silence import of_folder, said
from douane.vocabulary.errors import DeclarationFault

_WAYS = {"pause": PAUSE, "resume": RESUME, "retry": RETRY, "set-aside": SET_ASIDE, "put-back": PUT_BACK, "drop": DROP}
_OF_A_MESSAGE = ("set-aside", "put-back", "drop")
_LIST_CODES = "exit codes: 0 nothing waits; 1 something does; 2 no store, or it is not known: agreements cannot be read"
_CODES = "exit codes: 0 it is done; 2 there is no such lane or message, or nobody can do it now"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to ask."""
    describe(parser, "douane lane list")
    ways = parser.add_subparsers(dest="way", metavar=f"list|{'|'.join(_WAYS)}", required=True)
    listed = ways.add_parser(
        "list",
        help="lanes in which messages wait or that are paused, inboxes of those who are silent: why, since when",
    )
    describe(listed, "douane lane list", codes=_LIST_CODES)
    examples = {
        "pause": "rest:AT --reason 'asked for by AT until noon'", "resume": "rest:AT --reason 'AT is back'",
        "retry": "rest:AT", "drop": "out:1f --reason 'AT had it by telephone' --as eu.anna.berg",
        "set-aside": "out:1f --reason 'AT fails on it'", "put-back": "out:1f --reason 'AT is mended'",
    }  # fmt: skip
    made = [listed]
    for way, act in _WAYS.items():
        one = ways.add_parser(way, help=ACTS[act].title)
        describe(one, f"douane lane {way} {examples[way]}", codes=_CODES)
        one.add_argument("on", metavar="PLACE" if way in _OF_A_MESSAGE else "LANE", help=f"{ACTS[act].on}, as listed")
        one.add_argument("--reason", required=ACTS[act].reasoned, default="", help="why, kept with the act")
        add_person(one)
        made.append(one)
    for each in made:
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of them."""
    if arguments.way == "list":
        return _list(arguments)
    asked = Asked(_WAYS[arguments.way], secrets.token_hex(16), arguments.on, arguments.reason)
    (outcome,) = have_done(settings_of(arguments), [asked], arguments.account)
    if arguments.json:
        print_json({"on": arguments.on, "state": outcome.state, "more": outcome.reason, "digest": outcome.digest})
    else:
        say(arguments.on, outcome)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    reader, unread = store_reader_of(arguments), list[DeclarationFault]()
    found = [*_silent(arguments, reader, unread), *waiting_lanes(reader)]
    tell_unread(unread)
    if arguments.json:
        print_json([
            {"lane": each.lane, "waiting": each.waiting, "oldest": each.oldest, "first": each.first,
             "reason": each.reason, "paused": each.pause.reason if each.pause else "", "cases": list(each.cases)}
            for each in found
        ])  # fmt: skip
    elif found:
        print(table([_row(each) for each in found]))
    elif not unread:
        print("Nothing waits for a partner.")
    return 1 if found else 2 if unread else 0


def _silent(arguments: argparse.Namespace, reader: Reader, unread: list[DeclarationFault]) -> list[Waiting]:
    """The inboxes of those who should collect and are silent. unread: gets why the agreements cannot be read."""
    found = of_folder(settings_of(arguments), reader, SystemClock().now(), unread.append)
    return [
        Waiting(f"{INBOX}:{each.party}", each.waiting, each.oldest, place_of(each.first, sent=True), said(each),
                cases=tuple(f"{case:x}" for case in each.cases))
        for each in found if each.sign is Sign.SILENT
    ]  # fmt: skip


def _row(each: Waiting) -> tuple[str, ...]:
    since = f"since {clock_text(each.oldest)}" if each.oldest else ""
    paused = f"paused by {each.pause.by}: {each.pause.reason}" if each.pause else ""
    return (each.lane, f"{each.waiting} waiting", since, each.first, paused or each.reason)
