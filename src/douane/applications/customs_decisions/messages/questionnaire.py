"""The questionnaire for authorised economic operators: what applicants answer, how officers judge each criterion."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from douane.applications.customs_decisions.messages.words import Reference

QuestionId = Annotated[str, Meta(pattern=r"\A[A-E][1-9]\Z", title="Question")]
Said = Annotated[str, Meta(min_length=1, max_length=2560, title="Answer", extra={"confidential": True})]


class AeoCriterion(enum.StrEnum):
    """The criteria of UCC art. 39."""

    COMPLIANCE = "a"
    RECORDS = "b"
    SOLVENCY = "c"
    COMPETENCE = "d"
    SECURITY = "e"


class QuestionAnswered(Struct, frozen=True):
    """An answer to one question. ``yes`` or ``no`` where the question asks for that."""

    question: QuestionId
    answer: Said


class QuestionnaireAnswered(Struct, frozen=True):
    """An applicant answers questions; an answer that he does not name stays. version: of the questionnaire."""

    reference: Reference
    version: Annotated[str, Meta(max_length=20, title="Version of the questionnaire")]
    answers: Annotated[tuple[QuestionAnswered, ...], Meta(min_length=1, max_length=100, title="Answers")]


class CriterionJudged(Struct, frozen=True):
    """An officer says whether a criterion is fulfilled, by what was answered and seen."""

    reference: Reference
    criterion: Annotated[AeoCriterion, Meta(title="Criterion of UCC art. 39")]
    fulfilled: Annotated[bool, Meta(title="Fulfilled")]
    remarks: Annotated[str, Meta(max_length=2560, title="Remarks", extra={"confidential": True})] = ""


class QuestionnaireQuery(Struct, frozen=True):
    """Show the questionnaire of an application, with what was answered."""

    reference: Reference
    language: Literal["en", "fr", "de"] = "en"


class QuestionShownOfAeo(Struct, frozen=True):
    """A question. yes_or_no: whether it asks for one of these; answer: empty where there is none yet."""

    question: str
    criterion: AeoCriterion
    article: str
    text: str
    yes_or_no: bool
    answer: Annotated[str, Meta(extra={"confidential": True})]


class CriterionShown(Struct, frozen=True):
    """How an officer judged a criterion; remarks are the authority's own."""

    criterion: AeoCriterion
    fulfilled: bool
    remarks: Annotated[str, Meta(extra={"confidential": True})]
    officer: str
    judged_on: dt.date


class QuestionnaireShown(Struct, frozen=True, kw_only=True):
    """The questionnaire. label: whose wording it is; judged: for officers of the authority alone."""

    reference: str
    version: str
    label: str
    open: bool
    """Whether it may still be answered."""
    questions: tuple[QuestionShownOfAeo, ...]
    judged: tuple[CriterionShown, ...]
