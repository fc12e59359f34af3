"""The matrix of circles over every route: what each kind of identity meets at each address of each door.

A pure projection of the declared routes and operations; the tests hold the running doors against it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from douane.identity.policy import Ground, OperationAccess, Verdict, enter, reaches
from douane.model.circles import ActorKind, Platform
from douane.model.routes import Opening, Route


class Evidence(enum.Enum):
    """What a caller shows of itself, and what it is worth."""

    HOLDS = "holds"  # a certificate of the right authority, registered, in force
    NONE = "none"
    EXPIRED = "expired"
    NOT_YET = "not_yet"  # its period has not begun
    SELF_SIGNED = "self_signed"
    FOREIGN = "foreign"  # of an authority that nobody here trusts
    REVOKED = "revoked"
    UNREGISTERED = "unregistered"  # of the right authority, and nobody's
    WRONG_CIRCLE = "wrong_circle"  # of the authority of another circle than its client is registered in
    OTHERS_TOKEN = "others_token"  # noqa: S105 - a name: a token that is bound to another certificate

    @property
    def ends_handshake(self) -> bool:
        """Whether TLS refuses it, before anything is asked of the door."""
        return self in _REFUSED_BY_TLS


_REFUSED_BY_TLS = frozenset({Evidence.EXPIRED, Evidence.NOT_YET, Evidence.SELF_SIGNED, Evidence.FOREIGN})
_WORTH = {
    Evidence.NONE: "The call proves nothing about its caller.",
    Evidence.EXPIRED: "The certificate has expired: the handshake fails.",
    Evidence.NOT_YET: "The certificate is not valid yet: the handshake fails.",
    Evidence.SELF_SIGNED: "Nobody vouches for the certificate: the handshake fails.",
    Evidence.FOREIGN: "No authority of this node vouches for the certificate: the handshake fails.",
    Evidence.REVOKED: "The certificate has been revoked.",
    Evidence.UNREGISTERED: "The certificate is bound to no client.",
    Evidence.OTHERS_TOKEN: "The token is bound to another certificate.",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """One kind of caller. ``kind``: of its registration; without meaning where the evidence is worth nothing."""

    kind: ActorKind = ActorKind.TRADER
    evidence: Evidence = Evidence.HOLDS

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.kind.value if self.evidence is Evidence.HOLDS else self.evidence.value


IDENTITIES: tuple[Identity, ...] = (
    *(Identity(kind) for kind in ActorKind),
    *(Identity(evidence=each) for each in Evidence if each is not Evidence.HOLDS),
)
"""Every kind of party with evidence that holds, and every kind of evidence that does not."""
Surface = Mapping[Platform, Sequence[Route]]
"""Every route of every platform."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One cell: an identity at a route."""

    platform: Platform
    route: Route
    identity: Identity
    verdict: Verdict


def meetings(
    surface: Surface, operations: Mapping[str, OperationAccess], identities: Iterable[Identity] = IDENTITIES
) -> Iterator[Meeting]:
    """The matrix: every route of every platform with every identity."""
    found = tuple(identities)
    for platform, routes in surface.items():
        for route in routes:
            for identity in found:
                yield Meeting(platform, route, identity, verdict(platform, route, identity, operations))


def verdict(platform: Platform, route: Route, identity: Identity, operations: Mapping[str, OperationAccess]) -> Verdict:
    """What an identity that holds every role of its kind meets at a route."""
    worthless = identity.evidence.ends_handshake or (
        identity.evidence is not Evidence.HOLDS and route.opening is not Opening.ANYBODY
    )
    if worthless and identity.evidence is Evidence.NONE and _public(platform, route, operations):
        return Verdict(Ground.ADMITTED, "What is published is read by everybody.")
    if worthless and identity.evidence is Evidence.WRONG_CIRCLE:
        return Verdict(Ground.WRONG_PLATFORM, "The certificate comes from another circle than its client's.")
    if worthless:
        return Verdict(Ground.NO_PROOF, _WORTH[identity.evidence])
    kind = identity.kind
    match route.opening:
        case Opening.ANYBODY:
            return Verdict(Ground.ADMITTED, "The route asks nobody for a proof.")
        case Opening.CLIENT:
            return Verdict(Ground.ADMITTED, "The route is open to every registered client.")
        case Opening.CALLER:
            return enter(kind, platform)
        case Opening.DOOR:
            if kind is ActorKind.SERVICE:
                return Verdict(Ground.ADMITTED, "A door that holds the role of this link.")
            return Verdict(Ground.WRONG_PLATFORM, "Only the door of this platform holds its link.")
        case Opening.OPERATION:
            found = [_reaches(kind, platform, operations[name]) for name in route.operations]
            return next((each for each in found if each.allowed), found[0])


def _public(platform: Platform, route: Route, operations: Mapping[str, OperationAccess]) -> bool:
    """Whether who shows nothing is let in: to a query that is open to the public, by an address of its own."""
    named = [operations[name] for name in route.operations] if route.opening is Opening.OPERATION else []
    by_web = route.channel in ("rest", "soap", "browser")
    return by_web and any(_reaches(ActorKind.PUBLIC, platform, access).allowed for access in named)


def _reaches(kind: ActorKind, platform: Platform, access: OperationAccess) -> Verdict:
    return reaches(kind, platform, access.name, access.callers, legacy_queue=access.legacy_queue)
