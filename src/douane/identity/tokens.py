"""Access tokens: short-lived JWTs signed with Ed25519, for one platform, bound to a client certificate if there is one.

Formats: RFC 9068 (``at+jwt``), RFC 8705 (``cnf.x5t#S256``), RFC 9449 (``cnf.jkt``), RFC 8693 (``sub`` is whose business
it is, ``act.sub`` who does it, ``act.act.sub`` on whose behalf he does; ``may_act.sub`` who may exchange it). The
algorithm is pinned: a token cannot choose how it is checked.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from douane.identity.issuers import Issuers
from douane.identity.register import Client
from douane.model.circles import ActorKind, Circle
from douane.standards.json.bounds import decode
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated

ALGORITHM = "EdDSA"
TYPE = "at+jwt"
_KINDS = {TYPE: "an access token"}
"""What types of tokens are called."""
SECOND = 1_000_000
SKEW = 30
"""Seconds by which clocks of UUM&DS and a platform may differ."""
LIFETIME = 300
"""Seconds for which a token holds."""
MAX_TOKEN = 4096
CACHE_SIZE = 4096
ASK = "Ask UUM&DS for a new token (POST /token)."


class TokenKey:
    """A signing key of UUM&DS. Its ``kid`` is the RFC 7638 thumbprint, so equal keys have equal names."""

    def __init__(self, pem: bytes) -> None:
        self._key = OKPKey.import_key(pem)
        self.kid = self._key.thumbprint()

    @classmethod
    def generate_pem(cls) -> bytes:
        """A new private key, PKCS#8 PEM: keep it in a file of mode 600."""
        key = ed25519.Ed25519PrivateKey.generate()
        return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def __repr__(self) -> str:
        return f"<TokenKey {self.kid}>"

    def jwk(self) -> dict[str, str]:
        """The public half as published."""
        public = self._key.as_dict(private=False)
        return {**{name: str(value) for name, value in public.items()}, "kid": self.kid, "use": "sig", "alg": ALGORITHM}

    def sign(self, claims: Mapping[str, object], kind: str = TYPE) -> str:
        """A compact JWT over these claims. kind: its type, so that none stands for another one."""
        header = {"alg": ALGORITHM, "typ": kind, "kid": self.kid}
        return jwt.encode(header, dict(claims), self._key, registry=_ONE_ALGORITHM)


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who acts, and through whom (RFC 8693, 4.1): the innermost holds the delegation of whose business it is."""

    sub: str
    act: Actor | None = None


class AccessClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a checked token says. ``client_id`` is who calls, ``sub`` whose business it is."""

    iss: str
    sub: str
    aud: str
    exp: int
    iat: int
    nbf: int
    jti: str
    client_id: str
    kind: ActorKind
    circle: Circle
    country: str = ""
    eori: str = ""
    administration: str = ""
    roles: frozenset[str] = frozenset()
    cnf: dict[str, str] = {}
    act: Actor | None = None
    may_act: dict[str, str] = {}

    @property
    def bound_to(self) -> str:
        """Thumbprint of the certificate it works with; empty when it is a bearer token."""
        return self.cnf.get("x5t#S256", "")

    @property
    def bound_key(self) -> str:
        """Thumbprint of the key of which each request proves possession (RFC 9449); empty for none."""
        return self.cnf.get("jkt", "")

    @property
    def is_bound(self) -> bool:
        """Whether it works with a key alone, by certificate or by proof."""
        return bool(self.bound_to or self.bound_key)

    @property
    def chain(self) -> tuple[str, ...]:
        """The clients that act, the caller first; one for a client in its own business."""
        found, actor = [self.client_id], self.act.act if self.act is not None else None
        while actor is not None:
            found.append(actor.sub)
            actor = actor.act
        return tuple(found)

    @property
    def acting_for(self) -> str:
        """Whose business the client does; empty when its own."""
        return self.sub if self.act else ""


def _issuers(issuer: str | Issuers) -> Issuers:
    return Issuers((issuer,)) if isinstance(issuer, str) else issuer


class TokenIssuer:
    """Makes tokens for registered clients. The first key signs; all keys are published, so keys can be rolled.

    published: the public keys of which some may have signed before, or will; where it is given, the one that signs is
    among them, or DeclarationFault: nobody would take its tokens. issuer: one name, or those of an installation.
    """

    def __init__(
        self, *, issuer: str | Issuers, keys: Sequence[TokenKey], published: Sequence[Mapping[str, str]] = (),
        lifetime: int = LIFETIME,
    ) -> None:  # fmt: skip
        self.issuers, self.lifetime = _issuers(issuer), lifetime
        self._keys = tuple(keys)
        self._published = [dict(each) for each in published] or [key.jwk() for key in self._keys]
        if self._keys[0].kid not in {each.get("kid") for each in self._published}:
            raise DeclarationFault("The key that signs tokens is not among the keys that are published.",
                                   remedy="Publish it first: douane tokens add.")  # fmt: skip

    @property
    def key(self) -> TokenKey:
        """The key that signs."""
        return self._keys[0]

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys, as served under ``/.well-known/jwks.json``."""
        return {"keys": self._published}

    def issue(
        self,
        client: Client,
        *,
        audience: str,
        roles: frozenset[str],
        now: int,
        jti: str,
        thumbprint: str = "",
        key: str = "",
        acting_for: str = "",
        through: tuple[str, ...] = (),
        may_act: str = "",
        until: int | None = None,
        issuer: str = "",
    ) -> str:
        """A token for one audience. issuer: at which it was asked; the usual one without.

        thumbprint, key: bind it to the certificate of the connection that asked for it, to the key of its proof.
        through: the clients on whose behalf this one acts, the nearest first. may_act: the client that may exchange it.
        until: when it ends at the latest (seconds).
        """
        seconds = now // SECOND
        end = seconds + self.lifetime
        actor: Actor | None = None
        for each in reversed((client.id, *through)):
            actor = Actor(each, actor)
        claims = AccessClaims(
            iss=issuer or self.issuers.usual,
            sub=acting_for or client.id,
            aud=audience,
            exp=end if until is None else min(end, until),
            iat=seconds,
            nbf=seconds,
            jti=jti,
            client_id=client.id,
            kind=client.kind,
            circle=client.circle,
            country=client.country,
            eori=client.eori,
            administration=client.administration,
            roles=roles,
            cnf={name: value for name, value in (("x5t#S256", thumbprint), ("jkt", key)) if value},
            act=actor if acting_for else None,
            may_act={"sub": may_act} if may_act else {},
        )
        written = msgspec.to_builtins(claims)
        return self._keys[0].sign({name: value for name, value in written.items() if value not in ("", {}, None)})


class PublishedKeys:
    """The keys that UUM&DS publishes: opens what one of them signed."""

    def __init__(self, jwks: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
        self._keys = {jwk["kid"]: OKPKey.import_key(_public(jwk)) for jwk in jwks["keys"]}

    def opened(self, signed: str, kind: str) -> dict[str, Any]:
        """The claims of a JWT of one type, whose signature holds. Raises NotAuthenticated."""
        if len(signed) > MAX_TOKEN:
            raise NotAuthenticated("The token is longer than any token of UUM&DS.", remedy=ASK)
        key = self._keys.get(_kid(signed))
        if key is None:
            raise NotAuthenticated("The token names no key of this UUM&DS.", remedy=ASK)
        try:
            decoded = jwt.decode(signed, key, registry=_ONE_ALGORITHM)
        except (JoseError, ValueError) as error:
            raise NotAuthenticated("The signature of the token does not hold.", remedy=ASK) from error
        if decoded.header.get("typ") != kind:
            raise NotAuthenticated(f"The token is not {_KINDS.get(kind, kind)}.", remedy=ASK)
        claims: dict[str, Any] = decoded.claims
        return claims


class TokenVerifier:
    """Checks tokens of one installation for one audience. A new key set makes a new verifier."""

    def __init__(
        self, *, issuer: str | Issuers, audience: str, jwks: Mapping[str, Iterable[Mapping[str, str]]],
        also: Collection[str] = (),
    ) -> None:  # fmt: skip
        """``also``: further audiences, of UUM&DS itself, to which tokens are brought that are exchanged."""
        self._issuers, self._audiences = _issuers(issuer), frozenset({audience, *also})
        self._named = audience
        self._keys = PublishedKeys(jwks)
        self._known: dict[str, AccessClaims] = {}

    def verify(self, token: str, *, now: int, thumbprint: str = "", key: str = "") -> AccessClaims:
        """What the token says, if it holds now, here, over this certificate and key; else NotAuthenticated."""
        claims = self.brought(token, now=now)
        if claims.bound_to and claims.bound_to != thumbprint:
            raise NotAuthenticated(
                "The token is bound to another client certificate than that of this connection.",
                remedy="Call with the certificate with which you asked for the token.",
            )
        if claims.bound_key and claims.bound_key != key:
            raise NotAuthenticated(
                "The token is bound to another key than this request proves possession of.",
                remedy="Send a proof (the header DPoP) by the key with which you asked for the token.",
            )
        return claims

    def brought(self, token: str, *, now: int) -> AccessClaims:
        """What a token says, if it holds now, whoever brings it: for UUM&DS, where another client exchanges it."""
        claims = self._known.get(token)
        if claims is None:
            claims = self._signed(token)
            if len(self._known) >= CACHE_SIZE:
                self._known.clear()
            self._known[token] = claims
        self.check_time(claims, now)
        return claims

    def _signed(self, token: str) -> AccessClaims:
        """The claims whose signature, shape, issuer and audience hold; these never change for the same token."""
        found = self._keys.opened(token, TYPE)
        try:
            claims = msgspec.convert(found, AccessClaims)
        except msgspec.ValidationError as error:
            raise NotAuthenticated("The token lacks claims of an access token.", remedy=ASK) from error
        if not self._issuers.believes(claims.iss):
            raise NotAuthenticated("The token comes from another issuer.", remedy=ASK)
        if claims.aud not in self._audiences:
            raise NotAuthenticated(
                f"The token is for {claims.aud}, not for {self._named}.",
                remedy=f"Ask UUM&DS for a token with resource={self._named}.",
            )
        return claims

    def check_time(self, claims: AccessClaims, now: int) -> None:
        """Silent while a checked token holds. Raises NotAuthenticated."""
        seconds = now // SECOND
        if seconds >= claims.exp + SKEW:
            self._known = {token: each for token, each in self._known.items() if seconds < each.exp + SKEW}
            raise NotAuthenticated("The token has expired.", remedy=ASK)
        if seconds < claims.nbf - SKEW:
            raise NotAuthenticated("The token is not valid yet.", remedy="Set your clock, then ask for a new token.")


class _OneAlgorithm(JWSRegistry):
    """Accepts the pinned algorithm and no other, whatever the header says (RFC 8725, 3.1)."""

    # The return type is the library's own model class, which it does not export.
    def get_alg(self, name: str) -> Any:
        if name != ALGORITHM:
            raise UnsupportedAlgorithmError(f"Only {ALGORITHM} is accepted.")
        return self.algorithms[ALGORITHM]


_ONE_ALGORITHM = _OneAlgorithm()


def _public(jwk: Mapping[str, str]) -> dict[str, Any]:
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or "d" in jwk:
        raise NotAuthenticated(
            "A published key is no public Ed25519 key.", remedy="Publish the JWKS of UUM&DS as it is."
        )
    return {"kty": "OKP", "crv": "Ed25519", "x": jwk["x"]}


def _kid(token: str) -> str:
    """The key name in the header, read only to find the key; nothing else of an unchecked header is believed."""
    try:
        head = token.split(".", 1)[0]
        header = decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)), dict[str, Any])
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAuthenticated("The token is not a signed JWT.", remedy=ASK) from error
    kid = header.get("kid")
    return kid if isinstance(kid, str) else ""
