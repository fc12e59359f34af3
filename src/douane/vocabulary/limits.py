"""Time limits as the law sets them: declared values, never a number added to now.

A limit is declared once, with the article that sets it; when it ends for one event is counted by
``vocabulary.counting`` (Regulation (EEC, Euratom) 1182/71, which UCC art. 55(2) applies to customs).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from douane.vocabulary.errors import BadLimit
from douane.vocabulary.time import Instant

NOT_ANNOUNCED = Instant(0)
DAYS_OF_A_PART: Final = 30
"""Days of a month of which a period has a part (1182/71 art. 3(2)(d))."""


class LimitKind(enum.Enum):
    """What a period is for; it decides what moves its end."""

    ACT = "act"  # something is to be done: art. 3(4) and 3(5) apply
    EFFECT = "effect"  # something begins or ceases to hold: not moved (art. 4, 5(1))
    BACKWARD = "backward"  # counted back from an event: never moved (art. 3(4), second sentence)
    HOURS = "hours"  # hours or minutes on end: never moved
    DATE = "date"  # a calendar date that an office set: a date, no period


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is. Units do not convert into each other: months are counted first, then days; a week is seven
    days, since it ends on the day of the week of its event (1182/71 art. 3(2)(c))."""

    days: int = 0
    months: int = 0
    years: int = 0
    hours: int = 0
    working_days: int = 0
    weeks: int = 0
    minutes: int = 0

    @classmethod
    def of_months(cls, months: Fraction) -> Length:
        """Months and a part of one, which is counted as if a month had thirty days (1182/71 art. 3(2)(d)).

        Raises BadLimit where the part is no whole number of such days.
        """
        days = months % 1 * DAYS_OF_A_PART
        if days.denominator != 1:
            raise BadLimit(
                f"{months} months are no whole days.", remedy="Give a part of a month in thirtieths, as 1.5."
            )
        return cls(months=int(months), days=int(days))

    def __post_init__(self) -> None:
        if min(self.parts) < 0 or max(self.parts) > 100_000:
            raise BadLimit("A period has a length from 0 to 100000.", remedy="Give how long it is.")

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        """Months, days, working days, hours and minutes."""
        return 12 * self.years + self.months, 7 * self.weeks + self.days, self.working_days, self.hours, self.minutes

    @property
    def by_the_clock(self) -> bool:
        """Whether it is counted in hours or minutes, not in days."""
        return bool(self.hours or self.minutes)

    def __bool__(self) -> bool:
        return any(self.parts)

    def __add__(self, other: Length) -> Length:
        months, days, working_days, hours, minutes = (a + b for a, b in zip(self.parts, other.parts, strict=True))
        return Length(days=days, months=months, hours=hours, working_days=working_days, minutes=minutes)

    def within(self, longest: Length) -> bool:
        """Whether it is no longer than another in any unit."""
        return all(a <= b for a, b in zip(self.parts, longest.parts, strict=True))

    def __str__(self) -> str:
        named = (
            (self.years, "year"), (self.months, "month"), (self.weeks, "week"), (self.days, "day"),
            (self.working_days, "working day"), (self.hours, "hour"), (self.minutes, "minute"),
        )  # fmt: skip
        return ", ".join(f"{n} {unit}{'s' if n != 1 else ''}" for n, unit in named if n) or "no time"


class Silence(enum.Enum):
    """What follows where a limit passes and nothing was done."""

    LAPSES = "what was lodged is deemed not to have been lodged"
    DEEMED_ACCEPTED = "what was lodged is deemed accepted"
    NEXT_STEP = "the next step of the procedure begins"
    ESCALATES = "the office is told that it is late"
    GUARANTOR_RELEASED = "the guarantor is released"
    MAY_INVALIDATE = "customs may invalidate"
    REFUSED = "the decision is adverse"
    CEASES = "it holds no longer"


class By(enum.Enum):
    """How an extension comes about."""

    LAW = "by operation of law"
    ANNOUNCEMENT = "by announcement before the limit ends"


@dataclass(frozen=True, slots=True)
class MayExtend:
    """An article that lengthens a limit: on which ground, how, by how much at most in all, and who is to be told."""

    article: str
    ground: str
    by: By
    longest: Length
    told: str = ""

    def __post_init__(self) -> None:
        if self.longest.minutes:
            raise BadLimit("An extension is not kept in minutes.", remedy="Give it in hours or days.")


@dataclass(frozen=True, slots=True)
class MaySuspend:
    """An article that stops a limit for a while, and who is to be told."""

    article: str
    ground: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A limit lengthened in one case. announced: when its holder was told; 0 where the law itself lengthens it."""

    article: str
    length: Length
    reason: str
    announced: Instant = NOT_ANNOUNCED


@dataclass(frozen=True, slots=True)
class Suspension:
    """A limit stopped in one case, from one instant until another; still stopped where ``until`` is None."""

    article: str
    since: Instant
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What begins a limit. deemed: so long after it was sent a notice counts as received, where nobody says when."""

    event: str
    deemed: Length = Length()
    deemed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """A limit that an article sets.

    place: whose calendar counts, the office where the act is to be done (art. 2(1)). until: for one that an office sets
    or a declaration names, ``length`` is what holds where nobody does. applies_3_4, applies_3_5: whether the end moves
    to a working day, and whether two working days lie in it; read art. 5(2) before switching one off. exact: whether
    hours are counted from the instant of the event, or from the hour, which then does not count (3(1)): one counted
    back in hours says it, since 14:30 minus an hour is 13:30 or 13:00; minutes are counted from the instant always.
    Raises BadLimit where kind and length do not go together, or a limit does not say what it must.
    """

    id: str
    article: str
    text: str
    kind: LimitKind
    length: Length
    start: Start
    place: str
    silence: Silence
    applies_3_4: bool = True
    applies_3_5: bool = True
    extensions: tuple[MayExtend, ...] = ()
    suspensions: tuple[MaySuspend, ...] = ()
    exact: bool | None = None

    def __post_init__(self) -> None:
        must_go_together(self.kind, self.length)
        if self.kind is LimitKind.BACKWARD and self.length.hours and self.exact is None:
            remedy = "Say exact=True where the instant of the event counts, exact=False where its hour does not (3(1))."
            raise BadLimit(f"{self.id} is counted back in hours and does not say from when.", remedy=remedy)

    @property
    def moves(self) -> str:
        """Which paragraphs of art. 3 may move its end, for people."""
        if self.length.by_the_clock:
            exact = self.exact or self.length.minutes
            return f"not moved; {'counted from the instant' if exact else 'the hour of the event does not count'}"
        if self.kind is not LimitKind.ACT:
            return "not moved"
        said = [n for n, applies in (("3(4)", self.applies_3_4), ("3(5)", self.applies_3_5)) if applies]
        return ", ".join(said) or "not moved"


def must_go_together(kind: LimitKind, length: Length) -> None:
    """Raises BadLimit where a period of this kind cannot be so long, or in this unit."""
    others, hours = length.parts[:3], length.by_the_clock
    if hours and any(others):
        raise BadLimit("Hours are not mixed with days.", remedy="Give the length in hours alone, or in days.")
    if kind is LimitKind.HOURS and not hours:
        raise BadLimit("A period in hours has no hours.", remedy="Give its length in hours or minutes.")
    if hours and kind not in (LimitKind.HOURS, LimitKind.BACKWARD):
        raise BadLimit(f"A period in hours is of kind hours or backward, not {kind.value}.", remedy="Name that kind.")
    if kind is not LimitKind.DATE and not length:
        raise BadLimit(
            "A period has a length.", remedy="Give it in minutes, hours, days, weeks, months, years or working days."
        )
