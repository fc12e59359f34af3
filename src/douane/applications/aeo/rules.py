"""What a partner may know of an operator, and when it must be told at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from douane.applications.aeo.messages import (
    AeoMember,
    AeoType,
    AuthorisationChanged,
    AuthorisationGranted,
    PartnerMember,
    Rejection,
    Standing,
    State,
)
from douane.author import Length, LimitKind, Silence, Start, TimeLimit

EXCHANGE: Final = TimeLimit(
    id="AEO-EXCHANGE", article="agreement on mutual recognition", kind=LimitKind.EFFECT, length=Length(days=1),
    text="What waits is sent to the partner; every so many days as the agreement says.",
    start=Start("the exchange before"), place="administration that sends", silence=Silence.NEXT_STEP,
)  # fmt: skip
OVER = frozenset({State.REVOKED, State.ANNULLED})
"""States that end an authorisation; a new one gets a new number."""


def type_of(number: str) -> AeoType:
    """The type that the number of an authorisation names after its country."""
    return AeoType(number[2:6])


def delivery_faults(m: AuthorisationGranted | AuthorisationChanged, *, own: str) -> tuple[str, ...]:
    """What is wrong with a delivery of the administration ``own``."""
    if m.number[:2] != own:
        return (f"{m.number} was not granted by {own}; deliver your own authorisations only.",)
    holds = m.holds if isinstance(m, AuthorisationChanged) else None
    if holds is not None and (type_of(m.number) is not AeoType.BOTH or holds is AeoType.BOTH):
        return (f"{m.number} does not fall apart: say what holds of one of both kinds.",)
    return ()


def told_of(m: AuthorisationGranted | AuthorisationChanged) -> AeoMember | None:
    """What a partner may be told of an operator; None without the holder's consent, and once it is over."""
    state = m.state if isinstance(m, AuthorisationChanged) else State.ACTIVE
    if not m.consent or state in OVER:
        return None
    holds = m.holds if isinstance(m, AuthorisationChanged) else None
    lost = state is State.SUSPENDED or holds is AeoType.CUSTOMS_SIMPLIFICATIONS  # partners recognise security
    standing = Standing.SUSPENDED if lost else Standing.VALID
    return AeoMember(
        m.holder, m.number, standing, m.since, m.legal_name, m.street_and_number, m.post_code, m.town, m.country
    )


def urgent(member: AeoMember | None) -> bool:
    """Whether a partner must be told at once: it would go on giving a benefit, or keep what it may no longer keep."""
    return member is None or member.standing is not Standing.VALID


def refused(members: Iterable[PartnerMember], *, country: str) -> tuple[Rejection, ...]:
    """Records of a partner that are not its own, or come twice in a message."""
    found, seen = [], set()
    for each in members:
        if each.identifier[:2] != country:
            found.append(Rejection(each.identifier, f"The number does not begin with {country}."))
        elif each.identifier in seen:
            found.append(Rejection(each.identifier, "The number comes twice; the first record is kept."))
        seen.add(each.identifier)
    return tuple(found)
