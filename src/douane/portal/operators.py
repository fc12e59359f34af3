"""Operators in the console: signing in by passkey or provider, coming in by a voucher, and proposing who operates.

Signing in asks no core, so it works while the core is away; who operates changes by an act, as all that two answer for.
Pages that somebody opens who is not signed in keep nothing: a stranger learns whether a voucher holds, and no more.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.identity.console.operators_file import Broken, OperatorsFile, text_of
from douane.identity.console.passkeys import OperatorPasskeys
from douane.identity.federating.federation import Federation
from douane.identity.federating.providers import MemberStateType, Wish
from douane.identity.operators import Doer, Operator, PublicKey
from douane.identity.sessions import Sessions
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import Block, Button, Card, Column, Field, Form, Link, Note, Page, Row, Table, Text, Verbatim
from douane.pages.languages import Words
from douane.portal.deeds import PROPOSED, doer_of, reason_fault
from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import BadRequest, DeclarationFault, DouaneError, NotAuthenticated, SenderFault

AT: Final = "/operators"
SIGN_IN: Final = "/sign-in"
FIRST: Final = "/operators/first"
KEY: Final = "/operators/key"
COOKIE: Final = "douane-console"
FLOW: Final = "douane-operator"
"""The cookie that binds a sign-in to the browser in which it began."""
SECONDS: Final = 600
SCRIPTS: Final = ("passkey",)
Put = Callable[[str, str, Doer], Awaitable[None]]
"""Has a file of operators put in place of the one that holds: by its text, why, and who asks for it."""


@dataclass(frozen=True, slots=True)
class OperatorsDesk:
    """What the pages need. federation: the providers by which operators may sign in, too; at: the console's address.

    noted: tells the audit log who came in (verb, about, account). told: hears of each refusal. secure: by TLS.
    """

    file: OperatorsFile
    passkeys: OperatorPasskeys
    sessions: Sessions
    federation: Federation
    at: Callable[[], str]
    noted: Callable[[str, str, str], None]
    told: Callable[[SenderFault], None]
    put: Put
    secure: bool


def operator_views(desk: OperatorsDesk) -> tuple[View, ...]:
    """The pages, and what they send."""
    anybody = Opening.ANYBODY
    return (
        View(page("GET", SIGN_IN, anybody), _asked(desk, _sign_in)),
        View(page("POST", SIGN_IN, anybody), _asked(desk, _sign_in), _told(desk, _prove)),
        View(page("GET", "/sign-in/provider", anybody), _asked(desk, _to_provider)),
        View(page("GET", "/callback", anybody), _asked(desk, _from_provider)),
        View(page("GET", FIRST, anybody), _asked(desk, _become)),
        View(page("POST", FIRST, anybody), _asked(desk, _become), _told(desk, _became)),
        View(page("GET", KEY, anybody), _asked(desk, _key)),
        View(page("POST", KEY, anybody), _asked(desk, _key), _told(desk, _made)),
        View(page("GET", AT), _asked(desk, _operators)),
        View(page("POST", AT), _asked(desk, _change)),
    )


def _asked(
    desk: OperatorsDesk, show: Callable[[OperatorsDesk, Visit], Awaitable[Answer]]
) -> Callable[[Visit], Awaitable[Answer]]:
    async def shown(visit: Visit) -> Answer:
        return await show(desk, visit)

    return shown


def _told(
    desk: OperatorsDesk, act: Callable[[OperatorsDesk, Request, dict[str, str]], Awaitable[Redirect]]
) -> Callable[[Request], Awaitable[Redirect]]:
    """A form of a ceremony: it came from this host, in the browser in which it began. Each refusal is told."""

    async def acted(request: Request) -> Redirect:
        try:
            safety.must_be_own(request, desk.at())
            form = await safety.form_of(request)
            held = safety.cookies_of(request, secure=desk.secure).get(FLOW, "")
            if not held or not hmac.compare_digest(held, form.get("flow", "")):
                raise NotAuthenticated("This began in another browser.", remedy="Begin it again, here.")
            return await act(desk, request, form)
        except SenderFault as refusal:
            desk.told(refusal)
            raise

    return acted


def _begun(visit: Visit) -> str:
    """The ceremony that began in this browser; empty where none did yet."""
    flow = visit.query.get("flow", "")
    return flow if flow and hmac.compare_digest(flow, visit.cookies.get(FLOW, "")) else ""


def _begin(desk: OperatorsDesk, path: str, **query: str) -> Redirect:
    """Begin a ceremony in this browser, and come back to its page."""
    word = desk.passkeys.word()
    kept = safety.cookie(FLOW, word, secure=desk.secure, seconds=SECONDS)
    return Redirect(f"{path}?{urlencode({**query, 'flow': word})}", (kept,), "no-referrer")


def _ceremony(desk: OperatorsDesk, visit: Visit, name: str, word: str) -> dict[str, str]:
    """What the script of the page needs beside the fields of its form."""
    failed = visit.words.plain("Your device made no use of a passkey. Try again, or use another device.")
    return {"ceremony": name, "flow": word, "challenge": desk.passkeys.challenge(word), "failed": failed}


def _entered(desk: OperatorsDesk, account: str, how: str) -> Redirect:
    name, _ = desk.sessions.open(account, Platform.OPERATIONS)
    desk.noted("enter", how, account)
    cookies = (
        safety.cookie(FLOW, "", secure=desk.secure, seconds=0), safety.cookie(COOKIE, name, secure=desk.secure)
    )  # fmt: skip
    return Redirect("/", cookies, "no-referrer")


# --- signing in


async def _sign_in(desk: OperatorsDesk, visit: Visit) -> Answer:
    words, word = visit.words, _begun(visit)
    if not word:
        return _begin(desk, SIGN_IN)
    title = words.plain("Sign in as an operator")
    form = Form(SIGN_IN, (Button(words.plain("Sign in by passkey")),), hidden=_ceremony(desk, visit, "prove", word),
                title=title)  # fmt: skip
    blocks: list[Block] = [Text(words.say("Whoever operates this node is a person, whom another one let in.")), form]
    for country, each in sorted(desk.federation.providers.items()):
        if each.saml is None and each.type is not MemberStateType.CENTRAL:
            said = words.plain("Sign in by %(provider)s", provider=each.title)
            blocks.append(Text(Link(said, f"/sign-in/provider?country={quote(country)}", "btn second")))
    return Page(title, (Card("sign-in", title, tuple(blocks)),), scripts=SCRIPTS)


async def _prove(desk: OperatorsDesk, _request: Request, form: dict[str, str]) -> Redirect:
    return _entered(desk, desk.passkeys.prove(form).account, "passkey")


async def _to_provider(desk: OperatorsDesk, visit: Visit) -> Answer:
    provider = desk.federation.providers.get(visit.query.get("country", ""))
    if provider is None or provider.saml is not None or provider.type is MemberStateType.CENTRAL:
        raise BadRequest("No operator signs in by this provider.", remedy="Choose another way.")
    browser = desk.passkeys.word()
    to = await desk.federation.begin(provider, Wish("operator", provider.country), browser)
    kept = safety.cookie(FLOW, browser, secure=desk.secure, seconds=SECONDS)
    return Redirect(to, (kept,), "no-referrer")


async def _from_provider(desk: OperatorsDesk, visit: Visit) -> Answer:
    try:
        said = {name: value for name, value in visit.query.items() if name != "word"}
        provider, _, statement, _ = await desk.federation.finish(said, visit.cookies.get(FLOW, ""))
        found = desk.file.read().by_subject(provider.issuer, statement.subject)
        if found is None:
            raise NotAuthenticated(
                f"{provider.title} knows you, and no operator here is you.", remedy="Have two operators add you."
            )
        return _entered(desk, found.account, "provider")
    except SenderFault as refusal:
        desk.told(refusal)
        raise


# --- becoming an operator


async def _become(desk: OperatorsDesk, visit: Visit) -> Answer:
    words, once, word = visit.words, visit.query.get("once", ""), _begun(visit)
    if visit.query.get("waits"):
        return _waits(words)
    first = not desk.file.vouched(once).accounts
    if not word:
        return _begin(desk, FIRST, once=once)
    title = words.plain("Become the first operator") if first else words.plain("Become the second operator")
    fields = (
        Field("account", words.plain("Account"), short=True,
              hint=words.plain("Two letters of the country, a dot, then small letters, digits, dots and hyphens: "
                               "eu.anna.berg")),
        Field("name", words.plain("Name")),
    )  # fmt: skip
    hidden = {**_ceremony(desk, visit, "make", word), "once": once, "user": word.partition(".")[0]}
    form = Form(FIRST, (Button(words.plain("Make a passkey")),), fields, hidden, title=title)
    said = words.say("Nobody operates this node yet. Whoever comes by this link is its first operator; every "
                     "other one is let in by two persons.")  # fmt: skip
    if not first:
        said = words.say("One person operates this node. Whoever comes by this link is its second operator as soon as "
                         "the first one agrees.")  # fmt: skip
    return Page(title, (Card("first", title, (Text(said), form)),), scripts=SCRIPTS)


def _waits(words: Words) -> Page:
    title = words.plain("Become the second operator")
    text = Text(
        words.say("The first operator has to agree: it stands in the console under Second person. Then sign in.")
    )
    return Page(title, (Card("waits", title, (text, Text(Link(words.plain("Sign in as an operator"), SIGN_IN)))),))


async def _became(desk: OperatorsDesk, _request: Request, form: dict[str, str]) -> Redirect:
    once = form.get("once", "")
    first = not desk.file.vouched(once).accounts
    operator = Operator(
        form.get("account", "").strip(), form.get("name", "").strip(), passkey=(desk.passkeys.make(form),)
    )
    try:
        text, by = desk.file.let_in(once, operator)
    except DeclarationFault as problem:
        raise BadRequest(problem.text, remedy="Give an account and a name as the page asks for them.") from problem
    await desk.put(text, f"voucher of {by}", Doer(operator.account, vouched=True))
    return _entered(desk, operator.account, "voucher") if first else Redirect(f"{FIRST}?waits=1", (), "no-referrer")


async def _key(desk: OperatorsDesk, visit: Visit) -> Answer:
    """Whoever is to become an operator makes a passkey here, and hands its public half to one who is."""
    words, word = visit.words, _begun(visit)
    title = words.plain("Make a passkey")
    if visit.query.get("key"):
        entry = text_of((Operator("eu.your.name", "Your Name", passkey=(_public(visit),)),))
        text = Text(words.say("Hand this to an operator, with your name and the account that you are to have."))
        return Page(title, (Card("made", words.plain("Your passkey"), (text, Verbatim(entry))),))
    if not word:
        return _begin(desk, KEY)
    hidden = {**_ceremony(desk, visit, "make", word), "user": word.partition(".")[0]}
    form = Form(KEY, (Button(title),), (Field("name", words.plain("Name")),), hidden, title=title)
    text = Text(words.say("Making a passkey makes nobody an operator: two operators do, who put its public half into "
                          "their file."))  # fmt: skip
    return Page(title, (Card("key", title, (text, form)),), scripts=SCRIPTS)


def _public(visit: Visit) -> PublicKey:
    return PublicKey(visit.query.get("id", "")[:1400], visit.query.get("key", "")[:4000])


async def _made(desk: OperatorsDesk, _request: Request, form: dict[str, str]) -> Redirect:
    key = desk.passkeys.make(form)
    gone = safety.cookie(FLOW, "", secure=desk.secure, seconds=0)
    return Redirect(f"{KEY}?{urlencode({'id': key.id, 'key': key.key})}", (gone,), "no-referrer")


# --- who is an operator, and changes


async def _operators(desk: OperatorsDesk, visit: Visit) -> Answer:
    return _page(desk, visit)


def _page(desk: OperatorsDesk, visit: Visit, problem: str = "") -> Page:
    words = visit.words
    try:
        known, fault = tuple(desk.file.judged().accounts.values()), ""
    except DouaneError as wrong:
        known, fault = (), f"{wrong.text} {wrong.remedy}"
    columns = (Column(words.plain("Account")), Column(words.plain("Name")), Column(words.plain("Signs in by")))
    rows = tuple(
        Row((each.account, each.name, each.issuer or words.plain("passkey"))) for each in known
    )  # fmt: skip
    title = words.plain("Operators")
    blocks: list[Block] = [Note("", fault)] if fault else []
    blocks += [glass_note(each, words) for each in desk.file.broken()]
    blocks.append(Card("known", title, (Table(title, columns, rows),)))
    blocks.append(_proposing(text_of(known), visit, problem))
    blocks.append(Text(Link(words.plain("Make a passkey"), KEY)))
    return Page(title, tuple(blocks), faulty=bool(problem))


def _proposing(text: str, visit: Visit, problem: str) -> Form:
    words, said = visit.words, visit.form if problem else {}
    fields = (
        Field("text", words.plain("Operators, all of them"), said.get("text", text), rows=16),
        Field("reason", words.plain("Reason"), said.get("reason", ""), rows=2,
              hint=words.plain("Why; it is kept with the act.")),
    )  # fmt: skip
    return Form(AT, (Button(words.plain("Propose")),), fields, title=words.plain("Propose a change"),
                problems=(problem,) if problem else ())  # fmt: skip


def glass_note(broken: Broken, words: Words) -> Note:
    """Somebody acts alone, or did: every operator is told."""
    return Note(
        words.plain("The glass was broken"),
        words.say("%(by)s acts alone in the name of %(who)s from %(at)s until %(until)s: %(reason)s", by=broken.by,
                  who=broken.account, at=words.moment(broken.at), until=words.moment(broken.until),
                  reason=broken.reason),
    )  # fmt: skip


async def _change(desk: OperatorsDesk, visit: Visit) -> Answer:
    """Propose another file: it waits where all that two persons answer for does."""
    if fault := reason_fault(visit):
        return _page(desk, visit, fault)
    try:
        await desk.put(_lines(visit.form.get("text", "")), visit.form["reason"].strip(), doer_of(visit))
    except DouaneError as problem:
        return _page(desk, visit, f"{problem.text} {problem.remedy}")
    return Redirect(PROPOSED)


def _lines(text: str) -> str:
    """A text of a form with the ends of lines that files have."""
    return text.replace("\r\n", "\n")
