"""``douane client``: who may prove to be whom at the doors of a node: register one, or replace the whole register."""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import sys
from pathlib import Path

from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.trust.certificate import identity_of
from douane.cli.trust.replacing import put_in_place, replace
from douane.configuration.ports import SystemClock, SystemIds
from douane.identity.register import Client
from douane.model.circles import ActorKind
from douane.supervision.operating.declared import REGISTER
from douane.trust.enrolling import Enrolled, add, renew
from douane.trust.known import EFFECTIVE
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every client, a line each")
    replaced = actions.add_parser("replace", help="put a file in place of the register; the node may be running")
    replaced.add_argument("file", type=Path, help="the register (TOML), all clients in it")
    replaced.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    add_person(replaced)
    describe(parser, "douane client list --data douane-data")
    describe(listed, "douane client list --data douane-data")
    describe(replaced, "douane client replace clients.toml --reason 'ticket 4712: a new system of the office'")
    added = actions.add_parser("add", help="register a client with a certificate for the key of its request")
    renewed = actions.add_parser("renew", help="a further certificate for a client; the former holds on")
    for each in (added, renewed):
        each.add_argument("id", help="the name of the client: trader.fr.lesquin")
        each.add_argument("--reason", default="", help="why, in your words: kept with the act")
        add_person(each)
        by = each.add_mutually_exclusive_group(required=True)
        by.add_argument("--csr", type=Path, help="its request (PKCS#10, PEM or DER): this node has the authority's key")
        by.add_argument("--certificate", type=Path, help="its certificate (PEM), which the authority issued elsewhere")
    added.add_argument("--kind", choices=[each.value for each in ActorKind if each is not ActorKind.PUBLIC],
                       default=ActorKind.TRADER.value, help="what it is; which circle it enters follows")  # fmt: skip
    added.add_argument("--eori", default="", help="the EORI number of a trader: whose business it does")
    added.add_argument("--country", default="", help="its country (two letters)")
    added.add_argument("--administration", default="", help="of an authority's system: its country, or EU")
    added.add_argument("--role", action="append", default=[], help="a role; may be given several times")
    added.add_argument("--bound", action="store_true", help="give it only tokens that are bound to a key of its own")
    describe(added, "douane client add trader.fr.lille --csr lille.csr --eori FR40123456700025 --role declarant")
    describe(renewed, "douane client renew trader.fr.lille --certificate lille-2.pem")
    for each in (listed, replaced, added, renewed):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "replace":
        return replace(arguments, REGISTER)
    if arguments.action in ("add", "renew"):
        _tell(_enrolled(arguments), as_json=arguments.json)
        return 0
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


def _enrolled(arguments: argparse.Namespace) -> Enrolled:
    """The client with its new certificate. Its register takes the place of the former one by the act that does so, with
    a leaf of the audit log, in the node that runs or in one that rests."""
    identity, now, random = identity_of(arguments), SystemClock().now(), SystemIds().random
    file = arguments.csr or arguments.certificate
    try:
        given = file.read_bytes()
    except OSError as problem:
        raise NotFound(f"{file} cannot be read.", remedy="Name the file of the request or certificate.") from problem
    issued = arguments.certificate is not None
    reason = arguments.reason or f"douane client {arguments.action} {arguments.id}"
    put = functools.partial(put_in_place, settings_of(arguments), REGISTER, reason, account=arguments.account)
    if arguments.action == "renew":
        return renew(identity, arguments.id, given, now=now, random=random, replace=put, issued=issued)
    wanted = Client(
        arguments.id, ActorKind(arguments.kind), arguments.country or arguments.eori[:2], arguments.eori,
        arguments.administration, frozenset(arguments.role), bound=arguments.bound,
    )  # fmt: skip
    return add(identity, wanted, given, now=now, random=random, replace=put, issued=issued)


def _tell(done: Enrolled, *, as_json: bool) -> None:
    until = f"{dt.datetime.fromtimestamp(done.until, dt.UTC):%Y-%m-%d}"
    if as_json:
        print_json({
            "client": done.client.id, "circle": done.client.circle.value, "eori": done.client.eori,
            "thumbprint": done.client.certificates[-1], "until": until, "certificate": done.certificate.decode(),
            "effective_seconds": EFFECTIVE,
        })  # fmt: skip
        return
    sys.stdout.write(done.certificate.decode())
    print(f"# {done.client.id} enters by the {done.client.circle.value} circle with it until {until}; "
          f"doors know it within {EFFECTIVE:g} seconds, once two persons agreed. Kept in {done.path}.")  # fmt: skip
