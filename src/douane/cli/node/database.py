"""``douane database``: schema and roles of a PostgreSQL store, before nodes start with it and while they run."""

from __future__ import annotations

import argparse

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json
from douane.configuration import discovery


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Migrate."""
    describe(parser, "douane database migrate --store postgresql://owner@db.example/douane --roles")
    ways = parser.add_subparsers(dest="way", metavar="migrate", required=True)
    migrate = ways.add_parser("migrate", help="take the steps of the schema that are missing; nodes may be running")
    describe(migrate, "douane database migrate --store postgresql://owner@db.example/douane --roles")
    migrate.add_argument("--store", help="address of the database's owner (default: the store of the node)")
    migrate.add_argument("--roles", action="store_true", help="also make the platforms' roles, and mend their grants")
    migrate.add_argument("--contract", action="store_true", help="also remove what only the release before needs")
    add_node(migrate)
    add_json(migrate)


def run(arguments: argparse.Namespace) -> int:
    """Say what was done."""
    address = arguments.store or settings_of(arguments).store_address
    done = discovery.prepare_store(address, contract=arguments.contract, roles=arguments.roles)
    if arguments.json:
        print_json(done)
    else:
        print("\n".join(done) or "everything is up to date")
    return 0
