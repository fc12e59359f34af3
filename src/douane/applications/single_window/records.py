"""What the single window keeps: agreements, certificates with their ledger, and each use of a certificate."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Any

from douane.applications.single_window.contract import HOLDER, KEEPING, USER, partner
from douane.applications.single_window.messages import Decision, Keeper, Outcome, Purpose, Reason
from douane.applications.single_window.rules import Hold, Lines, Terms
from douane.author import OFFICE_OF, Members, administration, trader
from douane.author.run import Asker, Case, Value, record


@record(120, indexes={"by_type": ("types", "agreed_at")})
class PartnerSystem(Value, frozen=True):
    """An agreement as it was recorded; the last one that names a type is in force for it. The case is the record."""

    party: str
    title: str
    types: tuple[str, ...]
    agreed_at: int
    keeper: Keeper
    basis: str
    patience: int
    ended: bool


class Standing(enum.StrEnum):
    """Whether a certificate can be used."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"


class UseState(enum.StrEnum):
    """Where a use of a certificate stands: asked about, then what the verdict says (``Outcome``)."""

    ASKED = "asked"
    VALID = Outcome.VALID.value
    RESERVED = Outcome.RESERVED.value
    REFUSED = Outcome.REFUSED.value
    UNAVAILABLE = Outcome.UNAVAILABLE.value
    WRITTEN_OFF = Outcome.WRITTEN_OFF.value
    GIVEN_BACK = Outcome.GIVEN_BACK.value
    UNCHANGED = Outcome.UNCHANGED.value


@record(
    121, indexes={"by_holder": ("holder", "type", "number")}, later=("by_holder",),
    case=Case(
        lambda kept: ((partner(kept.partner), KEEPING), (trader(kept.holder), HOLDER)), state="state", states=Standing
    ),
)  # fmt: skip
class Certificate(Value, frozen=True):
    """A certificate whose quantities are kept here; the case is its type and number."""

    type: str
    number: str
    partner: str
    holder: str
    version: int
    terms: Terms
    lines: Lines
    state: str = "valid"


@record(122)
class Held(Value, frozen=True):
    """What one use holds of a certificate; the local part of its key is the reference."""

    reference: str
    hold: Hold


def taking_part(kept: Any) -> Members:
    """Who asked, and whose certificate it is."""
    return (administration(kept.asked_by.removeprefix(OFFICE_OF)), USER), (partner(kept.partner), KEEPING)


@record(123, case=Case(taking_part, office="office", state="state", deadline="deadline", states=UseState))
class CertificateUse(Value, frozen=True):
    """One use of a certificate line: asked about, reserved, ended.

    States: asked, then an outcome of the verdict. ``partner`` is empty where no agreement is in force.
    """

    reference: str
    purpose: Purpose
    asked_by: str
    asker: Asker
    office: str
    mrn: str
    item: int
    type: str
    number: str
    line: int
    holder: str
    commodity: str
    quantity: Decimal
    unit: str
    day: dt.date
    keeper: Keeper | None = None
    partner: str = ""
    patience: int = 0
    state: str = "asked"
    outcome: Outcome | None = None
    reasons: tuple[Reason, ...] = ()
    decision: Decision | None = None
    used: Decimal = Decimal(0)
    deadline: int = 0

    @property
    def asked_for(self) -> tuple[object, ...]:
        """What was asked: the same whenever it is asked again."""
        return (self.reference, self.holder, self.commodity, self.quantity, self.unit, self.day, self.office)
