"""Who is calling, for whom, and with which proof: what every door hands on after authentication."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field

from douane.model.caller import PARTY_KINDS, Caller, Party, PartyKind, Strength, offices_of
from douane.model.circles import ActorKind, Circle


class ProofKind(enum.Enum):
    """How a caller proved to be who it is."""

    CERTIFICATE = "certificate"  # client certificate of the TLS connection; value is its SHA-256 thumbprint
    NONE = "none"  # the public: nothing is proven
    TOKEN = "token"  # noqa: S105 - the name of a kind of proof, not a secret; value is the token's jti
    QUEUE = "queue"  # the user under which the carrier of the queues authenticated the connection
    FOLDER = "folder"  # the folder that a file lay in: the file system lets only its administration write there
    SESSION = "session"  # of a person in a browser; value is the SHA-256 of the session's token
    BOUND_TOKEN = "bound_token"  # noqa: S105 - as above: a token presented over the certificate it is bound to


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence of one authentication: what the audit leaf keeps of it. Never a secret."""

    kind: ProofKind
    value: str
    certificate: str = ""
    """Thumbprint of the certificate behind it; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Presented:
    """What came with a request: the connection's certificate (DER) and the Authorization header, or nothing.

    key: the thumbprint of the key of which the request proved possession.
    """

    certificate: bytes = b""
    authorization: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody acts for somebody else, in named roles: a representative or an employee.

    ``principal`` is the client id or EORI acted for; ``roles`` are those the delegate has while doing so.
    until: the last day on which it holds (UTC); for ever where it is None.
    """

    principal: str
    roles: frozenset[str]
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller.

    ``circle`` comes from the authority behind the proof. ``eori`` is set for traders, ``administration`` (a country
    code, or ``EU``) for administrations and the Commission. ``acting_for`` is empty, or names whose business it is.
    """

    id: str
    kind: ActorKind
    circle: Circle
    proof: Proof
    country: str = ""
    eori: str = ""
    administration: str = ""
    roles: frozenset[str] = frozenset()
    acting_for: str = ""
    person: str = ""
    """The account of a natural person, where UUM&DS let one in."""
    delegate: str = ""
    """The name under which a person was given the delegation by which he acts: an EORI or an account."""
    shown: Presented | None = field(default=None, repr=False, compare=False)
    """What he presented, where that can be judged anew."""
    judge: object = field(default=None, repr=False, compare=False)
    """Who judged it: as long as a gate has the same judge, nothing was taken from anybody."""
    caller: Caller = field(init=False, repr=False, compare=False)
    """The same as it goes with every message: who acts, and for which party."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "caller", self._caller())

    @property
    def party(self) -> str:
        """Whose business this is: the one acted for, else the caller's EORI, administration or id."""
        return self.acting_for or self.eori or self.administration or self.id

    def _caller(self) -> Caller:
        kind = PARTY_KINDS[self.kind]
        own = self.delegate or self.eori or self.id
        if kind is PartyKind.ADMINISTRATION:
            identifier, by = self.administration, own if self.acting_for else ""
        else:
            identifier, by = self.acting_for or own, own if self.acting_for else ""
        return Caller(
            self.id, self.kind, self.circle, Party(kind, identifier), self.administration, by, self.person,
            strength=Strength(self.proof.kind.value),
            offices=offices_of(self.roles) if self.kind is ActorKind.OFFICER else (),
        )  # fmt: skip


THE_PUBLIC = Principal("", ActorKind.PUBLIC, Circle.UNTRUSTED, Proof(ProofKind.NONE, ""))
"""Whoever shows no proof at all: reads what is published to everybody, and nothing else."""
