"""``douane as4``: the legs of an access point, P-Mode files of others, and what becomes of certificates."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.configuration.access_point import Point, access_point
from douane.configuration.ports import SystemClock
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import DAY
from douane.standards.as4.domibus import read_pmodes
from douane.standards.as4.pmodes import PMode
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    legs = actions.add_parser("legs", help="every leg that is agreed, a line each")
    imported = actions.add_parser("import", help="read a P-Mode file of Domibus: what it holds, or what is wrong")
    imported.add_argument("file", type=Path, help="the file (XML)")
    certificates = actions.add_parser(
        "certificates", help="what expires within 60 days, and which legs could not be served after so many days"
    )
    certificates.add_argument("--days", type=int, default=1, help="rehearse the day after so many days (default: 1)")
    describe(legs, "douane as4 legs --data douane-data")
    describe(imported, "douane as4 import domibus-pmodes.xml")
    describe(certificates, "douane as4 certificates --days 30")
    for each in (legs, certificates):
        add_node(each)
    for each in (legs, imported, certificates):
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "import":
        found = read_pmodes(arguments.file.read_bytes())
        _print(((mode, "") for mode in found.modes), as_json=arguments.json)
        return 0
    point = _point(arguments)
    if arguments.action == "legs":
        _print(point.legs, as_json=arguments.json)
        return 0
    return _certificates(point, arguments)


def _point(arguments: argparse.Namespace) -> Point:
    data = settings_of(arguments).data
    found = access_point(data, Catalogue(discovery.services()), SystemClock(), sweep=False)
    if found is None:
        raise NotFound(f"There is no access point in {data}.", remedy="Write as4/as4.toml; see docs/as4.md.")
    return found


def _certificates(point: Point, arguments: argparse.Namespace) -> int:
    now, register = SystemClock().now(), point.point.certificates
    findings = register.findings(now)
    failing = register.rehearse(point.legs, now + arguments.days * DAY)
    if arguments.json:
        rows = [{"party": f.whose, "certificate": f.subject, "days": f.days} for f in findings]
        print_json({"expiring": rows, "failing": failing})
        return 1 if failing else 0
    for each in findings:
        left = f"expires in {each.days} days" if each.days >= 0 else "has expired"
        print(f"{each.whose or 'own'}: {each.subject} {left}")
    for text in failing:
        print(f"after {arguments.days} days: {text}")
    if not findings and not failing:
        print("No certificate expires within 60 days; every leg can be served.")
    return 1 if failing else 0


def _print(legs: Iterable[tuple[PMode, str]], *, as_json: bool) -> None:
    facts = [_facts(mode) for mode, _ in legs]
    if as_json:
        print_json(facts)
        return
    columns = ("id", "profile", "from", "to", "service", "action", "binding", "address")
    print(table([columns, *(tuple(each[name] for name in columns) for each in facts)]) if facts else "No legs.")


def _facts(mode: PMode) -> dict[str, Any]:
    def side(of: Any) -> str:
        return ", ".join(party.value for party in of.parties) or f"any {of.role.rpartition('/')[2]}"

    return {
        "id": mode.id, "profile": mode.profile, "from": side(mode.sender), "to": side(mode.receiver),
        "service": mode.service.value, "action": mode.action, "binding": mode.binding.rpartition("/")[2],
        "address": mode.address, "mpc": mode.mpc, "token": mode.security.signer_form.value,
    }  # fmt: skip
