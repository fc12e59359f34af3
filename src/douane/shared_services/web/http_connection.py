"""One connection to somebody else's server: HTTP/1.1 over httptools, one exchange at a time, no pipelining.

Invariants, which decide whether the connection may carry another exchange:
* What comes while no exchange is open, or after its answer has ended, belongs to nobody: the connection is closed.
* An exchange leaves it whole only if the request was written to its end, the answer was read to its end, and the
  server keeps it open (RFC 9112, 9.3). Everything else aborts it.
* An answer without length and without chunks ends with the connection, and only if that ends in good order: a cut is
  no end (RFC 9112, 8). Under TLS event loops do not tell a farewell from a cut, so that such an answer is none.
* Interim answers (1xx) are passed over; nobody asked to change the protocol, so 101 is none.
* Silence of ``idle_seconds`` breaks an exchange, whether it is written or read. One timer serves all exchanges: it
  looks at the time of the last sign of life when it rings, so that an octet costs no timer.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any, Final, cast

import httptools

SLICE: Final = 256 * 1024
"""Octets of a body that are written before it is waited until the server took them; a sign of life is due for each."""
WAITING: Final = 512 * 1024
"""Octets of an answer that may wait to be read before the connection is read no further."""
HEAD: Final = 64 * 1024
"""Octets of the head of an answer, trailers and interim answers included."""
END: Final = b"0\r\n\r\n"


class Broken(Exception):
    """The exchange cannot go on. ``problem``: the name of what broke it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Connection(asyncio.Protocol):
    """A connection and the exchange that it carries."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._problem = ""
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writable = self._reading = True
        self._begin("", 0.0)
        self._busy = False

    # --- an exchange

    def _begin(self, method: str, seconds: float) -> None:
        """Forget the last exchange. seconds: how long silence is borne."""
        self._method, self._busy = method, True
        self._status, self._octets, self._head_octets = 0, 0, 0
        self._headers: dict[str, str] = {}
        self._pieces: deque[bytes] = deque()
        self._headed = self._ended = self._written = self._kept = False
        self._parser: Any = httptools.HttpResponseParser(self)
        self._life, self._seconds = self._loop.time(), seconds

    async def ask(self, head: bytes, body: bytes | AsyncIterable[bytes], *, method: str, seconds: float) -> None:
        """Write a request, until its end or until the server answers. Raises Broken.

        head: with its empty line. A body that comes in pieces is sent in chunks, unless the head gives its length.
        """
        self._begin(method, seconds)
        if self._problem:
            raise Broken(self._problem)
        self._arm()
        if isinstance(body, bytes):
            if len(body) <= SLICE:
                self._transport.write(head + body)
            else:
                self._transport.write(head)
                for start in range(0, len(body), SLICE):
                    if not await self._taken():
                        return
                    self._transport.write(body[start : start + SLICE])
        else:
            chunked = b"\r\ntransfer-encoding: chunked\r\n" in head
            self._transport.write(head)
            async for piece in body:
                if not await self._taken():
                    return
                if piece:
                    self._transport.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            if chunked:
                self._transport.write(END)
        self._written = True

    async def _taken(self) -> bool:
        """Wait until the server takes more of the request; False where it has answered and wants no more of it."""
        while not (self._writable or self._headed or self._problem):
            await self._wait()
        return not (self._headed or self._problem)

    async def answered(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer, the names in small letters. Raises Broken."""
        while not self._headed:
            if self._problem:
                raise Broken(self._problem)
            await self._wait()
        return self._status, self._headers

    async def pieces(self) -> AsyncIterator[bytes]:
        """The octets of the answer as they come. Raises Broken."""
        while True:
            while self._pieces:
                piece = self._pieces.popleft()
                self._octets -= len(piece)
                if not self._reading and self._octets < WAITING:
                    self._reading = True
                    self._life = self._loop.time()
                    self._transport.resume_reading()
                yield piece
            if self._ended:
                return
            if self._problem:
                raise Broken(self._problem)
            await self._wait()

    def finish(self, seconds: float) -> bool:
        """End the exchange; whether the connection may carry another one. Where it may not, it is aborted.

        seconds: how long it waits for another one before it closes.
        """
        self._busy = False
        if self._ended and self._written and self._kept and not self._problem and self._reading:
            self._life, self._seconds = self._loop.time(), seconds
            return True
        self.close()
        return False

    @property
    def open(self) -> bool:
        """Whether it may carry an exchange, as far as is known."""
        return not self._problem

    def idle(self) -> float:
        """Seconds since the last sign of life."""
        return self._loop.time() - self._life

    def close(self) -> None:
        """Abort it."""
        self._break("ConnectionClosed")

    # --- what the transport tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)
        self._tls = transport.get_extra_info("ssl_object") is not None

    def data_received(self, data: bytes) -> None:
        """Read on in the answer."""
        self._life = self._loop.time()
        if not self._busy or self._ended:
            self._break("ProtocolError")
            return
        if not self._headed:
            self._head_octets += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._break("ProtocolError")
        if not self._headed and self._head_octets > HEAD:
            self._break("ProtocolError")
        if self._octets > WAITING and self._reading and not self._ended:
            self._reading = False
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """The server says that it is done: the end of an answer that has no other."""
        bounded = "content-length" in self._headers or "transfer-encoding" in self._headers
        if self._busy and self._headed and not self._ended and not bounded and not self._tls:
            self._ended = True
        self._break("ServerDisconnected")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._break(type(exc).__name__ if exc is not None else "ServerDisconnected")
        if self._timer is not None:
            self._timer.cancel()

    def pause_writing(self) -> None:
        """Enough waits to be sent."""
        self._writable = False

    def resume_writing(self) -> None:
        """The server took what waited."""
        self._writable, self._life = True, self._loop.time()
        self._wake()

    # --- what the parser tells

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer, which says nothing to us."""
        if not self._headed:
            self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The head of an answer."""
        status = self._parser.get_status_code()
        if status < 200:
            self._headers = {}
            return
        self._status, self._headed = status, True
        if self._method == "HEAD":  # its answer has the length of a body that does not come
            self._ended = True

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        if not self._ended:
            self._pieces.append(body)
            self._octets += len(body)

    def on_message_complete(self) -> None:
        """The end of an answer, or of an interim one."""
        if self._headed and not self._ended:
            self._ended, self._kept = True, self._parser.should_keep_alive()

    def on_message_begin(self) -> None:
        """An answer begins: the one that was asked for, or one that nobody asked for."""
        if self._ended:
            self._kept = False

    # --- inside

    async def _wait(self) -> None:
        """Until something happened."""
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _break(self, problem: str) -> None:
        """Say once what ended the connection, and end it."""
        if not self._problem:
            self._problem = problem
            with contextlib.suppress(Exception):
                self._transport.abort()
        self._wake()

    def _arm(self) -> None:
        """See to it that silence is noticed in time."""
        due = self._life + self._seconds
        if self._timer is not None and self._timer.when() > due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(due, self._ring)

    def _ring(self) -> None:
        """Silence was too long, or there was none: then look again when it will have been."""
        self._timer = None
        if self._problem:
            return
        if self._loop.time() - self._life >= self._seconds:
            if self._busy and not self._reading:  # it is we who do not read
                self._life = self._loop.time()
            else:
                self._break("TimeoutError")
                return
        self._arm()
