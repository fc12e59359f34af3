"""``douane certificate``: what clients' certificates are worth, and revoking them without a restart."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from douane.assembly.development.identity import DevelopmentIdentity
from douane.assembly.known import EFFECTIVE
from douane.assembly.ports import SystemClock
from douane.assembly.revoking import REASONS, Card, Listed, cards, load, revoke
from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every client's certificate, its circle, and what it is worth")
    revoked = actions.add_parser("revoke", help=f"revoke one; doors refuse it within {EFFECTIVE:g} seconds")
    revoked.add_argument("which", help="client id, or PEM file of the certificate")
    revoked.add_argument("--reason", choices=sorted(REASONS), default="unspecified", help="why (RFC 5280)")
    loaded = actions.add_parser("load", help="take over a revocation list that an authority of this node has signed")
    loaded.add_argument("file", type=Path, help="the list (PEM)")
    describe(listed, "douane certificate list --data douane-data")
    describe(revoked, "douane certificate revoke trader.fr.lesquin --reason key-compromise")
    describe(loaded, "douane certificate load revoked.pem")
    for each in (listed, revoked, loaded):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    identity = _identity(arguments)
    now = SystemClock().now()
    if arguments.action == "list":
        _print(cards(identity, now), as_json=arguments.json)
        return 0
    if arguments.action == "revoke":
        done = revoke(identity, arguments.which, reason=REASONS[arguments.reason], now=now)
    else:
        done = load(identity, arguments.file.read_bytes())
    _tell(done, as_json=arguments.json)
    return 0


def _identity(arguments: argparse.Namespace) -> DevelopmentIdentity:
    folder = settings_of(arguments).identity_folder
    if not (folder / "clients.toml").exists():
        raise NotFound(f"There is no identity in {folder}.", remedy="Start the node once, or name its --data folder.")
    return DevelopmentIdentity(folder)


def _print(found: list[Card], *, as_json: bool) -> None:
    facts = [
        {
            "client": each.client, "circle": each.circle.value, "state": each.state.value,
            "until": f"{dt.datetime.fromtimestamp(each.until, dt.UTC):%Y-%m-%d}", "serial": f"{each.serial:x}",
            "thumbprint": each.thumbprint,
        }
        for each in found
    ]  # fmt: skip
    if as_json:
        print_json(facts)
        return
    columns = ("client", "circle", "state", "until", "serial")
    print(table([columns, *(tuple(each[name] for name in columns) for each in facts)]))


def _tell(done: Listed, *, as_json: bool) -> None:
    if as_json:
        print_json({"circle": done.circle.value, "list": done.number, "entries": done.entries, "added": done.added,
                    "effective_seconds": EFFECTIVE})  # fmt: skip
        return
    if not done.added:
        print(f"Nothing new: list {done.number} of the {done.circle.value} circle holds {done.entries} certificates.")
        return
    print(
        f"List {done.number} of the {done.circle.value} circle holds {done.entries} revoked certificates, {done.added} "
        f"of them new.\nDoors that read this folder refuse them within {EFFECTIVE:g} seconds, open connections too. "
        "Doors on other hosts need the list as well: douane certificate load FILE."
    )
