"""From which day a decision has effect, how far back, and until when (UCC art. 22, 211(2), DA art. 14, 172, 173).

Days are days of the place of the authority. A decision never reaches back by itself: an officer says so, for a type for
which the law allows it, and the law says how far.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from douane.applications.customs_decisions.messages.words import DecisionType, ElementValue
from douane.applications.customs_decisions.rules.acts import Against
from douane.applications.customs_decisions.rules.goods import any_sensitive
from douane.applications.customs_decisions.rules.limits import (
    AGAIN,
    REACH_BACK,
    REACH_BACK_SENSITIVE,
    RENEWED,
    validity,
)
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import Calendar, Events, Instant, Length, end_of

WANTED: Final = "34 06 000 207"
"""The day on which an applicant wants the decision to take effect, as ``yyyymmdd``."""
REACHES_BACK: Final = frozenset({DecisionType.IPO, DecisionType.OPO, DecisionType.EUS, DecisionType.TEA})
"""Types that may have retroactive effect: those of UCC art. 211(1)(a), not storage facilities (211(2)(g))."""
RETROACTIVE: Final = "UCC art. 211(2)"
AT_ACCEPTANCE: Final = "DA 2015/2446 art. 172(1)"
AT_EXPIRY: Final = "DA 2015/2446 art. 172(3)"
REQUESTED: Final = "DA 2015/2446 art. 14(a)"
RENEWAL: Final = "DA 2015/2446 art. 14(b)"
FORMALITIES: Final = "DA 2015/2446 art. 14(c)"


def wanted_day(given: Iterable[ElementValue]) -> dt.date | None:
    """The day that an applicant asked for; None where none was, or it is no day of the calendar."""
    text = next((each.value for each in given if each.element == WANTED), "")
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day without a time
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Back:
    """How far an officer wants an authorisation to reach back, and what is known of it.

    lodged, accepted: when its application was; instants in microseconds. expired: when the one expires that it renews;
    0 where it renews none. earlier: when authorisations with retroactive effect were granted to its holder before.
    """

    day: dt.date
    today: dt.date
    lodged: int
    accepted: int
    shown: str
    exceptional: str
    sensitive: bool
    expired: int
    earlier: tuple[int, ...]


def against_reaching_back(type: DecisionType, back: Back, calendar: Calendar) -> Against | None:
    """Why an authorisation of a type cannot have effect from that day on; None where it can."""
    if type not in REACHES_BACK:
        return Against(f"A decision of type {type} does not reach back.", RETROACTIVE)
    if back.day > back.today:
        return Against("A later day is the wish of its applicant (34 06), not of an officer.", REQUESTED)
    why = (_against_renewing if back.expired else _against_before)(back, calendar)
    if why is not None:
        return why
    if not back.shown.strip():
        return Against("Say what shows that points (a) to (d) and (f) are fulfilled.", RETROACTIVE)
    for granted in back.earlier:
        if end_of(AGAIN, Events(Instant(granted)), calendar).last_day >= calendar.date(Instant(back.accepted)):
            on = calendar.date(Instant(granted))
            return Against(f"One with retroactive effect was granted on {on}.", AGAIN.article)
    return None


def _against_renewing(back: Back, calendar: Calendar) -> Against | None:
    """Why an authorisation that renews another cannot reach back to that day; None where it can."""
    expiry = calendar.date(Instant(back.expired))
    if end_of(RENEWED, Events(Instant(back.expired)), calendar).late(Instant(back.lodged)):
        return Against(
            f"What it renews expired on {expiry}: it was applied for later than that allows.", RENEWED.article
        )
    return None if back.day >= expiry else Against(f"It reaches back to {expiry} at the earliest.", AT_EXPIRY)


def _against_before(back: Back, calendar: Calendar) -> Against | None:
    """Why it cannot have effect from before the acceptance of its application; None where it can."""
    accepted = calendar.date(Instant(back.accepted))
    if back.day >= accepted:
        return None
    if not back.exceptional.strip():
        return Against(f"It reaches back to {accepted} at the earliest, when it was applied for.", AT_ACCEPTANCE)
    limit = REACH_BACK_SENSITIVE if back.sensitive else REACH_BACK
    if end_of(limit, Events(calendar.begins(back.day)), calendar).last_day < accepted:
        return Against(f"It reaches back by {limit.length} from {accepted} at most.", limit.article)
    return None


def longest(type: DecisionType, given: Iterable[ElementValue]) -> tuple[Length | None, str]:
    """How long a decision on such an application is valid at most, and by which article; None for no such limit."""
    facts = TYPES[type]
    if facts.longest_sensitive is not None and any_sensitive(given):
        return facts.longest_sensitive, facts.longest_sensitive_by
    return facts.longest, facts.longest_by


def ends(type: DecisionType, given: Iterable[ElementValue], begins: int, wished: int, calendar: Calendar) -> int:
    """The last instant of a decision that began at an instant; 0 for none. wished: what its officer set, or 0."""
    length, _ = longest(type, given)
    most = validity(length, begins, calendar).last_instant if length else 0
    return min((each for each in (most, wished) if each), default=0)


def against_end(
    type: DecisionType, given: Iterable[ElementValue], begins: int, wished: int, calendar: Calendar
) -> Against | None:
    """Why an officer cannot set that end; None where he can."""
    if TYPES[type].register is not Register.AUTHORISATIONS:
        return Against(f"The law alone says how long a decision of type {type} is valid.",
                       TYPES[type].longest_by or "UCC art. 22(5)")  # fmt: skip
    if wished <= begins:
        return Against("It would end before it has effect.", "UCC art. 22(5)")
    length, article = longest(type, given)
    most = ends(type, given, begins, 0, calendar)
    if most and wished > most:
        return Against(f"It is valid for {length} at most.", article)
    return None
