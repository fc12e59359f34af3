"""``douane client``: who may prove to be whom at the doors of a node; put another register in its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.node_options import add_node
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.trust.certificate import identity_of
from douane.cli.trust.replacing import replace
from douane.identity.register import Client
from douane.supervision.operating.beside import REGISTER


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every client, a line each")
    replaced = actions.add_parser("replace", help="put a file in place of the register; the node may be running")
    replaced.add_argument("file", type=Path, help="the register (TOML), all clients in it")
    replaced.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    describe(parser, "douane client list --data douane-data")
    describe(listed, "douane client list --data douane-data")
    describe(replaced, "douane client replace clients.toml --reason 'ticket 4712: a new system of the office'")
    for each in (listed, replaced):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "replace":
        return replace(arguments, REGISTER)
    found = [_facts(each) for each in identity_of(arguments).load_register()]
    if arguments.json:
        print_json(found)
    else:
        print(table([tuple(str(value) for value in each.values()) for each in found]))
    return 0


def _facts(client: Client) -> dict[str, object]:
    """Nothing of its secret."""
    return {
        "client": client.id, "kind": client.kind.value, "of": client.administration or client.eori or client.country,
        "roles": ", ".join(sorted(client.roles)), "certificates": len(client.certificates),
        "secret": "has a secret" if client.secret is not None else "no secret",
    }  # fmt: skip
