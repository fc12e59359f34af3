"""What is kept: registrations, each with its form, and which countries benefit from the scheme."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from douane.applications.rex.contract import EXPORTER, REGISTERING, keeper_of
from douane.applications.rex.messages import ExporterForm, Ground, RexPublished, State
from douane.author import ADMINISTRATIONS, EVERYBODY, YES, Members, Party, PartyKind, trader
from douane.author.run import FULL, PUBLIC, Case, Final, FinalView, Place, Provision, Value, record


class KeptForm(Value, frozen=True):
    """The boxes of the form."""

    name: str = ""
    street_and_number: str = ""
    post_code: str = ""
    town: str = ""
    telephone: str = ""
    email: str = ""
    activity: str = ""
    goods: str = ""
    headings: tuple[str, ...] = ()
    signed_by: str = ""
    signed_on: dt.date | None = None
    remedied: str = ""
    publish: bool = False

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(filter(None, (self.street_and_number, f"{self.post_code} {self.town}".strip())))


class RegisteredExporter(Struct, frozen=True, kw_only=True):
    """A registration as authorities have it."""

    number: str
    exporter: str
    received_on: dt.date
    registered_on: dt.date | None
    revoked_on: dt.date | None
    ended_on: dt.date | None
    ground: str
    form: KeptForm


def _full(kept: Registration, _place: Place) -> RegisteredExporter | None:
    if kept.registered_on is None or kept.state is State.DELETED:
        return None
    return RegisteredExporter(
        number=kept.number, exporter=kept.exporter, received_on=kept.received_on, registered_on=kept.registered_on,
        revoked_on=kept.revoked_on, ended_on=kept.ended_on, ground=kept.ground.value if kept.ground else "",
        form=kept.form,
    )  # fmt: skip


def published(kept: Registration) -> RexPublished | None:
    """What everybody may know; None of what is no registration, and of one that was deleted."""
    if kept.registered_on is None or kept.state is State.DELETED:
        return None
    always = RexPublished(
        number=kept.number, known=YES, registered_on=kept.registered_on, valid_from=kept.received_on,
        revoked_on=kept.revoked_on,
    )  # fmt: skip
    if not kept.form.publish:
        return always
    form = kept.form
    return RexPublished(
        number=kept.number, known=YES, registered_on=kept.registered_on, valid_from=kept.received_on,
        revoked_on=kept.revoked_on, identifier=kept.exporter, name=form.name, address=form.address,
        contact=", ".join(filter(None, (form.telephone, form.email))), activity=form.activity, goods=form.goods,
        headings=form.headings,
    )  # fmt: skip


EXPORTERS = Final(
    "registered_exporters",
    title="Registered exporters",
    legal=("IA art. 80", "IA art. 82", "IA art. 86"),
    purpose="Verification of statements on origin, and controls after release (IA art. 82(4))",
    retention="Ten calendar years from the end of the year of the revocation (IA art. 89(10))",
    provision=Provision.DISTRIBUTED,
    decision="docs/decisions/0175-registered-exporters.md",
    key=lambda kept, _: kept.number or kept.reference,
    whose=keeper_of,
    of=("number", "reference", "exporter", "state", "received_on", "registered_on", "revoked_on", "ended_on", "ground",
        "form"),
    views=(FinalView(FULL, _full, ADMINISTRATIONS), FinalView(PUBLIC, lambda kept, _: published(kept), EVERYBODY)),
)  # fmt: skip
"""Consent (box 6) is for publication alone. A beneficiary country sees its own by ``rex.show``."""


def _parties(kept: Registration) -> Members:
    yield trader(kept.exporter), EXPORTER
    if kept.party:
        yield Party(PartyKind.THIRD_COUNTRY, kept.party), REGISTERING


@record(
    245,
    indexes={"by_exporter": ("exporter", "reference"), "by_country": ("country", "reference")},
    case=Case(_parties, state="state", states=State),
    final=EXPORTERS,
)
class Registration(Value, frozen=True):
    """A registration, or the application for one; the case is its reference, and later its number.

    party: the authority abroad that entered it. received_on: when the whole form was there. ended_on: the day from
    which statements are no longer good, since the exporter was informed or counts as informed. kept_until: statutory
    instant at which its data go.
    """

    reference: str
    own_reference: str
    exporter: str
    country: str
    received_on: dt.date
    form: KeptForm
    state: State = State.APPLIED
    number: str = ""
    party: str = ""
    registered_on: dt.date | None = None
    revoked_on: dt.date | None = None
    ended_on: dt.date | None = None
    informed: bool = False
    ground: Ground | None = None
    reasons: str = ""
    wishes: str = ""
    registers: bool = False
    kept_until: int = 0


@record(246, indexes={"by_country": ("country",), "by_party": ("party", "country")})
class Beneficiary(Value, frozen=True):
    """From when until when a country benefits; the case is the country."""

    country: str
    party: str
    since: dt.date
    until: dt.date | None

    def benefits_on(self, day: dt.date) -> bool:
        """Whether it benefits on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def form_of(form: ExporterForm) -> KeptForm:
    """What is kept of a form."""
    return KeptForm(
        form.name, form.street_and_number, form.post_code, form.town, form.telephone, form.email,
        form.activity.value if form.activity else "", form.goods, form.headings, form.signed_by, form.signed_on,
        form.remedied, form.publish,
    )  # fmt: skip
