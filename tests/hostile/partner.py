"""Servers of partners: one takes what is pushed to it and remembers, by path, which bytes came; others misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.hostile.authority import Issued


def serving(identity: Issued, folder: Path) -> ssl.SSLContext:
    """A context that serves by a certificate, which is written to a folder."""
    identity.write(folder, "partner-server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "partner-server.pem", folder / "partner-server.key")
    return context


class PartnerServer:
    """An HTTPS server on the loopback that keeps its connections open, as servers do."""

    def __init__(self, identity: Issued, folder: Path) -> None:
        received: list[tuple[str, bytes]] = []
        self._received = received

        class Taking(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                received.append((self.path, body))
                self.send_response(204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        context = serving(identity, folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]

    def bodies(self, path: str) -> list[bytes]:
        """What came to a path so far."""
        return [body for at, body in self._received if at == path]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, _k: type[BaseException] | None, _v: BaseException | None, _t: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


Manners = Callable[[socket.socket], None]
"""What a server does with a connection."""


def says_nothing(taken: socket.socket) -> None:
    """It takes the request, and its time."""
    while taken.recv(65_536):
        pass


def drips(taken: socket.socket) -> None:
    """It begins an answer and goes on with an octet a second: whoever waits for the next one never gives up."""
    taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n")
    while True:
        taken.sendall(b" ")
        time.sleep(1)


class Misbehaving:
    """A server on the loopback that takes every connection and treats it by its manners. taken: how many so far."""

    def __init__(self, manners: Manners, context: ssl.SSLContext | None = None) -> None:
        self._manners, self._context, self.taken = manners, context, 0
        self._server = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(self._server.getsockname()[1])
        self._open = set[socket.socket]()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # it was closed
            while True:
                taken, _ = self._server.accept()
                self.taken += 1
                threading.Thread(target=self._treat, args=(taken,), daemon=True).start()

    def _treat(self, taken: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._context is not None:
                taken = self._context.wrap_socket(taken, server_side=True)
            self._open.add(taken)
            self._manners(taken)
        taken.close()

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, _k: type[BaseException] | None, _v: BaseException | None, _t: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for each in list(self._open):
            each.close()
