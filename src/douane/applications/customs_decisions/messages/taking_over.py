"""What open cases of an older decisions portal are taken over from, and decisions that are in force."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from douane.applications.authorisations.contract import Condition
from douane.applications.customs_decisions.messages.words import (
    Days,
    DecisionType,
    ElementValue,
    MemberState,
    Moment,
    Office,
    OwnReference,
    Person,
    Reasons,
    Reference,
)


class OlderTerm(Struct, frozen=True, kw_only=True):
    """What made the limit for the decision longer there. announced_at: when its applicant was told, where that is
    what lengthens it."""

    article: Annotated[str, Meta(min_length=1, max_length=60, title="Article")]
    days: Days
    reason: Reasons
    announced_at: Annotated[Moment | None, Meta(title="When it was announced")] = None


class OlderQuestion(Struct, frozen=True, kw_only=True):
    """What its applicant was asked for there before acceptance, and has not answered."""

    text: Reasons
    days: Annotated[int, Meta(ge=1, le=30, title="Days")]
    asked_at: Annotated[Moment, Meta(title="When it was asked")]


Portal = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9.-]{0,59}\Z", title="Older portal")]


class OlderCase(Struct, frozen=True, kw_only=True):
    """An application that is open in an older portal goes on here, by the clock of the dates that it has there.

    reference: of the application there. received_at: when it was received; complete_at: when everything was there that
    was missing. accepted: whether the authority accepted it. asked: what is awaited of its applicant.
    """

    portal: Portal
    reference: Annotated[str, Meta(pattern=r"\A[!-~]{1,60}\Z", title="Reference in the older portal")]
    own_reference: OwnReference
    type: DecisionType
    applicant: Person
    office: Office
    received_at: Annotated[Moment, Meta(title="When it was received")]
    complete_at: Annotated[Moment | None, Meta(title="When everything was there")] = None
    accepted: Annotated[bool, Meta(title="Accepted")] = False
    terms: Annotated[tuple[OlderTerm, ...], Meta(max_length=20, title="What made the limit longer")] = ()
    asked: Annotated[OlderQuestion | None, Meta(title="Information awaited")] = None
    elements: Annotated[tuple[ElementValue, ...], Meta(max_length=5000, title="Data elements")] = ()


class OlderDecision(Struct, frozen=True, kw_only=True):
    """A decision that was granted in an older portal and is in force: it keeps its number, its holder and its periods.

    reference: of the case there. decision: the number under which its holder uses it. signed_at, received_at: when it
    was signed, and received by its holder. effect_to: the first instant at which it no longer holds; none where it
    stays. member_states: where it may be used. conditions: as procedures ask about it.
    """

    portal: Portal
    reference: Annotated[str, Meta(pattern=r"\A[!-~]{1,35}\Z", title="Reference in the older portal")]
    decision: Reference
    type: DecisionType
    holder: Person
    office: Office
    signed_at: Annotated[Moment, Meta(title="When it was signed")]
    received_at: Annotated[Moment, Meta(title="When its holder received it")]
    effect_from: Annotated[Moment, Meta(title="When it takes effect")]
    effect_to: Annotated[Moment | None, Meta(title="When it ends")] = None
    member_states: Annotated[tuple[MemberState, ...], Meta(max_length=27)] = ()
    conditions: Annotated[tuple[Condition, ...], Meta(max_length=99)] = ()
    elements: Annotated[tuple[ElementValue, ...], Meta(max_length=5000, title="Data elements")] = ()
