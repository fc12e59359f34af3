"""The register: every delivered state of an operator stays; the last one delivered answers."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from douane.applications.eori.messages import OperatorEntry
from douane.author import ADMINISTRATIONS, EVERYBODY
from douane.author.needs import REGISTERED, supplied
from douane.author.run import FULL, PUBLIC, Final, FinalView, Place, Provision, Value, View, record


class RegisteredOperator(Struct, frozen=True, kw_only=True):
    """An operator as administrations have it."""

    eori: str
    valid_from: dt.date
    valid_to: dt.date | None
    vat: tuple[str, ...]
    publish: bool
    name: str
    street: str
    postal_code: str
    city: str
    country: str


class PublishedOperator(Struct, frozen=True, kw_only=True):
    """An operator who agreed that name and address are shown."""

    eori: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str


def _registered(kept: Operator, _place: Place) -> RegisteredOperator:
    return RegisteredOperator(
        eori=kept.eori, valid_from=kept.valid_from, valid_to=kept.valid_to, vat=kept.vat, publish=kept.publish,
        name=kept.name, street=kept.street, postal_code=kept.postal_code, city=kept.city, country=kept.country,
    )  # fmt: skip


def _published(kept: Operator, _place: Place) -> PublishedOperator | None:
    if not kept.publish:
        return None
    return PublishedOperator(
        eori=kept.eori, name=kept.name, street=kept.street, postal_code=kept.postal_code, city=kept.city,
        country=kept.country,
    )  # fmt: skip


OPERATORS = Final(
    "economic_operators",
    title="Economic operators",
    legal=("UCC art. 9", "IA art. 7(1)"),
    purpose="Identification of whoever declares goods, in every administration",
    retention="While registered, and as long as its administration keeps it: the sources name no period",
    provision=Provision.CENTRAL,
    decision="docs/decisions/0105-data-sets.md",
    key=lambda kept, _: kept.eori,
    order=lambda kept: kept.delivered_at,
    of=("eori", "delivered_at", "vat", "valid_from", "valid_to", "publish", "name", "street", "postal_code", "city",
        "country"),
    views=(FinalView(FULL, _registered, ADMINISTRATIONS), FinalView(PUBLIC, _published, EVERYBODY)),
)  # fmt: skip
"""Of each number what was delivered last. Consent is for publication alone (element 9 of DA Annex 12-01)."""


@record(90, indexes={"by_eori": ("eori", "delivered_at"), "by_vat": ("vat", "delivered_at")}, final=OPERATORS)
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


@supplied(REGISTERED)
def is_registered(view: View, eori: str) -> bool:
    """Whether a number is valid today."""
    found = registered(view, eori)
    return found is not None and found.valid_on(view.today())


def with_vat(view: View, vat: str) -> Operator | None:
    """The operator that has a VAT number now: a former holder's older record does not count."""
    found, _ = view.find(Operator, "by_vat", vat, limit=20, reverse=True)
    for _, operator in found:
        present = registered(view, operator.eori)
        if present is not None and vat in present.vat:
            return present
    return None
