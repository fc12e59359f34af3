"""Plain ASGI: requests read within limits, answers in few writes, refusals as problem details (RFC 9457).

Doors take a ``Request``, raise errors of our tree and return a ``Response``; ``application`` turns such a function into
an ASGI application. Limits stand here, before any parsing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from douane.model.routes import Route
from douane.runtime.store.transmission import WireForm
from douane.shared_services.web.browsers import USUAL, must_come_from_here, parameters
from douane.shared_services.web.place import Place
from douane.vocabulary.errors import (
    AliasTaken,
    AnswerLate,
    BadQuery,
    BadRequest,
    CoreUnreachable,
    DouaneError,
    KnownIdChanged,
    Misdirected,
    NotAuthenticated,
    NotAuthorised,
    NotFound,
    NotOffered,
    OtherSite,
    OurFault,
    Overloaded,
    PartnerFault,
    Retired,
    StaleEvidence,
    StoreUnavailable,
    TooLarge,
    TooMany,
    TooSlow,
    UnknownMessageType,
    WrongCircle,
    WrongMedia,
)

# ASGI's own shapes: dictionaries whose values differ by message type, so Any is their honest type.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

CHUNK_SECONDS = 10.0
WHOLE_SECONDS = 100.0
SLOWEST = 64 * 1024
"""Octets a second that a streamed body has to come at, once it takes longer than WHOLE_SECONDS."""
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a door takes from one request.

    body: its bytes. seconds: for the whole body to arrive; pause: between two pieces of it.
    """

    body: int = 4 * 1024 * 1024
    seconds: float = 30.0
    pause: float = CHUNK_SECONDS


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, whole."""

    status: int = 200
    body: bytes = b""
    media: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    close: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as a door sees it; the body is read on demand, within the limits."""

    scope: Scope
    receive: Receive
    limits: Limits = field(default_factory=Limits)

    @property
    def method(self) -> str:
        """GET, POST, ..."""
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        """The decoded path."""
        return str(self.scope["path"])

    @property
    def query(self) -> bytes:
        """The raw query string."""
        return bytes(self.scope.get("query_string", b""))

    @property
    def parameters(self) -> dict[str, str]:
        """The query string by name. BadRequest where a name stands twice."""
        return parameters(self.query)

    @property
    def certificate(self) -> bytes:
        """The client's certificate (DER) as the TLS listener proved it; empty without one."""
        extensions: Mapping[str, Any] = self.scope.get("extensions") or {}
        found = (extensions.get("tls") or {}).get("client_cert")
        return bytes(found) if found else b""

    def header(self, name: str) -> str:
        """A header's value, empty when absent. One that comes twice is BadRequest: no two readers may differ on it."""
        wanted = name.lower().encode("latin-1")
        found = [value for key, value in self.scope["headers"] if key == wanted]
        if len(found) > 1:
            raise BadRequest(f"The header {name} stands {len(found)} times.", remedy="Send it once.")
        return found[0].decode("latin-1").strip() if found else ""

    @property
    def place(self) -> Place | None:
        """What it holds of its door; None where no listener gave it one."""
        return self.scope.get("place")

    @property
    def holder(self) -> str:
        """What stands for its sender before anybody is known: a certificate, or an address."""
        return self.place.holder if self.place is not None else ""

    def belong(self, party: str) -> None:
        """It is this party's from now on. Raises TooMany, Overloaded where that party has no share left."""
        if self.place is not None:
            self.place.belong(party)

    def stay_unknown(self) -> None:
        """It is nobody's in particular, and counts for its address. Raises TooMany, Overloaded."""
        if self.place is not None:
            self.place.stay_unknown()

    def hold(self, size: int) -> None:
        """So many octets of it are in memory. Raises TooMany, Overloaded."""
        if self.place is not None:
            self.place.hold(size)

    def reads(self, size: int) -> None:
        """So many octets of it will be read as a message. Raises TooMany for who has sent too many lately."""
        if self.place is not None:
            self.place.read(size)

    def waiting(self, seconds: float) -> contextlib.AbstractAsyncContextManager[None]:
        """Wait within the block, unless it is for no time: it ends when the client goes. Raises TooMany, BadRequest."""
        return self.place.waiting() if seconds and self.place is not None else contextlib.nullcontext()

    async def body(self) -> bytes:
        """The whole body. Raises TooLarge or TooSlow beyond the limits, BadRequest when the client goes away.

        Raises TooMany, Overloaded where its sender has no share left for it.
        """
        announced = announced_length(self.header("content-length"), self.limits)
        self.hold(announced)
        self.reads(announced)
        body = await read_body(self.receive, self.limits, (lambda _size: None) if announced else self.hold)
        self.reads(len(body) - announced)
        return body


def http_form(request: Request, headers: Sequence[str], *, body: bytes = b"", signer: bytes = b"") -> WireForm:
    """A request as evidence keeps it: its line, the named headers, what its sender showed.

    body: its octets, where they are not the message's own body. signer: the certificate of a signature in it.
    """
    query = request.query.decode("latin-1")
    line = f"{request.method} {request.path}" + (f"?{query}" if query else "")
    facts = (("request", line), *((name, request.header(name)) for name in headers))
    scheme, _, token = request.header("authorization").partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else ""
    certificates = tuple(dict.fromkeys(each for each in (request.certificate, signer) if each))
    return WireForm(facts, body, certificates=certificates, token=bearer, signed=bool(signer))


Handler = Callable[[Request], Awaitable[Response]]
Refuse = Callable[[DouaneError, Request], Response]
"""How a channel writes a refusal, in its own form."""


def announced_length(header: str, limits: Limits) -> int:
    """The Content-Length, 0 without one. Raises BadRequest, and TooLarge before anything is read."""
    if header and (not header.isascii() or not header.isdigit()):
        raise BadRequest("Content-Length is not a number.", remedy="State the length of the body in bytes.")
    if header and int(header) > limits.body:
        raise _too_large(limits)
    return int(header or 0)


async def read_body(receive: Receive, limits: Limits, hold: Callable[[int], None] = lambda _size: None) -> bytes:
    """A request body within its limits; ``hold`` is told of octets that are kept.

    Raises TooLarge, TooSlow where it stops coming, BadRequest where the connection closes.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.seconds) as limit:
            end = limit.when() or 0.0
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BadRequest("The connection closed before the body was whole.", remedy="Send it again.")
                chunk: bytes = message.get("body", b"")
                size += len(chunk)
                if size > limits.body:
                    raise _too_large(limits)
                if chunk:
                    hold(len(chunk))
                chunks.append(chunk)
                if not message.get("more_body"):
                    return b"".join(chunks) if len(chunks) > 1 else chunk
                limit.reschedule(min(end, asyncio.get_running_loop().time() + limits.pause))
    except TimeoutError as error:
        text = f"The body stopped coming, or took longer than {limits.seconds:g} seconds."
        raise TooSlow(text, remedy="Send it without pauses.") from error


async def stream_body(request: Request) -> AsyncIterator[bytes]:
    """The request's octets as they come; a sender that dawdles is cut off. Raises TooSlow, BadRequest."""
    loop = asyncio.get_running_loop()
    begin, taken = loop.time(), 0
    while True:
        try:
            async with asyncio.timeout(CHUNK_SECONDS):
                message = await request.receive()
        except TimeoutError as problem:
            raise TooSlow("The message stopped coming.", remedy="Send it without pauses.") from problem
        if message["type"] == "http.disconnect":
            raise BadRequest("The connection closed before the message was whole.", remedy="Send it again.")
        octets: bytes = message.get("body", b"")
        taken += len(octets)
        if loop.time() - begin > WHOLE_SECONDS + taken / SLOWEST:
            raise TooSlow("The message comes too slowly.", remedy="Send it faster, or in smaller pieces.")
        if octets:
            yield octets
        if not message.get("more_body"):
            return


def _too_large(limits: Limits) -> TooLarge:
    return TooLarge(
        f"The body is larger than {limits.body} bytes.", remedy="Send a smaller message, or a large payload by AS4."
    )


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
    (NotFound, 404),
    (Misdirected, 421),
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
    status = status_of(error)
    content: dict[str, object] = {
        "type": f"https://douane.example/errors/{error.code}",
        "title": title_of(error),
        "status": status,
        "detail": error.text,
        "code": error.code,
        "retry": error.retry.value,
        "whose": error.whose,
    }
    if error.remedy:
        content["remedy"] = error.remedy
    if error.why is not None:
        content["why"] = dict(zip(("rule", "missing", "grants"), error.why, strict=True))
    if instance:
        content["instance"] = instance
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
    if isinstance(error, Overloaded | TooMany):
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


async def respond(send: Send, response: Response) -> None:
    """Send an answer, whole: its length is known, so it needs no chunking."""
    await send({"type": "http.response.start", "status": response.status, "headers": head_of(response)})
    await send({"type": "http.response.body", "body": response.body})


def head_of(response: Response) -> list[tuple[bytes, bytes]]:
    """The headers of an answer: its own, and those that every answer has which does not say otherwise."""
    own = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    said = {name for name, _ in own}
    headers = [
        (b"content-type", response.media.encode("latin-1")),
        (b"content-length", str(len(response.body)).encode()),
        *own,
        *(pair for pair in USUAL if pair[0] not in said),
    ]
    if response.close:
        headers.append((b"connection", b"close"))
    return headers


def told_as_problem(error: DouaneError, _request: Request) -> Response:
    """A refusal as problem details, whoever asks."""
    return problem(error)


def application(
    handler: Handler,
    limits: Limits | None = None,
    failed: Callable[[BaseException], None] | None = None,
    refuse: Refuse = told_as_problem,
    others: Callable[[Request], bool] = lambda _request: False,
) -> Application:
    """An ASGI application from a function that takes a request and returns an answer or raises an error of our tree.

    Anything else that is raised is our bug: the caller reads a plain 500, ``failed`` is told. Without ``failed`` the
    exception goes on to the listener once the answer is out. What a listener that stops cuts off is told so.
    others: whether a request is one that pages of other sites send, since it is believed for what it proves itself.
    """
    bounds = limits or Limits()

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise DouaneError(f"This door speaks HTTP only, not {scope['type']}.")
        request = Request(scope, receive, bounds)
        try:
            if not others(request):
                must_come_from_here(request.method, request.header, str(scope.get("scheme", "https")))
            response = await handler(request)
        except DouaneError as error:
            response = refuse(error, request)
        except asyncio.CancelledError:
            cut = CoreUnreachable(
                "This door stopped before the answer was there.",
                remedy="Send the same message again under the same identification: it takes effect once.",
            )
            await respond(send, refuse(cut, request))
            raise
        except Exception as error:
            fault = OurFault("The door failed.", remedy="Try again; the log tells the operator why.")
            await respond(send, refuse(fault, request))
            if failed is None:
                raise
            failed(error)
            return
        await respond(send, response)

    return run


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def routes(table: Mapping[Route, Handler]) -> Handler:
    """A handler from routes with fixed paths; an unknown path is NotFound, another method NotOffered."""
    handlers = {route.address: handler for route, handler in table.items()}
    methods: dict[str, set[str]] = {}
    for method, path in handlers:
        methods.setdefault(path, set()).add(method)

    async def dispatch(request: Request) -> Response:
        found = handlers.get((request.method, request.path))
        if found is not None:
            return await found(request)
        if request.path in methods:
            raise _not_offered(request.method, methods[request.path])
        raise NotFound("Nothing is served at this address.", remedy=f"Served are: {', '.join(sorted(methods))}.")

    return dispatch


def _not_offered(method: str, offered: Iterable[str]) -> NotOffered:
    names = tuple(sorted(offered))
    error = NotOffered(f"{method} is not possible here.", remedy=f"Use {' or '.join(names)}.")
    error.offered = names
    return error


def routed(particular: Sequence[tuple[Callable[[Scope], bool], Application]], otherwise: Application) -> Application:
    """An application of several: the first whose condition holds for a request serves it."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = next((inner for serves, inner in particular if serves(scope)), otherwise)
        await chosen(scope, receive, send)

    return run


@dataclass(frozen=True, slots=True)
class Served:
    """What a door serves: the application, and every route that it answers at."""

    application: Application
    routes: tuple[Route, ...]
