"""``douane decisions import``: take over persons, preferences, drafts and open cases of an older decisions portal."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path
from typing import Final

from douane.cli.node_options import add_node, add_person, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.settings import NodeSettings
from douane.operation.intervening import have_done
from douane.supervision.operating.declared import JUDGE, TAKE_OVER
from douane.supervision.operating.lodging import forget, lodge
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.taking_over import NOT_TAKEN, REFUSED
from douane.vocabulary.errors import NotFound

_CODES: Final = "exit codes: 0 done, or sound; 1 refused, each fault stands above; 2 not possible now"
_SHOWN: Final = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Import, with or without effect."""
    describe(parser, "douane decisions import export.zip --dry-run", codes=_CODES)
    ways = parser.add_subparsers(dest="way", metavar="import", required=True)
    bring = ways.add_parser("import", help="take over the export of an older portal; the node may be running")
    describe(bring, "douane decisions import export.zip --reason 'ticket 4712: the old portal closes'", codes=_CODES)
    bring.add_argument("file", type=Path, help="the export (ZIP); docs/older-portals.md describes its form")
    bring.add_argument("--dry-run", action="store_true", help="judge every row, and take nothing over")
    bring.add_argument("--reason", default="", help="why, in your words: kept with the act; not for a dry run")
    add_person(bring)
    add_node(bring)
    add_json(bring)


def run(arguments: argparse.Namespace) -> int:
    """Judge it, then take it over unless something is wrong or nothing is to change."""
    if not arguments.file.is_file():
        raise NotFound(f"There is no file {arguments.file}.", remedy="Name the export of the older portal.")
    settings = settings_of(arguments)
    digest = lodge(settings.data, arguments.file.read_bytes())
    try:
        found = _done(settings, JUDGE, digest, arguments.account)
        if found.state != REFUSED and not arguments.dry_run:
            taken = _done(settings, TAKE_OVER, digest, arguments.account, arguments.reason)
            found = Outcome(taken.state, taken.reason, {**found.counts, **taken.counts}, taken.faults)
    finally:
        forget(settings.data, digest)  # it names persons, and what it says is in the journal by now
    _tell(found, as_json=arguments.json)
    return 1 if found.state == REFUSED or found.counts.get(NOT_TAKEN) else 0


def _done(settings: NodeSettings, act: str, digest: str, account: str, reason: str = "") -> Outcome:
    (found,) = have_done(settings, [Asked(act, secrets.token_hex(16), digest, reason)], account)
    return found


def _tell(found: Outcome, *, as_json: bool) -> None:
    if as_json:
        faults = [{"file": f.file, "row": f.row, "field": f.field, "rule": f.rule, "remedy": f.remedy}
                  for f in found.faults]  # fmt: skip
        print_json({"state": found.state, "counts": found.counts, "faults": faults})
        return
    if found.faults:
        rows = [(f.file, f"row {f.row}", f.field or "-", f.rule or "-", f.remedy) for f in found.faults[:_SHOWN]]
        print(table(rows))
    print(f"{found.state[0].upper()}{found.state[1:]}{f': {found.reason}' if found.reason else ''}.")
    print(table([(name, str(number)) for name, number in found.counts.items()], indent="  "))
    if found.counts.get(NOT_TAKEN):
        print("Import it again: what stands against the rest is told then.", file=sys.stderr)
