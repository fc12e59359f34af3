"""Summaries of cases as final data: each keeper keeps its own, made with the case index in the same commit.

A case has one from the moment at which a party outside spoke in it by the centre, and as long as there is the case.
What a party does at the door of its keeper alone is told to nobody (decision 0340), unless it asks for that by the
centre; then until it wants it no more (decision 0362).
"""

from __future__ import annotations

from typing import Final as Constant

from douane.model.caller import PartyKind
from douane.model.circles import ActorKind
from douane.runtime.store.final import Final, FinalView, Place, Provision
from douane.runtime.store.records import CaseEntry, Counted, Parties, Value, record
from douane.vocabulary.case_summaries import CENTRAL_NODE, DATA_SET, VIEW, Part, Told, key_of

OUTSIDE: Constant = frozenset({PartyKind.TRADER, PartyKind.THIRD_COUNTRY, PartyKind.PARTNER_SERVICE})
"""Whose cases are told: an administration has its own at its own system."""


def _said(kept: Summary, _place: Place) -> Told | None:
    limit = kept.limit
    if not kept.reference:  # customs gave it no name yet: nobody could ask for it
        return None
    return Told(
        kept.administration, kept.kind, kept.reference, kept.operation, kept.began, kept.state, kept.office,
        kept.deadline, limit.limit if limit else "", kept.article, limit.place if limit else "",
        limit.event if limit else 0, kept.turn, kept.turn_office, kept.parties, kept.changed, kept.changed_by_law,
    )  # fmt: skip


SUMMARIES = Final(
    DATA_SET,
    title="Summaries of cases",
    legal=("UCC art. 6(1)", "UCC art. 16(1)"),
    purpose="What the parties of a case see of it at the centre by which they sent, while another system keeps it",
    retention="As long as the case itself at its keeper (UCC art. 51); it is deleted in the same act",
    provision=Provision.DISTRIBUTED,
    decision="docs/decisions/0340-a-summary-that-the-keeper-tells.md",
    key=lambda kept, place: key_of(kept.administration, kept.kind, kept.reference or place.case),
    whose=lambda key: key[:2] if key[2:3] == "/" else "",
    of=("kind", "reference", "state", "office", "deadline", "limit", "turn", "turn_office", "parties"),
    views=(FinalView(VIEW, _said, frozenset({ActorKind.COMMISSION}), role=CENTRAL_NODE),),
)


@record(60_022, final=SUMMARIES)
class Summary(Value, frozen=True):
    """What is told of a case (``Told``), once customs gave it a name. It stands here from the moment at which a party
    spoke by the centre."""

    administration: str
    kind: str
    reference: str
    operation: str
    began: int
    state: str
    office: str
    deadline: int
    limit: Counted | None
    article: str
    turn: str
    turn_office: str
    parties: tuple[Part, ...]
    changed: int
    changed_by_law: int


@record(60_023)
class OneView(Value, frozen=True):
    """Whether a party of a case asked that it be told; kept under its name (``followed_by``)."""

    wanted: bool


def followed_by(party: str) -> bytes:
    """Under which part of a case its party's wish is kept."""
    return party.encode()


def issued(entry: CaseEntry) -> tuple[str, str] | None:
    """The first name of a case that customs gave, with its kind; what a sender chose is scoped by him, and is none."""
    return next((name for name in entry.aliases if "/" not in name[1]), None)


def outside(parties: Parties | None) -> tuple[Part, ...]:
    """The parties of a case that are no administrations."""
    members = parties.members if parties is not None else ()
    found = (Part(each.party.name, each.role) for each in members if each.party.kind in OUTSIDE)
    return tuple(dict.fromkeys(found))
