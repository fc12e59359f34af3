"""The pages of a node: its sites behind the gates of its platforms, sessions, and one plain listener on loopback."""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

import msgspec

from douane.assembly.doors import DoorMaker
from douane.assembly.pages.landscapes import NodeLandscape
from douane.assembly.pages.signing_in import SignIn, make_sign_in
from douane.channels.browser.binding import Browser, People, Surroundings
from douane.channels.browser.visits import Site
from douane.configuration import discovery
from douane.configuration.artefacts import release
from douane.configuration.portal import known_of_release, make_declaring
from douane.configuration.ports import SystemIds, monotonic
from douane.configuration.settings import NodeSettings, PagesAt
from douane.identity.principals import Principal
from douane.identity.sessions import Session, Sessions, principal_of
from douane.model.circles import Platform
from douane.model.needs import (
    INTERFACES,
    LIBRARY,
    MOVE,
    MOVE_BACK,
    MOVED,
    NODES,
    PAGES_OF_ARCHITECTURE,
    PREVIEW,
    PREVIEW_OF_MOVE,
    PROVISION,
    ROLL_OUT,
    SYSTEMS,
)
from douane.model.routes import Route
from douane.pages.languages import Words
from douane.portal import landscape, roll_out
from douane.portal.console import console
from douane.portal.desks import Besides, Offered, desk
from douane.portal.provision import choosing
from douane.portal.start import Breakable, Journey, Movement, Persona, Start, Union, start_site
from douane.portal.watched import Node as Watched
from douane.runtime.core.tick import Tick
from douane.runtime.door import door as doors
from douane.runtime.door.door import Authenticated
from douane.runtime.door.link import Link
from douane.runtime.store.records import CaseEntry
from douane.runtime.store.statutory import StatutoryClock
from douane.shared_services.auditing.reads import Read, about_of
from douane.shared_services.web.fair_use import FairUse
from douane.shared_services.web.listener import Door, Listeners, ListenerSettings
from douane.supervision.statutory import advance
from douane.trust.persons import BY_CLIENT
from douane.vocabulary.calendars import UNION
from douane.vocabulary.code_lists import CodeLists
from douane.vocabulary.errors import NotFound
from douane.vocabulary.time import DAY

FOLDER: Final = "sessions"
WHERE: Final = "pages.json"
"""The file in the data folder in which a running node says at which address each of its sites is."""
HOSTS: Final = {
    "start": "localhost", "portal": "portal.localhost", "desk": "desk.localhost", "centre": "centre.localhost",
    "signin": "signin.localhost", "idp": "idp.localhost", "console": "console.localhost",
}  # fmt: skip
"""The host of each site, where a node has no name of its own below ``localhost``."""
SITES: Final = {
    Platform.SPEED2: "portal", Platform.CCN2: "desk", Platform.CDCO: "centre", Platform.OPERATIONS: "console",
}  # fmt: skip
BEHIND: Final = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)
"""The platforms whose pages call through a door; the console is told by its node."""
PERSONAS: Final = (
    Persona("trader.fr.lesquin", "Declarant at Lesquin", "follow the own movements", Platform.SPEED2, "untrusted"),
    Persona("trader.at.wien", "Trader at Wien", "the other end of the way", Platform.SPEED2, "untrusted"),
    Persona("fr.officer", "Officer at Lesquin", "every case of the office", Platform.CCN2, "trusted"),
    Persona("commission.officer", "Architect", "what there is, and what a change touches", Platform.CDCO, "core"),
    Persona("operator", "Operator", "does it work, what waits, whom it hits", Platform.OPERATIONS, "internal"),
)  # fmt: skip
NATIONAL: Final = (
    Persona("de.officer", "Officer at Weil am Rhein", "what crosses the frontier", Platform.CCN2, "trusted"),
    Persona("at.officer", "Officer at Wien", "what arrives", Platform.CCN2, "trusted"),
)
"""Officers of administrations with a system of their own, who enter at its pages."""
_CLIENTS: Final = {each.client: each.title for each in (*PERSONAS, *NATIONAL)}
TITLES: Final = _CLIENTS | {BY_CLIENT[each].account: title for each, title in _CLIENTS.items() if each in BY_CLIENT}
"""What persons are called, by the client or the account as which they come in."""
LAST: Final = 10
"""Movements that the start page shows."""


@dataclass(slots=True)
class Moving:
    """The cases that changed last, by what each commit changed; and what whoever plays the union adds to it."""

    cases: OrderedDict[tuple[str, int], Movement] = field(default_factory=OrderedDict)
    ended: list[Journey] = field(default_factory=list)
    number: int = 0
    written: Callable[[], bytes | None] = lambda: None
    parts: Callable[[], Sequence[Breakable]] = lambda: ()
    switching: Callable[[str, bool], Any] | None = None
    advancing: Callable[[], object] = lambda: None
    volume: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Messages through the doors of this node since it started, by administration and service."""
    elsewhere: dict[str, tuple[Persona, Callable[[str], str]]] = field(default_factory=dict)
    """Persons of other nodes of this union, each with what makes a link that lets them in there."""
    origins: tuple[str, ...] = ()
    """Where those links lead."""

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        self.volume.update(
            (row.administration, row.operation.partition(".")[0])
            for _, row in tick.overlay.rows if row.origin.platform and row.operation
        )  # fmt: skip
        for key, (kind, _) in tick.overlay.before.items():
            entry = tick.overlay.case_entry(key) if kind.type is CaseEntry else None
            if entry is None:
                continue
            names = dict(entry.aliases)
            reference = names.get("mrn") or names.get("arrival") or names.get("passage")
            if reference is None:
                continue
            administration, subject = key[3:5].decode(), int.from_bytes(key[5:13], "big")
            self.cases.pop((administration, subject), None)
            self.cases[administration, subject] = Movement(
                reference, administration, entry.kind, entry.state, entry.office, tick.overlay.now
            )
            while len(self.cases) > LAST:
                self.cases.popitem(last=False)

    def movements(self) -> Sequence[Movement]:
        """The cases that changed last, the latest first."""
        return tuple(reversed(self.cases.values()))

    def journeys(self) -> Sequence[Journey]:
        """The journeys that ended."""
        return tuple(self.ended)

    def planned(self) -> int:
        """How many journeys there are."""
        return self.number

    def report(self) -> bytes | None:
        """The report of this run, where it has ended."""
        return self.written()

    def breakable(self) -> Sequence[Breakable]:
        """What one may break and start again."""
        return self.parts()

    async def switch(self, name: str, *, works: bool) -> None:
        """Break something, or start it again."""
        if self.switching is None or name not in {each.name for each in self.parts()}:
            raise NotFound("There is nothing of this name to stop or start.", remedy="Go back to the start page.")
        await self.switching(name, works)

    async def advance(self) -> None:
        """Set statutory time a day ahead; a running node notices within a second."""
        self.advancing()


@dataclass(slots=True)
class Pages:
    """The pages of a node, not yet listening."""

    settings: NodeSettings
    sessions: Sessions
    moving: Moving
    browser: Browser
    listeners: Listeners
    sign_in: SignIn | None = None

    async def start(self) -> None:
        """Listen, and say in the data folder where, for ``douane enter``. Raises DeclarationFault."""
        await self.listeners.start()
        (self.settings.data / WHERE).write_bytes(msgspec.json.encode({site: self.url(site) for site in HOSTS}))

    @property
    def port(self) -> int:
        """Where they listen."""
        return self.listeners.addresses["pages"].port

    def url(self, site: str) -> str:
        """The address of a site."""
        assert self.settings.pages is not None
        return f"http://{host_of(site, self.settings.pages)}:{self.port}"

    @property
    def routes(self) -> Mapping[str, tuple[Route, ...]]:
        """Every route of every site, by host."""
        return self.browser.routes


def host_of(site: str, pages: PagesAt) -> str:
    """The host of a site of a node."""
    name, _, root = HOSTS[site].rpartition(".")
    return ".".join(part for part in (name, pages.under, root) if part)


def make_pages(
    maker: DoorMaker, links: Mapping[Platform, Link], failed: Callable[[BaseException], None],
    note: Callable[[Read], None], statutory: StatutoryClock, uumds: Link, watched: Watched | None = None,
    lists: Callable[[], CodeLists] = lambda: CodeLists({}),
) -> Pages:  # fmt: skip
    """The pages of a node for development over the links of its platforms. ``note``: tells the log who came in.

    uumds: the link of UUM&DS, which asks the register of accounts. watched: what the console is told; None where this
    node has no door for operators. lists: the code lists of now.
    """
    wanted = maker.settings.pages
    assert wanted is not None
    moving = Moving(advancing=lambda: advance(maker.settings, DAY))
    random = SystemIds().random
    sessions = Sessions(maker.settings.data / FOLDER, now=maker.clock.now, random=random)
    made: list[Pages] = []

    def start() -> str:
        return f"{made[0].url('start')}/" if made and made[0].listeners.addresses else ""

    def invite(persona: Persona, to: str) -> str:
        if persona.client in moving.elsewhere:
            return moving.elsewhere[persona.client][1](to)
        person = BY_CLIENT.get(persona.client)
        if sign_in is not None and person is not None:
            return sign_in.address(person, SITES[persona.platform], to)
        return invitation(sessions, made[0].url(SITES[persona.platform]), persona.client, persona.platform, to)

    def url(site: str) -> str:
        return made[0].url(site)

    def today(place: str = "") -> dt.date:
        return statutory.today(maker.clock.now(), place or UNION)

    identity = maker.identity
    sign_in = make_sign_in(
        maker.settings.data / FOLDER, identity.folder, uumds, maker.catalogue, sessions, url,
        lambda: {SITES[each]: each for each in links}, now=maker.clock.now, random=random,
        told=functools.partial(maker.told, Platform.UUMDS),
    )  # fmt: skip
    offered = _offered(maker, moving, start, today, lists)
    offered = replace(offered, proving=sign_in.proving) if sign_in is not None else offered
    sites = _desks(maker, links, offered)
    sites |= {host_of("console", wanted): console(watched, TITLES)} if watched is not None else {}
    opened = {*links, *((Platform.OPERATIONS,) if watched is not None else ())}
    open_to = [each for each in PERSONAS if each.platform in opened and not wanted.under]
    open_to += [each for each in NATIONAL if wanted.under and each.client.startswith(f"{wanted.under}.")]
    largest = sorted(maker.catalogue.services.values(), key=lambda each: -len(each.operations))
    services = " · ".join(each.name.replace("_", " ") for each in largest)

    def personas() -> tuple[Persona, ...]:
        return (*open_to, *(each for each, _ in moving.elsewhere.values()))

    def links_of() -> dict[Platform, str]:
        return {each: made[0].url(name) for each, name in SITES.items() if each in opened}

    start_page = Start(moving, personas, invite, links_of, _shortened(services))
    sites[host_of("start", wanted)] = start_site(start_page)
    if sign_in is not None:
        sites |= {host_of(name, wanted): site for name, site in sign_in.sites.items()}
    around = Surroundings(
        lambda: statutory.pace.date(maker.clock.now()), lambda words: _rate(statutory.pace.scale, words),
        maker.settings.development, release(), start,
        sign_in=lambda: made[0].url("signin") if sign_in is not None else "",
    )  # fmt: skip
    browser = Browser(
        sites, _people(maker, sessions, sign_in, note), around, strangers=base64.urlsafe_b64encode(random(32)).decode(),
        forms_to=lambda: _forms_to(made[0], moving), payloads=maker.payloads,
    )  # fmt: skip
    listener = ListenerSettings(
        "pages", identity.server_certificate, identity.server_key, wanted.host, wanted.port, plain=True
    )
    use = FairUse(maker.settings.limits, monotonic)
    door = Door(listener, browser.application(failed), None, (), lambda: maker.leaving, use)
    maker.foyer = start
    made.append(Pages(maker.settings, sessions, moving, browser, Listeners([door], failed=failed), sign_in))
    return made[0]


def _people(
    maker: DoorMaker, sessions: Sessions, sign_in: SignIn | None, note: Callable[[Read], None]
) -> People:  # fmt: skip
    """Who is signed in: a person by the register of accounts, a client by that of the node."""

    async def caller(session: Session) -> Principal | None:
        if session.person is not None:
            return await sign_in.register.caller(session) if sign_in is not None else None
        client = maker.known.value.register.client(session.client)
        return principal_of(session, client) if client is not None else None

    def entered(caller: Authenticated) -> None:
        """Tell the audit log who came in: whoever asked for the link, it is this client that acts from now on."""
        who, now = caller.caller, maker.clock.now()
        note(Read(who.id, who.name, "enter", about_of(who.id), now, by=who.by, person=who.person))

    return People(sessions, caller, entered)


def _forms_to(pages: Pages, moving: Moving) -> list[str]:
    """The origins to which an answer to a form may lead: those of this union, and of the providers."""
    providers = pages.sign_in.origins() if pages.sign_in is not None else []
    return list(dict.fromkeys([*(pages.url(name) for name in HOSTS), *moving.origins, *providers]))


def _offered(
    maker: DoorMaker, moving: Moving, start: Callable[[], str], today: Callable[..., dt.date],
    lists: Callable[[], CodeLists],
) -> Offered:  # fmt: skip
    """What the shells show, and let their visitors do."""
    library = known_of_release(maker.catalogue)
    declaring = make_declaring(maker.catalogue, library, lists, today, maker.settings.national_portals)
    besides = (*_landscape(maker, moving, today), *declaring.pages)
    return Offered(discovery.screens(), discovery.acts(), library, start, today, ways=declaring.ways, besides=besides)


def _landscape(maker: DoorMaker, moving: Moving, today: Callable[[], dt.date]) -> tuple[Besides, ...]:
    """Landscape, roll-out and provision, for the desks of the trusted circle; each where an application fills it."""
    source = NodeLandscape(maker.settings, tuple(maker.catalogue.services.values()), moving.volume, today,
                           maker.provided)  # fmt: skip
    platforms = frozenset({Platform.CCN2, Platform.CDCO})
    found: list[Besides] = []
    if operation := maker.catalogue.filling(PAGES_OF_ARCHITECTURE):
        asked = [maker.catalogue.filling(each) for each in (SYSTEMS, NODES, INTERFACES, MOVED)]
        views = landscape.landscape_views(source, operation, *asked)
        found.append(Besides(landscape.TITLE, landscape.PATH, views, operation, platforms))
    if operation := maker.catalogue.filling(ROLL_OUT):
        views = roll_out.roll_out_views(source, operation, maker.catalogue.filling(LIBRARY))
        found.append(Besides(roll_out.TITLE, roll_out.PATH, views, operation, platforms))
    if operation := maker.catalogue.filling(PROVISION):
        asked = [maker.catalogue.filling(each) for each in (PREVIEW, MOVED, PREVIEW_OF_MOVE, MOVE, MOVE_BACK)]
        views = choosing.provision_views(operation, *asked)
        found.append(Besides(choosing.TITLE, choosing.PATH, views, operation, platforms))
    return tuple(found)


def invitation(sessions: Sessions, site: str, client: str, platform: Platform, to: str, by: str = "") -> str:
    """The address that lets somebody in once."""
    return f"{site}/enter?once={quote(sessions.invite(client, platform, to=to, by=by))}"


def _desks(maker: DoorMaker, links: Mapping[Platform, Link], offered: Offered) -> dict[str, Site]:
    """The shells of the platforms that this node opens."""
    titles: Mapping[Platform, Callable[[Words], str]] = {
        Platform.SPEED2: lambda words: words.plain("Trader portal"),
        Platform.CCN2: lambda words: words.plain("Officer's desk"),
        Platform.CDCO: lambda words: words.plain("Commission's desk"),
    }
    found = {}
    for platform, link in links.items():
        door: doors.Door = maker.door(platform, maker.business_gate(platform), link)
        name = SITES[platform]
        assert maker.settings.pages is not None
        found[host_of(name, maker.settings.pages)] = desk(
            name, titles[platform], platform, door, offered, personas=TITLES
        )
    return found


def _rate(scale: int, words: Words) -> str:
    if scale == 1:
        return words.plain("time limits run at 1:1")
    return words.plain("time limits run %(scale)s times faster", scale=scale)


def _shortened(text: str, most: int = 72) -> str:
    return text if len(text) <= most else text[:most].rpartition(" · ")[0] + " …"


__all__ = ["Pages", "Union", "invitation", "make_pages"]
