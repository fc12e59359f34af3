"""What an applicant or holder sends, and what he is told."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.applications.customs_decisions.messages.words import (
    ActKind,
    DecisionType,
    ElementFault,
    ElementValue,
    Moment,
    Office,
    OwnReference,
    Person,
    Reasons,
    Reference,
    Text,
)
from douane.author import Statutory


class DecisionApplication(Struct, frozen=True, kw_only=True):
    """Apply for a customs decision.

    office: of the authority that the applicant thinks competent. elements: the data of Annex A for this type; what the
    message says elsewhere (type, applicant, office, date, signature) is not repeated. renews: the decision whose
    validity this one is to extend, and nothing else (31 03, type of application; DA art. 14(b)).
    """

    own_reference: OwnReference
    type: DecisionType
    applicant: Person
    office: Office
    elements: Annotated[tuple[ElementValue, ...], Meta(max_length=5000, title="Data elements")] = ()
    renews: Annotated[Reference | None, Meta(title="Renews the decision")] = None


class ApplicationRegistered(Struct, frozen=True):
    """The application is registered; until ``verified_by`` the authority says whether it accepts it."""

    own_reference: str
    reference: str
    received_on: dt.date
    verified_by: dt.date


class ApplicationNotRegistered(Struct, frozen=True):
    """Nothing is registered: everything that is missing or wrong, by the number of the data element."""

    own_reference: str
    faults: tuple[ElementFault, ...]


class InformationRequested(Struct, frozen=True):
    """The authority needs more information, until the end of ``last_day``."""

    reference: str
    number: int
    text: Text
    last_day: dt.date
    article: str


class InformationSupplied(Struct, frozen=True, kw_only=True):
    """The applicant answers a request for information; elements take the place of those of the application."""

    reference: Reference
    text: Text = ""
    elements: Annotated[tuple[ElementValue, ...], Meta(max_length=5000, title="Data elements")] = ()


class ApplicationAccepted(Struct, frozen=True):
    """The application is accepted as of ``accepted_on``; ``by_silence``: since nobody said otherwise in time."""

    reference: str
    accepted_on: dt.date
    by_silence: bool
    decided_by: dt.date
    article: str


class ApplicationNotAccepted(Struct, frozen=True):
    """The application is not accepted; it may be lodged anew."""

    reference: str
    reasons: Text
    article: str


class LimitMoved(Struct, frozen=True):
    """The time limit for the decision is longer now."""

    reference: str
    decided_by: dt.date
    article: str
    reason: Text


class LimitPassed(Struct, frozen=True):
    """The time limit for the decision has passed: nothing is granted and nothing is refused; an appeal is open."""

    reference: str
    limit: dt.date
    article: str = "UCC art. 44(1)"


class HearingOpened(Struct, frozen=True):
    """An act that is adverse to the person is intended: a point of view is taken until the end of ``last_day``.

    suspended_until_act: the decision stays suspended until the act takes effect (DA art. 17(3)).
    """

    reference: str
    act: ActKind
    grounds: Text
    article: str
    last_day: dt.date
    leaves_out: tuple[str, ...] = ()
    suspended_until_act: bool = False


class ViewGiven(Struct, frozen=True):
    """The person concerned expresses a point of view (UCC art. 22(6)).

    last_word: nothing follows, so that the authority may decide before the period ends.
    """

    reference: Reference
    text: Reasons
    last_word: Annotated[bool, Meta(title="My last word")] = True


class ActNotified(Struct, frozen=True, kw_only=True):
    """An act of the authority with its reasons and the right of appeal. It takes effect on receipt (UCC art. 22(4)).

    deemed_on: the day after which it counts as received where nobody says when it was.
    """

    reference: str
    decision: str
    number: int
    act: ActKind
    article: str
    reasons: Text
    signed_at: Statutory
    deemed_on: dt.date
    leaves_out: tuple[str, ...] = ()
    appeal: str = "UCC art. 44"


class ReceiptConfirmed(Struct, frozen=True, kw_only=True):
    """An act was received: the holder says so, or an officer records when it was proven to be."""

    reference: Reference
    number: Annotated[int, Meta(ge=1, le=9999, title="Number of the act")]
    received_at: Annotated[Moment | None, Meta(title="Received at")] = None


class ActInEffect(Struct, frozen=True):
    """An act has taken effect, for a period where ``effect_to`` says so."""

    reference: str
    decision: str
    number: int
    act: ActKind
    effect_from: Statutory
    effect_to: Statutory | None
    received: str


class EffectAwaited(Struct, frozen=True, kw_only=True):
    """A decision was granted and received, and takes effect later (DA art. 14).

    effect_from: from when on; absent where that is when its holder receives that the formalities were completed.
    """

    reference: str
    decision: str
    number: int
    article: str
    effect_from: Statutory | None
    formalities: str
    received: str


class ReassessmentResult(Struct, frozen=True):
    """What came of the re-assessment of a decision (DA art. 15)."""

    reference: str
    decision: str
    result: Text
    article: str


class SuspensionEnded(Struct, frozen=True):
    """A suspension has ended, the decision may be used again."""

    reference: str
    decision: str
    usable_from: Statutory
    article: str = "DA 2015/2446 art. 18(2)"


class SuspensionExtended(Struct, frozen=True):
    """A suspension goes on until the end of ``last_day``: more time for measures, or to verify them."""

    reference: str
    decision: str
    last_day: dt.date
    article: str
    reasons: Text


class DecisionExpired(Struct, frozen=True):
    """A decision that was valid for a time has ended with it; no declaration may name it any more."""

    reference: str
    decision: str
    ended_at: Statutory
    article: str


class Wish(enum.StrEnum):
    """What an applicant or holder may ask for."""

    WITHDRAW = "withdraw the application"
    REVOKE = "revoke"
    AMEND = "amend"
    SUSPEND = "suspend"
    CONSENTS = "withdraw the consents to publication and exchange"
    MORE_TIME = "more time for measures"  # DA art. 17(2)
    TAKEN = "measures taken"  # of a suspension for measures: it may end (DA art. 17(2))


class HolderRequest(Struct, frozen=True):
    """The applicant withdraws an application, or the holder asks for an act (UCC art. 28(1)(b), DA art. 16(1)(c))."""

    reference: Reference
    wish: Wish
    text: Reasons


class StepRecorded(Struct, frozen=True):
    """What was sent is recorded."""

    reference: str
    step: str
    number: int = 0


class NotPossible(Struct, frozen=True):
    """Nothing changed: why, in which state the case is, by which article, and what is possible instead."""

    reference: str
    reason: str
    article: str
    state: str = ""
    possible: tuple[str, ...] = ()
