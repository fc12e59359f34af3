"""What is kept: one record an authorisation, with every act that was ever stated. Acts are added, never changed."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from msgspec import Struct

from douane.applications.authorisations.contract import HOLDER, authority_of
from douane.applications.authorisations.messages import TYPES, AuthorisationStated, Condition, State
from douane.author import ADMINISTRATIONS, DecisionType, Machine, Statutory, instant, machine, statutory, trader
from douane.author.run import FULL, Case, Final, FinalView, Place, Provision, Value, record


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


class FinalAct(Struct, frozen=True, kw_only=True):
    """An act as administrations have it; grounds stay with the authority."""

    number: int
    state: State
    effect_from: Statutory
    effect_to: Statutory | None
    known_at: Machine
    member_states: tuple[str, ...]
    conditions: tuple[Condition, ...]


class FinalAuthorisation(Struct, frozen=True, kw_only=True):
    """An authorisation with all its acts: it can be asked as of any instant, by what was known at any."""

    reference: str
    type: DecisionType
    holder: str
    acts: tuple[FinalAct, ...]


def _stated(kept: GrantedAuthorisation, _place: Place) -> FinalAuthorisation:
    acts = tuple(
        FinalAct(
            number=act.number, state=act.state, effect_from=statutory(act.effect_from),
            effect_to=statutory(act.effect_to) if act.effect_to else None,
            known_at=machine(act.known_at), member_states=act.member_states, conditions=act.conditions,
        )
        for act in kept.acts
    )  # fmt: skip
    return FinalAuthorisation(reference=kept.reference, type=kept.decision, holder=kept.holder, acts=acts)


AUTHORISATIONS = Final(
    "authorisations",
    title="Authorisations",
    legal=("UCC art. 16(1)", "UCC art. 26", "IA art. 10(1)"),
    purpose="Use of an authorisation in the Member States where it holds",
    retention="At least three years from the end of validity (IA art. 13)",
    provision=Provision.DISTRIBUTED,
    decision="docs/decisions/0105-data-sets.md",
    key=lambda kept, _: kept.reference,
    whose=authority_of,
    of=("reference", "type", "holder", "acts"),
    views=(FinalView(FULL, _stated, ADMINISTRATIONS),),
)


if TYPE_CHECKING:
    KeptType = DecisionType
else:  # the stored form names the types that this register keeps, and no others
    KeptType = enum.StrEnum("KeptType", {each.name: each.value for each in TYPES})


@record(
    150,
    indexes={"by_holder": ("holder", "type", "reference")},
    case=Case(lambda kept: ((trader(kept.holder), HOLDER),), state="state", states=State),
    final=AUTHORISATIONS,
)
class GrantedAuthorisation(Value, frozen=True):
    """An authorisation; the case is its reference. ``state``: what the last act made of it, for lists alone."""

    reference: str
    type: KeptType
    holder: str
    state: State
    acts: tuple[KeptAct, ...] = ()

    @property
    def decision(self) -> DecisionType:
        """The type as others compare it: what was read from a store is of the stored enumeration, not of theirs."""
        return DecisionType(self.type)


def act_of(m: AuthorisationStated, *, known_at: int, position: int) -> KeptAct:
    """What is kept of an act."""
    return KeptAct(
        m.number, m.state, instant(m.effect_from), instant(m.effect_to) if m.effect_to is not None else 0, known_at,
        m.member_states, m.conditions, m.ground, position,
    )  # fmt: skip
