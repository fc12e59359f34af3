from __future__ import annotations

import asyncio
import base64
import datetime as dt
import json
import urllib.parse
from collections.abc import Sequence
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
)
from douane.identity.certificates import CertificateChecker, thumbprint
from douane.identity.principals import Delegation
from douane.identity.register import Client, Register, SecretHash
from douane.identity.revocations import read_lists
from douane.identity.tokens import TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Circle, Platform
from douane.platforms.uumds.entry import Known, UumDs
from douane.shared_services.web.requests import Request

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOW = int(START.timestamp()) * 1_000_000
ISSUER = "https://localhost:8445"
SECRET = "s3cret+with/odd=chars&"
AUDIENCES = {"speed2": Platform.SPEED2, "ccn2": Platform.CCN2}


def der(card: Credential) -> bytes:
    return card.certificate.public_bytes(serialization.Encoding.DER)


class Office:
    """A UUM&DS with three clients, driven through its application."""

    def __init__(self) -> None:
        period = Period.days(START, 30)
        root = create_root("root", period=period, serial=1)
        self.cas = {c: create_issuer(c.value, root=root, period=period, serial=2) for c in Circle}
        issue = {
            "trader": Circle.UNTRUSTED,
            "at": Circle.TRUSTED,
            "stranger": Circle.UNTRUSTED,
            "internal": Circle.INTERNAL,
        }
        self.cards = {
            name: issue_client(name, issuer=self.cas[circle], period=period, serial=10 + n)
            for n, (name, circle) in enumerate(issue.items())
        }
        self.register = Register(
            [
                Client(
                    "trader", ActorKind.TRADER, eori="FR1", roles=frozenset({"HOLDER"}),
                    certificates=(self.thumb("trader"),),
                    secret=SecretHash.of(SECRET, salt=b"0123456789abcdef"),
                    delegations=(Delegation("DE1", frozenset({"REPRESENTATIVE"})),),
                ),
                Client("at", ActorKind.MEMBER_STATE, administration="AT", certificates=(self.thumb("at"),)),
                Client("link", ActorKind.SERVICE, certificates=(self.thumb("internal"),)),
            ]
        )  # fmt: skip
        self.issuer = TokenIssuer(issuer=ISSUER, keys=[TokenKey(TokenKey.generate_pem())])
        self.uumds = UumDs(
            known=Known(self.register, self.checker()),
            issuer=self.issuer,
            audiences=AUDIENCES,
            now=lambda: NOW,
            random=lambda size: bytes(size),
        )

    def thumb(self, name: str) -> str:
        return thumbprint(der(self.cards[name]))

    def checker(self, *revoked: str) -> CertificateChecker:
        entries = [Revocation(self.cards[name].certificate.serial_number, START) for name in revoked]
        period = Period.days(START, 5)
        made = [issue_revocations(entries, issuer=ca, period=period) for ca in self.cas.values()]
        lists = [each for pem in made for each in read_lists(pem)]
        return CertificateChecker({c: [ca.certificate] for c, ca in self.cas.items()}, lists)

    def call(
        self, method: str, path: str, body: bytes = b"", card: str = "", headers: Sequence[tuple[str, str]] = ()
    ) -> tuple[int, Any, dict[str, str]]:
        shown = der(self.cards[card]) if card else b""
        asked = Request(method, path, headers=headers, content=body, certificate=shown)
        answer = asyncio.run(self.uumds.application()(asked))
        return answer.status, json.loads(answer.body), dict(answer.headers)

    def token(self, card: str = "", basic: tuple[str, str] | None = None, **form: str) -> tuple[int, Any]:
        fields = {"grant_type": "client_credentials", **form}
        headers = [("content-type", "application/x-www-form-urlencoded")]
        if basic:
            pair = ":".join(urllib.parse.quote_plus(each) for each in basic)
            headers.append(("authorization", "Basic " + base64.b64encode(pair.encode()).decode()))
        status, body, got = self.call("POST", "/token", urllib.parse.urlencode(fields).encode(), card, headers)
        assert got["cache-control"] == "no-store"
        return status, body

    def read(self, answer: tuple[int, Any], audience: str, card: str = "") -> Any:
        status, body = answer
        assert status == 200, body
        assert (body["token_type"], body["expires_in"]) == ("Bearer", 300)
        check = TokenVerifier(issuer=ISSUER, audience=audience, jwks=self.call("GET", "/.well-known/jwks.json")[1])
        return check.verify(body["access_token"], now=NOW, thumbprint=self.thumb(card) if card else "")


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_secret_gives_a_bearer_token_for_the_clients_own_platform(office: Office) -> None:
    for answer in (
        office.token(client_id="trader", client_secret=SECRET),
        office.token(basic=("trader", SECRET)),
        office.token(basic=("trader", SECRET), client_id="trader", resource="speed2"),
    ):
        claims = office.read(answer, "speed2")
        assert (claims.client_id, claims.eori, claims.roles, claims.bound_to) == (
            "trader",
            "FR1",
            {"HOLDER", "inbox"},
            "",
        )


def test_a_certificate_gives_a_token_bound_to_it(office: Office) -> None:
    claims = office.read(office.token(card="at"), "ccn2", "at")
    assert (claims.client_id, claims.administration, claims.bound_to) == ("at", "AT", office.thumb("at"))
    claims = office.read(office.token(card="trader", client_id="trader", client_secret=SECRET), "speed2", "trader")
    assert claims.bound_to == office.thumb("trader"), "a secret sent over a certificate is bound as well"


def test_a_delegation_is_written_into_the_token(office: Office) -> None:
    claims = office.read(office.token(card="trader", acting_for="DE1"), "speed2", "trader")
    assert (claims.acting_for, claims.roles) == ("DE1", {"REPRESENTATIVE"})
    status, body = office.token(card="trader", acting_for="DE2")
    assert (status, body["error"]) == (401, "invalid_client")
    assert "holds no delegation from DE2" in body["error_description"]


def test_no_token_for_a_platform_that_would_not_let_the_client_in(office: Office) -> None:
    status, body = office.token(card="trader", resource="ccn2")
    assert (status, body["error"]) == (400, "invalid_target")
    assert body["error_description"] == "Trader does not enter by CCN2. Send resource=speed2."
    assert office.token(card="at", resource="nowhere")[1]["error"] == "invalid_target"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Neither a secret nor a client certificate"),
        ({"client_id": "trader"}, "Neither a secret nor a client certificate"),
        ({"client_id": "trader", "client_secret": "wrong"}, "unknown or its secret is wrong"),
        ({"client_id": "nobody", "client_secret": SECRET}, "unknown or its secret is wrong"),
        ({"client_id": "at", "client_secret": SECRET}, "unknown or its secret is wrong"),
        ({"basic": ("trader", "wrong")}, "unknown or its secret is wrong"),
        ({"card": "stranger"}, "bound to no client"),
        ({"card": "at", "client_id": "trader"}, "name different clients"),
        ({"card": "at", "client_id": "trader", "client_secret": SECRET}, "name different clients"),
    ],
)
def test_each_wrong_proof_is_refused_in_oauths_words(office: Office, asked: dict[str, Any], says: str) -> None:
    status, body = office.token(**asked)
    assert (status, body["error"]) == (401, "invalid_client")
    assert says in body["error_description"]


def test_a_revoked_card_gets_no_token_once_the_list_is_swapped_in(office: Office) -> None:
    assert office.token(card="at")[0] == 200
    office.uumds.known = Known(office.register, office.checker("at"))
    status, body = office.token(card="at")
    assert (status, body["error"]) == (401, "invalid_client")
    assert "revoked" in body["error_description"]


def test_other_grants_and_bad_forms_are_refused(office: Office) -> None:
    assert office.token(grant_type="password")[1]["error"] == "unsupported_grant_type"
    form = ("content-type", "application/x-www-form-urlencoded; charset=utf-8")
    for body, headers in (
        (b"grant_type=client_credentials&grant_type=client_credentials", [form]),
        (b"grant_type", [form]),
        (b"grant_type=\xff", [form]),
        (b"&".join(b"a%d=1" % n for n in range(40)), [form]),
        (b"{}", [("content-type", "application/json")]),
        (b"grant_type=client_credentials&client_secret=x", [form, ("authorization", "Basic eDp5")]),
    ):
        status, answer, _ = office.call("POST", "/token", body, headers=headers)
        assert (status, answer["error"]) == (400, "invalid_request"), body
    for header in ("Basic !", "Basic eA==", "Bearer eDp5", "Basic /////w=="):
        status, answer, got = office.call("POST", "/token", b"grant_type=client_credentials", headers=[form, ("authorization", header)])  # fmt: skip # noqa: E501
        assert (status, answer["error"], got["www-authenticate"]) == (401, "invalid_client", 'Basic realm="uumds"')
    status, answer, _ = office.call("POST", "/token", b"x" * 20_000, headers=[form])
    assert (status, answer["code"]) == (413, "DOU-1005")


def test_the_metadata_names_what_is_served(office: Office) -> None:
    host = [("host", "localhost:8445")]
    status, found, _ = office.call("GET", "/.well-known/oauth-authorization-server", headers=host)
    assert (status, found["issuer"], found["token_endpoint"]) == (200, ISSUER, f"{ISSUER}/token")
    evil = [("host", 'evil.example/"')]
    assert office.call("GET", "/.well-known/oauth-authorization-server", headers=evil)[0] == 400
    assert found["tls_client_certificate_bound_access_tokens"] is True
    keys = office.call("GET", found["jwks_uri"].removeprefix(ISSUER))[1]["keys"]
    assert [set(key) for key in keys] == [{"kty", "crv", "x", "kid", "use", "alg"}], "public halves only"
    assert office.call("GET", "/token")[0] == 405


def test_a_crowd_with_secrets_is_bounded(office: Office) -> None:
    async def story() -> list[int]:
        app, body = office.uumds.application(), b"grant_type=client_credentials&client_id=nobody&client_secret=x"
        statuses: list[int] = []

        async def one() -> None:
            headers = [("content-type", "application/x-www-form-urlencoded")]
            statuses.append((await app(Request("POST", "/token", headers=headers, content=body))).status)

        await asyncio.gather(*[one() for _ in range(40)])
        return statuses

    statuses = asyncio.run(story())
    assert set(statuses) == {401, 429}
    assert 5 < statuses.count(401) <= 10, "a few guesses are free, and who waits behind them guesses no more"
