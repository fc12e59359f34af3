"""What is kept: one record an authorisation, with every act that was ever stated. Acts are added, never changed."""

from __future__ import annotations

from douane.applications.authorisations.contract import HOLDER
from douane.applications.authorisations.messages import AuthorisationStated, AuthorisationType, Condition, State
from douane.model.parties import trader
from douane.runtime.store.records import Case, Value, record
from douane.vocabulary.time import instant


class KeptAct(Value, frozen=True):
    """An act; instants in microseconds. effect_to: 0 where it has no end. known_at: when the register learnt of it."""

    number: int
    state: State
    effect_from: int
    effect_to: int
    known_at: int
    member_states: tuple[str, ...]
    conditions: tuple[Condition, ...]
    ground: str
    position: int
    """Of the message that stated it: who said so stands in the journal."""


@record(
    150,
    indexes={"by_holder": ("holder", "type", "reference")},
    case=Case(lambda kept: ((trader(kept.holder), HOLDER),), state="state", states=State),
)
class GrantedAuthorisation(Value, frozen=True):
    """An authorisation; the case is its reference. ``state``: what the last act made of it, for lists alone."""

    reference: str
    type: AuthorisationType
    holder: str
    state: State
    acts: tuple[KeptAct, ...] = ()


def act_of(m: AuthorisationStated, *, known_at: int, position: int) -> KeptAct:
    """What is kept of an act."""
    return KeptAct(
        m.number, m.state, instant(m.effect_from), instant(m.effect_to) if m.effect_to is not None else 0, known_at,
        m.member_states, m.conditions, m.ground, position,
    )  # fmt: skip
