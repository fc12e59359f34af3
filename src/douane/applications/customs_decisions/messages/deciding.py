"""What officers of the competent authority record."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.applications.authorisations.contract import Condition
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    Criterion,
    Days,
    Ground,
    MemberState,
    NoHearing,
    Reasons,
    Reference,
    Text,
)

LeftOut = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=512)], ...],
    Meta(max_length=99, title="Left out of what was asked"),
]
Conditions = Annotated[tuple[Condition, ...], Meta(max_length=99, title="Conditions")]
MemberStates = Annotated[tuple[MemberState, ...], Meta(max_length=27, title="Member States")]

UnheardFor = Annotated[
    str,
    Meta(
        max_length=512, title="The fact for which nobody is heard: threat, decision or investigation",
        extra={"confidential": True},
    ),
]  # fmt: skip


class AcceptanceJudged(Struct, frozen=True, kw_only=True):
    """An officer accepts an application, or does not."""

    reference: Reference
    accepted: Annotated[bool, Meta(title="Accepted")]
    reasons: Text = ""


class InformationAsked(Struct, frozen=True):
    """An officer asks the applicant for information (IA art. 12(2), DA art. 13(1))."""

    reference: Reference
    text: Reasons
    days: Days


class ConsultationBegun(Struct, frozen=True, kw_only=True):
    """An officer consults other authorities.

    criteria: which conditions are asked about, or what the draft says. days: the time to answer; without it the one
    that an article sets.
    """

    reference: Reference
    kind: ConsultationKind
    authorities: Annotated[tuple[MemberState, ...], Meta(min_length=1, max_length=26, title="Authorities")]
    text: Reasons
    days: Annotated[Days | None, Meta(title="Days to answer")] = None


class ConsultationExtended(Struct, frozen=True):
    """An officer gives a consulted authority more time, which it asked for (IA art. 14(2))."""

    reference: Reference
    authority: MemberState
    days: Days


class LimitExtended(Struct, frozen=True):
    """An officer announces that the decision takes longer (UCC art. 22(3), DA art. 28(1))."""

    reference: Reference
    days: Days
    reasons: Reasons


class DecisionTaken(Struct, frozen=True, kw_only=True):
    """An officer decides on an application; or says what is intended, where the applicant is to be heard first.

    leaves_out: what of the application is not granted. no_hearing: why nobody is heard before an adverse decision.
    unheard_for: the fact that the exception rests on, for the file alone. effect_on: the day to which it reaches back
    (UCC art. 211(2)); without it, it takes effect on receipt or when the law says. shown: what shows that this is
    allowed. exceptional: why it reaches back beyond the acceptance (DA art. 172(2)). formalities: what its holder
    completes before it has effect (DA art. 14(c)).
    """

    reference: Reference
    granted: Annotated[bool, Meta(title="Granted")]
    reasons: Text = ""
    leaves_out: LeftOut = ()
    member_states: MemberStates = ()
    conditions: Conditions = ()
    no_hearing: Annotated[NoHearing | None, Meta(title="Why nobody is heard")] = None
    unheard_for: UnheardFor = ""
    effect_on: Annotated[dt.date | None, Meta(title="Reaches back to")] = None
    shown: Annotated[Text, Meta(title="What shows that it may reach back")] = ""
    exceptional: Annotated[Text, Meta(title="Exceptional circumstances")] = ""
    valid_until: Annotated[dt.date | None, Meta(title="Valid until")] = None
    formalities: Annotated[Text, Meta(title="Formalities to be completed first")] = ""


class MoreTime(enum.StrEnum):
    """Why a suspension for measures goes on (DA art. 17(2))."""

    REQUEST = "request"  # its holder asked for more time
    VERIFICATION = "verification"  # the holder says that the measures were taken: they are verified


class SuspensionLengthened(Struct, frozen=True):
    """An officer lengthens a suspension for measures before its period ends."""

    reference: Reference
    ground: Annotated[MoreTime, Meta(title="Why")]
    days: Days
    reasons: Reasons


class MeasuresAccepted(Struct, frozen=True):
    """An officer records that the measures were taken after all, so that nothing is revoked (IA art. 15)."""

    reference: Reference
    reasons: Reasons


class ReassessmentConcluded(Struct, frozen=True):
    """An officer says what came of a re-assessment (DA art. 15); what follows from it is an act of its own."""

    reference: Reference
    result: Reasons


class ActTaken(Struct, frozen=True, kw_only=True):
    """An officer acts on a decision that was granted; or says what is intended, where the holder is to be heard first.

    days: of a suspension for measures (DA art. 17(2)). effect_on: a later day of effect (UCC art. 28(4)).
    member_states, conditions: of an amendment, which states the whole decision. dropped: what was intended is not done.
    criterion: of an authorisation of both kinds, where the other kind stays (DA art. 30(3), IA art. 34(3)).
    unheard_for: the fact that the exception from the hearing rests on, for the file alone. lengthens: the decision
    stays suspended until the act takes effect (DA art. 17(3)).
    """

    reference: Reference
    act: ActKind
    ground: Ground
    reasons: Reasons
    days: Annotated[Days | None, Meta(title="Days")] = None
    effect_on: Annotated[dt.date | None, Meta(title="Takes effect on")] = None
    member_states: MemberStates = ()
    conditions: Conditions = ()
    no_hearing: Annotated[NoHearing | None, Meta(title="Why nobody is heard")] = None
    dropped: Annotated[bool, Meta(title="Not done after all")] = False
    criterion: Annotated[Criterion | None, Meta(title="Criterion of UCC art. 39 that alone is lost")] = None
    unheard_for: UnheardFor = ""
    lengthens: Annotated[bool, Meta(title="Suspended until the act takes effect")] = False
