"""Acts on a decision: on which ground, by which article, whether its holder is heard, and what each state permits."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from douane.applications.customs_decisions.messages.words import (
    ActKind,
    Criterion,
    DecisionType,
    Ground,
    NoHearing,
    State,
)
from douane.applications.customs_decisions.rules.types import TYPES

K, G, S = ActKind, Ground, State


@dataclass(frozen=True, slots=True)
class GroundFacts:
    """What an act on a ground is. adverse: its holder is heard before. asked: only where its holder asked for it."""

    article: str
    adverse: bool = True
    asked: bool = False


GROUNDS: Final[Mapping[tuple[ActKind, Ground], GroundFacts]] = {
    (K.AMEND, G.CONDITIONS): GroundFacts("UCC art. 28(1)(a)"),
    (K.AMEND, G.REQUEST): GroundFacts("UCC art. 28(1)(b)", adverse=False, asked=True),
    (K.AMEND, G.LAW): GroundFacts("UCC art. 23(3)"),
    (K.SUSPEND, G.DOUBT): GroundFacts("DA 2015/2446 art. 16(1)(a)"),
    (K.SUSPEND, G.INFRINGEMENT): GroundFacts("DA 2015/2446 art. 17(1), second subparagraph"),
    (K.SUSPEND, G.REMEDY): GroundFacts("DA 2015/2446 art. 16(1)(b)"),
    (K.SUSPEND, G.DEPENDENCE): GroundFacts("DA 2015/2446 art. 30(1)"),
    (K.SUSPEND, G.REQUEST): GroundFacts("DA 2015/2446 art. 16(1)(c)", adverse=False, asked=True),
    (K.LIFT, G.SETTLED): GroundFacts("DA 2015/2446 art. 18(1)(a), (b)", adverse=False),
    (K.REVOKE, G.CONDITIONS): GroundFacts("UCC art. 28(1)(a)"),
    (K.REVOKE, G.OBLIGATION): GroundFacts("UCC art. 23(1), 28(1)(a)"),
    (K.REVOKE, G.REQUEST): GroundFacts("UCC art. 28(1)(b)", adverse=False, asked=True),
    (K.REVOKE, G.MEASURES): GroundFacts("IA 2015/2447 art. 15"),
    (K.REVOKE, G.LAW): GroundFacts("UCC art. 23(3)"),
    (K.ANNUL, G.INCORRECT): GroundFacts("UCC art. 27(1)"),
    (K.ANNUL, G.LAW): GroundFacts("UCC art. 23(3)"),
    (K.RESTORE, G.APPEAL): GroundFacts("UCC art. 44", adverse=False),
    (K.COMMENCE, G.FORMALITIES): GroundFacts("DA 2015/2446 art. 14(c)", adverse=False),
}
"""Each act with the grounds on which it is taken. Restoring follows from an appeal that was allowed."""

BY_STATE: Final[Mapping[State, frozenset[ActKind]]] = {
    S.GRANTED: frozenset({K.COMMENCE, K.REVOKE, K.ANNUL}),
    S.IN_FORCE: frozenset({K.AMEND, K.SUSPEND, K.REVOKE, K.ANNUL}),
    S.SUSPENDED: frozenset({K.AMEND, K.LIFT, K.REVOKE, K.ANNUL}),
    S.REVOKED: frozenset({K.ANNUL, K.RESTORE}),
    S.ANNULLED: frozenset({K.RESTORE}),
}
"""Which acts a decision permits in each state; none in any other."""

WHAT_FORBIDS: Final[Mapping[State, str]] = {
    S.GRANTED: "DA 2015/2446 art. 14",
    S.IN_FORCE: "DA 2015/2446 art. 18",
    S.SUSPENDED: "DA 2015/2446 art. 17",
    S.REVOKED: "UCC art. 28",
    S.ANNULLED: "UCC art. 27",
    S.REFUSED: "UCC art. 44",
    S.EXPIRED: "UCC art. 22(5)",
    S.NOTIFIED: "UCC art. 22(4)",
}
"""The article that stands against an act in a state; before a decision it is UCC art. 22(3)."""

PARTS: Final[Mapping[Criterion, DecisionType]] = {
    Criterion.COMPETENCE: DecisionType.AEOC, Criterion.SECURITY: DecisionType.AEOS
}  # fmt: skip
"""Which kind of authorisation is lost with a criterion that the other does not need (DA art. 30(3))."""
IN_PARTS: Final = frozenset({K.SUSPEND, K.REVOKE})
BREACHES: Final = frozenset({G.OBLIGATION})
"""Grounds of a revocation that bar a new application for the same (DA art. 11(1)(d)); no other does."""
NOT_ON_REQUEST: Final = "UCC art. 34(5)"
"""A decision on binding information is not given back: its holder asks in vain, and so does an officer for him."""
HEARD: Final = "UCC art. 22(6)"


class Needs(enum.Enum):
    """What an exception from the hearing rests on, besides the word of the officer."""

    NOTHING = ""
    FACT = "State the fact: the threat, or the number of the investigation."
    DECISION = "Name the decision that this one secures; its holder was heard about that."


@dataclass(frozen=True, slots=True)
class ExceptionFacts:
    """An exception from the right to be heard: which decisions of this application it is about, and what it needs.

    here: whether an act on a decision can be what the exception speaks of; types: of these alone, where it names any.
    """

    says: str
    here: bool = True
    types: frozenset[DecisionType] = frozenset()
    needs: Needs = Needs.NOTHING


EXCEPTIONS: Final[Mapping[NoHearing, ExceptionFacts]] = {
    NoHearing.BINDING_INFORMATION: ExceptionFacts(
        "a decision on binding information (UCC art. 33(1))", types=frozenset({DecisionType.BTI})
    ),
    NoHearing.QUOTA: ExceptionFacts("the benefit of a tariff quota is refused (UCC art. 56(4))", here=False),
    NoHearing.SECURITY: ExceptionFacts("a threat to security, health, environment or consumers", needs=Needs.FACT),
    NoHearing.IMPLEMENTATION: ExceptionFacts("it secures the implementation of another decision", needs=Needs.DECISION),
    NoHearing.INVESTIGATION: ExceptionFacts("investigations of fraud would be prejudiced", needs=Needs.FACT),
    NoHearing.DELEGATED: ExceptionFacts(
        "an application is not accepted, goods are not loaded, the Commission has decided, or an EORI number is"
        " invalidated (DA art. 10)", here=False,
    ),
}  # fmt: skip
"""The points of UCC art. 22(6), second subparagraph. What is not here is refused: the person is heard."""


@dataclass(frozen=True, slots=True)
class Against:
    """Why an act is not possible: reason, article, and what is."""

    reason: str
    article: str
    possible: tuple[str, ...] = ()


def article_of(type: DecisionType, act: ActKind, ground: Ground) -> str:
    """The article by which an act is taken on a ground; a ruling is annulled by its own (UCC art. 34(4))."""
    if type is DecisionType.BTI and (act, ground) == (K.ANNUL, G.INCORRECT):
        return "UCC art. 34(4)"
    return GROUNDS[act, ground].article


def possible(state: State, type: DecisionType, *, waits: bool) -> tuple[ActKind, ...]:
    """The acts that a decision of a type permits in a state. waits: for formalities, which an officer may notify."""
    may = BY_STATE.get(state, frozenset()) & TYPES[type].managed
    return tuple(each for each in ActKind if each in may and (waits or each is not K.COMMENCE))


def against(state: State, type: DecisionType, act: ActKind, ground: Ground, *, waits: bool) -> Against | None:
    """Why an act cannot be taken on a decision in this state; None where it can."""
    may = tuple(each.value for each in possible(state, type, waits=waits))
    if act in (K.GRANT, K.REFUSE):
        return Against(f"To {act} belongs to the procedure on an application.", "UCC art. 22(3)", may)
    if act not in TYPES[type].managed:
        return Against(f"Nobody can {act} a decision of type {type}.", "UCC art. 34(5), (6), DA 2015/2446 art. 22", may)
    if ground is Ground.REQUEST and not TYPES[type].on_request:
        return Against(f"A decision of type {type} is not given back: nobody may {act} it on request.", NOT_ON_REQUEST,
                       may)  # fmt: skip
    if act not in BY_STATE.get(state, frozenset()):
        article = WHAT_FORBIDS.get(state, "UCC art. 22(3)")
        return Against(f"Nobody can {act} what is in state {state.value}.", article, may)
    if act is K.COMMENCE and not waits:
        return Against(
            "It waits for no formalities: its day is known.", GROUNDS[K.COMMENCE, G.FORMALITIES].article, may
        )
    if (act, ground) not in GROUNDS:
        grounds = ", ".join(g.value for a, g in GROUNDS if a is act)
        return Against(f"{ground.value.capitalize()} is no ground on which to {act}; its grounds are {grounds}.",
                       GROUNDS[act, next(g for a, g in GROUNDS if a is act)].article, may)  # fmt: skip
    return None


def state_after(act: ActKind, criterion: Criterion | None = None) -> State:
    """In which state a case is once an act has taken effect; what is revoked in part goes on with the rest."""
    if act is K.REVOKE and criterion is not None:
        return S.IN_FORCE
    match act:
        case K.REFUSE:
            return S.REFUSED
        case K.SUSPEND:
            return S.SUSPENDED
        case K.REVOKE:
            return S.REVOKED
        case K.ANNUL:
            return S.ANNULLED
        case K.GRANT | K.AMEND | K.LIFT | K.RESTORE | K.COMMENCE:
            return S.IN_FORCE


def unheard(type: DecisionType, said: NoHearing | None) -> str:
    """The article by which nobody is heard before an adverse act; empty where the person is."""
    if TYPES[type].no_hearing:
        return TYPES[type].no_hearing
    return f"{HEARD}({said.value})" if said is not None else ""


def against_exception(type: DecisionType, said: NoHearing | None, fact: str, *, heard_in: bool) -> Against | None:
    """Why an exception from the hearing does not hold; None where it does, or none is claimed.

    fact: what the officer says that it rests on. heard_in: whether that is a decision about which the person was heard.
    """
    if said is None or TYPES[type].no_hearing:
        return None
    excepted = EXCEPTIONS[said]
    if not excepted.here or (excepted.types and type not in excepted.types):
        reason = f"Point ({said.value}) is about something else: {excepted.says}. Its holder is heard."
        return Against(reason, HEARD)
    if excepted.needs is not Needs.NOTHING and not fact.strip():
        return Against(f"Point ({said.value}) needs more than a word. {excepted.needs.value}", HEARD)
    if excepted.needs is Needs.DECISION and not heard_in:
        return Against(f"{fact} is no decision about which this person was heard, as far as is known here.", HEARD)
    return None


FOR_MEASURES: Final = frozenset({G.REMEDY, G.REQUEST})
"""Suspensions in which the holder takes measures within a period that he notified (DA art. 16(1)(b), (c))."""
SUSPECTED_BY: Final = "UCC art. 39(a)"
"""The criterion of which a serious infringement is a doubt."""


def against_suspecting(type: DecisionType) -> Against | None:
    """Why a decision of this type is not suspended until an infringement is established; None where it is."""
    if SUSPECTED_BY in TYPES[type].criteria:
        return None
    return Against(f"A decision of type {type} does not rest on {SUSPECTED_BY}.", "DA 2015/2446 art. 17(1)")


def parts_lost(state: State, acts: Iterable[tuple[ActKind, Criterion | None]]) -> frozenset[DecisionType]:
    """The kinds of an authorisation of both that do not hold: by acts in effect, each with its criterion."""
    lost: set[DecisionType] = set()
    suspended: DecisionType | None = None
    for kind, criterion in acts:
        part = PARTS[criterion] if criterion is not None else None
        if kind is K.REVOKE and part is not None:
            lost.add(part)
        if kind is K.SUSPEND:
            suspended = part
    if state is S.SUSPENDED and suspended is not None:
        lost.add(suspended)
    return frozenset(lost)
