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
from douane.author import Statutory


class DecisionQuery(Struct, frozen=True):
    """Show an application, or the decision that came of it."""

    reference: Reference


class TermShown(Struct, frozen=True):
    """What made the time limit for the decision longer."""

    article: str
    days: int
    reason: str
    announced: Statutory | None


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
    """An act, when it was signed and received, by which rule, and for which period it has effect.

    unheard_for: the fact for which nobody was heard. formalities: what its effect waits for.
    """

    number: int
    act: ActKind
    ground: Ground | None
    article: str
    reasons: Annotated[str, Meta(extra={"confidential": True})]
    officer: Annotated[str, Meta(extra={"confidential": True})]
    hearing: str
    signed_at: Statutory | None
    received_at: Statutory | None
    received: str
    effect_from: Statutory | None
    effect_to: Statutory | None
    unheard_for: Annotated[str, Meta(extra={"confidential": True})] = ""
    formalities: Annotated[str, Meta(extra={"confidential": True})] = ""


class OwnTaskShown(Struct, frozen=True):
    """A task that the overlay of the administration added, and what came of it."""

    name: str
    title: str
    opened_on: dt.date
    done_on: dt.date | None
    officer: str
    result: Annotated[str, Meta(extra={"confidential": True})]


class DecisionShown(Struct, frozen=True, kw_only=True):
    """An application and the decision that came of it. overlay: the version with which it began; 0 for none.

    revoked_from: the day on which a revocation that was put off takes effect.
    """

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
    overlay: int = 0
    own: tuple[OwnTaskShown, ...] = ()
    revoked_from: dt.date | None = None


class OwnDecisionQuery(Struct, frozen=True):
    """How does my application, or my decision, stand?"""

    reference: Reference


class OwnDecisionsQuery(Struct, frozen=True, kw_only=True):
    """What have I applied for? country: whose authority decides. after: where the page before ended."""

    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State")]
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class OwnDecisionLine(Struct, frozen=True, kw_only=True):
    """An application, or the decision that came of it, in its applicant's list. ends: of what waits there."""

    reference: str
    own_reference: str
    decision: str
    type: DecisionType
    title: str
    state: str
    received_on: dt.date
    ends: Statutory | None = None


class OwnDecisions(Struct, frozen=True, kw_only=True):
    """A page of them; ``after``: where the next one begins, empty at the end."""

    lines: tuple[OwnDecisionLine, ...]
    after: str = ""


class OwnAct(Struct, frozen=True, kw_only=True):
    """An act as its person sees it; its reasons were notified to him. formalities: what its effect waits for."""

    number: int
    act: ActKind
    article: str
    hearing: str
    signed_at: Statutory | None
    received_at: Statutory | None
    effect_from: Statutory | None
    effect_to: Statutory | None
    reasons: Annotated[str, Meta(extra={"confidential": True})] = ""
    formalities: Annotated[str, Meta(extra={"confidential": True})] = ""


class OwnRequest(Struct, frozen=True):
    """What the authority asks the applicant for, and until when; ``supplied``: whether he answered."""

    number: int
    text: Annotated[str, Meta(extra={"confidential": True})]
    last_day: dt.date
    supplied: bool


class OwnDecision(Struct, frozen=True, kw_only=True):
    """An application and its decision as the applicant sees it: without officers, and without what they noted.

    revoked_from: the day on which a revocation that was put off takes effect.
    """

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
    revoked_from: dt.date | None = None


class LetterQuery(Struct, frozen=True, kw_only=True):
    """The letter about an act, in one of the languages in which letters are written. pdf: also as a PDF."""

    reference: Reference
    number: Annotated[int, Meta(ge=1, le=9999)]
    language: Literal["en", "fr", "de"] = "en"
    pdf: Annotated[bool, Meta(title="As PDF, too")] = False


class LetterShown(Struct, frozen=True, kw_only=True):
    """A letter with its grounds and the right of appeal. note: the same as a signed note, to be checked offline.

    pdf: the letter as a PDF that carries the note as an attached file; empty where it was not asked for. pdf_note: a
    signed note of the digest of that PDF (SHA-256), to be kept beside it.
    """

    reference: str
    number: int
    language: str
    text: Annotated[str, Meta(extra={"confidential": True})]
    note: Annotated[str, Meta(extra={"confidential": True})]
    pdf: Annotated[bytes, Meta(extra={"confidential": True})] = b""
    pdf_note: str = ""


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
