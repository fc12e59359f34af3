"""``douane clock``: when a time limit ends, by which law.

``compute`` counts any period by Regulation 1182/71 and needs no node. ``explain`` shows the limits of a case,
``what-if`` the running ones that another calendar or another length would move. ``advance`` sets statutory time of
development ahead.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from douane.cli.node_options import add_node, cases_of, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json
from douane.configuration.discovery import declared_limits
from douane.configuration.ports import SystemClock
from douane.shared_services.auditing.deadlines import Deadline, Law, Moved, deadlines_of, moved, running
from douane.supervision.operating.reading import note_command
from douane.supervision.statutory import advance, calendars_in_force, read_pace
from douane.vocabulary.calendars import ZONES, Calendar, Calendars, built_in, read_calendars
from douane.vocabulary.counting import NEVER, End, Events, Move, end_of, received
from douane.vocabulary.errors import BadLimit, NotFound
from douane.vocabulary.limits import (
    NOT_ANNOUNCED,
    By,
    Extension,
    Length,
    LimitKind,
    MayExtend,
    MaySuspend,
    Silence,
    Start,
    Suspension,
    TimeLimit,
)
from douane.vocabulary.time import DAY, Instant, to_iso

UNITS = {
    "days": "days", "weeks": "weeks", "years": "years", "hours": "hours", "minutes": "minutes",
    "working-days": "working_days",
}  # fmt: skip
_BY_LAW, _ANNOUNCED, _STOPPED = "lengthened by law", "lengthened by announcement", "stopped"
"""Stand for the articles of a period that no article sets."""
_LONGEST = Length(days=100_000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane clock compute --days 30 --event 2026-11-26T10:00+01:00 --calendar FR")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _compute_arguments(actions.add_parser("compute", help="the last day and the last instant of a period"))
    _case_arguments(actions)
    ahead = actions.add_parser("advance", help="set statutory time of a node of development ahead")
    describe(ahead, "douane clock advance --days 5 --data douane-data")
    ahead.add_argument("--days", type=_length, required=True, metavar="N", help="by how many days")
    add_node(ahead)
    add_json(ahead)


def _case_arguments(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explained = actions.add_parser("explain", help="every time limit of a case, with what made it")
    describe(explained, "douane clock explain 26FR005350000001J9 --data douane-data")
    explained.add_argument("reference", help="an MRN, LRN, GRN, message identification or place (1f, out:1f)")
    add_node(explained)
    add_json(explained)
    other = actions.add_parser("what-if", help="which open cases move under another calendar or length, and why")
    describe(other, "douane clock what-if --limit TRA-PRESENTATION --days 45 --data douane-data")
    other.add_argument("--calendars", type=Path, metavar="FILE", help="calendars as they would be (JSON)")
    other.add_argument("--limit", metavar="ID", help="the time limit that would be of another length")
    other.add_argument("--days", type=_length, metavar="N", help="its length in days")
    add_node(other)
    add_json(other)


def _compute_arguments(parser: argparse.ArgumentParser) -> None:
    describe(parser, "douane clock compute --days 30 --event 2026-11-26T10:00+01:00 --calendar FR --json")
    length = parser.add_mutually_exclusive_group(required=True)
    for unit in UNITS:
        length.add_argument(f"--{unit}", type=_length, metavar="N", help=f"its length in {unit.replace('-', ' ')}")
    length.add_argument(
        "--months", type=_months, metavar="N", help="its length in months; of a part of one, 30 days make a month (1.5)"
    )
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
    parser.add_argument(
        "--exact", action="store_true", help="hours count from the instant of the event, not from the hour after it"
    )
    parser.add_argument(
        "--extended", action="append", default=[], metavar="DAYS[@INSTANT]",
        help="lengthened by so many days: by law, or announced at an instant; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--stopped", action="append", default=[], metavar="SINCE/UNTIL",
        help="stood still from one instant until another; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--deemed", type=_length, metavar="N",
        help="the event is a notice that was sent: it counts as received so many days later",
    )  # fmt: skip
    parser.add_argument("--without-3-4", action="store_true", help="its end moves to no working day")
    parser.add_argument("--without-3-5", action="store_true", help="it need not hold two working days")
    add_json(parser)


def _length(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text!r} is no length; write a number, as 30")
    return int(text)


def _months(text: str) -> Fraction:
    try:
        months = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of months; write 3 or 1.5") from error
    if not 0 < months < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} months are none; write 3 or 1.5")
    return months


def calendars_of(file: Path | None) -> Calendars:
    """The calendars that come with the product, with those of a file."""
    return built_in() if file is None else built_in().with_(read_calendars(file.read_bytes()))


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    match arguments.action:
        case "explain":
            return explain(arguments)
        case "what-if":
            return what_if(arguments)
        case "advance":
            return set_ahead(arguments)
        case _:
            return compute(arguments)


def set_ahead(arguments: argparse.Namespace) -> int:
    """Set statutory time ahead; a running node notices within a second."""
    pace = advance(settings_of(arguments), arguments.days * DAY)
    now = SystemClock().now()
    if arguments.json:
        print_json({"advanced_days": pace.advanced / DAY, "statutory_now": to_iso(pace.date(now))})
    else:
        print(f"statutory time is {pace.advanced / DAY:g} days ahead: {to_iso(pace.date(now))[:16]}Z; this is a trial")
    return 0


def explain(arguments: argparse.Namespace) -> int:
    """Print the time limits of all cases that a reference leads to."""
    settings = settings_of(arguments)
    found = cases_of(arguments).timelines(arguments.reference)
    note_command(settings, "clock explain", arguments.reference)
    reader, law = store_reader_of(arguments), law_of(calendars_in_force(settings))
    now = read_pace(settings.data).date(SystemClock().now())
    told = [(each, deadlines_of(reader, each)) for each in found if each.subject]
    if arguments.json:
        print_json([
            {"case": f"{case.subject:x}", "administration": case.administration,
             "limits": [deadline_facts(each, law, now) for each in limits]}
            for case, limits in told
        ])  # fmt: skip
        return 0
    for case, limits in told:
        print(f"{case.known_as} {arguments.reference} in {case.administration or 'EU'}: case {case.subject:x}")
        for each in limits:
            print("\n".join(_explained(each, law, now)))
        if not limits:
            print("  no time limit was counted for it")
    return 0


def _explained(each: Deadline, law: Law, now: int) -> Iterator[str]:
    facts = deadline_facts(each, law, now)
    yield f"  {facts['limit']}  {facts['article']}: {facts['text']}"
    yield f"    event     {facts['start']}: {facts['event_local']} ({facts['place']}, calendar {facts['calendar']})"
    yield f"    length    {facts['length']}"
    for told in facts["extensions"]:
        void = f"; void: {told['void']}" if told["void"] else ""
        when = f", announced {told['announced']}" if told["announced"] else ", by operation of law"
        yield f"    extended  {told['article']}: {told['length']}, {told['reason']}{when}{void}"
    for told in facts["suspensions"]:
        void = f"; void: {told['void']}" if told["void"] else ""
        yield f"    stopped   {told['article']}: since {told['since']}, until {told['until'] or 'further notice'}{void}"
    yield f"    last day  {facts['last_day']}, until {facts['last_instant']} (exclusive): {facts['state']}"
    for move in facts["moves"]:
        yield f"      {move['rule']}: {move['from']} -> {move['to']}, since {move['why']}"
    if facts["would_end"]:
        yield f"    by the calendars of today it would end on {facts['would_end']}"
    if each.runs:
        yield f"    silence   {facts['silence']}"


def deadline_facts(each: Deadline, law: Law, now: int) -> dict[str, Any]:
    """A time limit of a case for programs."""
    kept, calendar = each.kept, law.calendars.at(each.kept.place)
    limit, counted = law.limits.get(kept.limit), law.count(kept, each.changed)
    same = counted is not None and counted.last_instant == kept.ends
    length = "a date that was set" if kept.fixed else f"{kept.days} days" if kept.days else str(limit and limit.length)
    return {
        "limit": kept.limit,
        "article": limit.article if limit else "",
        "text": limit.text if limit else "",
        "kind": limit.kind.value if limit else "",
        "start": limit.start.event if limit else "",
        "event": to_iso(Instant(kept.event)),
        "event_local": f"{calendar.local(Instant(kept.event)):%Y-%m-%d %H:%M}",
        "place": kept.place,
        "calendar": calendar.code,
        "length": length,
        "extensions": [_extension_facts(e, counted) for e in each.events.extensions],
        "suspensions": [_suspension_facts(s, counted) for s in each.events.suspensions],
        "last_day": _day_of(kept.ends, calendar),
        "last_instant": to_iso(Instant(kept.ends)) if kept.ends != NEVER else "",
        "moves": move_facts(counted) if same and counted else [],
        "would_end": str(counted.last_day) if counted and not same else "",
        "silence": limit.silence.value if limit else "",
        "state": "runs" if each.runs else "over" if kept.ends <= now else "waited for no more",
    }


def _day_of(ends: int, calendar: Calendar) -> str:
    """The last day before an instant; none while a limit stands still."""
    return str(calendar.date(Instant(ends - 1))) if ends != NEVER else "none while it is stopped"


def _extension_facts(extension: Extension, counted: End | None) -> dict[str, str]:
    missed = {each.extension: each.why for each in counted.void} if counted is not None else {}
    announced = to_iso(extension.announced) if extension.announced else ""
    return {"article": extension.article, "length": str(extension.length), "reason": extension.reason,
            "announced": announced, "void": missed.get(extension, "")}  # fmt: skip


def _suspension_facts(suspension: Suspension, counted: End | None) -> dict[str, str]:
    until = to_iso(suspension.until) if suspension.until is not None else ""
    void = "it began when the limit had ended" if counted is not None and suspension in counted.idle else ""
    return {"article": suspension.article, "since": to_iso(suspension.since), "until": until, "void": void}


def what_if(arguments: argparse.Namespace) -> int:
    """Print the running limits that would move, and why; 1 where none would."""
    settings = settings_of(arguments)
    lengths = _lengths(arguments.limit, arguments.days)
    calendars = calendars_in_force(settings)
    if arguments.calendars is not None:
        calendars = calendars.with_(read_calendars(arguments.calendars.read_bytes()))
    law, reader = law_of(calendars, lengths), store_reader_of(arguments)
    found = list(moved(running(reader, iter(range(settings.partitions))), law))
    note_command(settings, "clock what-if", arguments.limit or str(arguments.calendars))
    if arguments.json:
        print_json([_moved_facts(each, law) for each in found])
        return 0 if found else 1
    for each in found:
        facts = _moved_facts(each, law)
        print(f"{facts['limit']} of case {facts['case']} in {facts['administration']} ({', '.join(facts['names'])})")
        print(f"  {facts['last_day']} -> {facts['would_end']}: {facts['why']}")
    print(f"{len(found)} open case{'s' if len(found) != 1 else ''} would move")
    return 0 if found else 1


def _lengths(limit: str | None, days: int | None) -> dict[str, Length]:
    if (limit is None) != (days is None):
        raise BadLimit("A time limit and its length are named together.", remedy="Give --limit and --days.")
    if limit is None or days is None:
        return {}
    if limit not in declared_limits():
        known = ", ".join(sorted(declared_limits()))
        raise NotFound(f"There is no time limit {limit[:40]!r}.", remedy=f"Name one of: {known}.")
    return {limit: Length(days=days)}


def _moved_facts(each: Moved, law: Law) -> dict[str, Any]:
    kept, calendar = each.deadline.kept, law.calendars.at(each.deadline.kept.place)
    reasons = [moved_text(move) for move in each.end.moves]
    if kept.limit in law.lengths:
        reasons.insert(0, f"{law.lengths[kept.limit]} instead of {law.limits[kept.limit].length}")
    return {
        "case": f"{each.deadline.case:x}",
        "administration": each.deadline.administration,
        "names": list(each.deadline.names),
        "limit": kept.limit,
        "article": law.limits[kept.limit].article,
        "last_day": _day_of(kept.ends, calendar),
        "would_end": str(each.end.last_day),
        "last_instant": to_iso(each.end.last_instant),
        "why": "; ".join(reasons) or "nothing moves it any more",
    }


def law_of(calendars: Calendars, lengths: Mapping[str, Length] | None = None) -> Law:
    """The declared limits, with these calendars."""
    return Law(declared_limits(), calendars, lengths or {})


def compute(arguments: argparse.Namespace) -> int:
    """Print when a period ends."""
    calendar = calendars_of(arguments.calendars).of(arguments.calendar)
    length = Length(**{field: getattr(arguments, field) or 0 for field in UNITS.values()})
    length = Length.of_months(arguments.months) if arguments.months else length
    kind = LimitKind(arguments.kind or ("hours" if length.by_the_clock else "act"))
    given = TimeLimit(
        id="given", article="", text="", kind=kind, length=length, place=arguments.calendar, silence=Silence.NEXT_STEP,
        start=Start("", deemed=Length(days=arguments.deemed or 0)), exact=arguments.exact,
        applies_3_4=not arguments.without_3_4, applies_3_5=not arguments.without_3_5,
        extensions=(MayExtend(_BY_LAW, "", By.LAW, _LONGEST), MayExtend(_ANNOUNCED, "", By.ANNOUNCEMENT, _LONGEST)),
        suspensions=(MaySuspend(_STOPPED, ""),),
    )  # fmt: skip
    event = calendar.read(arguments.event)
    if arguments.deemed:
        event = received(event, None, given, calendar)
    extensions = tuple(_extension(each, calendar) for each in arguments.extended)
    stopped = tuple(_suspension(each, calendar) for each in arguments.stopped)
    end = end_of(given, Events(event, extensions, stopped), calendar)
    if arguments.json:
        print_json(_facts(kind, length, event, calendar, end))
        return 0
    print(f"{length} from {calendar.local(event):%A %Y-%m-%d %H:%M} in {calendar.title}")
    if kind is LimitKind.EFFECT:
        print(f"takes effect {end.last_day:%A %Y-%m-%d}, from {to_iso(calendar.begins(end.last_day))}")
    print(f"last day      {end.last_day:%A %Y-%m-%d}")
    print(f"last instant  {to_iso(end.last_instant)} (exclusive)")
    for each in end.moves:
        print(f"  {moved_text(each)}")
    for line in _changed(end, given):
        print(f"  {line}")
    return 0


def _extension(text: str, calendar: Calendar) -> Extension:
    """``30``, by law; ``30@2026-12-01T10:00``, announced then."""
    days, at, when = text.partition("@")
    if not days.isdecimal() or len(days) > 5 or (at and not when):
        raise BadLimit(f"{text[:40]!r} is no extension.", remedy="Write days, or days@instant: 30@2026-12-01T10:00.")
    announced = calendar.read(when) if at else NOT_ANNOUNCED
    return Extension(_ANNOUNCED if at else _BY_LAW, Length(days=int(days)), "", announced)


def _suspension(text: str, calendar: Calendar) -> Suspension:
    since, _, until = text.partition("/")
    if not (since and until):
        raise BadLimit(f"{text[:60]!r} is no time.", remedy="Write since/until: 2026-12-01T10:00/2026-12-11T10:00.")
    return Suspension(_STOPPED, calendar.read(since), calendar.read(until))


def _changed(end: End, limit: TimeLimit) -> Iterator[str]:
    """What lengthened or stopped it, or had no effect, and how hours were counted; for people."""
    if limit.length.by_the_clock:
        yield limit.moves
    for held in end.extended:
        yield f"{held.article}: {held.length}"
    for each in end.void:
        yield f"no extension by {each.extension.length}: {each.why}"
    if end.suspended_days:
        yield f"stood still for {end.suspended_days} days"
    for idle in end.idle:
        yield f"not stopped at {to_iso(idle.since)}: it had ended"


def moved_text(move: Move) -> str:
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
        "extended_by": [str(each.length) for each in end.extended],
        "void": [each.why for each in end.void]
        + [f"stopped at {to_iso(each.since)}, when it had ended" for each in end.idle],
        "suspended_days": end.suspended_days,
        **effect,
    }
