"""Messages of guarantees that are not in a published family: registration and account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.model.parties import Acting

GrnText = Annotated[str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]([A-Z][0-9]{6})?\Z", title="GRN",
                              extra={"element": "99 02 000 000"})]  # fmt: skip


class GuaranteeRegistration(msgspec.Struct, frozen=True):
    """Register a guarantee. ``type`` as in CL251; ``limit`` in ``currency``; ``access_code`` is asked with each use."""

    grn: GrnText
    type: Annotated[str, Meta(pattern=r"\A[0-9A-Z]\Z", extra={"code_list": "CL251"})]
    holder: Annotated[str, Meta(max_length=17, title="EORI of the holder", extra={"confidential": True})]
    access_code: Annotated[str, Meta(min_length=1, max_length=4, extra={"confidential": True})]
    limit: Decimal
    valid_from: dt.date
    officer: Acting = ""
    currency: str = "EUR"
    valid_to: dt.date | None = None
    excluded_countries: tuple[str, ...] = ()
    office: str = ""
    """The office of guarantee; without it the office that the GRN names."""


class GuaranteeRegistered(msgspec.Struct, frozen=True):
    """The guarantee is registered and may be used."""

    grn: str
    office: str


class GuaranteeNotRegistered(msgspec.Struct, frozen=True):
    """The guarantee is not registered; each reason says what to mend."""

    grn: str
    reasons: tuple[str, ...]


class GuaranteeQuery(msgspec.Struct, frozen=True):
    """Ask for the account of a guarantee."""

    grn: GrnText


class GuaranteeAccount(msgspec.Struct, frozen=True):
    """Limit, what is reserved for which movements, and what is available."""

    grn: str
    holder: str
    currency: str
    limit: Decimal
    reserved: Decimal
    available: Decimal
    movements: tuple[str, ...]
