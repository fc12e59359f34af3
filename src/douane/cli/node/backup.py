"""``douane backup FOLDER``: a backup of a node, which may be running, into a folder of backups."""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.node_options import add_node, clock_text, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.operation.restoring.backups import differing, note_deletions, take_backup
from douane.runtime.store.ports import SECOND
from douane.shared_services.archiving.key import SealingKey, make_key, read_key
from douane.shared_services.backup_restore.manifest import Manifest, unfinished
from douane.vocabulary.errors import DeclarationFault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane backup backups --key backup.key --incremental",
             codes="exit codes: 0 it is taken; 1 it is taken, and a row or the state in it was changed: it is named; 2"
             " nothing was taken")  # fmt: skip
    arg = parser.add_argument
    arg("folder", type=Path, help="folder of backups; each gets a folder of its own in it")
    arg("--key", type=Path, help="file of the sealing key; keep it apart from the backups")
    arg("--make-key", action="store_true", help="make the key file first; it must not exist")
    arg("--incremental", action="store_true", help="write only what changed since the newest backup there")
    arg("--deletions", action="store_true",
        help="take no backup: note only what is gone from final data, so that no backup brings it back")  # fmt: skip
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take the backup and say what it holds."""
    settings, clock = settings_of(arguments), SystemClock()
    if arguments.deletions:
        return _note(settings, arguments)
    if arguments.key is None:
        raise DeclarationFault("A backup is sealed under a key.", remedy="Name its file: --key FILE.")
    key = key_of(arguments.key, make=arguments.make_key)
    manifest = take_backup(settings, arguments.folder, key, incremental=arguments.incremental)
    findings = list(differing(settings, manifest))
    left = [each.name for each in unfinished(arguments.folder)]
    facts = backup_facts(manifest, clock.now()) | {"folder": str(arguments.folder / manifest.id), "unfinished": left}
    if arguments.json:
        print_json(facts | {"findings": [{"partition": number, **each._asdict()} for number, each in findings]})
        return 1 if findings else 0
    print(table([(name, text_of(value)) for name, value in facts.items() if value not in ("", [])]))
    if findings:
        print(table([(f"partition {number}", each.where, each.field, each.text) for number, each in findings]))
        print(f"{len(findings)} findings: the backup holds what was changed; keep the one before it")
    return 1 if findings else 0


def _note(settings: NodeSettings, arguments: argparse.Namespace) -> int:
    found = note_deletions(settings, arguments.folder)
    facts = {"noted": clock_text(found.at), "gone": found.count, "folder": str(arguments.folder)}
    print_json(facts) if arguments.json else print(table([(name, text_of(value)) for name, value in facts.items()]))
    return 0


def key_of(path: Path, *, make: bool = False) -> SealingKey:
    """The sealing key in a file, made first where that is asked for."""
    return make_key(path, SystemIds().random) if make else read_key(path)


def backup_facts(manifest: Manifest, now: int) -> dict[str, object]:
    """What there is to say of a backup; ``rpo_seconds`` is what a loss at this moment would cost."""
    own = [piece for piece in manifest.segments if piece.set == manifest.id]
    last = manifest.last_message
    return {
        "backup": manifest.id,
        "parent": manifest.parent,
        "node": manifest.node,
        "counts": manifest.counts,
        "segments": len(manifest.segments),
        "written": len(own),
        "bytes": sum(piece.bytes for piece in own),
        "archive": len(manifest.archive),
        "leaves": {str(p.number): p.leaves for p in manifest.partitions},
        "roots": {str(p.number): p.root for p in manifest.partitions},
        "last_message": clock_text(last) if last else "",
        "rpo_seconds": round((now - last) / SECOND, 3) if last else None,
        "seconds": round((manifest.ended - manifest.began) / SECOND, 3),
    }


def text_of(value: object) -> str:
    """A fact for people."""
    match value:
        case dict():
            return ", ".join(f"{name} {each}" for name, each in value.items())
        case list() | tuple():
            return ", ".join(text_of(each) for each in value)
        case None:
            return "unknown"
        case _:
            return str(value)
