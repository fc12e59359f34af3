"""Messages of the system of registered exporters: the form of IA Annex 22-06 and 22-06A, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct

from douane.author import YES, Known

Identifier = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[!-~]{1,15}\Z", title="EORI, or identification number abroad")]
OwnReference = Annotated[str, Meta(pattern=r"\A[!-~]{1,35}\Z", title="The exporter's own reference")]
RexNumber = Annotated[str, Meta(pattern=r"\A[A-Z]{2}REX[!-~]{1,30}\Z", title="Number of the registered exporter")]
Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country", extra={"code_list": "CL248"})]
Heading = Annotated[str, Meta(pattern=r"\A[0-9]{2}([0-9]{2}){0,2}\Z", title="Chapter, heading or subheading")]
Reasons = Annotated[str, Meta(min_length=1, max_length=2560, title="Reasons", extra={"confidential": True})]
ANY_EXPORTER_EUR: Final = Decimal(6000)
"""Up to this value of originating products any exporter makes a statement on origin out (IA art. 78(1)(b))."""
_PRIVATE = {"confidential": True}


class Activity(enum.StrEnum):
    """Box 3: what the exporter is first of all."""

    PRODUCER = "producer"
    TRADER = "trader"


class Ground(enum.StrEnum):
    """Why a registration is revoked (IA art. 89(3), (4))."""

    GONE = "a"  # the exporter exists no longer
    CONDITIONS = "b"  # the conditions are met no longer
    NO_INTENTION = "c"  # the exporter says that he exports under the scheme no longer
    WRONG_STATEMENT = "d"  # a wrong statement, by intent or negligence, by which a preference was wrongly obtained
    NOT_KEPT_UP = "4"  # data were not kept up to date: the authority may revoke

    @property
    def article(self) -> str:
        """By which article a registration is revoked."""
        return f"IA 2015/2447 art. 89({'4)' if self is Ground.NOT_KEPT_UP else f'3)({self})'}"


class State(enum.StrEnum):
    """Where a registration stands; what people read in English."""

    APPLIED = "applied for"
    REGISTERED = "registered"
    REFUSED = "not registered"
    REVOKED = "revoked"
    DELETED = "deleted"


class ExporterForm(Struct, frozen=True, kw_only=True):
    """The boxes that an exporter fills in.

    undertakes: box 5, all of it. remedied: how the grounds of an earlier revocation were remedied (IA art. 89(9)).
    publish: box 6; to refuse it is no ground to refuse the registration.
    """

    name: Annotated[str, Meta(max_length=70, title="Name", extra=_PRIVATE)] = ""
    street_and_number: Annotated[str, Meta(max_length=70, title="Street and number", extra=_PRIVATE)] = ""
    post_code: Annotated[str, Meta(max_length=17, title="Postcode", extra=_PRIVATE)] = ""
    town: Annotated[str, Meta(max_length=35, title="Town", extra=_PRIVATE)] = ""
    telephone: Annotated[str, Meta(max_length=50, title="Telephone", extra=_PRIVATE)] = ""
    email: Annotated[str, Meta(max_length=256, title="E-mail", extra=_PRIVATE)] = ""
    activity: Annotated[Activity | None, Meta(title="Main activity")] = None
    goods: Annotated[str, Meta(max_length=2560, title="Goods that qualify", extra=_PRIVATE)] = ""
    headings: Annotated[tuple[Heading, ...], Meta(max_length=99, title="Headings of the goods")] = ()
    undertakes: Annotated[bool, Meta(title="The undertakings of box 5 are given")] = False
    signed_by: Annotated[str, Meta(max_length=70, title="Signed by", extra=_PRIVATE)] = ""
    signed_on: Annotated[dt.date | None, Meta(title="Signed on")] = None
    remedied: Annotated[str, Meta(max_length=2560, title="Proof that grounds are remedied", extra=_PRIVATE)] = ""
    publish: Annotated[bool, Meta(title="Agrees to publication")] = False


class RexApplication(Struct, frozen=True, kw_only=True):
    """An exporter of the Union applies to the customs authority of his Member State (IA art. 86(2), Annex 22-06A)."""

    own_reference: OwnReference
    exporter: Identifier
    authority: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State", extra={"code_list": "CL010"})]
    form: ExporterForm


class BoxFault(Struct, frozen=True):
    """What is wrong with a box, and how to mend it."""

    box: int
    remedy: str
    article: str


class RexIncomplete(Struct, frozen=True):
    """Nothing is kept: everything that the form lacks. A registration is valid from when the whole form came."""

    own_reference: str
    faults: tuple[BoxFault, ...]


class RexReceived(Struct, frozen=True):
    """The whole form is received; the number follows without delay (IA art. 86(4))."""

    own_reference: str
    reference: str
    received_on: dt.date


class RexDecided(Struct, frozen=True, kw_only=True):
    """An officer registers the exporter, or does not and says why."""

    reference: RexNumber
    registered: Annotated[bool, Meta(title="Registered")]
    reasons: Annotated[str, Meta(max_length=2560, title="Reasons", extra=_PRIVATE)] = ""


class RexEntered(Struct, frozen=True, kw_only=True):
    """The authority of a beneficiary country enters an exporter that it registered (IA art. 80, Annex 22-06).

    received_on: when it had the whole form.
    """

    number: RexNumber
    exporter: Identifier
    received_on: dt.date
    form: ExporterForm


class RexRegistered(Struct, frozen=True):
    """The exporter is registered; statements on origin are good from ``valid_from`` on."""

    number: str
    registered_on: dt.date
    valid_from: dt.date
    article: str = "IA 2015/2447 art. 86(4)"


class RexNotRegistered(Struct, frozen=True):
    """The exporter is not registered; an application may be lodged anew."""

    reference: str
    reasons: str
    appeal: str = "UCC art. 44"


class RexModified(Struct, frozen=True, kw_only=True):
    """The whole form after a change (IA art. 80(4), 89(1)); who is registered stays."""

    number: RexNumber
    form: ExporterForm


class RexRevoked(Struct, frozen=True, kw_only=True):
    """The authority revokes a registration, for the future."""

    number: RexNumber
    ground: Annotated[Ground, Meta(title="Ground: point of IA art. 89(3), or 89(4)")]
    reasons: Reasons


class RexRevocationNotified(Struct, frozen=True):
    """The registration is revoked (IA art. 89(6)). Statements made before the exporter was informed stay good.

    deemed_on: when he counts as informed, where nobody says when he was.
    """

    number: str
    revoked_on: dt.date
    ground: str
    reasons: Reasons
    deemed_on: dt.date
    appeal: str = "UCC art. 44"


class RexInformed(Struct, frozen=True, kw_only=True):
    """The exporter was informed of the revocation: he says so, or the authority records when it was proven to be."""

    number: RexNumber
    informed_on: Annotated[dt.date | None, Meta(title="Informed on")] = None


class RexRevocationCancelled(Struct, frozen=True, kw_only=True):
    """The revocation was wrong: the exporter has the same number as if nothing had been (IA art. 89(8))."""

    number: RexNumber
    reasons: Reasons


class RexRevocationAsked(Struct, frozen=True, kw_only=True):
    """The exporter asks to be revoked, since he exports under the scheme no longer (IA art. 89(3)(c))."""

    number: RexNumber
    reasons: Reasons


class RexStepKept(Struct, frozen=True):
    """What was sent is kept."""

    number: str
    state: str


class RexNotKept(Struct, frozen=True):
    """Nothing changed: why, and by which article."""

    number: str
    reason: str
    article: str


class BeneficiaryStated(Struct, frozen=True, kw_only=True):
    """The Commission states from when until when a country benefits from the scheme (IA art. 88, 90).

    party: its authority, by its registration with the identity service. until: the last day; None while it benefits.
    """

    country: Country
    party: Annotated[str, Meta(min_length=1, max_length=64)]
    since: dt.date
    until: dt.date | None = None


class BeneficiaryKept(Struct, frozen=True):
    """It is kept."""

    country: str


class RexQuestion(Struct, frozen=True, kw_only=True):
    """Is a statement on origin good? made_on: its date. value_eur: of the originating products of the consignment."""

    number: Annotated[str, Meta(max_length=35, title="Number of the registered exporter")]
    made_on: dt.date
    value_eur: Annotated[Decimal, Meta(title="Value in euro")] | None = None

    @property
    def needs_registration(self) -> bool:
        """Whether the consignment needs a registered exporter; one whose value is not told does."""
        return self.value_eur is None or self.value_eur > ANY_EXPORTER_EUR


class RexStanding(Struct, frozen=True, kw_only=True):
    """Whether the exporter was registered on that day; needed: up to EUR 6 000 any exporter makes it out (art. 78)."""

    number: str
    known: Known
    needed: bool
    valid_from: dt.date | None = None
    ended_on: dt.date | None = None
    article: str = "IA 2015/2447 art. 78"


class RexCheck(Struct, frozen=True):
    """What is published of a number?"""

    number: Annotated[str, Meta(max_length=35, title="Number of the registered exporter")]


class RexPublished(Struct, frozen=True, kw_only=True):
    """What is always published (IA art. 82(8)); the rest where the exporter agreed (art. 82(7))."""

    number: str
    known: Known
    registered_on: dt.date | None = None
    valid_from: dt.date | None = None
    revoked_on: dt.date | None = None
    identifier: str = ""
    name: str = ""
    address: str = ""
    contact: str = ""
    activity: str = ""
    goods: str = ""
    headings: tuple[str, ...] = ()


class RexQuery(Struct, frozen=True):
    """Show a registration, or an application for one."""

    number: RexNumber


class RexShown(Struct, frozen=True, kw_only=True):
    """A registration as authorities and its exporter have it (IA art. 82(1) to (5))."""

    number: str
    exporter: Annotated[str, Meta(extra=_PRIVATE)]
    state: str
    received_on: dt.date
    registered_on: dt.date | None
    revoked_on: dt.date | None
    ended_on: dt.date | None
    ground: str
    reasons: Annotated[str, Meta(extra=_PRIVATE)]
    wishes: Annotated[str, Meta(extra=_PRIVATE)]
    form: ExporterForm


class RexListQuery(Struct, frozen=True, kw_only=True):
    """List the registrations of a country's exporters."""

    country: Country
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,100}\Z")] = ""


class RexLine(Struct, frozen=True):
    """A registration in a list."""

    number: str
    exporter: Annotated[str, Meta(extra=_PRIVATE)]
    state: str
    valid_from: dt.date
    ended_on: dt.date | None


class RexLines(Struct, frozen=True):
    """A page of registrations; ``after``: where the next page begins, empty at the end."""

    lines: tuple[RexLine, ...]
    after: str
    known: Known = YES
