from __future__ import annotations

from typing import Any

import pytest

from douane.identity import possession
from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.principals import Principal, Proof, ProofKind
from douane.identity.register import LEAST, Client, Register, SecretHash
from douane.identity.tests.test_possession import EDWARDS, KEY, Holder
from douane.identity.tokens import TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Actor, Kind, Operation
from douane.runtime.door.door import Gate
from douane.vocabulary.errors import NotAuthenticated, NotAuthorised, WrongCircle

SECRET = SecretHash.of("secret", salt=b"salt" * 4, cost=LEAST)
HOLDER = Actor("holder", ActorKind.TRADER)
OFFICE = Actor("office", ActorKind.MEMBER_STATE)
LODGE = Operation("lodge", Kind.COMMAND, str, (), (HOLDER,), "T-1", "Lodge", service="transit")
INFORM = Operation("inform", Kind.COMMAND, str, (), (OFFICE,), "T-2", "Inform", service="transit")


def who(kind: ActorKind, *roles: str) -> Principal:
    return Principal("p", kind, kind.circle, Proof(ProofKind.CERTIFICATE, "x"), roles=frozenset(roles))


def authenticator(pki: Any, *clients: Client) -> Authenticator:
    issuer = TokenIssuer(issuer="u", keys=[TokenKey(TokenKey.generate_pem())])
    tokens = TokenVerifier(issuer="u", audience="speed2", jwks=issuer.jwks())
    return Authenticator(register=Register(clients), certificates=pki.checker(), tokens=tokens)


def gate(pki: Any, platform: Platform, **more: Any) -> PlatformGate:
    return PlatformGate(platform, authenticator=authenticator(pki), now=lambda: pki.now, **more)


def test_it_is_the_gate_the_door_asks_for(pki: Any) -> None:
    card = pki.client("trader", Circle.UNTRUSTED)
    known = authenticator(pki, Client("trader", ActorKind.TRADER, eori="FR1", certificates=(pki.thumb(card),)))
    speed2: Gate = gate(pki, Platform.SPEED2)
    with pytest.raises(NotAuthenticated, match="bound to no client"):
        speed2.authenticate(pki.der(card), "")
    assert isinstance(speed2, PlatformGate)
    speed2.authenticator = known  # a new register is swapped in while the door is open
    assert speed2.authenticate(pki.der(card), "").id == "trader"


def test_what_is_not_open_to_a_party_does_not_exist_for_it(pki: Any) -> None:
    speed2 = gate(pki, Platform.SPEED2)
    assert [speed2.open_to(who(ActorKind.TRADER), each) for each in (LODGE, INFORM, LODGE)] == [True, False, True]
    assert not speed2.open_to(who(ActorKind.MEMBER_STATE), INFORM)
    assert not gate(pki, Platform.UUMDS).open_to(who(ActorKind.TRADER), LODGE)


def test_calling_needs_the_role(pki: Any) -> None:
    speed2 = gate(pki, Platform.SPEED2)
    speed2.authorise(who(ActorKind.TRADER, "holder"), LODGE)
    with pytest.raises(NotAuthorised, match=r"none of the roles that may call transit\.lodge: holder"):
        speed2.authorise(who(ActorKind.TRADER, "consignee"), LODGE)
    with pytest.raises(WrongCircle, match="Use CCN2 or CCN/CSI"):
        speed2.authorise(who(ActorKind.MEMBER_STATE, "office"), INFORM)


def test_a_queue_carries_declared_legacy_services_only(pki: Any) -> None:
    office = who(ActorKind.MEMBER_STATE, "office")
    assert not gate(pki, Platform.CCN_CSI).open_to(office, INFORM)
    legacy = gate(pki, Platform.CCN_CSI, legacy={"transit"})
    assert legacy.open_to(office, INFORM)
    legacy.authorise(office, INFORM)


def test_who_proves_nothing_does_not_use_up_the_memory_of_proofs(pki: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody can make proofs by a key of his own; those who hold tokens would be told that too many came."""
    monkeypatch.setattr(possession, "MOST", 3)
    client, holder, now = Client("t", ActorKind.TRADER, eori="FR1", bound=True, secret=SECRET), Holder(), pki.now
    issuer = TokenIssuer(issuer="u", keys=[TokenKey(TokenKey.generate_pem())])
    tokens = TokenVerifier(issuer="u", audience="speed2", jwks=issuer.jwks())
    known = Authenticator(register=Register([client]), certificates=pki.checker(), tokens=tokens)
    speed2 = PlatformGate(Platform.SPEED2, authenticator=known, now=lambda: now)
    token = issuer.issue(client, audience="speed2", roles=frozenset(), now=now, jti="j", key=KEY.thumbprint())
    stranger = Holder(key=EDWARDS, algorithm="Ed25519")
    for _ in range(5):
        with pytest.raises(NotAuthenticated):
            speed2.authenticate(b"", "DPoP no.token.at-all", stranger.proof("no.token.at-all", iat=now // 1_000_000))
    shown = holder.proof(token, iat=now // 1_000_000)
    assert speed2.authenticate(b"", f"DPoP {token}", shown).id == "t"
    with pytest.raises(NotAuthenticated, match="used before"):
        speed2.authenticate(b"", f"DPoP {token}", shown)
