"""Messages of guarantees that are not in a published family: registration and account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import YES, Acting, Known, Machine

GrnText = Annotated[str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]([A-Z][0-9]{6})?\Z", title="GRN",
                              extra={"element": "99 02 000 000"})]  # fmt: skip


class Guarantor(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for the debt by an undertaking (UCC art. 94), as the undertaking names him."""

    identification: Annotated[str, Meta(pattern=r"\A[A-Z]{2}[\x21-\x7e]{1,15}\Z", title="EORI of the guarantor")]
    name: Annotated[str, Meta(min_length=1, max_length=70, title="Name")]
    street: Annotated[str, Meta(min_length=1, max_length=70, title="Street and number")]
    postcode: Annotated[str, Meta(min_length=1, max_length=17, title="Postcode")]
    city: Annotated[str, Meta(min_length=1, max_length=35, title="City")]
    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country")]


UndertakingGrn = Annotated[str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]\Z", title="GRN of the undertaking",
                                     extra={"element": "99 02 000 000"})]  # fmt: skip


class VoucherUndertaking(msgspec.Struct, frozen=True, kw_only=True):
    """Register that a guarantor undertook to answer for vouchers, which he sells to holders (IA art. 160).

    grn: with which the numbers of his vouchers begin. office: of guarantee, where he undertook; without it the one that
    the GRN names.
    """

    grn: UndertakingGrn
    guarantor: Guarantor
    valid_from: dt.date
    valid_to: Annotated[dt.date | None, Meta(title="Last day on which he may sell")] = None
    office: str = ""
    officer: Acting = ""


class VoucherUndertakingEnd(msgspec.Struct, frozen=True, kw_only=True):
    """No more vouchers are sold: the guarantor cancelled his undertaking, or customs revoked it (DA art. 82(2), (3)).

    notified_on: the day on which the office was told by the guarantor, or the guarantor by the office.
    """

    grn: UndertakingGrn
    notified_on: Annotated[dt.date, Meta(title="Day of the notification")]
    officer: Acting = ""


class VoucherUndertakingKept(msgspec.Struct, frozen=True):
    """The undertaking is kept; ``valid_to``: the last day on which vouchers are sold under it."""

    grn: str
    office: str
    valid_to: dt.date | None


class VoucherUndertakingNotKept(msgspec.Struct, frozen=True):
    """The undertaking is as it was; each reason says what to mend."""

    grn: str
    reasons: tuple[str, ...]


class VoucherSold(msgspec.Struct, frozen=True, kw_only=True):
    """A voucher that its guarantor sold under his undertaking becomes a guarantee of its own.

    message: the identification of the IE224 that told it.
    """

    grn: GrnText
    office: str
    holder: Annotated[str, Meta(max_length=17, title="EORI of the holder", extra={"confidential": True})]
    access_code: Annotated[str, Meta(min_length=1, max_length=4, extra={"confidential": True})]
    issued_on: dt.date
    expires_on: dt.date
    guarantor: Guarantor
    message: str


class GuaranteeRegistration(msgspec.Struct, frozen=True):
    """Register a guarantee. ``type`` as in CL251; ``limit`` in ``currency``; ``access_code`` is asked with each use.

    percentage: of the reference amount that the guarantee is reduced to (DA art. 84). guarantor: of an undertaking.
    """

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
    percentage: Annotated[int, Meta(ge=0, le=100, title="Percentage of the reference amount")] = 100
    guarantor: Guarantor | None = None
    authorisation: Annotated[
        str, Meta(max_length=35, title="Decision on the comprehensive guarantee", extra={"element": "31 06 000 001"})
    ] = ""
    """The decision (CGU, UCC art. 95) on which it rests: while that may not be used, nothing new is covered."""
    master_access_code: Annotated[str, Meta(max_length=4, title="Master access code", extra={"confidential": True})] = (
        ""
    )
    """With which the holder changes the access code by message (IE026); empty: he cannot."""


class GuaranteeRegistered(msgspec.Struct, frozen=True):
    """The guarantee is registered and may be used."""

    grn: str
    office: str


class GuaranteeNotRegistered(msgspec.Struct, frozen=True):
    """The guarantee is not registered; each reason says what to mend."""

    grn: str
    reasons: tuple[str, ...]


class AccessCodeTried(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody named your guarantee with a wrong access code, or for another holder; nothing was covered by it.

    wrong: how often in this hour. others: whether by declarations of other holders, who are told nothing of it.
    until: so long no code is compared; empty where codes are.
    """

    grn: str
    wrong: int
    others: bool
    until: Machine | None = None


class GuaranteeQuery(msgspec.Struct, frozen=True):
    """Ask for the account of a guarantee."""

    grn: GrnText


class OwnGuaranteesQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which guarantees are registered for me? country: of their offices. after: where the page before ended."""

    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State")]
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class GuaranteeLine(msgspec.Struct, frozen=True, kw_only=True):
    """The general data of a guarantee. What is in use of it is asked with its access code (IE034)."""

    grn: str
    type: Annotated[str, Meta(extra={"code_list": "CL251"})]
    office: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    excluded_countries: tuple[str, ...] = ()
    authorisation: str = ""


class GuaranteeLines(msgspec.Struct, frozen=True, kw_only=True):
    """A page of guarantees; ``after``: where the next one begins, empty at the end."""

    lines: tuple[GuaranteeLine, ...]
    after: str = ""
    known: Known = YES


class AnsweredQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which guarantees do I answer for? country: of their offices. after: where the page before ended."""

    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State")]
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class AnsweredLine(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantee that somebody answers for, or his undertaking for vouchers: that has neither type nor holder."""

    grn: str
    type: Annotated[str, Meta(extra={"code_list": "CL251"})] = ""
    holder: str = ""
    office: str
    valid_from: dt.date
    valid_until: dt.date | None = None


class AnsweredLines(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what a guarantor answers for; ``after``: where the next one begins, empty at the end."""

    lines: tuple[AnsweredLine, ...]
    after: str = ""
    known: Known = YES


class GuaranteeAccount(msgspec.Struct, frozen=True):
    """Limit, what is reserved for which movements, and what is available."""

    grn: str
    holder: str
    currency: str
    limit: Decimal
    reserved: Decimal
    available: Decimal
    movements: tuple[str, ...]


CarnetNumber = Annotated[
    str, Meta(pattern=r"\A[A-Z0-9]{1,12}\Z", title="TIR carnet number", extra={"element": "12 01 006 000"})
]


class CoverWaits(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantee covers nothing yet: whether the decision behind it may be used is not known. It is told to the holder
    of the guarantee, and to the office of departure of this node, whose movement waits for it.

    known: since when, and whose register does not say. reason: the same in words, and by which article.
    """

    grn: str
    mrn: str
    decision: str
    known: Known
    reason: str
    article: str


class DecisionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of guarantee says by a document whether the decision behind a guarantee may be used, where its
    register cannot be asked: of all that waits for that now, and of nothing else."""

    grn: GrnText
    officer: Acting = ""
    usable: Annotated[bool, Meta(title="May the decision be used?")]
    proof: Annotated[
        str,
        Meta(
            min_length=1, max_length=140, title="Proof",
            description="What was seen: the decision itself, a letter of the authority that took it.",
        ),
    ]  # fmt: skip


class DecisionNoted(msgspec.Struct, frozen=True, kw_only=True):
    """What waited was answered by what the officer saw."""

    grn: str
    answered: int


class DecisionNotNoted(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was answered: the guarantee is unknown here (90), or nothing waits for its decision (92)."""

    grn: str
    code: str
    reason: str


class CarnetRegistration(msgspec.Struct, frozen=True, kw_only=True):
    """Register a TIR carnet that a guaranteeing association stands for, as the association tells customs.

    tir_holder: identification of the holder of the carnet (FRA/053/26041). holder: his EORI. association: EORI of the
    guaranteeing association. limit: what it is liable for, in euro.
    """

    carnet: CarnetNumber
    tir_holder: Annotated[str, Meta(max_length=17, title="TIR holder", extra={"confidential": True})]
    holder: Annotated[str, Meta(max_length=17, title="EORI of the holder", extra={"confidential": True})]
    association: Annotated[str, Meta(max_length=17, title="EORI of the guaranteeing association")]
    office: Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Office of guarantee")]
    valid_to: dt.date
    limit: Decimal = Decimal(100_000)
    officer: Acting = ""


class CarnetRegistered(msgspec.Struct, frozen=True):
    """The carnet is registered."""

    carnet: str
    association: str


class CarnetNotRegistered(msgspec.Struct, frozen=True):
    """The carnet is not registered; each reason says what to mend."""

    carnet: str
    reasons: tuple[str, ...]


class CarnetQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Ask who stands for a TIR carnet, at the administration of an office of departure."""

    carnet: CarnetNumber
    office: Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Office of departure")]


class CarnetStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a TIR carnet; nothing where it is not registered."""

    carnet: str
    known: Known
    tir_holder: Annotated[str, Meta(extra={"confidential": True})] = ""
    holder: Annotated[str, Meta(extra={"confidential": True})] = ""
    association: str = ""
    limit: Decimal = Decimal(0)
    valid_to: dt.date | None = None


class GuaranteeChange(msgspec.Struct, frozen=True, kw_only=True):
    """Change a guarantee: its reference amount, its last day, or both. The holder is told (IE225)."""

    grn: GrnText
    officer: Acting = ""
    limit: Annotated[Decimal | None, Meta(title="Reference amount, in EUR")] = None
    valid_to: Annotated[dt.date | None, Meta(title="Last day on which it may be used")] = None


class GuaranteeCancellation(msgspec.Struct, frozen=True, kw_only=True):
    """An undertaking ends: its guarantor cancelled it, or customs revoked it (DA art. 82(2), (3)).

    notified_on: the day on which the office was told by the guarantor, or the guarantor by the office.
    """

    grn: GrnText
    officer: Acting = ""
    notified_on: Annotated[dt.date, Meta(title="Day of the notification")]
    reason: Annotated[str, Meta(min_length=1, max_length=512, title="Reason")]


class GuaranteeChanged(msgspec.Struct, frozen=True):
    """The guarantee is changed; ``valid_to``: the last day on which it may be used."""

    grn: str
    limit: Decimal
    valid_to: dt.date | None


class GuaranteeNotChanged(msgspec.Struct, frozen=True):
    """The guarantee stays as it was; each reason says what to mend."""

    grn: str
    reasons: tuple[str, ...]
