"""What keeps one site's browser from acting for another: hosts, cookies, the origin of a form, the policy of a page.

Everything here is pure: headers in, a verdict or headers out.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, quote

from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import BadRequest, NotAuthorised, TooLarge

FORM: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 500
LARGEST_FORM: Final = 512 * 1024
LANGUAGE: Final = "douane-language"
"""The cookie that keeps the language chosen, on each host."""


def host_of(request: Request) -> str:
    """The name of the host that a request is for, without its port, in small letters."""
    name, _, port = request.header("host").lower().rpartition(":")
    return name if name and port.isdigit() else request.header("host").lower()


HOST_ONLY: Final = "__Host-"
"""How the name of a cookie begins that a browser takes by TLS, from this very host and for all of it (RFC 6265bis)."""


def cookies_of(request: Request, *, secure: bool) -> dict[str, str]:
    """The cookies of a request by their own names; of two of a name the first.

    secure: those alone that this host set by TLS; what a neighbour below the same domain set is nobody's.
    """
    found: dict[str, str] = {}
    for each in request.header("cookie").split(";"):
        name, equals, value = each.strip().partition("=")
        if equals and (not secure or name.startswith(HOST_ONLY)):
            found.setdefault(name.removeprefix(HOST_ONLY) if secure else name, value)
    return found


def cookie(name: str, value: str, *, secure: bool, seconds: int | None = None) -> tuple[str, str]:
    """A header that sets a cookie of this host alone: no script reads it, no other site's form carries it."""
    parts = [f"{HOST_ONLY if secure else ''}{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    parts += ["Secure"] if secure else []
    parts += [f"Max-Age={seconds}"] if seconds is not None else []
    return "set-cookie", "; ".join(parts)


def saved_as(name: str) -> tuple[str, str]:
    """A header that has a browser save an answer under a name, and open nothing (RFC 6266, 4.1)."""
    return "content-disposition", f'attachment; filename="{quote(name, safe="-._")}"'


def must_be_own(request: Request, origin: str) -> None:
    """Raise NotAuthorised unless a form was sent from a page of this very host.

    A browser says so by Sec-Fetch-Site, an older one by Origin; who says neither is no browser that we know.
    """
    site, said = request.header("sec-fetch-site"), request.header("origin")
    own = site == "same-origin" if site else said == origin
    if not own or (said and said not in (origin, "null")):
        raise NotAuthorised(
            "This form was not sent from a page of this host.", remedy="Open the page here, and send it from there."
        ).because("forms: only from pages of this host", "to be sent from its page", "nobody")


def must_bear(token: str, form: dict[str, str]) -> None:
    """Raise NotAuthorised unless a form bears the token of its session."""
    if not token or not hmac.compare_digest(token.encode(), form.get("token", "").encode()):
        raise NotAuthorised(
            "This form was made for another session, or is too old.", remedy="Open the page again, and send it anew."
        ).because("forms: only of one's own session", "the mark of your session", "nobody")


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; of two of a name the last. Raises BadRequest, TooLarge."""
    if not request.header("content-type").lower().startswith(FORM):
        raise BadRequest("This is no form.", remedy=f"Send it as {FORM}.")
    try:
        pairs = parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as problem:
        raise BadRequest("This form is not UTF-8.", remedy="Send it from its page.") from problem
    except ValueError as problem:
        raise TooLarge(f"A form has {MOST_FIELDS} fields at most.", remedy="Send it from its page.") from problem
    return dict(pairs)


def query_of(request: Request) -> dict[str, str]:
    """The fields of a query string. Raises BadRequest."""
    try:
        return dict(parse_qsl(request.query.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as problem:
        raise BadRequest("The address cannot be read.", remedy="Follow a link instead.") from problem


def headers(forms_to: Iterable[str] = (), *, referrer: str = "same-origin") -> tuple[tuple[str, str], ...]:
    """What every page says of itself. ``forms_to``: other origins to which answers to its forms lead."""
    action = " ".join(("'self'", *forms_to))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action {action}; base-uri 'none'; frame-ancestors 'none'"
    )
    return (
        ("content-security-policy", policy),
        ("referrer-policy", referrer),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
        ("x-frame-options", "DENY"),
        ("vary", "Cookie, Accept, Accept-Language"),
    )


def local(path: str) -> str:
    """A path of this host to come back to; the first page for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    return path if plain and path.isprintable() and len(path) < 2_000 else "/"
