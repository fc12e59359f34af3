"""The server of a partner: takes what is pushed to it and remembers, by path, which bytes came."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.hostile.authority import Issued


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

        identity.write(folder, "partner-server")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "partner-server.pem", folder / "partner-server.key")
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
