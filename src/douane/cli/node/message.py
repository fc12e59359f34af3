"""``douane message``: show one, list what is set aside or which cases do not go on, release or replay it."""

from __future__ import annotations

import argparse
import secrets

from douane.cli.node.timeline import happening_facts
from douane.cli.node_options import (
    add_node,
    add_person,
    cases_of,
    clock_text,
    settings_of,
    store_reader_of,
    tell_unread,
)
from douane.cli.output import add_json, describe, print_json, table
from douane.cli.proposing import say
from douane.configuration.ports import SystemClock
from douane.operation.intervening import have_done
from douane.runtime.store.envelope import JournalRow, Parked, unpack_faults
from douane.shared_services.auditing.waiting import cases_hit
from douane.supervision.operating.acts import ASIDE
from douane.supervision.operating.declared import DISCARD, RELEASE
from douane.supervision.operating.outcome import Asked
from douane.supervision.operating.reading import note_command
from douane.supervision.seen.silence import of_folder
from douane.vocabulary.errors import DeclarationFault

_HIT_CODES = "exit codes: 0 every case goes on; 1 some do not; 2 no store, or not known: agreements cannot be read"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The six ways to ask."""
    describe(parser, "douane message quarantine --data douane-data")
    ways = parser.add_subparsers(dest="way", metavar="show|quarantine|hit|release|replay|discard", required=True)
    show = ways.add_parser("show", help="show a message with its content")
    describe(show, "douane message show 1f")
    show.add_argument("message", help="place as timeline shows it (1f, out:1f), or message identification")
    quarantine = ways.add_parser("quarantine", help="list what is set aside, with the reason")
    describe(
        quarantine, "douane message quarantine", codes="exit codes: 0 nothing is set aside; 1 something is; 2 no store"
    )
    hit = ways.add_parser("hit", help="list the cases that do not go on, why and since when")
    describe(hit, "douane message hit", codes=_HIT_CODES)
    codes = "exit codes: 0 it is handled now; 1 it failed again; 2 no such message, or nobody can do it now"
    release = ways.add_parser("release", help="handle it again, then what waited behind it; the node may be running")
    describe(release, "douane message release 1f", codes=codes)
    replay = ways.add_parser("replay", help="the same for every message set aside, oldest first, or for one")
    describe(replay, "douane message replay", codes=codes)
    release.add_argument("position", help="position of a message that is set aside")
    replay.add_argument("position", nargs="?", default="", help="one of them only")
    replay.add_argument("--class", dest="kind", default="", help="only what was set aside for this class of reason")
    replay.add_argument(
        "--dry-run", action="store_true", help="handle nothing: count what would be, by class of reason"
    )
    discard = ways.add_parser("discard", help="propose that one shall never be handled; another operator agrees")
    describe(
        discard, "douane message discard 1f --reason 'sent twice by its system'",
        codes="exit codes: 0 it is proposed, or discarded; 2 no such message, or somebody else has to agree",
    )  # fmt: skip
    discard.add_argument("position", help="position of a message that is set aside")
    for each in (release, replay):
        each.add_argument("--reason", default="", help="why, in your words: kept with the act")
    discard.add_argument("--reason", required=True, help="why, in your words: kept with the act")
    for each in (release, replay, discard):
        add_person(each)
    for each in (show, quarantine, hit, release, replay, discard):
        add_node(each)
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of the six."""
    match arguments.way:
        case "show":
            return _show(arguments)
        case "quarantine":
            return _quarantine(arguments)
        case "hit":
            return _hit(arguments)
        case "discard":
            return _discard(arguments)
        case "replay" if arguments.dry_run:
            return _dry_run(arguments)
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


def _hit(arguments: argparse.Namespace) -> int:
    reader, now = store_reader_of(arguments), SystemClock().now()
    unread: list[DeclarationFault] = []
    found = cases_hit(reader, now, of_folder(settings_of(arguments), reader, now, unread.append))
    tell_unread(unread)
    if arguments.json:
        print_json([
            {"case": each.case, "known_as": each.known_as, "cause": each.cause.value, "on": each.on,
             "place": each.place, "since": each.since}
            for each in found
        ])  # fmt: skip
    elif found:
        print(table([
            (each.known_as, each.case, f"{each.cause.value}: {each.on}", each.place, f"since {clock_text(each.since)}")
            for each in found
        ]))  # fmt: skip
    elif not unread:
        print("Every case goes on.")
    return 1 if found else 2 if unread else 0


def _again(arguments: argparse.Namespace) -> int:
    settings, position = settings_of(arguments), arguments.position
    wanted = [position] if position else [f"{each.position:x}" for each in _wanted(arguments)]
    acts = [Asked(RELEASE, secrets.token_hex(16), each, arguments.reason) for each in wanted]
    came = dict(zip(wanted, have_done(settings, acts, arguments.account) if acts else (), strict=True))
    results = {each: outcome.state for each, outcome in came.items()}
    if arguments.json:
        aside = [each for each in cases_of(arguments).parked() if f"{each.position:x}" in wanted] if acts else []
        print_json({"results": results, "left": [_facts(each) for each in aside]})
    else:
        print(table(list(results.items())) if results else "Nothing is set aside.")
        for each, outcome in came.items():
            if outcome.reason:
                print(f"{each}: {outcome.reason}")
    return 1 if any(each.state == ASIDE for each in came.values()) else 0


def _wanted(arguments: argparse.Namespace) -> list[Parked]:
    """What failed itself, for the class of reason that is named; what waits behind one follows it."""
    kind = getattr(arguments, "kind", "")
    return [p for p in cases_of(arguments).parked() if not p.waits_for and kind in ("", p.kind)]


def _dry_run(arguments: argparse.Namespace) -> int:
    """What a replay would handle: how many of each class of reason, what waits behind them, how often they failed."""
    position = arguments.position
    every, wanted = cases_of(arguments).parked(), _wanted(arguments)
    chosen = [p for p in wanted if position in ("", f"{p.position:x}")]
    rows: dict[str, list[Parked]] = {}
    for each in chosen:
        rows.setdefault(each.kind, []).append(each)
    found = {
        name: {
            "messages": len(group),
            "behind": sum(p.waits_for in {each.position for each in group} for p in every),
            "attempts": max(each.attempts for each in group),
        }
        for name, group in sorted(rows.items())
    }
    if arguments.json:
        print_json(found)
    elif found:
        said = "{messages} messages", "{behind} wait behind them", "tried up to {attempts} times"
        print(table([(name, *(each.format(**row) for each in said)) for name, row in found.items()]))
    else:
        print("Nothing would be handled.")
    return 0


def _discard(arguments: argparse.Namespace) -> int:
    asked = Asked(DISCARD, secrets.token_hex(16), arguments.position, arguments.reason)
    (outcome,) = have_done(settings_of(arguments), [asked], arguments.account)
    if arguments.json:
        print_json({"position": arguments.position, "state": outcome.state, "more": outcome.reason,
                    "digest": outcome.digest})  # fmt: skip
    else:
        say(arguments.position, outcome)
    return 0


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
