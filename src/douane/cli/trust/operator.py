"""``douane operator``: who operates a node, vouchers of the first two, and the glass that one breaks alone."""

from __future__ import annotations

import argparse
import os
from urllib.parse import quote

from douane.assembly.pages.inviting import sites_of
from douane.assembly.pages.sites import FOLDER
from douane.cli.node_options import add_node, clock_text, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.operators import FILE, USER
from douane.identity.sessions import Sessions
from douane.model.circles import Platform
from douane.runtime.store.decided import approvals, proposals
from douane.supervision.operating.declared import OPERATORS
from douane.supervision.operating.reading import note_command
from douane.trust.operators import operators_file

CONSOLE = "console"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three ways."""
    describe(parser, "douane operator list --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="list|voucher|break-glass", required=True)
    listed = ways.add_parser("list", help="every operator, who agreed to them, what is proposed, who acts alone")
    describe(listed, "douane operator list")
    voucher = ways.add_parser("voucher", help="a link by which one becomes the first or second operator, once")
    describe(voucher, "douane operator voucher", codes="exit codes: 0 here it is; 2 two operators are kept")
    glass = ways.add_parser("break-glass", help="a link by which one acts alone for four hours, and everybody is told")
    describe(glass, "douane operator break-glass --as eu.anna.berg --reason 'the provider is away'")
    glass.add_argument("--as", dest="account", metavar="ACCOUNT", required=True, help="the operator who acts")
    glass.add_argument("--reason", required=True, help="why, in your words: every operator reads it")
    for each in (listed, voucher, glass):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do one of the three."""
    settings, by = settings_of(arguments), f"{USER}{os.geteuid()}"
    file = operators_file(settings)
    match arguments.way:
        case "voucher":
            note_command(settings, "operators.voucher", by)
            return _link(arguments, settings, f"/operators/first?once={quote(file.voucher(by))}")
        case "break-glass":
            note_command(settings, "operators.glass", arguments.account)
            broken = file.break_glass(arguments.account, by, arguments.reason)
            sessions = Sessions(settings.data / FOLDER, now=SystemClock().now, random=SystemIds().random)
            once = sessions.invite(arguments.account, Platform.OPERATIONS, by="break glass", alone_until=broken.until)
            return _link(arguments, settings, f"/enter?once={quote(once)}")
    return _list(arguments, settings)


def _link(arguments: argparse.Namespace, settings: NodeSettings, path: str) -> int:
    url = f"{sites_of(settings)[CONSOLE].rstrip('/')}{path}"
    if arguments.json:
        print_json({"url": url})
    else:
        print(url)
    return 0


def _list(arguments: argparse.Namespace, settings: NodeSettings) -> int:
    file, reader = operators_file(settings), discovery.open_reader(settings.store_address)
    known, broken, partitions = file.judged().accounts.values(), file.broken(), range(settings.partitions)
    agreed = approvals(reader, partitions).get(FILE)
    waits = [each for each in proposals(reader, partitions).values() if each.act == OPERATORS and not each.over]
    by = [each for each in (agreed.by, agreed.second) if each] if agreed is not None else []
    if arguments.json:
        print_json({
            "operators": [{"account": each.account, "name": each.name} for each in known],
            "agreed": by,
            "proposed": waits[0].digest if waits else "",
            "glass": [{"account": each.account, "by": each.by, "until": each.until} for each in broken],
        })  # fmt: skip
        return 0
    print(table([(each.account, each.name) for each in known]) if known else "Nobody operates this node yet.")
    if agreed is not None and by:
        print(f"Agreed by {' and '.join(by)} at {clock_text(agreed.at)}.")
    for wanted in waits:
        print(f"{wanted.by} proposes {wanted.digest}: {wanted.reason}", *wanted.drawn, sep="\n  ")
    for each in broken:
        print(f"{each.by} acts alone as {each.account} until {clock_text(each.until)}: {each.reason}")
    return 0
