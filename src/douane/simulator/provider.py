"""The national identity provider of the union in a box: an OpenID Connect provider for the demonstration's persons.

It authenticates nobody: whoever reaches it on this machine may choose whom to be, and a ticket, which only who may
write the data folder can make, chooses for him. For everything else it behaves as a provider must: codes hold once and
for a minute, for one client, one address and one verifier (PKCE); statements are signed, and keys can be rolled.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

SECOND: Final = 1_000_000
CODE_SECONDS: Final = 60
STATEMENT_SECONDS: Final = 300
MOST_CODES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Resident:
    """A person whom the provider knows. ``subject``: under which it states him; ``does``: what he is in the demo;
    ``circle``: how he is shown."""

    subject: str
    name: str
    does: str
    circle: str = "untrusted"


@dataclass(frozen=True, slots=True)
class Relying:
    """A client of the provider: its id, its secret, and the address to which it is answered."""

    id: str
    secret: str = field(repr=False)
    redirect: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Request:
    """A request to authenticate somebody, as a client may make it."""

    client: str
    redirect: str
    state: str
    nonce: str
    challenge: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Code:
    request: Request
    subject: str
    given: int


class Refused(Exception):
    """A request that a provider must refuse; ``error``: as OAuth calls it."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.status = error, status


class NationalProvider:
    """The provider. ``now``: microseconds of the real clock; ``random``: as many octets as are asked for.

    ticket: the subject that a ticket chooses, once; empty for none.
    """

    def __init__(
        self, residents: Mapping[str, Resident], relying: Relying, *, issuer: Callable[[], str],
        now: Callable[[], int], random: Callable[[int], bytes], ticket: Callable[[str], str] = lambda _ticket: "",
    ) -> None:  # fmt: skip
        self.residents, self.relying, self.ticket = dict(residents), relying, ticket
        self._issuer, self._now, self._random = issuer, now, random
        self._keys: list[ECKey] = []
        self._codes: dict[str, _Code] = {}
        self.roll()

    def roll(self) -> None:
        """Sign by a new key from now on; the one before stays published."""
        self._keys = [ECKey.generate_key("P-256", {"kid": self._text(12)}), *self._keys[:1]]

    @property
    def metadata(self) -> dict[str, Any]:
        """What is published of it."""
        issuer = self._issuer()
        return {
            "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"], "scopes_supported": ["openid"],
            "authorization_response_iss_parameter_supported": True,
        }  # fmt: skip

    @property
    def keys(self) -> dict[str, Any]:
        """Its public keys."""
        return {"keys": [{**each.as_dict(private=False), "use": "sig", "alg": "ES256"} for each in self._keys]}

    def request(self, said: Mapping[str, str]) -> Request:
        """The request that an address says. Raises Refused for one that is to be answered nowhere."""
        if said.get("client_id") != self.relying.id or said.get("redirect_uri") != self.relying.redirect():
            raise Refused("invalid_client")
        if said.get("response_type") != "code" or said.get("code_challenge_method") != "S256":
            raise Refused("invalid_request")
        if "openid" not in said.get("scope", "").split() or not said.get("code_challenge") or not said.get("nonce"):
            raise Refused("invalid_request")
        return Request(
            said["client_id"], said["redirect_uri"], said.get("state", ""), said["nonce"], said["code_challenge"],
            said.get("login_hint", ""),
        )  # fmt: skip

    def answer(self, request: Request, subject: str) -> str:
        """Where the browser goes with a code for who signed in; for an empty subject with the refusal."""
        back = {"state": request.state, "iss": self._issuer()}
        if subject not in self.residents:
            return f"{request.redirect}?{urlencode({'error': 'access_denied', **back})}"
        code = self._text(32)
        if len(self._codes) >= MOST_CODES:
            self._codes.clear()
        self._codes[code] = _Code(request, subject, self._now())
        return f"{request.redirect}?{urlencode({'code': code, **back})}"

    def redeem(self, authorization: str, form: Mapping[str, str]) -> dict[str, Any]:
        """The tokens for a code, once. Raises Refused."""
        if not self._is_client(authorization):
            raise Refused("invalid_client", 401)
        if form.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type")
        code = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            code is None or self._now() - code.given > CODE_SECONDS * SECOND
            or form.get("redirect_uri") != code.request.redirect or challenge != code.request.challenge
        ):  # fmt: skip
            raise Refused("invalid_grant")
        return {"access_token": self._text(24), "token_type": "Bearer", "id_token": self.statement(code)}

    def statement(self, code: _Code) -> str:
        """What is said of who signed in, signed."""
        seconds = self._now() // SECOND
        claims = {
            "iss": self._issuer(), "sub": code.subject, "aud": code.request.client, "nonce": code.request.nonce,
            "iat": seconds, "exp": seconds + STATEMENT_SECONDS, "auth_time": code.given // SECOND,
        }  # fmt: skip
        return jwt.encode({"alg": "ES256", "kid": self._keys[0].kid}, claims, self._keys[0])

    def _is_client(self, authorization: str) -> bool:
        scheme, _, encoded = authorization.partition(" ")
        try:
            id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        right = hmac.compare_digest(unquote(secret).encode(), self.relying.secret.encode())
        return scheme == "Basic" and unquote(id) == self.relying.id and right

    def _text(self, size: int) -> str:
        return base64.urlsafe_b64encode(self._random(size)).decode().rstrip("=")
