"""``douane partner``: the agreements of SPEED2 with its partners, the key of webhooks, and a bench that tries them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.trust import partner_bench
from douane.cli.trust.replacing import replace
from douane.configuration import partners
from douane.configuration.ports import SystemIds
from douane.platforms.speed2.agreements import Agreement, Agreements, read
from douane.supervision.operating.declared import AGREE
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every agreement of a node, a line each")
    shown = actions.add_parser("show", help="one agreement, whole")
    shown.add_argument("party", help="EORI number or client id")
    checked = actions.add_parser("check", help="read a file of agreements and say what is wrong with it")
    checked.add_argument("file", type=Path, help="the file (TOML)")
    key = actions.add_parser("key", help="the public key that receivers of webhooks check signatures with (JWK)")
    partner_bench.add_arguments(actions.add_parser("test", help="play its counterpart, with faults, and judge it"))
    replaced = actions.add_parser("replace", help="put a file in place of the agreements; the node may be running")
    replaced.add_argument("file", type=Path, help="the file (TOML), all agreements in it")
    replaced.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    add_person(replaced)
    describe(replaced, "douane partner replace new-partners.toml --reason 'ticket 4711: FR41 moves to webhooks'")
    describe(listed, "douane partner list --data douane-data")
    describe(shown, "douane partner show FR40123456700017 --data douane-data")
    describe(checked, "douane partner check new-partners.toml")
    describe(key, "douane partner key --data douane-data")
    for each in (listed, shown, key, replaced):
        add_node(each)
    for each in (listed, shown, checked, key, replaced):
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "test":
        return partner_bench.run(arguments)
    if arguments.action == "replace":
        return replace(arguments, AGREE)
    if arguments.action == "check":
        found = read(arguments.file.read_text(), str(arguments.file))
        _print(found, as_json=arguments.json)
        return 0
    data = settings_of(arguments).data
    if arguments.action == "key":
        print_json(partners.webhook_key(data, SystemIds().random).jwk())
        return 0
    known = partners.agreements(data)
    if arguments.action == "list":
        _print(known, as_json=arguments.json)
        return 0
    agreement = known.get(arguments.party)
    if agreement is None:
        raise NotFound(
            f"There is no agreement with {arguments.party[:60]!r}.", remedy="List them: douane partner list."
        )
    if arguments.json:
        print_json(_facts(agreement))
    else:
        print(table([(name, str(value)) for name, value in _facts(agreement).items()]))
    return 0


def _print(found: Agreements, *, as_json: bool) -> None:
    if as_json:
        print_json([_facts(each) for each in found])
        return
    rows = [(each.party, each.protocol.value, each.title, each.address) for each in found]
    print(table([("party", "protocol", "title", "address"), *rows]) if rows else "There are no agreements.")


def _facts(agreement: Agreement) -> dict[str, Any]:
    return {
        "party": agreement.party,
        "title": agreement.title,
        "basis": agreement.basis,
        "protocol": agreement.protocol.value,
        "address": agreement.address,
        "networks": [str(each) for each in agreement.networks],
        "sends": sorted(agreement.sends) or "every type",
        "receives": sorted(agreement.receives) or "every type",
        "pauses": f"{agreement.first_pause} to {agreement.longest_pause} seconds",
        "rests": len(agreement.rests),
    }
