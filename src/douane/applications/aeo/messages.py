"""Messages of authorised economic operators: authorisations and their events, and what is exchanged with a partner.

The exchange with a partner country is [D]: joint decisions on mutual recognition name its content (identifier, name,
address, status and its dates, of those who consent), not its messages.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.author import Eori, Known, Tcuin


class AeoType(enum.Enum):
    """Types of authorisation (UCC art. 38(2); IA art. 33 for both together)."""

    CUSTOMS_SIMPLIFICATIONS = "AEOC"
    SECURITY_AND_SAFETY = "AEOS"
    BOTH = "AEOF"


class State(enum.Enum):
    """Where an authorisation is in its life."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ANNULLED = "annulled"


class Standing(enum.Enum):
    """What a partner is told of an operator, and tells of its own."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    """No member any more, or it no longer consents: forget it."""


NumberText = Annotated[
    str,
    Meta(pattern=r"\A[A-Z]{2}AEO[CSF][!-~]{1,29}\Z", title="Number of the authorisation"),
]
HolderText = Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI of the holder")]
TcuinText = Annotated[str, Meta(pattern=rf"\A{Tcuin.shape}\Z", title="TCUIN of the member")]
CountryText = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL248"})]
AgreementText = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2}-[A-Za-z0-9-]{1,20}\Z", title="Name of the agreement, as US-2012")
]
Name = Annotated[str, Meta(min_length=1, max_length=512, title="Name in Latin letters", extra={"confidential": True})]
Line = Annotated[str, Meta(max_length=70, extra={"confidential": True})]


# --- authorisations ---------------------------------------------------------------------------------------------------


class _Authorisation(Struct, frozen=True, kw_only=True):
    """An authorisation as its administration states it. ``since``: from when the state holds (DA art. 29).

    consent: the holder agreed that its data are exchanged with third countries (Annex A, element 44 07); it may be
    withdrawn at any time. publish: the holder agreed to stand in the public list (element 38 12).
    """

    number: NumberText
    holder: HolderText
    legal_name: Name
    street_and_number: Line = ""
    post_code: Annotated[str, Meta(max_length=17, extra={"confidential": True})] = ""
    town: Annotated[str, Meta(max_length=35, extra={"confidential": True})] = ""
    country: CountryText
    since: dt.date
    consent: bool = False
    publish: bool = False


class AuthorisationGranted(_Authorisation, frozen=True, kw_only=True):
    """An authorisation was granted."""


class AuthorisationChanged(_Authorisation, frozen=True, kw_only=True):
    """The whole authorisation after an event; ``version`` counts them, the grant was 1.

    holds: what is left of one of both kinds while the other is suspended or revoked (DA art. 30(3)).
    """

    version: Annotated[int, Meta(ge=2)]
    state: State = State.ACTIVE
    holds: AeoType | None = None


class AuthorisationKept(Struct, frozen=True):
    """The authorisation is kept in this version."""

    number: str
    version: int


class AuthorisationNotKept(Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    number: str
    reasons: tuple[str, ...]


# --- mutual recognition -----------------------------------------------------------------------------------------------


class RecognitionConcluded(Struct, frozen=True, kw_only=True):
    """An agreement on mutual recognition enters into force, and its exchange begins with the full list.

    party: the partner's id in the register. every: days between exchanges; 0 sends each change at once. What worsens an
    operator's standing is always sent at once.
    """

    agreement: AgreementText
    party: Annotated[str, Meta(min_length=1, max_length=64)]
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    basis: Annotated[str, Meta(min_length=1, max_length=512, title="Joint decision")]
    data_protection: Annotated[str, Meta(min_length=1, max_length=512, title="Ground of the transfer of personal data")]
    types: Annotated[tuple[AeoType, ...], Meta(min_length=1, max_length=3)] = (
        AeoType.SECURITY_AND_SAFETY, AeoType.BOTH,
    )  # fmt: skip
    every: Annotated[int, Meta(ge=0, le=366)] = 1


class RecognitionEnded(Struct, frozen=True):
    """The agreement ends: nothing more is exchanged, the partner is told to forget what it has."""

    agreement: AgreementText
    reason: Annotated[str, Meta(min_length=1, max_length=512)]


class RecognitionKept(Struct, frozen=True):
    """The agreement is in force, or ended."""

    agreement: str
    in_force: bool


class RecognitionNotKept(Struct, frozen=True):
    """Nothing changed, and why."""

    agreement: str
    reason: str


class AeoMember(Struct, frozen=True):
    """An operator as a partner is told of it; of one that is withdrawn, no more than its numbers."""

    identifier: str
    number: str
    standing: Standing
    since: dt.date
    legal_name: Annotated[str, Meta(extra={"confidential": True})] = ""
    street_and_number: Annotated[str, Meta(extra={"confidential": True})] = ""
    post_code: Annotated[str, Meta(extra={"confidential": True})] = ""
    town: Annotated[str, Meta(extra={"confidential": True})] = ""
    country: str = ""


class AeoData(Struct, frozen=True):
    """Operators of the Union, to a partner. ``exchange`` counts its messages.

    full: a page of the full list, which replaces what the partner has once a page says no ``more``. ended: the
    agreement is over.
    """

    agreement: str
    exchange: int
    full: bool
    more: bool
    members: tuple[AeoMember, ...]
    ended: bool = False


class Rejection(Struct, frozen=True):
    """A record that was not taken, and why."""

    identifier: Annotated[str, Meta(max_length=35)]
    reason: Annotated[str, Meta(max_length=256)]


class AeoDataAcknowledged(Struct, frozen=True):
    """The partner took a message of ours, but for these records."""

    agreement: AgreementText
    exchange: Annotated[int, Meta(ge=1)]
    rejected: Annotated[tuple[Rejection, ...], Meta(max_length=500)] = ()


class AeoListRequest(Struct, frozen=True):
    """The partner asks for the full list again."""

    agreement: AgreementText


class PartnerMember(Struct, frozen=True):
    """A member of the partner's programme."""

    identifier: TcuinText
    standing: Standing
    since: dt.date
    legal_name: Annotated[str, Meta(max_length=512, extra={"confidential": True})] = ""


class PartnerMembers(Struct, frozen=True):
    """Members of the partner's programme; full and more as in ours."""

    agreement: AgreementText
    members: Annotated[tuple[PartnerMember, ...], Meta(max_length=500)]
    full: bool = False
    more: bool = False


class PartnerMembersKept(Struct, frozen=True):
    """How many records are kept, and which are not."""

    agreement: str
    kept: int
    rejected: tuple[Rejection, ...] = ()


# --- inside, and desks ------------------------------------------------------------------------------------------------


class AeoNoted(Struct, frozen=True):
    """An operator changed: what a partner should be told of it; None where it should not know it (any more).

    version: of the authorisation; 0 in a note of an earlier release.
    """

    agreement: str
    number: str
    member: AeoMember | None
    urgent: bool
    version: int = 0


class AeoCheck(Struct, frozen=True):
    """Is this operator authorised, or a member of a recognised programme? An EORI number or a TCUIN."""

    identifier: Annotated[str, Meta(min_length=1, max_length=35)]


class AeoStatus(Struct, frozen=True):
    """The types of valid authorisation that it holds with their numbers, or the agreement under which it is recognised;
    neither: no. known: whether one of them is there."""

    identifier: str
    known: Known
    types: tuple[AeoType, ...] = ()
    agreement: str = ""
    numbers: tuple[str, ...] = ()


class RecognitionQuery(Struct, frozen=True):
    """How far is the exchange under an agreement?"""

    agreement: AgreementText


class RecognitionState(Struct, frozen=True):
    """Messages sent and acknowledged, and what the partner rejected last."""

    agreement: str
    party: str
    data_protection: str
    in_force: bool
    sent: int
    acknowledged: int
    waiting: int
    rejected: tuple[Rejection, ...]


class OperatorListQuery(Struct, frozen=True, kw_only=True):
    """The public list of authorised economic operators, of one Member State or of all."""

    country: Annotated[str, Meta(pattern=r"\A([A-Z]{2})?\Z", title="Member State")] = ""
    name: Annotated[str, Meta(max_length=100, title="Part of the name")] = ""
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,100}\Z")] = ""


class ListedOperator(Struct, frozen=True):
    """An operator who agreed to stand in the list (Annex A, 38 12)."""

    name: str
    country: str
    type: AeoType
    authority: str
    since: dt.date


class OperatorsListed(Struct, frozen=True):
    """A part of the list; ``after``: where it goes on, also where this part holds nothing."""

    operators: tuple[ListedOperator, ...]
    after: str
