"""Messages about the governance of a service: its life, consultations about it, decisions, and what is to come."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.service_bus.messages.registry import Country, Version

GovernedName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{1,59}\Z", title="Name of a service")]
Reason = Annotated[str, Meta(min_length=1, max_length=2_000, title="Reason")]


class Life(enum.StrEnum):
    """The life of a version of a service, in the order in which it is lived."""

    CANDIDATE = "candidate"
    AGREED = "agreed"
    OFFERED = "offered"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class GovernedVersion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of a service, and the administration that owns it: the centre's are owned by EU."""

    owner: Country
    service: GovernedName
    version: Version


class Candidate(GovernedVersion, frozen=True, kw_only=True):
    """An owner puts a version forward. answers_for: the role that does. review: the day on which it is looked at."""

    purpose: Reason
    answers_for: Annotated[str, Meta(min_length=1, max_length=200, title="Who answers for it")]
    review: Annotated[dt.date, Meta(title="Day of review")]


class Consultation(GovernedVersion, frozen=True, kw_only=True):
    """An owner asks before a step. until: the last day for answers. trade: whether trade is asked, too."""

    step: Life
    question: Reason
    until: dt.date
    trade: bool = False


class ConsultationAnswer(GovernedVersion, frozen=True, kw_only=True):
    """Somebody who is asked answers; his last word while the consultation is open counts."""

    round: Annotated[int, Meta(ge=1, le=999, title="Number of the consultation")]
    agrees: bool
    text: Reason


class Disposition(GovernedVersion, frozen=True, kw_only=True):
    """What the owner makes of an answer. who: whose it is, as it is shown. followed: whether he does what it says."""

    round: Annotated[int, Meta(ge=1, le=999, title="Number of the consultation")]
    who: Annotated[str, Meta(min_length=1, max_length=60)]
    followed: bool
    reason: Reason


class LifeDecision(GovernedVersion, frozen=True, kw_only=True):
    """The owner decides on the next step. effective: its day. review: the next one, after the step."""

    to: Life
    reason: Reason
    effective: dt.date
    review: dt.date | None = None


class CallerSeen(msgspec.Struct, frozen=True):
    """An administration that called a version, and the last statutory day on which it did."""

    administration: Country
    day: dt.date


class CallersSeen(GovernedVersion, frozen=True, kw_only=True):
    """Administrations called a governed version of the centre's, each for the first time on its day."""

    callers: Annotated[tuple[CallerSeen, ...], Meta(min_length=1, max_length=100)]


class GovernanceChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What was said holds. life: where the version stands. round: of the consultation that it was about; 0 for none."""

    owner: str
    service: str
    version: int
    life: Life
    round: int = 0


class GovernanceNotChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is changed; each reason says what to mend."""

    owner: str
    service: str
    version: int
    reasons: tuple[str, ...]


class GovernanceQuery(msgspec.Struct, frozen=True):
    """Which services are governed, where do they stand, and what is to come?"""


class AnswerLine(msgspec.Struct, frozen=True):
    """An answer with what became of it. disposition: empty while the owner has not said."""

    who: str
    agrees: bool
    text: str
    on: dt.date
    followed: bool = False
    disposition: str = ""


class RoundLine(msgspec.Struct, frozen=True):
    """A consultation. asked: administrations that consume it; trade may answer, too, where it says so."""

    number: int
    step: Life
    question: str
    until: dt.date
    trade: bool
    asked: tuple[str, ...]
    answers: tuple[AnswerLine, ...] = ()


class DecisionLine(msgspec.Struct, frozen=True):
    """A step that was decided."""

    to: Life
    reason: str
    on: dt.date
    effective: dt.date
    round: int = 0


class GovernedLine(msgspec.Struct, frozen=True):
    """A governed version. late: its review is overdue. callers: administrations that called it, each with the last day,
    of a service of the centre."""

    owner: str
    service: str
    version: int
    life: Life
    answers_for: str
    review: dt.date
    late: bool
    purpose: str
    rounds: tuple[RoundLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    callers: tuple[CallerSeen, ...] = ()


class CalendarLine(msgspec.Struct, frozen=True):
    """Something that is to come."""

    day: dt.date
    service: str
    version: int
    what: str


class Governance(msgspec.Struct, frozen=True):
    """Every governed version, and the calendar of changes."""

    services: tuple[GovernedLine, ...]
    calendar: tuple[CalendarLine, ...]


class RecordQuery(msgspec.Struct, frozen=True):
    """What was decided about a version, under the signature of the node?"""

    owner: Country
    service: GovernedName
    version: Version = 1


class DecisionRecord(msgspec.Struct, frozen=True):
    """The decisions as text, signed like the audit log: whoever has the node's key checks it."""

    note: str


class OpenConsultationsQuery(msgspec.Struct, frozen=True):
    """About what is the asker consulted today?"""


class OpenConsultation(msgspec.Struct, frozen=True):
    """A consultation that takes answers."""

    owner: str
    service: str
    version: int
    round: int
    step: Life
    question: str
    until: dt.date


class OpenConsultations(msgspec.Struct, frozen=True):
    """Consultations that take answers of the asker."""

    consultations: tuple[OpenConsultation, ...]
