"""A client that shows whether a door asked for a body: it announces one and waits to be told to go on."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

REFUSED_BY_TLS = 0


@dataclass(frozen=True)
class Met:
    """What somebody met. ``read``: whether the door asked for the body. status 0: TLS refused the caller."""

    status: int
    read: bool = False
    body: bytes = b""


class Wire:
    """What one caller asks of one door, over a connection that is kept as long as the door keeps it.

    Nothing is asked twice: a door that answers before it has the body has seen no more than method, path and headers,
    so requests that differ in their bodies alone (the elements of a web service) meet the same. refused: TLS should
    refuse this caller, whatever he asks; then one handshake that is refused tells for all requests.
    """

    def __init__(self, url: str, context: ssl.SSLContext, *, refused: bool = False) -> None:
        host, _, port = url.removeprefix("https://").rpartition(":")
        self._address, self._context = (host, int(port)), context
        self._socket: ssl.SSLSocket | None = None
        self._kept = b""
        self._unread: dict[tuple[str, str, tuple[tuple[str, str], ...]], Met] = {}
        self._expected, self._refused = refused, False

    def ask(self, method: str, path: str, body: bytes | None = None, head: Mapping[str, str] | None = None) -> Met:
        """One request; its body is sent when the door asks for it, or has answered without it."""
        if self._refused and self._expected:
            return Met(REFUSED_BY_TLS)
        asked = (method, path, tuple((head or {}).items()))
        if asked in self._unread:
            return self._unread[asked]
        met = self._ask(method, path, body, head)
        self._refused = met.status == REFUSED_BY_TLS
        if body is not None and not met.read and not self._refused:
            self._unread[asked] = met
        return met

    def _ask(self, method: str, path: str, body: bytes | None, head: Mapping[str, str] | None) -> Met:
        lines = [f"{method} {path} HTTP/1.1", "host: localhost", *(f"{k}: {v}" for k, v in (head or {}).items())]
        if body is not None:
            lines += [f"content-length: {len(body)}", "expect: 100-continue"]
        try:
            if self._socket is None:
                self._socket = self._connect()
            self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
            return self._answer(body)
        except (ssl.SSLError, ConnectionError):
            self.close()
            return Met(REFUSED_BY_TLS)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
        self._socket, self._kept = None, b""

    def _connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(self._address, timeout=60)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each body waits for the answer to the last one
        return self._context.wrap_socket(plain, server_hostname="localhost")

    def _answer(self, body: bytes | None) -> Met:
        assert self._socket is not None
        status, head = self._head()
        read = status == 100
        if read:
            assert body is not None
            self._socket.sendall(body)
            status, head = self._head()
        length = int(head.get(b"content-length", b"0"))
        while len(self._kept) < length:
            self._kept += self._more()
        content, self._kept = self._kept[:length], self._kept[length:]
        if head.get(b"connection") == b"close":
            self.close()
        elif body is not None and not read:
            self._socket.sendall(body)  # nobody looks at it; the connection stays in step
        return Met(status, read, content)

    def _head(self) -> tuple[int, dict[bytes, bytes]]:
        while b"\r\n\r\n" not in self._kept:
            self._kept += self._more()
        head, _, self._kept = self._kept.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in lines)
        return int(first.split()[1]), fields

    def _more(self) -> bytes:
        assert self._socket is not None
        found = self._socket.recv(65536)
        if not found:
            raise ConnectionResetError
        return found
