"""What is kept: authorisations, agreements with their exchange, what each partner was told, and its own members."""

from __future__ import annotations

import datetime as dt
import enum

from msgspec import Struct

from douane.applications.aeo.contract import GRANTING, RECOGNISED
from douane.applications.aeo.messages import AeoMember, AeoType, ListedOperator, Rejection, Standing, State
from douane.author import ADMINISTRATIONS, EVERYBODY, OFFICE_OF, ActorKind, Party, PartyKind, administration
from douane.author.run import FULL, PARTNER, PUBLIC, Case, Final, FinalView, Place, Provision, Value, record


class AgreementState(enum.StrEnum):
    """Whether an agreement on mutual recognition is applied."""

    IN_FORCE = "in force"
    ENDED = "ended"


IN_FORCE, ENDED = AgreementState.IN_FORCE.value, AgreementState.ENDED.value


class AuthorisedOperator(Struct, frozen=True, kw_only=True):
    """An authorisation as administrations have it."""

    number: str
    holder: str
    granted_by: str
    type: AeoType
    version: int
    state: State
    since: dt.date


def _authorised(kept: Authorisation, _place: Place) -> AuthorisedOperator:
    return AuthorisedOperator(
        number=kept.number, holder=kept.holder, granted_by=kept.sender.removeprefix(OFFICE_OF), type=kept.standing_as,
        version=kept.version, state=kept.state, since=kept.since,
    )  # fmt: skip


def listed(kept: Authorisation) -> ListedOperator | None:
    """What the public list says of an authorisation; nothing without its holder's consent, or while it does not hold.

    name: kept of those alone who agreed.
    """
    if not kept.name or kept.state is not State.ACTIVE:
        return None
    authority = kept.sender.removeprefix(OFFICE_OF)
    return ListedOperator(kept.name, kept.country, kept.standing_as, authority, kept.since)


AUTHORISED = Final(
    "authorised_economic_operators",
    title="Authorised economic operators",
    legal=("UCC art. 38", "IA art. 30(1)"),
    purpose="Benefits of authorised operators in every administration",
    retention="At least three years from the end of validity (IA art. 13)",
    provision=Provision.CENTRAL,
    decision="docs/decisions/0105-data-sets.md",
    key=lambda kept, _: kept.number,
    of=("number", "holder", "sender", "type", "version", "state", "since", "told", "holds", "name", "country"),
    views=(
        FinalView(FULL, _authorised, ADMINISTRATIONS),
        FinalView(PARTNER, lambda kept, _: kept.told, frozenset({ActorKind.COMMISSION})),
        FinalView(PUBLIC, lambda kept, _: listed(kept), EVERYBODY),
    ),
)
"""What a partner may know goes to it by messages under an agreement in force; the Commission alone proves that view."""


@record(
    130,
    indexes={"by_holder": ("holder", "number"), "by_exchange": ("exchanged", "number"), "by_number": ("number",)},
    later=("by_number",),
    case=Case(
        lambda kept: ((administration(kept.sender.removeprefix(OFFICE_OF)), GRANTING),), state="phase", states=State
    ),
    final=AUTHORISED,
)
class Authorisation(Value, frozen=True):
    """An authorisation; the case is its number. ``told``: what a partner that agreed on its type may know of it."""

    number: str
    holder: str
    sender: str
    type: AeoType
    version: int
    state: State
    phase: str
    since: dt.date
    exchanged: bool
    told: AeoMember | None = None
    holds: AeoType | None = None
    name: str = ""
    country: str = ""

    @property
    def standing_as(self) -> AeoType:
        """What holds of it."""
        return self.holds or self.type


@record(
    131,
    indexes={"by_state": ("state", "agreement")},
    case=Case(
        lambda kept: ((Party(PartyKind.THIRD_COUNTRY, kept.party), RECOGNISED),), state="state", states=AgreementState
    ),
)
class Recognition(Value, frozen=True):
    """An agreement, and how far its exchange is; the case is the agreement.

    listing: the full list is being sent; cursor: the last number sent of it; more: another page is to follow;
    hurry: something waits that is to be sent at once. generation counts the partner's full lists, floor is the last
    that was complete: its members of earlier ones are gone.
    """

    agreement: str
    party: str
    title: str
    basis: str
    data_protection: str
    types: tuple[AeoType, ...]
    every: int
    state: str = IN_FORCE
    sent: int = 0
    acknowledged: int = 0
    listing: bool = True
    cursor: str = ""
    more: bool = False
    hurry: bool = False
    rejected: tuple[Rejection, ...] = ()
    generation: int = 0
    floor: int = 0
    page: int = 0


@record(132, indexes={"by_waiting": ("agreement", "waiting", "number")})
class Told(Value, frozen=True):
    """An operator as a partner knows it (``known``: it was told), or is to be told of it; local part: the number.

    version: of the authorisation; 0 where an earlier release kept it.
    """

    agreement: str
    number: str
    identifier: str
    member: AeoMember | None
    known: bool
    waiting: bool
    version: int = 0


@record(133, indexes={"by_identifier": ("identifier",)})
class Member(Value, frozen=True):
    """A member of a partner's programme; the local part of its key is its number."""

    identifier: str
    standing: Standing
    since: dt.date
    name: str
    generation: int
