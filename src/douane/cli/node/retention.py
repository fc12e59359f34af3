"""``douane retention``: what may leave the store by rule and calendar, why the rest stays; move it; payloads too."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Mapping
from pathlib import Path

from douane.cli.node_options import add_node, add_person, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.payloads import GRACE_HOURS, collect_payloads
from douane.configuration.ports import SystemClock
from douane.configuration.retaining import policy_of, preview_of
from douane.configuration.settings import NodeSettings
from douane.operation.intervening import have_done
from douane.shared_services.archiving.moving import MOVED, SEGMENT, STAYS, beginning
from douane.supervision.operating.declared import MOVE
from douane.supervision.operating.outcome import Asked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ways."""
    describe(parser, "douane retention preview --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="preview|run|payloads", required=True)
    look = ways.add_parser("preview", help="say what would move now and why the rest stays; the node may be running")
    describe(look, "douane retention preview --policy retention.toml")
    run = ways.add_parser("run", help="move it now, by the policy of the data folder; the node may be running")
    describe(run, "douane retention run --reason 'the volume fills up'")
    run.add_argument("--reason", required=True, help="why now, in your words: kept with the act")
    add_person(run)
    payloads = ways.add_parser("payloads", help="remove payloads that no message refers to; the node may be running")
    describe(payloads, "douane retention payloads --dry-run")
    payloads.add_argument(
        "--older-than", type=int, default=GRACE_HOURS, metavar="HOURS",
        help=f"leave younger ones alone: their message may be on its way (default: {GRACE_HOURS})",
    )  # fmt: skip
    payloads.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    add_node(payloads)
    add_json(payloads)
    look.add_argument("--policy", type=Path, help="rules and legal holds (default: retention.toml of the data folder)")
    for each in (look, run):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Look or move."""
    settings = settings_of(arguments)
    if arguments.way == "payloads":
        return _collect(arguments, settings)
    if arguments.way == "preview":
        policy = policy_of(settings, arguments.policy)
        return _say(arguments, "may move", preview_of(store_reader_of(arguments), policy, SystemClock()).counts())
    (outcome,) = have_done(settings, [Asked(MOVE, secrets.token_hex(16), "", arguments.reason)], arguments.account)
    return _say(arguments, "moved", outcome.counts)


def _collect(arguments: argparse.Namespace, settings: NodeSettings) -> int:
    remove = not arguments.dry_run
    found = collect_payloads(settings, SystemClock(), hours=arguments.older_than, remove=remove)
    if arguments.json:
        print_json({"removed" if remove else "would_remove": list(found.orphans), "bytes": found.bytes,
                    "drafts": found.drafts, "kept": found.kept})  # fmt: skip
        return 0
    for digest in found.orphans:
        print(digest)
    word = "Removed" if remove else "Nothing refers to"
    print(f"{word} {len(found.orphans)} payloads ({found.bytes} bytes) and {found.drafts} drafts.")
    print(f"{found.kept} old ones belong to messages.")
    return 0


def _say(arguments: argparse.Namespace, word: str, counts: Mapping[str, int]) -> int:
    moved = counts.get(MOVED, 0)
    stay, segments = beginning(counts, STAYS), beginning(counts, SEGMENT)
    if arguments.json:
        print_json({word.replace(" ", "_"): moved, "stay": stay, "segments": segments})
        return 0
    print(table([(word, str(moved)), *((f"{STAYS}{why}", str(n)) for why, n in stay.items())]))
    for name, rows in segments.items():
        print(f"{SEGMENT}{name}: {rows} messages")
    return 0
