"""``douane restore FOLDER``: a verified backup into a new node; ``douane restore release``: let it give out again."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path

import msgspec

from douane.cli.node.backup import key_of, text_of
from douane.cli.node_options import clock_text, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.operation.restoring.releasing import release
from douane.operation.restoring.restoring import Report, Wanted, newest, restore
from douane.shared_services.backup_restore.verification import read_seen
from douane.standards.transparency_log.note import parse_key
from douane.vocabulary.errors import BadTime, DeclarationFault
from douane.vocabulary.time import instant

RELEASE = "release"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane restore backups --key backup.key --data restored --checkpoint last-seen.txt",
        codes="exit codes: 0 restored and proven, or released; 1 nothing was held; 2 not verified or not proven",
    )  # fmt: skip
    arg = parser.add_argument
    arg("backup", metavar="BACKUP",
        help="a backup, or a folder of them (the newest counts); or the word release: let a node give out")  # fmt: skip
    arg("--key", type=Path, help="file of the sealing key")
    arg("--data", type=Path, required=True, help="new, empty data folder; with release: the restored one")
    arg("--store", help="empty store to restore into (default: SQLite in the data folder)")
    arg("--trust", metavar="KEY", help="key of the audit log (NAME+ID+BASE64) that must have signed the backup")
    arg("--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help="a checkpoint of the audit log that was kept elsewhere; may be given several times")  # fmt: skip
    arg("--accept-unproven", action="store_true",
        help="go on although nothing proves that a later checkpoint goes on from this backup")  # fmt: skip
    arg("--lost-at", metavar="TIME", help="when the node was lost, as 2026-11-24T22:30:00Z (default: now)")
    arg("--reason", default="released by the operator", help="with release: stands in the audit log")
    arg("--config", type=Path, help="with release: settings of the node (TOML)")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore or release."""
    if arguments.backup == RELEASE:
        return _release(arguments)
    if arguments.key is None:
        raise DeclarationFault("A backup opens under its key only.", remedy="Name its file: --key FILE.")
    report = restore(
        Wanted(
            newest(Path(arguments.backup)), key_of(arguments.key), arguments.data, arguments.store or "",
            parse_key(arguments.trust) if arguments.trust else None,
            tuple(read_seen(path) for path in arguments.checkpoint), _instant(arguments.lost_at),
            arguments.accept_unproven,
        )
    )  # fmt: skip
    if arguments.json:
        print_json(report_facts(report))
    else:
        print(table([(name, text_of(value)) for name, value in report_facts(report).items() if value not in ("", [])]))
        print(f"Nothing leaves this node before: douane restore release --data {report.data}")
    return 0


def report_facts(report: Report) -> dict[str, object]:
    """What there is to say of a restore."""
    facts: dict[str, object] = msgspec.to_builtins(report)
    times = {name: clock_text(at) if (at := getattr(report, name)) else "" for name in ("last_message", "lost_at")}
    missing = [
        f"partition {m.partition}: leaves {m.first_leaf} to {m.last_leaf} of {m.seen_in}"
        + "".join(f", {name} {span[0]:x} to {span[1]:x}" for name in ("journal", "sent") if (span := getattr(m, name)))
        for m in report.missing
    ]
    places = {str(p): text for p, text in report.next_positions.items()}
    return facts | times | {"next_positions": places} | {"checkpoints": list(report.checkpoints), "missing": missing}


def _release(arguments: argparse.Namespace) -> int:
    released = asyncio.run(release(settings_of(arguments), reason=arguments.reason))
    if arguments.json:
        print_json({"released": released})
    else:
        print("Released: what waits may leave." if released else "Nothing was held.")
    return 0 if released else 1


def _instant(text: str | None) -> int:
    if not text:
        return 0
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadTime(f"{text[:40]!r} is no time.", remedy="Write it as 2026-11-24T22:30:00Z.") from problem
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
