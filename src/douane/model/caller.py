"""Who acts: one frozen value, made by the door from proof, carried unchanged to journal, unit of work, view and leaf.

Invariants. (1) A ``Caller`` is made in three places only: by a door from an authenticated principal, by the core for
messages that it sends itself (``of_the_core``), and when a row of a former release is read. Nothing in a body, and
nothing in the form of a name, makes or changes one. (2) ``party`` says whose business it is, with its kind; where a
delegate acts, ``by`` names the delegate and ``party`` the principal. (3) What is not known is empty, and empty gives
no right.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

import msgspec

from douane.model.circles import ActorKind, Circle

INNER: Final = "@"
"""Begins what no party is called: the core itself, and the lanes between partitions (``@2``)."""
ACTOR: Final = f"{INNER}operator"
"""As whose the acts of operators are known; no message from outside has such a sender."""
OFFICE_OF: Final = "NTA."
"""Stands before the country code in the name under which an administration sends and collects."""


OF_OFFICE: Final = "office."
"""Begins the role by which a register says at which customs office an officer works: ``office.FR001260``."""
EVERYWHERE: Final = "*"
"""Stands for all offices of his administration: ``office.*``."""


def offices_of(roles: Iterable[str]) -> tuple[str, ...]:
    """The customs offices that roles name, in order; an officer of whom none is known works at none."""
    return tuple(sorted(each.removeprefix(OF_OFFICE) for each in roles if each.startswith(OF_OFFICE)))


class PartyKind(enum.StrEnum):
    """What a party is: what its identifier means depends on it."""

    TRADER = "trader"  # identifier: EORI
    THIRD_COUNTRY = "third_country"  # identifier: its registration in UUM&DS
    PARTNER_SERVICE = "partner_service"  # the same
    ADMINISTRATION = "administration"  # identifier: country code, or EU
    STAFF = "staff"  # a person at a desk: registration in UUM&DS
    CORE = "core"  # the node itself: its timers and announcements
    NOBODY = "nobody"  # the public, and whoever is not known


class Party(msgspec.Struct, frozen=True, array_like=True):
    """Somebody who sends, receives, or has a part in a case."""

    kind: PartyKind
    identifier: str

    @property
    def name(self) -> str:
        """Under which name the party's inbox is kept and its messages are known: ``NTA.DE``, an EORI, an id."""
        return OFFICE_OF + self.identifier if self.kind is PartyKind.ADMINISTRATION else self.identifier


class Strength(enum.StrEnum):
    """How a caller proved to be who it is."""

    NONE = "none"  # the public
    CERTIFICATE = "certificate"
    TOKEN = "token"  # noqa: S105 - the name of a kind of proof, not a secret
    BOUND_TOKEN = "bound_token"  # noqa: S105 - as above
    SESSION = "session"  # a person in a browser
    QUEUE = "queue"
    FOLDER = "folder"
    CORE = "core"  # the core's own messages
    RELAYED = "relayed"  # by the node of ``via``, which proved itself
    UNKNOWN = "unknown"  # of a former release, which did not keep it


class Caller(msgspec.Struct, frozen=True, array_like=True):
    """Who acts.

    id: the registered client behind the proof. party: whose business it is. administration: country code, or ``EU``, of
    a caller of the trusted circle. by: the party that acts for ``party`` by a delegation. person: a natural person,
    where one is known. via: the administration whose node passed the message on, or ``core`` for a message between
    cases of a node. offices: of an officer, the customs offices at which he works.
    """

    id: str
    kind: ActorKind
    circle: Circle
    party: Party
    administration: str = ""
    by: str = ""
    person: str = ""
    strength: Strength = Strength.UNKNOWN
    via: str = ""
    offices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the party (``Party.name``, which is not called: this is asked for each row)."""
        party = self.party
        return OFFICE_OF + party.identifier if party.kind is PartyKind.ADMINISTRATION else party.identifier

    @property
    def everywhere(self) -> bool:
        """Whether an officer works at every office of his administration."""
        return EVERYWHERE in self.offices

    def works_at(self, offices: Iterable[str]) -> bool:
        """Whether an officer works at one of these offices."""
        return self.everywhere or any(each in self.offices for each in offices)

    @property
    def human(self) -> str:
        """Who it is where persons count: the person, by whatever client he acts; the client where none is known."""
        return self.person or self.id

    @property
    def acting_for(self) -> str:
        """The principal's identifier where a delegate acts; empty where everybody acts for himself."""
        return self.party.identifier if self.by else ""


def person_of(caller: Caller) -> str:
    """The account of the person who acts, by whatever proof; empty where nobody knows which person it is.

    Where two persons answer for something both are persons: one human with two clients is one, a program that is
    registered for nobody is none. Nothing else says who is one.
    """
    return caller.person


def nobody(caller: Caller) -> str:
    """Why a caller is none of two persons, in a sentence that says what to do; empty for a person."""
    if person_of(caller):
        return ""
    return f"{caller.id} is registered for no person, and two persons answer for this. {_PROGRAM}"


_PROGRAM: Final = 'Sign in, or have the client registered for your account: person = "fr.luc.bernard" in the register.'
VIA_CORE: Final = "core"
FORMER_DELEGATE: Final = "?"
"""``by`` of a delegate in a row of a former release, which did not keep who it was."""

CORE: Final = Caller(
    INNER, ActorKind.SERVICE, Circle.INTERNAL, Party(PartyKind.CORE, INNER), strength=Strength.CORE, via=VIA_CORE
)
"""The core in its own name: timers, announcements of operators."""
PUBLIC: Final = Caller("", ActorKind.PUBLIC, Circle.UNTRUSTED, Party(PartyKind.NOBODY, ""), strength=Strength.NONE)
"""Whoever calls without a proof: reads what is published, and nothing else."""

OPERATOR: Final = Caller(
    "operator", ActorKind.OPERATOR, Circle.INTERNAL, Party(PartyKind.STAFF, "operator"), strength=Strength.CORE
)
"""Who runs the node, by a command beside it: whoever may read and write its data folder."""

UUMDS: Final = Caller(
    "uumds", ActorKind.SERVICE, Circle.INTERNAL, Party(PartyKind.CORE, "uumds"), strength=Strength.CORE
)
"""UUM&DS itself, as it asks the register of accounts."""


def of_the_core(administration: str) -> Caller:
    """The caller of a message between cases of a node: the administration of the case that caused it."""
    known = _OF_THE_CORE.get(administration)
    if known is None:
        known = _OF_THE_CORE[administration] = Caller(
            INNER, ActorKind.SERVICE, Circle.INTERNAL, Party(PartyKind.ADMINISTRATION, administration), administration,
            strength=Strength.CORE, via=VIA_CORE,
        )  # fmt: skip
    return known


_OF_THE_CORE: dict[str, Caller] = {}


def relayed(kind: ActorKind, identifier: str, *, via: str) -> Caller:
    """Somebody for whom another node speaks, or this one as a client: it has proven who it is, and vouches for him.

    identifier: country code of an administration, else the identifier of the party.
    """
    party = Party(PARTY_KINDS[kind], identifier)
    administration = identifier if party.kind is PartyKind.ADMINISTRATION else ""
    return Caller(party.name, kind, kind.circle, party, administration, strength=Strength.RELAYED, via=via)


def receiver(box: str) -> Caller:
    """The partner that signed a receipt for what it got: known by the name of its box, and as no more."""
    return Caller(box, ActorKind.SERVICE, Circle.INTERNAL, Party(PartyKind.NOBODY, box))


PARTY_KINDS: Final = {
    ActorKind.TRADER: PartyKind.TRADER,
    ActorKind.THIRD_COUNTRY: PartyKind.THIRD_COUNTRY,
    ActorKind.PARTNER_SERVICE: PartyKind.PARTNER_SERVICE,
    ActorKind.MEMBER_STATE: PartyKind.ADMINISTRATION,
    ActorKind.COMMISSION: PartyKind.ADMINISTRATION,
    ActorKind.OFFICER: PartyKind.STAFF,
    ActorKind.SERVICE: PartyKind.CORE,
    ActorKind.OPERATOR: PartyKind.STAFF,
    ActorKind.PUBLIC: PartyKind.NOBODY,
}
"""As which kind of party a caller of each kind acts."""
