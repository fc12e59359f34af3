"""``douane passkey``: invite a person of a country without a provider to make a passkey, and take passkeys away."""

from __future__ import annotations

import argparse
import secrets
from urllib.parse import quote

from douane.assembly.pages.inviting import invite_alone, sites_of, withdraw_passkeys
from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json
from douane.cli.proposing import say
from douane.configuration.settings import NodeSettings
from douane.identity.kept import digest
from douane.operation.intervening import have_done
from douane.supervision.operating.declared import INVITE
from douane.supervision.operating.inviting import INVITED, invitation_of
from douane.supervision.operating.outcome import Asked, Outcome


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
    invited.add_argument("--reason", default="", help="why, in your words: kept with the act; needed in production")
    add_person(invited)
    describe(invited, "douane passkey invite janis.ozols --country LV --reason 'ticket 4714' --as eu.anna.berg")
    describe(withdrawn, "douane passkey withdraw janis.ozols --country LV")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    settings, whom = settings_of(arguments), (arguments.country, arguments.subject)
    if arguments.action == "invite":
        return _invite(settings, arguments)
    count = withdraw_passkeys(settings, *whom)
    if arguments.json:
        print_json({"subject": arguments.subject, "country": arguments.country, "withdrawn": count})
    else:
        print(f"{count} passkeys of {arguments.subject} are gone; sessions that they opened go on until they end.")
    return 0


def _invite(settings: NodeSettings, arguments: argparse.Namespace) -> int:
    """Print a link. In production it holds once another operator agreed; in development at once."""
    subject, country, once = arguments.subject, arguments.country, secrets.token_urlsafe(32)
    url, on = f"{sites_of(settings)['signin']}/passkey/make?once={quote(once)}", digest(once)
    outcome = Outcome(INVITED)
    if settings.development:
        invite_alone(settings, country, subject, on)
    else:
        asked = Asked(INVITE, secrets.token_hex(16), invitation_of(country, subject, on), arguments.reason)
        (outcome,) = have_done(settings, [asked], arguments.account)
    if arguments.json:
        print_json({"subject": subject, "country": country, "url": url, "state": outcome.state,
                    "more": outcome.reason, "proposal": outcome.digest, "drawn": list(outcome.drawn)})  # fmt: skip
    else:
        print(url)
        if not settings.development:
            say(f"{country}/{subject}", outcome)
    return 0
