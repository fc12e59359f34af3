"""``douane passkey``: invite a person of a country without a provider to make a passkey, and take passkeys away."""

from __future__ import annotations

import argparse
from urllib.parse import quote

from douane.assembly.pages.entering import invite_to_passkey, withdraw_passkeys
from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    invited = actions.add_parser("invite", help="a link by which a person makes a passkey once, within a day")
    withdrawn = actions.add_parser("withdraw", help="take a person's passkeys away, at once")
    for each in (invited, withdrawn):
        each.add_argument("subject", help="the person, as the accounts of his country name him")
        each.add_argument("--country", required=True, help="whose person he is: a country of type D")
        add_node(each)
        add_json(each)
    describe(invited, "douane passkey invite janis.ozols --country LV")
    describe(withdrawn, "douane passkey withdraw janis.ozols --country LV")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    settings, whom = settings_of(arguments), (arguments.country, arguments.subject)
    if arguments.action == "invite":
        site, once = invite_to_passkey(settings, *whom)
        url = f"{site}/passkey/make?once={quote(once)}"
        if arguments.json:
            print_json({"subject": arguments.subject, "country": arguments.country, "url": url})
        else:
            print(url)
        return 0
    count = withdraw_passkeys(settings, *whom)
    if arguments.json:
        print_json({"subject": arguments.subject, "country": arguments.country, "withdrawn": count})
    else:
        print(f"{count} passkeys of {arguments.subject} are gone; sessions that they opened go on until they end.")
    return 0
