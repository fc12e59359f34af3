"""Messages of the register of economic operators, and those of the two published check contracts."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import Eori, Known

EoriText = Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number", extra={"element": "13 01 017 000"})]
VatText = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[0-9A-Za-z+*.]{2,12}\Z", title="VAT identification number")]


class OperatorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One economic operator as its administration registered it; name and address are for those who agreed only."""

    eori: EoriText
    legal_name: Annotated[str, Meta(min_length=1, max_length=512, extra={"confidential": True})]
    street_and_number: Annotated[str, Meta(max_length=70, extra={"confidential": True})] = ""
    post_code: Annotated[str, Meta(max_length=17, extra={"confidential": True})] = ""
    town: Annotated[str, Meta(max_length=35, extra={"confidential": True})] = ""
    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL248"})]
    valid_from: dt.date
    valid_to: dt.date | None = None
    vat: tuple[VatText, ...] = ()
    publish: bool = False
    """Whether the operator agreed that name and address are shown."""


class OperatorRecords(msgspec.Struct, frozen=True):
    """Records of an administration: each replaces what was known of its number."""

    operators: Annotated[tuple[OperatorEntry, ...], Meta(min_length=1, max_length=500)]


class OperatorRecordsKept(msgspec.Struct, frozen=True):
    """The records are kept and answer from now on."""

    count: int


class OperatorRecordsRefused(msgspec.Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    reasons: tuple[str, ...]


class EoriCheck(msgspec.Struct, frozen=True):
    """Are these EORI numbers valid today? Texts of any form: what is no number is not valid."""

    eori: Annotated[tuple[Annotated[str, Meta(max_length=35)], ...], Meta(min_length=1, max_length=10)]


class EoriVerdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One number: status 0 is valid, 1 not valid. Name and address stand only where the operator agreed."""

    eori: str
    status: int
    status_descr: str
    error_reason: str | None = None
    name: str | None = None
    address: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None


class EoriVerdicts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The day of the answer (dd/mm/yyyy) and a result for each number asked."""

    request_date: str
    error_description: str | None = None
    result: tuple[EoriVerdict, ...] = ()


class EoriCheckAnswer(msgspec.Struct, frozen=True, rename={"verdicts": "return"}):
    """The answer to a check of EORI numbers."""

    verdicts: EoriVerdicts


class VatCheck(msgspec.Struct, frozen=True, rename="camel"):
    """Is this VAT identification number one of a registered operator?"""

    country_code: str
    vat_number: str


class VatCheckAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The number that was asked for, and whether it is valid; name and address where the operator agreed."""

    country_code: str
    vat_number: str
    request_date: dt.date
    valid: bool
    name: str | None = None
    address: str | None = None


class OperatorQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Is an operator registered? valid_on: the decisive date (today); known_at: by what was known then (now)."""

    eori: Annotated[str, Meta(max_length=35, title="EORI number")]
    valid_on: dt.date | None = None
    known_at: Annotated[dt.datetime, Meta(tz=True)] | None = None


class OperatorStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the number was registered and valid, as far as was known; name and address are not told."""

    eori: str
    known: Known
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
