"""What is kept of a guarantee: its terms and ledger, and one reservation for each movement that uses it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct

from douane.applications.guarantees.contract import GUARANTOR, HOLDER
from douane.applications.guarantees.messages import Guarantor
from douane.applications.guarantees.rules.ledgers import Ledger, Reservation, Terms
from douane.author import ActorKind, Members, Says, issuer_of_grn, trader
from douane.author.run import FULL, Asker, Case, Final, FinalView, Place, Provision, Value, record
from douane.standards.ncts.phase5 import CD200C, CD203C


class GuaranteeFacts(Struct, frozen=True, kw_only=True):
    """The general data of a guarantee. Access codes, limits and use never leave its office."""

    grn: str
    type: str
    holder: str
    office: str
    valid_from: dt.date
    valid_until: dt.date | None
    excluded_countries: tuple[str, ...]


def _general(kept: Guarantee, _place: Place) -> GuaranteeFacts:
    terms = kept.terms
    return GuaranteeFacts(
        grn=kept.grn, type=terms.type, holder=kept.holder, office=kept.office, valid_from=terms.valid_from,
        valid_until=terms.valid_until, excluded_countries=terms.excluded_countries,
    )  # fmt: skip


GENERAL_DATA = Final(
    "guarantees",
    title="General data of guarantees",
    legal=("UCC art. 95", "IA art. 155"),
    purpose="Whether a guarantee that a declaration names exists, and whose it is",
    retention="At least three years from the end of the year in which its last use ended (UCC art. 51)",
    provision=Provision.DISTRIBUTED,
    decision="docs/decisions/0105-data-sets.md",
    key=lambda kept, _: kept.grn,
    whose=issuer_of_grn,
    of=("grn", "holder", "office", "terms"),
    views=(FinalView(FULL, _general, frozenset({ActorKind.MEMBER_STATE, ActorKind.OFFICER})),),
)
"""The ledger is none of it: a movement that uses a guarantee changes nothing here."""


def parties_of(kept: Guarantee) -> Members:
    """Whose debt it covers, and who answers for it."""
    holder = (trader(kept.holder), HOLDER)
    return (holder, (trader(kept.guarantor.identification), GUARANTOR)) if kept.guarantor else (holder,)


@record(
    30,
    indexes={"by_holder": ("holder", "grn")},
    case=Case(parties_of, office="office"),
    final=GENERAL_DATA,
)
class Guarantee(Value, frozen=True):
    """A registered guarantee; the case is its GRN.

    accepted: when it was registered; 0 where that was not kept. percentage: of the reference amount, where it is
    reduced.
    """

    grn: str
    holder: str
    office: str
    terms: Terms
    ledger: Ledger
    accepted: int = 0
    guarantor: Guarantor | None = None
    percentage: int = 100
    authorisation: str = ""
    """The decision on which it rests; empty where none is told."""
    master_code: str = ""
    """With which the holder changes the access code; empty: he cannot."""


@record(31)
class Held(Value, frozen=True):
    """What one movement holds of a guarantee; the local part of its key is the MRN.

    locked_on: the day of acceptance; None where an earlier release did not keep it. covered, arrived: what it covered,
    and when the goods arrived, of a movement that is over.
    """

    reservation: Reservation
    locked_on: dt.date | None = None
    covered: Decimal = Decimal(0)
    arrived: dt.datetime | None = None


class Tried(Struct, frozen=True):
    """How often in an hour. ends: when the hour is over (microseconds)."""

    ends: int
    wrong: int
    by: tuple[tuple[str, int], ...] = ()
    """The first senders of it, each with how often."""


@record(96)
class Tries(Value, frozen=True):
    """Who named a guarantee with a wrong access code lately: of its holder's side, and of other holders."""

    own: Tried = Tried(0, 0)
    others: Tried = Tried(0, 0)


@record(33, case=Case(lambda kept: ((trader(kept.guarantor.identification), GUARANTOR),), office="office"))
class Undertaking(Value, frozen=True):
    """A guarantor's undertaking for the vouchers that he sells (IA art. 160); the case is its number.

    valid_until: the last day on which he may sell; None without end.
    """

    grn: str
    office: str
    guarantor: Guarantor
    valid_from: dt.date
    valid_until: dt.date | None = None


@record(32, case=Case(lambda kept: ((trader(kept.holder), HOLDER),), office="office"))
class Carnet(Value, frozen=True):
    """A registered TIR carnet; the case is its number."""

    carnet: str
    tir_holder: str
    holder: str
    association: str
    office: str
    valid_to: dt.date
    limit: Decimal


@record(34)
class Relying(Value, frozen=True):
    """That the decision behind a guarantee is asked of a register which another node keeps.

    asked: the statutory instant that the last question is about. says: whether that decision may be used, as far as is
    known. waited_for: whether somebody waits for the answer.
    """

    decision: str
    asked: int = 0
    says: Says = Says.NOT_KNOWN
    waited_for: bool = True


@record(35)
class Waiting(Value, frozen=True):
    """A use, or a question whether there is cover, that waits for that; the local part of its key is ``local``.

    at: the statutory instant of its decision. since: the machine's instant from which on it has waited.
    """

    asker: Asker
    at: int
    since: int
    use: CD203C | None = None
    check: CD200C | None = None

    @property
    def message(self) -> CD203C | CD200C:
        """What was asked."""
        found = self.use if self.use is not None else self.check
        assert found is not None
        return found

    @property
    def mrn(self) -> str:
        """Of which movement."""
        return self.message.transit_operation.mrn

    @property
    def local(self) -> bytes:
        """One for each movement and kind: what is asked again takes the place of what was asked."""
        return use_of(self.mrn) if self.use is not None else f"check {self.mrn}".encode()


def use_of(mrn: str) -> bytes:
    """Where a use that waits is kept."""
    return f"use {mrn}".encode()
