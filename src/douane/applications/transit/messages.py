"""Messages of transit that are not in a published family: what officers decide at their desk, queries, outcomes."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from douane.author import Acting, Known, Machine, MachineMicros

Reference = Annotated[
    str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{14}\Z", title="MRN", extra={"element": "12 01 000 000"})
]
Office = Annotated[
    str,
    Meta(
        pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Office of transit",
        description="Two letters, then six letters or digits: DE004055.",
    ),
]  # fmt: skip
Text = Annotated[str, Meta(max_length=512)]
Remarks = Annotated[str, Meta(max_length=512, title="Remarks")]


class ControlDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure records what the control of the goods showed; the movement is released or not."""

    mrn: Reference
    officer: Acting = ""
    satisfactory: Annotated[bool, Meta(title="Result of the control")]
    remarks: Remarks = ""
    seals: tuple[str, ...] = ()
    described: Annotated[
        bool,
        Meta(title="Identification of the goods", description="Needed where no seal is on them (IA art. 302, 303(1))."),
    ] = False
    """The description is precise enough to identify the goods without seals."""


class GuaranteeDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure says whether what was declared as guarantee covers the movement, and by what proof."""

    mrn: Reference
    officer: Acting = ""
    accepted: Annotated[bool, Meta(title="Does the guarantee cover the movement?")]
    proof: Annotated[
        str,
        Meta(
            max_length=140, title="Proof",
            description="What was seen: receipt of the deposit, agreement, status of the holder, calculation.",
        ),
    ] = ""  # fmt: skip
    remarks: Remarks = ""


class IdentityDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure says who declares, where no register could be asked, and by what document."""

    mrn: Reference
    officer: Acting = ""
    confirmed: Annotated[bool, Meta(title="Are they who they say, with the power they claim?")]
    proof: Annotated[
        str,
        Meta(
            max_length=140, title="Proof",
            description="What was seen: certificate of registration, power of attorney, answer of the authority.",
        ),
    ]  # fmt: skip


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at an office of transit records that the goods crossed the frontier."""

    mrn: Reference
    office: Office
    officer: Acting = ""
    passed_on: Annotated[dt.date, Meta(title="Day of the passage")]


class PassageRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of an office of transit that was not declared has the goods before him and asks for their record."""

    mrn: Reference
    office: Office
    officer: Acting = ""


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at an office of exit for transit records that the goods left the security area."""

    mrn: Reference
    office: Annotated[Office, Meta(title="Office of exit for transit")]
    officer: Acting = ""
    passed_on: Annotated[dt.date, Meta(title="Day on which the goods left")]


class LeavingRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of an office of exit that was not declared has the goods before him and asks for their record."""

    mrn: Reference
    office: Annotated[Office, Meta(title="Office of exit for transit")]
    officer: Acting = ""


class ArrivalRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of an office of destination that was not declared has the goods and asks for their record."""

    mrn: Reference
    office: Annotated[Office, Meta(title="Office of destination")]
    officer: Acting = ""


class IncidentReport(msgspec.Struct, frozen=True, kw_only=True):
    """An officer on the way records an incident that the carrier told, and what he did about it.

    code: as in CL019, the points (a) to (f) of IA art. 305(1) and (2). seals: new ones. means: of a transhipment, with
    its type and nationality.
    """

    mrn: Reference
    office: Annotated[Office, Meta(title="Office where the incident is registered")]
    officer: Acting = ""
    departure: Annotated[Office, Meta(title="Office of departure, as the accompanying document names it")]
    code: Annotated[str, Meta(pattern=r"\A[1-6]\Z", title="Kind of incident", extra={"code_list": "CL019"})]
    text: Annotated[str, Meta(min_length=1, max_length=512, title="What happened, and what was done")]
    un_locode: Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z2-9]{3}\Z", title="Where: UN/LOCODE")]
    seals: tuple[Annotated[str, Meta(min_length=1, max_length=20)], ...] = ()
    means_type: Annotated[str, Meta(max_length=2, extra={"code_list": "CL750"})] = ""
    means: Annotated[str, Meta(max_length=35, title="Means of transport that the goods go on by")] = ""
    means_nationality: Annotated[str, Meta(max_length=2, extra={"code_list": "CL165"})] = ""


class PassageWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """An administration tells its own offices of transit, or those of exit (``leaving``), what departure told all of
    its offices by one message (G0170)."""

    mrn: Reference
    administration: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
    arrived: bool
    leaving: bool = False


class Lateness(enum.Enum):
    """Whether goods were presented within the limit, as their accompanying document shows it (IA art. 306(3))."""

    IN_TIME = "in time"
    EXCUSED = "late: the delay is not attributable to carrier or holder"
    NOT_EXCUSED = "late: it was not shown that the delay is not attributable to them"


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at destination records what the control showed; ``code`` as in CL197 (A1 satisfactory, A2
    considered satisfactory, A5 minor discrepancies, B1 not satisfactory)."""

    mrn: Reference
    officer: Acting = ""
    code: Annotated[str, Meta(pattern=r"\A[A-Z][0-9]\Z", title="Result of the control", extra={"code_list": "CL197"})]
    remarks: Remarks = ""
    seals_intact: Annotated[bool, Meta(title="Seals in good state, or none expected")] = True
    lateness: Annotated[Lateness, Meta(title="Presented in time")] = Lateness.IN_TIME


class GoodsDisposal(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at destination decides about goods that were not released after their control.

    Regularised goods are released after all (IA art. 247(1)); others are confiscated and sold (UCC art. 198(1)),
    destroyed (197, 198(1)) or abandoned to the State (199).
    """

    mrn: Reference
    officer: Acting = ""
    measure: Annotated[
        Literal["regularised", "confiscated", "destroyed", "abandoned"], Meta(title="What becomes of the goods")
    ]
    remarks: Remarks = ""


class OfficeInvalidation(msgspec.Struct, frozen=True, kw_only=True):
    """The office of departure invalidates a movement on its own initiative, also after release."""

    mrn: Reference
    officer: Acting = ""
    justification: Text


class EnquiryStart(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure begins an enquiry: after the limit for the journey, or before it on suspicion."""

    mrn: Reference
    officer: Acting = ""
    grounds: Annotated[str, Meta(max_length=512, title="Grounds, where the limit is not over (IA art. 310(3))")] = ""


class HolderQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure asks the holder, as what destination replied does not suffice."""

    mrn: Reference
    officer: Acting = ""


class AnswerTime(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure gives the holder of a TIR carnet, who asked for it, 28 more days to answer."""

    mrn: Reference
    officer: Acting = ""


class InformationForOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure sends what the holder said to the office involved, and asks it once more."""

    mrn: Reference
    officer: Acting = ""
    text: Annotated[str, Meta(min_length=1, max_length=512, title="What the holder said, and what is asked")]


class RecoveryTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure asks the authority of another place to recover the duty."""

    mrn: Reference
    officer: Acting = ""
    authority: Annotated[Office, Meta(title="Authority of recovery that is asked")]
    grounds: Annotated[str, Meta(min_length=1, max_length=512, title="Evidence that the debt was incurred there")]


def must_be_positive(amount: Decimal | None) -> None:
    """Raise ValueError for an amount that is none; the type alone cannot say it of a decimal number."""
    if amount is not None and not (amount.is_finite() and amount > 0):
        raise ValueError("An amount is more than 0.")


class EnquiryClosure(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure closes an enquiry, or discrepancies: discharge, or recovery of the duty on the goods.

    amount: in EUR, of a recovery; without one it is determined next (UCC art. 101).
    """

    mrn: Reference
    officer: Acting = ""
    discharged: Annotated[bool, Meta(title="How the enquiry ends")]
    remarks: Remarks = ""
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        must_be_positive(self.amount)


class Proof(enum.Enum):
    """What proves that a procedure was ended (IA art. 312(1), (2))."""

    DESTINATION = "certified by customs at destination"
    LEFT = "certified that the goods left the customs territory"
    THIRD_COUNTRY = "customs document of a third country"
    FREE_CIRCULATION = "stamped by a third country: in free circulation"


class AlternativeProof(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure accepts another proof that the procedure was ended, in an enquiry or a recovery."""

    mrn: Reference
    officer: Acting = ""
    proof: Annotated[Proof, Meta(title="Kind of proof")]
    document: Annotated[str, Meta(min_length=1, max_length=70, title="Reference of the document")]
    remarks: Remarks = ""


class DutyDetermination(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure determines the duty on the goods, in EUR, and on what it is founded."""

    mrn: Reference
    officer: Acting = ""
    amount: Annotated[Decimal, Meta(title="Duty and other charges, in EUR")]
    basis: Annotated[str, Meta(min_length=1, max_length=512, title="How it is found: goods, value, rates")]

    def __post_init__(self) -> None:
        must_be_positive(self.amount)


class GuarantorNotice(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure tells the guarantor that the procedure was not discharged."""

    mrn: Reference
    officer: Acting = ""
    guarantor: Annotated[str, Meta(pattern=r"\A[A-Z]{2}[\x21-\x7e]{1,15}\Z", title="EORI of the guarantor")]


class DutyPayment(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure records that the duty was paid in full."""

    mrn: Reference
    officer: Acting = ""
    amount: Annotated[Decimal, Meta(title="Amount paid, in EUR")]
    paid_by: Annotated[str, Meta(min_length=1, max_length=70, title="Who paid: holder or guarantor")]

    def __post_init__(self) -> None:
        must_be_positive(self.amount)


class InformationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at destination asks what else is known of a movement that is enquired about."""

    mrn: Reference
    officer: Acting = ""
    text: Annotated[str, Meta(min_length=1, max_length=512, title="What is asked")]


class RecoveryDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of the authority that is asked to recover says whether it is competent."""

    mrn: Reference
    officer: Acting = ""
    accepted: Annotated[bool, Meta(title="Whether this authority recovers")]
    remarks: Remarks = ""


class DutyCollection(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of the authority that took a recovery over records that the duty was collected."""

    mrn: Reference
    officer: Acting = ""
    collected_on: Annotated[dt.date, Meta(title="Day of the collection")]
    remarks: Remarks = ""


class DeskRefusal(msgspec.Struct, frozen=True):
    """What an officer decided cannot be recorded: the movement is unknown (90) or elsewhere in its procedure (92)."""

    mrn: str
    code: str
    reason: str


class MovementQuery(msgspec.Struct, frozen=True):
    """Ask for a movement by its MRN, or by the LRN of one's own declaration and the office of departure."""

    mrn: str = ""
    lrn: str = ""
    office: str = ""


class MovementView(msgspec.Struct, frozen=True):
    """A movement as its parties may see it."""

    mrn: str
    lrn: str
    state: str
    office_of_departure: str
    office_of_destination: str
    released_on: dt.date | None
    limit_date: dt.date | None
    discharged_on: dt.date | None
    late_days: int = 0
    not_crossed: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    """What it waits for: whose register does not say what, since when."""


class RegisterNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A trader is told that a register does not say whether he may use a right that he claims, or what it says now.

    claim: the code under which he claims it. known: what the register says. reason: what that means for what he lodged,
    in words, and by which article."""

    claim: str
    reference: str
    known: Known
    lrn: str = ""
    mrn: str = ""
    reason: str
    article: str


class ClaimsQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What was I told as a guarantor? country: of the offices of departure. after: where the page before ended."""

    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State")]
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a guarantor was told of one movement (IE023). told_at: microseconds since 1970."""

    mrn: str
    holder: str
    office: str
    told_at: MachineMicros
    text: str


class ClaimLines(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what a guarantor was told, the latest first; ``after``: where the next one begins."""

    lines: tuple[ClaimLine, ...]
    after: str = ""


class FileQuery(msgspec.Struct, frozen=True):
    """Show what the office of departure knows of a movement."""

    mrn: Annotated[str, Meta(min_length=1, max_length=18, title="MRN")]


class GuaranteeStanding(msgspec.Struct, frozen=True):
    """A guarantee that a movement uses: asked, held or refused, by which office and why."""

    grn: str
    type: str
    state: str
    office: str
    reasons: tuple[str, ...]


class Version(msgspec.Struct, frozen=True):
    """A declaration or amendment as it came. message: its identification. refused: whether it changed nothing."""

    at: Machine
    type: str
    message: str
    by: str
    refused: bool


class Told(msgspec.Struct, frozen=True):
    """A value of a declaration. before: in the version before, where that has another."""

    pointer: str
    label: str
    value: str
    before: str = ""
    changed: bool = False


class Document(msgspec.Struct, frozen=True):
    """An attachment that came with a message. digest: SHA-256 of it."""

    name: str
    media: str
    size: int
    digest: str
    message: str


class MovementFile(msgspec.Struct, frozen=True, kw_only=True):
    """A movement as its office of departure sees it, in one place.

    risk: why goods were chosen, in sentences. controls: codes of CL716. control: code of the result; remarks: of the
    officer. left_to_officer: what of the guarantee he has to say. lines: the declaration as it stands and what the last
    amendment changed; cut: whether there are more than are told.
    """

    mrn: str
    lrn: str
    state: str
    office: str
    destination: str
    transits: tuple[str, ...]
    holder: str
    representative: str
    limit_date: dt.date | None
    guarantees: tuple[GuaranteeStanding, ...]
    left_to_officer: tuple[str, ...]
    risk: tuple[str, ...]
    controls: tuple[str, ...]
    control: str
    remarks: str
    trusted: bool
    versions: tuple[Version, ...]
    lines: tuple[Told, ...]
    cut: bool
    documents: tuple[Document, ...]
    waits: tuple[str, ...] = ()


class MovementOutcome(msgspec.Struct, frozen=True):
    """Final data of a movement, published when it is over: discharged, written off, invalidated, not released; and when
    recovery begins, which a late proof or payment ends."""

    mrn: str
    outcome: str
    office_of_departure: str
    office_of_destination: str
    on: dt.date
