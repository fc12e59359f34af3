"""Refusals for people: what happened, that nothing was written, and what to do next."""

from __future__ import annotations

from typing import Final

from douane.pages.blocks import Block, Details, Facts, Inline, Link, Note, Page, Text, Tone
from douane.pages.languages import Words
from douane.shared_services.web.answers import Response, error_headers, problem, status_of, title_of
from douane.shared_services.web.requests import Refuse, Request
from douane.vocabulary.errors import DouaneError, Fault, KeptElsewhere, NotAuthenticated, UnderMaintenance

WRITES: Final = ("POST", "PUT", "DELETE")


def refusal_page(
    error: DouaneError, method: str, start: str, words: Words, *, sign_in: str = "", rights: bool = False,
    again: str = "", development: bool = False,
) -> Page:  # fmt: skip
    """The page of a refusal. ``start``: where one chooses a person, ``sign_in``: where one signs in; empty for none.
    ``development``: whether somebody can let himself in by a command.
    ``rights``: whether there is a page of what its reader may do. ``again``: where what was asked can be asked anew."""
    status = status_of(error)
    titles = {
        401: words.plain("Sign in to see this page"), 403: words.plain("This is not open to you"),
        404: words.plain("There is no such page"), 409: words.plain("This was sent before"),
        421: words.plain("This host has no pages"), 429: words.plain("Too much at once"),
        503: words.plain("Not available just now"),
    }  # fmt: skip
    other = words.plain("This cannot be done") if status < 500 else words.plain("Something failed here")
    kept_elsewhere = isinstance(error, KeptElsewhere)  # a door that says so has pages, and of others' cases, too
    told = words.plain("Not known here") if kept_elsewhere else titles.get(status, other)
    said = dict(error.notices).get(words.language) if isinstance(error, UnderMaintenance) else None
    text: Inline = (said or words.model(error.outside[0]), " ", words.model(error.outside[1]))
    if again and error.faults:
        text = words.say("What you asked for cannot be read. Mend it, and ask again.")
    blocks: list[Block] = [Note("", text, Tone.WARN)]
    if again and error.faults:
        blocks.append(Facts(tuple((_field(each), words.model(each.remedy)) for each in error.faults)))
        blocks.append(Text(Link(words.plain("Ask again"), again, "btn second")))
    if status == 404 or kept_elsewhere:
        blocks.append(Text(Link(words.plain("The first page"), "/")))
    if method in WRITES:
        blocks.append(Text(words.say("Nothing was written.")))
    if isinstance(error, NotAuthenticated):
        blocks += [Text(Link(words.plain("Sign in"), sign_in, "btn"))] if sign_in else []
        blocks += [Text(Link(words.plain("Choose a person on the start page"), start, "btn second"))] if start else []
        if development:
            way = words.say(
                "Or run douane enter --as NAME where the node runs: it prints a link that lets you in once."
            )
            blocks.append(Text(way))
    if error.why is not None:
        names = (words.plain("By which rule"), words.plain("What is missing"), words.plain("Who could grant it"))
        facts = tuple(zip(names, (words.model(each) for each in error.why), strict=True))
        every = Text(Link(words.plain("What you may do here, and what not"), "/rights"))
        blocks.append(Details(words.plain("Why?"), (Facts(facts), *((every,) if rights else ()))))
    blocks.append(
        Facts(((words.plain("Status"), str(status)), (words.plain("Code"), f"{error.code}, {title_of(error)}")))
    )
    return Page(told, tuple(blocks), faulty=True)


def _field(fault: Fault) -> str:
    """The field that a fault is about, as it stands in the address."""
    return fault.pointer.strip("/") or "–"


def prefers_html(request: Request) -> bool:
    """Whether whoever asks is a browser that shows a page: it names HTML before JSON and XML."""
    said = next((value.lower() for name, value in request.headers if name == "accept"), "")
    kinds = [each.partition(";")[0].strip() for each in said.split(",")]
    return request.method == "GET" and "text/html" in kinds[:2] and "application/json" not in kinds


def browsers_told(foyer: str) -> Refuse:
    """How a door for programs refuses: by problem details, a browser by one page that names where the pages are."""

    def refuse(error: DouaneError, request: Request) -> Response:
        if not prefers_html(request):
            return problem(error)
        headers = (*error_headers(error), ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"))
        return Response(status_of(error), _foyer(foyer).encode(), "text/html; charset=utf-8", headers)

    return refuse


def _foyer(address: str) -> str:
    """The page itself: it loads nothing, since a door for programs serves no assets."""
    way = (
        f'<p>The pages for people are at <a href="{address}">{address}</a>.</p>'
        if address
        else ("<p>This node serves no pages for people.</p>")
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><title>A door for programs · Douane</title></head><body><main>'
        f"<h1>This is a door for programs</h1>{way}<p>Programs find what they may call under "
        "<code>/openapi.json</code>, with a certificate or a token.</p></main></body></html>"
    )
