"""``douane provider``: by whom persons sign in: list the identity providers of a node, or replace their file."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.trust.replacing import replace
from douane.supervision.operating.declared import PROVIDERS
from douane.trust.providers import PROVIDERS as FILE
from douane.trust.providers import read_providers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every identity provider, a line each")
    replaced = actions.add_parser("replace", help="put a file in place of the providers; the node may be running")
    replaced.add_argument("file", type=Path, help="the file (TOML), all providers in it")
    replaced.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    add_person(replaced)
    describe(parser, "douane provider list --data douane-data")
    describe(listed, "douane provider list --data douane-data")
    describe(replaced, "douane provider replace providers.toml --reason 'ticket 4713: a new secret'")
    for each in (listed, replaced):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "replace":
        return replace(arguments, PROVIDERS)
    known = read_providers(settings_of(arguments).identity_folder / FILE).values()
    found = [
        {"country": each.country, "title": each.title, "type": each.type.value, "issuer": each.issuer}
        for each in sorted(known, key=lambda each: each.country)
    ]
    if arguments.json:
        print_json(found)
    else:
        print(table([tuple(each.values()) for each in found]))
    return 0
