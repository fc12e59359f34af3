"""``douane audit``: evidence for one message, and its verification on any computer without a node."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import asdict
from pathlib import Path

import msgspec

from douane.cli.node_options import add_node, cases_of, clock_text, reader_of, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemClock
from douane.examination.inspecting import look, octets_of
from douane.runtime.store.decided import went_back
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.auditing import verify_command
from douane.shared_services.auditing.inspection import Finding
from douane.supervision.operating.reading import note_command
from douane.vocabulary.errors import DeclarationFault, NotFound, PartnerFault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Prove, pack, date and verify."""
    describe(parser, "douane audit prove 1f -o evidence.json")
    ways = parser.add_subparsers(dest="way", metavar="prove|verify|evidence|stamp|inspect|checkpoint", required=True)
    prove = ways.add_parser("prove", help="write the evidence that a message stands in the audit log")
    describe(prove, "douane audit prove 1f -o evidence.json")
    prove.add_argument("message", help="place as timeline shows it (1f, out:1f), or message identification")
    prove.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: standard output)")
    prove.add_argument("--without", action="append", default=[], metavar="FIELD", help="do not disclose this field")
    add_node(prove)
    add_json(prove)
    evidence = ways.add_parser("evidence", help="write all that proves a message into one file that verifies offline")
    describe(evidence, "douane audit evidence 1f -o message.zip")
    evidence.add_argument("message", help="place as timeline shows it (1f, out:1f), or message identification")
    evidence.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="the pack (ZIP)")
    evidence.add_argument("--without-content", action="store_true", help="only its place in the log, naming nobody")
    add_node(evidence)
    add_json(evidence)
    stamp = ways.add_parser("stamp", help="let the time-stamp authority of the node date its log now")
    describe(stamp, "douane audit stamp")
    add_node(stamp)
    add_json(stamp)
    inspect = ways.add_parser(
        "inspect", help="look at every row of a node, stopped or running, and name what does not fit"
    )
    describe(inspect, "douane audit inspect --data douane-data",
             codes="exit codes: 0 all of it fits; 1 a row does not, and is named; 2 nothing was looked at")  # fmt: skip
    inspect.add_argument("--slice", type=float, default=0.5, metavar="SECONDS",
                         help="for how long the store is looked at in one state (default: 0.5)")  # fmt: skip
    inspect.add_argument("--from", dest="first", type=int, default=0, metavar="LEAF", help="begin at this leaf")
    inspect.add_argument("--partition", type=int, help="this one only (default: all)")
    inspect.add_argument("--recompute", metavar="WHAT", default="",
                         help="say which entries were changed past the node: of a case (MRN, LRN, GRN, message), of a"
                         " part as it is named, or of all")  # fmt: skip
    inspect.add_argument("--against", type=Path, metavar="FOLDER", help="of backups from before, for --recompute")
    inspect.add_argument("--key", type=Path, metavar="FILE", help="the sealing key of these backups")
    add_node(inspect)
    add_json(inspect)
    verify = ways.add_parser("verify", help="check an evidence file or a pack, offline")
    describe(verify, "douane audit verify evidence.json",
             codes="exit codes: 0 the evidence holds; 1 it does not; 2 nothing was checked; 3 a pack holds if its keys"
             " are whose they say they are")  # fmt: skip
    verify_command.add_arguments(verify)
    checkpoint = ways.add_parser("checkpoint", help="write the newest checkpoint of the log, to be kept elsewhere")
    describe(checkpoint, "douane audit checkpoint --since 4711 -o last-seen.txt")
    checkpoint.add_argument("--since", type=int, metavar="LEAVES", help="also prove that it goes on from this size")
    checkpoint.add_argument("--partition", type=int, default=0, help="whose log (default: 0)")
    checkpoint.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: standard output)")
    add_node(checkpoint)


def run(arguments: argparse.Namespace) -> int:
    """Do one of the six."""
    match arguments.way:
        case "verify":
            return verify_command.run(arguments, sys.stdout)
        case "checkpoint":
            return _checkpoint(arguments)
        case "evidence":
            return _evidence(arguments)
        case "stamp":
            return _stamp(arguments)
        case "inspect":
            return _inspect(arguments)
        case _:
            return _prove(arguments)


def _checkpoint(arguments: argparse.Namespace) -> int:
    from douane.shared_services.auditing.proving import audit_prefix, checkpoint_text

    key = log_signer(settings_of(arguments), arguments.partition).key
    text = checkpoint_text(reader_of(arguments), key, audit_prefix(arguments.partition), arguments.since)
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        write_durably(arguments.output, text.encode(), mode=0o644)
    return 0


def _recompute(arguments: argparse.Namespace) -> int:
    from douane.operation.restoring.recomputing import recompute
    from douane.shared_services.archiving.key import read_key

    if arguments.against is None or arguments.key is None:
        raise DeclarationFault(
            "What was changed is found in a backup from before.", remedy="Name it: --against FOLDER --key FILE."
        )
    settings = settings_of(arguments)
    note_command(settings, "audit.recompute", arguments.recompute)
    found = recompute(settings, arguments.recompute, arguments.against, read_key(arguments.key))
    if arguments.json:
        print_json(asdict(found))
        return 1 if found.changed or found.unproven else 0
    mine = [each for each in found.changed if not each.others]
    if mine:
        print(table([(each.verdict.value, each.what, each.case, each.differs) for each in mine]))
    for part in found.unproven:
        print(f"{part}: what the node left is not in this backup, so the sum proves nothing; these entries differ")
    print(f"Against backup {found.backup}: {len(mine)} to look at, {len(found.changed) - len(mine)} of other cases,"
          f" {found.right} changed by the node since")  # fmt: skip
    return 1 if found.changed or found.unproven else 0


def _inspect(arguments: argparse.Namespace) -> int:
    if arguments.recompute:
        return _recompute(arguments)
    found, seen = list[tuple[int, Finding]](), dict[int, tuple[int, int]]()
    for looking, findings in look(settings_of(arguments), partition=arguments.partition, first=arguments.first,
                                  seconds=arguments.slice):  # fmt: skip
        walk = looking.walk
        found += [(walk.partition, each) for each in findings]
        seen[walk.partition] = walk.at, walk.rows
    back = [(number, each) for number in seen for each in went_back(store_reader_of(arguments), number)]
    if arguments.json:
        print_json({
            "partitions": {str(number): {"leaves": leaves, "rows": rows} for number, (leaves, rows) in seen.items()},
            "clock": [{"partition": number, **msgspec.structs.asdict(each)} for number, each in back],
            "findings": [{"partition": number, **each._asdict()} for number, each in found],
        })  # fmt: skip
        return 1 if found else 0
    if found:
        print(table([(f"partition {number}", each.where, each.field, each.text) for number, each in found]))
    for number, (leaves, rows) in seen.items():
        print(f"partition {number}: {rows} rows looked at, up to leaf {leaves}")
    for number, each in back:
        who = f"{each.by} and {each.second}" if each.second else f"{each.by} alone"
        print(f"The clock of this log went back: partition {number}, leaf {each.leaf}, from {clock_text(each.before)}"
              f" to {clock_text(each.at)}, by {who}: {each.reason}")  # fmt: skip
    if any(each.field == "state" for _, each in found):
        print("which entries: douane audit inspect --recompute all --against BACKUPS --key FILE")
    print(f"{len(found)} findings: do not rely on these rows, restore them from a backup" if found
          else "Everything fits.")  # fmt: skip
    return 1 if found else 0


def _stamp(arguments: argparse.Namespace) -> int:
    from douane.trust.stamping import stamp

    taken = asyncio.run(stamp(settings_of(arguments), reader_of(arguments), SystemClock()))
    if arguments.json:
        print_json({"stamps": taken})
    else:
        print(f"{taken} time-stamps came" if taken else "The log did not grow since its last time-stamp")
    return 0


def _dated(arguments: argparse.Namespace, partition: int, leaf: int) -> None:
    """Ask for a time-stamp where the node names an authority and none covers the leaf yet; go on without it."""
    from douane.trust.stamping import stamp, stamp_over

    settings = settings_of(arguments)
    if settings.time_stamps and stamp_over(settings.data, partition, leaf) is None:
        try:
            asyncio.run(stamp(settings, reader_of(arguments), SystemClock()))
        except PartnerFault as problem:
            sys.stderr.write(f"without a time-stamp: {problem.text}\n")


def _evidence(arguments: argparse.Namespace) -> int:
    from douane.examination.evidence import evidence_pack

    settings = settings_of(arguments)
    position, row = cases_of(arguments).message(arguments.message)
    _dated(arguments, position >> 48, row.leaf - 1)
    pack = evidence_pack(settings, reader_of(arguments), position, row, SystemClock().now(),
                         content=not arguments.without_content)  # fmt: skip
    write_durably(arguments.output, pack)
    key = log_signer(settings, position >> 48).key.text()
    if arguments.json:
        print_json({"file": str(arguments.output), "message": row.id, "octets": len(pack), "key": key})
    else:
        print(f"{arguments.output}: all that proves message {row.id}, {len(pack)} octets; it holds the message itself:"
              " hand it only to whom it concerns" if not arguments.without_content
              else f"{arguments.output}: the place of message {row.id} in the log")  # fmt: skip
        print(f"check it: douane audit verify {arguments.output} --key {key} --root ROOT.pem")
    return 0


def _prove(arguments: argparse.Namespace) -> int:
    from douane.examination.evidence import without
    from douane.runtime.store.envelope import SentRow
    from douane.runtime.store.ports import Log
    from douane.shared_services.auditing.leaf import SENSITIVE
    from douane.shared_services.auditing.proving import prove_row

    position, row = cases_of(arguments).message(arguments.message)
    log = Log.SENT if isinstance(row, SentRow) else Log.JOURNAL
    unknown = sorted(set(arguments.without) - set(SENSITIVE))
    if unknown:
        raise NotFound(
            f"A leaf has no field {unknown[0][:40]!r}.", remedy=f"Fields are: {', '.join(sorted(SENSITIVE))}."
        )
    key = log_signer(settings_of(arguments), position >> 48).key
    fields = [name for name in SENSITIVE if name not in arguments.without]
    settings = settings_of(arguments)
    earlier = without(settings, key, position >> 48, row.leaf - 1).checkpoint
    evidence = prove_row(
        reader_of(arguments), key, log, position, fields=fields, earlier=earlier, octets=octets_of(settings)
    )
    if arguments.output is None:
        sys.stdout.write(evidence.write().decode())
        return 0
    arguments.output.write_bytes(evidence.write())
    said = {"file": str(arguments.output), "message": row.id, "leaf": evidence.index, "key": evidence.key}
    if arguments.json:
        print_json(said)
    else:
        print(f"{arguments.output}: leaf {evidence.index} of the log proves message {row.id}")
        print(f"check it: douane audit verify {arguments.output} --key {evidence.key}")
    return 0
