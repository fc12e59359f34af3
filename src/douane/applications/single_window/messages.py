"""Messages of the single window: certificates and their quantities, questions about them, what customs decided.

The exchange with a partner's system is [D]: the published regulations name its content (Regulation (EU) 2022/2399,
Articles 5 to 7), not its messages. Quantities are in the certificate's own unit; nothing is converted.
"""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

DocumentType = Annotated[
    str,
    Meta(
        pattern=r"\A[0-9A-Z]{4}\Z",
        title="Type of supporting document",
        extra={"element": "12 03 002 000", "code_list": "CL213"},
    ),
]
DocumentNumber = Annotated[
    str,
    Meta(pattern=r"\A[!-~]{1,70}\Z", title="Number of the certificate", extra={"element": "12 03 001 000"}),
]
LineNumber = Annotated[int, Meta(ge=1, le=99_999, title="Line of the certificate", extra={"element": "12 03 013 000"})]
Unit = Annotated[str, Meta(pattern=r"\A[A-Z]{3}[A-Z]?\Z", title="Measurement unit", extra={"element": "12 03 005 000"})]
Quantity = Annotated[Decimal, Meta(title="Quantity", extra={"element": "12 03 006 000", "format": "n..16,6"})]
Commodity = Annotated[str, Meta(pattern=r"\A[0-9]{4,10}\Z", title="Commodity code", extra={"element": "18 09 000 000"})]
Holder = Annotated[str, Meta(min_length=3, max_length=17, title="EORI of the holder", extra={"confidential": True})]
MrnText = Annotated[
    str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{14}\Z", title="MRN", extra={"element": "12 01 001 000"})
]
Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Customs office", extra={"code_list": "CL141"})]
Reference = Annotated[str, Meta(min_length=1, max_length=150, title="Reference of one use of a certificate line")]


def positive(quantity: Decimal | None) -> None:
    """Refuse a quantity that is no positive number of at most 16 digits, six of them decimals. Raises ValueError."""
    if quantity is None:
        return
    if not quantity.is_finite() or quantity <= 0:
        raise ValueError("a quantity is greater than zero")
    if quantity >= 10**10 or quantity != round(quantity, 6):
        raise ValueError("a quantity has at most ten digits before the point and six after it")


class Keeper(enum.Enum):
    """Who keeps the quantities of a certificate."""

    CUSTOMS = "customs"
    """The partner delivers its certificates; the ledger is here."""
    PARTNER = "partner"
    """The certificates stay with the partner; it is asked by message."""


class Reason(enum.Enum):
    """Why a certificate does not cover a declared use, or a message about it changes nothing."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    OTHER_HOLDER = "other_holder"
    UNKNOWN_LINE = "unknown_line"
    OTHER_COMMODITY = "other_commodity"
    OTHER_UNIT = "other_unit"
    NOT_ENOUGH = "not_enough"
    NO_PARTNER = "no_partner"
    """No agreement with a partner for this type of document is in force."""
    NO_ANSWER = "no_answer"
    """The partner did not answer within the time agreed."""
    REPEATED = "repeated"
    """Under this reference something else was asked before."""
    OTHER_PARTNER = "other_partner"
    """The certificate's type is another partner's, or the partner keeps its certificates itself."""
    OLD_VERSION = "old_version"
    USED_UP = "used_up"
    """More of a line is reserved or written off than the change would leave."""
    NOT_OPEN = "not_open"
    """No reservation is open under this reference."""


class Purpose(enum.Enum):
    """What a question about a certificate is for."""

    CHECK = "check"
    RESERVE = "reserve"


class Outcome(enum.Enum):
    """What customs is told about its use of a certificate."""

    VALID = "valid"  # checked, nothing reserved
    RESERVED = "reserved"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"  # nobody could say: the office decides on the paper, and tells the partner afterwards
    WRITTEN_OFF = "written_off"
    GIVEN_BACK = "given_back"
    UNCHANGED = "unchanged"  # what was to be written off or given back is not open; nothing was changed


class Decision(enum.Enum):
    """What customs decided about goods for which a certificate was to be used."""

    RELEASED = "released"
    NOT_RELEASED = "not_released"
    INVALIDATED = "invalidated"
    AMENDED = "amended"  # a later version of the declaration uses another quantity, line or certificate


# --- the partner's certificates ---------------------------------------------------------------------------------------


class SingleWindowAgreement(Struct, frozen=True):
    """What was agreed with a partner: which certificates are its own, who keeps their quantities, how long to wait.

    party: the partner's id in the register. patience: seconds until its silence counts as no answer. The latest
    agreement that names a type of document is the one in force for it; ``ended`` takes its types out of use.
    """

    party: Annotated[str, Meta(min_length=1, max_length=64)]
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    types: Annotated[tuple[DocumentType, ...], Meta(min_length=1, max_length=99)]
    keeper: Keeper
    basis: Annotated[str, Meta(min_length=1, max_length=512, title="Legal basis")]
    patience: Annotated[int, Meta(ge=1, le=604_800)] = 1_800
    ended: bool = False


class AgreementKept(Struct, frozen=True):
    """The agreement is in force."""

    party: str
    types: tuple[str, ...]


class AgreementNotKept(Struct, frozen=True):
    """The agreement is not in force: these types are no certificates of the single window."""

    party: str
    types: tuple[str, ...]


class CertificateLine(Struct, frozen=True):
    """What a certificate covers: goods of a commodity (and of everything under its code), up to a quantity."""

    line: LineNumber
    commodity: Commodity
    quantity: Quantity
    unit: Unit

    def __post_init__(self) -> None:
        positive(self.quantity)


class CertificateIssued(Struct, frozen=True):
    """A partner delivers a certificate whose quantities customs is to keep."""

    type: DocumentType
    number: DocumentNumber
    holder: Holder
    valid_from: dt.date
    lines: Annotated[tuple[CertificateLine, ...], Meta(min_length=1, max_length=999)]
    valid_to: dt.date | None = None


class CertificateChanged(Struct, frozen=True):
    """The whole certificate as it is now: a later ``version`` (the delivery was version 1), or its withdrawal."""

    type: DocumentType
    number: DocumentNumber
    version: Annotated[int, Meta(ge=2)]
    holder: Holder
    valid_from: dt.date
    lines: Annotated[tuple[CertificateLine, ...], Meta(min_length=1, max_length=999)]
    valid_to: dt.date | None = None
    withdrawn: bool = False


class CertificateKept(Struct, frozen=True):
    """Customs keeps the certificate in this version."""

    type: str
    number: str
    version: int


class CertificateNotKept(Struct, frozen=True):
    """The delivery or change is refused."""

    type: str
    number: str
    reasons: tuple[Reason, ...]


# --- customs asks -----------------------------------------------------------------------------------------------------


class _Named(Struct, frozen=True):
    """One use of one line of a certificate by one goods item of one version of a declaration."""

    mrn: MrnText
    item: Annotated[int, Meta(ge=1, le=99_999, title="Goods item number", extra={"element": "11 03 000 000"})]
    type: DocumentType
    number: DocumentNumber
    line: LineNumber
    office: Office


class _Declared(_Named, frozen=True):
    """What is declared: judged on ``day``, the decisive date."""

    holder: Holder
    commodity: Commodity
    quantity: Quantity
    unit: Unit
    day: dt.date
    version: Annotated[int, Meta(ge=1, title="Version of the declaration")] = 1

    def __post_init__(self) -> None:
        positive(self.quantity)


class CheckCertificate(_Declared, frozen=True):
    """Would the certificate cover this use? Nothing is reserved."""


class ReserveCertificate(_Declared, frozen=True):
    """Reserve the quantity for this use, all of it or nothing."""


class CertificateVerdict(Struct, frozen=True):
    """The answer to customs."""

    mrn: str
    item: int
    type: str
    number: str
    line: int
    office: str
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


class WriteOffCertificate(_Named, frozen=True):
    """The goods are released: the quantity is used up. Without ``quantity`` all that was reserved; the rest is free."""

    quantity: Quantity | None = None
    version: Annotated[int, Meta(ge=1)] = 1

    def __post_init__(self) -> None:
        positive(self.quantity)


class GiveBackCertificate(_Named, frozen=True):
    """The goods are not released, or their declaration is invalidated or amended: the quantity is free again."""

    decision: Decision
    version: Annotated[int, Meta(ge=1)] = 1


# --- whoever keeps the quantities is asked and told -------------------------------------------------------------------


class CertificateQuestion(Struct, frozen=True):
    """Asked of whoever keeps the quantities: the ledger here, or the partner's system."""

    reference: Reference
    purpose: Purpose
    type: DocumentType
    number: DocumentNumber
    line: LineNumber
    holder: Holder
    commodity: Commodity
    quantity: Quantity
    unit: Unit
    day: dt.date


class CertificateAnswer(Struct, frozen=True):
    """The answer: covered (and reserved, where that was asked) without reasons, else not covered for each of them."""

    reference: Reference
    reasons: Annotated[tuple[Reason, ...], Meta(max_length=20)] = ()


class CustomsDecision(Struct, frozen=True):
    """What customs decided, back to who keeps the quantities and to who issued the certificate.

    ``quantity`` is what was used up; zero where nothing was. It ends whatever was reserved under the reference. Told
    twice, it changes nothing the second time.
    """

    reference: Reference
    type: DocumentType
    number: DocumentNumber
    line: LineNumber
    decision: Decision
    quantity: Annotated[Decimal, Meta(extra={"format": "n..16,6"})]
    unit: Unit
    decided_on: dt.date


# --- desks ------------------------------------------------------------------------------------------------------------


class CertificateQuery(Struct, frozen=True):
    """Ask for the account of a certificate that customs keeps."""

    type: DocumentType
    number: DocumentNumber


class OwnCertificatesQuery(Struct, frozen=True, kw_only=True):
    """Which certificates of mine does customs keep? after: where the page before ended."""

    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class LineBalance(Struct, frozen=True):
    """Where the quantity of a line is: granted = available + reserved + written off."""

    line: int
    commodity: str
    unit: str
    granted: Decimal
    reserved: Decimal
    written_off: Decimal
    available: Decimal


class CertificateAccount(Struct, frozen=True):
    """A certificate with its balances and the references that hold of it."""

    type: str
    number: str
    version: int
    withdrawn: bool
    valid_from: dt.date
    valid_to: dt.date | None
    lines: tuple[LineBalance, ...]
    uses: tuple[str, ...]


class CertificateUsed(Struct, frozen=True):
    """What a use holds of a line: reserved, or written off. reference: declaration, goods item and version, then the
    certificate and its line."""

    reference: str
    line: int
    quantity: Decimal
    written_off: bool


class OwnCertificate(Struct, frozen=True, kw_only=True):
    """A certificate as its holder sees it. partner: whose system delivered it."""

    type: str
    title: str
    number: str
    version: int
    partner: str
    withdrawn: bool
    valid_from: dt.date
    valid_to: dt.date | None
    lines: tuple[LineBalance, ...]
    uses: tuple[CertificateUsed, ...]


class OwnCertificates(Struct, frozen=True, kw_only=True):
    """A page of certificates; ``after``: where the next one begins, empty at the end."""

    certificates: tuple[OwnCertificate, ...]
    after: str = ""
