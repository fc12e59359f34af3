"""Availability at work: what is announced is kept and told; what is told is kept."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from douane.applications.availability import rules
from douane.applications.availability.contract import Availability
from douane.applications.availability.messages import (
    MOST_WAITING,
    AvailabilityQuery,
    AvailabilityView,
    Kind,
    Load,
    NothingAnnounced,
    Opened,
    Outage,
    ScheduleRequest,
)
from douane.applications.availability.records import Schedule, schedules
from douane.author import NCTS5, Fault, Instant, Look, Machine, RuleBook, Statutory, instant, moment, statutory
from douane.author.run import CASES, SENT, View, Work, answers, handles, month_of
from douane.runtime.observing.signs import Sign
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.errors import Remains, error_message

CENTRE = "NTA.EU"
RULES = RuleBook.of(rules, codes=NCTS5.codes)
_PER_ACTION = 99


def refuse(work: Work, m: rules.Notice, faults: tuple[Fault, ...]) -> None:
    """Tell who announced, or told, what is wrong with it (IE906)."""
    here = CENTRE if isinstance(m, p5.CD070C) else f"NTA.{work.administration}"
    work.reply(
        error_message(
            Remains(type(m).__name__, identification=m.message_identification), faults, syntax=False, common=True,
            sender=here, recipient=work.row.sender, id=work.message_id(), correlation="", at=_clock(work),
        )
    )  # fmt: skip


@handles(Availability.announce, reads=(Schedule,), rules=RULES, refuse=refuse)
def announce(work: Work, m: p5.CD070C) -> None:
    """Keep it, and tell every administration, whose own knowledge of itself is corrected too (IE071)."""
    country = m.country.country
    if country != work.row.sender[-2:]:
        refuse(work, m, (Fault("/CD070C/Country/country", "14", "Announce for your own country.", value=country),))
        return
    outages, faults = rules.changed(_known(work), country, m.country.action)
    if faults:
        refuse(work, m, faults)
        return
    work.put(Schedule(country, rules.without_old(outages, work.lawful_now, work.calendar(country))))
    for administration in administrations(work.look()):
        _tell(work, administration, m.country, _clock(work))


def _tell(work: Work, administration: str, country: p5.Country02, at: dt.datetime) -> None:
    recipient = f"NTA.{administration}"
    work.send(
        p5.CD071C(
            message_sender=CENTRE, message_recipient=recipient, preparation_date_and_time=at,
            message_identification=work.message_id(), message_type="CD071C", country=country, phase_id="NCTS5.1",
        ),
        recipient,
    )  # fmt: skip


@handles(Availability.take_note, reads=(Schedule,), rules=RULES, refuse=refuse)
def take_note(work: Work, m: p5.CD071C) -> None:
    """Keep what another administration announced; what does not fit what is known changes what it can.

    A note that comes after a later one changes nothing: an outage that is over would hold deliveries up again. One
    that says to be of the future is as of now, or nothing would be later for long.
    """
    kept = work.get(Schedule)
    told = instant(m.preparation_date_and_time.replace(tzinfo=dt.UTC))
    if kept is not None and told < kept.told:
        return
    outages, _ = rules.changed(_known(work), m.country.country, m.country.action)
    country = m.country.country
    held = rules.without_old(outages, work.lawful_now, work.calendar(country))
    work.put(Schedule(country, held, min(told, work.now)))


@handles(Availability.request_schedule)
def request_schedule(work: Work, _m: ScheduleRequest) -> None:
    """Everything that is announced, to whoever asks (IE971)."""
    known = [each for each in work.find(Schedule, "by_country", limit=99) if each.outages]
    if not known:
        work.reply(NothingAnnounced())
        return
    work.reply(
        p5.CD971C(
            message_sender=CENTRE, message_recipient=work.row.sender, preparation_date_and_time=_clock(work),
            message_identification=work.message_id(), message_type="CD971C", phase_id="NCTS5.1",
            country=tuple(
                p5.Country01(sequence_number=n, country=each.country, action=_actions(each.outages, rules.CREATE))
                for n, each in enumerate(known, 1)
            ),
        )
    )  # fmt: skip


@handles(Availability.take_schedule, rules=RULES, refuse=refuse)
def take_schedule(work: Work, m: p5.CD971C) -> None:
    """Each country's part goes to its own case, as the IE071 that make the difference, one for each type (R0516), as of
    when the schedule was prepared; a country that is not named has announced nothing."""
    told = {each.country: rules.changed({}, each.country, each.action)[0] for each in m.country}
    known = {each.country: rules.known(each.outages) for each in work.find(Schedule, "by_country", limit=1_000)}
    for country in dict.fromkeys((*told, *known)):
        there, here = told.get(country, {}), known.get(country, {})
        over = [outage for key, outage in here.items() if key not in there]
        for kind in Kind:
            ended, lasting = ([each for each in some if each.kind is kind] for some in (over, there.values()))
            actions = (*_actions(ended, rules.DELETE), *_actions(lasting, rules.CREATE, len(ended)))
            if actions:
                about = p5.Country02(country=country, action=actions)
                _tell(work, work.administration, about, m.preparation_date_and_time)


@answers(Availability.show)
def show_availability(view: View, question: AvailabilityQuery) -> AvailabilityView:
    """What is out of service at a moment, and what will be."""
    at = Statutory(_aware(question.at)) if question.at is not None else statutory(view.lawful_now)
    outages = [each for schedule in schedules(view, question.country) for each in schedule.outages]
    now = [each for each in outages if each.start <= at and (each.end is None or at < each.end)]
    later = sorted((each for each in outages if each.start > at), key=lambda each: each.start)
    return AvailabilityView(at, tuple(now), tuple(later), tuple(_loads(view, question.country)), rules.FALLBACKS)


def _aware(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)


def _loads(view: View, country: str) -> Iterator[Load]:
    """Of every administration of which anything was counted, or one that is asked for."""
    codes, month = tuple(administrations(view.look())), month_of(Instant(view.now))
    told: Counter[str] = Counter()
    opened: dict[str, Counter[str]] = {each: Counter() for each in codes}
    for each in (*codes, "EU"):
        for name, number in view.counted(each, f"{SENT}{month}:").items():
            told[name.rpartition(":")[2]] += number
        for name, number in view.counted(each, f"{CASES}{month}:").items() if each in opened else ():
            opened[each][name.partition(".")[0]] += number
    waits = view.waiting([f"NTA.{each}" for each in codes], MOST_WAITING)
    silent = _silent(view)
    for each in (country,) if country in opened else codes if not country else ():
        load = Load(
            country=each, month=month, told=told[each],
            opened=tuple(Opened(name, number) for name, number in sorted(opened[each].items())),
            waiting=waits[f"NTA.{each}"], silent_since=silent.get(f"NTA.{each}"),
        )  # fmt: skip
        if country or load.opened or load.told or load.waiting:
            yield load


def _silent(view: View) -> dict[str, Machine]:
    """By inbox, whoever collects nothing of what waits for it: when its last sign of life was, to the minute."""
    found = view.observed.collectors() if view.observed is not None else ()
    return {each.party: Machine(moment(Instant(each.since)).replace(second=0, microsecond=0))
            for each in found if each.sign is Sign.SILENT}  # fmt: skip


def administrations(look: Look) -> Iterator[str]:
    """The countries whose administrations exchange in the common domain (CL070)."""
    for pair in itertools.product(ascii_uppercase, repeat=2):
        if look.has("CL070", "".join(pair)):
            yield "".join(pair)


def _known(work: Work) -> dict[rules.Key, Outage]:
    schedule = work.get(Schedule)
    return rules.known(schedule.outages) if schedule is not None else {}


def _actions(outages: Sequence[Outage], operation: str, before: int = 0) -> tuple[p5.Action, ...]:
    """Outages as actions of one message, in portions that it can carry. before: how many outages stand in earlier
    actions of the message, which are numbered on."""
    first_number = 1 + -(-before // _PER_ACTION)
    portions = [outages[first : first + _PER_ACTION] for first in range(0, len(outages), _PER_ACTION)]
    return tuple(
        p5.Action(
            sequence_number=n, operation=operation,
            unavailability=tuple(_written(u, each) for u, each in enumerate(portion, 1)),
        )
        for n, portion in enumerate(portions, first_number)
    )  # fmt: skip


def _written(number: int, outage: Outage) -> p5.Unavailability:
    told = outage.fallback or outage.fallback_text
    return p5.Unavailability(
        sequence_number=number, type=outage.kind.value, functionality=outage.functionality,
        start_date_and_time=outage.start.replace(tzinfo=None),
        end_date_and_time=outage.end.replace(tzinfo=None) if outage.end is not None else None,
        explanation=outage.explanation, text=outage.text or None,
        fallback=p5.Fallback(flag=str(int(outage.fallback)), text=outage.fallback_text or None) if told else None,
    )  # fmt: skip


def _clock(work: Work) -> dt.datetime:
    return moment(Instant(work.now)).replace(microsecond=0, tzinfo=None)
