"""Signing in put together: the register of accounts over the link of UUM&DS, the providers, and the pages of both.

Providers stand in ``providers.toml`` of the identity folder; a node for development has one of its own for the persons
of the demonstration, and for every country that the file does not name.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from douane.channels.browser.visits import Site, Visit
from douane.identity.asker_statements import Askers
from douane.identity.federating.answers import Answers
from douane.identity.federating.central import Central
from douane.identity.federating.federation import Federation, Others
from douane.identity.federating.providers import SECOND, Provider
from douane.identity.federating.saml import Own, Saml
from douane.identity.federating.sealing import Seal
from douane.identity.kept import Kept
from douane.identity.principals import Principal
from douane.identity.registered.accounts import Register
from douane.identity.registered.sessions import RegisteredSessions
from douane.identity.registered.statements import StatementsOnPersons
from douane.identity.sessions import FRESH, Session
from douane.model.circles import Platform
from douane.model.needs import IDENTIFY
from douane.portal.about import ABOUT, LEAVE
from douane.portal.signing_in import SigningIn, proving_again, signing_in_site
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link
from douane.shared_services.web.outgoing import Http
from douane.trust.following import Followed
from douane.trust.known import KnownClients
from douane.trust.providers import PROVIDERS, parse
from douane.trust.saml_key import own_key
from douane.vocabulary.errors import SenderFault


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a process has for signing in: who proves who somebody is, and the site where it is served here."""

    site: Site | None
    federation: Federation
    url: Callable[[str], str]
    now: Callable[[], int]

    def proving(self, visit: Visit, to: str) -> str:
        """Where a person proves anew who he is, and comes back to a page; empty while his proof is fresh enough."""
        person = visit.session.person if visit.session is not None else None
        if person is None or self.now() - person.proven <= FRESH:
            return ""
        return proving_again(person, self.url("signin"), visit.site.name, to)

    def origins(self) -> list[str]:
        """Where providers are, to which a form of ours may lead."""
        return self.federation.origins()


@dataclass(frozen=True, slots=True)
class Accounts:
    """The register of accounts, by the platform whose link it is asked over: sessions, and what persons may do."""

    links: Mapping[Platform, Link]
    sessions: Mapping[Platform, RegisteredSessions]
    registers: Mapping[Platform, Register]

    async def caller(self, session: Session) -> Principal | None:
        """The caller of a session of a person; None where nobody is there. Raises NotAuthenticated, NotAuthorised."""
        register = self.registers.get(Platform(session.platform))
        return await register.caller(session) if register is not None else None


def accounts_over(
    links: Mapping[Platform, Link], catalogue: Catalogue, *, now: Callable[[], int], random: Callable[[int], bytes],
    sign_ins: int,
) -> Accounts:  # fmt: skip
    """The register of accounts over the links of a process; nothing where no application keeps one.

    sign_ins: of one person in ten minutes.
    """
    if not catalogue.filling(IDENTIFY):
        return Accounts({}, {}, {})
    held: OrderedDict[str, tuple[int, Any]] = OrderedDict()
    sessions = {
        platform: RegisteredSessions(link, catalogue, now=now, random=random, at=platform, held=held, sign_ins=sign_ins)
        for platform, link in links.items()
    }
    return Accounts(links, sessions, {platform: Register(link, catalogue) for platform, link in links.items()})


def make_sign_in(
    folder: Path, identity: Path, accounts: Accounts, catalogue: Catalogue, url: Callable[[str], str],
    sites: Callable[[], Mapping[str, Platform]], *, now: Callable[[], int], random: Callable[[int], bytes],
    told: Callable[[SenderFault], None], secure: bool, trust: KnownClients,
    shown: Callable[[], Mapping[str, Provider]] = dict, askers: Askers | None = None,
) -> SignIn | None:  # fmt: skip
    """Signing in at a node; None where no application keeps a register of accounts. ``secure``: by TLS.

    Who somebody is says the provider that ``providers.toml`` names for his country, and nobody else. trust: follows
    that file, and says whether it holds. askers: states who asks, where this process has the
    key of tokens. ``shown``: those of the demonstration of a node for development.
    """
    if not catalogue.filling(IDENTIFY):
        return None
    kept, file, holding = Kept(folder, random), identity / PROVIDERS, trust.holding
    read = holding.reading(file, lambda text: parse(text, identity, str(file)))
    named: list[Mapping[str, Provider]] = [{}]
    swap = functools.partial(named.__setitem__, 0)
    swap(trust.add(Followed(lambda: [file, *holding.files], read, swap, "providers")).read())

    def providers() -> Mapping[str, Provider]:
        return {**shown(), **named[0]}

    @functools.cache
    def own() -> Own:
        return own_key(identity, dt.datetime.fromtimestamp(now() / SECOND, dt.UTC))

    uumds = accounts.links.get(Platform.UUMDS)
    seal = Seal(uumds.sealing, now=now, random=random) if uumds is not None else Seal.alone(now=now, random=random)
    answers = Answers(providers, seal, now)
    saml = Saml(
        providers, answers, at=lambda: f"{url('signin')}/saml", own=own, name=kept.secret, now=now, held=holding.needed
    )
    central = Central(answers, kept, Kept(identity, random), at=lambda: url("signin"), now=now)
    beside = Others(answers, saml, central)
    federation = Federation(
        providers, Http(), kept, seal, redirect=lambda: f"{url('signin')}/callback", now=now, others=beside
    )  # fmt: skip
    site = None
    if Platform.UUMDS in accounts.sessions:
        register, sessions = accounts.registers[Platform.UUMDS], accounts.sessions[Platform.UUMDS]
        on_persons = StatementsOnPersons(sessions, register, askers) if askers is not None else None
        pages = SigningIn(federation, sessions, register, url, sites, kept.secret, now, told, secure, on_persons)
        site = signing_in_site(pages, (*ABOUT, LEAVE))
    return SignIn(site, federation, url, now)
