"""The addresses of UUM&DS for identity providers that speak SAML 2.0.

A provider's answer is posted by its own page, so it bears neither a token of ours nor a cookie: it is believed for its
signature, and leads on to an address at which the browser proves that it began (``identity/federating/saml``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from douane.channels.browser.safety import form_of
from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.identity.federating.providers import Provider
from douane.identity.federating.saml import Saml
from douane.model.routes import Opening
from douane.shared_services.web.answers import Response
from douane.shared_services.web.requests import Request
from douane.standards.saml.redirecting import RESPONSE
from douane.vocabulary.errors import SenderFault

MEDIA: Final = "application/samlmetadata+xml"
SIGNED_OUT: Final = "/signed-out"
"""Where who signed out at a provider too comes back to."""


def saml_views(
    saml: Saml, signed_out: Callable[[Provider, str], Awaitable[None]], told: Callable[[SenderFault], None]
) -> tuple[View, ...]:
    """Our metadata, where answers are posted, and where providers sign somebody out. ``told``: of each refusal."""

    async def metadata(_visit: Visit) -> Answer:
        return Response(200, saml.metadata(), MEDIA)

    async def nothing(_visit: Visit) -> Answer:
        return Redirect("/")

    async def answer(request: Request) -> Redirect:
        try:
            await saml.ready()
            word = saml.answer(await form_of(request))
        except SenderFault as refusal:
            told(refusal)
            raise
        return Redirect(f"/callback?word={quote(word)}", (), "no-referrer")

    async def logout(request: Request) -> Redirect:
        if RESPONSE.encode() + b"=" in request.query:  # to a sign-out that began here: nothing rests on what it says
            return Redirect(SIGNED_OUT, (), "no-referrer")
        try:
            found = saml.sign_out(request.query)
        except SenderFault as refusal:
            told(refusal)
            raise
        await signed_out(found.provider, found.subject)
        return Redirect(found.to, (), "no-referrer")

    return (
        View(page("GET", "/saml", Opening.ANYBODY), metadata),
        View(page("POST", "/saml/answer", Opening.ANYBODY), nothing, answer, foreign=True),
        View(page("GET", "/saml/logout", Opening.ANYBODY), nothing, logout),
    )
