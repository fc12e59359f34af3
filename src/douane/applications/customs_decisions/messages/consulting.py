"""What authorities say to each other about an application, and what the officers of a consulted one record."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from douane.applications.customs_decisions.messages.deciding import LeftOut
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    Days,
    DecisionType,
    ElementValue,
    MemberState,
    Reference,
    Text,
    Verdict,
)
from douane.author import Statutory

Number = Annotated[int, Meta(ge=1, le=999, title="Number of the consultation")]


class DecisionLost(Struct, frozen=True, kw_only=True):
    """A decision on which others may rest was suspended, revoked or annulled; told to each authority.

    heard: its holder could speak before that.
    """

    decision: Reference
    authority: MemberState
    type: DecisionType
    holder: Annotated[str, Meta(max_length=17, extra={"confidential": True})]
    act: ActKind
    effect_from: Statutory
    heard: bool = False


class ReassessmentDue(Struct, frozen=True, kw_only=True):
    """A decision of the own authority rests on one that is lost: must it be suspended, or re-assessed?

    heard_in: the decision that is lost, where its holder was heard about that.
    """

    reference: Reference
    because: Text
    article: str
    heard_in: str = ""


class OpinionAsked(Struct, frozen=True, kw_only=True):
    """An authority asks another about an application: criteria, or a draft with all that was applied for."""

    reference: Reference
    number: Number
    authority: MemberState
    kind: ConsultationKind
    type: DecisionType
    applicant: Annotated[str, Meta(max_length=17, extra={"confidential": True})]
    text: Text
    days: Days
    asked_on: dt.date
    article: str
    elements: tuple[ElementValue, ...] = ()


class OpinionFormed(Struct, frozen=True, kw_only=True):
    """An officer of a consulted authority says what it thinks.

    disputed: what of the draft is objected to; all of it where nothing is named. days: how much more time is needed.
    """

    reference: Reference
    number: Number
    verdict: Verdict
    reasons: Text = ""
    disputed: LeftOut = ()
    days: Annotated[Days | None, Meta(title="Days more")] = None


class OpinionGiven(Struct, frozen=True, kw_only=True):
    """A consulted authority answers."""

    reference: Reference
    number: Number
    authority: MemberState
    verdict: Verdict
    reasons: Text = ""
    disputed: LeftOut = ()
    days: Annotated[Days | None, Meta(title="Days more")] = None


class OpinionTaken(Struct, frozen=True):
    """The opinion is kept. ``late``: it came after its limit, reopens nothing and lies before the deciding officer."""

    reference: str
    number: int
    authority: str
    late: bool


class OpinionNotTaken(Struct, frozen=True):
    """The opinion changes nothing: who was not asked, or answered before, is told so."""

    reference: str
    number: int
    reason: str
    article: str
