"""One listener of pages: every site that it serves, told apart by the host that a browser asks for.

These hold for every request. (1) A host that is none of ours gets 421 before anything else is looked at. (2) A session
is found through its own site's cookie and platform alone. (3) A form is read only when it came from this host and bears
the token of the session. (4) A page calls as its visitor through the platform's door, which judges as it judges any
client: a page has no right of its own. (5) Nothing is served that the routes do not declare.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from douane.channels.browser import safety
from douane.channels.browser.refusing import refusal_page
from douane.channels.browser.uploads import FORM, form_with_file
from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit
from douane.identity.kept import digest
from douane.identity.session_book import SessionBook
from douane.identity.sessions import MINUTE, WARNING, Found, Session
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.routes import Opening, Route
from douane.pages.assets import FOLDER, asset_of
from douane.pages.blocks import Block, Bullets, Card, Columns, Details, Frame, Link, Live, Page, Table
from douane.pages.drawing import draw, draw_part, seen
from douane.pages.languages import LANGUAGES, UTC, Words, preferred
from douane.pages.sheets import sheet, tables
from douane.runtime.door.decoding import Decoding
from douane.runtime.door.door import Authenticated, party_of
from douane.runtime.door.link import asker_of
from douane.runtime.store.ports import Payloads
from douane.runtime.turns.spending import Asker, Charged, Spending
from douane.runtime.turns.stepping import Stepped
from douane.shared_services.web.answers import Response, error_headers, json_response, problem, status_of
from douane.shared_services.web.requests import Application, Limits, Request, application
from douane.vocabulary.calendars import built_in
from douane.vocabulary.errors import DouaneError, Misdirected, NotAuthenticated, NotFound, NotOffered, WrongCircle

HTML: Final = "text/html; charset=utf-8"
LONGEST_AGENT: Final = 200
"""Where a request keeps who visits, for a refusal that comes later."""
IDLE: Final = "/idle"
STAY: Final = "/stay"
ENTERING: Final = "douane-enter"
"""The cookie by which a platform knows the browser again for which UUM&DS vouched."""
LEAVE: Final = "/leave"
"""Open to whoever has a session, whatever became of his rights: nobody is kept from signing out."""
FOR_EVER: Final = ("cache-control", "public, max-age=31536000, immutable")
OWN: Final = ("cache-control", "private, no-cache")
NOT_KEPT: Final = ("cache-control", "no-store")
NOTHING_SPENT: Final[Mapping[str, Spending]] = MappingProxyType({})
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class People:
    """Who is signed in: sessions, and the caller behind one by what is registered now (None: no longer registered).

    entered: told of whoever comes in, at which platform, and from which address.
    """

    sessions: SessionBook
    caller: Callable[[Session], Awaitable[Authenticated | None]]
    entered: Callable[[Platform, Authenticated, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page shows around itself.

    clock, rate: of the union. start: the address of the start page; empty where there is none. secure: by TLS.
    sign_in: the address of UUM&DS, where persons sign in; empty where they cannot.
    """

    clock: Callable[[], int]
    rate: Callable[[Words], str]
    development: bool
    version: str
    start: Callable[[], str]
    secure: bool = False
    sign_in: Callable[[], str] = lambda: ""


class Browser:
    """Pages for browsers. ``sites``: by the name of the host."""

    def __init__(
        self, sites: Mapping[str, Site], people: People, around: Surroundings, *, strangers: str,
        forms_to: Callable[[], Sequence[str]] = lambda: (), payloads: Payloads | None = None,
        spending: Mapping[str, Spending] = NOTHING_SPENT,
    ) -> None:  # fmt: skip
        """``strangers``: the token of forms that somebody sends who is not signed in. ``forms_to``: other origins.
        ``payloads``: where files go that forms bring; without it none are taken. ``spending``: by platform, what pages
        may cost who looks at them."""
        self._spending, self._drawing = spending, Decoding()
        self._payloads = payloads
        self._sites, self._people, self._around = dict(sites), people, around
        self._strangers, self._forms_to = strangers, forms_to

    @property
    def routes(self) -> Mapping[str, tuple[Route, ...]]:
        """The routes of each site by its host: no others are served there but assets and the ways in and out."""
        return {host: tuple(view.route for view in site.views) for host, site in self._sites.items()}

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """What answers requests."""
        return application(self._served, Limits(body=safety.LARGEST_FORM), failed, self._refuse, self._foreign)

    def _foreign(self, request: Request) -> bool:
        site = self._sites.get(safety.host_of(request))
        return site is not None and site.takes_from_others((request.method, request.path))

    # --- one request

    async def _served(self, request: Request) -> Response:
        """The answer, with what the browser is to hold from now on where its session was used again."""
        answer = await self._serve(request)
        visit = request.kept if isinstance(request.kept, Visit) else None
        if visit is None or not visit.found.renewed:
            return answer
        kept = safety.cookie(visit.site.cookie, visit.found.renewed, secure=self._around.secure)
        return replace(answer, headers=(kept, *answer.headers))  # of two of a name the browser takes the later

    async def _serve(self, request: Request) -> Response:
        """Answer, and charge what drawing the page took; what the core charged for questions is not charged twice."""
        spending = self._spends(self._sites.get(safety.host_of(request)), request)
        if spending is None:
            return await self._answer(request)
        drawn = Stepped(self._answer(request), spending.beside)
        try:
            return await drawn
        finally:
            spending.charge(_asker(request), drawn.ns)

    def _spends(self, site: Site | None, request: Request) -> Spending | None:
        """What a request is charged to: coming in is a matter of UUM&DS, at whichever site it ends."""
        if site is None or site.platform is None:
            return None
        entering = self._spending.get(Platform.UUMDS.value) if _enters(request) else None
        return entering or self._spending.get(site.platform.value)

    async def _answer(self, request: Request) -> Response:
        site = self._sites.get(safety.host_of(request))
        if site is None:
            raise Misdirected("This host has no pages here.", remedy="Use the address that you were given.")
        if self._around.secure and request.scheme != "https":
            raise Misdirected("Pages are served by TLS alone.", remedy=f"Use https://{safety.host_of(request)}/.")
        if request.path.startswith(FOLDER):
            return _asset(request)
        spending = self._spends(site, request)
        if _enters(request) and site.platform is not None:
            if spending is not None:
                spending.must_have(_asker(request))
            return await self._enter(request, site)
        visit = await self._visit(request, site)
        if spending is not None:
            spending.must_have(_asker(request))
        if request.path == "/language" and request.method == "GET":
            return await self._language(visit, request)
        if request.path in (IDLE, STAY) and request.method == "GET":
            return self._idle(visit, request)
        view = _view(site, request, visit)
        if view.program is not None:
            answered = await view.program(request)
            return self._redirect(answered) if isinstance(answered, Redirect) else answered
        self._admit(site, view, visit)
        if visit.caller is not None:
            request.belong(party_of(visit.caller))
        elif view.route.operations:
            request.stay_unknown()  # what is published is read at a rate
        if request.method == "POST":
            safety.must_be_own(request, self._origin(request))
            await self._read_form(request, view, visit)
        if view.route.path == LEAVE:
            return await self._leave(request, site)
        try:
            async with request.waiting(1.0 if view.asks_others else 0.0):
                answer = await view.show(visit)
            return await self._respond(request, visit, answer)
        finally:
            if visit.file is not None:
                visit.file.spool.discard()  # what was made durable stays

    async def _read_form(self, request: Request, view: View, visit: Visit) -> None:
        """Read what a form says, and the file that it brings where its page takes one. Raises NotAuthorised unless it
        bears the token of its session."""

        def bears(form: dict[str, str]) -> None:
            safety.must_bear(visit.token, form)

        brings = request.header("content-type").lower().startswith(FORM)
        if view.takes_file and brings and self._payloads is not None:
            visit.form, visit.file = await form_with_file(request, self._payloads, bears)
            return
        form = await safety.form_of(request)
        bears(form)
        visit.form = form

    async def _visit(self, request: Request, site: Site) -> Visit:
        cookies = self._cookies(request)
        chosen = cookies.get(safety.LANGUAGE, "")
        words = Words(chosen if chosen in LANGUAGES else preferred(request.header("accept-language")))
        found, query = Found(), safety.query_of(request)
        if site.platform is not None:
            used = "part" not in query and request.path != IDLE  # a page asks that by itself
            found = await self._people.sessions.find(site.platform, cookies.get(site.cookie, ""), use=used)
        session = found.session
        token = session.token if session is not None else self._strangers if site.platform is None else ""
        path = quote(request.path, safe="/:@!$&'()*+,;=~") + (
            f"?{request.query.decode('latin-1')}" if request.query and request.method == "GET" else ""
        )
        agent = request.header("user-agent")[:LONGEST_AGENT]
        visit = Visit(site, words, None, token, path, query=query, session=session, cookies=cookies, agent=agent,
                      found=found, origin=self._origin(request), at=self._people.sessions.now(),
                      stranger=request.holder)  # fmt: skip
        request.kept = visit
        if session is not None and (request.method, request.path) != ("POST", LEAVE):
            visit.caller = await self._people.caller(session)
            visit.words = replace(words, zone=_zone(visit.caller))
        return visit

    def _admit(self, site: Site, view: View, visit: Visit) -> None:
        """Raise unless a page is open to whoever visits: by the steps and the gate of a door for programs."""
        leaves = view.route.path == LEAVE and visit.session is not None
        if leaves or view.route.opening is Opening.ANYBODY or (visit.caller is None and _published(site, view)):
            return
        caller, door = visit.caller, site.door
        if caller is None or site.platform is None or (door is None and view.route.operations):
            why = f" Your session has ended: {visit.found.why}" if visit.found.why else ""
            raise NotAuthenticated(
                f"This page is shown to whoever is signed in.{why}", remedy="Sign in, and come back."
            )
        if not site.platform.admits(caller.kind):
            refusal = WrongCircle(
                f"{caller.kind.value} callers do not enter here.", remedy="Use the pages of your circle."
            ).because("circles of trust", "to be of the circle of these pages", "nobody: your circle enters elsewhere")
            raise refusal if door is None else door.turned_away(caller, "", refusal)
        if door is None:
            return  # a site that calls nothing, and is told by its node what it shows
        for name in view.route.operations:
            door.check(caller, door.catalogue.operation(name))

    # --- in and out

    async def _enter(self, request: Request, site: Site) -> Response:
        assert site.platform is not None
        sessions, secret = self._people.sessions, safety.query_of(request).get("once", "")
        if await sessions.unbound(
            site.platform, secret
        ):  # whoever sends his own link to another would have him work in his name
            held = sessions.secret()
            said = urlencode({"site": site.name, "once": secret, "browser": digest(held)})
            kept = safety.cookie(ENTERING, held, secure=self._around.secure, seconds=MINUTE // 1_000_000)
            return self._redirect(Redirect(f"{self._around.sign_in()}/vouch?{said}", (kept,), "no-referrer"))
        held = self._cookies(request).get(ENTERING, "")
        entered = await sessions.enter(site.platform, secret, held)
        caller = await self._people.caller(entered.session)
        if caller is None or not site.platform.admits(caller.kind):
            await self._people.sessions.end(site.platform, entered.name)
            raise NotAuthenticated("Nobody of this name may enter here.", remedy="Sign in at the pages of your circle.")
        await self._people.entered(site.platform, caller, request.peer)
        kept = safety.cookie(site.cookie, entered.name, secure=self._around.secure)
        done = (safety.cookie(ENTERING, "", secure=self._around.secure, seconds=0),) if held else ()
        return self._redirect(Redirect(safety.local(entered.to), (kept, *done), "no-referrer"))

    async def _leave(self, request: Request, site: Site) -> Response:
        assert site.platform is not None
        await self._people.sessions.end(site.platform, self._cookies(request).get(site.cookie, ""))
        gone = safety.cookie(site.cookie, "", secure=self._around.secure, seconds=0)
        clear = ("clear-site-data", '"cache", "storage"')
        return self._redirect(Redirect(self._around.start() or "/", (gone, clear)))

    def _idle(self, visit: Visit, request: Request) -> Response:
        """What a page asks each minute: whether its session is about to end; and the way to go on.

        Nothing (204) while there is time. Where the session is over the page is loaded anew, and says so.
        """
        back = safety.local(visit.query.get("back", "/"))
        if request.path == STAY and not request.header("hx-request"):
            return self._redirect(Redirect(back))
        own = (OWN, *safety.headers(self._forms_to()))
        left = self._left(visit)
        if not left:
            return Response(200, b"", HTML, (*own, ("hx-refresh", "true")))
        if left > WARNING:
            return Response(200 if request.path == STAY else 204, b"", HTML, own)
        words = visit.words
        minutes = words.count(
            "You will be signed out in %(number)s minute", "You will be signed out in %(number)s minutes",
            max(1, left // MINUTE),
        )  # fmt: skip
        on = Markup('<a href="{0}" hx-get="{0}" hx-target="#idle" hx-swap="innerHTML">{1}</a>').format(
            f"{STAY}?{urlencode({'back': back})}", words.say("Stay signed in")
        )
        text = Markup('<div class="note warn"><p>{}. {}</p></div>').format(minutes, on)
        return Response(200, text.encode(), HTML, own)

    def _left(self, visit: Visit) -> int:
        """How long the session of a visit goes on without use (microseconds)."""
        return visit.found.left(self._people.sessions.now())

    async def _language(self, visit: Visit, request: Request) -> Response:
        chosen, back = visit.query.get("to", ""), safety.local(visit.query.get("back", "/"))
        if chosen in LANGUAGES:
            year = 365 * 24 * 3600
            return self._redirect(
                Redirect(back, (safety.cookie(safety.LANGUAGE, chosen, secure=self._around.secure, seconds=year),))
            )
        items = tuple(
            Link(name, f"/language?{urlencode({'to': code, 'back': back})}") for code, name in LANGUAGES.items()
        )
        return await self._respond(request, visit, Page(visit.words.plain("Language"), (Bullets(items),)))

    # --- the answer

    async def _respond(self, request: Request, visit: Visit, answer: Answer) -> Response:
        match answer:
            case Response():
                own = {name for name, _ in answer.headers}
                usual = (each for each in safety.headers(self._forms_to()) if each[0] not in own)
                return replace(answer, headers=(*answer.headers, *usual))
            case Redirect():
                return self._redirect(answer)
        status = 422 if answer.faulty and request.method == "POST" else 200
        if visit.query.get("format") == "json" or _wants_json(request):
            shown = [{"operation": name, "url": _url(name), "answer": found} for name, found in visit.asked]
            return json_response({"page": visit.address, "operations": shown}, status, headers=(OWN,))
        lists = tuple(tables(answer.blocks))
        if visit.query.get("format") == "csv" and request.method == "GET":
            return await self._beside(request, visit, lambda: _sheet(lists))
        part = visit.query.get("part", "")
        frame = self._frame(visit)
        if lists and request.method == "GET":
            frame = replace(frame, csv=_formatted(visit.address, "csv"))
        if part:
            return await self._beside(request, visit, lambda: self._part(answer, part, frame, visit))
        return await self._beside(request, visit, lambda: self._html(request, draw(answer, frame, visit.words), status))

    async def _beside(self, request: Request, visit: Visit, work: Callable[[], Response]) -> Response:
        """An answer that is drawn beside the event loop, visitors in turn, and charged to who looks at it."""
        spending, asker = self._spends(visit.site, request), _asker(request)
        if spending is None:
            return await self._drawing.beside(asker.name, work)
        drawing = Charged(spending, asker, work)
        return await self._drawing.beside(asker.name, drawing, ended=drawing.ended)

    def _part(self, page: Page, name: str, frame: Frame, visit: Visit) -> Response:
        """One live part of a page; nothing (204) where it shows what the browser has."""
        live = next((each for each in _lives(page.blocks) if each.name == name), None)
        if live is None:
            raise NotFound("This page has no such part.", remedy="Open the page.")
        if seen(live, frame, visit.words) == visit.query.get("seen", ""):
            return Response(204, headers=(OWN,))
        text = draw_part(live, frame, visit.words)
        return Response(200, text.encode(), HTML, (OWN, *safety.headers(self._forms_to())))

    def _html(self, request: Request, text: str, status: int) -> Response:
        body = text.encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = (OWN, ("etag", tag), *safety.headers(self._forms_to()))
        if status == 200 and request.header("if-none-match") == tag:
            return Response(304, b"", HTML, headers)
        if "gzip" in request.header("accept-encoding"):
            body, headers = gzip.compress(body, 6, mtime=0), (*headers, ("content-encoding", "gzip"))
        return Response(status, body, HTML, headers)

    def _redirect(self, to: Redirect) -> Response:
        there = quote(to.to, safe=_IN_ADDRESSES)  # a header holds no letters beyond Latin ones
        headers = (("location", there), ("cache-control", "no-store"), *to.headers)
        return Response(303, b"", HTML, (*headers, *safety.headers(self._forms_to(), referrer=to.referrer)))

    def _refuse(self, error: DouaneError, request: Request) -> Response:
        """A refusal as a page; as JSON for who asks for that; a live part is told to open its page anew."""
        if _wants_json(request):
            return problem(error)
        visit = request.kept if isinstance(request.kept, Visit) else None
        extra = [*error_headers(error), OWN, *safety.headers(self._forms_to())]
        if visit is None:
            page = refusal_page(error, request.method, "", Words())
            return Response(
                status_of(error), draw(page, Frame("Douane", "/", "/"), Words()).encode(), HTML, tuple(extra)
            )
        if visit.query.get("part"):
            extra.append(("hx-refresh", "true"))
        sign_in = self._around.sign_in()
        if (sign_in or visit.site.sign_in) and visit.site.platform is not None:
            back = visit.address if request.method == "GET" else "/"
            sign_in = visit.site.sign_in or f"{sign_in}/?{urlencode({'site': visit.site.name, 'to': back})}"
        again = visit.address.partition("?")[0] if request.method == "GET" and visit.query else ""
        page = refusal_page(error, request.method, self._around.start(), visit.words, sign_in=sign_in, again=again,
                            development=self._around.development,
                            rights=visit.site.door is not None and visit.caller is not None)  # fmt: skip
        return Response(status_of(error), draw(page, self._frame(visit), visit.words).encode(), HTML, tuple(extra))

    def _frame(self, visit: Visit) -> Frame:
        site, around, words, caller = visit.site, self._around, visit.words, visit.caller
        frame = Frame(
            site.title(words), "/", visit.address, words.moment(around.clock()), around.rate(words),
            development=around.development, token=visit.token,
            start=around.start() if site.platform is not None else "", version=around.version,
        )  # fmt: skip
        tabs = site.tabs(visit)
        frame = replace(
            frame, tabs=tabs, find=site.find if tabs or site.platform is None else "",
            find_hint=words.plain("MRN, number, article or name"),
            json=_formatted(visit.address, "json") if visit.asked else "",
        )  # fmt: skip
        if caller is None:
            return replace(frame, leaves=visit.session is not None)
        return replace(
            frame, persona=_named(visit, caller),
            acting_for=caller.acting_for or caller.administration or caller.eori, circle=_look(caller.kind),
            circle_title=_circle(caller.kind, words),
            account=around.sign_in() if visit.session is not None and visit.session.person is not None else "",
            ends=f"{words.local(self._people.sessions.now() + self._left(visit)):%H:%M}",
        )  # fmt: skip

    def _cookies(self, request: Request) -> dict[str, str]:
        return safety.cookies_of(request, secure=self._around.secure)

    def _origin(self, request: Request) -> str:
        return f"{'https' if self._around.secure else 'http'}://{request.header('host').lower()}"


def _enters(request: Request) -> bool:
    """Whether somebody comes in with what UUM&DS gave him for it."""
    return (request.method, request.path) == ("GET", "/enter")


def _asker(request: Request) -> Asker:
    """Who is charged for a page: as the core charges a question, so that both count together."""
    visit = request.kept
    if isinstance(visit, Visit) and visit.caller is not None:
        return asker_of(visit.caller.caller)
    return Asker(request.holder, stranger=True)


def _zone(caller: Authenticated | None) -> str:
    """The time zone of a visitor: of his administration, else of the country whose number his business has."""
    if caller is None:
        return UTC
    return built_in().at(caller.administration or (caller.acting_for or caller.eori)[:2]).zone


def _named(visit: Visit, caller: Authenticated) -> str:
    """What a visitor is called: by the site, by himself, or by his registration."""
    person = visit.session.person if visit.session is not None else None
    title = visit.site.personas.get(caller.id)
    return visit.words.model(title) if title else person.name if person is not None and person.name else caller.id


def _look(kind: ActorKind) -> str:
    """The colour of a caller's circle; the Commission has one of its own."""
    return "core" if kind is ActorKind.COMMISSION else kind.circle.value


def _circle(kind: ActorKind, words: Words) -> str:
    """The circle of a caller in words."""
    titles = {
        Circle.UNTRUSTED: words.plain("untrusted circle"), Circle.TRUSTED: words.plain("trusted circle"),
        Circle.INTERNAL: words.plain("inside circle"),
    }  # fmt: skip
    return titles[kind.circle]


def _view(site: Site, request: Request, visit: Visit) -> View:
    """The page at an address. Raises NotFound, NotOffered."""
    methods = []
    for view in site.views:
        found = view.match(request.path)
        if found is None:
            continue
        if view.route.method == request.method:
            visit.path = found
            return view
        methods.append(view.route.method)
    if methods:
        error = NotOffered(f"{request.method} is not possible here.", remedy="Open the page.")
        error.offered = tuple(methods)
        raise error
    raise NotFound("Nothing is served at this address.", remedy="Begin at the first page.")


def _published(site: Site, view: View) -> bool:
    """Whether a page shows only what the door tells the public, who proves nothing."""
    named, door = view.route.operations, site.door
    if door is None or not named or view.route.method != "GET":
        return False
    return all(door.public(door.catalogue.operations.get(each)) is not None for each in named)


def _asset(request: Request) -> Response:
    found, exact = asset_of(request.path)
    if found is None or request.method != "GET":
        raise NotFound("There is no such asset.", remedy="Load the page again.")
    zipped = "gzip" in request.header("accept-encoding")
    headers = (
        FOR_EVER if exact else NOT_KEPT,
        ("vary", "Accept-Encoding"),
        *((("content-encoding", "gzip"),) if zipped else ()),
    )
    return Response(200, found.compressed if zipped else found.content, found.media, headers)


def _formatted(address: str, form: str) -> str:
    """The address of a page in another form."""
    return f"{address}{'&' if '?' in address else '?'}format={form}"


def _sheet(lists: Sequence[Table]) -> Response:
    """The lists of a page for a spreadsheet. Raises NotFound where there is none."""
    if not lists:
        raise NotFound("There is no list on this page.", remedy="Open the page.")
    headers = (safety.saved_as("list.csv"), OWN)
    return Response(200, sheet(lists).encode(), "text/csv; charset=utf-8", headers)


def _lives(blocks: Iterable[Block]) -> Iterator[Live]:
    """Every live part of a page, in the order in which it stands there."""
    for each in blocks:
        match each:
            case Live():
                yield each
                yield from _lives(each.blocks)
            case Card(blocks=inner) | Details(blocks=inner):
                yield from _lives(inner)
            case Columns(left, right):
                yield from _lives((*left, *right))


def _wants_json(request: Request) -> bool:
    accept = request.header("accept").lower()
    return "application/json" in accept and "text/html" not in accept


def _url(operation: str) -> str:
    """Where a program asks the same at the door of the platform."""
    service, _, name = operation.partition(".")
    return f"/{service}/v1/{name}"
