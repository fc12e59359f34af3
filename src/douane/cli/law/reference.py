"""``douane reference``: import published code lists and offices; look a code up."""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from douane.cli.node_options import add_node, add_person, reader_of, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.configuration.lists import NodeLists, versions_of
from douane.configuration.ports import SystemClock
from douane.operation.intervening import have_done
from douane.supervision.operating.declared import PUBLISH
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.outcome import Asked
from douane.supervision.operating.two_persons import PROPOSED
from douane.vocabulary.code_lists import CodeList, Entry
from douane.vocabulary.errors import NotFound

_MOST = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Import and show."""
    describe(parser, "douane reference show CL141 FR005350")
    ways = parser.add_subparsers(dest="way", metavar="import|show", required=True)
    bring = ways.add_parser("import", help="publish what a file changes, list by list; the node may be running")
    describe(bring, "douane reference import COL-Generic-20241105.zip --reason 'lists of November'")
    bring.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    add_person(bring)
    bring.add_argument("file", type=Path, help="office list or code lists as published: XML or JSON, packed or not")
    show = ways.add_parser("show", help="show a list, or one code of it, on a day")
    describe(show, "douane reference show CL141 FR005350 --on 2025-03-01")
    show.add_argument("list", help="number of a list (CL010)")
    show.add_argument("code", nargs="?", default="", help="one code of it")
    show.add_argument("--on", type=_day, metavar="DATE", help="the day (default: today)")
    for each in (bring, show):
        add_node(each)
        add_json(each)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2025-03-01") from problem


def run(arguments: argparse.Namespace) -> int:
    """Do one of the two."""
    return _import(arguments) if arguments.way == "import" else _show(arguments)


def _import(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise NotFound(f"There is no file {arguments.file}.", remedy="Name a file of reference data as published.")
    settings, changed = settings_of(arguments), list[Any]()

    def acts() -> Iterator[Asked]:
        """Each list once the one before it is published, which is then said."""
        clock, reader = SystemClock(), discovery.open_reader(settings.store_address)
        for version in versions_of(arguments.file, reader, clock, range(settings.partitions)):
            digest = lodge(settings.data, msgspec.json.encode(version))
            yield Asked(PUBLISH, secrets.token_hex(16), digest, arguments.reason)
            changed.append(msgspec.structs.replace(version, entries=()))
            if not arguments.json:
                print(f"{version.number}  {version.name}: {version.added} new, {version.changed} changed, "
                      f"{version.ended} ended; version {version.version[:12]}", flush=True)  # fmt: skip

    came = have_done(settings, acts(), arguments.account)
    waits = sum(each.state == PROPOSED for each in came)
    if arguments.json:
        print_json([
            msgspec.to_builtins(version) | {"state": each.state, "digest": each.digest}
            for version, each in zip(changed, came, strict=True)
        ])  # fmt: skip
    else:
        print(f"{len(changed) - waits} lists changed." if changed else "No change.")
        if waits:
            print(f"{waits} lists are proposed: {came[-1].reason}.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    settings_of(arguments)  # refuses what is no configuration
    lists = NodeLists(reader_of(arguments), SystemClock()).lists
    found = lists.get(arguments.list.upper())
    if found is None:
        raise NotFound(f"There is no code list {arguments.list[:40]!r}.",
                       remedy=f"Kept are: {', '.join(lists.numbers())}.")  # fmt: skip
    on = arguments.on or dt.datetime.fromtimestamp(SystemClock().now() / 1e6, dt.UTC).date()
    entries = _chosen(found, arguments.code, on)
    if arguments.json:
        held = [{"code": e.code, "since": e.since, "facts": e.attributes} for e in entries]
        print_json({"list": found.number, "name": found.name, "version": found.version, "on": on, "entries": held})
        return 0
    print(f"{found.number} {found.name}, version {found.version[:12]}, on {on}: {len(found.codes(on))} codes")
    if arguments.code:
        facts = entries[0].attributes
        print(
            table(
                [("code", arguments.code), ("since", str(entries[0].since)), *((n, _text(v)) for n, v in facts.items())]
            )
        )
        return 0
    print(table([(e.code, e.description) for e in entries[:_MOST]], indent="  "))
    if len(entries) > _MOST:
        print(f"  and {len(entries) - _MOST} more (--json)")
    return 0


def _chosen(found: CodeList, code: str, on: dt.date) -> list[Entry]:
    if not code:
        return list(found.valid(on))
    entry = found.entry(code, on)
    if entry is None:
        raise NotFound(f"{found.number} holds no {code[:40]!r} on {on}.", remedy="Check code and date (--on).")
    return [entry]


def _text(value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)
