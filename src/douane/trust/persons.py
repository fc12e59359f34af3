"""The persons of the union in a box: with an account of their own, as each's administration would state it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from douane.identity.register import Client
from douane.model.circles import ActorKind, Platform
from douane.portal.start import Persona
from douane.trust.demo import KEEPER_OF_KEYS, REPRESENTED

UNION: Final = "EU"
_KINDS: Final = (ActorKind.TRADER, ActorKind.OFFICER, ActorKind.COMMISSION)


@dataclass(frozen=True, slots=True)
class Person:
    """A person. ``client``: the client of the register whose kind, EORI number and roles he has; without one he has
    none of his own, and works for ``employer`` (an EORI number)."""

    account: str
    name: str
    does: str
    client: str = ""
    kind: ActorKind = ActorKind.TRADER
    employer: str = ""

    @property
    def country(self) -> str:
        """The country that vouches for him."""
        return self.account[:2].upper()


PERSONS: Final = (
    Person("fr.anne.martin", "Anne Martin", "Declarant at Lesquin", "trader.fr.lesquin"),
    Person("at.eva.gruber", "Eva Gruber", "Trader at Wien", "trader.at.wien"),
    Person("be.sofie.peeters", "Sofie Peeters", "Customs representative in Belgium", "representative.be"),
    Person("fr.luc.bernard", "Luc Bernard", "Officer at Lesquin", "fr.officer", ActorKind.OFFICER),
    Person("fr.claire.moreau", "Claire Moreau", "Process expert of France", "fr.expert", ActorKind.OFFICER),
    Person("de.jonas.weber", "Jonas Weber", "Officer at Weil am Rhein", "de.officer", ActorKind.OFFICER),
    Person("at.paul.huber", "Paul Huber", "Officer at Wien", "at.officer", ActorKind.OFFICER),
    Person("eu.maria.rossi", "Maria Rossi", "Staff of the Commission", "commission.officer", ActorKind.COMMISSION),
    Person("fr.nadia.petit", "Nadia Petit", "Employee, without a delegation yet"),
)  # fmt: skip
BY_CLIENT: Final = {each.client: each for each in PERSONS if each.client}
PERSONAS: Final = (
    Persona("trader.fr.lesquin", "Declarant at Lesquin", "follow the own movements", Platform.SPEED2, "untrusted"),
    Persona("trader.at.wien", "Trader at Wien", "the other end of the way", Platform.SPEED2, "untrusted"),
    Persona("fr.officer", "Officer at Lesquin", "every case of the office", Platform.CCN2, "trusted"),
    Persona("commission.officer", "Architect", "what there is, and what a change touches", Platform.CDCO, "core"),
    Persona("operator", "Operator", "does it work, what waits, whom it hits", Platform.OPERATIONS, "internal"),
    Persona("operator.second", "Second operator", "what another operator proposes", Platform.OPERATIONS, "internal"),
)  # fmt: skip
NATIONAL: Final = (
    Persona("de.officer", "Officer at Weil am Rhein", "what crosses the frontier", Platform.CCN2, "trusted"),
    Persona("at.officer", "Officer at Wien", "what arrives", Platform.CCN2, "trusted"),
)
"""Officers of administrations with a system of their own, who enter at its pages."""
_CLIENTS: Final = {each.client: each.title for each in (*PERSONAS, *NATIONAL)}
TITLES: Final = _CLIENTS | {BY_CLIENT[each].account: title for each, title in _CLIENTS.items() if each in BY_CLIENT}
"""What persons are called, by the client or the account as which they come in."""


def accounts(clients: Iterable[Client], issuer: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What is delivered of the persons whose clients are registered: by who keeps it, each account."""
    known = {each.id: each for each in clients}
    found: dict[str, list[dict[str, Any]]] = {}
    for person in PERSONS:
        client = known.get(person.client)
        if person.client and (client is None or client.kind is not person.kind):
            continue
        entry = {
            "account": person.account, "provider": issuer, "subject": person.account, "name": person.name,
            "kind": person.kind.value, "country": person.country,
            "eori": client.eori if client is not None and person.kind is ActorKind.TRADER else "",
            "roles": sorted(_roles(person, client)),
        }  # fmt: skip
        keeper = person.country if person.kind is ActorKind.OFFICER else UNION
        found.setdefault(keeper, []).append(entry)
    yield from found.items()


def _roles(person: Person, client: Client | None) -> frozenset[str]:
    """His business profiles: those of his client; every trader may give delegations and take them on, and let programs
    in where he has a firm."""
    own = client.roles if client is not None else frozenset()
    own |= {REPRESENTED} if person.kind is ActorKind.TRADER else frozenset()
    return own | {KEEPER_OF_KEYS} if person.kind is ActorKind.TRADER and client is not None else own
