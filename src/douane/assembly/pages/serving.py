"""The pages of a node: its sites behind the gates of its platforms, sessions, and where they listen.

In production every site has a public address, its hosts are served by TLS alone, and persons come in by the provider
that is named for their country. What a node for development adds is in ``proving``, which nothing else imports.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from douane.assembly.doors import Bound, DoorMaker
from douane.assembly.pages.signing_in import Accounts, SignIn, accounts_over, make_sign_in
from douane.assembly.pages.sites import BEHIND, FOLDER, HOSTS, PLATFORMS, WHERE, address_of, host_of
from douane.channels.browser.binding import Browser, People, Surroundings
from douane.channels.browser.statements import states_here, states_there
from douane.channels.browser.visits import Site
from douane.configuration import discovery
from douane.configuration.artefacts import release
from douane.configuration.portal import known_of_release, make_declaring
from douane.configuration.ports import SystemIds, monotonic
from douane.configuration.settings import NodeSettings, PagesAt
from douane.identity.asker_statements import Askers
from douane.identity.console.operators_file import OperatorsFile
from douane.identity.operators import Doer
from douane.identity.principals import Principal
from douane.identity.session_book import SessionBook
from douane.identity.sessions import Session, Sessions, operator_of, principal_of
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
from douane.pages.drawing import prepare
from douane.pages.languages import Words
from douane.portal import landscape, roll_out
from douane.portal.console import console
from douane.portal.desks import Besides, Offered, desk
from douane.portal.operators import Put
from douane.portal.provision import choosing
from douane.portal.watched import Node as Watched
from douane.runtime.core.tick import Tick
from douane.runtime.door import door as doors
from douane.runtime.door.door import Authenticated
from douane.runtime.door.link import Link
from douane.runtime.store.statutory import StatutoryClock
from douane.shared_services.auditing.reads import ENTER, Read, about_of
from douane.shared_services.web.fair_use import FairUse
from douane.shared_services.web.listener import ClientCertificate, Door, Listeners, ListenerSettings
from douane.shared_services.web.proxies import Doubt, Proxies
from douane.supervision.operating.declared import OPERATORS
from douane.supervision.operating.landscapes import NodeLandscape
from douane.supervision.operating.lodging import lodge
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.operators import followed_operators, operators_desk, operators_file
from douane.vocabulary.calendars import UNION
from douane.vocabulary.code_lists import CodeLists
from douane.vocabulary.statutory import Pace

if TYPE_CHECKING:
    from douane.assembly.pages.proving import Show
    from douane.portal.start import Moving


@dataclass(slots=True)
class Volume:
    """Messages through the doors of this node since it started, by administration and service."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def watch(self, tick: Tick) -> None:
        """Count what a committed tick took."""
        self.counted.update(
            (row.administration, row.operation.partition(".")[0])
            for _, row in tick.overlay.rows if row.origin.platform and row.operation
        )  # fmt: skip


@dataclass(slots=True)
class Pages:
    """The pages of a node, not yet listening. show: what a node for development adds; None in production."""

    settings: NodeSettings
    sessions: Sessions
    volume: Volume
    browser: Browser
    listeners: Listeners
    sign_in: SignIn | None
    accounts: Accounts
    show: Show | None

    async def start(self) -> None:
        """Listen; in development say in the data folder where, for ``douane enter``. Raises DeclarationFault."""
        await self.listeners.start()
        if self.settings.development:
            (self.settings.data / WHERE).write_bytes(msgspec.json.encode({site: self.url(site) for site in HOSTS}))

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        self.volume.watch(tick)
        if self.show is not None:
            self.show.moving.watch(tick)

    @property
    def moving(self) -> Moving:
        """What whoever plays the union adds to the start page, of a node for development."""
        assert self.show is not None
        return self.show.moving

    @property
    def port(self) -> int:
        """Where they listen; 0 where proxies reach them by a socket alone."""
        address = self.listeners.addresses.get("pages")
        return address.port if address is not None else 0

    def url(self, site: str) -> str:
        """The address of a site."""
        assert self.settings.pages is not None
        return address_of(site, self.settings.pages, self.port)

    @property
    def routes(self) -> Mapping[str, tuple[Route, ...]]:
        """Every route of every site, by host."""
        return self.browser.routes


def make_pages(
    maker: DoorMaker, links: Mapping[Platform, Link], failed: Callable[[BaseException], None],
    note: Callable[[Read], None], statutory: StatutoryClock, watched: Watched | None = None,
    lists: Callable[[], CodeLists] = lambda: CodeLists({}), bound: Bound | None = None,
) -> Pages:  # fmt: skip
    """The pages of a process over the links of its platforms; that of UUM&DS is for the sign-in pages.

    note: tells the log of the operators' reads. watched: what the console is told; None where this process has no
    console. lists: the code lists of now. bound: sockets that a parent process bound, by name of the listener.
    """
    wanted, settings = maker.settings.pages, maker.settings
    assert wanted is not None
    random, volume = SystemIds().random, Volume()
    sessions = Sessions(settings.data / FOLDER, now=maker.clock.now, random=random)
    made: list[Pages] = []

    def url(site: str) -> str:
        return made[0].url(site)

    def today(place: str = "") -> dt.date:
        return statutory.today(maker.clock.now(), place or UNION)

    opened = {*links, *((Platform.OPERATIONS,) if watched is not None else ())}
    show = _show(maker, sessions, url, opened)
    served = {name: platform for name, platform in PLATFORMS.items() if platform in opened and _has(wanted, name, show)}

    def start() -> str:
        return show.start() if show is not None and made and made[0].listeners.addresses else ""

    accounts = accounts_over(links, maker.catalogue, now=maker.clock.now, random=random,
                             sign_ins=settings.limits.sign_ins_in_ten_minutes)  # fmt: skip
    askers = _askers(maker, links)
    sign_in = make_sign_in(
        settings.data / FOLDER, maker.identity.folder, accounts, maker.catalogue, url,
        lambda: _led_to(wanted, served, links), now=maker.clock.now, random=random,
        told=functools.partial(maker.told, Platform.UUMDS), secure=show is None, trust=maker.known,
        shown=show.providers if show is not None else dict, askers=askers,
    )  # fmt: skip
    operators = operators_file(settings, maker.known.holding)
    told = functools.partial(maker.told, Platform.OPERATIONS)
    desk = None
    if sign_in is not None and watched is not None:
        put, at = _putting(settings.data, watched), functools.partial(url, "console")
        desk = operators_desk(settings, operators, sessions, sign_in.federation, at, note, told, put)
        maker.known.add(followed_operators(operators, maker.known.holding))
    own = frozenset(Platform) if show is not None else frozenset({Platform.OPERATIONS})
    book = SessionBook(sessions, own, accounts.sessions)
    offered = _offered(maker, volume, start, today, lists)
    offered = replace(offered, proving=sign_in.proving) if sign_in is not None else offered
    there = states_there(functools.partial(url, "signin"), maker.identity.root)
    offered = replace(offered, states=states_here(askers) if askers is not None else there)
    titles = show.titles if show is not None else {}
    sites = _desks(maker, {name: links[each] for name, each in served.items() if each in links}, offered, titles)
    sites |= {"console": console(watched, titles, desk)} if watched is not None and "console" in served else {}
    sites |= show.sites() if show is not None else {}
    sites |= {"signin": sign_in.site} if sign_in is not None and sign_in.site is not None else {}
    around = Surroundings(
        lambda: statutory.pace.date(maker.clock.now()), lambda words: _pace(statutory.pace, maker.clock.now(), words),
        settings.development, release(), start, secure=show is None,
        sign_in=lambda: url("signin") if sign_in is not None else "",
    )  # fmt: skip
    browser = Browser(
        {host_of(name, wanted): site for name, site in sites.items()},
        _people(maker, book, accounts, links, note, operators), around,
        strangers=base64.urlsafe_b64encode(random(32)).decode(), payloads=maker.payloads, spending=maker.spending,
        forms_to=lambda: _forms_to([url(name) for name in wanted.public or sites], sign_in, show),
    )  # fmt: skip
    use = FairUse(settings.limits, monotonic)
    opens = [
        Door(each, browser.application(failed), (bound or {}).get(each.name), (), lambda: maker.leaving, use)
        for each in places(settings, maker.identity, maker.doubted)
    ]
    maker.foyer = start if show is not None else lambda: url("signin") if sign_in is not None else ""
    prepare()
    made.append(Pages(settings, sessions, volume, browser, Listeners(opens, failed=failed), sign_in, accounts, show))
    return made[0]


def _putting(data: Path, watched: Watched) -> Put:
    """How another file of operators is put in place: lodged, and then an act as every other one."""

    async def put(text: str, reason: str, doer: Doer) -> None:
        digest = lodge(data, text.encode())
        await watched.have_done(OPERATORS, digest, id=watched.new_act(), reason=reason, doer=doer)

    return put


def _show(
    maker: DoorMaker, sessions: Sessions, url: Callable[[str], str], opened: set[Platform]
) -> Show | None:  # fmt: skip
    """What a node for development adds; None in production, where its module is not even imported."""
    if not maker.settings.development:
        return None
    from douane.assembly.pages.proving import make_show

    return make_show(maker, sessions, url, opened)


def _has(pages: PagesAt, site: str, show: Show | None) -> bool:
    """Whether a site is served: in production those that have a public address."""
    return show is not None or site in pages.public


def places(
    settings: NodeSettings, identity: DevelopmentIdentity, doubted: Callable[[Doubt], None] = lambda _doubt: None
) -> list[ListenerSettings]:
    """Where pages listen: at host and port, and at each socket by which a proxy reaches them."""
    pages = settings.pages
    assert pages is not None
    proxies = Proxies(frozenset(pages.behind), pages.forwarded, doubted)
    at = ListenerSettings(
        "pages", pages.certificate or identity.server_certificate, pages.key or identity.server_key, pages.host,
        pages.port, client_certificate=ClientCertificate.NONE, plain=not pages.by_tls,
        proxies=proxies if pages.behind else None,
    )  # fmt: skip
    sockets = [replace(at, name=f"pages at {each}", host=each, port=0, plain=True) for each in pages.sockets]
    return [*([at] if pages.listens else []), *sockets]


def _led_to(wanted: PagesAt, served: Mapping[str, Platform], links: Mapping[Platform, Link]) -> Mapping[str, Platform]:
    """The sites to which the sign-in pages lead: also those that other processes serve at their public address."""
    if wanted.public:
        return {site: each for site, each in PLATFORMS.items() if site in wanted.public and each in BEHIND}
    return {site: each for site, each in served.items() if each in links}


def _people(
    maker: DoorMaker, sessions: SessionBook, accounts: Accounts, links: Mapping[Platform, Link],
    note: Callable[[Read], None], operators: OperatorsFile,
) -> People:  # fmt: skip
    """Who is signed in: a person by the register of accounts; in development also a client by that of the node."""

    async def caller(session: Session) -> Principal | None:
        if session.platform == Platform.OPERATIONS.value and operators.holds(session.client, alone=session.alone):
            return operator_of(session)
        if session.person is not None:
            return await accounts.caller(session)
        if not maker.settings.development:
            return None  # a client has a certificate; nobody comes in as one without it
        client = maker.known.value.register.client(session.client)
        return principal_of(session, client) if client is not None else None

    async def entered(platform: Platform, caller: Authenticated, address: str) -> None:
        """Tell the audit log who came in, and from where; nobody is in of whom it cannot be told."""
        who, now = caller.caller, maker.clock.now()
        if platform in links:
            await links[platform].came_in(who, address)
        else:
            note(Read(who.id, who.name, ENTER, about_of(who.id), now, by=who.by, person=who.person, address=address))

    return People(sessions, caller, entered)


def _forms_to(sites: list[str], sign_in: SignIn | None, show: Show | None) -> list[str]:
    """The origins to which an answer to a form may lead: those of the sites, and of the providers."""
    providers = sign_in.origins() if sign_in is not None else []
    return list(dict.fromkeys([*sites, *(show.origins() if show is not None else ()), *providers]))


def _offered(
    maker: DoorMaker, volume: Volume, start: Callable[[], str], today: Callable[..., dt.date],
    lists: Callable[[], CodeLists],
) -> Offered:  # fmt: skip
    """What the shells show, and let their visitors do."""
    library = known_of_release(maker.catalogue)
    declaring = make_declaring(maker.catalogue, library, lists, today, maker.settings.national_portals)
    besides = (*_landscape(maker, volume, today), *declaring.pages)
    acts = [each.placed(maker.catalogue.operation(each.operation)) for each in discovery.acts()]
    return Offered(discovery.screens(), acts, library, start, today, ways=declaring.ways, besides=besides)


def _askers(maker: DoorMaker, links: Mapping[Platform, Link]) -> Askers | None:
    """Who states who asks, in a process that lets persons in and has the key of tokens; None in any other."""
    if Platform.UUMDS not in links or not maker.identity.token_key.exists():
        return None
    return Askers(maker.settings.issuers, maker.identity.load_token_key, maker.clock.now, SystemIds().random)


def _landscape(maker: DoorMaker, volume: Volume, today: Callable[[], dt.date]) -> tuple[Besides, ...]:
    """Landscape, roll-out and provision, for the desks of the trusted circle; each where an application fills it.

    The first two tell what the core itself has seen, so they are shown beside it alone.
    """
    beside_core = maker.settings.has_core
    source = NodeLandscape(maker.settings, tuple(maker.catalogue.services.values()), volume.counted, today,
                           maker.provided)  # fmt: skip
    platforms = frozenset({Platform.CCN2, Platform.CDCO})
    found: list[Besides] = []
    if beside_core and (operation := maker.catalogue.filling(PAGES_OF_ARCHITECTURE)):
        asked = [maker.catalogue.filling(each) for each in (SYSTEMS, NODES, INTERFACES, MOVED)]
        views = landscape.landscape_views(source, operation, *asked)
        found.append(Besides(landscape.TITLE, landscape.PATH, views, operation, platforms))
    if beside_core and (operation := maker.catalogue.filling(ROLL_OUT)):
        views = roll_out.roll_out_views(source, operation, maker.catalogue.filling(LIBRARY))
        found.append(Besides(roll_out.TITLE, roll_out.PATH, views, operation, platforms))
    if operation := maker.catalogue.filling(PROVISION):
        asked = [maker.catalogue.filling(each) for each in (PREVIEW, MOVED, PREVIEW_OF_MOVE, MOVE, MOVE_BACK)]
        views = choosing.provision_views(operation, *asked)
        found.append(Besides(choosing.TITLE, choosing.PATH, views, operation, platforms))
    return tuple(found)


def _desks(
    maker: DoorMaker, links: Mapping[str, Link], offered: Offered, titles: Mapping[str, str]
) -> dict[str, Site]:  # fmt: skip
    """The shells of the platforms that this node opens."""
    called: Mapping[Platform, Callable[[Words], str]] = {
        Platform.SPEED2: lambda words: words.plain("Trader portal"),
        Platform.CCN2: lambda words: words.plain("Officer's desk"),
        Platform.CDCO: lambda words: words.plain("Commission's desk"),
    }
    found = {}
    for name, link in links.items():
        platform = PLATFORMS[name]
        door: doors.Door = maker.door(platform, maker.business_gate(platform), link)
        found[name] = desk(name, called[platform], platform, door, offered, personas=titles)
    return found


def _pace(pace: Pace, now: int, words: Words) -> str:
    """How fast time limits run, and where statutory time was set ahead, what the clock shows that messages go by."""
    rate = (words.plain("time limits run at 1:1") if pace.normal
            else words.plain("time limits run %(scale)s times faster", scale=pace.scale))  # fmt: skip
    if not pace.advanced:
        return rate
    machine = words.plain("messages, sessions and figures go by the machine's clock: %(moment)s",
                          moment=words.moment(now))  # fmt: skip
    return f"{rate}; {machine}"


__all__ = ["Pages", "make_pages"]
