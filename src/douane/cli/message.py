"""``douane message``: show a message, list what is set aside, release or replay it."""

from __future__ import annotations

import argparse
import asyncio

from douane.assembly.node import Core, make_core
from douane.assembly.reading import note_command
from douane.cli.node_options import add_node, cases_of, clock_text, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.timeline import happening_facts
from douane.runtime.core.commands import Release
from douane.runtime.store.envelope import JournalRow, Parked, unpack_faults
from douane.shared_services.auditing.cases import Cases
from douane.vocabulary.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The four ways to ask."""
    describe(parser, "douane message quarantine --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="show|quarantine|release|replay", required=True)
    show = ways.add_parser("show", help="show a message with its content")
    describe(show, "douane message show 1f")
    show.add_argument("message", help="place as timeline shows it (1f, out:1f), or message identification")
    quarantine = ways.add_parser("quarantine", help="list what is set aside, with the reason")
    describe(
        quarantine, "douane message quarantine", codes="exit codes: 0 nothing is set aside; 1 something is; 2 no store"
    )
    codes = "exit codes: 0 it is handled now; 1 it failed again; 2 no such message, or the node is running"
    release = ways.add_parser("release", help="handle it again, then what waited behind it (the node is stopped)")
    describe(release, "douane message release 1f", codes=codes)
    replay = ways.add_parser("replay", help="the same for every message set aside, oldest first, or for one")
    describe(replay, "douane message replay", codes=codes)
    release.add_argument("position", help="position of a message that is set aside")
    replay.add_argument("position", nargs="?", default="", help="one of them only")
    for each in (show, quarantine, release, replay):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of the four."""
    match arguments.way:
        case "show":
            return _show(arguments)
        case "quarantine":
            return _quarantine(arguments)
        case _:
            return _again(arguments)


def _show(arguments: argparse.Namespace) -> int:
    cases = cases_of(arguments)
    position, row = cases.message(arguments.message)
    note_command(settings_of(arguments), "message show", f"{position:x}")
    happening, body = cases.happening(position, row), row.content.octets
    facts = happening_facts(happening) | {"digest": row.content.digest.hex()}
    faults = unpack_faults(row.faults) if isinstance(row, JournalRow) else ()
    if arguments.json:
        facts |= {"faults": [each.named() for each in faults]} if faults else {}
        print_json(facts | {"body": body.decode("utf-8", "replace")})
        return 0
    facts["time"] = clock_text(happening.time)
    named = [("fault", f"{each.code} {each.pointer} {each.remedy}") for each in faults]
    facts["reports"] = ", ".join(f"{step.state} {clock_text(step.at)}" for step in happening.reports)
    print(table([*((name, str(value)) for name, value in facts.items() if value not in ("", 0, False)), *named]))
    print(body.decode("utf-8", "replace"))
    return 0


def _quarantine(arguments: argparse.Namespace) -> int:
    parked = cases_of(arguments).parked()
    if arguments.json:
        print_json([_facts(each) for each in parked])
    elif parked:
        print(table([(f"{p.position:x}", clock_text(p.at), p.operation, p.sender, p.id, _why(p)) for p in parked]))
    else:
        print("Nothing is set aside.")
    return 1 if parked else 0


def _again(arguments: argparse.Namespace) -> int:
    core = make_core(settings_of(arguments), ended=_raise)
    try:
        wanted = _wanted(core, arguments.position)
        for position in wanted:
            asyncio.run(_release(core, position))
        failed = [p for p in Cases(core.store).parked() if p.position in wanted]
        left = {p.position for p in failed}
        results = {f"{p:x}": "set aside again" if p in left else "handled" for p in wanted}
    finally:
        core.close()
    if arguments.json:
        print_json({"results": results, "left": [_facts(p) for p in failed]})
    else:
        print(table(list(results.items())) if results else "Nothing is set aside.")
        for each in failed:
            print(f"{each.position:x}: {each.reason}")
    return 1 if failed else 0


def _wanted(core: Core, position: str) -> list[int]:
    parked = [p for p in Cases(core.store).parked() if not p.waits_for]
    if not position:
        return [p.position for p in parked]
    try:
        wanted = int(position, 16)
    except ValueError:
        wanted = -1
    if wanted not in [p.position for p in parked]:
        known = ", ".join(f"{p.position:x}" for p in parked[:20]) or "none"
        raise NotFound(f"No message is set aside at position {position[:40]!r}.", remedy=f"There are: {known}.")
    return [wanted]


async def _release(core: Core, position: int) -> None:
    await core.node.command(Release(position))
    while any(owner.pending for owner in core.node.owners):
        await core.node.changed(1.0)


def _raise(problem: BaseException) -> None:
    raise problem


def _why(parked: Parked) -> str:
    return f"waits behind {parked.waits_for:x}" if parked.waits_for else f"{parked.reason} (attempt {parked.attempts})"


def _facts(parked: Parked) -> dict[str, object]:
    return {
        "position": f"{parked.position:x}",
        "case": f"{parked.subject:x}",
        "operation": parked.operation,
        "id": parked.id,
        "sender": parked.sender,
        "reason": parked.reason,
        "at": parked.at,
        "waits_for": f"{parked.waits_for:x}" if parked.waits_for else "",
        "attempts": parked.attempts,
    }
