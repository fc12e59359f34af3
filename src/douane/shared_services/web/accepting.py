"""Taking connections: counted by address from the moment they come, before one octet of them is read.

asyncio's own server tells of a connection only once its handshake has ended, so that connections which never begin one
are nobody's. Here each is somebody's: of an address so many handshakes may be under way, a newer one takes the place of
the oldest, and who connects too fast is cut. A client that speaks at once is served however many silent ones there are.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from douane.shared_services.web.fair_use import FairUse, Limit, site_of
from douane.shared_services.web.proxies import Proxies

AT_A_TIME: Final = 32
"""Connections taken in one turn of the loop."""
NO_ROOM: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
REST_SECONDS: Final = 0.1
"""Until connections are taken again after the system had no room for one."""
CLOSING_SECONDS: Final = 1.0
"""How long the end of a TLS connection waits for the other side's farewell, which many clients never say."""
_CUT: Final = struct.pack("ii", 1, 0)  # SO_LINGER: no farewell, nothing kept in the kernel


@dataclass(frozen=True, slots=True)
class Way:
    """How a connection becomes one of a door: what makes its protocol, the TLS context, seconds for the handshake.

    proxies: who connects for many, and has no share of his own. local: what a socket of this machine is called.
    """

    protocol: Callable[[], asyncio.Protocol]
    context: ssl.SSLContext | None
    seconds: float
    proxies: Proxies | None = None
    local: str = ""


class Acceptor:
    """Takes connections from one listening socket until closed."""

    def __init__(self, listening: socket.socket, way: Way, use: FairUse) -> None:
        self._listening, self._way, self._use = listening, way, use
        self._loop = asyncio.get_running_loop()
        self._shaking: dict[str, dict[asyncio.Task[None], socket.socket]] = {}  # by address, the oldest first
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    def start(self, backlog: int) -> None:
        """Listen."""
        self._listening.setblocking(False)
        self._listening.listen(backlog)
        self._loop.add_reader(self._listening.fileno(), self._take)

    def close(self) -> None:
        """Take no more. Handshakes under way may end."""
        if not self._closed:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            self._loop.remove_reader(self._listening.fileno())

    async def wait_closed(self) -> None:
        """Let the handshakes under way end, but not for long: most that last have never begun."""
        shaking = [task for each in self._shaking.values() for task in each]
        if shaking:
            _, silent = await asyncio.wait(shaking, timeout=CLOSING_SECONDS)
            for task in silent:
                task.cancel()

    def _take(self) -> None:
        for _ in range(AT_A_TIME):
            try:
                connection, peer = self._listening.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as problem:
                if problem.errno not in NO_ROOM:
                    raise
                self._loop.remove_reader(self._listening.fileno())
                self._timer = self._loop.call_later(REST_SECONDS, self._again)
                return
            self._admit(connection, str(peer[0]) if peer else self._way.local)

    def _again(self) -> None:
        self._timer = None
        self._loop.add_reader(self._listening.fileno(), self._take)

    def _admit(self, connection: socket.socket, peer: str) -> None:
        use, proxies, address = self._use, self._way.proxies, site_of(peer)
        proxied = proxies is not None and proxies.include(peer)
        if not proxied and use.connection_rate.take(address, use.now()):
            use.refused[Limit.CONNECTION_RATE] += 1
            cut(connection)
            return
        mine = self._shaking.get(address, {})
        if not proxied and len(mine) >= use.allowance.handshakes:
            self._end_oldest(address)
        elif use.handshakes >= use.allowance.all_handshakes:
            self._end_oldest(max(self._shaking, key=lambda each: len(self._shaking[each])))
        connection.setblocking(False)
        if connection.family != socket.AF_UNIX:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        task = self._loop.create_task(self._shake(connection))
        self._shaking.setdefault(address, {})[task] = connection
        use.handshakes += 1

        def done(task: asyncio.Task[None]) -> None:
            self._ended(address, task)
            if task.cancelled():  # before it began: nobody else knows the connection
                cut(connection)

        task.add_done_callback(done)

    async def _shake(self, connection: socket.socket) -> None:
        """Let the handshake end; one that fails closes the connection, and nobody is told."""
        way, tls = self._way, self._way.context is not None
        try:
            await self._loop.connect_accepted_socket(
                way.protocol, connection, ssl=way.context, ssl_handshake_timeout=way.seconds if tls else None,
                ssl_shutdown_timeout=CLOSING_SECONDS if tls else None,
            )  # fmt: skip
        except (OSError, asyncio.CancelledError):  # ssl.SSLError and TimeoutError are OSErrors too
            return

    def _end_oldest(self, address: str) -> None:
        self._use.refused[Limit.HANDSHAKES] += 1
        oldest, connection = next(iter(self._shaking[address].items()))
        self._ended(address, oldest)
        oldest.cancel()
        with contextlib.suppress(OSError):  # a transport that is made just now does not heed the cancellation
            connection.shutdown(socket.SHUT_RDWR)

    def _ended(self, address: str, task: asyncio.Task[None]) -> None:
        mine = self._shaking.get(address, {})
        if task in mine:
            del mine[task]
            self._use.handshakes -= 1
            if not mine:
                del self._shaking[address]


def cut(connection: socket.socket) -> None:
    """Close a connection at once."""
    if connection.fileno() >= 0:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CUT)
        connection.close()
