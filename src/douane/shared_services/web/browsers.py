"""What a page of another site could make a browser send, and what a browser must not make of an answer.

A browser shows a client certificate by itself, to whoever asks it to call a door. So a door takes nothing that changes
something from a page of another origin, and no body in a media type that a browser sends without asking first
(``text/plain``, forms). Its answers say that they are no page: nothing in them is loaded, run or framed.

Invariant: a program that sends no ``Origin`` and no ``Sec-Fetch-Site`` is never refused here; only browsers send them,
and no page can leave them out or change them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from douane.vocabulary.errors import BadRequest, OtherSite, WrongMedia

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ALIKE: Final = 64
"""Content-Types of which it is remembered what they say: callers send few."""
OWN: Final = frozenset({"same-origin", "none"})
"""Sec-Fetch-Site of a page of this very origin, and of what a person entered."""
_JSON = re.compile(r"application/([a-z0-9.-]+\+)?json")
_XML = re.compile(r"(application|text)/xml|application/[a-z0-9.-]+\+xml")
USUAL: Final = (
    ("cache-control", "no-store"),  # nobody on the way may keep it: what parties exchange is for nobody else's disk
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("referrer-policy", "no-referrer"),
)
"""Headers of an answer that does not say so itself."""


def must_come_from_here(method: str, header: Callable[[str], str], scheme: str) -> None:
    """Refuse what a page of another origin makes a browser ask for. Raises OtherSite.

    header: the value of a header, empty where it is absent. scheme: by which the client reached this door.
    """
    if method in READING:
        return
    site, sender = header("sec-fetch-site"), header("origin")
    if (site in OWN) if site else sender in {"", f"{scheme}://{header('host')}"}:
        return
    text = f"A page of another site ({(sender or site)[:80]}) asked for this."
    raise OtherSite(text, remedy="Call this door by a program, or from a page of its own.")


def media_of(content_type: str) -> str:
    """The media type that a Content-Type names, without parameters, in small letters."""
    return content_type.partition(";")[0].strip().lower()


@lru_cache(ALIKE)
def is_json(content_type: str) -> bool:
    """Whether a Content-Type says JSON (RFC 8259), or a format made of it (RFC 6839)."""
    return _JSON.fullmatch(media_of(content_type)) is not None


@lru_cache(ALIKE)
def is_xml(content_type: str) -> bool:
    """Whether a Content-Type says XML, or a format made of it (RFC 7303)."""
    return _XML.fullmatch(media_of(content_type)) is not None


def wrong_media(content_type: str, taken: Iterable[str]) -> WrongMedia:
    """Why a body is not read: its media type is none that is taken."""
    said = media_of(content_type)[:60]
    text = f"A body of type {said} is not taken here." if said else "The body has no Content-Type."
    return WrongMedia(text, remedy=f"Send Content-Type {' or '.join(taken)}.")


def parameters(query: bytes) -> dict[str, str]:
    """A query string by name. BadRequest where a name stands twice: no two readers may differ on it."""
    text = query.decode("latin-1")
    if "%" in text or "+" in text:
        pairs = parse_qsl(text, keep_blank_values=True)
    else:  # nothing stands for something else
        pairs = [(name, value) for name, _, value in [each.partition("=") for each in text.split("&") if each]]
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadRequest("A parameter of the query stands twice.", remedy="Send each parameter once.")
    return found
