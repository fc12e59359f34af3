"""The first step of every call: from what the connection and the request prove to a principal, or a refusal.

A caller presents a client certificate, or a token, or a token bound to its certificate. Where both say something they
must agree. Nothing of the body is read before this step is done.
"""

from __future__ import annotations

from typing import Final

from douane.identity.certificates import CertificateChecker, CheckedCertificate
from douane.identity.principals import Presented, Principal, Proof, ProofKind
from douane.identity.register import Client, Register
from douane.identity.tokens import MAX_TOKEN, AccessClaims, TokenVerifier
from douane.vocabulary.errors import NotAuthenticated, WrongCircle

REMEMBERED: Final = 4_096
"""Tokens of which an authenticator knows the principal; beyond it they are forgotten together."""
PRESENT = "Present a client certificate of your circle, or a token of UUM&DS as 'Authorization: Bearer ...'."


class Authenticator:
    """Authenticates the callers of one platform. Frozen: a new register or revocation list makes a new one.

    So a client that acts for itself is the same principal each time it shows the same token over the same certificate
    and key: that is remembered, and only the times of both are looked at again. What a delegation gives depends on the
    day, and is judged anew.
    """

    def __init__(self, *, register: Register, certificates: CertificateChecker, tokens: TokenVerifier) -> None:
        self._register, self._certificates, self._tokens = register, certificates, tokens
        self._known: dict[tuple[str, str, str], tuple[AccessClaims, Principal]] = {}

    def authenticate(self, presented: Presented, now: int) -> Principal:
        """Who is calling. Raises NotAuthenticated or WrongCircle, each with what to do."""
        checked = self._certificates.check(presented.certificate, now) if presented.certificate else None
        if presented.authorization:
            thumb = checked.thumbprint if checked else ""
            shown = (presented.authorization, thumb, presented.key)
            known = self._known.get(shown)
            if known is not None:
                self._tokens.check_time(known[0], now)
                return known[1]
            token = token_of(presented.authorization)
            claims = self._tokens.verify(token, now=now, thumbprint=thumb, key=presented.key)
            _must_be_shown_so(presented.authorization, claims)
            principal = self._by_token(claims, checked, presented, now)
            if claims.act is None and len(presented.authorization) <= MAX_TOKEN:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[shown] = claims, principal
            return principal
        if checked is None:
            raise NotAuthenticated("The call proves nothing about its caller.", remedy=PRESENT)
        return by_certificate(self._register, checked, presented, self)

    def _by_token(
        self, claims: AccessClaims, checked: CheckedCertificate | None, presented: Presented, now: int
    ) -> Principal:
        if checked is not None:
            client = holder(self._register, checked)
            if client.id != claims.client_id or checked.circle is not claims.circle:
                raise NotAuthenticated(
                    f"The token belongs to another client than the certificate of this connection ({client.id}).",
                    remedy="Use one identity for both.",
                )
        registered = self._register.client(claims.client_id)
        if registered is None or _party(registered) != _party(claims):
            raise NotAuthenticated(f"Client {claims.client_id} is no longer registered so.", remedy=PRESENT)
        if registered.bound and not claims.is_bound:
            raise NotAuthenticated(
                f"Client {registered.id} is registered for tokens that are bound to a key of its own.",
                remedy="Ask for one over your certificate, or with a proof of possession (DPoP).",
            )
        bound = ProofKind.BOUND_TOKEN if claims.is_bound else ProofKind.TOKEN
        return Principal(
            id=claims.client_id,
            kind=claims.kind,
            circle=claims.circle,
            proof=Proof(bound, claims.jti, checked.thumbprint if checked else ""),
            country=claims.country,
            eori=claims.eori,
            administration=claims.administration,
            # A role or delegation that was taken away ends with the register, not with the token.
            roles=claims.roles & self._register.chained(claims.chain, claims.acting_for, now),
            acting_for=claims.acting_for,
            person=registered.person,
            shown=presented,
            judge=self,
        )


def _party(said: Client | AccessClaims) -> tuple[object, ...]:
    """As whom a client is registered: a token of what it was before is worth nothing."""
    return said.kind, said.country, said.eori, said.administration


def by_certificate(
    register: Register, checked: CheckedCertificate, presented: Presented | None = None, judge: object = None
) -> Principal:
    """The client of a certificate that holds, as a caller. Raises NotAuthenticated or WrongCircle."""
    client = holder(register, checked)
    return Principal(
        id=client.id,
        kind=client.kind,
        circle=checked.circle,
        proof=Proof(ProofKind.CERTIFICATE, checked.thumbprint, checked.thumbprint),
        country=client.country,
        eori=client.eori,
        administration=client.administration,
        roles=register.roles(client),
        person=client.person,
        shown=presented,
        judge=judge,
    )


def token_of(authorization: str) -> str:
    """The token of an authorization header; NotAuthenticated for any other scheme than ``Bearer`` and ``DPoP``."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() not in ("bearer", "dpop") or not token.strip():
        raise NotAuthenticated("The Authorization header is not of the form 'Bearer TOKEN'.", remedy=PRESENT)
    return token.strip()


def _must_be_shown_so(authorization: str, claims: AccessClaims) -> None:
    """A token that is bound to a key comes under the scheme ``DPoP``, and no other does (RFC 9449, 7)."""
    if (authorization[:5].lower() == "dpop ") is not bool(claims.bound_key):
        raise NotAuthenticated(
            "The scheme of the Authorization header does not belong to this token.",
            remedy="Use 'DPoP TOKEN' for a token of type DPoP, 'Bearer TOKEN' for any other.",
        )


def holder(register: Register, checked: CheckedCertificate) -> Client:
    """The client to whom a valid certificate is bound; the circles of certificate and registration must agree."""
    client = register.holder(checked.thumbprint)
    if client is None:
        raise NotAuthenticated(
            f"The certificate {checked.subject} is valid but bound to no client.",
            remedy="Register its SHA-256 thumbprint in UUM&DS.",
        )
    if client.circle is not checked.circle:
        raise WrongCircle(
            f"Client {client.id} belongs to the {client.circle.value} circle, its card to {checked.circle.value}.",
            remedy="Use a certificate issued for the circle you are registered in.",
        ).because("circles of trust", "a certificate of your circle", "the authority of your circle")
    return client
