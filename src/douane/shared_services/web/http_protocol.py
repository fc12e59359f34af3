"""One HTTP/1.1 connection of a door, read by httptools: from octets to requests, and from answers to octets.

A request begins once its head is whole; its handler may read the body while it comes. Requests of a connection are
answered one after the other, in their order, by one task that lives as long as there are any.

Invariants, each of which a test holds:

* What two readers could read differently is refused, and nothing after it is read (RFC 9112, 11.2): not exactly one
  Host, a Host that is not that of the address, two lengths, a length beside chunks, what the parser does not know.
  A refusal waits for the answers that are due before it.
* Nobody holds a connection by doing nothing: a handshake, a head, the rest of a body whose answer is out, an idle
  connection and an answer that is not taken each have a time. One timer serves all of them; it is set anew only where
  it would fire too late, so that a request costs none.
* What a connection keeps is bounded: the head by its limit, a body that nobody reads by ``UNREAD_BYTES``, further
  requests by one piece of the kernel's, answers by one.
* A head that came after a request is no part of it: trailers are counted and dropped.
* Who is refused because he took too much is answered nothing more for ``REFUSED_SECONDS``: he cannot keep the door busy
  by being refused, and whoever heeds ``Retry-After`` waits as long by himself. A proxy asks for many: it is answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import hashlib
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Final, cast
from urllib.parse import unquote

import httptools

from douane.shared_services.web.answers import Response, octets_of, problem
from douane.shared_services.web.body import UNREAD_BYTES, Body
from douane.shared_services.web.fair_use import FairUse, Limit, site_of
from douane.shared_services.web.place import Place
from douane.shared_services.web.proxies import Proxies
from douane.shared_services.web.requests import Application, Request
from douane.vocabulary.errors import BadRequest, DouaneError, OurFault, SenderFault, TooLarge, TooMany, TooSlow

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
OLD: Final = "1.0"
TOO_MANY, FULL = 429, 503
REFUSED_SECONDS: Final = 1.0
"""The least that ``Retry-After`` says."""
DATE_SECONDS: Final = 0.5
"""How old the date of an answer may be."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What a listener takes from one connection.

    head_bytes: request line and headers. head_seconds: for the handshake, for the head, and for the rest of a body
    whose answer is already out. taking_seconds: in which a client has to take something of an answer.
    """

    head_bytes: int = 32 * 1024
    head_seconds: float = 10.0
    taking_seconds: float = 30.0


class Serving:
    """What the connections of a listener have in common.

    idle_seconds: how long a connection waits for its next request. lines: headers of every answer. failed: told of
    what should not have happened. leaving: whether each answer ends its connection, for the door is about to stop.
    proxies: who may stand before it. local: what a connection by a socket of this machine is called.
    """

    def __init__(
        self, application: Application, limits: ConnectionLimits, use: FairUse, *, idle_seconds: float, lines: bytes,
        failed: Callable[[BaseException], None], leaving: Callable[[], bool], proxies: Proxies | None = None,
        local: str = "",
    ) -> None:  # fmt: skip
        self.proxies, self.local = proxies, local
        self.application, self.limits, self.use, self.idle_seconds = application, limits, use, idle_seconds
        self.failed, self.leaving = failed, leaving
        self.connections, self.tasks = set[Connection](), set[asyncio.Task[None]]()
        self.ending, self.alone = False, asyncio.Event()
        self._lines, self._dated, self._every = lines, float("-inf"), b""

    def every(self, now: float) -> bytes:
        """The header lines of every answer, with its date. now: the loop's time."""
        if now - self._dated > DATE_SECONDS:
            self._dated, self._every = now, b"date: %s\r\n%s" % (formatdate(usegmt=True).encode(), self._lines)
        return self._every

    async def answer(self, request: Request, place: Place) -> Response:
        """The answer to a request, whatever happens."""
        try:
            place.enter()
            return await self.application(request)
        except TooMany as refusal:
            return problem(refusal)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a door
            self.failed(error)
            return problem(OurFault("The door failed.", remedy="Try again later."))

    def end(self) -> None:
        """Serve no more than what has begun."""
        self.ending = True
        for each in list(self.connections):
            each.end()
        self._look()

    def lost(self, connection: Connection) -> None:
        """A connection has ended."""
        self.connections.discard(connection)
        self._look()

    def _look(self) -> None:
        if self.ending and not self.connections:
            self.alone.set()


class _Late(enum.Enum):
    """What a connection has to do in time."""

    HEAD = enum.auto()
    REST = enum.auto()
    IDLE = enum.auto()
    TAKING = enum.auto()


@dataclass(slots=True)
class _Asked:
    """A request that came. holder: who takes a share for it. keeps: whether its sender goes on. expects: whether it
    waits for a word before the body."""

    request: Request
    holder: str
    keeps: bool
    expects: bool


class Connection(asyncio.Protocol):
    """One connection of a listener."""

    def __init__(self, serving: Serving) -> None:
        self._serving, self._limits, self._use = serving, serving.limits, serving.use
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport = cast("asyncio.Transport", None)  # set before anything else is called
        self._holder, self._peer, self._scheme, self._certificate = "", "", "http", b""
        self._proxied = False  # whether a named proxy asks, for many
        self._crowded: DouaneError | None = None
        self._place: Place | None = None  # of the request that is served
        # what is read
        self._url, self._headers = b"", list[tuple[str, str]]()
        self._in_head, self._head_timed, self._head_bytes, self._came_bytes = False, False, 0, 0
        self._asked: _Asked | None = None  # whose body comes
        self._waiting = deque[_Asked]()
        self._refusal: Response | None = None  # the last word, after the answers that are due
        self._deaf, self._reading, self._resting = False, True, False
        # what is answered
        self._task: asyncio.Task[None] | None = None
        self._served: _Asked | None = None
        self._taken: asyncio.Event | None = None  # while an answer is too large for the kernel
        self._ending = False
        # what has a time
        self._late, self._due, self._left_bytes = _Late.HEAD, float("inf"), 0
        self._timer: asyncio.TimerHandle | None = None

    # --- the transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read the certificate once: it belongs to the connection, not to the request."""
        self._transport = link = cast("asyncio.Transport", transport)
        tls, peer = link.get_extra_info("ssl_object"), link.get_extra_info("peername")
        self._peer = str(peer[0]) if peer else self._serving.local
        proxies = self._serving.proxies
        self._proxied = proxies is not None and proxies.include(self._peer)
        if tls is not None:
            self._scheme, self._certificate = "https", tls.getpeercert(True) or b""
        self._holder = hashlib.sha256(self._certificate).hexdigest() if self._certificate else site_of(self._peer)
        self._shares = self._use.proxied if self._proxied else self._use.connections
        if not self._shares.take(self._holder):
            self._crowded = self._use.refuse(Limit.CONNECTIONS, self._shares.exceeds(self._holder))
            self._shares = self._use.told
            if not self._shares.take(self._holder):
                self._holder = ""
                link.abort()
                return
        self._serving.connections.add(self)
        if self._serving.ending:
            link.close()
        self._head_timed = True
        self._by(_Late.HEAD, self._limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Give back what the connection held; who waits for something here waits no longer."""
        if self._timer is not None:
            self._timer.cancel()
        if self._holder:
            self._shares.give(self._holder)
        self._serving.lost(self)
        self._waiting.clear()
        for asked in (self._asked, self._served):
            if asked is not None:
                asked.request.content.cut()
        if self._place is not None:
            self._place.gone()
        self.resume_writing()

    def pause_writing(self) -> None:
        """The kernel takes no more of the answer."""
        self._taken = self._taken or asyncio.Event()

    def resume_writing(self) -> None:
        """It does."""
        taken, self._taken = self._taken, None
        if taken is not None:
            taken.set()

    def data_received(self, data: bytes) -> None:
        """Feed the parser, but never let an unfinished head grow beyond its limit."""
        if self._deaf or self._transport.is_closing():
            return
        self._came_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # what follows is not ours to read: this answer is the last
            self._deaf = self._ending = True
        except httptools.HttpParserError as error:
            found = error.__context__ if isinstance(error, httptools.HttpParserCallbackError) else None
            self._refuse(found if isinstance(found, SenderFault) else _no_request())
        else:
            if self._in_head:
                self._watch_head()
        self._go_on()

    def end(self) -> None:
        """No request after those that have begun."""
        self._ending = True
        if self._task is None:
            self._transport.close()

    def cut(self) -> None:
        """End it at once."""
        self._transport.abort()

    # --- the parser's side

    def on_message_begin(self) -> None:
        """A head comes."""
        self._url, self._headers, self._head_bytes, self._asked = b"", [], 0, None
        self._in_head = True

    def on_url(self, url: bytes) -> None:
        """A part of the request line."""
        self._url += url
        self._head_bytes += len(url)
        if self._head_bytes > self._limits.head_bytes:
            raise _head_too_large(self._limits)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer."""
        self._head_bytes += len(name) + len(value) + 4
        if self._head_bytes > self._limits.head_bytes:
            raise _head_too_large(self._limits)
        if self._asked is None:
            self._headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        parser, version, headers = self._parser, self._parser.get_http_version(), self._headers
        url = httptools.parse_url(self._url)
        hosts = [value for name, value in headers if name == "host"]
        if len(hosts) > 1 or (not hosts and version != OLD):
            raise BadRequest("The request does not name exactly one Host.", remedy="Send one Host header.")
        if url.host and hosts and hosts[0].strip().lower() != _authority(url):
            raise BadRequest("Host and address name two hosts.", remedy="Send the Host that the address names.")
        path = (url.path or b"/").decode("ascii")
        body = Body(taking=self._wanted)
        peer, scheme, holder = self._sender(headers)
        request = Request(
            parser.get_method().decode("ascii"), unquote(path) if "%" in path else path, query=url.query or b"",
            headers=headers, content=body, scheme=scheme, peer=peer, certificate=self._certificate,
        )  # fmt: skip
        expects = version != OLD and request.header("expect").lower() == "100-continue"
        self._asked = _Asked(request, holder, version != OLD and parser.should_keep_alive(), expects)
        self._waiting.append(self._asked)
        self._in_head, self._head_timed, self._came_bytes, self._due = False, False, 0, float("inf")

    def _sender(self, headers: list[tuple[str, str]]) -> tuple[str, str, str]:
        """From where a request comes, by which scheme, and whose share it takes: a named proxy says so of each."""
        proxies = self._serving.proxies
        if proxies is None:
            return self._peer, self._scheme, self._holder
        if self._proxied:
            hop = proxies.sender(headers, self._peer)
            return hop.address, hop.scheme, site_of(hop.address)
        proxies.overhear(headers)
        return self._peer, self._scheme, self._holder

    def on_body(self, octets: bytes) -> None:
        """A piece of the body."""
        asked = cast("_Asked", self._asked)
        asked.expects = False
        asked.request.content.feed(octets)

    def on_message_complete(self) -> None:
        """The body is whole too."""
        asked = cast("_Asked", self._asked)
        asked.expects = False
        asked.request.content.end()
        self._asked, self._came_bytes = None, 0
        if self._late is _Late.REST and not asked.request.content.wanted:
            self._by(_Late.IDLE, self._serving.idle_seconds)

    def _watch_head(self) -> None:
        if self._came_bytes > self._limits.head_bytes:
            self._refuse(_head_too_large(self._limits))
        elif not self._head_timed:
            self._head_timed = True
            self._by(_Late.HEAD, self._limits.head_seconds)

    # --- answers

    def _go_on(self) -> None:
        """Answer what waits; end a connection with whom there is nothing more to say."""
        if self._task is None and not self._resting:
            if self._waiting:
                self._begin()
            elif self._refusal is not None:
                self._last_word(self._refusal)
        self._flow()

    def _begin(self) -> None:
        # Begun at once where the interpreter can: most answers are there before anything has to be waited for.
        if sys.version_info >= (3, 12):
            task = asyncio.Task(self._answer_all(), loop=self._loop, eager_start=True)
        else:
            task = self._loop.create_task(self._answer_all())
        if task.done():
            self._done(task)
        else:
            self._task = task
            self._serving.tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._serving.tasks.discard(task)
        self._task = None
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is not None:  # nobody can tell what was answered
            if not task.cancelled():
                self._serving.failed(error)
            self._waiting.clear()
            self._transport.abort()
        if not self._transport.is_closing():
            self._go_on()

    async def _answer_all(self) -> None:
        while self._waiting and not self._resting and not self._transport.is_closing():
            asked = self._served = self._waiting.popleft()
            place = self._place = Place(self._use, asked.holder)
            asked.request.place = place
            try:
                if self._crowded is not None:
                    answer = replace(problem(self._crowded), close=True)
                else:
                    answer = await self._serving.answer(asked.request, place)
                self._write(asked, answer)
                if answer.status == TOO_MANY or (answer.status == FULL and place.stranger):
                    self._rest()
                if self._taken is not None:
                    await self._until_taken(self._taken)
            finally:
                self._served = self._place = None
                place.leave()

    def _rest(self) -> None:
        if not self._proxied:
            self._resting = True
            self._loop.call_later(REFUSED_SECONDS, self._rested)

    def _rested(self) -> None:
        self._resting = False
        if not self._transport.is_closing():
            self._go_on()

    def _write(self, asked: _Asked, answer: Response) -> None:
        """Send an answer, whole."""
        content, link = asked.request.content, self._transport
        if link.is_closing():
            return
        # Whoever was not told to go on with the body may or may not send it: nobody could tell what comes next.
        last = answer.close or self._ending or not asked.keeps or asked.expects or content.broken is not None
        last = last or self._serving.leaving()
        every = self._serving.every(self._loop.time())
        went = self._send(octets_of(answer, every, body=asked.request.method != "HEAD", close=last))
        content.drop()
        if last or not went:
            self._waiting.clear()
            self._refusal = None
            link.close()
        elif not content.ended:
            self._by(_Late.REST, self._limits.head_seconds)
        elif not self._in_head:
            self._by(_Late.IDLE, self._serving.idle_seconds)

    async def _until_taken(self, taken: asyncio.Event) -> None:
        """An answer that the kernel did not take at once: until the client has taken it, or stops taking."""
        late, due = self._late, self._due
        self._left_bytes = self._transport.get_write_buffer_size()
        self._by(_Late.TAKING, self._limits.taking_seconds)
        self._flow()
        await taken.wait()
        self._by(late, max(due - self._loop.time(), 0.0))
        self._flow()

    def _refuse(self, error: SenderFault) -> None:
        """Read no more; say why, after the answers that are due."""
        self._deaf = True
        if self._asked is not None:  # the fault is in its body: whoever reads that says so
            self._asked.request.content.cut(error)
            if not self._asked.request.content.wanted:
                self._transport.close()
            return
        refusal = problem(error)
        self._refusal = replace(refusal, status=431 if isinstance(error, TooLarge) else refusal.status, close=True)

    def _last_word(self, refusal: Response) -> None:
        link = self._transport
        if not link.is_closing():
            self._send(octets_of(refusal, self._serving.every(self._loop.time()), body=True, close=True))
            link.close()

    def _send(self, octets: bytes) -> bool:
        """Whether the transport took them. One that its client has closed is not closing for asyncio, and says so by
        RuntimeError alone: that somebody asks much, reads nothing and goes is no failure of ours."""
        try:
            self._transport.write(octets)
        except RuntimeError:
            with contextlib.suppress(RuntimeError):
                self._transport.abort()
            return False
        return True

    # --- how much is read, and how long it may take

    def _wanted(self) -> None:
        """Somebody reads the body, or waits for more of it."""
        served = self._served
        if served is not None and served.expects:
            served.expects = False
            self._send(CONTINUE)
        self._flow()

    def _flow(self) -> None:
        """Read on unless there is enough to do."""
        asked = self._asked
        full = (
            bool(self._waiting) or self._taken is not None
            or (asked is not None and asked.request.content.unread > UNREAD_BYTES)
        )  # fmt: skip
        if full is self._reading and not self._transport.is_closing():
            self._reading = not full
            with contextlib.suppress(RuntimeError):  # a transport that closes just now
                (self._transport.pause_reading if full else self._transport.resume_reading)()

    def _by(self, late: _Late, seconds: float) -> None:
        """Something has to be done in so many seconds; it takes the place of what had to be done before."""
        self._late, self._due = late, self._loop.time() + seconds
        if self._timer is None or self._timer.when() > self._due:
            self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._due, self._look) if self._due != float("inf") else None

    def _look(self) -> None:
        self._timer = None
        if self._transport.is_closing():
            return
        if self._due > self._loop.time():
            self._set_timer()
            return
        self._due = float("inf")
        if self._late is _Late.HEAD and self._in_head:
            self._refuse(TooSlow("The head of the request did not arrive in time.", remedy="Send it without pauses."))
            self._go_on()
        elif self._late is _Late.TAKING and (left := self._transport.get_write_buffer_size()) < self._left_bytes:
            self._left_bytes = left
            self._by(_Late.TAKING, self._limits.taking_seconds)
        elif self._late is _Late.TAKING:
            self._transport.abort()
        else:
            self._transport.close()


def _authority(url: httptools.parser.url_parser.URL) -> str:
    host = url.host.decode("latin-1").lower()
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{url.port}" if url.port else host


def _no_request() -> BadRequest:
    return BadRequest("This is no HTTP/1.1 request.", remedy="Check the request line and headers.")


def _head_too_large(limits: ConnectionLimits) -> TooLarge:
    return TooLarge(
        f"The head of the request exceeds {limits.head_bytes} bytes.", remedy="Send fewer or shorter headers."
    )
