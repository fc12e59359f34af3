"""``douane clock``: when a time limit ends, by which law.

``compute`` counts any period by Regulation 1182/71 and needs no node.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from douane.cli.output import add_json, describe, print_json
from douane.vocabulary.calendars import ZONES, Calendar, Calendars, built_in, read_calendars
from douane.vocabulary.counting import End, Move, Paragraphs, count
from douane.vocabulary.limits import Length, LimitKind
from douane.vocabulary.time import Instant, to_iso

UNITS = {"days": "days", "months": "months", "years": "years", "hours": "hours", "working-days": "working_days"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane clock compute --days 30 --event 2026-11-26T10:00+01:00 --calendar FR")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _compute_arguments(actions.add_parser("compute", help="the last day and the last instant of a period"))


def _compute_arguments(parser: argparse.ArgumentParser) -> None:
    describe(parser, "douane clock compute --days 30 --event 2026-11-26T10:00+01:00 --calendar FR --json")
    length = parser.add_mutually_exclusive_group(required=True)
    for unit in UNITS:
        length.add_argument(f"--{unit}", type=_length, metavar="N", help=f"its length in {unit.replace('-', ' ')}")
    parser.add_argument(
        "--event", required=True, metavar="INSTANT",
        help="what begins it (2026-11-26T10:00+01:00; without a zone it is local time)",
    )  # fmt: skip
    parser.add_argument(
        "--calendar", required=True, metavar="CC", help="where the act is to be done: a country, office or calendar"
    )
    parser.add_argument(
        "--kind", choices=[each.value for each in LimitKind],
        help="what it is for (default: act; hours for a length in hours)",
    )  # fmt: skip
    parser.add_argument(
        "--calendars", type=Path, metavar="FILE", help="calendars added, or in the place of ours (JSON)"
    )
    parser.add_argument("--without-3-4", action="store_true", help="its end moves to no working day")
    parser.add_argument("--without-3-5", action="store_true", help="it need not hold two working days")
    add_json(parser)


def _length(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text!r} is no length; write a number, as 30")
    return int(text)


def calendars_of(file: Path | None) -> Calendars:
    """The calendars that come with the product, with those of a file."""
    return built_in() if file is None else built_in().with_(read_calendars(file.read_bytes()))


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    return compute(arguments)


def compute(arguments: argparse.Namespace) -> int:
    """Print when a period ends."""
    calendar = calendars_of(arguments.calendars).of(arguments.calendar)
    length = Length(**{field: getattr(arguments, field) or 0 for field in UNITS.values()})
    kind = LimitKind(arguments.kind or ("hours" if length.hours else "act"))
    event = calendar.read(arguments.event)
    paragraphs = Paragraphs(not arguments.without_3_4, not arguments.without_3_5)
    end = count(kind, length, event, calendar, paragraphs=paragraphs)
    if arguments.json:
        print_json(_facts(kind, length, event, calendar, end))
        return 0
    print(f"{length} from {calendar.local(event):%A %Y-%m-%d %H:%M} in {calendar.title}")
    if kind is LimitKind.EFFECT:
        print(f"takes effect {end.last_day:%A %Y-%m-%d}, from {to_iso(calendar.begins(end.last_day))}")
    print(f"last day      {end.last_day:%A %Y-%m-%d}")
    print(f"last instant  {to_iso(end.last_instant)} (exclusive)")
    for each in end.moves:
        print(f"  {moved(each)}")
    return 0


def moved(move: Move) -> str:
    """One move of an end, for people."""
    return f"{move.rule}: {move.since} -> {move.until}, since {move.why}"


def move_facts(end: End) -> list[dict[str, str]]:
    """The moves of an end, for programs."""
    return [{"rule": m.rule, "from": str(m.since), "to": str(m.until), "why": m.why} for m in end.moves]


def _facts(kind: LimitKind, length: Length, event: Instant, calendar: Calendar, end: End) -> dict[str, object]:
    effect = {"takes_effect": to_iso(calendar.begins(end.last_day))} if kind is LimitKind.EFFECT else {}
    return {
        "kind": kind.value,
        "length": str(length),
        "event": to_iso(event),
        "calendar": calendar.code,
        "zone": calendar.zone,
        "zones": ZONES,
        "last_day": str(end.last_day),
        "last_instant": to_iso(end.last_instant),
        "moved_by": [each.rule for each in end.moves],
        "moves": move_facts(end),
        **effect,
    }
