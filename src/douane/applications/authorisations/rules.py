"""How an authorisation stands at an instant, by what was known at another, and what may be stated about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from douane.applications.authorisations.messages import (
    ENDED,
    TYPES,
    AuthorisationStated,
    Standing,
    State,
    Territory,
)
from douane.author import DecisionReference, DecisionType

_TYPES = {each.value: each for each in TYPES}


class Act(Protocol):
    """What is read of an act; instants in microseconds, ``effect_to`` and 0 there mean that it has no end."""

    @property
    def state(self) -> State: ...
    @property
    def effect_from(self) -> int: ...
    @property
    def effect_to(self) -> int: ...
    @property
    def known_at(self) -> int: ...
    @property
    def member_states(self) -> tuple[str, ...]: ...


def type_of(reference: str) -> DecisionType | None:
    """The type that a reference names after its country; None where the register keeps no such type."""
    named = DecisionReference.trusted(reference).decision_type
    return _TYPES.get(named or "")


def in_force(acts: Sequence[Act], *, valid_at: int, known_at: int) -> int:
    """The place of the act that holds: of those known by then whose period covers the instant, the one known last.

    A later act prevails for its period and no longer: a suspension for a time ends by itself (DA art. 17, 18), and an
    annulment reaches back to where it says. -1 where none holds.
    """
    holding = (
        n for n, act in enumerate(acts)
        if act.known_at <= known_at and act.effect_from <= valid_at and (not act.effect_to or valid_at < act.effect_to)
    )  # fmt: skip
    return max(holding, default=-1)


def standing_of(act: Act, type: DecisionType, *, granted_in: str, begins_in: str, ends_in: str) -> Standing:
    """Whether an authorisation may be used for an operation by the act that holds."""
    if act.state in ENDED:
        return Standing.ENDED
    if act.state is State.SUSPENDED:
        return Standing.SUSPENDED
    if not holds_there(act, type, granted_in=granted_in, begins_in=begins_in, ends_in=ends_in):
        return Standing.OUTSIDE
    return Standing.USABLE


def holds_there(act: Act, type: DecisionType, *, granted_in: str, begins_in: str, ends_in: str) -> bool:
    """The territorial scope (IA art. 313, UCC art. 26).

    Where the law looks at the beginning or at the end, an operation that does not say where that is, is not covered.
    Otherwise every Member State that the operation names must be among those that the authorisation names.
    """
    match TYPES[type].territory:
        case Territory.BEGINS:
            return begins_in == granted_in
        case Territory.ENDS:
            return ends_in == granted_in
        case Territory.STATED:
            named = tuple(each for each in (begins_in, ends_in) if each)
            return bool(named) and all(each in act.member_states for each in named)
        case Territory.UNION:
            return not act.member_states or all(each in act.member_states for each in (begins_in, ends_in) if each)


def act_faults(m: AuthorisationStated, *, holder: str, last: int) -> tuple[str, ...]:
    """Everything that keeps an act from being kept. An authorisation that has ended may be restored (UCC art. 44).

    holder: of the authorisation as it stands, empty before the first act. last: number of the act before.
    """
    found = []
    if type_of(m.reference) is None:
        found.append(
            f"{m.reference} names no type of authorisation after its country; give one such as FRACR2026000001."
        )
    if m.number != last + 1:
        found.append(f"Act {last} is kept last; the next one is number {last + 1}.")
    if holder and m.holder != holder:
        found.append(f"The holder is {holder}; another person needs an authorisation of its own.")
    if m.effect_to is not None and m.effect_to <= m.effect_from:
        found.append("effect_to must be later than effect_from.")
    return tuple(found)
