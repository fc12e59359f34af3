from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from joserfc.jws import JWSRegistry

from douane.identity.register import Client
from douane.identity.tokens import SKEW, TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Circle
from douane.vocabulary.errors import NotAuthenticated

NOW = 1_772_366_400_000_000
SECOND = 1_000_000
ISSUER = "https://localhost:8445"
PEM = TokenKey.generate_pem()
KEY = TokenKey(PEM)
CLIENT = Client("trader.fr", ActorKind.TRADER, country="FR", eori="FR40123456700017", certificates=("A" * 43,))
UUMDS = TokenIssuer(issuer=ISSUER, keys=[KEY])
ROLES = frozenset({"HOLDER"})


def verifier(audience: str = "speed2", *keys: TokenKey) -> TokenVerifier:
    jwks = TokenIssuer(issuer=ISSUER, keys=keys or [KEY]).jwks()
    return TokenVerifier(issuer=ISSUER, audience=audience, jwks=jwks)


def token(**facts: Any) -> str:
    usual: dict[str, Any] = {"audience": "speed2", "roles": ROLES, "now": NOW, "jti": "t-1"}
    return UUMDS.issue(CLIENT, **(usual | facts))


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def body(text: str) -> dict[str, Any]:
    _head, payload, _signature = text.split(".")
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return found


def test_a_token_says_who_calls_and_holds_for_its_life() -> None:
    check = verifier()
    claims = check.verify(token(), now=NOW)
    assert (claims.client_id, claims.kind, claims.circle) == ("trader.fr", ActorKind.TRADER, Circle.UNTRUSTED)
    assert (claims.eori, claims.roles, claims.acting_for, claims.bound_to) == ("FR40123456700017", ROLES, "", "")
    assert claims.exp - claims.iat == 300
    check.verify(token(), now=NOW + 299 * SECOND)
    with pytest.raises(NotAuthenticated, match=r"expired.*POST /token"):
        check.verify(token(), now=NOW + (300 + SKEW) * SECOND)
    with pytest.raises(NotAuthenticated, match="not valid yet"):
        check.verify(token(), now=NOW - (SKEW + 1) * SECOND)


def test_delegation_has_the_shape_of_token_exchange() -> None:
    text = token(acting_for="DE1234567")
    assert (body(text)["sub"], body(text)["act"]) == ("DE1234567", {"sub": "trader.fr"})
    claims = verifier().verify(text, now=NOW)
    assert (claims.client_id, claims.acting_for) == ("trader.fr", "DE1234567")


def test_a_bound_token_works_over_its_certificate_only() -> None:
    text = token(thumbprint="A" * 43)
    assert body(text)["cnf"] == {"x5t#S256": "A" * 43}
    check = verifier()
    assert check.verify(text, now=NOW, thumbprint="A" * 43).bound_to == "A" * 43
    for other in ("", "B" * 43):
        with pytest.raises(NotAuthenticated, match="bound to another client certificate"):
            check.verify(text, now=NOW, thumbprint=other)


def test_a_token_for_another_audience_is_refused() -> None:
    with pytest.raises(NotAuthenticated, match=r"for speed2, not for ccn2.*resource=ccn2"):
        verifier("ccn2").verify(token(), now=NOW)


def test_a_token_of_another_issuer_is_refused() -> None:
    text = TokenIssuer(issuer="https://elsewhere", keys=[KEY]).issue(
        CLIENT, audience="speed2", roles=ROLES, now=NOW, jti="x"
    )
    with pytest.raises(NotAuthenticated, match="another issuer"):
        verifier().verify(text, now=NOW)


def test_keys_can_be_rolled() -> None:
    new = TokenKey(TokenKey.generate_pem())
    text = TokenIssuer(issuer=ISSUER, keys=[new, KEY]).issue(CLIENT, audience="speed2", roles=ROLES, now=NOW, jti="x")
    both = verifier("speed2", new, KEY)
    assert both.verify(text, now=NOW).jti == "x"
    assert both.verify(token(), now=NOW).jti == "t-1"
    with pytest.raises(NotAuthenticated, match="names no key"):
        verifier("speed2", KEY).verify(text, now=NOW)


def test_the_algorithm_is_not_the_tokens_choice() -> None:
    claims, public = body(token()), KEY.jwk()
    none = f"{part({'alg': 'none', 'typ': 'at+jwt', 'kid': KEY.kid})}.{part(claims)}."
    secret = OctKey.import_key(
        base64.urlsafe_b64decode(public["x"] + "==")
    )  # the classic confusion: public key as secret
    confused = jwt.encode(
        {"alg": "HS256", "typ": "at+jwt", "kid": KEY.kid}, claims, secret, registry=JWSRegistry(algorithms=["HS256"])
    )
    same_key = jwt.encode(
        {"alg": "Ed25519", "typ": "at+jwt", "kid": KEY.kid}, claims, OKPKey.import_key(PEM), algorithms=["Ed25519"]
    )
    for text in (none, confused, same_key):
        with pytest.raises(NotAuthenticated, match="signature of the token does not hold"):
            verifier().verify(text, now=NOW)


def test_another_type_of_signed_jwt_is_no_access_token() -> None:
    registry = type("Any", (JWSRegistry,), {"get_alg": lambda self, name: self.algorithms[name]})()
    header = {"alg": "EdDSA", "typ": "JWT", "kid": KEY.kid}
    text = jwt.encode(header, body(token()), OKPKey.import_key(PEM), registry=registry)
    with pytest.raises(NotAuthenticated, match="not an access token"):
        verifier().verify(text, now=NOW)
    lacking = jwt.encode(header | {"typ": "at+jwt"}, {"iss": ISSUER}, OKPKey.import_key(PEM), registry=registry)
    with pytest.raises(NotAuthenticated, match="lacks claims"):
        verifier().verify(lacking, now=NOW)


def test_a_changed_character_anywhere_is_refused() -> None:
    text, check = token(), verifier()
    check.verify(text, now=NOW)  # the original is remembered; a changed one must not profit from it
    for place in range(len(text)):
        changed = text[:place] + ("A" if text[place] != "A" else "Q") + text[place + 1 :]
        with pytest.raises(NotAuthenticated):
            check.verify(changed, now=NOW)


@pytest.mark.parametrize(
    "junk", ["", ".", "..", "a.b.c", "ey", "é.é.é", "W10.e30.x", "x" * 5000, "eyJraWQiOjF9.e30.AA"]
)
def test_junk_is_refused(junk: str) -> None:
    with pytest.raises(NotAuthenticated):
        verifier().verify(junk, now=NOW)


def test_keys_with_a_private_half_or_of_another_kind_are_not_accepted_as_published() -> None:
    public = KEY.jwk()
    assert "d" not in public
    for bad in (public | {"d": "x"}, public | {"kty": "oct"}, public | {"crv": "X25519"}):
        with pytest.raises(NotAuthenticated, match="no public Ed25519 key"):
            TokenVerifier(issuer=ISSUER, audience="speed2", jwks={"keys": [bad]})


def test_a_key_does_not_print_itself() -> None:
    assert repr(KEY) == f"<TokenKey {KEY.kid}>"
