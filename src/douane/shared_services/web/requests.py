"""Requests as doors see them, read within limits; and what makes a door of a function.

A door takes a ``Request``, raises errors of our tree and returns a ``Response``; ``application`` makes of it a function
that answers whatever happens. Limits stand here, before any parsing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from douane.model.routes import Route
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.store.transmission import WireForm
from douane.shared_services.web.answers import Response, problem
from douane.shared_services.web.body import Body
from douane.shared_services.web.browsers import must_come_from_here, parameters
from douane.shared_services.web.place import Place
from douane.vocabulary.errors import (
    BadRequest,
    CoreUnreachable,
    DouaneError,
    NotFound,
    NotOffered,
    OurFault,
    TooLarge,
    TooSlow,
)

CHUNK_SECONDS: Final = 10.0
WHOLE_SECONDS: Final = 100.0
SLOWEST: Final = 64 * 1024
"""Octets a second that a streamed body has to come at, once it takes longer than WHOLE_SECONDS."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a door takes from one request.

    body: its bytes. seconds: for the whole body to arrive; pause: between two pieces of it.
    """

    body: int = 4 * 1024 * 1024
    seconds: float = 30.0
    pause: float = CHUNK_SECONDS


USUAL_LIMITS: Final = Limits()


class Request:
    """One HTTP request as a door sees it; the body is read on demand, within the limits.

    method: GET, POST, ... path: decoded. query: as it came. headers: in their order, names in small letters.
    content: the body. scheme, peer: by which it came, and from which address. certificate: the client's (DER) as the
    TLS listener proved it; empty without one. place: what it holds of its door; None where no listener gave it one.
    """

    __slots__ = (
        "_named", "_parameters", "certificate", "content", "headers", "kept", "limits", "method", "path", "peer",
        "place", "query", "scheme",
    )  # fmt: skip

    def __init__(
        self, method: str, path: str, *, query: bytes = b"", headers: Sequence[tuple[str, str]] = (),
        content: Body | bytes = b"", scheme: str = "https", peer: str = "", certificate: bytes = b"",
        place: Place | None = None, limits: Limits = USUAL_LIMITS,
    ) -> None:  # fmt: skip
        self.method, self.path, self.query, self.headers = method, path, query, headers
        self.content = content if isinstance(content, Body) else Body(content)
        self.scheme, self.peer, self.certificate, self.place = scheme, peer, certificate, place
        self.limits = limits
        self.kept: object = None
        """What the channel that serves it wants to remember until its answer."""
        self._named = dict(headers)
        self._parameters: dict[str, str] | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """The query string by name. BadRequest where a name stands twice."""
        found = self._parameters
        if found is None:
            found = self._parameters = parameters(self.query) if self.query else {}
        return found

    def header(self, name: str) -> str:
        """A header's value, empty when absent. One that comes twice is BadRequest: no two readers may differ on it.

        name: in small letters.
        """
        found = self._named.get(name)
        if found is None:
            return ""
        if len(self._named) < len(self.headers):
            times = sum(key == name for key, _ in self.headers)
            if times > 1:
                raise BadRequest(f"The header {name} stands {times} times.", remedy="Send it once.")
        return found.strip()

    @property
    def possession(self) -> Possession:
        """What it shows of the key to which its token is bound, and the request that a proof of that must name."""
        proof = self.header("dpop")
        return Possession(proof, self.method, f"{self.scheme}://{self.header('host')}{self.path}") if proof else NONE

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
        if announced:
            self.hold(announced)
            self.reads(announced)
        body = self.content.whole()
        if body is None:
            body = await read_body(self.content, self.limits, (lambda _size: None) if announced else self.hold)
        elif not announced and body:
            if len(body) > self.limits.body:
                raise _too_large(self.limits)
            self.hold(len(body))
        if len(body) != announced:
            self.reads(len(body) - announced)
        return body


Handler = Callable[[Request], Awaitable[Response]]
"""What answers a request, or raises an error of our tree."""
Application = Callable[[Request], Coroutine[Any, Any, Response]]
"""What answers a request whatever happens; what it raises all the same is our failure."""
Refuse = Callable[[DouaneError, Request], Response]
"""How a channel writes a refusal, in its own form."""


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


def announced_length(header: str, limits: Limits) -> int:
    """The Content-Length, 0 without one. Raises BadRequest, and TooLarge before anything is read."""
    if not header:
        return 0
    if not header.isascii() or not header.isdigit():
        raise BadRequest("Content-Length is not a number.", remedy="State the length of the body in bytes.")
    if int(header) > limits.body:
        raise _too_large(limits)
    return int(header)


async def read_body(content: Body, limits: Limits, hold: Callable[[int], None] = lambda _size: None) -> bytes:
    """A request body within its limits; ``hold`` is told of octets that are kept.

    Raises TooLarge, TooSlow where it stops coming, BadRequest where the connection closes.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.seconds) as limit:
            end = limit.when() or 0.0
            while chunk := await content.piece():
                size += len(chunk)
                if size > limits.body:
                    raise _too_large(limits)
                hold(len(chunk))
                chunks.append(chunk)
                limit.reschedule(min(end, asyncio.get_running_loop().time() + limits.pause))
    except TimeoutError as error:
        text = f"The body stopped coming, or took longer than {limits.seconds:g} seconds."
        raise TooSlow(text, remedy="Send it without pauses.") from error
    return b"".join(chunks)


async def stream_body(request: Request) -> AsyncIterator[bytes]:
    """The request's octets as they come; a sender that dawdles is cut off. Raises TooSlow, BadRequest."""
    loop = asyncio.get_running_loop()
    begin, taken = loop.time(), 0
    while True:
        try:
            async with asyncio.timeout(CHUNK_SECONDS):
                octets = await request.content.piece()
        except TimeoutError as problem:
            raise TooSlow("The message stopped coming.", remedy="Send it without pauses.") from problem
        if not octets:
            return
        taken += len(octets)
        if loop.time() - begin > WHOLE_SECONDS + taken / SLOWEST:
            raise TooSlow("The message comes too slowly.", remedy="Send it faster, or in smaller pieces.")
        yield octets


def _too_large(limits: Limits) -> TooLarge:
    return TooLarge(
        f"The body is larger than {limits.body} bytes.", remedy="Send a smaller message, or a large payload by AS4."
    )


def told_as_problem(error: DouaneError, _request: Request) -> Response:
    """A refusal as problem details, whoever asks."""
    return problem(error)


def application(
    handler: Handler,
    limits: Limits = USUAL_LIMITS,
    failed: Callable[[BaseException], None] | None = None,
    refuse: Refuse = told_as_problem,
    others: Callable[[Request], bool] = lambda _request: False,
) -> Application:
    """What answers whatever happens, from a function that returns an answer or raises an error of our tree.

    Anything else that is raised is our bug: the caller reads a plain 500, ``failed`` is told; without ``failed`` it
    goes on to the listener, which does the same. What a listener that stops cuts off is told so.
    others: whether a request is one that pages of other sites send, since it is believed for what it proves itself.
    """

    async def answer(request: Request) -> Response:
        request.limits = limits
        try:
            if not others(request):
                must_come_from_here(request.method, request.header, request.scheme)
            return await handler(request)
        except DouaneError as error:
            return refuse(error, request)
        except asyncio.CancelledError:
            cut = CoreUnreachable(
                "This door stopped before the answer was there.",
                remedy="Send the same message again under the same identification: it takes effect once.",
            )
            return refuse(cut, request)
        except Exception as error:
            if failed is None:
                raise
            failed(error)
            return refuse(OurFault("The door failed.", remedy="Try again; the log tells the operator why."), request)

    return answer


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


def routed(particular: Sequence[tuple[Callable[[Request], bool], Application]], otherwise: Application) -> Application:
    """An application of several: the first whose condition holds for a request serves it."""

    def answer(request: Request) -> Coroutine[Any, Any, Response]:
        for serves, inner in particular:
            if serves(request):
                return inner(request)
        return otherwise(request)

    return answer


@dataclass(frozen=True, slots=True)
class Served:
    """What a door serves: the application, and every route that it answers at."""

    application: Application
    routes: tuple[Route, ...]
