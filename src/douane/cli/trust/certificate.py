"""``douane certificate``: what clients' certificates are worth, and revoking them without a restart."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.ports import SystemClock
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.known import EFFECTIVE
from douane.trust.revoking import (
    REASONS,
    Listed,
    Vouching,
    cards,
    declare_unlisted,
    load,
    revoke,
    vouching,
)
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every client's certificate, its circle, and what it is worth")
    revoked = actions.add_parser("revoke", help=f"revoke one; doors refuse it within {EFFECTIVE:g} seconds")
    revoked.add_argument("which", help="client id, or PEM file of the certificate")
    revoked.add_argument("--reason", choices=sorted(REASONS), default="unspecified", help="why (RFC 5280)")
    loaded = actions.add_parser("load", help="take over revocation lists that authorities of this node have signed")
    loaded.add_argument("file", type=Path, help="one list or several (PEM)")
    shown = actions.add_parser("show", help="every authority, and the revocation list of it that holds")
    unlisted = actions.add_parser("unlisted", help="declare that an authority publishes no list")
    unlisted.add_argument("key", help="key identifier of the authority, as show names it")
    describe(listed, "douane certificate list --data douane-data")
    describe(revoked, "douane certificate revoke trader.fr.lesquin --reason key-compromise")
    describe(loaded, "douane certificate load revoked.pem")
    describe(shown, "douane certificate show --data douane-data")
    describe(unlisted, "douane certificate unlisted 3f1c5d0e6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d")
    for each in (listed, revoked, loaded, shown, unlisted):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    identity = identity_of(arguments)
    now = SystemClock().now()
    match arguments.action:
        case "list":
            _print(_cards(identity, now), as_json=arguments.json)
        case "show":
            _print([_authority(each) for each in vouching(identity, now)], as_json=arguments.json)
        case "unlisted":
            _print([_authority(declare_unlisted(identity, arguments.key))], as_json=arguments.json)
        case "revoke":
            done = revoke(identity, arguments.which, reason=REASONS[arguments.reason], now=now)
            _tell([done], as_json=arguments.json)
        case _:
            _tell(load(identity, arguments.file.read_bytes()), as_json=arguments.json)
    return 0


def identity_of(arguments: argparse.Namespace) -> DevelopmentIdentity:
    """The identity folder of the node that a command is about. Raises NotFound."""
    folder = settings_of(arguments).identity_folder
    if not (folder / "clients.toml").exists():
        raise NotFound(f"There is no identity in {folder}.", remedy="Start the node once, or name its --data folder.")
    return DevelopmentIdentity(folder)


def _cards(identity: DevelopmentIdentity, now: int) -> list[dict[str, str]]:
    return [
        {
            "client": each.client, "circle": each.circle.value, "state": each.state.value, "until": _day(each.until),
            "serial": f"{each.serial:x}", "thumbprint": each.thumbprint,
        }
        for each in cards(identity, now)
    ]  # fmt: skip


def _authority(found: Vouching) -> dict[str, str]:
    held = found.until != 0
    return {
        "authority": found.name, "circle": found.circle.value, "list": found.proof.value,
        "number": str(found.number) if held else "", "entries": str(found.entries) if held else "",
        "until": _day(found.until) if held else "", "key": found.key,
    }  # fmt: skip


def _day(seconds: int) -> str:
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%d}"


def _print(facts: list[dict[str, str]], *, as_json: bool) -> None:
    if as_json:
        print_json(facts)
        return
    columns = tuple(name for name in (facts[0] if facts else ()) if name != "thumbprint")
    print(table([columns, *(tuple(each[name] for name in columns) for each in facts)]))


def _tell(done: list[Listed], *, as_json: bool) -> None:
    if as_json:
        print_json([{"circle": each.circle.value, "authority": each.authority, "list": each.number,
                     "entries": each.entries, "added": each.added, "effective_seconds": EFFECTIVE}
                    for each in done])  # fmt: skip
        return
    for each in done:
        said = f"List {each.number} of {each.authority} ({each.circle.value}) holds {each.entries} revoked certificates"
        print(f"{said}, {each.added} of them new." if each.added else f"Nothing new: {said[0].lower()}{said[1:]}.")
    if any(each.added for each in done):
        print(f"Doors that read this folder refuse them within {EFFECTIVE:g} seconds, open connections too. "
              "Doors on other hosts need the list as well: douane certificate load FILE.")  # fmt: skip
