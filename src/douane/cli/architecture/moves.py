"""``douane provision places|preview-move|move|move-back``: at which platform a service is offered."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final

from douane.cli.architecture.deciding import (
    add_decision,
    add_since,
    consumers,
    decided,
    print_facts,
    print_faults,
    told,
    way,
    written,
)
from douane.cli.asking import asked
from douane.cli.output import print_json, table
from douane.model.circles import BUSINESS, Platform
from douane.model.needs import MOVE, MOVE_BACK, MOVED, PREVIEW_OF_MOVE

_ANSWERS: Final = ("PlatformKept", "PlatformRefused")
_NAMES: Final = tuple(sorted(each.value for each in BUSINESS))
WAYS: Final = ("places", "preview-move", "move", "move-back")


def add_ways(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The four ways."""
    places = way(ways, "places", "at which platforms services are offered, and by whose decision they moved",
                 "douane provision places transit --config fr.toml")  # fmt: skip
    places.add_argument("of", nargs="?", default="", help="one service (transit), or one operation of it")
    example = "transit --from ccn_csi --to ccn2 --since 2027-03-01T00:00:00+01:00"
    preview = way(ways, "preview-move", "what a move would change: who reaches it, consumers, contracts, open cases",
                  f"douane provision preview-move {example}")  # fmt: skip
    said = "--decided-by 'Head of unit' --reason 'Queues end in spring'"
    move = way(
        ways,
        "move",
        "offer a service at another platform from an instant on",
        f"douane provision move {example} {said}",
    )
    back = way(ways, "move-back", "take the latest move back: void before its instant",
               f"douane provision move-back transit --since 2027-04-01T00:00:00+02:00 {said}")  # fmt: skip
    for each in (preview, move, back):
        each.add_argument("of", help="a service (transit), or one operation of it (programme.judge)")
        add_since(each)
        each.add_argument("--doors", default="EU", metavar="CODE", help="of whose node; EU for the centre")
    for each in (preview, move):
        each.add_argument("--from", dest="leaves", choices=_NAMES, required=True, help="the platform that it leaves")
        each.add_argument("--to", dest="enters", choices=_NAMES, required=True, help="the platform that it enters")
    for each in (move, back):
        add_decision(each)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    match arguments.way:
        case "places":
            return _places(arguments)
        case "preview-move":
            return _preview(arguments)
        case "move":
            return told(arguments, MOVE, {**_decided(arguments), **_platforms(arguments)}, _ANSWERS, _sentence)
        case _:
            return told(arguments, MOVE_BACK, _decided(arguments), _ANSWERS, _sentence)


def _platforms(arguments: argparse.Namespace) -> dict[str, object]:
    return {"leaves": arguments.leaves, "enters": arguments.enters}


def _decided(arguments: argparse.Namespace) -> dict[str, object]:
    return {"at": arguments.doors, **decided(arguments)}


def _places(arguments: argparse.Namespace) -> int:
    found = asked(arguments, MOVED, {"of": arguments.of})
    if arguments.json:
        print_json(found)
        return 0
    if not found["moves"]:
        print("No service has moved: each is offered wherever its contract permits.")
    else:
        print(table([("what", "from", "to", "since", "until", "decided by", "reason"), *map(_row, found["moves"])]))
    if found["places"]:
        rows = [(each["operation"], _titles(each["platforms"]), _titles(each["left"])) for each in found["places"]]
        print(table([("operation", "offered by", "no longer by"), *rows]))
    return 0


def _row(move: Mapping[str, Any]) -> tuple[str, ...]:
    until = f"{written(move['until'])} ({move['back_said_by']}: {move['back_reason']})" if move["until"] else "-"
    return (move["of"], Platform(move["leaves"]).title, Platform(move["enters"]).title, written(move["since"]), until,
            f"{move['said_by']} ({move['role']})", move["reason"])  # fmt: skip


def _preview(arguments: argparse.Namespace) -> int:
    question = {"at": arguments.doors, "of": arguments.of, "since": arguments.since, **_platforms(arguments)}
    found = asked(arguments, PREVIEW_OF_MOVE, question)
    if arguments.json:
        print_json(found)
        return 1 if found["faults"] else 0
    facts = {
        "operations": ", ".join(found["operations"]), "contracts": ", ".join(found["contracts"]),
        "cases that go on by the new platform": str(found["cases"]),
        "consumers seen": consumers(found),
    }  # fmt: skip
    print_facts(facts)
    rows = [(each["operation"], each["kind"].replace("_", " "), _titles(each["before"]), _titles(each["after"]))
            for each in found["reach"]]  # fmt: skip
    print(table([("operation", "who", "reached by", "then by"), *rows]))
    return print_faults(found)


def _sentence(_kind: str, content: Mapping[str, Any]) -> str:
    line = content["line"]
    text = f"{line['of']} from {Platform(line['leaves']).title} to {Platform(line['enters']).title}"
    ends = f" until {written(line['until'])}" if line["until"] else ""
    return f"Void: {text}." if content["void"] else f"Kept: {text} from {written(line['since'])}{ends}."


def _titles(names: list[str]) -> str:
    return ", ".join(Platform(each).title for each in names) or "none"
