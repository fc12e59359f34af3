"""Everybody who may try a door: a client of every kind with every role, and every card that is worth nothing."""

from __future__ import annotations

import datetime as dt
import ssl
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509

from douane.configuration import discovery
from douane.identity.authorities import (
    Credential,
    Period,
    create_issuer,
    create_root,
    issue_client,
    read_credential,
)
from douane.identity.certificates import thumbprint_of
from douane.identity.register import Register
from douane.identity.surface import IDENTITIES, Evidence, Identity
from douane.model.caller import EVERYWHERE, OF_OFFICE
from douane.model.circles import ActorKind, Circle
from douane.trust.demo import DemoClient
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.revoking import REASONS, revoke
from tests.journeys.standing import identity_in, trust

OPERATIONS = {o.qualified: o for s in discovery.services() for o in s.operations}
TRADER = "FR99999999900099"
SECOND = "all.member_state.de"
"""A second administration: what is open to one is open to the other, each in its own name."""


def with_every_role(kind: ActorKind, id: str = "", country: str = "FR") -> DemoClient:
    """A client that plays every role that operations open to its kind, an officer at every office."""
    roles = frozenset(a.name for o in OPERATIONS.values() for a in o.by if a.kind is kind and a.name)
    roles |= frozenset({OF_OFFICE + EVERYWHERE} if kind is ActorKind.OFFICER else ())
    state = kind in (ActorKind.MEMBER_STATE, ActorKind.OFFICER, ActorKind.COMMISSION, ActorKind.THIRD_COUNTRY)
    administration = ("EU" if kind is ActorKind.COMMISSION else country) if state else ""
    eori = TRADER if kind is ActorKind.TRADER else ""
    return DemoClient(id or f"all.{kind.value}", kind, country, eori, administration, roles)


@dataclass(frozen=True)
class Who:
    """Somebody at a door. ``name``: under which its card lies in the identity folder; empty where there is none.

    party: in whose name it sends by AS4.
    """

    name: str
    identity: Identity
    party: str
    queue_user: str = ""

    @property
    def registered(self) -> bool:
        """Whether a refusal of it can be laid at a client's door."""
        return self.identity.evidence is Evidence.HOLDS

    @property
    def refused(self) -> bool:
        """Whether TLS refuses it, whatever it asks."""
        return self.identity.evidence.ends_handshake


@dataclass(frozen=True)
class Everybody:
    """All of them, and where their cards are."""

    identity: DevelopmentIdentity
    whos: tuple[Who, ...]

    def credential(self, who: Who) -> Credential:
        """Certificate and key of somebody."""
        files = self.identity.client(who.name)
        return read_credential(files.certificate.read_bytes(), files.key.read_bytes())

    def trust(self, name: str) -> ssl.SSLContext:
        """The TLS side of somebody, with its card where the name is not empty."""
        files = self.identity.client(name) if name else None
        return trust(self.identity, files.certificate if files else None, files.key if files else None)


def everybody(folder: Path) -> Everybody:
    """A development identity with all of them."""
    clients = [with_every_role(kind) for kind in ActorKind]
    clients += [with_every_role(ActorKind.MEMBER_STATE, SECOND, "DE"), with_every_role(ActorKind.TRADER, "revoked")]
    made = identity_in(folder, clients)
    now = int(_now().timestamp() * 1e6)
    revoke(made, "revoked", reason=REASONS["key-compromise"], now=now)
    _confuse(made)
    for evidence in (Evidence.EXPIRED, Evidence.NOT_YET, Evidence.SELF_SIGNED, Evidence.FOREIGN, Evidence.UNREGISTERED):
        keep(made, evidence.value, *_worthless(made, evidence))
    whos = tuple(_who(each) for each in IDENTITIES)
    return Everybody(made, (*whos, Who(SECOND, Identity(ActorKind.MEMBER_STATE), "NTA.DE", "german")))


def _who(identity: Identity) -> Who:
    match identity.evidence:
        case Evidence.HOLDS:
            user = {ActorKind.MEMBER_STATE: "french"}.get(identity.kind, f"all.{identity.kind.value}")
            return Who(f"all.{identity.kind.value}", identity, party(identity.kind), user)
        case Evidence.NONE:
            return Who("", identity, TRADER)
        case Evidence.WRONG_CIRCLE:
            return Who("confused", identity, TRADER, "confused")
        case Evidence.OTHERS_TOKEN:  # its own card is good; what it bears belongs to somebody else
            return Who("all.trader", identity, "DE1234567890123", "somebody")
        case other:
            return Who(other.value, identity, TRADER, other.value)


def party(kind: ActorKind) -> str:
    """Under which name a client of a kind sends and collects."""
    match kind:
        case ActorKind.TRADER:
            return TRADER
        case ActorKind.MEMBER_STATE:
            return "NTA.FR"
        case ActorKind.COMMISSION:
            return "NTA.EU"
        case _:
            return f"all.{kind.value}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)


def authority(identity: DevelopmentIdentity, circle: Circle) -> Credential:
    """The issuing authority of a circle."""
    return read_credential(identity.authority(circle).read_bytes(), identity.authority_key(circle).read_bytes())


def keep(identity: DevelopmentIdentity, name: str, card: Credential, chain: bytes) -> None:
    """Write a card where the clients of the register have theirs."""
    files = identity.client(name)
    files.certificate.write_bytes(card.certificate_pem() + chain)
    files.key.write_bytes(card.key_pem())


def _confuse(identity: DevelopmentIdentity) -> None:
    """The register binds a card of the trusted authority to a trader: a mistake that must open nothing."""
    issuer = authority(identity, Circle.TRUSTED)
    card = issue_client("confused", issuer=issuer, period=Period.days(_now(), 30), serial=77)
    keep(identity, "confused", card, issuer.certificate_pem())
    clients = list(identity.load_register())
    trader = next(each for each in clients if each.id == "all.trader")
    confused = replace(trader, id="confused", eori="DE555555555", certificates=(thumbprint_of(card.certificate),))
    identity.register.write_text(Register([*clients, confused]).toml())


def _worthless(identity: DevelopmentIdentity, evidence: Evidence) -> tuple[Credential, bytes]:
    good, name = authority(identity, Circle.UNTRUSTED), "all.trader"
    now, today = _now(), Period.days(_now(), 30)
    match evidence:
        case Evidence.EXPIRED:
            past = Period.days(now - dt.timedelta(days=60), 30)
            return issue_client(name, issuer=good, period=past, serial=5), good.certificate_pem()
        case Evidence.NOT_YET:
            future = Period.days(now + dt.timedelta(days=60), 30)
            return issue_client(name, issuer=good, period=future, serial=5), good.certificate_pem()
        case Evidence.SELF_SIGNED:
            return create_root(name, period=today, serial=5), b""
        case Evidence.FOREIGN:
            root = create_root("Douane development root", period=today, serial=1)
            issuer = create_issuer("Douane development untrusted", root=root, period=today, serial=2)
            return issue_client(name, issuer=issuer, period=today, serial=5), issuer.certificate_pem()
        case _:
            return issue_client("nobody", issuer=good, period=today, serial=5), good.certificate_pem()


def chain_of(identity: DevelopmentIdentity, name: str) -> tuple[x509.Certificate, ...]:
    """The chain of somebody's card."""
    return tuple(x509.load_pem_x509_certificates(identity.client(name).certificate.read_bytes()))
