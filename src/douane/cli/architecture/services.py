"""``douane services``: the registry of the bus as the node keeps it: services, versions, providers, consumers."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from douane.cli.node_options import add_node, clock_text, reader_of, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.configuration.consumers import seen_since
from douane.configuration.lists import NodeLists
from douane.configuration.ports import SystemClock
from douane.model.needs import SERVICE, SERVICES, Need
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.store.ports import DAY, Reader
from douane.runtime.store.queries import View
from douane.vocabulary.errors import NotFound

LATELY = 90
_ROLES = frozenset({"service bus operator"})
_PAGE = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List and show."""
    describe(parser, "douane services show permits/v1 --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="list|show", required=True)
    listed = ways.add_parser("list", help="every version of every service, a line each")
    describe(listed, "douane services list --data douane-data")
    shown = ways.add_parser("show", help="one version: operations, providers, consumers declared and seen")
    describe(shown, "douane services show transit/v1 --data douane-data")
    shown.add_argument("service", help="name and version: permits/v1")
    for each in (listed, shown):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do one of the two."""
    registry = Registry(arguments)
    if arguments.way == "list":
        found = registry.all()
        if arguments.json:
            print_json(found)
        else:
            print(table([_row(each) for each in found]))
        return 0
    name, _, version = arguments.service.partition("/v")
    entry = registry.ask(SERVICE, {"service": name, "version": _number(version)})
    seen = registry.seen(entry)
    if arguments.json:
        print_json(entry | {"seen": [{"operation": o, "party": p, "at": at} for o, p, at in seen]})
        return 0
    print(f"{name}/v{entry['version']}  {entry['title']}  {entry['level']}, {entry['seconds']} s  {entry['state']}")
    for title, rows in _parts(entry, seen):
        print(f"{title}\n{table(rows, indent='  ')}" if rows else f"{title}: none")
    return 0


class Registry:
    """The queries of the bus over the committed state of a node, which may be running."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        settings = settings_of(arguments)
        self._reader: Reader = reader_of(arguments)
        clock, partitions = SystemClock(), range(settings.partitions)
        self._now = clock.now()
        look = NodeLists(self._reader, clock, partitions).look
        self._view = View(self._reader, UNION, self._now, look, partitions=partitions, roles=_ROLES)
        self._catalogue, self._queries = Catalogue(discovery.services()), discovery.behaviour().queries

    def ask(self, need: Need, question: dict[str, Any]) -> dict[str, Any]:
        """The answer of a query as plain values."""
        declared = self._catalogue.filled(need)
        typed = self._catalogue.read_json(declared.request, msgspec.json.encode(question))
        found: dict[str, Any] = msgspec.to_builtins(self._queries[declared.qualified].answer(self._view, typed))
        return found

    def all(self) -> list[dict[str, Any]]:
        """Every entry, without contracts."""
        found, after = [], ""
        while True:
            page = self.ask(SERVICES, {"after": after, "limit": _PAGE})
            found += page["services"]
            after = page["after"]
            if not after:
                return found

    def seen(self, entry: dict[str, Any]) -> list[tuple[str, str, int]]:
        """Who sent messages for the operations of a service of the centre within 90 days, and when last."""
        senders = seen_since(self._reader, self._now - LATELY * DAY).senders
        names = [f"{entry['service']}.{each['name']}" for each in entry["operations"]]
        return [(name, party, at) for name in names for party, at in sorted(senders.get(name, {}).items())]


def _number(version: str) -> int:
    if not version.isdecimal() or not 1 <= int(version[:9]) <= 999:
        raise NotFound(f"{version[:20]!r} is no version.", remedy="Write name and version like permits/v1.")
    return int(version)


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    providers = ", ".join(each["administration"] for each in entry["providers"])
    name = f"{entry['service']}/v{entry['version']}"
    return name, entry["state"], entry["level"], providers, f"{len(entry['consumers'])} consumers", entry["title"]


def _parts(entry: dict[str, Any], seen: list[tuple[str, str, int]]) -> list[tuple[str, list[tuple[str, ...]]]]:
    return [
        ("operations", [(o["name"], o["pattern"], o["endpoint"], o["title"]) for o in entry["operations"]]),
        ("providers", [(p["administration"], p["state"], p["delivery"], p["address"]) for p in entry["providers"]]),
        ("consumers", [(c["name"], c["state"], c["provider"], c["seen"] or "") for c in entry["consumers"]]),
        (f"seen within {LATELY} days", [(party, operation, clock_text(at)) for operation, party, at in seen]),
    ]
