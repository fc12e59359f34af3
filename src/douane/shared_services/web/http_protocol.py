"""uvicorn's httptools protocol with what it lacks: the client's certificate, limits on the head of a request, and whose
a connection is.

This touches private parts of uvicorn, which is therefore pinned to a minor version; ``tests/test_http_protocol.py``
fails loudly when they change. The key under ``scope["extensions"]["tls"]`` is that of uvicorn's own proposal, so that a
later release replaces this shim.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from douane.shared_services.web.asgi import Application, Receive, Response, Scope, Send, head_of, problem, respond
from douane.shared_services.web.fair_use import FairUse, Limit, site_of
from douane.shared_services.web.place import Place
from douane.vocabulary.errors import BadRequest, DouaneError, SenderFault, TooLarge, TooSlow


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What a listener takes from one connection.

    head_bytes: request line and headers. head_seconds: for the handshake, for the head, and for the rest of a body
    whose answer is already out.
    """

    head_bytes: int = 32 * 1024
    head_seconds: float = 10.0


class DoorProtocol(HttpToolsProtocol):
    """One connection. ``limits`` and ``use`` are set by a subclass per listener."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()
    use: ClassVar[FairUse]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn declares it
        """Read the certificate once: it belongs to the connection, not to the request."""
        super().connection_made(_OneWrite(transport, self.loop))
        tls = transport.get_extra_info("ssl_object")
        certificate: bytes | None = tls.getpeercert(True) if tls is not None else None
        self._extensions = {"tls": {"client_cert": certificate}}
        self._refusal: SenderFault | None = None
        self._in_head, self._in_body, self._head_bytes = True, False, 0
        self._timer: asyncio.TimerHandle | None = None
        peer = self.client
        self._holder = hashlib.sha256(certificate).hexdigest() if certificate else site_of(peer[0] if peer else "")
        self._crowded: DouaneError | None = None
        self._place: Place | None = None  # of the request that is served; pipelined ones have none yet
        self._taken = self.use.connections
        if not self._taken.take(self._holder):
            self._crowded = self.use.refuse(Limit.CONNECTIONS, self._taken.exceeds(self._holder))
            self._taken = self.use.told
            if not self._taken.take(self._holder):
                self._holder = ""
                transport.abort()
                return
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give back what the connection held; who waits for something here waits no longer."""
        self._stop_timer()
        if self._holder:
            self._taken.give(self._holder)
        super().connection_lost(exc)
        if self._place is not None:
            self._place.gone()

    def data_received(self, data: bytes) -> None:
        """Feed the parser, but never let an unfinished head grow beyond its limit."""
        if self.transport.is_closing():
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._timer is None:
                self._start_timer()
        super().data_received(data)
        if self._in_head and self._head_bytes > self.limits.head_bytes and not self.transport.is_closing():
            self._refusal = _head_too_large(self.limits)
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """A new request: its scope carries the certificate of the connection."""
        super().on_message_begin()
        self.scope["extensions"] = self._extensions  # type: ignore[typeddict-item] # a TLS extension uvicorn does not know
        self._in_head, self._exact_bytes, self._hosts = True, 0, 0

    def on_url(self, url: bytes) -> None:
        """Count the request line."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        super().on_header(name, value)
        self._count(len(name) + len(value) + 4)
        self._hosts += self.headers[-1][0] == b"host"

    def on_headers_complete(self) -> None:
        """The head is whole. Exactly one Host (RFC 9112, 3.2), or two readers could see two different requests."""
        if self._hosts > 1 or (self._hosts == 0 and self.parser.get_http_version() != "1.0"):
            self._refuse(BadRequest("The request does not name exactly one Host.", remedy="Send one Host header."))
        self._in_head, self._in_body, self._head_bytes = False, True, 0
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is whole too."""
        self._in_body, self._in_head = False, True
        self._stop_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Answered. A body that is still coming is discarded for a while, then the connection ends."""
        super().on_response_complete()
        if self._in_body and not self.transport.is_closing():
            self._start_timer()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Application) -> None:  # type: ignore[override] # own names
        if self._crowded is not None:
            app = _refusing(self._crowded)
        self._place = Place(self.use, self._holder)
        cycle.scope["place"] = self._place  # type: ignore[typeddict-unknown-key] # our own entry
        super()._start_asgi_task(cycle, app)  # type: ignore[arg-type] # ASGI under our names

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Refuse what is no acceptable request, as problem details, and close."""
        error = self._refusal or BadRequest(
            "This is no HTTP/1.1 request.", remedy="Check the request line and headers."
        )
        answer = problem(error)
        status = 431 if isinstance(error, TooLarge) else answer.status
        content = [STATUS_LINE[status]]
        head = [*self.server_state.default_headers, *head_of(replace(answer, close=True))]
        content += [b"%s: %s\r\n" % pair for pair in head]
        content.append(b"\r\n" + answer.body)
        self.transport.write(b"".join(content))
        self.transport.close()

    def _count(self, size: int) -> None:
        self._exact_bytes += size
        if self._exact_bytes > self.limits.head_bytes:
            self._refuse(_head_too_large(self.limits))

    def _refuse(self, error: SenderFault) -> None:
        """Stop the parser; it answers with ``send_400_response``, which finds the reason here."""
        self._refusal = error
        raise error

    def _start_timer(self) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(self.limits.head_seconds, self._late)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self._in_head and self._head_bytes:
            self._refusal = TooSlow("The head of the request did not arrive in time.", remedy="Send it without pauses.")
            self.send_400_response("")
        else:
            self.transport.close()


class _OneWrite(asyncio.Transport):
    """A transport that sends what one turn of the loop writes as one piece.

    uvicorn writes head and body of an answer apart: two records to encrypt and two system calls for a small answer.
    """

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._inner, self._loop = inner, loop
        self._held: list[bytes | bytearray | memoryview] = []
        self.get_extra_info = inner.get_extra_info  # type: ignore[method-assign] # the inner one's, without a detour
        self.pause_reading, self.resume_reading = inner.pause_reading, inner.resume_reading  # type: ignore[method-assign] # as above
        self.is_closing = inner.is_closing  # type: ignore[method-assign] # as above

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep it until the turn ends."""
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)

    def close(self) -> None:
        """Send what is kept, then close."""
        self._flush()
        self._inner.close()

    def abort(self) -> None:
        """Cut the connection."""
        self._held = []
        self._inner.abort()

    def _flush(self) -> None:
        if self._held:
            held, self._held = self._held, []
            self._inner.write(held[0] if len(held) == 1 else b"".join(held))


def _head_too_large(limits: ConnectionLimits) -> TooLarge:
    return TooLarge(
        f"The head of the request exceeds {limits.head_bytes} bytes.", remedy="Send fewer or shorter headers."
    )


def _refusing(error: DouaneError) -> Application:
    """Answers every request by an error, and ends the connection."""

    async def run(_scope: Scope, _receive: Receive, send: Send) -> None:
        refusal = problem(error)
        await respond(send, Response(refusal.status, refusal.body, refusal.media, refusal.headers, close=True))

    return run
