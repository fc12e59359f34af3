"""What is kept of a guarantee: its terms and ledger, and one reservation for each movement that uses it."""

from __future__ import annotations

from douane.applications.guarantees.contract import HOLDER
from douane.applications.guarantees.rules import Ledger, Reservation, Terms
from douane.model.parties import trader
from douane.runtime.store.records import Case, Value, record


@record(
    30,
    indexes={"by_holder": ("holder", "grn")},
    case=Case(lambda kept: ((trader(kept.holder), HOLDER),), office="office"),
)
class Guarantee(Value, frozen=True):
    """A registered guarantee; the case is its GRN."""

    grn: str
    holder: str
    office: str
    terms: Terms
    ledger: Ledger


@record(31)
class Held(Value, frozen=True):
    """What one movement holds of a guarantee; the local part of its key is the MRN."""

    reservation: Reservation
