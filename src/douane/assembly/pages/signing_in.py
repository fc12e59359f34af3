"""Signing in put together: the register of accounts over the link of UUM&DS, the providers, and the pages of both.

Providers stand in ``providers.toml`` of the identity folder; a node for development has one of its own for the persons
of the demonstration, and for every country that the file does not name.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from douane.channels.browser.visits import Site, Visit
from douane.identity.federating.answers import Answers
from douane.identity.federating.central import Central
from douane.identity.federating.federation import Federation, Others
from douane.identity.federating.providers import SECOND, Provider
from douane.identity.federating.saml import Own, Saml
from douane.identity.kept import Kept
from douane.identity.principals import Principal
from douane.identity.sessions import FRESH, Session, Sessions, Standing, person_of
from douane.identity.sessions import Person as SignedIn
from douane.model.caller import Caller, Party, PartyKind, Strength
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import SIGN_IN
from douane.model.needs import IDENTIFY, RIGHTS, Need
from douane.portal.about import ABOUT, LEAVE
from douane.portal.signing_in import Actor, SigningIn, proving_again, signing_in_site
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link, Question
from douane.shared_services.web.outgoing import Http
from douane.simulator.provider import NationalProvider, Relying, Resident
from douane.simulator.provider_pages import provider_site
from douane.simulator.tickets import Tickets
from douane.trust.persons import PERSONS, Person
from douane.trust.providers import PROVIDERS, read_providers
from douane.trust.saml_key import own_key
from douane.vocabulary.errors import NotAuthenticated, NotAuthorised, SenderFault

CLIENT: Final = "uumds"
ASKS: Final = Caller(CLIENT, ActorKind.SERVICE, Circle.INTERNAL, Party(PartyKind.CORE, CLIENT), strength=Strength.CORE)
"""UUM&DS itself, as it asks the register of accounts."""
_LOOKS: Final = {ActorKind.OFFICER: "trusted", ActorKind.COMMISSION: "core"}
_ACTORS: Final = {ActorKind.OFFICER: Actor.OFFICER, ActorKind.COMMISSION: Actor.COMMISSION}


@dataclass(frozen=True, slots=True)
class Register:
    """The register of accounts behind the link of UUM&DS."""

    link: Link
    catalogue: Catalogue

    async def identify(self, keeper: str, provider: Provider, subject: str) -> str:
        """The account of a person of a provider; empty where there is none."""
        found = await self._ask(
            IDENTIFY, keeper, country=provider.country, provider=provider.issuer, subject=subject
        )  # fmt: skip
        return str(found.account)

    async def standing(self, person: SignedIn) -> Standing:
        """What a person may do now. Raises NotAuthenticated for no account, NotAuthorised without a delegation."""
        found = await self._ask(
            RIGHTS, person.keeper, account=person.account, principal=person.acting_for, through=person.through
        )  # fmt: skip
        if not found.known:
            raise NotAuthenticated("Your account is closed.", remedy="Ask the administration that vouched for you.")
        if found.refused:
            refusal = NotAuthorised(
                found.refused, remedy=f"{person.acting_for} gives a delegation, and you accept it; or act for yourself."
            )
            missing = f"a delegation of {person.acting_for} that holds today"
            refusal.why = "delegations: nothing known is nothing allowed", missing, person.acting_for
            raise refusal
        return Standing(
            name=found.name, kind=ActorKind(found.kind.value), country=found.country, eori=found.eori,
            roles=frozenset(found.roles), delegate=found.delegate,
            principals=tuple((each.principal, each.through) for each in found.principals),
        )  # fmt: skip

    async def caller(self, session: Session) -> Principal | None:
        """The caller of a session of a person: at UUM&DS itself everybody is there for himself, and whose account is
        closed is nobody there, so that another person can sign in. Raises NotAuthenticated, NotAuthorised."""
        assert session.person is not None
        if session.platform != Platform.UUMDS.value:
            return person_of(session, await self.standing(session.person))
        person = msgspec.structs.replace(session.person, acting_for="", through="")
        try:
            return person_of(msgspec.structs.replace(session, person=person), await self.standing(person))
        except NotAuthenticated:
            return None

    async def _ask(self, need: Need, keeper: str, **said: str) -> Any:
        operation = self.catalogue.filled(need)
        request = operation.request(keeper=keeper, **said)
        return await self.link.ask(Question(operation.qualified, keeper, ASKS, frozenset({SIGN_IN}), request))


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a node has for signing in: its sites by name, and the addresses that begin it."""

    register: Register
    sites: Mapping[str, Site]
    federation: Federation
    tickets: Tickets
    provider: NationalProvider
    url: Callable[[str], str]
    now: Callable[[], int]

    def address(self, person: Person, site: str, to: str) -> str:
        """Where one signs in as a person of the demonstration, and goes on to a page. Raises StoreUnavailable."""
        return address(self.url("signin"), person, self.tickets.give(person.account), site, to)

    def proving(self, visit: Visit, to: str) -> str:
        """Where a person proves anew who he is, and comes back to a page; empty while his proof is fresh enough."""
        person = visit.session.person if visit.session is not None else None
        if person is None or self.now() - person.proven <= FRESH:
            return ""
        return proving_again(person, self.url("signin"), visit.site.name, to)

    def origins(self) -> list[str]:
        """Where providers are, to which a form of ours may lead."""
        return self.federation.origins()


def address(sign_in: str, person: Person, ticket: str, site: str, to: str) -> str:
    """The address that begins a sign-in as a person of the demonstration."""
    actor = _ACTORS.get(person.kind, Actor.EMPLOYEE if person.employer else Actor.OPERATOR)
    said = {"country": person.country, "actor": actor.value, "site": site, "to": to, "hint": ticket}
    if person.employer:
        said["identifier"] = person.employer
    return f"{sign_in}/begin?{urlencode(said)}"


def make_sign_in(
    folder: Path, identity: Path, link: Link, catalogue: Catalogue, sessions: Sessions, url: Callable[[str], str],
    sites: Callable[[], Mapping[str, Platform]], *, now: Callable[[], int], random: Callable[[int], bytes],
    told: Callable[[SenderFault], None],
) -> SignIn | None:  # fmt: skip
    """Signing in of a node for development; None where it has no register of accounts."""
    if not catalogue.filling(IDENTIFY):
        return None
    kept, tickets = Kept(folder, random), tickets_in(folder, random, now)
    secret = base64.urlsafe_b64encode(random(32)).decode().rstrip("=")
    relying = Relying(CLIENT, secret, lambda: f"{url('signin')}/callback")
    residents = {
        each.account: Resident(each.account, each.name, each.does, _LOOKS.get(each.kind, "untrusted"))
        for each in PERSONS
    }
    provider = NationalProvider(
        residents, relying, issuer=lambda: url("idp"), now=now, random=random, ticket=tickets.take
    )  # fmt: skip
    others = read_providers(identity / PROVIDERS)

    def providers() -> Mapping[str, Provider]:
        own = {each.country: Provider(each.country, "Demonstration", url("idp"), CLIENT, secret) for each in PERSONS}
        return {**own, **others}

    @functools.cache
    def own() -> Own:
        return own_key(identity, dt.datetime.fromtimestamp(now() / SECOND, dt.UTC))

    answers = Answers(providers, kept, now)
    saml = Saml(providers, answers, at=lambda: f"{url('signin')}/saml", own=own, name=kept.secret, now=now)
    central = Central(answers, kept, Kept(identity, random), at=lambda: url("signin"), now=now)
    beside = Others(answers, saml, central)
    federation = Federation(providers, Http(), kept, redirect=relying.redirect, now=now, others=beside)
    register = Register(link, catalogue)
    pages = SigningIn(federation, sessions, register, url, sites, kept.secret, told)
    made = {
        "signin": signing_in_site(pages, (*ABOUT, LEAVE)),
        "idp": provider_site(provider, ABOUT),
    }
    return SignIn(register, made, federation, tickets, provider, url, now)


def tickets_in(folder: Path, random: Callable[[int], bytes], now: Callable[[], int]) -> Tickets:
    """The tickets of the provider of a node, whose sessions are in a folder."""
    return Tickets(Kept(folder, random), now)
