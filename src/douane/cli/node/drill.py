"""``douane drill FOLDER``: back a node up, restore it beside, verify, measure; the node goes on working."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.node.backup import backup_facts, key_of, text_of
from douane.cli.node.restore import report_facts
from douane.cli.node_options import add_node, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.ports import SystemClock
from douane.operation.restoring.restoring import drill


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane drill backups --key backup.key --data douane-data",
             codes="exit codes: 0 restored and proven; 2 not: the reason stands on standard error")  # fmt: skip
    parser.add_argument("folder", type=Path, help="folder of backups; the backup of the drill stays in it")
    parser.add_argument("--key", type=Path, required=True, help="file of the sealing key")
    parser.add_argument("--make-key", action="store_true", help="make the key file first; it must not exist")
    parser.add_argument("--scratch", type=Path, help="folder to restore into (default: beside the data folder)")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do it and report."""
    settings = settings_of(arguments)
    scratch = arguments.scratch or settings.data.with_name(f"{settings.data.name}-drill")
    done = drill(settings, arguments.folder, key_of(arguments.key, make=arguments.make_key), scratch)
    facts = {
        "backup": backup_facts(done.manifest, SystemClock().now()) | {"seconds": done.backup_seconds},
        "restore": report_facts(done.report),
    }
    if arguments.json:
        print_json(facts)
        return 0
    for title, found in facts.items():
        print(title)
        print(table([(name, text_of(value)) for name, value in found.items() if value not in ("", [])], indent="  "))
    return 0
