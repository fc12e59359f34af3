"""Acts on a decision: on which ground, by which article, whether its holder is heard, and what each state permits."""

from __future__ import annotations

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
    (K.SUSPEND, G.REMEDY): GroundFacts("DA 2015/2446 art. 16(1)(b)"),
    (K.SUSPEND, G.DEPENDENCE): GroundFacts("DA 2015/2446 art. 30(1)"),
    (K.SUSPEND, G.REQUEST): GroundFacts("DA 2015/2446 art. 16(1)(c)", adverse=False, asked=True),
    (K.LIFT, G.SETTLED): GroundFacts("DA 2015/2446 art. 18", adverse=False),
    (K.REVOKE, G.CONDITIONS): GroundFacts("UCC art. 28(1)(a)"),
    (K.REVOKE, G.REQUEST): GroundFacts("UCC art. 28(1)(b)", adverse=False, asked=True),
    (K.REVOKE, G.MEASURES): GroundFacts("IA 2015/2447 art. 15"),
    (K.REVOKE, G.LAW): GroundFacts("UCC art. 23(3)"),
    (K.ANNUL, G.INCORRECT): GroundFacts("UCC art. 27(1)"),
    (K.ANNUL, G.LAW): GroundFacts("UCC art. 23(3)"),
    (K.RESTORE, G.APPEAL): GroundFacts("UCC art. 44", adverse=False),
}
"""Each act with the grounds on which it is taken. Restoring follows from an appeal that was allowed."""

BY_STATE: Final[Mapping[State, frozenset[ActKind]]] = {
    S.IN_FORCE: frozenset({K.AMEND, K.SUSPEND, K.REVOKE, K.ANNUL}),
    S.SUSPENDED: frozenset({K.AMEND, K.LIFT, K.REVOKE, K.ANNUL}),
    S.REVOKED: frozenset({K.ANNUL, K.RESTORE}),
    S.ANNULLED: frozenset({K.RESTORE}),
}
"""Which acts a decision permits in each state; none in any other."""

WHAT_FORBIDS: Final[Mapping[State, str]] = {
    S.IN_FORCE: "DA 2015/2446 art. 18",
    S.SUSPENDED: "DA 2015/2446 art. 17",
    S.REVOKED: "UCC art. 28",
    S.ANNULLED: "UCC art. 27",
    S.REFUSED: "UCC art. 44",
    S.NOTIFIED: "UCC art. 22(4)",
}
"""The article that stands against an act in a state; before a decision it is UCC art. 22(3)."""

PARTS: Final[Mapping[Criterion, DecisionType]] = {
    Criterion.COMPETENCE: DecisionType.AEOC, Criterion.SECURITY: DecisionType.AEOS
}  # fmt: skip
"""Which kind of authorisation is lost with a criterion that the other does not need (DA art. 30(3))."""
IN_PARTS: Final = frozenset({K.SUSPEND, K.REVOKE})
_OF_UCC: Final = "UCC art. 22(6)"


@dataclass(frozen=True, slots=True)
class Against:
    """Why an act is not possible: reason, article, and what is."""

    reason: str
    article: str
    possible: tuple[str, ...] = ()


def possible(state: State, type: DecisionType) -> tuple[ActKind, ...]:
    """The acts that a decision of a type permits in a state."""
    return tuple(each for each in ActKind if each in BY_STATE.get(state, frozenset()) & TYPES[type].managed)


def against(state: State, type: DecisionType, act: ActKind, ground: Ground) -> Against | None:
    """Why an act cannot be taken on a decision in this state; None where it can."""
    may = tuple(each.value for each in possible(state, type))
    if act in (K.GRANT, K.REFUSE):
        return Against(f"To {act} belongs to the procedure on an application.", "UCC art. 22(3)", may)
    if act not in TYPES[type].managed:
        return Against(f"Nobody can {act} a decision of type {type}.", "UCC art. 34(5), (6), DA 2015/2446 art. 22", may)
    if act not in BY_STATE.get(state, frozenset()):
        article = WHAT_FORBIDS.get(state, "UCC art. 22(3)")
        return Against(f"Nobody can {act} what is in state {state.value}.", article, may)
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
        case K.GRANT | K.AMEND | K.LIFT | K.RESTORE:
            return S.IN_FORCE


def unheard(type: DecisionType, said: NoHearing | None) -> str:
    """The article by which nobody is heard before an adverse act; empty where the person is."""
    if TYPES[type].no_hearing:
        return TYPES[type].no_hearing
    if said is None:
        return ""
    return f"{_OF_UCC}({said.value})" + (", DA 2015/2446 art. 10" if said is NoHearing.DELEGATED else "")


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
