"""The pages and addresses of the demonstration's identity provider, at a host of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page
from douane.model.routes import Opening
from douane.pages.blocks import Button, Card, Form, Note, Page, Text
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.requests import Request
from douane.simulator.provider import NationalProvider, Refused
from douane.vocabulary.errors import BadRequest

NAME: Final = "idp"
NO_STORE: Final = (("cache-control", "no-store"),)
ASKED: Final = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method", "login_hint",
)  # fmt: skip
"""What a request says; the form of the page carries it on."""


def provider_site(provider: NationalProvider, more: tuple[View, ...]) -> Site:
    """The provider as a site of its own, which nobody needs to be signed in to reach."""

    async def metadata(_visit: Visit) -> Answer:
        return json_response(provider.metadata)

    async def keys(_visit: Visit) -> Answer:
        return json_response(provider.keys)

    views = (
        View(page("GET", "/", Opening.ANYBODY), _about),
        View(page("GET", "/authorize", Opening.ANYBODY), lambda visit: _ask(provider, visit)),
        View(page("POST", "/authorize", Opening.ANYBODY), lambda visit: _answer(provider, visit)),
        View(page("GET", "/.well-known/openid-configuration", Opening.ANYBODY), metadata),
        View(page("GET", "/jwks", Opening.ANYBODY), keys),
        View(page("POST", "/token", Opening.ANYBODY), _about, _redeem(provider)),
    )
    return Site(NAME, lambda words: words.plain("Identity provider"), (*views, *more))


async def _about(visit: Visit) -> Answer:
    words = visit.words
    text = words.say("This provider belongs to the demonstration: it lets everybody on this machine choose whom to be.")
    return Page(
        words.plain("Identity provider of the demonstration"), (Card("about", words.plain("About"), (Text(text),)),)
    )


async def _ask(provider: NationalProvider, visit: Visit) -> Answer:
    """Who is it? A ticket answers by itself."""
    words = visit.words
    try:
        request = provider.request(visit.query)
    except Refused as refusal:
        raise _bad(refusal) from None
    chosen = provider.ticket(request.hint) if request.hint else ""
    if chosen:
        return Redirect(provider.answer(request, chosen), (), "no-referrer")
    carried = {name: visit.query[name] for name in ASKED if name in visit.query}
    buttons = tuple(
        Button(each.name, "as", each.subject, note=words.model(each.does), circle=each.circle)
        for each in provider.residents.values()
    )
    refuse = Button(words.plain("Nobody: go back"), "as", "", "btn second")
    note = Note("", words.say("No password is asked for: the persons are invented, and this is a demonstration."))
    form = Form("/authorize", buttons, hidden=carried, doors=True, title=words.plain("Who are you?"))
    back = Form("/authorize", (refuse,), hidden=carried)
    return Page(words.plain("Identity provider of the demonstration"), (note, form, back))


async def _answer(provider: NationalProvider, visit: Visit) -> Answer:
    try:
        request = provider.request(visit.form)
    except Refused as refusal:
        raise _bad(refusal) from None
    return Redirect(provider.answer(request, visit.form.get("as", "")), (), "no-referrer")


def _redeem(provider: NationalProvider) -> Callable[[Request], Awaitable[Response]]:
    async def redeem(request: Request) -> Response:
        try:
            pairs = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=16))
            return json_response(provider.redeem(request.header("authorization"), pairs), headers=NO_STORE)
        except Refused as refusal:
            return json_response({"error": refusal.error}, refusal.status, headers=NO_STORE)
        except (UnicodeDecodeError, ValueError, msgspec.MsgspecError):
            return json_response({"error": "invalid_request"}, 400, headers=NO_STORE)

    return redeem


def _bad(refusal: Refused) -> BadRequest:
    return BadRequest(f"The provider was asked wrongly: {refusal.error}.", remedy="Begin to sign in anew.")
