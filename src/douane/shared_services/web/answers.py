"""Answers: whole, with a length; refusals as problem details (RFC 9457); and the octets that leave for one.

What every answer says that does not say otherwise stands in ``browsers.USUAL``.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import msgspec

from douane.shared_services.web.browsers import USUAL
from douane.vocabulary.errors import (
    AliasTaken,
    AnswerLate,
    BadQuery,
    BadRequest,
    CoreUnreachable,
    DouaneError,
    KeptElsewhere,
    KnownIdChanged,
    Misdirected,
    Moved,
    NotAuthenticated,
    NotAuthorised,
    NotFound,
    NotOffered,
    NotServed,
    OtherSite,
    OurFault,
    Overloaded,
    PartnerFault,
    PartnerUnreachable,
    Retired,
    StaleEvidence,
    StoreUnavailable,
    TooLarge,
    TooMany,
    TooSlow,
    UnderMaintenance,
    UnknownMessageType,
    WrongCircle,
    WrongMedia,
)

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
MAINTENANCE: Final = "douane-maintenance"
"""The header of an answer that refuses because its service rests: no fault that anybody has to mend."""
WITHOUT_CONTENT: Final = frozenset({204, 304})
"""Answers that have no content, and end with their head (RFC 9110, 6.4.1)."""
_LINES: Final = {each.value: b"HTTP/1.1 %d %s\r\n" % (each.value, each.phrase.encode()) for each in HTTPStatus}
_USUAL: Final = tuple((name, b"%s: %s\r\n" % (name.encode(), value.encode())) for name, value in USUAL)
_ALL_USUAL: Final = b"".join(line for _, line in _USUAL)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, whole."""

    status: int = 200
    body: bytes = b""
    media: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    close: bool = False


def octets_of(response: Response, every: bytes, *, body: bool, close: bool) -> bytes:
    """An answer as it leaves, in one piece.

    every: header lines of the listener's own. body: whether it is sent too; its length is told in any case.
    close: whether the connection ends with it. Raises OurFault for a header that would read as two.
    """
    usual, own, about = _ALL_USUAL, b"", b""
    if response.headers:
        said = {name for name, _ in response.headers}
        usual = b"".join(line for name, line in _USUAL if name not in said)
        own = "".join([f"{name}: {value}\r\n" for name, value in response.headers]).encode("latin-1")
        if own.count(b"\n") != len(response.headers) or own.count(b"\r") != len(response.headers):
            raise OurFault("A header of the answer has lines of its own.", remedy="Tell the operator of this address.")
    if response.status not in WITHOUT_CONTENT:
        about = b"content-type: %s\r\ncontent-length: %d\r\n" % (response.media.encode(), len(response.body))
    end = b"connection: close\r\n\r\n" if close else b"\r\n"
    return b"".join((_LINES[response.status], every, about, own, usual, end, response.body if body else b""))


def json_response(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """A value as JSON."""
    return Response(status, msgspec.json.encode(value), JSON, headers)


_STATUS: tuple[tuple[type[DouaneError], int], ...] = (
    # The first class that fits decides, so the particular stands before the general.
    (TooSlow, 408),
    (TooMany, 429),
    (BadRequest, 400),
    (NotOffered, 405),
    (NotAuthenticated, 401),
    (WrongCircle, 403),
    (OtherSite, 403),
    (NotAuthorised, 403),
    (NotServed, 403),
    (KeptElsewhere, 421),
    (NotFound, 404),
    (Misdirected, 421),
    (Moved, 421),
    (Retired, 410),
    (KnownIdChanged, 409),
    (AliasTaken, 409),
    (TooLarge, 413),
    (WrongMedia, 415),
    (UnknownMessageType, 422),
    (BadQuery, 400),
    (Overloaded, 503),
    (StoreUnavailable, 503),
    (CoreUnreachable, 503),
    (StaleEvidence, 503),
    (OurFault, 500),
    (AnswerLate, 504),
    (PartnerFault, 502),
    (DouaneError, 422),
)


def status_of(error: DouaneError) -> int:
    """The HTTP status that stands for an error of our tree."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def refusals() -> dict[int, tuple[str, ...]]:
    """Every status of a refusal, with the kinds of error in words that it stands for."""
    found: dict[int, list[str]] = {}
    for kind, status in _STATUS:
        found.setdefault(status, []).append(_words(kind))
    return {status: tuple(titles) for status, titles in sorted(found.items())}


def problem(error: DouaneError, *, instance: str = "") -> Response:
    """An error as problem details: what is wrong, whose fault it is, what to do, and every fault of the message."""
    status, (text, remedy) = status_of(error), error.outside
    content: dict[str, object] = {
        "type": f"https://douane.example/errors/{error.code}",
        "title": title_of(error),
        "status": status,
        "detail": text,
        "code": error.code,
        "retry": error.retry.value,
        "whose": error.whose,
    }
    if remedy:
        content["remedy"] = remedy
    if error.why is not None:
        content["why"] = dict(zip(("rule", "missing", "grants"), error.why, strict=True))
    if instance:
        content["instance"] = instance
    if isinstance(error, UnderMaintenance) and error.notices:
        content["notices"] = dict(error.notices)
    if error.faults:
        content["faults"] = [each.named() for each in error.faults]
    # Closing ends what the client may still be sending, and takes a slow or oversized body off our hands.
    return Response(status, msgspec.json.encode(content), PROBLEM, error_headers(error), close=status in {408, 413})


def error_headers(error: DouaneError) -> tuple[tuple[str, str], ...]:
    """The HTTP headers that belong to a refusal, whatever form its body has."""
    if isinstance(error, NotAuthenticated):
        return (("www-authenticate", 'Bearer realm="douane", error="invalid_token"'),)
    if isinstance(error, NotOffered):
        return (("allow", ", ".join(error.offered)),)
    if isinstance(error, UnderMaintenance):
        return (("retry-after", str(error.after)), (MAINTENANCE, "1"))
    if isinstance(error, Overloaded | TooMany):
        return (("retry-after", str(error.after)),)
    if isinstance(error, PartnerUnreachable) and error.after:
        return (("retry-after", str(error.after)),)
    if isinstance(error, CoreUnreachable):
        return (("retry-after", "1"),)
    return (("retry-after", "5"),) if isinstance(error, StoreUnavailable | StaleEvidence) else ()


def title_of(error: DouaneError) -> str:
    """The kind of an error in words: ``NotAuthorised`` is "Not authorised"."""
    return _words(type(error))


def _words(kind: type[DouaneError]) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return words.strip().capitalize()
