"""``douane architecture interfaces``: how many interfaces live through a node, and how many it would take without."""

from __future__ import annotations

import argparse
from typing import Any

from douane.cli.asking import add_way, asked
from douane.cli.output import add_json, describe, print_json, table
from douane.model.needs import INTERFACES


def add_interfaces(ways: Any) -> None:
    """The command among those of ``douane architecture``."""
    text = "count the interfaces that live through the centre, against those of each system with each other"
    parser = ways.add_parser("interfaces", help=text, description=text.capitalize() + ".")
    describe(parser, "douane architecture interfaces --config fr.toml")
    add_way(parser)
    add_json(parser)


def count(arguments: argparse.Namespace) -> int:
    """Ask, and print it."""
    found = asked(arguments, INTERFACES, {})
    if arguments.json:
        print_json(found)
        return 0
    print(table([
        ("service", "systems", "here (n + 1)", "each with each (n (n - 1))", "administrations"),
        *((each["service"] or "all together", str(len(each["administrations"])), str(each["common"]),
           str(each["each_with_each"]), " ".join(each["administrations"])) for each in found["lines"]),
    ]))  # fmt: skip
    print(f"Counted since {found['since']}.")
    return 0
