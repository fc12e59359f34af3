"""The register: every delivered state of an operator stays; the last one delivered answers."""

from __future__ import annotations

import datetime as dt

from douane.applications.eori.messages import OperatorEntry
from douane.runtime.store.queries import View
from douane.runtime.store.records import Value, record


@record(90, indexes={"by_eori": ("eori", "delivered_at"), "by_vat": ("vat", "delivered_at")})
class Operator(Value, frozen=True):
    """An operator as one delivery stated it; the case is the delivery."""

    eori: str
    delivered_at: int
    vat: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    publish: bool
    name: str
    street: str
    postal_code: str
    city: str
    country: str

    def valid_on(self, day: dt.date) -> bool:
        """Whether the number is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(
            part for part in (self.street, f"{self.postal_code} {self.city}".strip(), self.country) if part
        )


def operator_of(entry: OperatorEntry, delivered_at: int) -> Operator:
    """What is kept of a delivered record."""
    return Operator(
        entry.eori, delivered_at, entry.vat, entry.valid_from, entry.valid_to, entry.publish, entry.legal_name,
        entry.street_and_number, entry.post_code, entry.town, entry.country,
    )  # fmt: skip


def registered(view: View, eori: str, known_at: int | None = None) -> Operator | None:
    """An operator as it was delivered last, or last until an instant (microseconds)."""
    high = None if known_at is None else known_at + 1
    found, _ = view.find(Operator, "by_eori", eori, high=high, limit=1, reverse=True)
    return found[0][1] if found else None


def with_vat(view: View, vat: str) -> Operator | None:
    """The operator that has a VAT number now: a former holder's older record does not count."""
    found, _ = view.find(Operator, "by_vat", vat, limit=20, reverse=True)
    for _, operator in found:
        present = registered(view, operator.eori)
        if present is not None and vat in present.vat:
            return present
    return None
