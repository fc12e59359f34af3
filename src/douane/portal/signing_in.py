"""The pages of UUM&DS: a person says as whom he comes, proves it at his country's provider, and is let in.

What is proven is who somebody is; what he may do is asked of the register of accounts, here and again with each request
that he makes. A refusal says by which rule, for want of what, and who could grant it. A sign-in ends in a one-time
entrance to the pages of one platform, so no platform sees another's session.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote, urlencode

from msgspec import ValidationError, convert
from msgspec.structs import replace

from douane.channels.browser import safety
from douane.channels.browser.agents import browser_and_system
from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page
from douane.identity.federating.federation import Federation, issuer_of
from douane.identity.federating.providers import SECOND, Provider, Wish
from douane.identity.registered.sessions import RegisteredSessions
from douane.identity.registered.statements import AT, StatementsOnPersons
from douane.identity.sessions import Person, Place, Standing
from douane.model.circles import ActorKind, Platform
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Columns,
    Details,
    Facts,
    Field,
    Form,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Row,
    Small,
    Tab,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.portal.central import central_views
from douane.portal.saml import SIGNED_OUT, saml_views
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.requests import Request
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.errors import BadRequest, NotAuthenticated, NotAuthorised, NotFound, SenderFault
from douane.vocabulary.identifiers import Eori

FLOW: Final = "douane-sign-in"
"""The cookie that binds a sign-in to the browser in which it began."""
FLOW_SECONDS: Final = 600
ANEW: Final = "anew"
_ELSEWHERE: Final = "elsewhere"
"""What ends the sessions of every other sign-in; no session is called so."""
NO_STORE: Final = (("cache-control", "no-store"),)
UNION: Final = "EU"


class Actor(enum.Enum):
    """As what a person comes."""

    OPERATOR = "economic operator"
    REPRESENTATIVE = "customs representative"
    EMPLOYEE = "employee"
    OFFICER = "customs officer"
    COMMISSION = "Commission staff"

    @property
    def kind(self) -> ActorKind:
        """The kind of party that enters."""
        return _KINDS.get(self, ActorKind.TRADER)


_KINDS: Final = {Actor.OFFICER: ActorKind.OFFICER, Actor.COMMISSION: ActorKind.COMMISSION}


class Accounts(Protocol):
    """The register of accounts."""

    async def identify(self, keeper: str, provider: Provider, subject: str) -> str:
        """The account of a person of a provider; empty where there is none."""

    async def standing(self, person: Person) -> Standing:
        """What a person may do now. Raises NotAuthenticated for no account, NotAuthorised without a delegation."""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What the pages need. ``url``: the address of a site; ``secret``: a name that nobody guesses;
    ``now``: of the real clock.

    sites: by name, the platform behind each site that persons go to.
    """

    federation: Federation
    sessions: RegisteredSessions
    accounts: Accounts
    url: Callable[[str], str]
    sites: Callable[[], Mapping[str, Platform]]
    secret: Callable[[], str]
    now: Callable[[], int]
    told: Callable[[SenderFault], None] = lambda _refusal: None
    secure: bool = False
    statements: StatementsOnPersons | None = None
    """Statements on who asks, where this process has the key for them."""

    def views(self) -> tuple[View, ...]:
        """The pages, without those that every shell has."""
        return (
            View(page("GET", "/", Opening.ANYBODY), self._first),
            View(page("GET", "/begin", Opening.ANYBODY), self._begin, asks_others=True),
            View(page("GET", "/callback", Opening.ANYBODY), self._finish, asks_others=True),
            View(page("GET", "/vouch"), self._vouch),
            View(page("POST", "/go"), self._go),
            View(page("GET", "/activity"), self._activity),
            View(page("POST", "/activity"), self._end),
            View(page("GET", SIGNED_OUT, Opening.ANYBODY), _signed_out),
            View(page("POST", "/logout", Opening.ANYBODY), _signed_out, self._told_out, foreign=True),
            View(page("POST", AT, Opening.ANYBODY), _signed_out, self._stated),
            *saml_views(self.federation.others.saml, self.signed_out, self.told),
            *central_views(self.federation.others.central, FLOW, self.told, secure=self.secure),
        )

    # --- as whom

    async def _first(self, visit: Visit) -> Answer:
        person = visit.session.person if visit.caller is not None and visit.session is not None else None
        if person is not None and ANEW not in visit.query:
            return await self._onward(visit, person)
        return self._form(visit, {})

    def _form(self, visit: Visit, faults: Mapping[str, str]) -> Page:
        """The form by which a person says as whom he comes."""
        words, said = visit.words, visit.query
        providers = self.federation.providers
        countries = tuple(Option(code, f"{code} · {each.title}") for code, each in sorted(providers.items()))
        actors = tuple(Option(each.value, words.plain(each.value)) for each in Actor)
        domain = (Option("customs", words.plain("Customs")),)

        def field(name: str, label: str, hint: str = "", options: tuple[Option, ...] = ()) -> Field:
            return Field(name, label, said.get(name, ""), hint, faults.get(name, ""), short=True, options=options)

        form = Form(
            "/begin", (Button(words.plain("Go on to the provider of your country")),),
            (
                field("domain", words.plain("Domain"), options=domain),
                field("country", words.plain("Country"), options=countries),
                field("actor", words.plain("You come as"), options=actors),
                field("identifier", words.plain("EORI number (may be left empty)"),
                      words.plain("Of your firm; as an employee, of your employer.")),
                field("acting_for", words.plain("Acting for (may be left empty)"),
                      words.plain("The EORI number of whoever gave you or your firm a delegation.")),
            ),
            hidden={name: said[name] for name in ("site", "to") if name in said},
            title=words.plain("Sign in"), method="get",
        )  # fmt: skip
        text = words.say("You prove who you are at the provider of your country. Nothing of what you type there comes "
                         "here; what you may do here stands in the register of accounts.")  # fmt: skip
        note = Text(text, "small soft")
        title = words.plain("Sign in to the customs systems")
        return Page(title, (Card("who", words.plain("As whom do you come?"), (form, note)),), faulty=bool(faults))

    # --- to the provider and back

    async def _begin(self, visit: Visit) -> Answer:
        said, words = visit.query, visit.words
        provider = self.federation.providers.get(said.get("country", ""))
        actor = next((each for each in Actor if each.value == said.get("actor")), None)
        if provider is None or actor is None:
            faults = {"country": words.plain("Choose your country.")} if provider is None else {}
            faults |= {"actor": words.plain("Choose as what you come.")} if actor is None else {}
            return self._form(visit, faults)
        wrong = {
            name: words.plain("This is no EORI number: two letters, then up to 15 characters.")
            for name in ("identifier", "acting_for") if said.get(name) and not Eori.accepts(said[name].strip())
        }  # fmt: skip
        if actor is Actor.REPRESENTATIVE and not said.get("acting_for"):
            wrong["acting_for"] = words.plain("A representative says for whom he acts.")
        if actor is Actor.EMPLOYEE and not said.get("identifier"):
            wrong["identifier"] = words.plain("An employee names the firm that he works for.")
        if wrong:
            return self._form(visit, wrong)
        wish = Wish(
            actor.value, provider.country, said.get("identifier", "").strip(), said.get("acting_for", "").strip(),
            said.get("site", ""), safety.local(said.get("to", "/")), said.get("fresh") == "yes",
        )  # fmt: skip
        browser = self.secret()
        to = await self.federation.begin(provider, wish, browser, said.get("hint", "")[:200])
        kept = safety.cookie(FLOW, browser, secure=self.secure, seconds=FLOW_SECONDS)
        return Redirect(to, (kept,), "no-referrer")

    async def _finish(self, visit: Visit) -> Answer:
        try:
            found = await self.federation.finish(visit.query, visit.cookies.get(FLOW, ""))
            provider, wish, statement, once = found
            actor = Actor(wish.actor)
            keeper = UNION if actor.kind is not ActorKind.OFFICER else provider.country
            account = await self.accounts.identify(keeper, provider, statement.subject)
            if not account:
                raise _refused(
                    f"{provider.title} knows you, and no account here is yours.",
                    f"Ask the customs administration of {provider.country} to register you.",
                    "an account for what you come as", f"the administration of {provider.country}",
                )  # fmt: skip
            principal, through = _acting(actor, wish)
            # What a provider does not say it did not prove, and nothing is proven in the future: it would never age.
            proven = min(max(0, statement.auth_time) * SECOND, self.now())
            named = statement.subject if provider.saml is not None else ""
            person = Person(account, keeper, principal, through, visit.agent, device=self.secret(), actor=actor.value,
                            proven=proven, subject=named, stated=statement.roles)  # fmt: skip
            return await self._let_in(person, actor, wish, once)
        except SenderFault as refusal:
            self.told(refusal)
            raise

    async def _let_in(self, person: Person, actor: Actor, wish: Wish, once: str) -> Answer:
        """Begin a session here, one for a sign-in (``once``), and give an entrance to where the person wanted to go."""
        own = await self.accounts.standing(_as(person))
        _must_be(actor, wish, own)
        if person.acting_for == own.eori:
            person = _as(person)
        standing = await self.accounts.standing(person) if person.acting_for else own
        person = replace(person, name=standing.name)
        name, _ = await self.sessions.open(Platform.UUMDS, person, once=once)
        cookies = (
            safety.cookie(_COOKIE, name, secure=self.secure), safety.cookie(FLOW, "", secure=self.secure, seconds=0)
        )  # fmt: skip
        site = wish.site or self._usual(own.kind)
        if not site:
            return Redirect("/", cookies)
        return Redirect(await self._entrance(person, own.kind, site, wish.to), cookies, "no-referrer")

    def _usual(self, kind: ActorKind) -> str:
        """The site to which a kind of caller goes where he says nothing else."""
        return next((site for site, platform in self.sites().items() if platform.admits(kind)), "")

    async def _entrance(self, person: Person, kind: ActorKind, site: str, to: str) -> str:
        """The address that lets a person in once. Raises NotAuthorised where his kind does not enter there."""
        platform = self.sites().get(site)
        if platform is None:
            raise NotFound("There is no such place here.", remedy="Go back to the first page.")
        if not platform.admits(kind):
            raise NotAuthorised(
                f"{kind.value.replace('_', ' ').capitalize()}s do not enter by {platform.title}.",
                remedy="Choose the pages of your own circle.",
            ).because("circles of trust", f"to enter by {platform.title}", "nobody: your circle enters elsewhere")
        secret = await self.sessions.invite(platform, person, to)
        return f"{self.url(site)}/enter?once={quote(secret)}"

    async def _vouch(self, visit: Visit) -> Answer:
        """A platform asks whether its browser is the one in which the person of an entrance signed in."""
        site, person = visit.query.get("site", ""), _person(visit)
        platform = self.sites().get(site)
        if platform is None:
            raise NotFound("There is no such place here.", remedy="Go back to the first page.")
        once = await self.sessions.bind(visit.query.get("once", ""), person, visit.query.get("browser", ""))
        return Redirect(f"{self.url(site)}/enter?once={quote(once)}", (), "no-referrer")

    # --- who is signed in

    async def _onward(self, visit: Visit, person: Person) -> Answer:
        """Where a person who is signed in can go, and as whom."""
        words = visit.words
        own = await self.accounts.standing(_as(person))
        sites = [site for site, platform in self.sites().items() if platform.admits(own.kind)]
        items: list[Block] = []
        for site in sites:
            items += [self._way(visit, site, "", "", _own_name(own, words))]
            items += [self._way(visit, site, principal, through, principal) for principal, through in own.principals]
        places = Card("go", words.plain("Where do you want to go?"), tuple(items))
        facts = (
            (words.plain("Name"), own.name), (words.plain("Account"), person.account),
            (words.plain("EORI number"), own.eori or words.plain("none")),
            (words.plain("Roles"), _listed(person.within(own.roles), words)),
        )  # fmt: skip
        who = Card("who", words.plain("Who you are here"), (Facts(facts),))
        anew = Link(words.plain("Sign in as somebody else"), f"/?{ANEW}=yes", "btn second")
        return Page(words.plain("You are signed in"), (Columns((places,), (who,)),), acts=(anew,))

    def _way(self, visit: Visit, site: str, principal: str, through: str, shown: str) -> Form:
        words = visit.words
        title = words.plain("%(place)s for %(who)s", place=self.sites()[site].title, who=shown)
        note = words.plain("as an employee of %(firm)s", firm=through) if through else ""
        hidden = {"site": site, "acting_for": principal, "through": through,
                  "to": safety.local(visit.query.get("to", "/"))}  # fmt: skip
        return Form("/go", (Button(title, look="btn second", note=note),), hidden=hidden)

    async def _go(self, visit: Visit) -> Answer:
        """Go on to a platform, for himself or for another, without proving anew who one is."""
        person = _person(visit)
        acting = _as(person, visit.form.get("acting_for", ""), visit.form.get("through", ""))
        try:
            standing = await self.accounts.standing(acting)
            to = await self._entrance(
                acting, standing.kind, visit.form.get("site", ""), safety.local(visit.form.get("to", "/"))
            )
        except SenderFault as refusal:
            self.told(refusal)
            raise
        return Redirect(to, (), "no-referrer")

    async def _activity(self, visit: Visit) -> Answer:
        """Where one is signed in, and was."""
        person, words = _person(visit), visit.words
        places = await self.sessions.places(person)
        names = (words.plain("Since"), words.plain("Where"), words.plain("For"), words.plain("Browser"),
                 words.plain("State"))  # fmt: skip
        rows = tuple(
            Row((
                words.moment(each.opened), Platform(each.platform).title, each.acting_for or words.plain("yourself"),
                (_browser(each, words), Small(words.say("this sign-in"))) if _same(each, person)
                else _browser(each, words),
                Tag(words.plain("signed in"), Tone.RUN) if each.open else (words.plain("ended"), Small(each.why)),
            )) for each in places
        )  # fmt: skip
        table = Table(words.plain("Where you are signed in"), tuple(map(Column, names)), rows)
        note = Note("", words.say("Do you see something that was not you? Sign out everywhere, then tell the provider "
                                  "of your country."))  # fmt: skip
        now = Card("now", words.plain("In the last eight hours"), (table, note))
        ends: list[Block] = []
        others = tuple(
            Option(each.name, ", ".join((words.moment(each.opened), Platform(each.platform).title,
                                         _browser(each, words))))
            for each in places if each.open and not _same(each, person)
        )  # fmt: skip
        if others:
            ends.append(Form("/activity", (Button(words.plain("Sign out everywhere else"), "end", _ELSEWHERE, "btn"),)))
        everywhere = Button(words.plain("Sign out everywhere"), "end", "all", "btn danger")
        ends.append(Form("/activity", (everywhere,)))
        if others:
            which = Field("end", words.plain("Session"), options=others)
            one = Button(words.plain("End this session"), look="btn second")
            ends.append(Details(words.plain("End one session"), (Form("/activity", (one,), (which,)),)))
        return Page(words.plain("Your activity"), (now, Card("end", words.plain("End sessions"), tuple(ends))))

    async def signed_out(self, provider: Provider, subject: str) -> None:
        """End every session of a person whom his provider signed out."""
        for keeper in (UNION, provider.country):
            account = await self.accounts.identify(keeper, provider, subject)
            if account:
                await self.sessions.end_all(Person(account, keeper), "Your provider signed you out.")

    async def _told_out(self, request: Request) -> Response:
        """A provider says behind the browser that it signed somebody out (Back-Channel Logout 1.0, 2.5)."""
        try:
            token = (await safety.form_of(request)).get("logout_token", "")
            provider, subject = await self.federation.leaving.told(token, issuer_of(token))
        except SenderFault as refusal:
            self.told(refusal)
            return json_response({"error": "invalid_request", "error_description": refusal.text}, 400, headers=NO_STORE)
        await self.signed_out(provider, subject)
        return Response(200, b"", headers=NO_STORE)

    async def _stated(self, request: Request) -> Response:
        """Pages of another process ask for a statement on who is signed in there, by what his browser holds."""
        if self.statements is None:
            raise NotFound("No statement is given here.", remedy="Ask the operator.")
        form = await safety.form_of(request)
        try:
            case = convert({name: form.get(name, "") for name in AskedCase.__struct_fields__}, AskedCase)
            statement = await self.statements.of(form.get("session", ""), case)
        except ValidationError as problem:
            raise BadRequest("The form names no case.", remedy="Send keeper, country and reference.") from problem
        except SenderFault as refusal:
            self.told(refusal)
            raise
        return json_response({"statement": statement}, headers=NO_STORE)

    async def _end(self, visit: Visit) -> Answer:
        person, which = _person(visit), visit.form.get("end", "")
        if which == "all":
            await self.sessions.end_all(person)
            provider = self.federation.providers.get(person.account[:2].upper())
            back = f"{self.url(_NAME)}{SIGNED_OUT}"
            to = await self.federation.leave(provider, person.subject, back) if provider is not None else ""
            return Redirect(to or SIGNED_OUT, (), "no-referrer")
        if which == _ELSEWHERE:
            await self.sessions.end_others(person)
        else:
            await self.sessions.end_place(person, which)
        return Redirect("/activity")


def _same(place: Place, person: Person) -> bool:
    """Whether a session came of the sign-in of whoever looks."""
    return bool(person.device) and place.device == person.device


def _browser(place: Place, words: Words) -> str:
    """What somebody signed in with, in words."""
    browser, system = browser_and_system(place.agent)
    if not browser:
        return words.plain("not told")
    return words.plain("%(browser)s on %(system)s", browser=browser, system=system) if system else browser


async def _signed_out(visit: Visit) -> Answer:
    """The end of a sign-out."""
    words = visit.words
    text = words.say(
        "Every session of yours has ended here. Where your provider can be asked, it signed you out as well; close the "
        "browser where you are not sure."
    )
    again = Link(words.plain("Sign in"), "/", "btn second")
    return Page(words.plain("You are signed out"), (Card("out", words.plain("Signed out"), (Text(text), Text(again))),))


def _acting(actor: Actor, wish: Wish) -> tuple[str, str]:
    """For whom, and as whose employee, a person wants to act."""
    if actor is Actor.EMPLOYEE:
        return (wish.acting_for, wish.identifier) if wish.acting_for else (wish.identifier, "")
    return (wish.acting_for, wish.identifier) if actor is Actor.REPRESENTATIVE else (wish.acting_for, "")


def _must_be(actor: Actor, wish: Wish, own: Standing) -> None:
    """Raise NotAuthorised unless an account is what its person came as."""
    if actor.kind is not own.kind:
        raise _refused(
            f"Your account is not that of a {actor.value}.",
            f"Sign in as what you are, or ask the administration of {own.country} to change your account.",
            f"an account of a {actor.value}", f"the administration of {own.country}",
        )  # fmt: skip
    firm = actor in (Actor.OPERATOR, Actor.REPRESENTATIVE)
    if firm and wish.identifier not in ("", own.eori):
        raise _refused(
            f"Your account is not registered for {wish.identifier}.",
            f"Ask the administration of {own.country} to register it, or sign in as an employee.",
            f"an account for {wish.identifier}", f"the administration of {own.country}",
        )  # fmt: skip
    if firm and not own.eori:
        raise _refused(
            "Your account has no EORI number of its own.", "Sign in as an employee of whoever lets you act.",
            "an EORI number", f"the administration of {own.country}",
        )  # fmt: skip


def _listed(roles: frozenset[str], words: Words) -> Inline:
    """The roles of a person, each in the reader's language where it is known."""
    found: list[Inline] = []
    for each in sorted(roles):
        found += [", ", words.model(each)] if found else [words.model(each)]
    return tuple(found) or words.plain("none")


def _refused(text: str, remedy: str, missing: str, grants: str) -> NotAuthorised:
    """A refusal by the register of accounts: for want of what, and who could grant it."""
    rule = "accounts: a person is what his administration states"
    return NotAuthorised(text, remedy=remedy).because(rule, missing, grants)


def _as(person: Person, principal: str = "", through: str = "") -> Person:
    """The same person, acting for somebody, or for himself."""
    return replace(person, acting_for=principal, through=through)


def _own_name(own: Standing, words: Words) -> str:
    return own.eori or words.plain("yourself")


def _person(visit: Visit) -> Person:
    """Whoever is signed in here by an account. Raises NotAuthenticated for a client that came by a link."""
    if visit.session is None or visit.session.person is None:
        raise NotAuthenticated("This page is for persons with an account.", remedy="Sign in.")
    return visit.session.person


_NAME: Final = "signin"
_COOKIE: Final = f"douane-{_NAME}"


def signing_in_site(signing_in: SigningIn, more: tuple[View, ...]) -> Site:
    """The pages as a site. ``more``: pages that every shell has."""
    return Site(_NAME, lambda words: words.plain("Sign in"), (*signing_in.views(), *more), Platform.UUMDS, tabs=_tabs)


def _tabs(visit: Visit) -> tuple[Tab, ...]:
    """The menu of whoever is signed in by an account."""
    if visit.caller is None or visit.session is None or visit.session.person is None:
        return ()
    words, at = visit.words, visit.address.partition("?")[0]
    return (
        Tab(words.plain("Where to go"), "/", current=at == "/"),
        Tab(words.plain("Your activity"), "/activity", current=at == "/activity"),
    )


def proving_again(person: Person, sign_in: str, site: str, to: str) -> str:
    """Where a person proves anew who he is, as whom he came, and comes back."""
    said = {"country": person.account[:2].upper(), "actor": person.actor, "site": site, "to": to, "fresh": "yes"}
    said |= {"acting_for": person.acting_for, "identifier": person.through}
    if person.actor == Actor.EMPLOYEE.value and not person.through:
        said |= {"acting_for": "", "identifier": person.acting_for}
    return f"{sign_in}/begin?{urlencode({name: value for name, value in said.items() if value})}"
