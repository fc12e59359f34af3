"""What is shown of an application and of the decision that came of it, and what each type demands."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    DecisionType,
    ElementValue,
    Ground,
    Reference,
    Verdict,
)


class DecisionQuery(Struct, frozen=True):
    """Show an application, or the decision that came of it."""

    reference: Reference


class TermShown(Struct, frozen=True):
    """What made the time limit for the decision longer."""

    article: str
    days: int
    reason: str
    announced: dt.datetime | None


class OpinionShown(Struct, frozen=True):
    """What a consulted authority said, or that it has said nothing yet."""

    authority: str
    until: dt.date
    verdict: Verdict | None
    reasons: Annotated[str, Meta(extra={"confidential": True})]
    disputed: tuple[str, ...]
    late: bool


class ConsultationShown(Struct, frozen=True):
    """A consultation with each opinion; ``silence``: what it means where nobody answers."""

    number: int
    kind: ConsultationKind
    article: str
    silence: str
    opinions: tuple[OpinionShown, ...]


class ActShown(Struct, frozen=True, kw_only=True):
    """An act, when it was signed and received, by which rule, and for which period it has effect."""

    number: int
    act: ActKind
    ground: Ground | None
    article: str
    reasons: Annotated[str, Meta(extra={"confidential": True})]
    officer: Annotated[str, Meta(extra={"confidential": True})]
    hearing: str
    signed_at: dt.datetime | None
    received_at: dt.datetime | None
    received: str
    effect_from: dt.datetime | None
    effect_to: dt.datetime | None


class DecisionShown(Struct, frozen=True, kw_only=True):
    """An application and the decision that came of it."""

    reference: str
    decision: str
    type: DecisionType
    applicant: Annotated[str, Meta(extra={"confidential": True})]
    authority: str
    state: str
    received_on: dt.date
    accepted_on: dt.date | None
    accepted_by_silence: bool
    decided_by: dt.date | None
    terms: tuple[TermShown, ...]
    consultations: tuple[ConsultationShown, ...]
    acts: tuple[ActShown, ...]
    notes: tuple[str, ...]
    possible: tuple[str, ...]


class OwnDecisionQuery(Struct, frozen=True):
    """How does my application, or my decision, stand?"""

    reference: Reference


class OwnAct(Struct, frozen=True, kw_only=True):
    """An act as its person sees it; its reasons were notified to him."""

    number: int
    act: ActKind
    article: str
    hearing: str
    signed_at: dt.datetime | None
    received_at: dt.datetime | None
    effect_from: dt.datetime | None
    effect_to: dt.datetime | None
    reasons: Annotated[str, Meta(extra={"confidential": True})] = ""


class OwnRequest(Struct, frozen=True):
    """What the authority asks the applicant for, and until when; ``supplied``: whether he answered."""

    number: int
    text: Annotated[str, Meta(extra={"confidential": True})]
    last_day: dt.date
    supplied: bool


class OwnDecision(Struct, frozen=True, kw_only=True):
    """An application and its decision as the applicant sees it: without officers, and without what they noted."""

    reference: str
    decision: str
    type: DecisionType
    state: str
    received_on: dt.date
    accepted_on: dt.date | None
    accepted_by_silence: bool
    decided_by: dt.date | None
    terms: tuple[TermShown, ...]
    acts: tuple[OwnAct, ...]
    requests: tuple[OwnRequest, ...] = ()
    heard_until: dt.date | None = None


class LetterQuery(Struct, frozen=True, kw_only=True):
    """The letter about an act, in one of the languages in which letters are written."""

    reference: Reference
    number: Annotated[int, Meta(ge=1, le=9999)]
    language: Literal["en", "fr", "de"] = "en"


class LetterShown(Struct, frozen=True, kw_only=True):
    """A letter with its grounds and the right of appeal. note: the same as a signed note, to be checked offline."""

    reference: str
    number: int
    language: str
    text: Annotated[str, Meta(extra={"confidential": True})]
    note: Annotated[str, Meta(extra={"confidential": True})]


class TypesQuery(Struct, frozen=True):
    """Which types of decision are applied for here?"""


class TypeShown(Struct, frozen=True):
    """A type of decision and its legal basis."""

    type: DecisionType
    title: str
    legal: str


class TypesShown(Struct, frozen=True):
    """Every type that is decided here."""

    types: tuple[TypeShown, ...]


class QuestionsQuery(Struct, frozen=True):
    """Which questions of other authorities does mine still have to answer?"""


class QuestionLine(Struct, frozen=True):
    """A question of another authority."""

    reference: str
    number: int
    type: DecisionType
    kind: ConsultationKind
    until: dt.date
    state: str


class QuestionsShown(Struct, frozen=True):
    """The questions that are not answered yet, those that end first before the others."""

    lines: tuple[QuestionLine, ...]


class QuestionQuery(Struct, frozen=True):
    """Show a question of another authority."""

    reference: Reference
    number: Annotated[int, Meta(ge=1, le=99)]


class QuestionShown(Struct, frozen=True, kw_only=True):
    """A question with what was applied for, for who is asked (IA art. 14(1))."""

    reference: str
    number: int
    type: DecisionType
    kind: ConsultationKind
    applicant: Annotated[str, Meta(extra={"confidential": True})]
    text: Annotated[str, Meta(extra={"confidential": True})]
    article: str
    until: dt.date
    state: str
    verdict: Verdict | None
    elements: tuple[ElementValue, ...]


class RequirementsQuery(Struct, frozen=True):
    """Which data does an application of a type consist of, who decides on it and how fast?"""

    type: DecisionType


class RequirementShown(Struct, frozen=True):
    """A data element: status (A demanded, B where a Member State demands it, C the applicant's choice), cardinality."""

    element: str
    name: str
    status: str
    format: str
    most: int
    code_list: str
    footnotes: tuple[int, ...]


class RequirementsShown(Struct, frozen=True, kw_only=True):
    """What a type demands."""

    type: DecisionType
    title: str
    legal: str
    competent: str
    limit: str
    consultation: str
    elements: tuple[RequirementShown, ...]
