"""``douane provision places|preview-move|move|move-back``: at which platform a service is offered."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from douane.cli.asking import answered, asked
from douane.cli.output import print_json, table
from douane.model.circles import BUSINESS, Platform
from douane.model.needs import MOVE, MOVE_BACK, MOVED, PREVIEW_OF_MOVE, Need

_ANSWERS: Final = ("PlatformKept", "PlatformRefused")
_NAMES: Final = tuple(sorted(each.value for each in BUSINESS))
WAYS: Final = ("places", "preview-move", "move", "move-back")
Way = Callable[[str, str, str], argparse.ArgumentParser]


def add_ways(way: Way, instant: Callable[[str], dt.datetime]) -> None:
    """The four ways. way: adds one by its name, text and example. instant: reads one."""
    places = way("places", "at which platforms services are offered, and by whose decision they moved",
                 "douane provision places transit --config fr.toml")  # fmt: skip
    places.add_argument("of", nargs="?", default="", help="one service (transit), or one operation of it")
    example = "transit --from ccn_csi --to ccn2 --since 2027-03-01T00:00:00+01:00"
    preview = way("preview-move", "what a move would change: who reaches it, consumers, contracts, open cases",
                  f"douane provision preview-move {example}")  # fmt: skip
    said = "--decided-by 'Head of unit' --reason 'Queues end in spring'"
    move = way(
        "move", "offer a service at another platform from an instant on", f"douane provision move {example} {said}"
    )
    back = way("move-back", "take the latest move back: void before its instant",
               f"douane provision move-back transit --since 2027-04-01T00:00:00+02:00 {said}")  # fmt: skip
    for each in (preview, move, back):
        each.add_argument("of", help="a service (transit), or one operation of it (programme.judge)")
        each.add_argument("--since", type=instant, required=True, metavar="INSTANT", help="with its offset from UTC")
        each.add_argument("--doors", default="EU", metavar="CODE", help="of whose node; EU for the centre")
    for each in (preview, move):
        each.add_argument("--from", dest="leaves", choices=_NAMES, required=True, help="the platform that it leaves")
        each.add_argument("--to", dest="enters", choices=_NAMES, required=True, help="the platform that it enters")
    for each in (move, back):
        each.add_argument("--decided-by", required=True, metavar="WHO", help="who decided it, by office and name")
        each.add_argument("--reason", required=True, help="why")


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    match arguments.way:
        case "places":
            return _places(arguments)
        case "preview-move":
            return _preview(arguments)
        case "move":
            return _told(arguments, MOVE, {**_decided(arguments), **_platforms(arguments)})
        case _:
            return _told(arguments, MOVE_BACK, _decided(arguments))


def _platforms(arguments: argparse.Namespace) -> dict[str, object]:
    return {"leaves": arguments.leaves, "enters": arguments.enters}


def _decided(arguments: argparse.Namespace) -> dict[str, object]:
    return {"at": arguments.doors, "of": arguments.of, "since": arguments.since, "decided_by": arguments.decided_by,
            "reason": arguments.reason}  # fmt: skip


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
    until = f"{_time(move['until'])} ({move['back_decided_by']}: {move['back_reason']})" if move["until"] else "-"
    return (move["of"], Platform(move["leaves"]).title, Platform(move["enters"]).title, _time(move["since"]), until,
            f"{move['decided_by']} ({move['role']})", move["reason"])  # fmt: skip


def _preview(arguments: argparse.Namespace) -> int:
    question = {"at": arguments.doors, "of": arguments.of, "since": arguments.since, **_platforms(arguments)}
    found = asked(arguments, PREVIEW_OF_MOVE, question)
    if arguments.json:
        print_json(found)
        return 1 if found["faults"] else 0
    facts = {
        "operations": ", ".join(found["operations"]), "contracts": ", ".join(found["contracts"]),
        "cases that go on by the new platform": str(found["cases"]),
        "consumers seen": ", ".join(f"{c['consumer']} {c['operation']} ({c['calls']})" for c in found["consumers"]),
    }  # fmt: skip
    print(table([(name, value or "none") for name, value in facts.items()]))
    rows = [(each["operation"], each["kind"].replace("_", " "), _titles(each["before"]), _titles(each["after"]))
            for each in found["reach"]]  # fmt: skip
    print(table([("operation", "who", "reached by", "then by"), *rows]))
    for each in found["faults"]:
        print(f"Would be refused: {each}")
    return 1 if found["faults"] else 0


def _told(arguments: argparse.Namespace, need: Need, said: Mapping[str, object]) -> int:
    kind, content = asyncio.run(answered(arguments, need, said, _ANSWERS))
    if arguments.json:
        print_json({"answer": kind, **content})
    elif kind == "PlatformRefused":
        print("Refused.\n" + "\n".join(f"  {each}" for each in content["reasons"]))
    else:
        line = content["line"]
        text = f"{line['of']} from {Platform(line['leaves']).title} to {Platform(line['enters']).title}"
        ends = f" until {_time(line['until'])}" if line["until"] else ""
        print(f"Void: {text}." if content["void"] else f"Kept: {text} from {_time(line['since'])}{ends}.")
    return 1 if kind == "PlatformRefused" else 0


def _titles(names: list[str]) -> str:
    return ", ".join(Platform(each).title for each in names) or "none"


def _time(at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC).isoformat(timespec="seconds")
