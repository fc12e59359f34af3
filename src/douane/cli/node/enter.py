"""``douane enter --as NAME``: a link that lets a person of a development identity into the pages once.

Whoever may read and write the data folder may do this; the running node writes it into its audit log. Exit codes: 0 the
link is printed, 2 there is no such person, or this is no node for development.
"""

from __future__ import annotations

import argparse

from douane.assembly.pages.entering import address_of
from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane enter --as trader.fr.lesquin --data build/demo/centre")
    parser.add_argument("--as", dest="client", required=True, metavar="NAME", help="a registered client, by its id")
    parser.add_argument("--to", default="/", metavar="PATH", help="the page that it leads to (default: the first)")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the link."""
    found = address_of(settings_of(arguments), arguments.client, arguments.to)
    if arguments.json:
        print_json({"client": arguments.client, "url": found})
    else:
        print(found)
    return 0
