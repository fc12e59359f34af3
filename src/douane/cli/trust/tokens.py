"""``douane tokens``: the keys by which UUM&DS signs tokens, and rolling them over while the node runs."""

from __future__ import annotations

import argparse

from douane.cli.node_options import add_node
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.trust.certificate import identity_of
from douane.configuration.ports import SystemClock
from douane.trust.token_keys import add, published, retire, use


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    texts = {
        "show": "every key that doors accept, and which one signs",
        "add": "make the next key and publish it; nothing is signed by it yet",
        "use": "sign by the next key, which every door has read of",
        "retire": "publish the former keys no more, once no token of theirs holds",
    }
    for name, text in texts.items():
        each = actions.add_parser(name, help=text)
        describe(each, f"douane tokens {name} --data douane-data")
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    identity, now = identity_of(arguments), SystemClock().now()
    match arguments.action:
        case "add":
            found = add(identity)
        case "use":
            found = use(identity, now)
        case "retire":
            found = retire(identity, now)
        case _:
            found = published(identity)
    if arguments.json:
        print_json([{"kid": each.kid, "use": each.use} for each in found])
    else:
        print(table([("key", "use"), *((each.kid, each.use) for each in found)]))
    return 0
