"""What stands against what an older portal had, open or granted, and what only its officer needs to know of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import msgspec

from douane.applications.customs_decisions.messages.applying import DecisionApplication
from douane.applications.customs_decisions.messages.taking_over import OlderCase, OlderDecision
from douane.applications.customs_decisions.rules.competence import contradictions, incompetent, member_states
from douane.applications.customs_decisions.rules.effect import longest
from douane.applications.customs_decisions.rules.elements import Facts, missing, wrong
from douane.applications.customs_decisions.rules.limits import COMPLETION, for_deciding, validity
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import (
    PLAIN,
    By,
    DecisionReference,
    Events,
    Extension,
    Fault,
    Instant,
    Length,
    NoGround,
    TimeLimit,
    end_of,
)

CODE: Final = "14"
RECEIVED: Final = "UCC art. 22(2)"
COMPLETE: Final = "IA 2015/2447 art. 12(2)"


def digest(message: Any) -> str:
    """By which the same row is known again."""
    return sha256(msgspec.json.encode(message)).hexdigest()


def application_of(m: OlderCase) -> DecisionApplication:
    """The application as it would be lodged here."""
    return DecisionApplication(
        own_reference=m.own_reference, type=m.type, applicant=m.applicant, office=m.office, elements=m.elements
    )


def instant(at: dt.datetime) -> Instant:
    """Microseconds since 1970."""
    return Instant(round(at.timestamp() * 1_000_000))


def extensions_of(m: OlderCase) -> tuple[Extension, ...]:
    """What made the limit longer, as the clock counts it."""
    return tuple(
        Extension(t.article, Length(days=t.days), t.reason, instant(t.announced_at) if t.announced_at else Instant(0))
        for t in m.terms
    )


def faults(m: OlderCase, today: dt.date) -> Iterator[Fault]:
    """Everything because of which it cannot go on here. today: the local date at its office."""
    yield from _dates(m, today)
    yield from _state(m)
    if m.accepted:
        yield from _terms(m)
    application = application_of(m)
    for each in (*wrong(m.type, m.elements), *incompetent(application), *contradictions(application)):
        yield Fault(f"/elements/{each.element}", CODE, each.remedy, rule=each.article, value=each.value)


def lacks(m: OlderCase) -> Iterator[str]:
    """What Annex A demands and the older portal did not: it does not bar a case that is registered there."""
    for each in missing(m.type, m.elements, Facts(aeo=False)):
        yield f"Taken over without {each.element}: {each.remedy} ({each.article})"


def _dates(m: OlderCase, today: dt.date) -> Iterator[Fault]:
    if m.received_at.date() > today:
        yield Fault("/received_at", CODE, "Give the day on which it was received; that is not to come.", rule=RECEIVED)
    if m.complete_at is not None and not m.received_at <= m.complete_at:
        yield Fault("/complete_at", CODE, "Nothing is complete before it is received.", rule=COMPLETE)
    if m.complete_at is not None and m.complete_at.date() > today:
        yield Fault("/complete_at", CODE, "Give the day on which everything was there; that is not to come.",
                    rule=COMPLETE)  # fmt: skip
    if m.asked is not None and not (m.received_at <= m.asked.asked_at and m.asked.asked_at.date() <= today):
        yield Fault("/asked/asked_at", CODE, "Give when it was asked: after it was received, and not to come.",
                    rule=COMPLETION.article)  # fmt: skip


def _state(m: OlderCase) -> Iterator[Fault]:
    if m.asked is not None and m.accepted:
        yield Fault(
            "/asked", CODE, "Leave it out, or accepted: what is accepted is complete.", rule=COMPLETE
        )  # fmt: skip
    if m.terms and not m.accepted:
        yield Fault("/terms", CODE, "The limit for the decision begins with acceptance: nothing makes it longer yet.",
                    rule=for_deciding(m.type, several=False).article)  # fmt: skip


def _terms(m: OlderCase) -> Iterator[Fault]:
    limit = for_deciding(m.type, several=len(member_states(m.elements, m.type, m.office[:2])) > 1)
    for number, term in enumerate(m.terms):
        place, known = f"/terms/{number}", {each.article: each for each in limit.extensions}
        may = known.get(term.article)
        if may is None:
            named = ", ".join(known)
            yield Fault(f"{place}/article", CODE, f"No such article makes this limit longer; these do: {named}.",
                        rule="UCC art. 55(1)", value=term.article)  # fmt: skip
        elif may.by is By.ANNOUNCEMENT and term.announced_at is None:
            yield Fault(f"{place}/announced_at", CODE, "Give when the applicant was told: without, it is void.",
                        rule=term.article)  # fmt: skip
    yield from _counted(m, limit)


def _counted(m: OlderCase, limit: TimeLimit) -> Iterator[Fault]:
    """Whether the clock takes what made the limit longer."""
    if any(each.article not in {known.article for known in limit.extensions} for each in m.terms):
        return
    try:
        end_of(limit, Events(instant(m.complete_at or m.received_at), extensions_of(m)), PLAIN)
    except NoGround as problem:
        yield Fault("/terms", CODE, problem.remedy or problem.text, rule="UCC art. 55(1)")


EFFECT: Final = "UCC art. 22(4)"
NUMBER: Final = "DA 2015/2446 Annex A"


def against(m: OlderDecision, today: dt.date, now: Instant) -> Iterator[Fault]:
    """Everything because of which a decision cannot be taken over. today: the local date at its office."""
    facts = TYPES[m.type]
    if facts.register is not Register.AUTHORISATIONS:
        yield Fault("/type", CODE, f"Leave it out: {facts.title} comes by the register of its own that keeps it.",
                    rule=facts.legal, value=m.type)  # fmt: skip
    yield from _number(m, today)
    yield from _periods(m, today, now)
    if facts.one_state and m.member_states not in ((), (m.office[:2],)):
        yield Fault("/member_states", CODE, f"{m.type} holds in {m.office[:2]} alone.", rule=facts.competent_by)
    for each in wrong(m.type, m.elements):
        yield Fault(f"/elements/{each.element}", CODE, each.remedy, rule=each.article, value=each.value)


def _number(m: OlderDecision, today: dt.date) -> Iterator[Fault]:
    named = DecisionReference.trusted(m.decision)
    if named[:2] != m.office[:2] or named.decision_type != m.type:
        yield Fault("/decision", CODE, f"Its number begins with the country of its office, then {m.type}.",
                    rule=NUMBER, value=m.decision)  # fmt: skip
    given_here = re.fullmatch(rf"[A-Z]{{2}}{m.type}A?(\d{{4}})\d{{9}}", m.decision)
    if given_here is not None and int(given_here[1]) >= today.year:
        yield Fault("/decision", CODE, "Numbers of this form are given to new decisions here: state it in the register "
                    "of authorisations.", rule=NUMBER, value=m.decision)  # fmt: skip


def _periods(m: OlderDecision, today: dt.date, now: Instant) -> Iterator[Fault]:
    if not m.signed_at <= m.received_at or m.received_at.date() > today:
        yield Fault("/received_at", CODE, "It is received after it was signed; neither is to come.", rule=EFFECT)
    if m.effect_to is not None and m.effect_to <= m.effect_from:
        yield Fault("/effect_to", CODE, "It ends after it takes effect.", rule=EFFECT)
    elif m.effect_to is not None and instant(m.effect_to) <= now:
        yield Fault("/effect_to", CODE, "Leave it out: it has ended, and nothing goes on here.", rule=EFFECT)
    most, article = longest(m.type, m.elements)
    if most is not None:
        latest = validity(most, instant(m.effect_from), PLAIN)
        if m.effect_to is None or instant(m.effect_to) > latest.last_instant:
            yield Fault("/effect_to", CODE, f"Give when it ends: it holds until {latest.last_day} at most.",
                        rule=article)  # fmt: skip
