"""``douane overlay``: what an administration adds to a common procedure: judge a file, propose it, approve, look."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from douane.cli.asking import add_way, answered, asked
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.supplies import supply_of
from douane.model.needs import APPROVE_OVERLAY, JUDGED, OVERLAYS, PROPOSE_OVERLAY, Need
from douane.vocabulary.errors import DeclarationFault, NotFound

_CODES: Final = "exit codes: 0 done; 1 refused, the reasons stand above; 2 not possible now"
_ANSWERS: Final = ("OverlayKept", "OverlayRefused")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to judge, say and ask."""
    describe(parser, "douane overlay check fr.json", codes=_CODES)
    ways = parser.add_subparsers(dest="way", metavar="check|propose|approve|show", required=True)
    check = ways.add_parser("check", help="judge a file by the procedures of this release; no node is asked")
    describe(check, "douane overlay check fr.json", codes=_CODES)
    propose = ways.add_parser("propose", help="propose the next version of the own administration's overlay")
    describe(propose, f"douane overlay propose fr.json {_WAY} --client fr.expert", codes=_CODES)
    for each in (check, propose):
        each.add_argument("file", type=Path, help="administration, version, since, reason, changes (JSON)")
    approve = ways.add_parser("approve", help="approve what a colleague proposed (four eyes)")
    describe(
        approve, f"douane overlay approve FR 2 --digest 5f...e1 --reason 'Seen' {_WAY} --client fr.second", codes=_CODES
    )
    approve.add_argument("--reason", required=True, help="why, in your words")
    approve.add_argument("--digest", required=True, help="of the proposal that you read, as show prints it")
    show = ways.add_parser("show", help="every version, who proposed and who approved it, and why")
    describe(show, f"douane overlay show FR {_WAY} --client fr.officer")
    for each in (approve, show):
        each.add_argument("administration", help="whose overlay it is (FR)")
    approve.add_argument("version", type=int, help="the version that waits")
    for each in (propose, approve, show):
        add_way(each)
    for each in (check, propose, approve, show):
        add_json(each)


_WAY: Final = "--at https://ccn2.example:8443 --identity identity"


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    match arguments.way:
        case "check":
            return _check(arguments)
        case "show":
            return _show(arguments)
        case "propose":
            return _told(arguments, PROPOSE_OVERLAY, _read(arguments.file))
        case _:
            said = {name: getattr(arguments, name) for name in ("administration", "version", "reason", "digest")}
            return _told(arguments, APPROVE_OVERLAY, said)


def _check(arguments: argparse.Namespace) -> int:
    judged = supply_of(JUDGED)
    if judged is None:
        raise NotFound("No installed application has a common procedure.", remedy="Install one.")
    found = list(judged(arguments.file.read_bytes()))
    if arguments.json:
        print_json(found)
    else:
        print("\n".join(found) if found else "Sound: it adds, and removes nothing.")
    return 1 if found else 0


def _read(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_text())
    except ValueError as problem:
        raise DeclarationFault(f"{file} is no JSON: {problem}.", remedy="douane overlay check names faults.") from None
    if not isinstance(said, dict):
        raise DeclarationFault(f"{file} holds no proposal.", remedy="docs/overlays.md shows one.")
    return said


def _show(arguments: argparse.Namespace) -> int:
    found = asked(arguments, OVERLAYS, {"administration": arguments.administration})
    if arguments.json:
        print_json(found)
        return 0
    if not found["versions"]:
        print(f"{found['administration']} adds nothing.")
    for each in found["versions"]:
        by = f"proposed by {each['proposed_by']}, approved by {each['approved_by'] or 'nobody yet'}"
        head = f"Version {each['version']}, {each['state']}, for applications from {each['since']}"
        print(f"{head}: {by}. {each['reason']}")
        if not each["approved_by"]:
            print(f"  Digest: {each['digest'] or 'none, as it is of a former release: propose it anew'}")
        if not each["fits"]:
            print("  It names a step that the procedure of this release does not have.")
        rows = [(c["kind"], ", ".join(c["at"]), c["text"] or c["announced"]) for c in each["changes"]]
        print(table(rows, indent="  "))
    return 0


def _told(arguments: argparse.Namespace, need: Need, said: Mapping[str, object]) -> int:
    """Send a message and tell what was answered."""
    kind, content = asyncio.run(answered(arguments, need, said, _ANSWERS))
    if arguments.json:
        print_json({"answer": kind, **content})
    elif kind == "OverlayKept":
        print(f"Version {content['version']} of {content['administration']} is {content['state']}.")
        if content["state"] == "proposed":
            print(f"Digest: {content['digest']}")
    else:
        print("Refused.")
        for each in content["faults"]:
            place = f"change {each['change']}: " if each["change"] else ""
            print(f"  {place}{each['remedy']}" + (f" ({each['article']})" if each["article"] else ""))
    return 0 if kind == "OverlayKept" else 1
