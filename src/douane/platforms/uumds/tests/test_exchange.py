"""Tokens that are bound to a key, narrowed to roles, and exchanged by whoever was named: and nobody else's."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from joserfc.jwk import ECKey

from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.principals import Delegation, Principal
from douane.identity.register import Client, Register
from douane.identity.tests.test_possession import Holder
from douane.identity.tokens import TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Platform
from douane.platforms.uumds.entry import Known, UumDs
from douane.platforms.uumds.exchange import ACCESS, EXCHANGE
from douane.platforms.uumds.tests.test_entry import Office, der
from douane.runtime.door.proof import NONE, Possession
from douane.vocabulary.errors import NotAuthenticated

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOW, SECOND = int(START.timestamp()) * 1_000_000, 1_000_000
TODAY = START.date()
OWN = {"grant_type": "client_credentials"}
SECRET = {"client_id": "trader", "client_secret": "s3cret+with/odd=chars&"}
HERE, DOOR = "https://uumds.example/token", "https://speed2.example/v1/messages"


class House(Office):
    """Client ``trader`` (FR1) of the office, who acts for DE1, and ``firm`` (BE1), who acts for FR1 until some day."""

    def __init__(self, until: dt.date | None = TODAY, *, bound: bool = False) -> None:
        super().__init__()
        trader = self.register.client("trader")
        assert trader is not None
        firm = Client("firm", ActorKind.TRADER, eori="BE1", roles=frozenset({"HOLDER"}), bound=bound,
                      certificates=(self.thumb("stranger"),),
                      delegations=(Delegation("FR1", frozenset({"HOLDER", "REPRESENTATIVE"}), until),))  # fmt: skip
        self.register = Register([trader, firm, Client("at", ActorKind.MEMBER_STATE, administration="AT",
                                                       certificates=(self.thumb("at"),))])  # fmt: skip
        self.now, self.count = NOW, 0
        self.cards["firm"] = self.cards["stranger"]
        self.key = ECKey.generate_key("P-256")
        self.uumds = UumDs(
            known=Known(self.register, self.checker()), issuer=self.issuer,
            audiences={"speed2": Platform.SPEED2, "ccn2": Platform.CCN2}, now=lambda: self.now,
            random=self.random, public="https://uumds.example",
        )  # fmt: skip

    def random(self, size: int) -> bytes:
        self.count += 1
        return self.count.to_bytes(size, "big")

    def grant(
        self, card: str = "", form: Mapping[str, str] = OWN, proof: Possession = NONE
    ) -> tuple[int, dict[str, Any]]:
        """A request for a token."""
        headers = [("content-type", "application/x-www-form-urlencoded")]
        headers += [("dpop", proof.proof)] if proof.proof else []
        status, body, _ = self.call("POST", "/token", urlencode(form).encode(), card, headers)
        return status, body

    def proof(self, token: str = "", *, url: str = HERE, key: Any = None) -> Possession:
        """A proof of possession, each with a name of its own."""
        self.count += 1
        made = Holder(key or self.key).proof(token, htu=url, jti=f"jti-{self.count:06d}", iat=self.now // SECOND)
        return Possession(made.proof, "POST", url)

    def named(self, **more: str) -> str:
        """A token of ``trader`` that names ``firm`` as who may act by it."""
        status, body = self.grant("trader", {**OWN, "may_act": "firm", **more})
        assert status == 200, body
        return str(body["access_token"])

    def exchange(self, token: str, card: str = "firm", **more: str) -> tuple[int, dict[str, Any]]:
        """Bring a token."""
        form = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": ACCESS, **more}
        return self.grant(card, form)

    def gate(self) -> PlatformGate:
        """The gate of SPEED2."""
        tokens = TokenVerifier(issuer=self.issuer.issuers, audience="speed2", jwks=self.issuer.jwks())
        made = Authenticator(register=self.register, certificates=self.checker(), tokens=tokens)
        return PlatformGate(Platform.SPEED2, authenticator=made, now=lambda: self.now)

    def enter(self, token: str, card: str = "", proof: Possession = NONE, scheme: str = "Bearer") -> Principal:
        """Call a door with a token."""
        shown = der(self.cards[card]) if card else b""
        return self.gate().authenticate(shown, f"{scheme} {token}", proof)


def test_a_proof_of_possession_binds_a_token_to_its_key() -> None:
    house = House()
    basic = {**OWN, **SECRET}
    status, body = house.grant("", basic, house.proof())
    assert (status, body["token_type"]) == (200, "DPoP")
    token = body["access_token"]
    caller = house.enter(token, proof=house.proof(token, url=DOOR), scheme="DPoP")
    assert (caller.id, caller.proof.kind.value) == ("trader", "bound_token")
    thief = ECKey.generate_key("P-256")
    for proof, scheme, why in (
        (NONE, "Bearer", "another key"), (NONE, "DPoP", "another key"),
        (house.proof(token, url=DOOR, key=thief), "DPoP", "another key"),
        (house.proof("other", url=DOOR), "DPoP", "another token"), (house.proof(url=DOOR), "DPoP", "another token"),
        (house.proof(token, url=DOOR), "Bearer", "scheme"),
        (Possession(house.proof(token, url=f"{DOOR}/x").proof, "POST", DOOR), "DPoP", "another request"),
    ):  # fmt: skip
        with pytest.raises(NotAuthenticated, match=why):
            house.enter(token, proof=proof, scheme=scheme)
    gate, once = house.gate(), house.proof(token, url=DOOR)
    gate.authenticate(b"", f"DPoP {token}", once)
    with pytest.raises(NotAuthenticated, match="used before"):
        gate.authenticate(b"", f"DPoP {token}", once)
    again = house.proof()
    assert house.grant("", basic, again)[0] == 200
    assert house.grant("", basic, again)[1]["error"] == "invalid_dpop_proof"


def test_a_token_without_a_key_is_not_shown_as_one_with() -> None:
    house = House()
    _, body = house.grant("", {**OWN, **SECRET})
    token = body["access_token"]
    assert body["token_type"] == "Bearer"
    with pytest.raises(NotAuthenticated, match="scheme"):
        house.enter(token, proof=house.proof(token, url=DOOR), scheme="DPoP")


def test_a_client_that_is_registered_so_is_given_bound_tokens_alone() -> None:
    house = House(bound=True)
    assert house.grant("firm")[0] == 200, "its certificate binds it"
    firm = house.register.client("firm")
    assert firm is not None
    loose = house.issuer.issue(firm, audience="speed2", roles=frozenset({"HOLDER"}), now=NOW, jti="j")
    with pytest.raises(NotAuthenticated, match="bound to a key of its own"):
        house.enter(loose)


def test_a_token_has_the_roles_that_were_asked_for_and_never_others() -> None:
    house = House()
    status, body = house.grant("trader", {**OWN, "scope": "HOLDER"})
    assert (status, body["scope"]) == (200, "HOLDER")
    assert house.enter(body["access_token"], "trader").roles == {"HOLDER"}, "not the whole inbox"
    for scope in ("HOLDER GUARANTOR", "inbox nothing", ""):
        assert house.grant("trader", {**OWN, "scope": scope})[1]["error"] == "invalid_scope"


def test_who_was_named_acts_on_behalf_with_what_both_hold() -> None:
    house = House()
    status, body = house.exchange(house.named())
    assert (status, body["issued_token_type"]) == (200, ACCESS)
    claims = json.loads(base64.urlsafe_b64decode(body["access_token"].split(".")[1] + "=="))
    assert (claims["sub"], claims["act"], claims["client_id"]) == ("FR1", {"sub": "firm"}, "firm")
    assert "may_act" not in claims
    caller = house.enter(body["access_token"], "firm")
    assert (caller.id, caller.acting_for, sorted(caller.roles)) == ("firm", "FR1", ["HOLDER"])
    with pytest.raises(NotAuthenticated, match="another client certificate"):
        house.enter(body["access_token"])
    with pytest.raises(NotAuthenticated):
        house.enter(body["access_token"], "trader")


def test_a_chain_of_two_shows_both_and_the_narrower_of_both_counts() -> None:
    house = House()
    status, body = house.exchange(house.named(acting_for="DE1"))
    assert status == 200
    claims = json.loads(base64.urlsafe_b64decode(body["access_token"].split(".")[1] + "=="))
    assert (claims["sub"], claims["act"]) == ("DE1", {"sub": "firm", "act": {"sub": "trader"}})
    caller = house.enter(body["access_token"], "firm")
    assert (caller.acting_for, caller.roles) == ("DE1", frozenset()), "firm holds no REPRESENTATIVE of FR1's own"


def test_what_is_amiss_is_refused_by_name() -> None:
    house = House()
    named = house.named()
    loose = house.grant("trader")[1]["access_token"]
    other = TokenIssuer(issuer=house.issuer.issuers, keys=[TokenKey(TokenKey.generate_pem())])
    trader = house.register.client("trader")
    assert trader is not None
    forged = other.issue(trader, audience="speed2", roles=frozenset({"HOLDER"}), now=NOW, jti="j", may_act="firm")
    cases: list[tuple[str, str, dict[str, str], str]] = [
        (loose, "firm", {}, "invalid_grant"),  # nobody was named
        (named, "trader", {}, "invalid_grant"),  # another was named
        (forged, "firm", {}, "invalid_grant"),
        ("x", "firm", {}, "invalid_grant"),
        (named[:-4], "firm", {}, "invalid_grant"),
        (named, "firm", {"scope": "HOLDER GUARANTOR"}, "invalid_scope"),  # wider
        (named, "firm", {"scope": "inbox"}, "invalid_scope"),
        (named, "firm", {"resource": "ccn2"}, "invalid_target"),  # another platform
        (named, "firm", {"acting_for": "DE1"}, "invalid_request"),
        (named, "firm", {"may_act": "at"}, "invalid_request"),
        (named, "firm", {"actor_token": "x"}, "invalid_request"),
        (named, "firm", {"subject_token_type": "x"}, "invalid_request"),
    ]
    for token, card, more, error in cases:
        status, body = house.exchange(token, card, **more)
        assert (status, body["error"]) == (400, error), (more, body)
    twice = house.exchange(named)[1]["access_token"]
    assert house.exchange(twice)[1]["error"] == "invalid_grant", "what was exchanged is not exchanged again"
    assert house.exchange(twice, "trader")[1]["error"] == "invalid_grant"


def test_what_was_exchanged_ends_with_what_it_was_exchanged_for() -> None:
    house = House(until=None)
    named = house.named()
    house.now += 200 * SECOND
    body = house.exchange(named)[1]
    assert body["expires_in"] == 100
    house.now += 200 * SECOND
    assert house.exchange(named)[1]["error"] == "invalid_grant"
    with pytest.raises(NotAuthenticated, match="expired"):
        house.enter(body["access_token"], "firm")


def test_a_delegation_that_is_over_or_withdrawn_opens_nothing_at_once() -> None:
    over = House(until=TODAY - dt.timedelta(days=1))
    assert over.exchange(over.named())[1]["error"] == "invalid_grant"
    house = House(until=TODAY)
    token = house.exchange(house.named())[1]["access_token"]
    assert house.enter(token, "firm").acting_for == "FR1"
    house.now += 12 * 3600 * SECOND
    late = house.exchange(house.named())
    assert late[1]["error"] == "invalid_grant", "its last day is over"
    withdrawn = House()
    token = withdrawn.exchange(withdrawn.named())[1]["access_token"]
    withdrawn.register = Register([each for each in withdrawn.register if each.id != "trader"])
    assert withdrawn.enter(token, "firm").roles <= {"HOLDER", "REPRESENTATIVE", "inbox"}, "bounded by the delegation"
    firm = withdrawn.register.client("firm")
    assert firm is not None
    withdrawn.register = Register([Client("firm", ActorKind.TRADER, eori="BE1", certificates=firm.certificates)])
    with pytest.raises(NotAuthenticated, match="no delegation"):
        withdrawn.enter(token, "firm")


def test_a_token_on_behalf_of_another_is_always_bound() -> None:
    house = House()
    form = {"grant_type": EXCHANGE, "subject_token": house.named(), "subject_token_type": ACCESS}
    assert house.grant("", {**form, **SECRET})[1]["error"] == "invalid_request"
    status, body = house.grant("", {**form, **SECRET}, house.proof())
    assert (status, body["error"]) == (400, "invalid_grant"), "bound, and not named"


def test_the_metadata_says_so() -> None:
    found = House().call("GET", "/.well-known/oauth-authorization-server", headers=[("host", "localhost:8445")])[1]
    assert EXCHANGE in found["grant_types_supported"]
    assert found["dpop_signing_alg_values_supported"] == ["ES256", "Ed25519", "EdDSA"]
