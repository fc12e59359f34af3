from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from douane.identity.authentication import Authenticator
from douane.identity.principals import Delegation, Presented, ProofKind
from douane.identity.register import Client, Register
from douane.identity.tokens import TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Circle
from douane.vocabulary.errors import NotAuthenticated, WrongCircle

HOUR = 3_600 * 1_000_000
UUMDS = TokenIssuer(issuer="https://uumds", keys=[TokenKey(TokenKey.generate_pem())])


class World:
    """Two traders and an administration, one door, and UUM&DS."""

    def __init__(self, pki: Any) -> None:
        self.pki, self.now = pki, pki.now
        self.cards = {name: pki.client(name, Circle.UNTRUSTED) for name in ("trader.fr", "trader.de", "unbound")}
        self.cards["at.system"] = pki.client("at.system", Circle.TRUSTED)
        self.cards["climber"] = pki.client("climber", Circle.TRUSTED)
        self.clients = {
            "trader.fr": self.client(
                "trader.fr",
                ActorKind.TRADER,
                eori="FR1",
                roles=frozenset({"HOLDER", "GUARANTOR"}),
                delegations=(Delegation("DE9", frozenset({"HOLDER", "GUARANTOR"})),),
            ),
            "trader.de": self.client("trader.de", ActorKind.TRADER, eori="DE1"),
            "at.system": self.client("at.system", ActorKind.MEMBER_STATE, administration="AT"),
            "climber": self.client("climber", ActorKind.TRADER, eori="FR2"),  # holds a card of the wrong circle
        }
        self.register = Register(self.clients.values())

    def client(self, name: str, kind: ActorKind, **facts: Any) -> Client:
        return Client(name, kind, certificates=(self.pki.thumb(self.cards[name]),), **facts)

    def door(self, audience: str = "speed2", **change: Any) -> Authenticator:
        tokens = TokenVerifier(issuer="https://uumds", audience=audience, jwks=UUMDS.jwks())
        parts = {"register": self.register, "certificates": self.pki.checker(), "tokens": tokens}
        return Authenticator(**(parts | change))

    def card(self, name: str) -> bytes:
        return bytes(self.pki.der(self.cards[name]))

    def bearer(self, name: str, **facts: Any) -> str:
        asked = {"audience": "speed2", "roles": self.clients[name].roles, "now": self.now, "jti": "j"} | facts
        return "Bearer " + UUMDS.issue(self.clients[name], **asked)


@pytest.fixture(scope="module")
def world(pki: Any) -> World:
    return World(pki)


def test_a_certificate_alone_names_the_caller(world: World) -> None:
    caller = world.door().authenticate(Presented(world.card("trader.fr")), world.now)
    assert (caller.id, caller.kind, caller.circle, caller.eori) == (
        "trader.fr",
        ActorKind.TRADER,
        Circle.UNTRUSTED,
        "FR1",
    )
    assert caller.proof.kind is ProofKind.CERTIFICATE
    assert caller.roles == {"HOLDER", "GUARANTOR", "inbox"}


def test_a_token_alone_names_the_caller_and_whose_business_it_is(world: World) -> None:
    header = world.bearer("trader.fr", acting_for="DE9")
    caller = world.door().authenticate(Presented(authorization=header), world.now)
    assert (caller.id, caller.acting_for, caller.party, caller.proof.value) == ("trader.fr", "DE9", "DE9", "j")
    assert caller.proof.kind is ProofKind.TOKEN


def test_a_bound_token_needs_its_certificate(world: World) -> None:
    thumb = world.pki.thumb(world.cards["trader.fr"])
    header = world.bearer("trader.fr", thumbprint=thumb)
    caller = world.door().authenticate(Presented(world.card("trader.fr"), header), world.now)
    assert (caller.proof.kind, caller.proof.certificate) == (ProofKind.BOUND_TOKEN, thumb)
    for stolen in (Presented(authorization=header), Presented(world.card("trader.de"), header)):
        with pytest.raises(NotAuthenticated, match="bound to another client certificate"):
            world.door().authenticate(stolen, world.now)


def test_token_and_certificate_of_two_clients_do_not_mix(world: World) -> None:
    with pytest.raises(NotAuthenticated, match="another client than the certificate"):
        world.door().authenticate(Presented(world.card("trader.de"), world.bearer("trader.fr")), world.now)


def test_a_revoked_certificate_stops_its_token_at_once(world: World) -> None:
    card = world.cards["trader.fr"]
    presented = Presented(world.card("trader.fr"), world.bearer("trader.fr", thumbprint=world.pki.thumb(card)))
    door = world.door(certificates=world.pki.checker(revoked=[card]))
    with pytest.raises(NotAuthenticated, match="revoked"):
        door.authenticate(presented, world.now)


def test_a_client_taken_from_the_register_is_out_at_once(world: World) -> None:
    door = world.door(register=Register([world.clients["trader.de"]]))
    with pytest.raises(NotAuthenticated, match="no longer registered"):
        door.authenticate(Presented(authorization=world.bearer("trader.fr")), world.now)
    with pytest.raises(NotAuthenticated, match="bound to no client"):
        door.authenticate(Presented(world.card("trader.fr")), world.now)


def test_a_token_that_is_shown_again_is_judged_again_where_something_may_have_changed(world: World) -> None:
    """The principal is remembered with certificate and key; times and revocation are not."""
    door, card = world.door(), world.cards["trader.fr"]
    presented = Presented(world.card("trader.fr"), world.bearer("trader.fr", thumbprint=world.pki.thumb(card)))
    first = door.authenticate(presented, world.now)
    assert door.authenticate(presented, world.now + 1) is first
    for stolen in (replace(presented, certificate=world.card("trader.de")), replace(presented, certificate=b"")):
        with pytest.raises(NotAuthenticated, match="bound to another client certificate"):
            door.authenticate(stolen, world.now)
    with pytest.raises(NotAuthenticated, match="scheme of the Authorization header"):
        door.authenticate(
            replace(presented, authorization=presented.authorization.replace("Bearer", "DPoP")), world.now
        )
    for _ in range(2):
        with pytest.raises(NotAuthenticated, match="expired"):
            door.authenticate(presented, world.now + 400 * 1_000_000)
    with pytest.raises(NotAuthenticated, match="not valid yet"):
        door.authenticate(presented, world.now - 400 * 1_000_000)


def test_what_a_delegation_gives_ends_with_its_day_however_often_the_token_was_shown(world: World) -> None:
    """Its day is that of the principal's country, here an hour ahead of UTC."""
    day = dt.datetime.fromtimestamp(world.now / 1e6, dt.UTC).date()
    delegations = (Delegation("DE9", frozenset({"HOLDER"}), until=day),)
    door = world.door(register=Register([replace(world.clients["trader.fr"], delegations=delegations)]))
    header = world.bearer("trader.fr", acting_for="DE9", now=world.now + 10 * HOUR)
    for _ in range(2):
        assert door.authenticate(Presented(authorization=header), world.now + 10 * HOUR).roles == {"HOLDER"}
    late = world.bearer("trader.fr", acting_for="DE9", now=world.now + 11 * HOUR - 1)
    assert door.authenticate(Presented(authorization=late), world.now + 11 * HOUR - 1).roles == {"HOLDER"}
    with pytest.raises(NotAuthenticated, match="no delegation from DE9"):
        door.authenticate(Presented(authorization=late), world.now + 11 * HOUR)


@pytest.mark.parametrize("own", [(), ("HOLDER",), ("HOLDER", "GUARANTOR"), ("HOLDER", "GUARANTOR", "CARRIER")])
@pytest.mark.parametrize("delegated", [None, (), ("HOLDER",), ("HOLDER", "GUARANTOR")])
@pytest.mark.parametrize("acting_for", ["", "DE9"])
def test_a_token_opens_what_both_it_and_the_register_say_now(
    world: World, own: tuple[str, ...], delegated: tuple[str, ...] | None, acting_for: str
) -> None:
    """Whatever is taken away ends with the register; what is added needs a new token."""
    header = world.bearer("trader.fr", acting_for=acting_for)
    delegations = () if delegated is None else (Delegation("DE9", frozenset(delegated)),)
    now = replace(world.clients["trader.fr"], roles=frozenset(own), delegations=delegations)
    door = world.door(register=Register([now]))
    if acting_for and delegated is None:
        with pytest.raises(NotAuthenticated, match="no delegation from DE9"):
            door.authenticate(Presented(authorization=header), world.now)
        return
    caller = door.authenticate(Presented(authorization=header), world.now)
    assert caller.roles == set((delegated or ()) if acting_for else own) & {"HOLDER", "GUARANTOR"}


@pytest.mark.parametrize("change", [{"eori": "FR3"}, {"country": "BE"}, {"kind": ActorKind.PARTNER_SERVICE}])
def test_a_token_of_what_a_client_was_before_is_worth_nothing(world: World, change: dict[str, Any]) -> None:
    door = world.door(register=Register([replace(world.clients["trader.fr"], **change)]))
    with pytest.raises(NotAuthenticated, match="no longer registered so"):
        door.authenticate(Presented(authorization=world.bearer("trader.fr")), world.now)


def test_a_valid_certificate_without_registration_is_nobody(world: World) -> None:
    with pytest.raises(NotAuthenticated, match="Register its SHA-256 thumbprint"):
        world.door().authenticate(Presented(world.card("unbound")), world.now)


def test_a_card_of_another_circle_than_the_registration_is_refused(world: World) -> None:
    with pytest.raises(WrongCircle, match="belongs to the untrusted circle"):
        world.door().authenticate(Presented(world.card("climber")), world.now)


@pytest.mark.parametrize("header", ["Basic eDp5", "Bearer", "Bearer ", "eyJ"])
def test_other_schemes_are_refused_even_with_a_good_certificate(world: World, header: str) -> None:
    with pytest.raises(NotAuthenticated, match="not of the form"):
        world.door().authenticate(Presented(world.card("trader.fr"), header), world.now)


def test_nothing_presented_is_refused_with_what_to_do(world: World) -> None:
    with pytest.raises(NotAuthenticated, match="Present a client certificate of your circle, or a token"):
        world.door().authenticate(Presented(), world.now)
