"""Time limits of customs decisions, and how long a decision may take."""

from __future__ import annotations

from typing import Final

from douane.applications.customs_decisions.messages.words import DecisionType
from douane.author import (
    By,
    Calendar,
    End,
    Events,
    Instant,
    Length,
    LimitKind,
    MayExtend,
    Silence,
    Start,
    TimeLimit,
    end_of,
)

AUTHORITY: Final = "competent customs authority"
_ANY: Final = Length(days=3_650)
"""As long as the period is that an office set, where the article names no most."""

INFORMATION_ARTICLE: Final = "DA 2015/2446 art. 13(1)"
HEARING_ARTICLE: Final = "DA 2015/2446 art. 13(2)"
CONSULTATION_ARTICLE: Final = "DA 2015/2446 art. 13(3)"
ANNOUNCED_ARTICLE: Final = "UCC art. 22(3)"
AEO_ARTICLE: Final = "DA 2015/2446 art. 28(1)"

_BY_LAW: Final = (
    MayExtend(INFORMATION_ARTICLE, "information is asked for", By.LAW, _ANY, "the applicant"),
    MayExtend(HEARING_ARTICLE, "the applicant is heard", By.LAW, Length(days=30)),
    MayExtend(CONSULTATION_ARTICLE, "the time of a consulted authority is extended", By.LAW, _ANY, "the applicant"),
)
_ANNOUNCED: Final = MayExtend(
    ANNOUNCED_ARTICLE, "the authority cannot decide in time", By.ANNOUNCEMENT, Length(days=30), "the applicant"
)


def _deciding(id: str, article: str, days: int, announced: MayExtend = _ANNOUNCED) -> TimeLimit:
    """A limit within which an authority decides on an application."""
    return TimeLimit(
        id=id, article=article, kind=LimitKind.ACT, length=Length(days=days),
        text="The authority takes the decision and notifies the applicant.",
        start=Start("the application is accepted"), place=AUTHORITY, silence=Silence.ESCALATES,
        extensions=(*_BY_LAW, announced),
    )  # fmt: skip


ACCEPTANCE: Final = TimeLimit(
    id="DEC-ACCEPTANCE", article="UCC art. 22(2), IA 2015/2447 art. 12(3)", kind=LimitKind.ACT, length=Length(days=30),
    text="The authority verifies whether the application is accepted; else it is, as of when it came.",
    start=Start("the application, or the information that was missing, is received"), place=AUTHORITY,
    silence=Silence.DEEMED_ACCEPTED,
)  # fmt: skip
COMPLETION: Final = TimeLimit(
    id="DEC-COMPLETION", article="IA 2015/2447 art. 12(2)", kind=LimitKind.ACT, length=Length(days=30),
    text="The applicant provides what is missing; else the application is not accepted. At most thirty days.",
    start=Start("the information is asked for"), place=AUTHORITY, silence=Silence.LAPSES,
)  # fmt: skip
INFORMATION: Final = TimeLimit(
    id="DEC-INFORMATION", article=INFORMATION_ARTICLE, kind=LimitKind.ACT, length=Length(days=30),
    text="The applicant provides further information; the decision moves by as long. At most thirty days.",
    start=Start("the information is asked for"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip
DECISION: Final = _deciding("DEC-DECISION", "UCC art. 22(3)", 120)
DECISION_SPECIAL: Final = _deciding("DEC-DECISION-SPECIAL", "DA 2015/2446 art. 171(1), first subparagraph", 30)
DECISION_STORAGE: Final = _deciding("DEC-DECISION-STORAGE", "DA 2015/2446 art. 171(1), second subparagraph", 60)
DECISION_BANANAS: Final = _deciding("DEC-DECISION-BANANAS", "DA 2015/2446 art. 156", 30)
DECISION_AEO: Final = _deciding(
    "DEC-DECISION-AEO", "UCC art. 22(3), DA 2015/2446 art. 28", 120,
    MayExtend(AEO_ARTICLE, "the authority cannot decide in time", By.ANNOUNCEMENT, Length(days=60), "the applicant"),
)  # fmt: skip
HEARING: Final = TimeLimit(
    id="DEC-HEARING", article="UCC art. 22(6), DA 2015/2446 art. 8(1)", kind=LimitKind.ACT, length=Length(days=30),
    text="The person concerned expresses a point of view before an adverse act.",
    start=Start("the grounds are received"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip
RECEIPT: Final = TimeLimit(
    id="DEC-RECEIPT", article="ours: UCC art. 22(4) leaves it to each administration", kind=LimitKind.EFFECT,
    length=Length(days=14), text="An act that nobody confirmed is deemed to have been received.",
    start=Start("the act is signed and lies in the inbox of its holder"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip
DOUBT: Final = TimeLimit(
    id="DEC-DOUBT", article="DA 2015/2446 art. 17(1), 18", kind=LimitKind.EFFECT, length=Length(days=30),
    text="A decision is suspended on doubt.", start=Start("the suspension takes effect"), place=AUTHORITY,
    silence=Silence.CEASES,
)  # fmt: skip
MEASURES: Final = TimeLimit(
    id="DEC-MEASURES", article="DA 2015/2446 art. 17(2), 18(1)", kind=LimitKind.EFFECT, length=Length(days=30),
    text="The holder takes the measures in the period that he notified; then the suspension ends, and an officer"
    " revokes where they were not shown.", start=Start("the suspension takes effect"), place=AUTHORITY,
    silence=Silence.ESCALATES,
)  # fmt: skip
VERIFYING: Final = TimeLimit(
    id="DEC-VERIFYING", article="DA 2015/2446 art. 17(2), second subparagraph", kind=LimitKind.EFFECT,
    length=Length(days=30), text="The authority verifies the measures that the holder took. At most thirty days.",
    start=Start("the period of the suspension ends"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
CRITERIA: Final = TimeLimit(
    id="DEC-CRITERIA", article="IA 2015/2447 art. 14, 31, 195, 319", kind=LimitKind.ACT, length=Length(days=30),
    text="A consulted authority says whether criteria are fulfilled; the authority that asks sets the period, or an "
    "article.", start=Start("the criteria are communicated"), place="consulted authority", silence=Silence.NEXT_STEP,
)  # fmt: skip
DRAFT_ANSWER: Final = TimeLimit(
    id="DEC-DRAFT-ANSWER", article="IA 2015/2447 art. 191, 229, 260", kind=LimitKind.ACT, length=Length(days=30),
    text="A consulted authority objects to a draft, or agrees by silence. For centralised clearance 45 days.",
    start=Start("the draft is communicated"), place="consulted authority", silence=Silence.DEEMED_ACCEPTED,
)  # fmt: skip
DRAFT_SENT: Final = TimeLimit(
    id="DEC-DRAFT-SENT", article="IA 2015/2447 art. 191, 229, 260", kind=LimitKind.ACT, length=Length(days=30),
    text="The draft is communicated to the other authorities. For centralised clearance 45 days.",
    start=Start("the application is accepted"), place=AUTHORITY, silence=Silence.ESCALATES,
)  # fmt: skip
DISPUTE: Final = TimeLimit(
    id="DEC-DISPUTE", article="IA 2015/2447 art. 191, 229, 260", kind=LimitKind.ACT, length=Length(days=60),
    text="The authorities reach an agreement; else what is disputed is not granted. For centralised clearance 90 days.",
    start=Start("the draft is communicated"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip

VALIDITY: Final = TimeLimit(
    id="DEC-VALIDITY", article="UCC art. 33(3), DA 2015/2446 art. 173", kind=LimitKind.EFFECT, length=Length(years=5),
    text="A decision is valid at most; binding tariff information for three years.",
    start=Start("the decision takes effect"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
AEO_EFFECT: Final = TimeLimit(
    id="DEC-AEO-EFFECT", article="DA 2015/2446 art. 29", kind=LimitKind.EFFECT, length=Length(days=5),
    text="An authorisation as authorised economic operator takes effect on the fifth day after the decision.",
    start=Start("the decision is taken"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip
EFFECT: Final = TimeLimit(
    id="DEC-EFFECT", article="DA 2015/2446 art. 14(a), (b)", kind=LimitKind.DATE, length=Length(),
    text="A decision takes effect on the later day that its applicant asked for, or when the one ends that it renews.",
    start=Start("the decision is received"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip
ENTRY: Final = TimeLimit(
    id="DEC-ENTRY", article="IA 2015/2447 art. 10(1), DA 2015/2446 art. 30(1)", kind=LimitKind.ACT,
    length=Length(days=7), text="The authority acts on a decision that rests on one that is lost, and enters it.",
    start=Start("the loss becomes known"), place=AUTHORITY, silence=Silence.ESCALATES,
)  # fmt: skip
BARRED: Final = TimeLimit(
    id="DEC-BARRED", article="DA 2015/2446 art. 11(1)(d)", kind=LimitKind.EFFECT, length=Length(years=1),
    text="No application for what was revoked because an obligation was not fulfilled is accepted.",
    start=Start("the revocation takes effect"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
BARRED_LONGER: Final = TimeLimit(
    id="DEC-BARRED-LONGER", article="DA 2015/2446 art. 11(2)", kind=LimitKind.EFFECT, length=Length(years=3),
    text="The same after an annulment under UCC art. 27(1), and for an authorised economic operator.",
    start=Start("the annulment or revocation is taken"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
DEFERRED: Final = TimeLimit(
    id="DEC-DEFERRED", article="UCC art. 28(4)", kind=LimitKind.EFFECT, length=Length(years=1),
    text="In exceptional cases a revocation or an amendment takes effect later, at most by so much.",
    start=Start("the act is signed"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
REACH_BACK: Final = TimeLimit(
    id="DEC-REACH-BACK", article="DA 2015/2446 art. 172(2)", kind=LimitKind.EFFECT, length=Length(years=1),
    text="In exceptional circumstances an authorisation reaches back before the acceptance of its application, by so "
    "much at most.",
    start=Start("the authorisation is to take effect"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
REACH_BACK_SENSITIVE: Final = TimeLimit(
    id="DEC-REACH-BACK-SENSITIVE", article="DA 2015/2446 art. 172(2)", kind=LimitKind.EFFECT, length=Length(months=3),
    text="The same for goods of Annex 71-02.",
    start=Start("the authorisation is to take effect"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip
RENEWED: Final = TimeLimit(
    id="DEC-RENEWED", article="UCC art. 211(2)(h)", kind=LimitKind.EFFECT, length=Length(years=3),
    text="A renewal with retroactive effect is applied for within so long after the original authorisation expired.",
    start=Start("the original authorisation expires"), place=AUTHORITY, silence=Silence.LAPSES,
)  # fmt: skip
AGAIN: Final = TimeLimit(
    id="DEC-RETROACTIVE-AGAIN", article="UCC art. 211(2)(e)", kind=LimitKind.EFFECT, length=Length(years=3),
    text="No second authorisation with retroactive effect is granted to the same person.",
    start=Start("an authorisation with retroactive effect is granted"), place=AUTHORITY, silence=Silence.CEASES,
)  # fmt: skip

TARGET: Final = TimeLimit(
    id="DEC-TARGET", article="ours: the overlay of an administration sets it", kind=LimitKind.ACT,
    length=Length(days=30), text="An officer does a task when the administration wants it; nobody has a right to it.",
    start=Start("the task is opened"), place=AUTHORITY, silence=Silence.NEXT_STEP,
)  # fmt: skip

_AEO: Final = frozenset({DecisionType.AEOC, DecisionType.AEOS, DecisionType.AEOF})
_SPECIAL: Final = frozenset({DecisionType.IPO, DecisionType.OPO, DecisionType.EUS, DecisionType.TEA})
_STORAGE: Final = frozenset({DecisionType.CWP, DecisionType.CW1, DecisionType.CW2})


def for_deciding(type: DecisionType, *, several: bool) -> TimeLimit:
    """Within which limit an application is decided on. several: more than one Member State is concerned."""
    if type in _AEO:
        return DECISION_AEO
    if type is DecisionType.AWB:
        return DECISION_BANANAS
    if not several and type in _SPECIAL:
        return DECISION_SPECIAL
    if not several and type in _STORAGE:
        return DECISION_STORAGE
    return DECISION


def barring(type: DecisionType, *, annulled: bool) -> TimeLimit:
    """How long no new application is accepted: for one year, or for three."""
    return BARRED_LONGER if annulled or type in _AEO else BARRED


def barred_until(type: DecisionType, at: int, calendar: Calendar, *, annulled: bool) -> End:
    """Until when no new application for what was annulled or revoked is accepted."""
    return end_of(barring(type, annulled=annulled), Events(Instant(at)), calendar)


def validity(longest: Length, since: int, calendar: Calendar) -> End:
    """When a decision that took effect at an instant ends at the latest."""
    return end_of(VALIDITY, Events(Instant(since)), calendar, length=longest)


def deferred_until(signed: int, calendar: Calendar) -> End:
    """The latest that the effect of a revocation or amendment is put off to."""
    return end_of(DEFERRED, Events(Instant(signed)), calendar)


def announced_by(limit: TimeLimit) -> MayExtend:
    """The article by which the authority may announce that it takes longer."""
    return next(each for each in limit.extensions if each.by is By.ANNOUNCEMENT)


def expired_by(type: DecisionType) -> str:
    """The article by which a decision of this type ends with its time."""
    return "UCC art. 33(3)" if type is DecisionType.BTI else "UCC art. 22(5)"
