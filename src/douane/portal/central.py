"""The pages of the central account: making a passkey by invitation, and signing in by it.

A passkey is used by a script: without scripts these two pages say so, and every other page works. Their forms bear no
token, since nobody is signed in: they are sent from this very host, and bind themselves by what they answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from douane.channels.browser.safety import cookies_of, form_of
from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.identity.federating.central import Central, base64_of, challenge_of, user_of
from douane.model.routes import Opening
from douane.pages.blocks import Button, Card, Form, Note, Page, Text
from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import SenderFault

SCRIPTS: Final = ("passkey",)


def central_views(
    central: Central, cookie: str, told: Callable[[SenderFault], None], *, secure: bool
) -> tuple[View, ...]:
    """The pages. ``cookie``: in which the browser holds what binds a sign-in to it. ``told``: of each refusal.

    secure: the cookie is one of this host alone, set by TLS.
    """

    async def ask(visit: Visit) -> Answer:
        await central.ready()
        words, flow = visit.words, visit.query.get("flow", "")
        hidden = {"flow": flow, "challenge": central.challenge(flow)}
        text = words.say("Your country runs no provider of identities: you prove who you are by a passkey, which your "
                         "device keeps. It asks for your finger, your face or your PIN; nothing of these comes "
                         "here.")  # fmt: skip
        return _page(visit, "/passkey", "prove", words.plain("Sign in by passkey"), text, hidden)

    async def offer(visit: Visit) -> Answer:
        words, once = visit.words, visit.query.get("once", "")
        invitation = central.invited(once)
        challenge = base64_of(challenge_of(once))
        hidden = {"once": once, "challenge": challenge, "user": user_of(invitation), "name": invitation.subject}
        text = words.say("Your administration invited you to sign in by passkey. Your device makes a key and keeps it; "
                         "only its public half comes here.")  # fmt: skip
        return _page(visit, "/passkey/make", "make", words.plain("Make a passkey"), text, hidden)

    async def prove(request: Request) -> Redirect:
        try:
            await central.ready()
            word = central.answer(await form_of(request), cookies_of(request, secure=secure).get(cookie, ""))
        except SenderFault as refusal:
            told(refusal)
            raise
        return Redirect(f"/callback?word={quote(word)}", (), "no-referrer")

    async def make(request: Request) -> Redirect:
        try:
            central.make(await form_of(request))
        except SenderFault as refusal:
            told(refusal)
            raise
        return Redirect("/?anew=yes")

    return (
        View(page("GET", "/passkey", Opening.ANYBODY), ask),
        View(page("POST", "/passkey", Opening.ANYBODY), ask, prove),
        View(page("GET", "/passkey/make", Opening.ANYBODY), offer),
        View(page("POST", "/passkey/make", Opening.ANYBODY), offer, make),
    )


def _page(visit: Visit, action: str, ceremony: str, title: str, text: str, hidden: dict[str, str]) -> Page:
    words = visit.words
    failed = words.plain("Your device made no use of a passkey. Try again, or use another device.")
    form = Form(action, (Button(title),), hidden={"ceremony": ceremony, "failed": failed, **hidden}, title=title)
    note = Note("", words.say("A passkey is used by a script of this page: your browser has to run it."))
    return Page(title, (Card("passkey", title, (Text(text), form, note)),), scripts=SCRIPTS)
