"""What a node for development has beside its pages: a start page with movements and persons, and a provider of its own.

Whoever reaches this machine is let in by it as anybody. So it is reached by ``development = true`` alone: a node in
production does not import this module, nor what it is made of (``tests/circles/test_production_pages.py`` sees to it).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from douane.assembly.doors import DoorMaker
from douane.assembly.pages.sites import FOLDER, SITES
from douane.channels.browser.visits import Site
from douane.configuration.ports import SystemIds
from douane.identity.federating.providers import Provider
from douane.identity.kept import Kept
from douane.identity.register import Client
from douane.identity.sessions import Sessions
from douane.model.caller import UUMDS
from douane.model.circles import ActorKind, Platform
from douane.model.needs import IDENTIFY
from douane.portal.about import ABOUT
from douane.portal.signing_in import Actor
from douane.portal.start import Moving, Persona, Start, start_site
from douane.runtime.store.envelope import Arrival
from douane.simulator.provider import NationalProvider, Relying, Resident
from douane.simulator.provider_pages import provider_site
from douane.simulator.tickets import Tickets
from douane.supervision.statutory import advance
from douane.trust.demo_registers import persons
from douane.trust.persons import BY_CLIENT, NATIONAL, PERSONAS, PERSONS, TITLES, Person
from douane.vocabulary.time import DAY

_LOOKS: Final = {ActorKind.OFFICER: "trusted", ActorKind.COMMISSION: "core"}
_ACTORS: Final = {ActorKind.OFFICER: Actor.OFFICER, ActorKind.COMMISSION: Actor.COMMISSION}


@dataclass(slots=True)
class Show:
    """The show of a node. ``url``: the address of a site. opened: the platforms that have pages here."""

    maker: DoorMaker
    sessions: Sessions
    url: Callable[[str], str]
    opened: frozenset[Platform]
    moving: Moving
    tickets: Tickets
    provider: NationalProvider | None
    """None where the node has no register of accounts, so that nobody signs in by it."""
    secret: str

    @property
    def titles(self) -> Mapping[str, str]:
        """What its persons are called."""
        return TITLES

    def start(self) -> str:
        """The address of the start page."""
        return f"{self.url('start')}/"

    def providers(self) -> Mapping[str, Provider]:
        """The provider of the demonstration, for the country of each of its persons."""
        if self.provider is None:
            return {}
        at = self.url("idp")
        return {each.country: Provider(each.country, "Demonstration", at, UUMDS.id, self.secret) for each in PERSONS}

    def sites(self) -> dict[str, Site]:
        """The sites that it adds."""
        largest = sorted(self.maker.catalogue.services.values(), key=lambda each: -len(each.operations))
        services = _shortened(" · ".join(each.name.replace("_", " ") for each in largest))
        made = {"start": start_site(Start(self.moving, self._personas, self._invite, self._links, services))}
        return made | ({"idp": provider_site(self.provider, ABOUT)} if self.provider is not None else {})

    def origins(self) -> list[str]:
        """Where the answers to its forms lead."""
        return [self.url("start"), self.url("idp"), *self.moving.origins]

    def persons(self, clients: Iterable[Client], hosts: Callable[[str, str], bool]) -> Iterator[Arrival]:
        """What the registers of accounts are told of its persons."""
        now = self.maker.clock.now()
        return persons(clients, self.url("idp"), self.maker.catalogue, hosts, now)

    def _personas(self) -> tuple[Persona, ...]:
        under = self.maker.settings.pages.under if self.maker.settings.pages is not None else ""
        own = [each for each in PERSONAS if each.platform in self.opened and not under]
        own += [each for each in NATIONAL if under and each.client.startswith(f"{under}.")]
        return (*own, *(each for each, _ in self.moving.elsewhere.values()))

    def _links(self) -> dict[Platform, str]:
        return {each: self.url(name) for each, name in SITES.items() if each in self.opened}

    def _invite(self, persona: Persona, to: str) -> str:
        """Where one comes in as a person of the demonstration."""
        if persona.client in self.moving.elsewhere:
            return self.moving.elsewhere[persona.client][1](to)
        person, site = BY_CLIENT.get(persona.client), SITES[persona.platform]
        if self.provider is not None and person is not None:
            return address(self.url("signin"), person, self.tickets.give(person.account), site, to)
        return invitation(self.sessions, self.url(site), persona.client, persona.platform, to)


def make_show(
    maker: DoorMaker, sessions: Sessions, url: Callable[[str], str], opened: Iterable[Platform]
) -> Show:  # fmt: skip
    """The show of a node for development."""
    folder, random, now = maker.settings.data / FOLDER, SystemIds().random, maker.clock.now
    secret, tickets = base64.urlsafe_b64encode(random(32)).decode().rstrip("="), tickets_in(folder, random, now)
    residents = {
        each.account: Resident(each.account, each.name, each.does, _LOOKS.get(each.kind, "untrusted"))
        for each in PERSONS
    }
    relying = Relying(UUMDS.id, secret, lambda: f"{url('signin')}/callback")
    provider = NationalProvider(
        residents, relying, issuer=lambda: url("idp"), now=now, random=random, ticket=tickets.take
    )  # fmt: skip
    signs_in = provider if maker.catalogue.filling(IDENTIFY) else None
    moving = Moving(advancing=lambda: advance(maker.settings, DAY))
    return Show(maker, sessions, url, frozenset(opened), moving, tickets, signs_in, secret)


def address(sign_in: str, person: Person, ticket: str, site: str, to: str) -> str:
    """The address that begins a sign-in as a person of the demonstration."""
    actor = _ACTORS.get(person.kind, Actor.EMPLOYEE if person.employer else Actor.OPERATOR)
    said = {"country": person.country, "actor": actor.value, "site": site, "to": to, "hint": ticket}
    if person.employer:
        said["identifier"] = person.employer
    return f"{sign_in}/begin?{urlencode(said)}"


def tickets_in(folder: Path, random: Callable[[int], bytes], now: Callable[[], int]) -> Tickets:
    """The tickets of the provider of a node, whose sessions are in a folder."""
    return Tickets(Kept(folder, random), now)


def invitation(sessions: Sessions, site: str, client: str, platform: Platform, to: str, by: str = "") -> str:
    """The address that lets somebody in once."""
    return f"{site}/enter?once={quote(sessions.invite(client, platform, to=to, by=by))}"


def _shortened(text: str, most: int = 72) -> str:
    return text if len(text) <= most else text[:most].rpartition(" · ")[0] + " …"
